//! Bringing the tables up to date. The migrations are part of the program.

use std::error::Error;

use diesel::{
    Connection, PgConnection, SqliteConnection,
    backend::Backend,
    migration::{Migration, MigrationSource},
    sqlite::Sqlite,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::OpenError;

/// The tables of one place, for each database.
#[derive(Clone, Copy)]
pub(crate) struct Tables {
    pub(crate) sqlite: fn() -> EmbeddedMigrations,
    pub(crate) postgres: fn() -> EmbeddedMigrations,
}

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

const KEYS_SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/keys/sqlite");
const KEYS_POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/keys/postgres");

/// The tables of the house.
pub(crate) const HOUSE: Tables = Tables { sqlite: || SQLITE, postgres: || POSTGRES };

/// The tables of its key store.
pub(crate) const KEYS: Tables = Tables { sqlite: || KEYS_SQLITE, postgres: || KEYS_POSTGRES };

impl Tables {
    pub(crate) fn bring_sqlite(self, connection: &mut SqliteConnection) -> Result<(), OpenError> {
        bring(connection, (self.sqlite)())
    }

    pub(crate) fn bring_postgres(self, connection: &mut PgConnection) -> Result<(), OpenError> {
        bring(connection, (self.postgres)())
    }

    /// The versions that this program has, in order; the same for both databases.
    pub(crate) fn versions(self) -> Result<Vec<String>, OpenError> {
        versions::<Sqlite>(&(self.sqlite)())
    }
}

fn bring<DB: Backend>(
    connection: &mut (impl MigrationHarness<DB> + Connection<Backend = DB>),
    migrations: EmbeddedMigrations,
) -> Result<(), OpenError> {
    let failed = |error: Box<dyn Error + Send + Sync>| OpenError::Migration(error.to_string());
    let known: Vec<Box<dyn Migration<DB>>> = migrations.migrations().map_err(failed)?;
    let applied = connection.applied_migrations().map_err(failed)?;
    let is_known = |version| known.iter().any(|known| known.name().version() == version);
    if let Some(newer) = applied.into_iter().find(|version| !is_known(version.as_owned())) {
        return Err(OpenError::Newer(newer.to_string()));
    }
    // All that are pending or none: a database between two versions of the program would be nobody's.
    connection.transaction(|connection| {
        connection.run_pending_migrations(migrations).map(drop).map_err(|error| Undone::Migration(error.to_string()))
    })?;
    Ok(())
}

/// What rolled the migrations back.
enum Undone {
    Migration(String),
    Database(diesel::result::Error),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Undone> for OpenError {
    fn from(undone: Undone) -> Self {
        match undone {
            Undone::Migration(what) => Self::Migration(what),
            Undone::Database(error) => Self::Migration(error.to_string()),
        }
    }
}

/// The versions of migrations, in order.
fn versions<DB: Backend>(migrations: &EmbeddedMigrations) -> Result<Vec<String>, OpenError> {
    let failed = |error: Box<dyn Error + Send + Sync>| OpenError::Migration(error.to_string());
    let known: Vec<Box<dyn Migration<DB>>> = migrations.migrations().map_err(failed)?;
    let mut versions: Vec<String> = known.iter().map(|known| known.name().version().to_string()).collect();
    versions.sort_unstable();
    Ok(versions)
}
