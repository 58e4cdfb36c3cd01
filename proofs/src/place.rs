//! A place for a server: data, key store, keys and settings, gone when it is dropped.

use std::{
    fs,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::Context;
use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text,
};
use stegvis::{app::App, chance::Chance, clock::Clock, config::Config, keys};
use tempfile::TempDir;
use vault::{Keys, Options, Vault, keys::check_words};

/// The key of the SQLite files, in hexadecimal digits. There is nothing to guard.
const DATABASE_KEY: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";
const MASTER_KEY: &str = "7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a";

/// Two databases of PostgreSQL's, gone when they are dropped.
struct Databases {
    admin: String,
    names: [String; 2],
}

impl Databases {
    fn make(admin: &str) -> anyhow::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let names = ["data", "keys"].map(|kind| format!("proofs_{}_{number}_{kind}", std::process::id()));
        let databases = Self { admin: admin.to_owned(), names };
        for name in &databases.names {
            databases.run(&format!("CREATE DATABASE {name}"))?;
        }
        Ok(databases)
    }

    fn url(&self, name: &str) -> String {
        let (before, query) = self.admin.split_once('?').unwrap_or((&self.admin, ""));
        let server = before.rsplit_once('/').map_or(before, |(server, _)| server);
        if query.is_empty() { format!("{server}/{name}") } else { format!("{server}/{name}?{query}") }
    }

    fn run(&self, sql: &str) -> anyhow::Result<()> {
        let mut connection = PgConnection::establish(&self.admin).context("PostgreSQL is not there")?;
        Ok(connection.batch_execute(sql)?)
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        for name in &self.names {
            if let Err(error) = self.run(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")) {
                eprintln!("the database {name} stays: {error}");
            }
        }
    }
}

/// Where a server's data and keys are, and what it is told of them.
pub struct Place {
    // Before the folder, so that databases go first.
    databases: Option<Databases>,
    folder: TempDir,
}

impl Place {
    /// An SQLite file and its key store in a new folder beneath `within`.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn on_sqlite(within: &Path) -> anyhow::Result<Self> {
        Self::with(None, within)
    }

    /// Two new databases of the PostgreSQL that `admin` names, such as `STEGVIS_TEST_POSTGRES`.
    ///
    /// # Errors
    /// When it is not there, or takes no new databases.
    pub fn on_postgres(admin: &str, within: &Path) -> anyhow::Result<Self> {
        Self::with(Some(Databases::make(admin)?), within)
    }

    fn with(databases: Option<Databases>, within: &Path) -> anyhow::Result<Self> {
        let folder = TempDir::new_in(within).context("a folder for the server")?;
        let place = Self { databases, folder };
        for name in ["house", "house/data", "house/keys", "etc"] {
            fs::DirBuilder::new().mode(0o700).create(place.path(name))?;
        }
        for (name, key) in [("etc/database.key", DATABASE_KEY), ("etc/master.key", MASTER_KEY)] {
            let mut file = fs::File::options().write(true).create_new(true).mode(0o600).open(place.path(name))?;
            std::io::Write::write_all(&mut file, key.as_bytes())?;
        }
        Ok(place)
    }

    #[must_use]
    pub const fn is_sqlite(&self) -> bool {
        self.databases.is_none()
    }

    /// Something in the place's folder. `house` holds what a server writes.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `database.url` and `keys.url`.
    #[must_use]
    pub fn urls(&self) -> [String; 2] {
        match &self.databases {
            Some(databases) => databases.names.each_ref().map(|name| databases.url(name)),
            None => ["house/data/stegvis.db", "house/keys/keys.db"]
                .map(|file| format!("sqlite:{}", self.path(file).display())),
        }
    }

    /// What the server is told, by the names of variables.
    #[must_use]
    pub fn settings(&self) -> Vec<(String, String)> {
        let [data, keys] = self.urls();
        let file = |name: &str| self.path(name).display().to_string();
        [
            ("STEGVIS_DATABASE__URL", data),
            ("STEGVIS_DATABASE__KEY_FILE", file("etc/database.key")),
            ("STEGVIS_KEYS__URL", keys),
            ("STEGVIS_KEYS__MASTER_KEY_FILE", file("etc/master.key")),
            ("STEGVIS_LISTEN", "127.0.0.1:0".to_owned()),
            ("STEGVIS_STOPPING__NOTICE_SECONDS", "0".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }

    /// # Errors
    /// None that [`Place::settings`] gives cause to.
    pub fn config(&self) -> anyhow::Result<Config> {
        Ok(Config::load(None, self.settings().into_iter())?)
    }

    /// Opens the data as a server does, while none runs on SQLite.
    ///
    /// # Errors
    /// What keeps a server from opening them.
    pub fn vault(&self) -> anyhow::Result<Vault> {
        let config = self.config()?;
        let place = stegvis::app::place(&config.database)?;
        let keys = keys::store(&config, &place)?;
        Ok(Vault::open(Options::new(place, keys))?)
    }

    /// The house without its web, on this place, its recovery sheet confirmed so that a server starts. Close it before one
    /// does. `options` may change how the vault is opened.
    ///
    /// # Errors
    /// What keeps a server from starting.
    pub async fn app(&self, chance: Chance, options: impl FnOnce(&mut Options)) -> anyhow::Result<App> {
        let config = self.config()?;
        let place = stegvis::app::place(&config.database)?;
        let store = keys::store(&config, &place)?;
        let words = check_words(&store.master).join(" ");
        let mut opened = Options::new(place, store);
        opened.readers = config.database.connections;
        options(&mut opened);
        let app = App::build_with(config, opened, Clock::System, chance).await?;
        let keys: &Keys = app.vault.keys();
        if !keys.is_confirmed()? {
            keys.confirm(&words, app.clock.now())?;
        }
        Ok(app)
    }

    /// A connection to the data past the vault. On SQLite, close it before the server is killed: the last to close a
    /// file tidies it up.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn raw(&self) -> anyhow::Result<Raw> {
        let [data, keys] = self.urls();
        Ok(match (data.strip_prefix("sqlite:"), keys.strip_prefix("sqlite:")) {
            (Some(data), Some(keys)) => {
                let mut both = [open(data)?, open(keys)?];
                both.iter_mut().try_for_each(|connection| connection.batch_execute("BEGIN"))?;
                Raw::Sqlite(Box::new(both))
            }
            _ => {
                let mut connection = PgConnection::establish(&data)?;
                connection.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
                Raw::Postgres(Box::new(connection))
            }
        })
    }
}

