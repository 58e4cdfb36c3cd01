//! What is done to the data by whoever looks after them, without opening a vault: seeing how they are, copying them,
//! bringing a copy back, and bringing the tables up to date.
//!
//! | file | what stands there |
//! |---|---|
//! | `care/look.rs` | how the data and the key store are, changing nothing |
//! | `care/copy.rs` | a copy of an SQLite file, encrypted with the same key, and back |
//! | `care/dump.rs` | the same of PostgreSQL by its own `pg_dump` and `pg_restore` |

mod copy;
mod dump;
mod look;

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use diesel::PgConnection;

pub use self::look::{KeysLook, Look, look, look_at_keys};
use crate::{
    OpenError, Place,
    lock::Lock,
    migrations::{HOUSE, KEYS, Tables as Known},
    settings::{postgres, sqlite},
};

/// Which of the two databases of a house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Data,
    Keys,
}

impl Part {
    const fn known(self) -> Known {
        match self {
            Self::Data => HOUSE,
            Self::Keys => KEYS,
        }
    }
}

/// How the tables stand to those that this program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tables {
    /// There are none yet.
    Absent,
    /// Those of an older program: these migrations are to come.
    Older(Vec<String>),
    Current,
    /// A newer program has been at them, with this migration.
    Newer(String),
}

impl Tables {
    /// Compares what has been applied with what is known; both in order.
    fn of(applied: &[String], known: &[String]) -> Self {
        if let Some(newer) = applied.iter().find(|version| !known.contains(version)) {
            return Self::Newer(newer.clone());
        }
        let pending: Vec<String> = known.iter().filter(|version| !applied.contains(version)).cloned().collect();
        match (applied.is_empty(), pending.is_empty()) {
            (true, _) => Self::Absent,
            (false, true) => Self::Current,
            (false, false) => Self::Older(pending),
        }
    }
}

/// Why a copy could not be made or brought back, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CareError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("{path}: {cause}", path = path.display())]
    File { path: PathBuf, cause: io::Error },
    #[error("the copy could not be written: {0}")]
    NotWritten(String),
    #[error("{file} cannot be relied on: {what}", file = file.display())]
    Damaged { file: PathBuf, what: String },
    #[error("{0} is not there. Install PostgreSQL's programs of the server's version (Debian: postgresql-client)")]
    NoProgram(&'static str),
    #[error("{program} says: {said}")]
    Program { program: &'static str, said: String },
    #[error("{0} is not empty. A copy is brought back into an empty place only, so that nothing is written over")]
    NotEmpty(String),
}

impl From<diesel::result::Error> for CareError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Open(error.into())
    }
}

/// How the tables are; changes nothing.
///
/// # Errors
/// When the database cannot be opened.
pub fn tables(place: &Place, part: Part) -> Result<Tables, OpenError> {
    Ok(Tables::of(&look::applied(place)?, &part.known().versions()?))
}

/// A database that nobody else opens a vault on, nor migrates, until this is dropped. On PostgreSQL, servers that run
/// already go on.
pub struct Held<'a> {
    place: &'a Place,
    part: Part,
    turn: Option<PgConnection>,
    _lock: Option<Lock>,
}

impl<'a> Held<'a> {
    /// # Errors
    /// [`OpenError::InUse`] when a server has the file, and what opening may fail with.
    pub fn take(place: &'a Place, part: Part) -> Result<Self, OpenError> {
        let (mut turn, mut lock) = (None, None);
        match (place, part) {
            (Place::Sqlite { file, .. }, Part::Data) => lock = Some(Lock::take(file)?),
            (Place::Sqlite { .. }, Part::Keys) => {}
            (Place::Postgres { url, schema, .. }, part) => {
                let number = if part == Part::Data { postgres::TURN } else { crate::keys::TURN };
                turn = Some(postgres::open_for_migration(url, schema.as_deref(), number)?);
            }
        }
        Ok(Self { place, part, turn, _lock: lock })
    }

    /// # Errors
    /// When the database cannot be opened.
    pub fn tables(&self) -> Result<Tables, OpenError> {
        tables(self.place, self.part)
    }

    /// Runs the migrations that are to come: all, or none if one fails.
    ///
    /// # Errors
    /// [`OpenError::Migration`]; the tables are then as they were.
    pub fn bring_up_to_date(&mut self) -> Result<(), OpenError> {
        match (self.place, &mut self.turn) {
            (Place::Sqlite { file, key }, _) => {
                let mut connection = sqlite::open(file, key, sqlite::Purpose::Write, copy::CACHE_MIB)?;
                self.part.known().bring_sqlite(&mut connection)
            }
            (Place::Postgres { .. }, Some(connection)) => self.part.known().bring_postgres(connection),
            (Place::Postgres { .. }, None) => Err(OpenError::Pool("no connection is held".into())),
        }
    }
}

