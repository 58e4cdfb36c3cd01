//! Bringing the tables up to date. The migrations are part of the program.

use std::error::Error;

use diesel::{
    PgConnection, SqliteConnection,
    backend::Backend,
    migration::{Migration, MigrationSource},
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
}

fn bring<DB: Backend>(
    connection: &mut impl MigrationHarness<DB>,
    migrations: EmbeddedMigrations,
) -> Result<(), OpenError> {
    let failed = |error: Box<dyn Error + Send + Sync>| OpenError::Migration(error.to_string());
    let known: Vec<Box<dyn Migration<DB>>> = migrations.migrations().map_err(failed)?;
    let applied = connection.applied_migrations().map_err(failed)?;
    let is_known = |version| known.iter().any(|known| known.name().version() == version);
    if let Some(newer) = applied.into_iter().find(|version| !is_known(version.as_owned())) {
        return Err(OpenError::Newer(newer.to_string()));
    }
    connection.run_pending_migrations(migrations).map_err(failed)?;
    Ok(())
}
