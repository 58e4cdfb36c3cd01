//! One process a SQLite file: a second writer thread would break the promise of one writer.

use std::{
    ffi::OsString,
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
    thread::sleep,
    time::Duration,
};

use crate::OpenError;

/// Held by every connection to the file, and so for as long as there is one; the operating system lets go of it even
/// after a crash.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock file beside `database`.
    ///
    /// # Errors
    /// [`OpenError::InUse`] when another vault has it, [`OpenError::File`] when it can't be made.
    pub(crate) fn take(database: &Path) -> Result<Self, OpenError> {
        let path = beside(database);
        let unusable = |source| OpenError::File { path: path.clone(), source };
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse { database: database.to_path_buf(), lock: path }),
            Err(TryLockError::Error(source)) => Err(OpenError::File { path, source }),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A child that is just being started has a copy of the file until it becomes another program: closing ours
        // alone would leave the lock with it.
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "the lock of the database goes when the program ends");
        }
    }
}

/// Waits, when it is dropped, until the last connection is closed: the pool's own threads may hold one a moment longer
/// than the pool.
pub(crate) struct LastOut(pub(crate) Arc<Lock>);

impl LastOut {
    /// Milliseconds. Only a vault that is dropped by a closure of its own can wait in vain.
    const PATIENCE: u32 = 5_000;
}

impl Drop for LastOut {
    fn drop(&mut self) {
        for _ in 0..Self::PATIENCE {
            if Arc::strong_count(&self.0) == 1 {
                return;
            }
            sleep(Duration::from_millis(1));
        }
    }
}

fn beside(database: &Path) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(".lock");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a child has one that is just being started.
    #[test]
    fn a_copy_of_the_file_does_not_keep_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("stegvis.db");
        let lock = Lock::take(&database).unwrap();
        let _copy = lock.file.try_clone().unwrap();
        assert!(matches!(Lock::take(&database), Err(OpenError::InUse { .. })));
        drop(lock);
        assert!(Lock::take(&database).is_ok());
    }
}
