//! What can go wrong when a vault is opened ([`OpenError`]) and when it is used ([`Fault`]).

use std::{io, path::PathBuf};

use diesel::result::Error as DieselError;

/// Why a read or a write didn't happen. After any of these, nothing of the closure is kept, but
/// for [`Fault::Commit`] and [`Fault::Unavailable`] on PostgreSQL: when a connection breaks during the commit,
/// or nobody waited for its end, it is open whether it was. Whoever tries again does so with the same idempotency key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A statement was refused; the closure's own savepoint or transaction is rolled back.
    #[error("the database refused a statement: {0}")]
    Database(#[source] DieselError),
    /// No room on the database's disk. Later writes work again when there is.
    #[error("the disk of the database is full")]
    NoRoom,
    /// As many writes wait as may; try again in a moment (503 with Retry-After).
    #[error("too many writes are waiting")]
    Full,
    /// The vault was closed.
    #[error("the vault is closed")]
    Closed,
    /// The closure panicked. Other writes of the same commit are kept.
    #[error("the closure panicked")]
    Panicked,
    /// A closure left a transaction open or closed one that wasn't its own, so that nothing of
    /// the whole commit could be trusted.
    #[error("a closure left its transaction unbalanced")]
    Unbalanced,
    /// The commit itself failed.
    #[error("the commit failed: {0}")]
    Commit(String),
    /// No connection could be had, or none in time; the database gave no answer in time; it can be written or read no
    /// longer, such as on a disk that fails or that may only be read. Worth trying again.
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
    /// There is no key for it: whose it was is forgotten, or was never admitted.
    #[error("there is no key for it")]
    NoKey,
    /// Sealed bytes that do not belong where they lie, or were changed.
    #[error("a sealed text does not belong where it lies, or was damaged")]
    Sealed,
    /// A user name or an external id that somebody else has.
    #[error("the user name or the external id is somebody else's")]
    Taken,
    /// Another process exchanged the master key; this one has to be started with the new one.
    #[error("the master key was exchanged: start the server again with the new one")]
    MasterKeyExchanged,
    #[error("the operating system gives no random bytes")]
    NoChance,
    /// The end of a chain of the audit cannot be gone on from.
    #[error("the end of an audit chain is damaged: `stegvis audit verify` tells more")]
    Chain,
    /// Somebody's data were looked at and that could not be written down, so they are not shown.
    #[error("a look could not be written down, so nothing is shown: {0}")]
    NotRecorded(String),
}

impl From<DieselError> for Fault {
    fn from(error: DieselError) -> Self {
        match error {
            full if is_no_room(&full) => Self::NoRoom,
            gone if is_unavailable(&gone) => Self::Unavailable(gone.to_string()),
            other => Self::Database(other),
        }
    }
}

impl Fault {
    /// Its kind, in one word that stays: for counting.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Database(_) => "database",
            Self::NoRoom => "no_room",
            Self::Full => "full",
            Self::Closed => "closed",
            Self::Panicked => "panicked",
            Self::Unbalanced => "unbalanced",
            Self::Commit(_) => "commit",
            Self::Unavailable(_) => "unavailable",
            Self::NoKey => "no_key",
            Self::Sealed => "sealed",
            Self::Taken => "taken",
            Self::MasterKeyExchanged => "master_key_exchanged",
            Self::NoChance => "no_chance",
            Self::Chain => "chain",
            Self::NotRecorded(_) => "not_recorded",
        }
    }

    /// Every kind that there is.
    pub const KINDS: [&str; 15] = [
        "database",
        "no_room",
        "full",
        "closed",
        "panicked",
        "unbalanced",
        "commit",
        "unavailable",
        "no_key",
        "sealed",
        "taken",
        "master_key_exchanged",
        "no_chance",
        "chain",
        "not_recorded",
    ];
}

/// Whether the database itself cannot do now what it does at other times: the statement was all right. SQLite's texts are
/// fixed; PostgreSQL's own come with a kind of diesel's or are known in the language that it speaks here.
pub(crate) fn is_unavailable(error: &DieselError) -> bool {
    use diesel::result::DatabaseErrorKind::{ClosedConnection, ReadOnlyTransaction, UnableToSendCommand};
    const TEXTS: [&str; 8] = [
        "disk I/O error",
        "attempt to write a readonly database",
        "unable to open database file",
        "database is locked",
        "canceling statement due to statement timeout",
        "canceling statement due to lock timeout",
        "terminating connection",
        "could not read block",
    ];
    match error {
        DieselError::DatabaseError(ClosedConnection | ReadOnlyTransaction | UnableToSendCommand, _)
        | DieselError::BrokenTransactionManager => true,
        DieselError::DatabaseError(_, information) => TEXTS.iter().any(|text| information.message().contains(text)),
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_unavailable(commit_error),
        _ => false,
    }
}

/// SQLite's SQLITE_FULL and PostgreSQL's 53100 come without a code of their own through diesel;
/// SQLite's text is fixed, PostgreSQL's is the operating system's (English or Swedish here).
pub(crate) fn is_no_room(error: &DieselError) -> bool {
    const TEXTS: [&str; 3] = ["database or disk is full", "No space left on device", "Enheten är full"];
    match error {
        DieselError::DatabaseError(_, information) => TEXTS.iter().any(|text| information.message().contains(text)),
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_no_room(commit_error),
        _ => false,
    }
}

/// Why a vault couldn't be opened. Each says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    #[error(
        "{database} is in use by another process, which holds {lock}: stop that one first (several server processes need PostgreSQL)",
        database = database.display(), lock = lock.display()
    )]
    InUse { database: PathBuf, lock: PathBuf },
    #[error(
        "{file} can't be read with this key: give the key it was made with, or restore the file from a backup if it is damaged",
        file = file.display()
    )]
    WrongKey { file: PathBuf },
    #[error("another program holds {file} and does not let go of it: end that one, then try again", file = file.display())]
    Busy { file: PathBuf },
    #[error(
        "{file} is a SQLite file that isn't encrypted: a vault never opens or makes one, name another file",
        file = file.display()
    )]
    NotEncrypted { file: PathBuf },
    #[error("{path}: {source}", path = path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("«{0}» can't be the name of a schema: lowercase letters, digits and _, at most 63")]
    Schema(String),
    #[error("the connection has {name} = «{found}» where «{wanted}» is needed")]
    Setting { name: &'static str, wanted: String, found: String },
    #[error(
        "the master key isn't the one that the key store was last sealed with: give that one (after an exchange that was cut short, either the old or the new one fits), or the one from the recovery sheet"
    )]
    WrongMasterKey,
    #[error(
        "the key store that these data were written with isn't there: bring it back from its own copies, because without it nothing personal can be read"
    )]
    KeysMissing,
    #[error("this key store belongs to other data: name the one that was beside these")]
    ForeignKeys,
    #[error(
        "the key store lies with the data, so whoever copies them would have the keys as well: put it in another folder or another database"
    )]
    KeysBesideData,
    #[error("the key store: {0}")]
    Keys(String),
    #[error("PostgreSQL can't be reached, see that it runs and that the address is right: {0}")]
    Unreachable(String),
    #[error("the tables couldn't be brought up to date: {0}")]
    Migration(String),
    #[error("the database was last used by a newer Stegvis (it has migration {0}): use that one or newer")]
    Newer(String),
    #[error("the database refused a statement: {0}")]
    Database(#[from] DieselError),
    #[error("no connection for reading: {0}")]
    Pool(String),
    #[error("the writing thread couldn't be started: {0}")]
    Thread(io::Error),
}
