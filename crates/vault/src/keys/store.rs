//! The key store's own connection. It is used for microseconds, because keys are held in memory, so there is one.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use diesel::{
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    result::QueryResult,
};

use crate::{
    Fault, Key, OpenError, Place,
    connection::{Connection, checkpoint, on_each},
    migrations::KEYS,
    settings::{postgres, sqlite},
};

/// Keys are few; the pages that are read again and again fit.
const CACHE_MIB: u32 = 4;

/// Held by whoever changes anything in a key store on PostgreSQL: changes are rare, and none has to be thought through
/// beside another. On SQLite the file's own write lock does it.
const ONE_AT_A_TIME: &str = "SELECT pg_advisory_xact_lock(5384701229)";

/// Held while a key store's tables are brought up to date.
pub(crate) const TURN: i64 = 5_384_701_230;

enum Source {
    Sqlite { file: PathBuf, key: Key },
    Postgres { url: String, schema: Option<String> },
}

pub(super) struct Store {
    source: Source,
    /// Absent after a connection broke, until the next is needed.
    connection: Mutex<Option<Connection>>,
}

impl Store {
    /// Opens the store and brings its tables up to date. `must_be_there`: a file that is missing is not made.
    pub(super) fn open(place: &Place, must_be_there: bool) -> Result<Self, OpenError> {
        let (source, connection) = match place {
            Place::Sqlite { file, key } => {
                if must_be_there && !file.exists() {
                    return Err(OpenError::KeysMissing);
                }
                sqlite::make_private(file)?;
                let mut connection = sqlite::open(file, key, sqlite::Purpose::Write, CACHE_MIB)?;
                KEYS.bring_sqlite(&mut connection)?;
                (Source::Sqlite { file: file.clone(), key: key.clone() }, Connection::Sqlite(connection))
            }
            Place::Postgres { url, schema, .. } => {
                let mut first = postgres::open_for_migration(url, schema.as_deref(), TURN)?;
                KEYS.bring_postgres(&mut first)?;
                drop(first);
                let connection = postgres::open(url, schema.as_deref())?;
                let source = Source::Postgres { url: url.clone(), schema: schema.clone() };
                (source, Connection::Postgres(connection))
            }
        };
        Ok(Self { source, connection: Mutex::new(Some(connection)) })
    }

    /// Runs `look` in a transaction that changes nothing.
    pub(super) fn read<T>(&self, look: impl FnOnce(&mut Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        self.transact("BEGIN", None, look)
    }

    /// Runs `act` in a transaction of its own, which nobody else changes anything beside, and commits it.
    pub(super) fn write<T>(&self, act: impl FnOnce(&mut Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        match self.source {
            Source::Sqlite { .. } => self.transact("BEGIN IMMEDIATE", None, act),
            Source::Postgres { .. } => self.transact("BEGIN", Some(ONE_AT_A_TIME), act),
        }
    }

    /// Puts the log into the file, so that what was deleted is no longer in either. A reader in another process may hold
    /// it up; the next checkpoint then does it.
    pub(super) fn leave_nothing(&self) -> Result<(), Fault> {
        let mut place = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connection) = place.as_mut() {
            checkpoint(connection)?;
        }
        Ok(())
    }

    fn transact<T>(
        &self,
        begin: &str,
        first: Option<&str>,
        act: impl FnOnce(&mut Connection) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut place = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = place.take().and_then(|mut held| begin_with(&mut held, begin).is_ok().then_some(held));
        let mut connection = match begun {
            Some(connection) => connection,
            // It broke while it was idle, when nothing is lost by taking another.
            None => {
                let mut fresh = self.connect()?;
                begin_with(&mut fresh, begin)?;
                fresh
            }
        };
        if let Some(first) = first {
            connection.batch_execute(first)?;
        }
        // A connection whose closure panics is dropped with it.
        let outcome = act(&mut connection);
        let ended = match &outcome {
            Ok(_) => on_each!(&mut connection, each => AnsiTransactionManager::commit_transaction(each)),
            Err(_) => on_each!(&mut connection, each => AnsiTransactionManager::rollback_transaction(each)),
        };
        match (ended, outcome) {
            (Ok(()), outcome) => {
                *place = Some(connection);
                outcome
            }
            (Err(_), Err(fault)) => Err(fault),
            (Err(error), Ok(_)) => Err(Fault::Commit(error.to_string())),
        }
    }

    fn connect(&self) -> Result<Connection, Fault> {
        let connection = match &self.source {
            Source::Sqlite { file, key } => {
                sqlite::open(file, key, sqlite::Purpose::Write, CACHE_MIB).map(Connection::Sqlite)
            }
            Source::Postgres { url, schema } => postgres::open(url, schema.as_deref()).map(Connection::Postgres),
        };
        connection.map_err(|error| Fault::Unavailable(error.to_string()))
    }
}

fn begin_with(connection: &mut Connection, begin: &str) -> QueryResult<()> {
    on_each!(connection, each => AnsiTransactionManager::begin_transaction_sql(each, begin))
}
