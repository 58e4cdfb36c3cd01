//! Work of which one process at a time does it.

use diesel::{PgConnection, prelude::*, sql_query};

use crate::{Fault, OpenError};

/// Makes a connection beside those of the pool.
pub(super) type Connect = dyn Fn() -> Result<PgConnection, OpenError> + Send + Sync;

/// Work that no other process does at the same time; see [`Vault::alone`](crate::Vault::alone).
pub struct Alone {
    /// It has the lock for as long as it is open. A SQLite file has one process.
    _connection: Option<PgConnection>,
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    taken: bool,
}

impl Alone {
    pub(super) const fn in_the_only_process() -> Self {
        Self { _connection: None }
    }

    /// Nothing if another has it. Blocking.
    pub(super) fn take(connect: &Connect, work: i32) -> Result<Option<Self>, Fault> {
        let mut connection = connect().map_err(|error| Fault::Unavailable(error.to_string()))?;
        let query = format!("SELECT pg_try_advisory_lock({work}, hashtext(current_schema())) AS taken");
        let taken: Taken = sql_query(query).get_result(&mut connection)?;
        Ok(taken.taken.then_some(Self { _connection: Some(connection) }))
    }
}
