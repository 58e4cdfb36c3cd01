//! TLS as the server speaks it by itself, met by real clients.

use std::{
    fmt::Write as _,
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, ProtocolVersion, SignatureScheme, StreamOwned,
    SupportedProtocolVersion,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, ServerName, UnixTime},
    version::{TLS12, TLS13},
};
use stegvis::{
    config::Config,
    web::{Standing, Tls, TlsError},
};
use tempfile::TempDir;

use crate::{app::TestApp, world};

/// A folder with a certificate and its key.
struct Pair {
    folder: TempDir,
    made: CertificateDer<'static>,
}

impl Pair {
    fn new() -> Self {
        let mut pair = Self { folder: TempDir::new().unwrap(), made: Vec::new().into() };
        pair.renew();
        pair
    }

    fn certificate(&self) -> PathBuf {
        self.folder.path().join("chain.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }

    /// Puts another pair in place of the one there.
    fn renew(&mut self) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        self.put_key(&made.signing_key.serialize_pem(), 0o640);
        self.put_certificate(&made.cert.pem());
        self.made = made.cert.der().clone();
    }

    fn put_key(&self, text: &str, mode: u32) {
        let new = self.folder.path().join("key.new");
        fs::write(&new, text).unwrap();
        fs::set_permissions(&new, fs::Permissions::from_mode(mode)).unwrap();
        fs::rename(new, self.key()).unwrap();
    }

    /// A number of line ends goes before it, so that it never looks as long ago and as long as the one before.
    fn put_certificate(&self, text: &str) {
        let before = fs::metadata(self.certificate()).map_or(0, |found| found.len());
        let same_length = before == text.len() as u64;
        fs::write(self.certificate(), format!("{}{text}", if same_length { "\n" } else { "" })).unwrap();
    }

    fn settings(&self) -> [(String, String); 2] {
        [("STEGVIS_TLS__CERTIFICATE", self.certificate()), ("STEGVIS_TLS__KEY", self.key())]
            .map(|(name, file)| (name.to_owned(), file.display().to_string()))
    }

    fn serve(&self) -> TestApp {
        let [certificate, key] = self.settings();
        TestApp::set(&[(&certificate.0, &certificate.1), (&key.0, &key.1)])
    }

    /// What the server says of the pair instead of starting.
    fn refusal(&self) -> TlsError {
        Tls::of(&self.config(), world::morning()).err().expect("a refusal")
    }

    fn config(&self) -> Config {
        let database = ("STEGVIS_DATABASE__URL".to_owned(), "sqlite:x.db".to_owned());
        Config::load(None, self.settings().into_iter().chain([database])).unwrap()
    }
}

/// A client that takes any certificate, since it is looked at afterwards.
#[derive(Debug)]
struct AnyCertificate(CryptoProvider);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

type Stream = StreamOwned<ClientConnection, TcpStream>;

/// A connection in exactly this version.
fn connect(to: SocketAddr, version: &'static SupportedProtocolVersion) -> Stream {
    let provider = ring::default_provider();
    let config = ClientConfig::builder_with_provider(Arc::new(provider.clone()))
        .with_protocol_versions(&[version])
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
        .with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let socket = TcpStream::connect(to).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    StreamOwned::new(client, socket)
}

/// Sends a request over the connection; gives the head and what there is of the body by then.
fn ask(stream: &mut Stream, method: &str, path: &str, body: &str) -> String {
    let kind = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin";
    let length = body.len();
    let request =
        format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{kind}\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).unwrap();
    let (mut told, mut part) = (String::new(), [0; 4096]);
    while !told.contains("\r\n\r\n") {
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "the connection ended after «{told}»");
        told.push_str(&String::from_utf8_lossy(&part[..read]));
    }
    told
}

fn served(to: SocketAddr) -> CertificateDer<'static> {
    let mut stream = connect(to, &TLS13);
    ask(&mut stream, "GET", "/health", "");
    stream.conn.peer_certificates().unwrap()[0].clone().into_owned()
}

#[test]
fn a_page_is_had_in_both_versions_and_browsers_are_told_to_stay() {
    let pair = Pair::new();
    let app = pair.serve();
    for (version, spoken) in [(&TLS12, ProtocolVersion::TLSv1_2), (&TLS13, ProtocolVersion::TLSv1_3)] {
        let mut stream = connect(app.socket(), version);
        let told = ask(&mut stream, "GET", "/sign-in", "");
        assert!(told.starts_with("HTTP/1.1 200 "), "{told}");
        assert!(told.contains("strict-transport-security: max-age=31536000\r\n"), "{told}");
        assert_eq!(stream.conn.protocol_version(), Some(spoken));
        assert_eq!(stream.conn.peer_certificates().unwrap()[0], pair.made);
    }
}

