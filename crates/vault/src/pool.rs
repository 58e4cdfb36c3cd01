//! Connections that wait to be used: for reading, and on PostgreSQL for writing too.

use std::{path::PathBuf, sync::Arc, time::Duration};

use diesel::r2d2::{HandleError, ManageConnection, Pool as Connections, PooledConnection, R2D2Connection};

use crate::{
    Fault, Key, OpenError, Tx,
    connection::{Connection, on_each},
    keys::Keys,
    lock::Lock,
    settings::{postgres, sqlite},
};

/// How long anyone waits for a connection, at most.
pub(crate) const WAIT: Duration = Duration::from_secs(5);

/// Makes connections to one place, with every setting told and asked.
pub(crate) struct Maker {
    pub(crate) source: Source,
    pub(crate) keys: Keys,
    #[cfg(feature = "left-out")]
    pub(crate) left_out: bool,
}

pub(crate) enum Source {
    Sqlite {
        file: PathBuf,
        key: Key,
        purpose: sqlite::Purpose,
        cache_mib: u32,
        lock: Arc<Lock>,
    },
    /// A statement may take as long as `patience`.
    Postgres {
        url: String,
        schema: Option<String>,
        patience: Duration,
    },
}

impl Maker {
    /// A connection that is ready for a closure.
    pub(crate) fn make(&self) -> Result<Tx, OpenError> {
        let tx = match &self.source {
            Source::Sqlite { file, key, purpose, cache_mib, lock } => {
                let connection = sqlite::open_another(file, key, *purpose, *cache_mib)?;
                Tx::new(Connection::Sqlite(connection), self.keys.clone()).holding(Arc::clone(lock))
            }
            Source::Postgres { url, schema, patience } => {
                let connection = postgres::open_for(url, schema.as_deref(), *patience)?;
                Tx::new(Connection::Postgres(connection), self.keys.clone())
            }
        };
        #[cfg(feature = "left-out")]
        let tx = tx.leave_out(self.left_out);
        Ok(tx)
    }
}

impl ManageConnection for Maker {
    type Connection = Tx;
    type Error = OpenError;

    fn connect(&self) -> Result<Tx, OpenError> {
        self.make()
    }

    fn is_valid(&self, tx: &mut Tx) -> Result<(), OpenError> {
        Ok(on_each!(tx.connection(), each => each.ping())?)
    }

    /// A connection that comes back with anything open, or while its closure panics, is closed.
    fn has_broken(&self, tx: &mut Tx) -> bool {
        std::thread::panicking() || tx.depth() != Ok(0)
    }
}

/// The pool itself.
#[derive(Clone)]
pub(crate) struct Pool(Connections<Maker>);

impl Pool {
    /// Opens `size` connections at once, so that what refuses does so now. Who takes one waits no longer than `wait`.
    pub(crate) fn open(maker: Maker, size: u32, wait: Duration) -> Result<Self, OpenError> {
        let short_lived = matches!(maker.source, Source::Postgres { .. });
        // Nothing is gained by closing a file and opening it again; a server gets its memory back.
        let (idle, life) =
            if short_lived { (Some(Duration::from_mins(10)), Some(Duration::from_mins(30))) } else { (None, None) };
        Connections::builder()
            .max_size(size)
            .connection_timeout(wait)
            .idle_timeout(idle)
            .max_lifetime(life)
            // The first statement of a transaction finds out without a round trip of its own.
            .test_on_check_out(false)
            .error_handler(Box::new(Warn))
            .build(maker)
            .map(Self)
            .map_err(|error| OpenError::Pool(error.to_string()))
    }

    /// A connection on which `begin` succeeded. One that broke while it was idle shows at this
    /// first statement, when nothing is lost by taking another.
    pub(crate) fn begin(&self, begin: &str) -> Result<PooledConnection<Maker>, Fault> {
        let mut attempts = self.0.max_size() + 1;
        loop {
            let mut tx = self.take()?;
            match tx.begin(begin) {
                Ok(()) => return Ok(tx),
                Err(error) if attempts == 0 => return Err(Fault::Unavailable(error.to_string())),
                Err(_) => attempts -= 1,
            }
        }
    }

    pub(crate) fn take(&self) -> Result<PooledConnection<Maker>, Fault> {
        self.0.get().map_err(|error| Fault::Unavailable(error.to_string()))
    }
}

#[derive(Debug)]
struct Warn;

impl HandleError<OpenError> for Warn {
    fn handle_error(&self, error: OpenError) {
        tracing::warn!(%error, "a pooled connection couldn't be made");
    }
}
