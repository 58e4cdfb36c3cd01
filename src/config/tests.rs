use super::*;

fn load(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::load(None, variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

#[test]
fn the_environment_alone_is_enough() {
    let config = load(&[("STEGVIS_DATABASE__URL", "sqlite:x.db"), ("STEGVIS_WORKERS", "3"), ("HOME", "/")]);
    assert!(matches!(config, Ok(Config { workers: 3, .. })));
}

#[test]
fn an_unknown_key_is_refused_by_name() {
    let error = load(&[("STEGVIS_DATABASE__URL", "sqlite:x.db"), ("STEGVIS_DATABSE__URL", "y")]);
    assert!(error.is_err_and(|error| error.to_string().contains("databse")));
    let twice = load(&[("STEGVIS_DATABASE__URL", "sqlite:x.db"), ("STEGVIS_STEGVIS_WORKERS", "3")]);
    assert!(twice.is_err_and(|error| error.to_string().contains("stegvis_workers")));
}

#[test]
fn plain_http_is_for_loopback_or_behind_a_proxy_only() {
    let open = [("STEGVIS_DATABASE__URL", "sqlite:x.db"), ("STEGVIS_LISTEN", "0.0.0.0:80")];
    assert!(matches!(load(&open), Err(ConfigError::OpenWithoutTls(_))));
    for spoken in ["STEGVIS_PROXY__SPEAKS_TLS", "STEGVIS_TLS__SELF_SIGNED"] {
        assert!(load(&[open[0], open[1], (spoken, "true")]).is_ok_and(|config| config.secure_cookies()), "{spoken}");
    }
}

#[test]
fn a_card_opens_for_a_school_year_at_most() {
    for (days, fits) in [("0", false), ("1", true), ("366", true), ("367", false)] {
        let set = [("STEGVIS_DATABASE__URL", "sqlite:x.db"), ("STEGVIS_SIGN_IN__CARD_DAYS", days)];
        assert_eq!(load(&set).is_ok(), fits, "{days}");
    }
}

#[test]
fn a_certificate_has_its_key_and_is_the_only_one() {
    let database = ("STEGVIS_DATABASE__URL", "sqlite:x.db");
    let (certificate, key) = (("STEGVIS_TLS__CERTIFICATE", "a.pem"), ("STEGVIS_TLS__KEY", "a.key"));
    assert!(load(&[database, certificate, key]).is_ok());
    for half in [certificate, key] {
        assert!(matches!(load(&[database, half]), Err(ConfigError::HalfACertificate)));
    }
    let twice = [database, certificate, key, ("STEGVIS_TLS__SELF_SIGNED", "true")];
    assert!(matches!(load(&twice), Err(ConfigError::TwoCertificates)));
}

#[test]
fn browsers_hold_on_to_tls_only_where_it_is_to_stay() {
    let database = ("STEGVIS_DATABASE__URL", "sqlite:x.db");
    let stays = |variables: &[(&str, &str)]| load(variables).is_ok_and(|config| config.is_tls_to_stay());
    assert!(stays(&[database, ("STEGVIS_TLS__CERTIFICATE", "a.pem"), ("STEGVIS_TLS__KEY", "a.key")]));
    assert!(stays(&[database, ("STEGVIS_PROXY__SPEAKS_TLS", "true")]));
    assert!(!stays(&[database, ("STEGVIS_TLS__SELF_SIGNED", "true")]));
    assert!(!stays(&[database]));
}
