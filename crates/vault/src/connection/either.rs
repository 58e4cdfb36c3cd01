//! The enum itself, in a module of its own because what is derived for it brings all of diesel's
//! connection names with it, `Connection` among them.

use diesel::{PgConnection, SqliteConnection};

/// Either database; queries are written once for both.
#[derive(diesel::MultiConnection)]
pub enum Either {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}
