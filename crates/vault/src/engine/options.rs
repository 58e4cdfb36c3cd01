//! What a vault is opened with.

use std::{path::PathBuf, time::Duration};

use crate::{
    Key,
    keys::{KeyStore, Keys},
    pool::{Maker, Source},
};

/// Where a vault's data are.
#[derive(Clone)]
pub enum Place {
    /// An encrypted file, used by one process. Its directory must exist.
    Sqlite { file: PathBuf, key: Key },
    /// A PostgreSQL database, which several processes may share. `schema` is made when it isn't
    /// there; `connections` serve reads and writes alike.
    Postgres { url: String, schema: Option<String>, connections: usize },
}

/// How a vault is opened.
#[derive(Clone)]
pub struct Options {
    pub place: Place,
    /// Where the keys are that open what is personal in it.
    pub keys: KeyStore,
    /// Connections for reading a SQLite file.
    pub readers: usize,
    /// How many writes may wait before the next is answered with [`Fault::Full`](crate::Fault::Full).
    pub queue: usize,
    /// How many writes share a commit at most (SQLite).
    pub batch: usize,
    /// The writer's page cache (SQLite).
    pub cache_mib: u32,
    /// How long anyone waits for an answer of PostgreSQL's, from the asking on; then it is [`Fault::Unavailable`](crate::Fault::Unavailable), however
    /// the server hangs. Without it, statements have their 30 seconds and closures as long as they take.
    pub patience: Option<Duration>,
    /// For measurements: closures run, but no transaction is begun and nothing is stored.
    #[cfg(feature = "left-out")]
    pub storage_left_out: bool,
}

impl Options {
    /// The usual figures for `place`.
    #[must_use]
    pub fn new(place: Place, keys: KeyStore) -> Self {
        Self {
            place,
            keys,
            readers: 8,
            queue: 4096,
            batch: 256,
            cache_mib: 64,
            patience: None,
            #[cfg(feature = "left-out")]
            storage_left_out: false,
        }
    }

    pub(super) fn maker(&self, source: Source, keys: &Keys) -> Maker {
        Maker {
            source,
            keys: keys.clone(),
            #[cfg(feature = "left-out")]
            left_out: self.storage_left_out,
        }
    }
}