/// How a copy's file ends: `db` of SQLite, `dump` of PostgreSQL.
#[must_use]
pub const fn ending(place: &Place) -> &'static str {
    match place {
        Place::Sqlite { .. } => "db",
        Place::Postgres { .. } => "dump",
    }
}

/// Copies the data at one moment into the new file `to`, also while a server writes, and reads the copy back before it
/// gets that name. An SQLite copy is encrypted with the same key; PostgreSQL's is not.
///
/// # Errors
/// See [`CareError`]; there is then no file `to`.
pub fn copy(place: &Place, to: &Path) -> Result<(), CareError> {
    let failed = |cause| CareError::File { path: to.to_owned(), cause };
    if to.exists() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    let part = to.with_added_extension("part");
    let _old = std::fs::remove_file(&part);
    sqlite::make_private(&part)?;
    let made = match place {
        Place::Sqlite { file, key } => copy::make(file, key, &part),
        Place::Postgres { url, schema, .. } => dump::make(url, schema.as_deref(), &part),
    }
    .and_then(|()| check(place, &part))
    .and_then(|versions| match look::applied(place)? == versions {
        true => Ok(()),
        false => Err(CareError::Damaged { file: to.to_owned(), what: "it has other tables than the database".into() }),
    })
    .and_then(|()| settle(&part, to).map_err(failed));
    if made.is_err() {
        let _gone = std::fs::remove_file(&part);
    }
    made
}

/// Reads a whole copy, and says which migrations its tables have.
///
/// # Errors
/// [`CareError::Damaged`] when any of it cannot be read.
pub fn check(place: &Place, copy: &Path) -> Result<Vec<String>, CareError> {
    match place {
        Place::Sqlite { key, .. } => copy::check(copy, key),
        Place::Postgres { .. } => dump::check(copy),
    }
}

/// Whether a copy opens and is one of Stegvis', without reading all of it.
///
/// # Errors
/// [`CareError::Damaged`] when it does not.
pub fn opens(place: &Place, copy: &Path) -> Result<(), CareError> {
    match place {
        Place::Sqlite { key, .. } => copy::opens(copy, key).map(drop),
        Place::Postgres { .. } => dump::opens(copy),
    }
}

/// The version of the newest migration that this program has: the moment at which it was written, `20261122000000`.
///
/// # Errors
/// [`OpenError::Migration`] when the program's own migrations cannot be read.
pub fn newest_migration(part: Part) -> Result<String, OpenError> {
    part.known().versions()?.pop().ok_or_else(|| OpenError::Migration("there are none".into()))
}

/// Brings a copy back into a place where there is nothing.
///
/// # Errors
/// [`CareError::NotEmpty`], and what makes a copy unusable.
pub fn bring_back(place: &Place, part: Part, from: &Path) -> Result<(), CareError> {
    let (versions, known) = (check(place, from)?, part.known().versions()?);
    // The first tells them apart; later ones of both may have been written at the same moment.
    if versions.first() != known.first() {
        let what = "it is a copy of something else: the data and the key store have copies of their own".to_owned();
        return Err(CareError::Damaged { file: from.to_owned(), what });
    }
    if let Tables::Newer(version) = Tables::of(&versions, &known) {
        return Err(OpenError::Newer(version).into());
    }
    match place {
        Place::Sqlite { file, .. } => {
            for there in ["", "-wal", "-journal"].map(|end| PathBuf::from(format!("{}{end}", file.display()))) {
                if there.exists() {
                    return Err(CareError::NotEmpty(there.display().to_string()));
                }
            }
            let _lock = Lock::take(file)?;
            let failed = |cause| CareError::File { path: file.clone(), cause };
            let part = file.with_added_extension("part");
            let _old = std::fs::remove_file(&part);
            sqlite::make_private(&part)?;
            let written = File::open(from).and_then(|mut copy| {
                let mut to = File::options().write(true).open(&part)?;
                io::copy(&mut copy, &mut to).map(drop)
            });
            written.and_then(|()| settle(&part, file)).map_err(failed)
        }
        Place::Postgres { url, schema, .. } => {
            if !look::is_empty(url, schema.as_deref())? {
                return Err(CareError::NotEmpty("the PostgreSQL database".into()));
            }
            dump::bring_back(url, from)
        }
    }
}

/// Puts what was written on the disk for good, under its name.
fn settle(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    std::fs::rename(part, to)?;
    match to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
