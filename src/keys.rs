//! Where the keys come from: files that only the server may read, systemd, or the environment. Whatever is wrong with
//! one is a refusal to start that says what to do.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use vault::{Key, KeyStore, Place, keys::lies_in_folder_of};

use crate::{chance::Chance, config::Config};

/// Where the master key comes from.
#[derive(Clone)]
pub enum MasterKey {
    /// A file: of one's own, or one that systemd passes on.
    File(PathBuf),
    /// The variable itself.
    Environment(String),
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(file) => f.debug_tuple("File").field(file).finish(),
            Self::Environment(_) => f.write_str("Environment(…)"),
        }
    }
}

/// The name under which systemd passes the master key on.
pub const CREDENTIAL: &str = "stegvis-master-key";
/// The variable that may hold the master key.
pub const VARIABLE: &str = "STEGVIS_MASTER_KEY";

/// Why a key cannot be used, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error(
        "keys.url is not set. It names the key store, which never lies with the data: sqlite:FILE in another folder, or \
         postgres:// with another database"
    )]
    NoStore,
    #[error(
        "keys.url has to begin with sqlite: or postgres://, as database.url does. What it is now is not shown: a password \
         may be in it"
    )]
    OtherKind,
    #[error(
        "there is no master key. Make one with (umask 077 && openssl rand -hex 32 > FILE) and name it as \
         keys.master_key_file, or let systemd pass it on as stegvis-master-key"
    )]
    NoMasterKey,
    #[error("an SQLite database is encrypted and needs database.key_file: a file with 64 hexadecimal digits")]
    NoKeyFile,
    #[error("cannot read the key file {file}: {cause}")]
    Unreadable { file: String, cause: std::io::Error },
    #[error("{0} does not hold a key: 64 hexadecimal digits")]
    NotAKey(String),
    #[error("others than its owner can read the key file {0}: take that away with chmod 600")]
    OpenToOthers(String),
    #[error("the key file {0} lies with the data. Whoever copies the folder would have both: move the key elsewhere")]
    BesideData(String),
    #[error("the master key and the key of the database are the same. Make one of its own: openssl rand -hex 32")]
    SameKey,
    #[error(transparent)]
    Store(#[from] vault::OpenError),
}

/// Reads a key of 64 hexadecimal digits that only the owner of the file may read.
///
/// # Errors
/// No such file, something else in it, or others can read it.
pub fn read_key(file: &Path) -> Result<Key, KeyError> {
    let name = || file.display().to_string();
    let unreadable = |cause| KeyError::Unreadable { file: name(), cause };
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().map_err(unreadable)?.permissions());
        if mode & 0o077 != 0 {
            return Err(KeyError::OpenToOthers(name()));
        }
    }
    let mut text = std::fs::read_to_string(file).map_err(unreadable)?;
    let key = key_in(&text).ok_or_else(|| KeyError::NotAKey(name()));
    zeroize::Zeroize::zeroize(&mut text);
    key
}

/// Written beside a key before it takes the key's name, so that there is never half a key.
pub const NEW: &str = ".new";

/// Makes a new key in a file that only its owner may read.
///
/// # Errors
/// When the file cannot be written, or the operating system gives no random bytes.
pub fn make_key(to: &Path) -> std::io::Result<()> {
    let key = Chance::from_system().map_err(std::io::Error::other)?.draw(Key::random);
    let mut digits: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    digits.push('\n');
    let written = write_private(to, &digits);
    zeroize::Zeroize::zeroize(&mut digits);
    written
}

/// Writes a file that only its owner may read, whole or not at all. What was there under that name is gone.
///
/// # Errors
/// When it cannot be written.
pub fn write_private(to: &Path, text: &str) -> std::io::Result<()> {
    let mut new = to.as_os_str().to_owned();
    new.push(NEW);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, to)?;
    sync_folder_of(to)
}

