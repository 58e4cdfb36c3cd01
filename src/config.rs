//! Configuration: one file, overridden by the environment. Unknown keys are refused, never passed over.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

mod accounts;
mod backup;
mod limits;
mod overload;
mod public;
mod retention;
mod unreadable;

use serde::Deserialize;
use toml::{Table, Value};

pub use self::{
    accounts::{Accounts, SignIn},
    backup::{Backup, Daily},
    limits::{Limits, Metrics},
    overload::Overload,
    public::is_loopback_host,
    retention::Retention,
};
use crate::{
    keys::{CREDENTIAL, MasterKey, VARIABLE},
    privacy::retention::PolicyError,
};

/// Everything that can be set. `docs/operating.md` explains each key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    #[serde(default = "loopback")]
    pub listen: SocketAddr,
    /// The address that people type to get here, such as `https://stegvis.example.se`, without a slash at the end.
    pub public_address: Option<String>,
    /// Threads that answer requests.
    #[serde(default = "two")]
    pub workers: usize,
    pub database: Database,
    #[serde(default)]
    pub keys: Keys,
    /// Where the master key comes from; none in the file itself, which is copied too easily.
    #[serde(skip)]
    pub master_key: Option<MasterKey>,
    #[serde(default)]
    pub sign_in: SignIn,
    #[serde(default)]
    pub accounts: Accounts,
    #[serde(default)]
    pub proxy: Proxy,
    #[serde(default)]
    pub tls: Tls,
    #[serde(default)]
    pub overload: Overload,
    #[serde(default)]
    pub stopping: Stopping,
    #[serde(default)]
    pub backup: Backup,
    #[serde(default)]
    pub audit: Audit,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default)]
    pub metrics: Metrics,
    #[serde(default)]
    pub retention: Retention,
}

/// The record of who looked at whose data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Audit {
    /// File to which the ends of its chains are added every hour; best on another machine's disk.
    pub anchor_file: Option<PathBuf>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:FILE` or `postgres://…`
    pub url: String,
    /// File with the key of the SQLite database: 64 hexadecimal digits.
    pub key_file: Option<PathBuf>,
    /// Connections to PostgreSQL, or readers of SQLite.
    #[serde(default = "eight")]
    pub connections: usize,
    /// Seconds that a request waits for PostgreSQL.
    #[serde(default = "two_seconds")]
    pub patience_seconds: u16,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keys {
    /// The key store: `sqlite:FILE` or `postgres://…`, never with the data.
    pub url: Option<String>,
    /// File with the master key: 64 hexadecimal digits.
    pub master_key_file: Option<PathBuf>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Proxy {
    /// A reverse proxy in front of the server speaks TLS with the browsers.
    pub speaks_tls: bool,
}

/// How the server goes when it is told to stop.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stopping {
    /// Seconds for which it goes on listening after /ready began to say no, so that a load balancer sends nobody more.
    pub notice_seconds: u16,
    /// Seconds for which requests that are under way may go on after that.
    pub finish_seconds: u16,
}

impl Default for Stopping {
    fn default() -> Self {
        Self { notice_seconds: 2, finish_seconds: 30 }
    }
}

/// TLS spoken by the server itself; by nobody if nothing is set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// PEM file with the certificate, and those that lead from it to one that browsers know.
    pub certificate: Option<PathBuf>,
    /// PEM file with the certificate's private key.
    pub key: Option<PathBuf>,
    /// Make a certificate at each start, for a trial; browsers warn of it.
    pub self_signed: bool,
}

impl Tls {
    /// Whether the server itself speaks TLS.
    #[must_use]
    pub const fn is_spoken(&self) -> bool {
        self.certificate.is_some() || self.self_signed
    }

    fn refuse_halves(&self) -> Result<(), ConfigError> {
        match (&self.certificate, &self.key, self.self_signed) {
            (Some(_), None, _) | (None, Some(_), _) => Err(ConfigError::HalfACertificate),
            (Some(_), Some(_), true) => Err(ConfigError::TwoCertificates),
            _ => Ok(()),
        }
    }
}

fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}
const fn two() -> usize {
    2
}

const fn two_seconds() -> u16 {
    2
}
const fn eight() -> usize {
    8
}

/// Why the configuration cannot be used, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read the configuration file {file}: {cause}. Give its place with --config or STEGVIS_CONFIG")]
    Unreadable { file: PathBuf, cause: std::io::Error },
    #[error("{origin}: {what}")]
    Syntax { origin: String, what: String },
    #[error("{0} is not a known setting. docs/operating.md lists them; STEGVIS_DATABASE__URL sets database.url")]
    UnknownVariable(String),
    #[error("retention: {0}")]
    Retention(#[from] PolicyError),
    #[error("workers = 0 would answer nobody. Set at least 1, usually the number of processor cores")]
    NoWorkers,
    #[error(
        "listening on {0} without TLS would show passwords to the network. Set tls.certificate and tls.key, or put a \
         proxy that speaks TLS in front and set proxy.speaks_tls = true, or listen on 127.0.0.1"
    )]
    OpenWithoutTls(SocketAddr),
    #[error(
        "public_address is {0:?}. Write it as people type it, with nothing after the host: https://stegvis.example.se; \
         http:// only for this machine itself"
    )]
    PublicAddress(String),
    #[error("sign_in.card_days is {0}. A login card opens for 1 to 366 days, a school year at most")]
    CardDays(u32),
    #[error("database.patience_seconds and everything under limits have to be at least 1")]
    NoTime,
    #[error("tls.certificate and tls.key belong together: set both, or neither")]
    HalfACertificate,
    #[error(
        "backup.recipients has {0:?}, for which nothing can be encrypted: age-keygen prints one that begins with age1"
    )]
    Recipient(String),
    #[error(
        "a second folder for copies is set, and no first: set backup.directory, and backup.keys_directory for the keys"
    )]
    OnlySecond,
    #[error("tls.self_signed makes a certificate, and tls.certificate names another. Set one of them")]
    TwoCertificates,
}

