//! A connection to either database, and what closures get of it.

mod either;
pub(crate) mod kept;

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering::Relaxed},
};

use diesel::{
    RunQueryDsl,
    connection::{
        AnsiTransactionManager, Connection as _, Instrumentation, InstrumentationEvent, SimpleConnection,
        TransactionManager,
    },
    result::{DatabaseErrorKind, Error as DieselError, QueryResult},
};

pub use self::either::Either as Connection;
use crate::{
    audit::Note,
    fault::{is_no_room, is_unavailable},
    keys::Keys,
    lock::Lock,
};

/// The same diesel text for each database, for what the enum can't do: upserts and inserts of
/// several rows.
///
/// `on_each!(tx.connection(), each => diesel::insert_into(…).values(rows).execute(each))`
macro_rules! on_each {
    ($connection:expr, $each:ident => $body:expr) => {
        match $connection {
            $crate::connection::Connection::Sqlite($each) => $body,
            $crate::connection::Connection::Postgres($each) => $body,
        }
    };
}
pub(crate) use on_each;

/// What a closure of [`Vault::read`](crate::Vault::read) or [`Vault::write`](crate::Vault::write)
/// gets: proof that a transaction is open. Only this crate's row functions can run SQL with it.
pub struct Tx {
    connection: Connection,
    trouble: Arc<Trouble>,
    #[cfg(feature = "left-out")]
    left_out: bool,
    keys: Keys,
    /// What the closure that runs now did, to be written in the audit before anybody hears of it.
    notes: Vec<Note>,
    /// Let go of after the connection: fields are dropped in this order.
    _lock: Option<Arc<Lock>>,
}

impl Tx {
    pub(crate) fn new(mut connection: Connection, keys: Keys) -> Self {
        let trouble = Arc::new(Trouble::default());
        connection.set_instrumentation(Watch(Arc::clone(&trouble)));
        Self {
            connection,
            trouble,
            #[cfg(feature = "left-out")]
            left_out: false,
            keys,
            notes: Vec::new(),
            _lock: None,
        }
    }

    /// The same, keeping the file's lock for as long as the connection is open.
    pub(crate) fn holding(self, lock: Arc<Lock>) -> Self {
        Self { _lock: Some(lock), ..self }
    }

    /// For row functions: the connection inside its transaction.
    pub(crate) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// For row functions: what seals and opens. Changes there do not wait for this transaction; see [`crate::keys`].
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Notes something for the audit; the same look once.
    pub(crate) fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// What was noted since it was asked before.
    pub(crate) fn take_notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }

    /// Whether storage is left out, which only measurements ask for; a closure that is told so
    /// has to do everything but call row functions. Always false without the feature `left-out`.
    #[must_use]
    pub fn left_out(&self) -> bool {
        #[cfg(feature = "left-out")]
        let left_out = self.left_out;
        #[cfg(not(feature = "left-out"))]
        let left_out = false;
        left_out
    }

    #[cfg(feature = "left-out")]
    pub(crate) fn leave_out(mut self, left_out: bool) -> Self {
        self.left_out = left_out;
        self
    }

    /// The errors seen since [`Tx::begin`].
    pub(crate) fn trouble(&self) -> &Trouble {
        &self.trouble
    }

    /// Begins the outermost transaction with the statement `sql`.
    pub(crate) fn begin(&mut self, sql: &str) -> QueryResult<()> {
        self.trouble.forget();
        on_each!(&mut self.connection, each => AnsiTransactionManager::begin_transaction_sql(each, sql))
    }

    /// Waits until no other process does the same work, which is known by a number of its own; the next one waits until
    /// this transaction ends. On SQLite nobody else is there, and writes come one after the other.
    pub(crate) fn take_turn(&mut self, work: i64) -> QueryResult<()> {
        match &mut self.connection {
            Connection::Sqlite(_) => Ok(()),
            Connection::Postgres(each) => each.batch_execute(&format!("SELECT pg_advisory_xact_lock({work})")),
        }
    }

    pub(crate) fn savepoint(&mut self) -> QueryResult<()> {
        on_each!(&mut self.connection, each => AnsiTransactionManager::begin_transaction(each))
    }

    /// Commits the outermost transaction or releases the innermost savepoint.
    pub(crate) fn keep(&mut self) -> QueryResult<()> {
        on_each!(&mut self.connection, each => AnsiTransactionManager::commit_transaction(each))
    }

    /// Rolls back to `depth`: 0 is outside of any transaction, 1 in the outermost one.
    pub(crate) fn roll_back_to(&mut self, depth: u32) -> QueryResult<()> {
        while self.depth()? > depth {
            on_each!(&mut self.connection, each => AnsiTransactionManager::rollback_transaction(each))?;
        }
        Ok(())
    }

    /// How many transactions and savepoints are open.
    ///
    /// # Errors
    /// When a connection is in a state that nobody knows.
    pub(crate) fn depth(&mut self) -> QueryResult<u32> {
        let depth = on_each!(&mut self.connection, each => {
            AnsiTransactionManager::transaction_manager_status_mut(each).transaction_depth()
        })?;
        Ok(depth.map_or(0, std::num::NonZeroU32::get))
    }
}

/// Which errors a transaction has met, as far as the engine acts on them. Closures turn errors
/// into their own, so this is where the engine still sees them.
#[derive(Debug, Default)]
pub(crate) struct Trouble(AtomicU8);

impl Trouble {
    const ANY: u8 = 1;
    const COLLISION: u8 = 2;
    const NO_ROOM: u8 = 4;
    const UNAVAILABLE: u8 = 8;

    fn forget(&self) {
        self.0.store(0, Relaxed);
    }

    pub(crate) fn any(&self) -> bool {
        self.0.load(Relaxed) & Self::ANY != 0
    }

    /// A serialization failure or a deadlock: the same transaction may succeed when run again.
    pub(crate) fn collision(&self) -> bool {
        self.0.load(Relaxed) & Self::COLLISION != 0
    }

    pub(crate) fn no_room(&self) -> bool {
        self.0.load(Relaxed) & Self::NO_ROOM != 0
    }

    /// The database itself could not do it.
    pub(crate) fn unavailable(&self) -> bool {
        self.0.load(Relaxed) & Self::UNAVAILABLE != 0
    }
}

struct Watch(Arc<Trouble>);

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::FinishQuery { error: Some(error), .. } = event {
            let collision = if is_collision(error) { Trouble::COLLISION } else { 0 };
            let no_room = if is_no_room(error) { Trouble::NO_ROOM } else { 0 };
            let unavailable = if is_unavailable(error) { Trouble::UNAVAILABLE } else { 0 };
            self.0.0.fetch_or(Trouble::ANY | collision | no_room | unavailable, Relaxed);
        }
    }
}

/// 40001 has a kind of its own in diesel, 40P01 only its text, which PostgreSQL translates; of
/// the Nordic languages it knows Swedish.
fn is_collision(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(_, information) => {
            ["deadlock detected", "dödläge upptäckt"].contains(&information.message())
        }
        _ => false,
    }
}

#[derive(diesel::QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    busy: i32,
}

/// Puts the log of an SQLite file into it and cuts it off. False when a reader holds it up; PostgreSQL goes about this by
/// itself.
pub(crate) fn checkpoint(connection: &mut Connection) -> QueryResult<bool> {
    match connection {
        Connection::Sqlite(each) => {
            let done: Checkpoint = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(each)?;
            Ok(done.busy == 0)
        }
        Connection::Postgres(_) => Ok(true),
    }
}
