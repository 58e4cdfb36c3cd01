//! Everything that a request may use, built once: by `main` and by the tests alike.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use vault::{
    KeyStore, Options, Place, Vault,
    care::{self, Part, Tables},
    rows,
};

use crate::{
    accounts::{Guesses, PasswordChecks, Sessions, Signing},
    chance::Chance,
    clock::Clock,
    config::{Config, Database},
    exercises::Bank,
    individuals::{self, Limits},
    keys::{self, KeyError, read_key},
    overload::Admission,
    practice::{Desks, Difficulties},
    privacy::Anchors,
};

/// Students whose desks are kept in memory.
const DESKS: usize = 20_000;
/// Sessions that are kept in memory.
const SESSIONS: usize = 50_000;
/// How often difficulties are merged.
const MERGE_EVERY: Duration = Duration::from_secs(60);
/// After so many milliseconds the ends of the audit's chains are written to their second place again.
const ANCHOR_EVERY: i64 = 3_600_000;

/// The server without its web: what an act is given.
pub struct App {
    pub config: Config,
    pub clock: Clock,
    pub chance: Chance,
    pub vault: Vault,
    pub bank: Arc<Bank>,
    pub desks: Desks,
    pub difficulties: Difficulties,
    pub sessions: Sessions,
    pub passwords: PasswordChecks,
    pub guesses: Guesses,
    pub signing: Arc<Signing>,
    pub limits: Limits,
    /// How many requests are worked on at once.
    pub admission: Admission,
    /// The accounts that the start page offers without a password; only in the demo.
    pub demo: Option<Vec<DemoAccount>>,
    stopping: AtomicBool,
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
        let bank = Arc::new(Bank::shipped()?);
        let vault = Vault::open(options)?;
        let signing = Arc::new(Signing::of(vault.keys(), clock.now())?);
        individuals::finish_erasures(&vault, &clock).await?;
        let moved = vault.read(rows::difficulties::all).await?;
        let difficulties = Difficulties::new(&bank, &moved)?;
        Ok(Self {
            sessions: Sessions::new(SESSIONS),
            passwords: PasswordChecks::new(config.sign_in.checks_at_once),
            guesses: Guesses::new(&config.sign_in, clock.clone()),
            limits: Limits::new(&config.accounts, clock.clone()),
            admission: Admission::new(config.overload.requests_at_once),
            desks: Desks::new(DESKS),
            signing,
            demo: None,
            stopping: AtomicBool::new(false),
            config,
            clock,
            chance,
            vault,
            bank,
            difficulties,
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
            sessions: Sessions::new(1),
            passwords: PasswordChecks::new(1),
            guesses: Guesses::new(&self.config.sign_in, clock.clone()),
            limits: Limits::new(&self.config.accounts, clock.clone()),
            admission: Admission::new(1),
            desks: Desks::new(1),
            signing: Arc::clone(&self.signing),
            demo: None,
            stopping: AtomicBool::new(false),
            config: self.config.clone(),
            clock,
            chance,
            vault: self.vault.clone(),
            bank: Arc::clone(&self.bank),
            difficulties: Difficulties::new(&self.bank, &moved)?,
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

    /// What has to be done now and then, for as long as the server runs.
    pub async fn keep_house(self: Arc<Self>) {
        let keys = self.vault.keys().clone();
        let finished = tokio::task::spawn_blocking(move || {
            keys.controllers()?.into_iter().try_for_each(|of| keys.finish_controller(of).map(drop))
        });
        if !matches!(finished.await, Ok(Ok(()))) {
            tracing::warn!("an exchange of a controller's key that was cut short is finished at the next start");
        }
        let mut anchors = self.config.audit.anchor_file.clone().map(Anchors::of);
        let mut anchored = None;
        let mut tick = tokio::time::interval(MERGE_EVERY);
        tick.tick().await;
        loop {
            tick.tick().await;
            if let Err(fault) = self.difficulties.merge(&self.bank, &self.vault).await {
                tracing::warn!(%fault, "difficulties are merged next time");
            }
            self.guesses.tidy();
            self.limits.tidy();
            if let Err(error) = self.forget_who_left().await {
                tracing::warn!(%error, "who left is deleted next time");
            }
            let now = self.clock.now();
            let cleared = self
                .vault
                .write(move |tx| {
                    rows::class_codes::clear_ended(tx, now)?;
                    rows::sessions::clear_ended(tx, now)
                })
                .await;
            if let Err(fault) = cleared {
                tracing::warn!(%fault, "ended sessions and class codes are cleared next time");
            }
            if let Err(fault) = self.refresh_signing().await {
                tracing::warn!(%fault, "the keys that sign tokens are looked up next time");
            }
            if let Some(anchors) = anchors.as_mut().filter(|_| anchored.is_none_or(|at| now.since(at) >= ANCHOR_EVERY))
            {
                match anchors.write(&self.vault, now).await {
                    Ok(()) => anchored = Some(now),
                    Err(error) => tracing::error!(%error, "the ends of the audit's chains are written next time"),
                }
            }
            if let Err(fault) = self.vault.tell_of_exchanges().await {
                tracing::warn!(%fault, "the audit tells of an exchange of keys next time");
            }
            let keys = self.vault.keys().clone();
            if !matches!(tokio::task::spawn_blocking(move || keys.clear_ended_cards(now)).await, Ok(Ok(()))) {
                tracing::warn!("ended login cards are cleared next time");
            }
            if let Err(fault) = self.renew_sealed().await {
                tracing::warn!(%fault, "what is sealed with older keys is sealed anew next time");
            }
        }
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

    /// Deletes individuals who withdrew 30 days ago, and what a crash has left of somebody who is deleted.
    ///
    /// # Errors
    /// When the vault does not answer; to be tried again then.
    pub async fn forget_who_left(&self) -> Result<(), vault::Fault> {
        individuals::finish_erasures(&self.vault, &self.clock).await?;
        individuals::leave_overdue(self).await
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
