//! What an operator keeps: keys, sheets, anchors, copies and certificates.

use std::{cell::RefCell, fs, io, os::unix::fs::PermissionsExt, path::PathBuf, str::FromStr};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use stegvis::{
    config::Config,
    copies,
    keys::key_in,
    privacy::anchors_in,
    web::{Standing, Tls},
};
use tempfile::TempDir;
use vault::{
    CalculationId, IdempotencyKey, Key, Millis, PersonId, Place, care::Part, keys::check_words, keys::words_go_with,
};

use crate::edits::edited;

/// A file of anchors.
///
/// Oracle: a line that is read is written again with the same words (small letters, no hyphens in the id), so that nothing
/// but the anchor was in it.
pub fn anchors(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    for (number, anchor) in anchors_in(text) {
        let line = text.lines().nth(number - 1).unwrap_or_default();
        assert!(!line.trim().is_empty(), "line {number} is empty");
        let Some(anchor) = anchor else { continue };
        let words: Vec<String> = line.split_ascii_whitespace().skip(1).map(str::to_ascii_lowercase).collect();
        let written = anchor.to_string();
        let [chain, seq, hash] = words.as_slice() else { panic!("{line:?} is read as {written}") };
        assert_eq!(format!("{} {seq} {hash}", chain.replace('-', "")), written, "{line:?}");
        assert_eq!(written.parse(), Ok(anchor), "{written} is read as another");
    }
}

/// An id in an address or a body.
///
/// Oracle: what is read is shown as it was written, in small letters and without hyphens.
pub fn id(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    same_id::<PersonId>(text);
    same_id::<CalculationId>(text);
    same_id::<IdempotencyKey>(text);
}

fn same_id<I: FromStr + ToString>(text: &str) {
    if let Ok(id) = text.parse::<I>() {
        assert_eq!(id.to_string(), text.replace('-', "").to_ascii_lowercase());
    }
}

/// The key of the sheet that the bytes are held against.
const MASTER: [u8; 32] = [0x5a; 32];

/// A key file and the words of a recovery sheet: the bytes as they are, and as changes of the good ones.
///
/// Oracle: a key is exactly its 64 digits; only the four words go with a key, in their order.
pub fn recovery(data: &[u8]) {
    let master = Key::from_bytes(MASTER);
    let digits: String = MASTER.iter().map(|byte| format!("{byte:02x}")).collect();
    let words = check_words(&master).join(" ");
    let raw = String::from_utf8_lossy(data);
    for text in [raw.as_ref(), &edited(&digits, data)] {
        if let Some(key) = key_in(text) {
            let shown: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(shown, text.trim().to_ascii_lowercase(), "{text:?} is read as another key");
        }
    }
    for text in [raw.as_ref(), &edited(&words, data)] {
        let as_printed = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words_go_with(text, &master), as_printed == words, "{text:?}");
    }
}

/// The name of a file in a folder of copies: the bytes as they are, and as changes of a good one.
///
/// Oracle: a name that is taken for a copy's is exactly the one that a copy of that moment gets.
pub fn copy_name(data: &[u8]) {
    let places = [
        Place::Sqlite { file: "x".into(), key: Key::from_bytes(MASTER) },
        Place::Postgres { url: String::new(), schema: None, connections: 1 },
    ];
    let raw = String::from_utf8_lossy(data);
    for good in ["stegvis-20261126T011500123Z.db.age", "stegvis-keys-20261126T011500123Z.dump"] {
        for name in [raw.as_ref(), &edited(good, data)] {
            for (place, part) in places.iter().flat_map(|place| [(place, Part::Data), (place, Part::Keys)]) {
                if let Some(at) = copies::moment(name, place, part) {
                    assert!(name.contains(&stamp(at)), "{name} is taken for a copy of {at:?}");
                }
            }
        }
    }
}

fn stamp(at: Millis) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.0).map(|at| at.strftime("-%Y%m%dT%H%M%S%3fZ.").to_string());
    moment.unwrap_or_else(|error| panic!("{at:?} is no moment: {error}"))
}

/// A folder with a certificate and its key, good ones at first.
struct Certificate {
    folder: TempDir,
    certificate: String,
    key: String,
}

thread_local! {
    static CERTIFICATE: RefCell<Option<Certificate>> = const { RefCell::new(None) };
}

impl Certificate {
    fn make() -> io::Result<Self> {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).map_err(io::Error::other)?;
        let folder = TempDir::with_prefix("stegvis-fuzz-")?;
        Ok(Self { folder, certificate: cert.pem(), key: signing_key.serialize_pem() })
    }

    fn write(&self, name: &str, text: &[u8]) -> io::Result<PathBuf> {
        let file = self.folder.path().join(name);
        fs::write(&file, text)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }
}

/// A certificate and its key, as PEM: the bytes as both files, and as changes of good ones (the first byte says of which).
///
/// Oracle: nothing but files that can be used is taken: with those the server would speak TLS. The certificate's standing
/// can be told without it.
pub fn pem(data: &[u8]) {
    let Some((which, rest)) = data.split_first() else { return };
    CERTIFICATE.with_borrow_mut(|kept| {
        let good = kept.get_or_insert_with(|| Certificate::make().unwrap_or_else(|error| panic!("no folder: {error}")));
        let changed = |text: &str| edited(text, rest).into_bytes();
        let (certificate, key) = match which % 4 {
            0 => (rest.to_vec(), rest.to_vec()),
            1 => (changed(&good.certificate), good.key.clone().into_bytes()),
            2 => (good.certificate.clone().into_bytes(), changed(&good.key)),
            _ => (rest.to_vec(), good.key.clone().into_bytes()),
        };
        let written = good.write("certificate.pem", &certificate).and_then(|at| Ok((at, good.write("key.pem", &key)?)));
        let (at, key) = written.unwrap_or_else(|error| panic!("not written: {error}"));
        let standing = Standing::of(&at).ok();
        if Tls::of(&settings(&at, &key), Millis(0)).is_ok() {
            assert!(standing.is_some(), "a certificate is taken whose standing nobody can tell");
        }
    });
}

fn settings(certificate: &std::path::Path, key: &std::path::Path) -> Config {
    let settings = [
        ("STEGVIS_DATABASE__URL", "sqlite:x.db".to_owned()),
        ("STEGVIS_TLS__CERTIFICATE", certificate.display().to_string()),
        ("STEGVIS_TLS__KEY", key.display().to_string()),
    ];
    Config::read(None, settings.into_iter().map(|(name, value)| (name.to_owned(), value)))
        .unwrap_or_else(|error| panic!("settings that are fixed: {error}"))
}
