//! Taking a copy, now.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use vault::{
    KeyStore, Millis, Place,
    care::{self, CopyKeys, Part, TRIAL, Turn, UNFINISHED},
    rows::nights::LEAP,
};

use super::{keep, moment, name, newest, second};
use crate::{
    config::{Backup, Config},
    privacy::retention::Keeping,
};

/// Held in a folder of copies by whoever is at them.
const LOCK: &str = ".lock";

/// Takes copies, and sees to those that are there.
#[derive(Clone)]
pub struct Copier {
    pub(super) data: Place,
    pub(super) keys: Place,
    pub(super) copy_keys: CopyKeys,
    pub(super) backup: Backup,
    pub(super) keeping: Keeping,
}

/// What came of it.
pub struct Taken {
    pub file: PathBuf,
    /// What went wrong in the second place, or with throwing away. The copy is good nevertheless.
    pub troubles: Vec<anyhow::Error>,
}

/// What copies are encrypted for and opened by, by the settings.
///
/// # Errors
/// A recipient that is none.
pub fn keys_for(store: &KeyStore, backup: &Backup) -> anyhow::Result<CopyKeys> {
    Ok(CopyKeys::of(&store.master)?.with_recipients(&backup.recipients)?)
}

impl Copier {
    /// # Errors
    /// A recipient that is none, or rules that cannot hold; the settings were refused with them.
    pub fn of(config: &Config, data: &Place, store: &KeyStore) -> anyhow::Result<Self> {
        let (data, keys, backup) = (data.clone(), store.place.clone(), config.backup.clone());
        let (copy_keys, keeping) = (keys_for(store, &backup)?, config.retention.keeping()?);
        Ok(Self { data, keys, copy_keys, backup, keeping })
    }

    pub(super) const fn place(&self, part: Part) -> &Place {
        match part {
            Part::Data => &self.data,
            Part::Keys => &self.keys,
        }
    }

    /// Takes a copy into the folder that the settings have, lets the second place have it, and throws away what is too old.
    ///
    /// # Errors
    /// When there is no such folder, no room in it, somebody else is at it, or the copy cannot be relied on; there is then
    /// none.
    pub fn take(&self, part: Part, now: Millis) -> anyhow::Result<Taken> {
        let folder = self.ready_folder(part)?;
        let _held = self.hold(folder)?.context(
            "another process is at the copies just now. Wait until it is done: what it takes is as good as another",
        )?;
        // Who was there before tells whether the clock can be right: nothing is thrown away for good by one that leapt.
        let before = newest(folder, self.place(part), part)?;
        let believes = before.is_some_and(|(_, at)| now.since(at) <= LEAP);
        let file = self.make(part, now)?;
        Ok(Taken { file, troubles: self.tend(part, now, believes) })
    }

    /// Makes the copy in its folder, which the caller holds.
    pub(super) fn make(&self, part: Part, now: Millis) -> anyhow::Result<PathBuf> {
        let folder = folder(&self.backup, part)?;
        let to = folder.join(name(part, now, care::ending(self.place(part))));
        self.clear_unfinished(folder, part);
        refuse_full(folder, self.place(part))?;
        care::copy(self.place(part), part, &to, &self.copy_keys, now)
            .with_context(|| format!("cannot take a copy into {}", folder.display()))?;
        Ok(to)
    }

    /// Holds a folder and the turn on PostgreSQL; nothing if another process does.
    pub(super) fn hold(&self, folder: &Path) -> anyhow::Result<Option<(File, Turn)>> {
        let lock = folder.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&lock);
        let file = file.with_context(|| format!("cannot write into {}", folder.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(cause)) => return Err(cause).context(format!("{}", lock.display())),
        }
        Ok(Turn::take(&self.data)?.map(|turn| (file, turn)))
    }

    /// Lets the second place have what it has not, and, if the clock can be believed, throws away what is too old. Whoever
    /// calls it holds the folder. Gives what went wrong.
    pub(super) fn tend(&self, part: Part, now: Millis, believes: bool) -> Vec<anyhow::Error> {
        let place = self.place(part);
        let [first, second] = self.backup.folders(part);
        let Some(first) = first else { return Vec::new() };
        let mut troubles = Vec::new();
        let opens = |copy: &Path| care::opens(place, part, copy, &self.copy_keys).is_ok();
        if let Some(second) = second {
            self.clear_unfinished(second, part);
            let stays = |at: Millis| keep::standing(&self.keeping, part, at, now) == keep::STAYS;
            troubles.extend(second::bring_level(first, second, place, part, stays, opens).err());
        }
        for folder in [Some(first), second].into_iter().flatten().filter(|_| believes) {
            let thrown = keep::throw_away(folder, place, part, &self.keeping, now, opens);
            troubles.extend(thrown.err());
        }
        troubles
    }

    /// Removes what a process left that was killed at it.
    fn clear_unfinished(&self, folder: &Path, part: Part) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let called = entry.file_name();
            let Some(called) = called.to_str() else { continue };
            let is_unfinished = UNFINISHED.iter().any(|end| {
                let of = called.strip_suffix(end).and_then(|called| called.strip_suffix('.'));
                of.is_some_and(|called| moment(called, self.place(part), part).is_some())
            });
            let gone = match called.strip_prefix(TRIAL) {
                Some(_) => std::fs::remove_dir_all(entry.path()),
                None if is_unfinished => std::fs::remove_file(entry.path()),
                None => Ok(()),
            };
            if let Err(error) = gone {
                tracing::warn!(left = %entry.path().display(), %error, "what a copy that was cut short has left stays");
            }
        }
    }
}