#[test]
fn the_session_s_cookie_is_bound_to_the_host() {
    let pair = Pair::new();
    let app = pair.serve();
    let mut stream = connect(app.socket(), &TLS13);
    let mut typed = String::new();
    write!(typed, "user_name=alva&password={}", world::PASSWORD.replace('å', "%C3%A5")).unwrap();
    let told = ask(&mut stream, "POST", "/sign-in", &typed);
    let cookie = told.split("\r\n").find(|line| line.starts_with("set-cookie: __Host-stegvis=")).expect(&told);
    assert!(cookie.contains("; Secure") && cookie.contains("; Path=/") && !cookie.contains("Domain"), "{cookie}");
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"), "{cookie}");
}

#[test]
fn a_cookie_by_the_name_for_loopback_is_nothing_over_tls() {
    let pair = Pair::new();
    let app = pair.serve();
    let mut stream = connect(app.socket(), &TLS13);
    let typed = format!("user_name=alva&password={}", world::PASSWORD.replace('å', "%C3%A5"));
    let told = ask(&mut stream, "POST", "/sign-in", &typed);
    let token = told.split("__Host-stegvis=").nth(1).and_then(|rest| rest.split(';').next()).expect(&told).to_owned();
    let with = |name: &str| {
        let mut stream = connect(app.socket(), &TLS13);
        stream
            .write_all(format!("GET /today HTTP/1.1\r\nhost: localhost\r\ncookie: {name}={token}\r\n\r\n").as_bytes())
            .unwrap();
        let mut part = [0; 12];
        stream.read_exact(&mut part).unwrap();
        String::from_utf8(part.to_vec()).unwrap()
    };
    assert_eq!(with("__Host-stegvis"), "HTTP/1.1 200");
    assert_eq!(with("stegvis"), "HTTP/1.1 303", "whoever can set cookies for the domain could have set this one");
}

/// Sends raw bytes and gives what is answered until the connection ends.
fn raw(to: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut socket = TcpStream::connect(to).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.write_all(bytes).unwrap();
    let mut told = Vec::new();
    // A connection that is cut off rather than closed has ended as well.
    let _ended = socket.read_to_end(&mut told);
    told
}

/// A greeting by a client that speaks TLS 1.`minor` at most, and otherwise whatever a server could wish for.
fn greeting(minor: u8) -> Vec<u8> {
    let mut told = vec![3, minor + 1];
    told.extend([7; 32]);
    // No session; ECDHE-ECDSA with AES-128; no compression.
    told.extend([0, 0, 2, 0xc0, 0x2b, 1, 0]);
    // Groups: X25519, P-256. Points: uncompressed. Signatures: ECDSA with P-256 and SHA-256.
    let extensions =
        [&[0, 10, 0, 6, 0, 4, 0, 0x1d, 0, 0x17][..], &[0, 11, 0, 2, 1, 0], &[0, 13, 0, 4, 0, 2, 4, 3]].concat();
    told.extend([0, u8::try_from(extensions.len()).unwrap()]);
    told.extend(extensions);
    let length = u8::try_from(told.len()).unwrap();
    [&[0x16, 3, 1, 0, length + 4, 1, 0, 0, length][..], &told].concat()
}

#[test]
fn what_is_older_than_tls_1_2_is_refused() {
    const ANSWER: u8 = 0x16;
    const ALERT: u8 = 0x15;
    let pair = Pair::new();
    let app = pair.serve();
    for (minor, told) in [(0, ALERT), (1, ALERT), (2, ANSWER)] {
        let mut socket = TcpStream::connect(app.socket()).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        socket.write_all(&greeting(minor)).unwrap();
        let mut first = [0];
        socket.read_exact(&mut first).unwrap();
        assert_eq!(first, [told], "TLS 1.{minor}");
    }
}

#[test]
fn plain_http_gets_no_answer_where_tls_is_spoken() {
    let pair = Pair::new();
    let app = pair.serve();
    let told = raw(app.socket(), b"GET /sign-in HTTP/1.1\r\nhost: localhost\r\n\r\n");
    let told = String::from_utf8_lossy(&told);
    assert!(!told.contains("HTTP/") && !told.contains("Stegvis"), "{told}");
}

