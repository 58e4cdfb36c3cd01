//! Where a test's data are: a directory with an SQLite file, or a schema of PostgreSQL.

use std::sync::atomic::{AtomicU64, Ordering};

use diesel::{Connection, PgConnection, connection::SimpleConnection};
use tempfile::TempDir;
use vault::{Key, KeyStore, Options, Place};

/// A database of a test's own.
pub enum Ground {
    Sqlite(TempDir),
    Postgres { url: String, schema: String },
}

impl Ground {
    /// A schema that nobody else uses. None, with a note, without `STEGVIS_TEST_POSTGRES`, unless
    /// `STEGVIS_TEST_REQUIRE_POSTGRES` makes that a failure.
    #[expect(clippy::disallowed_methods, reason = "tests are told where PostgreSQL is by the environment")]
    pub fn postgres() -> Option<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let Ok(url) = std::env::var("STEGVIS_TEST_POSTGRES") else {
            let required = std::env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
            assert!(!required, "STEGVIS_TEST_POSTGRES is to name a database");
            eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so this is not tested on PostgreSQL");
            return None;
        };
        let schema = format!("api_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        Some(Self::Postgres { url, schema })
    }

    pub fn options(&self) -> Options {
        let (data, keys) = match self {
            Self::Sqlite(directory) => {
                let place = |name| Place::Sqlite { file: directory.path().join(name), key: Key::from_bytes([7; 32]) };
                (place("stegvis.db"), place("keys.db"))
            }
            Self::Postgres { url, schema } => {
                let place = |schema| Place::Postgres { url: url.clone(), schema: Some(schema), connections: 4 };
                (place(schema.clone()), place(format!("{schema}_keys")))
            }
        };
        let keys = KeyStore { beside_data: true, ..KeyStore::new(keys, Key::from_bytes([9; 32])) };
        Options::new(data, keys)
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        let Self::Postgres { url, schema } = self else { return };
        let Ok(mut connection) = PgConnection::establish(url) else { return };
        let drop = format!("SET client_min_messages = warning; DROP SCHEMA IF EXISTS {schema}, {schema}_keys CASCADE");
        if let Err(error) = connection.batch_execute(&drop) {
            eprintln!("note: the schema {schema} is left behind: {error}");
        }
    }
}