/// Makes the name of a new file safe: syncing a file makes only what is in it safe.
pub(crate) fn sync_folder_of(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

/// Makes a folder, and those above it, that only its owner may look into. One that is there stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The key that a file holds: 64 hexadecimal digits, with space around them at most.
#[must_use]
pub fn key_in(text: &str) -> Option<Key> {
    let digits = text.trim();
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(Key::from_bytes(bytes))
}

/// Where the key store is that the configuration names.
///
/// # Errors
/// None named, or one of another kind than the data.
pub fn store_place(config: &Config, data: &Place) -> Result<Place, KeyError> {
    let url = config.keys.url.as_ref().ok_or(KeyError::NoStore)?;
    match data {
        Place::Sqlite { key, .. } => {
            let file = url.strip_prefix("sqlite:").ok_or_else(|| KeyError::OtherKind)?;
            Ok(Place::Sqlite { file: file.into(), key: key.clone() })
        }
        Place::Postgres { .. } if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            Ok(Place::Postgres { url: url.clone(), schema: None, connections: 1 })
        }
        Place::Postgres { .. } => Err(KeyError::OtherKind),
    }
}

/// The key store that the configuration names, with its master key.
///
/// # Errors
/// See [`KeyError`].
pub fn store(config: &Config, data: &Place) -> Result<KeyStore, KeyError> {
    let store = KeyStore::new(store_place(config, data)?, master(config, data)?);
    store.refuse_beside(data)?;
    match data {
        Place::Sqlite { key, .. } if *key == store.master => Err(KeyError::SameKey),
        _ => Ok(store),
    }
}

fn master(config: &Config, data: &Place) -> Result<Key, KeyError> {
    match config.master_key.as_ref().ok_or(KeyError::NoMasterKey)? {
        MasterKey::File(file) => {
            refuse_beside(file, data)?;
            read_key(file)
        }
        MasterKey::Environment(text) => {
            tracing::warn!(
                "the master key comes from {VARIABLE}, where everyone who may look at this process can read it: a file or \
                 systemd keeps it better"
            );
            key_in(text).ok_or_else(|| KeyError::NotAKey(VARIABLE.to_owned()))
        }
    }
}