/// The databases past the vault, as they are at one moment: what a server that still runs commits meanwhile is not seen.
pub enum Raw {
    /// The data, and the key store.
    Sqlite(Box<[SqliteConnection; 2]>),
    /// The data.
    Postgres(Box<PgConnection>),
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

impl Raw {
    /// Reads every row of `SELECT columns FROM …` on the data, its columns as text; absent ones are empty. A column in
    /// braces is bytes and comes as hexadecimal digits. No column may hold a comma.
    ///
    /// # Errors
    /// When the database refuses, or `take` does.
    pub fn read<T>(&mut self, query: &str, take: impl Fn(&[String]) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
        let query = query.strip_prefix("SELECT ").context("a SELECT")?;
        let (columns, rest) = query.split_once(" FROM ").context("a FROM")?;
        let columns: Vec<String> = columns.split(',').map(|column| self.as_text(column.trim())).collect();
        let said = columns.join(" || '\t' || ");
        let rows = self.ask(&format!("SELECT {said} AS said FROM {rest}"))?;
        rows.iter().map(|row| take(&row.split('\t').map(str::to_owned).collect::<Vec<_>>())).collect()
    }

    fn as_text(&self, column: &str) -> String {
        // SQLite's own text of a number is 15 digits of it.
        if let Some(real) = column.strip_prefix('[').and_then(|column| column.strip_suffix(']')) {
            let text = match self {
                Self::Sqlite(_) => format!("printf('%!.17g', {real})"),
                Self::Postgres(_) => format!("CAST({real} AS TEXT)"),
            };
            return format!("CASE WHEN {real} IS NULL THEN '' ELSE {text} END");
        }
        let Some(bytes) = column.strip_prefix('{').and_then(|column| column.strip_suffix('}')) else {
            return format!("COALESCE(CAST({column} AS TEXT), '')");
        };
        match self {
            Self::Sqlite(_) => format!("COALESCE(LOWER(HEX({bytes})), '')"),
            Self::Postgres(_) => format!("COALESCE(ENCODE({bytes}, 'hex'), '')"),
        }
    }

    fn ask(&mut self, query: &str) -> anyhow::Result<Vec<String>> {
        let query = sql_query(query);
        let rows: Vec<Said> = match self {
            Self::Sqlite(both) => query.load(&mut both[0])?,
            Self::Postgres(data) => query.load(&mut **data)?,
        };
        Ok(rows.into_iter().map(|row| row.said).collect())
    }

    /// What SQLite finds wrong with its files and with references between rows; PostgreSQL has no such question.
    ///
    /// # Errors
    /// When a file cannot be read at all.
    pub fn faults(&mut self) -> anyhow::Result<Vec<String>> {
        const WHOLE: &str = "SELECT integrity_check AS said FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
        const KEYS: &str = "SELECT 'a reference leads nowhere: ' || \"table\" AS said FROM pragma_foreign_key_check";
        let Self::Sqlite(both) = self else { return Ok(Vec::new()) };
        let mut faults = Vec::new();
        for (file, connection) in ["data", "keys"].into_iter().zip(both.iter_mut()) {
            for question in [WHOLE, KEYS] {
                let rows: Vec<Said> = sql_query(question).load(connection)?;
                faults.extend(rows.into_iter().map(|row| format!("{file}: {}", row.said)));
            }
        }
        Ok(faults)
    }
}

/// Opens an SQLite file of a [`Place`], past the vault.
///
/// # Errors
/// When it is not there or has another key.
pub fn open(file: &str) -> anyhow::Result<SqliteConnection> {
    let mut connection = SqliteConnection::establish(file)?;
    connection.batch_execute(&format!(
        "PRAGMA key = \"x'{DATABASE_KEY}'\"; PRAGMA cipher_page_size = 4096; PRAGMA cipher_hmac_algorithm = HMAC_SHA256"
    ))?;
    Ok(connection)
}
