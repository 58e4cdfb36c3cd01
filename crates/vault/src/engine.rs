//! Opening a vault, reading, writing, closing.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use diesel::prelude::*;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
    time::{sleep, timeout},
};

use crate::{
    Fault, Figures, Key, OpenError,
    audit::{self, Recent},
    connection::{Connection, on_each},
    figures::{Held, Watch},
    keys::{KeyStore, Keys},
    lock::{LastOut, Lock},
    migrations::HOUSE,
    pool::{Pool, Source, WAIT},
    postgres, priority,
    schema::house,
    settings::{postgres as postgres_settings, sqlite},
    writer::Writer,
};

mod alone;
mod options;
mod reading;

use self::alone::Connect;
pub use self::{
    alone::Alone,
    options::{Options, Place},
};
pub use crate::connection::Tx;

/// The data of one house. Cheap to clone; all clones are the same vault.
#[derive(Clone)]
pub struct Vault {
    rooms: Arc<Rooms>,
}

struct Rooms {
    /// Absent once the vault is closed.
    pool: RwLock<Option<Pool>>,
    keys: Keys,
    /// One for each pooled connection, so that only as many closures as there are connections
    /// hold a thread while the others wait without one.
    turns: Arc<Semaphore>,
    size: u32,
    way: Way,
    patience: Option<Duration>,
    figures: Figures,
    /// Looks that were written down a short while ago.
    recent: Recent,
    closed: AtomicBool,
    /// The last to go, and only for a file. Absent once the vault is closed.
    last: Mutex<Option<LastOut>>,
}