#[test]
fn a_renewed_certificate_is_served_without_a_restart_and_drops_nobody() {
    let mut pair = Pair::new();
    let app = pair.serve();
    let mut before = connect(app.socket(), &TLS13);
    ask(&mut before, "GET", "/health", "");
    let first = pair.made.clone();
    pair.renew();
    assert_ne!(pair.made, first);
    assert_eq!(served(app.socket()), pair.made);
    assert!(ask(&mut before, "GET", "/health", "").starts_with("HTTP/1.1 200 "), "the old connection goes on");
}

#[test]
fn a_broken_renewal_keeps_the_certificate_there_was() {
    let mut pair = Pair::new();
    let app = pair.serve();
    let first = pair.made.clone();
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let mine = fs::read_to_string(pair.certificate()).unwrap();
    for broken in ["", "-----BEGIN CERTIFICATE-----\nhalf", &other.cert.pem()] {
        pair.put_certificate(broken);
        assert_eq!(served(app.socket()), first, "{broken}");
    }
    pair.put_certificate(&mine);
    let key = fs::read_to_string(pair.key()).unwrap();
    pair.put_key(&key, 0o644);
    assert_eq!(served(app.socket()), first);
    fs::remove_file(pair.key()).unwrap();
    assert_eq!(served(app.socket()), first);
    // And what is right again is taken.
    pair.renew();
    assert_eq!(served(app.socket()), pair.made);
}

#[test]
fn files_that_cannot_be_used_are_refused_by_name() {
    let pair = Pair::new();
    let key = fs::read_to_string(pair.key()).unwrap();
    let certificate = fs::read_to_string(pair.certificate()).unwrap();
    pair.put_key(&key, 0o644);
    assert!(matches!(pair.refusal(), TlsError::OpenKey(_)));
    pair.put_key("nothing", 0o600);
    assert!(matches!(pair.refusal(), TlsError::NoKey(_)));
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    pair.put_key(&other.signing_key.serialize_pem(), 0o600);
    assert!(matches!(pair.refusal(), TlsError::NotAPair { .. }));
    fs::remove_file(pair.key()).unwrap();
    let refusal = pair.refusal().to_string();
    assert!(refusal.contains("key.pem, which tls.key names"), "{refusal}");
    pair.put_key(&key, 0o600);
    pair.put_certificate("nothing");
    assert!(matches!(pair.refusal(), TlsError::NoCertificate(_)));
    fs::remove_file(pair.certificate()).unwrap();
    let refusal = pair.refusal().to_string();
    assert!(refusal.contains("chain.pem, which tls.certificate names"), "{refusal}");
    pair.put_certificate(&certificate);
    assert!(Tls::of(&pair.config(), world::morning()).is_ok_and(|tls| tls.is_some()));
}

#[test]
fn no_certificate_is_taken_whose_dates_and_names_nobody_can_tell() {
    let pair = Pair::new();
    let good = fs::read_to_string(pair.certificate()).unwrap();
    let body = "-----BEGIN CERTIFICATE-----\n".len()..good.len() - "-----END CERTIFICATE-----\n".len();
    let mut untold = 0;
    for at in body.filter(|at| good.as_bytes()[*at].is_ascii_alphanumeric()) {
        let other = if &good[at..=at] == "A" { "B" } else { "A" };
        fs::write(pair.certificate(), format!("{}{other}{}", &good[..at], &good[at + 1..])).unwrap();
        if Standing::of(&pair.certificate()).is_err() {
            untold += 1;
            assert!(Tls::of(&pair.config(), world::morning()).is_err(), "taken with a change at {at}");
        }
    }
    assert!(untold > 20, "{untold} changes only");
}

#[test]
fn a_trial_serves_a_certificate_of_its_own_and_ties_no_browser_to_it() {
    let app = TestApp::set(&[("STEGVIS_TLS__SELF_SIGNED", "true")]);
    let mut stream = connect(app.socket(), &TLS13);
    let told = ask(&mut stream, "GET", "/sign-in", "");
    assert!(told.starts_with("HTTP/1.1 200 "), "{told}");
    assert!(!told.contains("strict-transport-security"), "{told}");
    assert!(!stream.conn.peer_certificates().unwrap().is_empty());
}
