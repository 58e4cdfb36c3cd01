//! Everything that a request may use, built once: by `main` and by the tests alike.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use adaptive::Weights;
use vault::{
    Key, KeyStore, Options, Place, Vault,
    care::{self, Part, Tables},
    rows,
};

use crate::{
    accounts::{Guesses, PasswordChecks, Sessions, Signing},
    chance::Chance,
    clock::Clock,
    config::{Config, Database},
    copies::{Copier, LedgerError, Ledgers},
    exercises::Bank,
    individuals::{self, Limits},
    keys::{self, KeyError, read_key},
    maraton::UPLOADS_AT_ONCE,
    metrics::Metrics,
    model,
    overload::Admission,
    practice::{Desks, Difficulties},
};

/// Students whose desks are kept in memory.
const DESKS: usize = 20_000;
/// Sessions that are kept in memory.
const SESSIONS: usize = 50_000;

/// The server without its web: what an act is given.
pub struct App {
    pub config: Config,
    pub clock: Clock,
    pub chance: Chance,
    pub vault: Vault,
    pub bank: Arc<Bank>,
    pub desks: Desks,
    pub difficulties: Difficulties,
    /// Those of the student model, knowing the stages of the bank's skills.
    pub weights: Weights,
    pub sessions: Sessions,
    pub passwords: PasswordChecks,
    pub guesses: Guesses,
    pub signing: Arc<Signing>,
    pub limits: Limits,
    /// How many requests are worked on at once.
    pub admission: Admission,
    pub metrics: Metrics,
    /// Opens what is counted from anywhere.
    pub metrics_token: Option<Key>,
    /// Takes copies; none where the settings have no folder for them.
    pub copier: Option<Copier>,
    /// The ledger of erasures, in all its places.
    pub ledgers: Arc<Mutex<Ledgers>>,
    /// The accounts that the start page offers without a password; only in the demo.
    pub demo: Option<Vec<DemoAccount>>,
    /// Room for files that are taken in and read.
    pub uploads: tokio::sync::Semaphore,
    stopping: AtomicBool,
    /// One erasure that an officer decides on is carried out at a time, so that two presses of a button are one.
    pub deciding: tokio::sync::Mutex<()>,
    /// Somebody's keys are gone and, for all that is known, not all of their rows.
    pub unfinished: AtomicBool,
}

/// One button of the demo's start page.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// The role in kebab-case, such as school-admin.
    pub kind: &'static str,
    pub user_name: String,
    pub name: String,
}

