//! What is done to the data by whoever looks after them, without opening a vault: seeing how they are, copying them,
//! bringing a copy back, and bringing the tables up to date.
//!
//! | file | what stands there |
//! |---|---|
//! | `care/look.rs` | how the data and the key store are, changing nothing |
//! | `care/take.rs` | taking a copy |
//! | `care/back.rs` | reading one: whether it is whole, bringing it back, trying that out |
//! | `care/sealed.rs` | what a copy's file is: encrypted with age |
//! | `care/file.rs` | what is in one of SQLite: a file with the same key |
//! | `care/dump.rs` | what is in one of PostgreSQL, by its own `pg_dump` and `pg_restore` |

mod back;
mod dump;
mod file;
mod look;
mod sealed;
mod take;

use std::{
    io,
    path::{Path, PathBuf},
};

use diesel::PgConnection;

pub use self::{
    back::{Content, TRIAL, bring_back, check, opens, try_out},
    look::{KeysLook, Look, look, look_at_keys},
    sealed::{CopyKeys, is_recipient},
    take::{Turn, UNFINISHED, copy},
};
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
    #[error("{file} cannot be relied on: {why}", file = file.display())]
    Refused { file: PathBuf, why: Refusal },
    #[error(
        "«{0}» is nobody's to encrypt copies for: age-keygen prints one that begins with age1, and keeps its other half"
    )]
    NoRecipient(String),
    #[error(
        "that is no identity that opens copies: a line of age's that begins with AGE-SECRET-KEY-1, or a master key of 64 \
         hexadecimal digits"
    )]
    NoIdentity,
    #[error("{0} is not there. Install PostgreSQL's programs of the server's version (Debian: postgresql-client)")]
    NoProgram(&'static str),
    #[error("{program} says: {said}")]
    Program { program: &'static str, said: String },
    #[error("{0} is not empty. A copy is brought back into an empty place only, so that nothing is written over")]
    NotEmpty(String),
}

/// Why a file is not taken for the copy that is wanted, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    #[error("it is empty. Something cut it off, or emptied it: take another copy")]
    Empty,
    #[error(
        "it is no copy of Stegvis', or its first bytes are damaged. Name one such as stegvis-20261126T013000000Z.db.age, or \
         take another copy"
    )]
    Foreign,
    #[error(
        "no key that is at hand opens it: it was made under another master key, or its beginning is damaged. Give the key \
         of that time with --identity, or take another copy"
    )]
    OtherKeys,
    #[error("it was changed, cut short or added to since it was made. Nothing of it is used: take another copy")]
    Changed,
    #[error(
        "it opens, and the database in it is damaged or none of Stegvis'. Nothing of it is used: take another copy"
    )]
    Within,
    #[error(
        "it is a copy of something else: the data and the key store have copies of their own. Name the right one, and \
         --keys for the key store"
    )]
    OtherPart,
    #[error("it is a copy of another kind of database than the settings name. Restore it where that kind is used")]
    OtherDatabase,
    #[error("a newer Stegvis made it: use that one, or a newer one")]
    Newer,
}

impl Refusal {
    fn of(self, file: &Path) -> CareError {
        CareError::Refused { file: file.to_owned(), why: self }
    }
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
                let mut connection = sqlite::open(file, key, sqlite::Purpose::Write, file::CACHE_MIB)?;
                self.part.known().bring_sqlite(&mut connection)
            }
            (Place::Postgres { .. }, Some(connection)) => self.part.known().bring_postgres(connection),
            (Place::Postgres { .. }, None) => Err(OpenError::Pool("no connection is held".into())),
        }
    }
}

/// Does something that takes long and that nobody waits for, on a thread of its own that lets others go first. When the
/// program ends it is not waited for.
///
/// # Errors
/// When there can be no more threads.
pub fn in_the_background(act: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let quiet = move || {
        crate::priority::behind_the_event_loops();
        act();
    };
    std::thread::Builder::new().name("stegvis-copies".into()).spawn(quiet).map(drop)
}

/// How a copy's file ends: `db.age` of SQLite, `dump.age` of PostgreSQL.
#[must_use]
pub const fn ending(place: &Place) -> &'static str {
    match place {
        Place::Sqlite { .. } => "db.age",
        Place::Postgres { .. } => "dump.age",
    }
}

/// How it ended before copies were encrypted.
#[must_use]
pub const fn old_ending(place: &Place) -> &'static str {
    match place {
        Place::Sqlite { .. } => "db",
        Place::Postgres { .. } => "dump",
    }
}

/// The version of the newest migration that this program has: the moment at which it was written, `20261122000000`.
///
/// # Errors
/// [`OpenError::Migration`] when the program's own migrations cannot be read.
pub fn newest_migration(part: Part) -> Result<String, OpenError> {
    part.known().versions()?.pop().ok_or_else(|| OpenError::Migration("there are none".into()))
}
