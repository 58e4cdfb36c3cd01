//! Where a demo lives: a folder with an encrypted SQLite file and its key, or a PostgreSQL database.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use vault::{Key, KeyStore, Place};

use super::people::{self, Found};
use crate::{
    app::App,
    chance::Chance,
    clock::Clock,
    config::Config,
    keys::{self, make_folder, make_key, read_key},
};

const DATABASE: &str = "demo.db";
const KEY: &str = "demo.key";
const KEY_STORE: &str = "demo-keys.db";
const MASTER_KEY: &str = "demo-master.key";

/// The master key of every demo in PostgreSQL, known to all: there are made-up people only.
const KNOWN_MASTER_KEY: [u8; 32] = *b"the master key of every demo....";

/// Where the data lie.
pub(super) enum Home {
    Folder(PathBuf),
    Postgres {
        url: String,
        /// Another database, for the key store.
        keys: String,
    },
}

impl Home {
    /// Opens the demo there, or an empty house that `Nobody` has moved into.
    ///
    /// What an interrupted start left behind in a folder is thrown away, which `say` is told.
    ///
    /// # Errors
    /// Somebody else's files or data, and whatever keeps the server from starting.
    pub async fn open(&self, config: &Config, say: impl Fn(&str)) -> anyhow::Result<(App, Found)> {
        let app = self.build(config).await?;
        match (people::look(&app.vault).await?, self) {
            (Found::Strangers, _) => {
                app.close().await;
                bail!("{self} holds other data than a demo's. Give the demo a place of its own")
            }
            (Found::HalfFilled, Self::Postgres { .. }) => {
                app.close().await;
                bail!(
                    "{self} holds a demo whose filling was interrupted. Give an empty database, or make this one anew"
                )
            }
            (Found::HalfFilled, Self::Folder(folder)) => {
                app.close().await;
                drop(app);
                say("The last start was interrupted before everyone had moved in; what there was is thrown away.");
                clear(folder)?;
                Ok((self.build(config).await?, Found::Nobody))
            }
            (found, _) => Ok((app, found)),
        }
    }

    async fn build(&self, config: &Config) -> anyhow::Result<App> {
        let (place, keys) = match self {
            Self::Folder(folder) => places_in(folder)?,
            Self::Postgres { url, keys } => {
                let place = |url: &String, connections| Place::Postgres { url: url.clone(), schema: None, connections };
                let keys = KeyStore::new(place(keys, 1), Key::from_bytes(KNOWN_MASTER_KEY));
                (place(url, config.database.connections), keys)
            }
        };
        let built = App::build_in(config.clone(), place, keys, Clock::System, Chance::from_system()?).await;
        built.with_context(|| format!("the demo in {self} cannot be opened"))
    }
}

impl std::fmt::Display for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Postgres { .. } => f.write_str("the PostgreSQL database"),
        }
    }
}

/// The folder `stegvis-demo` where people keep their data, by the XDG base directory specification.
pub(super) fn usual_folder(xdg_data_home: Option<PathBuf>, home: Option<PathBuf>) -> anyhow::Result<PathBuf> {
    let data = xdg_data_home.filter(|folder| folder.is_absolute()).or_else(|| Some(home?.join(".local/share")));
    Ok(data.context("there is no home directory to put the demo in; give a folder with --data")?.join("stegvis-demo"))
}

/// The SQLite file in the folder and its key store, with keys that are made if they are not there.
fn places_in(folder: &Path) -> anyhow::Result<(Place, KeyStore)> {
    make_folder(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    refuse_strangers(folder)?;
    let [key, master] = [KEY, MASTER_KEY].map(|name| folder.join(name));
    for file in [&key, &master].into_iter().filter(|file| !file.exists()) {
        if folder.join(DATABASE).exists() {
            bail!("{} has a database but not its keys; give another folder with --data", folder.display());
        }
        make_key(file).with_context(|| format!("cannot write {}", file.display()))?;
    }
    let key = read_key(&key)?;
    let place = |name| Place::Sqlite { file: folder.join(name), key: key.clone() };
    let keys = KeyStore { beside_data: true, ..KeyStore::new(place(KEY_STORE), read_key(&master)?) };
    Ok((place(DATABASE), keys))
}

/// Whether the file is a database of the demo's, a log or a lock of one.
fn is_database(name: &str) -> bool {
    name.starts_with(DATABASE) || name.starts_with(KEY_STORE)
}

/// Everything else than a demo's own files, so that nobody's are mixed up with them.
fn refuse_strangers(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if ![KEY, MASTER_KEY].contains(&name.trim_end_matches(keys::NEW)) && !is_database(&name) {
            bail!("{} holds {name:?}, which is not the demo's. Give a folder of its own with --data", folder.display());
        }
    }
    Ok(())
}

/// Takes the databases away; the keys stay good for the next ones.
fn clear(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_database(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path()).with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}