/// Variables with the prefix that set something other than the configuration.
const NOT_SETTINGS: [&str; 3] = ["STEGVIS_CONFIG", "STEGVIS_LOG", VARIABLE];

impl Config {
    /// Reads `file`, if there is one, and lays the variables that begin with `STEGVIS_` over it.
    ///
    /// # Errors
    /// An unreadable file, an unknown key, a value of the wrong kind.
    pub fn load(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let Some(file) = file else { return Self::read(None, environment) };
        let text =
            std::fs::read_to_string(file).map_err(|cause| ConfigError::Unreadable { file: file.to_owned(), cause })?;
        Self::read(Some((&text, &file.display().to_string())), environment)
    }

    /// The same for the text of a file and its name.
    ///
    /// # Errors
    /// As [`Self::load`]. None tells what was set, only where: it may be a password.
    pub fn read(
        file: Option<(&str, &str)>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let (mut table, origin) = match file {
            None => (Table::new(), "the environment".to_owned()),
            Some((text, name)) => {
                let unreadable =
                    |cause| ConfigError::Syntax { origin: name.to_owned(), what: unreadable::in_text(&cause, text) };
                (text.parse().map_err(unreadable)?, name.to_owned())
            }
        };
        let environment: BTreeMap<String, String> = environment.collect();
        let settings: BTreeMap<&String, &String> = environment
            .iter()
            .filter(|(name, _)| {
                name.starts_with("STEGVIS_")
                    && !name.starts_with("STEGVIS_TEST_")
                    && !NOT_SETTINGS.contains(&name.as_str())
            })
            .collect();
        for (name, value) in &settings {
            lay_over(&mut table, name, value)?;
        }
        let origin = match settings.keys().map(|name| name.as_str()).collect::<Vec<_>>().join(", ") {
            laid_over if laid_over.is_empty() || file.is_none() => origin,
            laid_over => format!("{origin} with {laid_over} from the environment"),
        };
        let mut config: Self =
            table.try_into().map_err(|cause| ConfigError::Syntax { origin, what: unreadable::in_table(&cause) })?;
        if config.workers == 0 {
            return Err(ConfigError::NoWorkers);
        }
        config.tls.refuse_halves()?;
        config.limits.refuse_none()?;
        config.retention.check()?;
        config.backup.check()?;
        if config.database.patience_seconds == 0 {
            return Err(ConfigError::NoTime);
        }
        config.public_address = config.public_address.as_deref().map(public::address).transpose()?;
        if !(1..=366).contains(&config.sign_in.card_days) {
            return Err(ConfigError::CardDays(config.sign_in.card_days));
        }
        config.refuse_open_http()?;
        config.master_key = config.find_master_key(&environment);
        Ok(config)
    }

    /// From systemd, else from a file, else from the environment. systemd passes on whatever belongs to the service, so
    /// its folder counts only if the key is in it.
    fn find_master_key(&self, environment: &BTreeMap<String, String>) -> Option<MasterKey> {
        let passed_on = environment.get("CREDENTIALS_DIRECTORY").map(|folder| Path::new(folder).join(CREDENTIAL));
        passed_on
            .filter(|file| file.exists())
            .or_else(|| self.keys.master_key_file.clone())
            .map(MasterKey::File)
            .or_else(|| environment.get(VARIABLE).cloned().map(MasterKey::Environment))
    }

    fn refuse_open_http(&self) -> Result<(), ConfigError> {
        if is_loopback(self.listen.ip()) || self.secure_cookies() {
            Ok(())
        } else {
            Err(ConfigError::OpenWithoutTls(self.listen))
        }
    }

    /// Whether browsers reach the server over TLS, so that cookies are sent over nothing else.
    #[must_use]
    pub const fn secure_cookies(&self) -> bool {
        self.proxy.speaks_tls || self.tls.is_spoken()
    }

    /// Whether browsers may be told never to come without TLS again. Not with a self-signed certificate: they would then
    /// refuse to go past their own warning.
    #[must_use]
    pub const fn is_tls_to_stay(&self) -> bool {
        self.proxy.speaks_tls || self.tls.certificate.is_some()
    }
}

/// Whether only this machine can reach the address.
#[must_use]
pub const fn is_loopback(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback(),
        IpAddr::V6(v6) => v6.is_loopback(),
    }
}

/// `STEGVIS_DATABASE__URL` sets `database.url`. A number or a truth value is read as such.
fn lay_over(table: &mut Table, name: &str, value: &str) -> Result<(), ConfigError> {
    let path = name.strip_prefix("STEGVIS_").unwrap_or(name).to_lowercase();
    let mut keys: Vec<&str> = path.split("__").collect();
    let unknown = || ConfigError::UnknownVariable(name.to_owned());
    let last = keys.pop().ok_or_else(unknown)?;
    let mut place = table;
    for key in keys {
        place = place.entry(key).or_insert_with(|| Value::Table(Table::new())).as_table_mut().ok_or_else(unknown)?;
    }
    let value = match (value.parse::<i64>(), value.parse::<bool>()) {
        (Ok(number), _) => Value::Integer(number),
        (_, Ok(truth)) => Value::Boolean(truth),
        _ => Value::String(value.to_owned()),
    };
    place.insert(last.to_owned(), value);
    Ok(())
}

#[cfg(test)]
mod tests;
