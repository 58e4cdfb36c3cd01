//! Everything that a request may use, built once: by `main` and by the tests alike.

use std::{path::Path, sync::Arc, time::Duration};

use vault::{Key, Options, Place, Vault, rows};

use crate::{
    accounts::{Guesses, PasswordChecks, Sessions},
    chance::Chance,
    clock::Clock,
    config::{Config, Database},
    exercises::Bank,
    practice::{Desks, Difficulties},
};

/// Students whose desks are kept in memory.
const DESKS: usize = 20_000;
/// Sessions that are kept in memory.
const SESSIONS: usize = 50_000;
/// How often difficulties are merged.
const MERGE_EVERY: Duration = Duration::from_secs(60);

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
    /// The accounts that the start page offers without a password; only in the demo.
    pub demo: Option<Vec<DemoAccount>>,
}

/// One button of the demo's start page.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// student, teacher, school-admin or officer
    pub kind: &'static str,
    pub user_name: String,
    pub name: String,
}

/// Why the server cannot start, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("database.url is {0:?}. It has to begin with sqlite: or postgres://")]
    UnknownDatabase(String),
    #[error("an SQLite database is encrypted and needs database.key_file: a file with 64 hexadecimal digits")]
    NoKeyFile,
    #[error("cannot read the key file {file}: {cause}")]
    KeyFile { file: String, cause: std::io::Error },
    #[error("the key file {0} does not hold 64 hexadecimal digits")]
    NotAKey(String),
    #[error(
        "the key file {0} lies beside the database. Whoever copies the folder would have both: move the key elsewhere"
    )]
    KeyBesideData(String),
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
    /// Opens the vault, reads the bank and makes everything ready to serve.
    ///
    /// # Errors
    /// See [`BuildError`]; each says what to do.
    pub async fn build(config: Config, clock: Clock, chance: Chance) -> Result<Self, BuildError> {
        let place = place(&config.database)?;
        Self::build_in(config, place, clock, chance).await
    }

    /// The same in a place that is given as such.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub async fn build_in(config: Config, place: Place, clock: Clock, chance: Chance) -> Result<Self, BuildError> {
        let mut options = Options::new(place);
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
        let moved = vault.read(rows::difficulties::all).await?;
        let difficulties = Difficulties::new(&bank, &moved)?;
        Ok(Self {
            sessions: Sessions::new(SESSIONS),
            passwords: PasswordChecks::new(config.sign_in.checks_at_once),
            guesses: Guesses::new(&config.sign_in, clock.clone()),
            desks: Desks::new(DESKS),
            demo: None,
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
            desks: Desks::new(1),
            demo: None,
            config: self.config.clone(),
            clock,
            chance,
            vault: self.vault.clone(),
            bank: Arc::clone(&self.bank),
            difficulties: Difficulties::new(&self.bank, &moved)?,
        })
    }

    /// What has to be done now and then, for as long as the server runs.
    pub async fn keep_house(self: Arc<Self>) {
        let mut tick = tokio::time::interval(MERGE_EVERY);
        tick.tick().await;
        loop {
            tick.tick().await;
            if let Err(fault) = self.difficulties.merge(&self.bank, &self.vault).await {
                tracing::warn!(%fault, "difficulties are merged next time");
            }
            self.guesses.tidy();
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

fn place(database: &Database) -> Result<Place, BuildError> {
    if database.url.starts_with("postgres://") || database.url.starts_with("postgresql://") {
        let connections = database.connections;
        return Ok(Place::Postgres { url: database.url.clone(), schema: None, connections });
    }
    let Some(file) = database.url.strip_prefix("sqlite:") else {
        return Err(BuildError::UnknownDatabase(database.url.clone()));
    };
    let key_file = database.key_file.as_ref().ok_or(BuildError::NoKeyFile)?;
    let file = Path::new(file);
    if lies_beside(key_file, file) {
        return Err(BuildError::KeyBesideData(key_file.display().to_string()));
    }
    Ok(Place::Sqlite { file: file.to_owned(), key: read_key(key_file)? })
}

fn lies_beside(key: &Path, data: &Path) -> bool {
    let folder = |path: &Path| {
        let parent = path.parent()?;
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        Some(parent.canonicalize().unwrap_or_else(|_| parent.to_owned()))
    };
    match (folder(key), folder(data)) {
        (Some(key), Some(data)) => key.starts_with(data),
        _ => false,
    }
}

/// Reads a key of 64 hexadecimal digits.
///
/// # Errors
/// No such file, or something else in it.
pub fn read_key(file: &Path) -> Result<Key, BuildError> {
    let name = || file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|cause| BuildError::KeyFile { file: name(), cause })?;
    let text = text.trim();
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return Err(BuildError::NotAKey(name()));
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = text
            .get(index * 2..index * 2 + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .ok_or_else(|| BuildError::NotAKey(name()))?;
    }
    Ok(Key::from_bytes(bytes))
}
