//! The certificate and its key in files. They are read again when they change, so that a renewal needs no restart and
//! drops no connection.

use std::{
    fmt,
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use rustls::{
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use vault::Millis;
use x509_parser::{certificate::X509Certificate, extensions::GeneralName, prelude::FromDer, time::ASN1Time};

/// Why TLS cannot be spoken, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("cannot read {file}, which {setting} names: {cause}")]
    Unreadable { file: PathBuf, setting: &'static str, cause: std::io::Error },
    #[error("{0}, which tls.certificate names, holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")]
    NoCertificate(PathBuf),
    #[error("{0}, which tls.key names, holds no private key in PEM without a password (-----BEGIN PRIVATE KEY-----)")]
    NoKey(PathBuf),
    #[error("the key file {0} can be read by everybody on this machine. Take that away: chmod o= {0}")]
    OpenKey(PathBuf),
    #[error("the key in {key} is not that of the certificate in {certificate}: {cause}")]
    NotAPair { certificate: PathBuf, key: PathBuf, cause: rustls::Error },
    #[error("a certificate for a trial cannot be made: {0}")]
    Trial(#[from] rcgen::Error),
    #[error("TLS cannot be set up: {0}")]
    Setup(#[from] rustls::Error),
}

/// Where they lie.
struct Files {
    certificate: PathBuf,
    key: PathBuf,
    provider: Arc<CryptoProvider>,
}

/// By what a changed file is known: when it was written and how long it is; nothing if it is not there.
type Stamp = [Option<(SystemTime, u64)>; 2];

impl Files {
    fn stamp(&self) -> Stamp {
        [&self.certificate, &self.key].map(|file| {
            let found = std::fs::metadata(file).ok()?;
            Some((found.modified().ok()?, found.len()))
        })
    }

    fn read(&self) -> Result<CertifiedKey, TlsError> {
        let read = |file: &Path, setting| {
            std::fs::read(file).map_err(|cause| TlsError::Unreadable { file: file.to_owned(), setting, cause })
        };
        let text = read(&self.certificate, "tls.certificate")?;
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&text)
            .collect::<Result<_, _>>()
            .map_err(|_| TlsError::NoCertificate(self.certificate.clone()))?;
        if chain.is_empty() {
            return Err(TlsError::NoCertificate(self.certificate.clone()));
        }
        // What nobody can tell the dates of, no browser takes either.
        Standing::told(&self.certificate, &text)?;
        let text = read(&self.key, "tls.key")?;
        refuse_open(&self.key)?;
        let key = PrivateKeyDer::from_pem_slice(&text).map_err(|_| TlsError::NoKey(self.key.clone()))?;
        CertifiedKey::from_der(chain, key, &self.provider).map_err(|cause| TlsError::NotAPair {
            certificate: self.certificate.clone(),
            key: self.key.clone(),
            cause,
        })
    }
}

/// From when until when a certificate holds, and for which names.
pub struct Standing {
    pub from: Millis,
    pub until: Millis,
    /// Host names and addresses; those of the machine, nobody's.
    pub names: Vec<String>,
}

impl Standing {
    /// That of the first certificate in a file.
    ///
    /// # Errors
    /// When the file cannot be read or holds no certificate.
    pub fn of(file: &Path) -> Result<Self, TlsError> {
        let text = std::fs::read(file).map_err(|cause| TlsError::Unreadable {
            file: file.to_owned(),
            setting: "tls.certificate",
            cause,
        })?;
        Self::told(file, &text)
    }

    /// What the text of a file tells.
    fn told(file: &Path, text: &[u8]) -> Result<Self, TlsError> {
        let none = || TlsError::NoCertificate(file.to_owned());
        let first = CertificateDer::from_pem_slice(text).map_err(|_| none())?;
        let (_, certificate) = X509Certificate::from_der(&first).map_err(|_| none())?;
        let moment = |time: ASN1Time| Millis(time.timestamp().saturating_mul(1000));
        let validity = certificate.validity();
        let named = certificate.subject_alternative_name().ok().flatten();
        let names = named.into_iter().flat_map(|named| &named.value.general_names);
        let names = names.filter_map(|name| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            GeneralName::IPAddress(bytes) => <[u8; 4]>::try_from(*bytes)
                .map(IpAddr::from)
                .or_else(|_| <[u8; 16]>::try_from(*bytes).map(IpAddr::from))
                .ok()
                .map(|address| address.to_string()),
            _ => None,
        });
        Ok(Self { from: moment(validity.not_before), until: moment(validity.not_after), names: names.collect() })
    }
}

/// A group may read the key, as Debian's `ssl-cert` does; everybody may not.
#[cfg(unix)]
fn refuse_open(key: &Path) -> Result<(), TlsError> {
    use std::os::unix::fs::PermissionsExt;
    let found = std::fs::metadata(key).map_err(|cause| TlsError::Unreadable {
        file: key.to_owned(),
        setting: "tls.key",
        cause,
    })?;
    if found.permissions().mode() & 0o007 == 0 { Ok(()) } else { Err(TlsError::OpenKey(key.to_owned())) }
}

#[cfg(not(unix))]
fn refuse_open(_: &Path) -> Result<(), TlsError> {
    Ok(())
}

/// The certificate as it was last read and could be used.
pub struct Certificates {
    files: Files,
    kept: Mutex<Kept>,
}

struct Kept {
    certified: Arc<CertifiedKey>,
    stamp: Stamp,
}

impl Certificates {
    /// Reads both files.
    ///
    /// # Errors
    /// Whatever keeps them from being used.
    pub fn read(certificate: &Path, key: &Path, provider: Arc<CryptoProvider>) -> Result<Self, TlsError> {
        let files = Files { certificate: certificate.to_owned(), key: key.to_owned(), provider };
        // Looked at before reading: what is written meanwhile is then read once more.
        let stamp = files.stamp();
        let certified = Arc::new(files.read()?);
        Ok(Self { files, kept: Mutex::new(Kept { certified, stamp }) })
    }

    /// The certificate for a new connection. Two looks at files a connection are nothing beside the handshake, and
    /// nobody has to be told of a renewal. What cannot be used is told once, and the one before stays.
    fn current(&self) -> Arc<CertifiedKey> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = self.files.stamp();
        if kept.stamp != stamp {
            kept.stamp = stamp;
            match self.files.read() {
                Ok(certified) => {
                    kept.certified = Arc::new(certified);
                    tracing::info!("the certificate was read again");
                }
                Err(error) => tracing::warn!(%error, "the changed certificate cannot be used; the one before is kept"),
            }
        }
        Arc::clone(&kept.certified)
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current())
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the certificate in {}", self.files.certificate.display())
    }
}