impl Rooms {
    fn pool(&self) -> Option<Pool> {
        self.pool.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Closes the connections of the pool, and lets go of the file when the last is closed. Blocking.
    fn leave(&self) {
        drop(self.pool.write().unwrap_or_else(PoisonError::into_inner).take());
        drop(self.last.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// How writes go.
enum Way {
    Thread(Writer),
    /// A transaction each on a pooled connection; `waiting` may wait for one. What is held for longer has a connection of
    /// its own.
    Pool {
        waiting: Arc<Semaphore>,
        another: Arc<Connect>,
    },
}

/// How often, a second apart, it is tried to empty the log.
const TRIES: u32 = 30;

impl Vault {
    /// Opens the place, brings its tables up to date and starts the writer.
    ///
    /// Blocking: call it before the server runs, or in `spawn_blocking`.
    ///
    /// # Errors
    /// When another process uses the file, the key is wrong, the file isn't encrypted, a setting
    /// doesn't take, the server can't be reached, a migration fails, or the key store isn't the one of these data.
    #[expect(clippy::needless_pass_by_value, reason = "the key isn't to stay behind with the caller")]
    pub fn open(options: Options) -> Result<Self, OpenError> {
        options.keys.refuse_beside(&options.place)?;
        match &options.place {
            Place::Sqlite { file, key } => Self::open_sqlite(&options, file, key),
            Place::Postgres { url, schema, connections } => {
                Self::open_postgres(&options, url, schema.as_deref(), *connections)
            }
        }
    }

    fn open_sqlite(options: &Options, file: &Path, key: &Key) -> Result<Self, OpenError> {
        let lock = Arc::new(Lock::take(file)?);
        sqlite::make_private(file)?;
        let mut first = sqlite::open(file, key, sqlite::Purpose::Write, options.cache_mib)?;
        HOUSE.bring_sqlite(&mut first)?;
        let keys = pair(&mut Connection::Sqlite(first), &options.keys)?;
        let maker = |purpose| {
            let (file, key, lock) = (file.to_path_buf(), key.clone(), Arc::clone(&lock));
            options.maker(Source::Sqlite { file, key, purpose, cache_mib: options.cache_mib, lock }, &keys)
        };
        let writing = maker(sqlite::Purpose::Write);
        let tx = writing.make()?;
        let readers = size(options.readers);
        let pool = Pool::open(maker(sqlite::Purpose::Read), readers, WAIT)?;
        let figures = Figures::new();
        let writer = Writer::start(tx, writing, options.queue, options.batch, &figures)?;
        Ok(Self::with(pool, keys, readers, Way::Thread(writer), figures).locked(lock))
    }

    fn open_postgres(
        options: &Options,
        url: &str,
        schema: Option<&str>,
        connections: usize,
    ) -> Result<Self, OpenError> {
        let mut first = postgres_settings::open_for_migration(url, schema, postgres_settings::TURN)?;
        HOUSE.bring_postgres(&mut first)?;
        let keys = pair(&mut Connection::Postgres(first), &options.keys)?;
        let connections = size(connections);
        let patience = options.patience.unwrap_or(postgres_settings::STATEMENT);
        let source = Source::Postgres { url: url.to_owned(), schema: schema.map(str::to_owned), patience };
        let pool = Pool::open(options.maker(source, &keys), connections, WAIT.min(patience))?;
        let waiting = Arc::new(Semaphore::new(options.queue.max(1)));
        let another: Arc<Connect> = {
            let (url, schema) = (url.to_owned(), schema.map(str::to_owned));
            Arc::new(move || postgres_settings::open(&url, schema.as_deref()))
        };
        let vault = Self::with(pool, keys, connections, Way::Pool { waiting, another }, Figures::new());
        Ok(vault.patient_for(options.patience))
    }

    fn with(pool: Pool, keys: Keys, size: u32, way: Way, figures: Figures) -> Self {
        let turns = Arc::new(Semaphore::new(size as usize));
        figures.size.set(size.into());
        let rooms = Rooms {
            pool: RwLock::new(Some(pool)),
            keys,
            turns,
            size,
            way,
            patience: None,
            figures,
            recent: Recent::new(),
            closed: AtomicBool::new(false),
            last: Mutex::new(None),
        };
        Self { rooms: Arc::new(rooms) }
    }

    fn locked(self, lock: Arc<Lock>) -> Self {
        *self.rooms.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(LastOut(lock));
        self
    }

    fn patient_for(mut self, patience: Option<Duration>) -> Self {
        if let Some(rooms) = Arc::get_mut(&mut self.rooms) {
            rooms.patience = patience;
        }
        self
    }

    /// What it counts of itself.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.rooms.figures
    }

    /// The key store beside the data.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.rooms.keys
    }

    /// Runs `act` in a transaction and comes back when its changes are on the disk. Its changes
    /// are dropped when it gives an error.
    ///
    /// On SQLite it runs once, on the writing thread: it should only do what has to be done
    /// inside the transaction. On PostgreSQL it may run again when it collides with another,
    /// so it may have no effect but on the database. What was noted for the audit is written last in the
    /// same transaction.
    ///
    /// # Errors
    /// What `act` gives, or any [`Fault`].
    pub async fn write<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let act = move |tx: &mut Tx| -> Result<(T, u64), E> {
            let _of_who_was_before = tx.take_notes();
            let done = act(tx)?;
            let notes = tx.take_notes();
            let entries = if notes.is_empty() || tx.left_out() { 0 } else { audit::record(tx, &notes)? };
            Ok((done, entries))
        };
        let (watch, figures) = (Watch::start(), &self.rooms.figures);
        let outcome = self.write_in_turn(act).await;
        figures.writes.inc();
        figures.write_seconds.observe(watch.seconds());
        let (done, entries) = outcome?;
        figures.kept.inc();
        figures.entries.inc_by(entries);
        Ok(done)
    }

    async fn write_in_turn<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: Fn(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        match &self.rooms.way {
            Way::Thread(writer) => writer.write(act).await,
            Way::Pool { waiting, .. } => {
                let Ok(_place) = waiting.try_acquire() else {
                    return Err(Fault::Full.into());
                };
                let _waits = Held::of(&self.rooms.figures.waiting);
                self.on_pool(move |pool| postgres::write_on(pool, act)).await
            }
        }
    }

    /// Writes what is queued, then refuses every further write and read with [`Fault::Closed`]. Afterwards the place
    /// may be opened by another, though somebody still holds this vault.
    pub async fn close(&self) {
        self.rooms.closed.store(true, SeqCst);
        if let Way::Thread(writer) = &self.rooms.way {
            writer.close().await;
        }
        // Whoever has a turn ends it first; closed, the semaphore lets nobody in any more.
        let all = self.rooms.turns.acquire_many(self.rooms.size).await;
        drop(all);
        self.rooms.turns.close();
        let rooms = Arc::clone(&self.rooms);
        let left = spawn_blocking(move || rooms.leave()).await;
        if left.is_err() {
            tracing::error!("the connections of a closed vault stay open");
        }
    }

    /// Whether the vault can be read and written, which it tries.
    ///
    /// # Errors
    /// Why not.
    pub async fn check(&self) -> Result<(), Fault> {
        self.read(|_| Ok::<_, Fault>(())).await?;
        self.write(|_| Ok::<_, Fault>(())).await
    }

    /// Puts the log into the file (SQLite), so that what was deleted is no longer in either. A reader may hold it up, which
    /// ends within `TRIES` seconds; false if it still did then, and the next checkpoint does it. PostgreSQL goes about
    /// this by itself.
    ///
    /// # Errors
    /// When the writer does not answer.
    pub async fn leave_nothing(&self) -> Result<bool, Fault> {
        let Way::Thread(writer) = &self.rooms.way else { return Ok(true) };
        for _ in 1..TRIES {
            if writer.empty_log().await? {
                return Ok(true);
            }
            sleep(Duration::from_secs(1)).await;
        }
        writer.empty_log().await
    }

    /// The right to do work of which one process at a time does it: nothing if another has it. Let go of when it is
    /// dropped, or when the process ends. The work is known by a number of its own.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn alone(&self, work: i32) -> Result<Option<Alone>, Fault> {
        let Way::Pool { another, .. } = &self.rooms.way else { return Ok(Some(Alone::in_the_only_process())) };
        let another = Arc::clone(another);
        let taken = spawn_blocking(move || Alone::take(&*another, work));
        taken.await.unwrap_or(Err(Fault::Panicked))
    }

