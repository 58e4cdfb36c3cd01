//! TLS 1.2 and 1.3, spoken by the server itself: with a certificate from files, or one made for a trial.

mod files;
mod trial;

use std::{net::IpAddr, sync::Arc};

use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    server::ResolvesServerCert,
    version::{TLS12, TLS13},
};
use vault::Millis;

pub use self::files::{Standing, TlsError};
use self::{files::Certificates, trial::Trial};
use crate::config::Config;

/// How the server speaks TLS.
pub struct Tls {
    pub(super) settings: ServerConfig,
    /// The SHA-256 of a certificate that was made for a trial, as browsers show it: `AB:CD:…`.
    pub fingerprint: Option<String>,
}

impl Tls {
    /// What the configuration wants; nothing if somebody else speaks TLS, or nobody.
    ///
    /// # Errors
    /// A certificate or a key that cannot be used; the text says which and what to do.
    pub fn of(config: &Config, now: Millis) -> Result<Option<Self>, TlsError> {
        let provider = Arc::new(ring::default_provider());
        if let (Some(certificate), Some(key)) = (&config.tls.certificate, &config.tls.key) {
            let certificates = Certificates::read(certificate, key, Arc::clone(&provider))?;
            return Ok(Some(Self { settings: settings(provider, Arc::new(certificates))?, fingerprint: None }));
        }
        if config.tls.self_signed {
            let trial = Trial::make(config.listen.ip(), now, &provider)?;
            let fingerprint = Some(trial.fingerprint.clone());
            return Ok(Some(Self { settings: settings(provider, Arc::new(trial))?, fingerprint }));
        }
        Ok(None)
    }
}

fn settings(
    provider: Arc<CryptoProvider>,
    certificates: Arc<dyn ResolvesServerCert>,
) -> Result<ServerConfig, TlsError> {
    Ok(ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])?
        .with_no_client_auth()
        .with_cert_resolver(certificates))
}

/// The names by which a machine that listens on `address` can be reached without any other being known.
fn names(address: IpAddr) -> Vec<String> {
    let mut names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
    let own = address.to_string();
    if !address.is_unspecified() && !names.contains(&own) {
        names.push(own);
    }
    names
}
