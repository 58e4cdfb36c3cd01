//! The settings, the keys and the folders of a new server.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use vault::{
    Place,
    care::{self, Part, Tables},
};

use crate::{
    app,
    config::Config,
    keys::{self, KeyError, MasterKey, make_folder, make_key, write_private},
};

/// Where things are to be. All of it stands in the settings afterwards.
#[derive(clap::Args)]
pub(super) struct PlaceFlags {
    /// The configuration file, which is written if it is not there
    #[arg(long, env = "STEGVIS_CONFIG", value_name = "FILE", default_value = "/etc/stegvis/stegvis.toml")]
    config: PathBuf,
    /// Folder of the SQLite database
    #[arg(long, value_name = "FOLDER", default_value = "/var/lib/stegvis", conflicts_with = "database")]
    data: PathBuf,
    /// Folder of its key store, apart from the data
    #[arg(long, value_name = "FOLDER", default_value = "/var/lib/stegvis-keys", conflicts_with = "key_database")]
    keys: PathBuf,
    /// Folder for copies of the data
    #[arg(long, value_name = "FOLDER", default_value = "/var/lib/stegvis-backups")]
    backups: PathBuf,
    /// An empty PostgreSQL database instead of SQLite
    #[arg(long, value_name = "postgres://…", requires = "key_database")]
    database: Option<String>,
    /// Another empty PostgreSQL database, for the key store
    #[arg(long, value_name = "postgres://…", requires = "database")]
    key_database: Option<String>,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// A proxy in front speaks TLS with the browsers
    #[arg(long)]
    behind_proxy: bool,
}