/// The folder that the settings have for copies of a part.
///
/// # Errors
/// When there is none, or the keys' copies would lie with the data's.
pub fn folder(backup: &Backup, part: Part) -> anyhow::Result<&Path> {
    let lie_in_one_another = |one: &Path, other: &Path| one.starts_with(other) || other.starts_with(one);
    let of = |part: Part| backup.folders(part).into_iter().flatten();
    if of(Part::Data).any(|data| of(Part::Keys).any(|keys| lie_in_one_another(data, keys))) {
        bail!(
            "backup.directory and backup.keys_directory, or their second places, lie in one another. Whoever has a copy of \
             the data would have the keys as well: name folders apart"
        )
    }
    if let [Some(first), Some(second)] = backup.folders(part)
        && lie_in_one_another(first, second)
    {
        bail!("the second place for copies lies in the first, or around it: name a folder of another machine's disk")
    }
    backup.folders(part)[0].context(match part {
        Part::Data => {
            "backup.directory is not set. Name a folder for copies of the data there, best on another disk, such as \
             /var/lib/stegvis-backups"
        }
        Part::Keys => {
            "backup.keys_directory is not set. Name a folder for copies of the key store there, apart from those of the \
             data; none is kept longer than seven days"
        }
    })
}

/// A copy is at most as large as the database and its log, and lies there twice until it is whole.
fn refuse_full(folder: &Path, place: &Place) -> anyhow::Result<()> {
    let Place::Sqlite { file, .. } = place else { return Ok(()) };
    let size = |end: &str| std::fs::metadata(format!("{}{end}", file.display())).map_or(0, |found| found.len());
    let (needed, free) = (2 * (size("") + size("-wal")), free_bytes(folder)?);
    if free < needed {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        bail!(
            "there is no room for a copy in {}: {} MiB are needed, {} MiB are free. Make room, or name another folder as \
             backup.directory",
            folder.display(),
            mib(needed),
            mib(free)
        )
    }
    Ok(())
}

/// Bytes that can still be written to the disk of a file or folder.
///
/// # Errors
/// When it is not there.
pub fn free_bytes(at: &Path) -> anyhow::Result<u64> {
    let found =
        rustix::fs::statvfs(at).with_context(|| format!("cannot see how full the disk of {} is", at.display()))?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_keys_do_not_lie_with_those_of_the_data() {
        let both = |data: &str, keys: &str| Backup {
            directory: Some(data.into()),
            keys_directory: Some(keys.into()),
            ..Backup::default()
        };
        assert!(folder(&both("/b/data", "/b/keys"), Part::Keys).is_ok());
        for (data, keys) in [("/b", "/b"), ("/b", "/b/keys"), ("/b/data", "/b")] {
            assert!(folder(&both(data, keys), Part::Data).is_err(), "{data} {keys}");
        }
        for (second, second_keys) in [("/b/keys/x", "/c"), ("/c", "/c"), ("/b/data/x", "/c"), ("/d", "/b/keys")] {
            let (second_directory, second_keys_directory) = (Some(second.into()), Some(second_keys.into()));
            let set = Backup { second_directory, second_keys_directory, ..both("/b/data", "/b/keys") };
            let refused = [Part::Data, Part::Keys].map(|part| folder(&set, part).is_err());
            assert!(refused.contains(&true), "{second} {second_keys}");
        }
        assert!(folder(&Backup::default(), Part::Data).is_err_and(|error| error.to_string().contains("directory")));
        assert!(folder(&Backup::default(), Part::Keys).is_err_and(|error| error.to_string().contains("seven days")));
    }
}