    /// The same as [`Self::when_it_is_its_turn`], for no longer than the vault is patient. What a blocking thread has begun
    /// it ends all the same, and gives its connection back then: however long a server hangs, no more threads wait for it
    /// than there are connections.
    async fn on_pool<T, E, F>(&self, with_pool: F) -> Result<T, E>
    where
        F: FnOnce(&Pool) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let turn = self.when_it_is_its_turn(with_pool);
        match self.rooms.patience {
            None => turn.await,
            Some(patience) => timeout(patience, turn)
                .await
                .unwrap_or_else(|_| Err(Fault::Unavailable("the database gave no answer in time".into()).into())),
        }
    }

    /// Waits for a turn, then runs `with_pool` on a blocking thread.
    async fn when_it_is_its_turn<T, E, F>(&self, with_pool: F) -> Result<T, E>
    where
        F: FnOnce(&Pool) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        if self.rooms.closed.load(SeqCst) {
            return Err(Fault::Closed.into());
        }
        let turn = match timeout(WAIT, Arc::clone(&self.rooms.turns).acquire_owned()).await {
            Ok(Ok(turn)) => turn,
            Ok(Err(_)) => return Err(Fault::Closed.into()),
            Err(_) => {
                return Err(Fault::Unavailable("no connection was free in time".into()).into());
            }
        };
        let Some(pool) = self.rooms.pool() else {
            return Err(Fault::Closed.into());
        };
        let turn = (turn, Held::of(&self.rooms.figures.in_use));
        let ran = spawn_blocking(move || {
            // The last to be dropped: whoever has all turns knows that nobody uses the pool.
            let _turn: (OwnedSemaphorePermit, Held) = turn;
            priority::behind_the_event_loops();
            let pool = pool;
            with_pool(&pool)
        });
        match ran.await {
            Ok(outcome) => outcome,
            Err(error) if error.is_panic() => Err(Fault::Panicked.into()),
            Err(_) => Err(Fault::Closed.into()),
        }
    }
}

/// Opens the key store that goes with the data. The data name it after it is there: what a crash in between leaves is a
/// key store that opens nothing, and that the next start takes.
fn pair(connection: &mut Connection, keys: &KeyStore) -> Result<Keys, OpenError> {
    let named: Option<Vec<u8>> = house::table.select(house::key_store).first(connection).optional()?;
    let keys = Keys::open_for(keys, named.as_deref())?;
    if named.is_none() {
        on_each!(connection, each => {
            diesel::insert_into(house::table).values(house::key_store.eq(keys.id())).execute(each)
        })?;
    }
    Ok(keys)
}

fn size(connections: usize) -> u32 {
    u32::try_from(connections.max(1)).unwrap_or(1024)
}