impl PlaceFlags {
    /// The settings: those that are there, or new ones that are written now.
    ///
    /// # Errors
    /// When they cannot be read or written, or name another place than the flags do.
    pub fn settle(&self) -> anyhow::Result<Config> {
        let variables = || std::env::vars();
        if self.config.exists() {
            let config = Config::load(Some(&self.config), variables())?;
            let other = |given: &Option<String>, set: Option<&String>| given.is_some() && given.as_ref() != set;
            if other(&self.database, Some(&config.database.url)) || other(&self.key_database, config.keys.url.as_ref())
            {
                bail!(
                    "{} is there and names another database. init changes no settings: edit the file, or name another \
                     with --config",
                    self.config.display()
                )
            }
            println!("{:<14}{} is there", "Settings", self.config.display());
            return Ok(config);
        }
        if variables().any(|(name, _)| name == "STEGVIS_DATABASE__URL") {
            println!("{:<14}come from the environment", "Settings");
            return Ok(Config::load(None, variables())?);
        }
        let folder = self.config.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = std::path::absolute(folder)?;
        make_folder(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let text = self.settings(&folder);
        // Tried before it is written, so that a flag that cannot be is no file that has to be removed.
        let tried: toml::Table = text.parse().context("the settings cannot be written")?;
        drop(tried);
        write_private(&self.config, &text).with_context(|| format!("cannot write {}", self.config.display()))?;
        println!("{:<14}{} made", "Settings", self.config.display());
        Ok(Config::load(Some(&self.config), variables())?)
    }

    /// The text of the configuration file.
    fn settings(&self, folder: &Path) -> String {
        let quote = |text: String| toml::Value::String(text).to_string();
        let path = |path: &Path| quote(std::path::absolute(path).unwrap_or(path.to_owned()).display().to_string());
        let file = |path: &Path| {
            let path = std::path::absolute(path).unwrap_or(path.to_owned());
            quote(format!("sqlite:{}", path.display()))
        };
        let (database, keys) = match (&self.database, &self.key_database) {
            (Some(database), Some(keys)) => {
                (format!("url = {}\n", quote(database.clone())), format!("url = {}", quote(keys.clone())))
            }
            _ => (
                format!(
                    "url = {}\n# Opens the file. Whoever has a copy of both has the data.\nkey_file = {}\n",
                    file(&self.data.join("stegvis.db")),
                    path(&folder.join("database.key"))
                ),
                format!("url = {}", file(&self.keys.join("keys.db"))),
            ),
        };
        let keys_backups = {
            let mut name = self.backups.as_os_str().to_owned();
            name.push("-of-keys");
            path(Path::new(&name))
        };
        format!(
            "# Stegvis' settings. docs/operating.md explains each; `stegvis doctor` says whether they do.\n\n\
             # Where browsers, or the proxy in front, find the server.\nlisten = \"{listen}\"\n\n\
             [database]\n{database}\n\
             [keys]\n# The key store: never with the data, and in none of their copies.\n{keys}\n\
             # Opens the key store. The recovery sheet has it on paper.\nmaster_key_file = {master}\n\n\
             [backup]\n# Copies of the data, best on another disk: kept for 30 days. `stegvis upgrade` takes one as well, before it\n\
             # changes tables.\ndirectory = {backups}\n\
             # Copies of the key store; none is kept longer than seven days.\nkeys_directory = {keys_backups}\n\
             # When the server takes them, each day, in UTC.\nat = \"01:30\"\n\
             # The same on another machine's disk, and who can open copies beside whoever has the master key:\n\
             # second_directory = \"/mnt/elsewhere/stegvis-backups\"\n\
             # second_keys_directory = \"/mnt/elsewhere/stegvis-backups-of-keys\"\n# recipients = [\"age1…\"]\n\n\
             [proxy]\n# A proxy in front speaks TLS with the browsers, and nobody comes past it.\n\
             speaks_tls = {behind_proxy}\n\n\
             # Or the server speaks TLS itself:\n# [tls]\n# certificate = \"/etc/stegvis/tls/fullchain.pem\"\n\
             # key = \"/etc/stegvis/tls/privkey.pem\"\n",
            listen = self.listen,
            master = path(&folder.join("master.key")),
            backups = path(&self.backups),
            behind_proxy = self.behind_proxy,
        )
    }
}

/// Makes the keys that are not there, unless something is there that they should open.
///
/// # Errors
/// When a key is missing for what is there, or cannot be written.
pub(super) fn make_keys(config: &Config) -> anyhow::Result<()> {
    if let (Some(file), Some(database)) = (&config.database.key_file, config.database.url.strip_prefix("sqlite:")) {
        let stores = [Some(database), config.keys.url.as_deref().and_then(|url| url.strip_prefix("sqlite:"))];
        let there = stores.into_iter().flatten().find(|file| is_there(Path::new(file)));
        make("Database key", file, there)?;
    }
    let Some(MasterKey::File(file)) = &config.master_key else {
        // From the environment; where there is none, the key store says what to do.
        return Ok(());
    };
    let data = app::place(&config.database)?;
    keys::refuse_beside(file, &data)?;
    let there = match keys::store_place(config, &data)? {
        _ if file.exists() => None,
        Place::Sqlite { file, .. } => is_there(&file).then_some("the key store"),
        place @ Place::Postgres { .. } => {
            (care::tables(&place, Part::Keys)? != Tables::Absent).then_some("the key store")
        }
    };
    make("Master key", file, there)
}

fn is_there(file: &Path) -> bool {
    file.metadata().is_ok_and(|found| found.len() > 0)
}

fn make(name: &str, file: &Path, opens: Option<&str>) -> anyhow::Result<()> {
    if file.exists() {
        keys::read_key(file)?;
        println!("{name:<14}{} is there", file.display());
        return Ok(());
    }
    if let Some(opens) = opens {
        bail!(
            "{opens} is there, but the key that opens it is not: {}. Bring the key back from where it is kept; a new one \
             would open nothing",
            file.display()
        )
    }
    let cannot = |cause| KeyError::Unreadable { file: file.display().to_string(), cause };
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder).map_err(cannot)?;
    }
    make_key(file).with_context(|| format!("cannot write the key file {}", file.display()))?;
    println!("{name:<14}{} made", file.display());
    Ok(())
}

/// Makes the folders of the data, of the key store and of the copies.
///
/// # Errors
/// When one cannot be made.
pub(super) fn make_folders(config: &Config) -> anyhow::Result<()> {
    let file = |url: &str| url.strip_prefix("sqlite:").and_then(|file| Path::new(file).parent()).map(Path::to_owned);
    let folders = [
        file(&config.database.url),
        config.keys.url.as_deref().and_then(file),
        config.backup.directory.clone(),
        config.backup.keys_directory.clone(),
    ];
    for folder in folders.into_iter().flatten().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    Ok(())
}