/// Why the server cannot start, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error(
        "database.url has to begin with sqlite: or postgres://. What it is now is not shown: a password may be in it"
    )]
    UnknownDatabase,
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(
        "nobody has confirmed yet that the recovery sheet is kept. Print it with `stegvis keys sheet`, put it where no \
         copy of the data is, and confirm with `stegvis keys confirm` and its four words. Without the master key \
         everything personal is gone"
    )]
    SheetNotConfirmed,
    #[error(
        "the tables of {0} are those of an older Stegvis. Run `stegvis upgrade`: it takes a copy and then brings them up \
         to date"
    )]
    OlderTables(&'static str),
    #[error(transparent)]
    Open(#[from] vault::OpenError),
    #[error("the exercise bank cannot be used: {0}")]
    Bank(#[from] crate::exercises::BankError),
    #[error("the exercise bank's skills cannot be used: {0}")]
    UnusableBank(#[from] crate::model::UnusableBank),
    #[error("the database does not answer: {0}")]
    Fault(#[from] vault::Fault),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("copies cannot be taken: {0:#}")]
    Copies(anyhow::Error),
}

impl App {
    /// Opens the vault, reads the bank and makes everything ready to serve. Tables of an older program are refused, because
    /// nothing is migrated without a copy; in an empty place they are made.
    ///
    /// # Errors
    /// See [`BuildError`]; each says what to do.
    pub async fn build(config: Config, clock: Clock, chance: Chance) -> Result<Self, BuildError> {
        let place = place(&config.database)?;
        let keys = keys::store(&config, &place)?;
        for (of, part, name) in [(&place, Part::Data, "the database"), (&keys.place, Part::Keys, "the key store")] {
            if let Tables::Older(_) = care::tables(of, part)? {
                return Err(BuildError::OlderTables(name));
            }
        }
        let app = Self::build_in(config, place, keys, clock, chance).await?;
        if app.vault.keys().is_confirmed()? {
            return Ok(app);
        }
        app.vault.close().await;
        Err(BuildError::SheetNotConfirmed)
    }

    /// The same in a place that is given as such.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build_in(
        config: Config,
        place: Place,
        keys: KeyStore,
        clock: Clock,
        chance: Chance,
    ) -> Result<Self, BuildError> {
        let mut options = Options::new(place, keys);
        options.readers = config.database.connections;
        options.patience = Some(Duration::from_secs(config.database.patience_seconds.into()));
        Self::build_with(config, options, clock, chance).await
    }

    /// The same with every option of the vault given.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build_with(
        config: Config,
        options: Options,
        clock: Clock,
        chance: Chance,
    ) -> Result<Self, BuildError> {
        let bank = Bank::shipped()?;
        let (database, sessions) = match options.place {
            Place::Sqlite { .. } => ("sqlite", Sessions::alone(SESSIONS)),
            Place::Postgres { .. } => ("postgresql", Sessions::among_others(SESSIONS)),
        };
        let metrics_token = config.metrics.token_file.as_deref().map(read_key).transpose()?;
        let copier = match config.backup.all_folders().next() {
            Some(_) => Some(Copier::of(&config, &options.place, &options.keys).map_err(BuildError::Copies)?),
            None => None,
        };
        let vault = Vault::open(options)?;
        // Whom a key store that was brought back has to forget; then what is left of them goes.
        let mut ledgers = Ledgers::of(&config.backup);
        ledgers.bring_forward(vault.keys(), clock.now())?;
        if let Err(error) = ledgers.write(vault.keys()) {
            tracing::error!(%error, "the ledger of erasures is written next time");
        }
        let signing = Arc::new(Signing::of(vault.keys(), clock.now())?);
        individuals::finish_erasures(&vault, &clock).await?;
        let moved = vault.read(rows::difficulties::all).await?;
        let difficulties = Difficulties::new(&bank, &moved)?;
        let weights = Weights::shipped().clone().knowing(&model::graph(&bank)?);
        Ok(Self {
            sessions,
            passwords: PasswordChecks::new(config.sign_in.checks_at_once),
            guesses: Guesses::new(&config.sign_in, clock.clone()),
            limits: Limits::new(&config.accounts, clock.clone()),
            admission: Admission::new(config.overload.requests_at_once),
            desks: Desks::new(DESKS),
            metrics: Metrics::new(vault.figures(), database, clock.now()),
            metrics_token,
            signing,
            copier,
            ledgers: Arc::new(Mutex::new(ledgers)),
            demo: None,
            uploads: tokio::sync::Semaphore::new(UPLOADS_AT_ONCE),
            stopping: AtomicBool::new(false),
            deciding: tokio::sync::Mutex::default(),
            unfinished: AtomicBool::new(false),
            config,
            clock,
            chance,
            vault,
            bank,
            difficulties,
            weights,
        })
    }

    /// The same house with another clock and another chance, such as for making history. The vault and the bank are
    /// shared; what is kept in memory is its own, so neither sees the other's desks.
    ///
    /// # Errors
    /// When the vault does not answer.
    pub async fn aside(&self, clock: Clock, chance: Chance) -> Result<Self, BuildError> {
        let moved = self.vault.read(rows::difficulties::all).await?;
        Ok(Self {
            sessions: Sessions::among_others(1),
            passwords: PasswordChecks::new(1),
            guesses: Guesses::new(&self.config.sign_in, clock.clone()),
            limits: Limits::new(&self.config.accounts, clock.clone()),
            admission: Admission::new(1),
            desks: Desks::new(1),
            metrics: Metrics::new(self.vault.figures(), "aside", clock.now()),
            metrics_token: None,
            signing: Arc::clone(&self.signing),
            copier: None,
            ledgers: Arc::clone(&self.ledgers),
            demo: None,
            uploads: tokio::sync::Semaphore::new(UPLOADS_AT_ONCE),
            stopping: AtomicBool::new(false),
            deciding: tokio::sync::Mutex::default(),
            unfinished: AtomicBool::new(false),
            config: self.config.clone(),
            clock,
            chance,
            vault: self.vault.clone(),
            bank: Arc::clone(&self.bank),
            difficulties: Difficulties::new(&self.bank, &moved)?,
            weights: self.weights.clone(),
        })
    }

    /// From now on the server is about to stop: it asks everybody to go elsewhere.
    pub fn begin_to_stop(&self) {
        self.stopping.store(true, SeqCst);
    }

    /// Whether the server is about to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(SeqCst)
    }

    /// Takes the keys that sign access tokens as they are now, and exchanges them when it is time.
    ///
    /// # Errors
    /// When the key store does not answer; those from before are used on.
    pub async fn refresh_signing(&self) -> Result<(), vault::Fault> {
        let (signing, keys, now) = (Arc::clone(&self.signing), self.vault.keys().clone(), self.clock.now());
        let refreshed = tokio::task::spawn_blocking(move || signing.refresh(&keys, now)).await;
        refreshed.unwrap_or(Err(vault::Fault::Panicked))
    }

    /// Deletes what is left of somebody whose keys went and whose rows, for want of room or of an answer, did not.
    ///
    /// # Errors
    /// When the vault does not answer; to be tried again then.
    pub async fn finish_forgetting(&self) -> Result<(), vault::Fault> {
        if self.unfinished.load(SeqCst) {
            individuals::finish_erasures(&self.vault, &self.clock).await?;
            self.unfinished.store(false, SeqCst);
        }
        Ok(())
    }

    /// Adds to the ledger what the key store remembers and it does not; what is so long ago that no copy holds it goes, if
    /// the time is known. What fails is logged and done next time.
    pub async fn write_ledgers(&self, now: Option<vault::Millis>) {
        let (ledgers, keys) = (Arc::clone(&self.ledgers), self.vault.keys().clone());
        let written = tokio::task::spawn_blocking(move || {
            let mut ledgers = ledgers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            ledgers.write(&keys)?;
            now.map_or(Ok(()), |now| ledgers.forget(now))
        });
        match written.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the ledger of erasures is written next time"),
            Err(_) => tracing::error!("the ledger of erasures is written next time"),
        }
    }

    /// Seals what was sealed with older keys anew, until nothing is left.
    ///
    /// # Errors
    /// When the vault does not answer; to be tried again then.
    pub async fn renew_sealed(&self) -> Result<(), vault::Fault> {
        let now = self.clock.now();
        loop {
            let done = self.vault.write(move |tx| rows::renewal::renew(tx, now)).await?;
            if done.rows == 0 {
                return Ok(());
            }
        }
    }

    /// Stores what is still in memory and lets the vault finish what is queued.
    pub async fn close(&self) {
        if let Err(fault) = self.difficulties.merge(&self.bank, &self.vault).await {
            tracing::error!(%fault, "the last responses did not move the difficulties");
        }
        self.vault.close().await;
    }
}

/// Where the configuration has the data.
///
/// # Errors
/// An unknown kind of database, or a key that cannot be used.
pub fn place(database: &Database) -> Result<Place, BuildError> {
    if database.url.starts_with("postgres://") || database.url.starts_with("postgresql://") {
        let connections = database.connections;
        return Ok(Place::Postgres { url: database.url.clone(), schema: None, connections });
    }
    let Some(file) = database.url.strip_prefix("sqlite:") else {
        return Err(BuildError::UnknownDatabase);
    };
    let key_file = database.key_file.as_ref().ok_or(KeyError::NoKeyFile)?;
    let key = read_key(key_file)?;
    let place = Place::Sqlite { file: file.into(), key };
    keys::refuse_beside(key_file, &place)?;
    Ok(place)
}
