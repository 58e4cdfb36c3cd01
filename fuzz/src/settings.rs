//! What an operator sets.

use stegvis::{
    app,
    config::{Config, ConfigError},
};

/// Stands for a password. Where the bytes have `§`, the settings have this.
const SECRET: &str = "hunter2-correct-horse";
/// Between the file and the environment.
const ENVIRONMENT: &str = "\n--- environment\n";

/// A configuration file and, after a line that says so, variables of the environment, one a line.
///
/// Oracle: reading it twice gives the same settings or the same refusal; no refusal, of reading or of what the settings say
/// of the database, tells a password; what was read keeps the promises that the rest of the house relies on.
pub fn config(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let text = text.replace('§', SECRET);
    let (file, variables) = text.split_once(ENVIRONMENT).unwrap_or((&text, ""));
    let variables: Vec<(String, String)> = variables
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let read = || Config::read(Some((file, "stegvis.toml")), variables.iter().cloned());
    match (read(), read()) {
        (Ok(config), Ok(again)) => {
            assert_eq!(format!("{config:?}"), format!("{again:?}"), "other settings of the same text");
            keeps_its_promises(&config);
            if let Err(error) = app::place(&config.database) {
                let told = format!("{error} {error:?}");
                assert!(!told.contains(SECRET) || is_in_a_path(&config), "a refusal tells a password: {told}");
            }
        }
        (Err(error), Err(again)) => {
            assert_eq!(error.to_string(), again.to_string(), "another refusal of the same text");
            let told = format!("{error} {error:?}");
            // What a variable is called is told, so that it can be found.
            let is_a_name = tells_a_name(&error) || variables.iter().any(|(name, _)| name.contains(SECRET));
            assert!(!told.contains(SECRET) || is_a_name, "a refusal tells a password: {told}");
        }
        _ => panic!("the same text is read once and refused once"),
    }
}

fn keeps_its_promises(config: &Config) {
    assert!(config.workers > 0, "nobody answers");
    assert!((1..=366).contains(&config.sign_in.card_days), "cards open for {} days", config.sign_in.card_days);
    assert!(config.listen.ip().is_loopback() || config.secure_cookies(), "passwords go over the network in the clear");
    assert_eq!(config.tls.certificate.is_some(), config.tls.key.is_some(), "half a certificate");
    let address = config.public_address.as_deref().unwrap_or("https://x");
    assert!(address.starts_with("https://") || address.starts_with("http://"), "{address} leads nowhere");
    assert!(
        !address.ends_with('/') && !address.contains(['?', '#', '@', ' ', '"', '<']),
        "{address} is more than a host"
    );
}

/// Names are told, so that a slip can be found: those of keys and variables, and the address that everybody types.
fn tells_a_name(error: &ConfigError) -> bool {
    matches!(error, ConfigError::UnknownVariable(_) | ConfigError::PublicAddress(_))
        || error.to_string().contains("unknown field")
}

/// The names of files are told as well.
fn is_in_a_path(config: &Config) -> bool {
    let has = |path: &std::path::PathBuf| path.to_string_lossy().contains(SECRET);
    config.database.key_file.as_ref().is_some_and(has)
}