/// # Errors
/// When the key file lies in the folder of the data or below it.
pub fn refuse_beside(file: &Path, data: &Place) -> Result<(), KeyError> {
    match data {
        Place::Sqlite { file: data, .. } if lies_in_folder_of(file, data) => {
            Err(KeyError::BesideData(file.display().to_string()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use vault::{Keys, keys::check_words};

    use super::*;
    use crate::{
        app::{App, BuildError},
        chance::Chance,
        clock::Clock,
    };

    struct Site(tempfile::TempDir);

    impl Site {
        fn new() -> Self {
            let site = Self(tempfile::tempdir().unwrap());
            for folder in ["data", "keys"] {
                std::fs::create_dir(site.0.path().join(folder)).unwrap();
            }
            site.write("keys/database.key", &"1a".repeat(32));
            site.write("keys/master.key", &"2b".repeat(32));
            site
        }

        fn path(&self, name: &str) -> String {
            self.0.path().join(name).display().to_string()
        }

        fn write(&self, name: &str, text: &str) {
            std::fs::write(self.path(name), text).unwrap();
            self.allow(name, 0o600);
        }

        fn allow(&self, name: &str, mode: u32) {
            std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
        }

        /// The usual settings with `others` laid over them.
        fn config(&self, others: &[(&str, String)]) -> Config {
            let mut settings = vec![
                ("STEGVIS_DATABASE__URL".to_owned(), format!("sqlite:{}", self.path("data/stegvis.db"))),
                ("STEGVIS_DATABASE__KEY_FILE".to_owned(), self.path("keys/database.key")),
                ("STEGVIS_KEYS__URL".to_owned(), format!("sqlite:{}", self.path("keys/keys.db"))),
                ("STEGVIS_KEYS__MASTER_KEY_FILE".to_owned(), self.path("keys/master.key")),
            ];
            for (name, value) in others {
                settings.retain(|(known, _)| known != name);
                settings.push(((*name).to_owned(), value.clone()));
            }
            let settings = settings.into_iter().filter(|(_, value)| !value.is_empty());
            Config::load(None, settings).unwrap()
        }

        /// What the server says to that.
        fn store(&self, others: &[(&str, String)]) -> Result<KeyStore, KeyError> {
            let config = self.config(others);
            let key = Key::from_bytes([0x1a; 32]);
            store(&config, &Place::Sqlite { file: self.path("data/stegvis.db").into(), key })
        }

        fn refusal(&self, others: &[(&str, String)]) -> String {
            self.store(others).err().expect("a refusal").to_string()
        }
    }

    const FILE: &str = "STEGVIS_KEYS__MASTER_KEY_FILE";
    const STORE: &str = "STEGVIS_KEYS__URL";

    #[test]
    fn the_key_comes_from_a_file_from_systemd_or_from_the_environment() {
        let site = Site::new();
        let master = |others: &[(&str, String)]| site.store(others).ok().unwrap().master;
        assert!(master(&[]) == Key::from_bytes([0x2b; 32]));
        site.write(&format!("keys/{CREDENTIAL}"), &"3c".repeat(32));
        let passed_on = ("CREDENTIALS_DIRECTORY", site.path("keys"));
        assert!(master(std::slice::from_ref(&passed_on)) == Key::from_bytes([0x3c; 32]));
        let variable = (VARIABLE, "4d".repeat(32));
        assert!(master(&[variable.clone(), (FILE, String::new())]) == Key::from_bytes([0x4d; 32]));
        // systemd before a file, a file before the environment.
        assert!(master(std::slice::from_ref(&variable)) == Key::from_bytes([0x2b; 32]));
        assert!(master(&[variable, passed_on]) == Key::from_bytes([0x3c; 32]));
    }

    #[actix_web::test]
    async fn a_server_starts_once_the_sheet_is_confirmed_and_ever_after() {
        let site = Site::new();
        let start = || App::build(site.config(&[]), Clock::still(vault::Millis(0)), Chance::seeded(1));
        for _ in 0..2 {
            let refused = start().await.err().expect("a refusal");
            assert!(matches!(refused, BuildError::SheetNotConfirmed), "{refused}");
            assert!(refused.to_string().contains("stegvis keys confirm"));
        }
        let store = site.store(&[]).ok().unwrap();
        let keys = Keys::open(&store).unwrap();
        assert!(keys.confirm(&check_words(&store.master).join(" "), vault::Millis(1)).unwrap());
        for _ in 0..2 {
            let app = start().await.expect("a server");
            app.close().await;
        }
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let site = Site::new();
        for mode in [0o640, 0o604, 0o620, 0o610] {
            site.allow("keys/master.key", mode);
            assert!(site.refusal(&[]).contains("chmod 600"), "{mode:o}");
        }
        site.allow("keys/master.key", 0o400);
        assert!(site.store(&[]).is_ok());
    }

    #[test]
    fn what_is_missing_or_no_key_is_refused_by_name() {
        let site = Site::new();
        assert!(site.refusal(&[(FILE, String::new())]).contains("openssl rand -hex 32"));
        assert!(site.refusal(&[(FILE, site.path("keys/nowhere"))]).contains("nowhere"));
        assert!(site.refusal(&[(STORE, String::new())]).contains("keys.url"));
        assert!(site.refusal(&[(STORE, "postgres://x/y".to_owned())]).contains("sqlite:"));
        for not_a_key in ["", "2b", &"zz".repeat(32), &"2b".repeat(33), &"+f".repeat(32)] {
            site.write("keys/master.key", not_a_key);
            let refusal = site.refusal(&[]);
            assert!(refusal.contains("64 hexadecimal digits"), "{not_a_key}: {refusal}");
        }
        let refusal = site.refusal(&[(VARIABLE, "2b2b".to_owned()), (FILE, String::new())]);
        assert!(refusal.contains(VARIABLE) && !refusal.contains("2b2b"), "{refusal}");
    }

    #[test]
    fn a_key_or_a_store_with_the_data_is_refused() {
        let site = Site::new();
        site.write("data/master.key", &"2b".repeat(32));
        assert!(site.refusal(&[(FILE, site.path("data/master.key"))]).contains("move the key elsewhere"));
        std::fs::create_dir(site.path("data/below")).unwrap();
        site.write("data/below/master.key", &"2b".repeat(32));
        assert!(site.refusal(&[(FILE, site.path("data/below/master.key"))]).contains("move the key elsewhere"));
        // By a link from elsewhere.
        std::os::unix::fs::symlink(site.path("data/master.key"), site.path("keys/link")).unwrap();
        assert!(site.refusal(&[(FILE, site.path("keys/link"))]).contains("move the key elsewhere"));
        for beside in ["data/keys.db", "data/below/keys.db", "data/stegvis.db"] {
            let refusal = site.refusal(&[(STORE, format!("sqlite:{}", site.path(beside)))]);
            assert!(refusal.contains("lies with the data"), "{beside}: {refusal}");
        }
        site.write("keys/master.key", &"1a".repeat(32));
        assert!(site.refusal(&[]).contains("are the same"));
    }
}
