//! A certificate for a trial in one's own network: made at the start, kept in memory, vouched for by nobody.

use std::{fmt, net::IpAddr, sync::Arc};

use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};
use rustls::{
    crypto::CryptoProvider,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use sha2::{Digest, Sha256};
use vault::Millis;

use super::{files::TlsError, names};
use crate::calendar;

/// How long it holds. Some browsers go past no warning about one that holds for years.
const HOLDS_FOR: i64 = 90 * 24 * 3_600_000;
/// How much earlier it begins, for devices whose clock goes behind.
const BEGINS_BEFORE: i64 = 24 * 3_600_000;

/// The certificate, with its key in memory alone.
pub struct Trial {
    certified: Arc<CertifiedKey>,
    /// The SHA-256 as browsers show it.
    pub fingerprint: String,
}

impl Trial {
    /// Makes one for a server that listens on `address`.
    ///
    /// # Errors
    /// When no key can be drawn.
    pub fn make(address: IpAddr, now: Millis, provider: &CryptoProvider) -> Result<Self, TlsError> {
        let day = |at: Millis| {
            let day = calendar::day(at, "UTC");
            date_time_ymd(i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs())
        };
        let mut wanted = CertificateParams::new(names(address))?;
        wanted.distinguished_name.push(DnType::CommonName, "Stegvis, a trial");
        wanted.not_before = day(now.plus(-BEGINS_BEFORE));
        wanted.not_after = day(now.plus(HOLDS_FOR));
        let key = KeyPair::generate()?;
        let certificate = wanted.self_signed(&key)?.der().clone();
        let fingerprint = fingerprint(&certificate);
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let certified = Arc::new(CertifiedKey::from_der(vec![certificate], key, provider)?);
        Ok(Self { certified, fingerprint })
    }
}

fn fingerprint(certificate: &[u8]) -> String {
    let bytes: Vec<String> = Sha256::digest(certificate).iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(":")
}

impl ResolvesServerCert for Trial {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.certified))
    }
}

impl fmt::Debug for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a certificate for a trial")
    }
}
