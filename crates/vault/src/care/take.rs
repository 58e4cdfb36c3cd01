//! Taking a copy: of one moment, encrypted, read back, and only then called by its name.

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use diesel::{PgConnection, RunQueryDsl, sql_query};

use super::{
    CareError, CopyKeys, Part, dump, file, look,
    sealed::{self, Label},
};
use crate::{
    OpenError, Place,
    settings::{Answer, postgres, sqlite},
    time::Millis,
};

/// What is added to a copy's name while it is not whole. Whoever was killed leaves such a file; it is nobody's.
pub const UNFINISHED: [&str; 3] = ["part", "export", "export-journal"];

/// The number of the advisory lock of whoever takes copies.
const TURN: i64 = 5_384_701_231;

/// A time for taking copies that no other process on the same PostgreSQL has, until it is dropped.
pub struct Turn(Option<PgConnection>);

impl Turn {
    /// Nothing if another process has it.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub fn take(place: &Place) -> Result<Option<Self>, OpenError> {
        let Place::Postgres { url, schema, .. } = place else { return Ok(Some(Self(None))) };
        let mut connection = postgres::open(url, schema.as_deref())?;
        let ask = format!("SELECT CAST(pg_try_advisory_lock({TURN}) AS TEXT)");
        let answer: Answer = sql_query(ask).get_result(&mut connection)?;
        Ok((answer.0 == "true").then_some(Self(Some(connection))))
    }

    /// Whether PostgreSQL still has it for us.
    #[must_use]
    pub fn holds(&mut self) -> bool {
        let ask = "SELECT CAST(1 AS TEXT)";
        self.0.as_mut().is_none_or(|connection| sql_query(ask).get_result::<Answer>(connection).is_ok())
    }
}

/// The server takes a while to see that a connection has gone; the next one should not have to wait for that.
impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(connection) = &mut self.0 {
            let give_back = format!("SELECT pg_advisory_unlock({TURN})");
            if let Err(error) = sql_query(give_back).execute(connection) {
                tracing::debug!(%error, "the turn goes with the connection");
            }
        }
    }
}

/// Copies the data or the key store as they are at one moment into the new file `to`, also while a server writes and also
/// within its process. The copy is encrypted for `keys` and read back before it gets its name. Nothing that could be read
/// without a key lies on the disk meanwhile, or after a crash.
///
/// # Errors
/// See [`CareError`]; there is then no file `to`.
pub fn copy(place: &Place, part: Part, to: &Path, keys: &CopyKeys, at: Millis) -> Result<(), CareError> {
    let failed = |cause| CareError::File { path: to.to_owned(), cause };
    if to.exists() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    let sealed = Scrap::make(to.with_added_extension(UNFINISHED[0]))?;
    let label = Label::of(place, part, at);
    match place {
        Place::Sqlite { file: data, key } => {
            let export = Scrap::make(to.with_added_extension(UNFINISHED[1]))?;
            let versions = file::make(data, key, &export.0)?;
            if file::check(&export.0, key)? != versions {
                return Err(other_tables(to));
            }
            let sum = sealed::write(&sealed.0, keys, &label, |out| {
                let copied = File::open(&export.0).and_then(|mut export| io::copy(&mut export, out));
                copied.map(drop).map_err(|cause| CareError::NotWritten(cause.to_string()))
            })?;
            let opened = sealed::open(&sealed.0, keys)?;
            same(sum, sealed::drain(&sealed.0, opened, &mut io::sink())?, to)?;
        }
        Place::Postgres { url, schema, .. } => {
            let sum =
                sealed::write(&sealed.0, keys, &label, |out: &mut dyn Write| dump::make(url, schema.as_deref(), out))?;
            let opened = sealed::open(&sealed.0, keys)?;
            let mut body = sealed::Told::of(opened.body);
            let content = dump::scan(&mut body).map_err(|error| error.of(to))?;
            same(sum, body.sum(), to)?;
            if content.versions != look::applied(place)? {
                return Err(other_tables(to));
            }
        }
    }
    settle(&sealed.0, to).map_err(failed)
}

fn other_tables(to: &Path) -> CareError {
    CareError::Damaged { file: to.to_owned(), what: "it has other tables than the database".into() }
}

fn same(written: [u8; 32], read: [u8; 32], to: &Path) -> Result<(), CareError> {
    if written == read {
        return Ok(());
    }
    let what = "what was read back is not what was written: see that its disk is well".to_owned();
    Err(CareError::Damaged { file: to.to_owned(), what })
}

/// A file that goes with this, whatever comes, with the journal that SQLite may have left beside it.
pub(super) struct Scrap(pub PathBuf);

impl Scrap {
    /// Makes it, empty and closed to others. What was there under that name is gone.
    pub fn make(path: PathBuf) -> Result<Self, CareError> {
        let scrap = Self(path);
        scrap.clear();
        sqlite::make_private(&scrap.0)?;
        Ok(scrap)
    }

    fn clear(&self) {
        let mut journal = self.0.as_os_str().to_owned();
        journal.push("-journal");
        // Mostly there is nothing to remove.
        let (_file, _journal) = (std::fs::remove_file(&self.0), std::fs::remove_file(journal));
    }
}

impl Drop for Scrap {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Puts what was written on the disk for good, under its name.
pub(super) fn settle(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    std::fs::rename(part, to)?;
    match to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
