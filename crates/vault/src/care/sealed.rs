//! What a copy's file is: encrypted with age (age-encryption.org/v1), so that nothing of it is believed that was changed.
//!
//! Within, one line says what it is; the database follows it to the end.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    iter,
    path::Path,
};

use age::{
    DecryptError, Decryptor, Encryptor,
    stream::StreamReader,
    x25519::{Identity, Recipient},
};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use super::{CareError, Part, Refusal};
use crate::{Key, Place, time::Millis};

/// What tells the identity that opens copies from whatever else comes from the master key.
const INFO: &[u8] = b"stegvis: the identity that opens copies, 1";
/// How every file of age's begins, whatever its version.
const MAGIC: &[u8] = b"age-encryption.org/";
/// How the line within begins, and its version.
const LABEL: [&str; 2] = ["stegvis-copy", "1"];
/// Bytes that the line within has at most.
const LONGEST: usize = 256;

/// What copies are encrypted for, and what opens them.
#[derive(Clone)]
pub struct CopyKeys {
    /// Absent where the master key is not at hand; copies can then be opened and not made.
    own: Option<Identity>,
    recipients: Vec<Recipient>,
    others: Vec<Identity>,
}

impl CopyKeys {
    /// Copies that whoever has the master key can open, and nobody else.
    ///
    /// # Errors
    /// [`CareError::NotWritten`] when no identity can be made of it.
    pub fn of(master: &Key) -> Result<Self, CareError> {
        Ok(Self { own: Some(identity_of(master)?), ..Self::without_master() })
    }

    /// Nothing yet that opens copies: for whoever has other identities than the master key's.
    #[must_use]
    pub const fn without_master() -> Self {
        Self { own: None, recipients: Vec::new(), others: Vec::new() }
    }

    /// They can be opened by these as well, `age1…`.
    ///
    /// # Errors
    /// [`CareError::NoRecipient`] when one is none.
    pub fn with_recipients(mut self, recipients: &[String]) -> Result<Self, CareError> {
        for text in recipients {
            let recipient: Recipient = text.trim().parse().map_err(|_| CareError::NoRecipient(text.clone()))?;
            self.recipients.push(recipient);
        }
        Ok(self)
    }

    /// These open them as well: age's identities, one a line, or a master key of another time as its file has it.
    ///
    /// # Errors
    /// [`CareError::NoIdentity`] when there is none, or something else.
    pub fn with_identities(mut self, text: &str) -> Result<Self, CareError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            let identity = match line.parse::<Identity>() {
                Ok(identity) => identity,
                Err(_) => identity_of(&key_of(line).ok_or(CareError::NoIdentity)?)?,
            };
            self.others.push(identity);
        }
        if self.others.is_empty() { Err(CareError::NoIdentity) } else { Ok(self) }
    }

    /// For whom copies are encrypted, as age writes it: the master key's own; nothing without that.
    #[must_use]
    pub fn recipient(&self) -> Option<String> {
        self.own.as_ref().map(|own| own.to_public().to_string())
    }
}

/// Whether copies can be encrypted for it: `age1…`.
#[must_use]
pub fn is_recipient(text: &str) -> bool {
    text.trim().parse::<Recipient>().is_ok()
}

fn identity_of(master: &Key) -> Result<Identity, CareError> {
    let cannot = |_| CareError::NotWritten("no identity can be made of the master key".into());
    let mut secret = [0; 32];
    let made = Hkdf::<Sha256>::new(None, master.as_bytes()).expand(INFO, &mut secret);
    made.map_err(|error| cannot(error.to_string()))?;
    let prefix = bech32::Hrp::parse("age-secret-key-").map_err(|error| cannot(error.to_string()))?;
    let text = bech32::encode::<bech32::Bech32>(prefix, &secret);
    secret.zeroize();
    let mut text = text.map_err(|error| cannot(error.to_string()))?.to_uppercase();
    let identity = text.parse().map_err(|error: &str| cannot(error.to_owned()));
    text.zeroize();
    identity
}

fn key_of(digits: &str) -> Option<Key> {
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(Key::from_bytes(bytes))
}

/// What a copy says of itself.
pub(super) struct Label {
    pub part: Part,
    pub at: Millis,
    /// What opens the SQLite file within; none of PostgreSQL's dumps.
    pub key: Option<Key>,
}

impl Label {
    pub fn of(place: &Place, part: Part, at: Millis) -> Self {
        let key = match place {
            Place::Sqlite { key, .. } => Some(key.clone()),
            Place::Postgres { .. } => None,
        };
        Self { part, at, key }
    }

    fn line(&self) -> String {
        let part = if self.part == Part::Data { "data" } else { "keys" };
        let [name, version] = LABEL;
        match &self.key {
            None => format!("{name} {version} {part} postgresql {} -\n", self.at.0),
            Some(key) => {
                let digits: String = key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
                format!("{name} {version} {part} sqlite {} {digits}\n", self.at.0)
            }
        }
    }

    fn read(line: &str) -> Result<Self, Refusal> {
        let words: Vec<&str> = line.split(' ').collect();
        let [name, version, part, kind, at, key] = words.as_slice() else {
            // A later version may say more.
            let is_ours = words.first() == LABEL.first() && words.get(1) != LABEL.get(1);
            return Err(if is_ours { Refusal::Newer } else { Refusal::Foreign });
        };
        if *name != LABEL[0] {
            return Err(Refusal::Foreign);
        }
        if *version != LABEL[1] {
            return Err(Refusal::Newer);
        }
        let part = match *part {
            "data" => Part::Data,
            "keys" => Part::Keys,
            _ => return Err(Refusal::Newer),
        };
        let key = match *kind {
            "sqlite" => Some(key_of(key).ok_or(Refusal::Foreign)?),
            "postgresql" => None,
            _ => return Err(Refusal::Newer),
        };
        Ok(Self { part, at: Millis(at.parse().map_err(|_| Refusal::Foreign)?), key })
    }

    /// Whether it is the copy that is wanted there.
    pub fn is_for(&self, place: &Place, part: Part) -> Result<(), Refusal> {
        if self.part != part {
            return Err(Refusal::OtherPart);
        }
        if matches!(place, Place::Sqlite { .. }) != self.key.is_some() {
            return Err(Refusal::OtherDatabase);
        }
        Ok(())
    }
}

/// Whether a file is one of age's; if not it may be a copy of the time before.
pub(super) fn is_sealed(file: &Path) -> Result<bool, CareError> {
    let mut start = Vec::new();
    let read = File::open(file).and_then(|open| open.take(MAGIC.len() as u64).read_to_end(&mut start));
    read.map_err(|cause| CareError::File { path: file.to_owned(), cause })?;
    if start.is_empty() {
        return Err(Refusal::Empty.of(file));
    }
    match start == MAGIC {
        false if file.extension().is_some_and(|end| end == "age") => Err(Refusal::Foreign.of(file)),
        is_sealed => Ok(is_sealed),
    }
}

/// A copy that is being read.
pub(super) struct Opened {
    pub label: Label,
    pub body: StreamReader<BufReader<File>>,
}

/// Opens a copy, and reads what it says of itself.
pub(super) fn open(file: &Path, keys: &CopyKeys) -> Result<Opened, CareError> {
    let failed = |cause| CareError::File { path: file.to_owned(), cause };
    let refused = |error: DecryptError| match error {
        DecryptError::Io(cause) => broken(file, cause),
        DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            Refusal::OtherKeys.of(file)
        }
        DecryptError::UnknownFormat => Refusal::Foreign.of(file),
        _ => Refusal::Changed.of(file),
    };
    let opened = BufReader::with_capacity(1 << 16, File::open(file).map_err(failed)?);
    let decryptor = Decryptor::new_buffered(opened).map_err(refused)?;
    let identities = keys.own.iter().chain(&keys.others).map(|identity| identity as &dyn age::Identity);
    let mut body = decryptor.decrypt(identities).map_err(refused)?;
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() < LONGEST && body.read(&mut byte).map_err(|cause| broken(file, cause))? > 0 && byte != *b"\n" {
        line.extend(byte);
    }
    let mut text = String::from_utf8_lossy(&line).into_owned();
    let label = Label::read(&text).map_err(|why| why.of(file));
    text.zeroize();
    line.zeroize();
    Ok(Opened { label: label?, body })
}

/// What an error while reading means: age's own, or the disk's.
pub(super) fn broken(file: &Path, cause: io::Error) -> CareError {
    match cause.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput => {
            Refusal::Changed.of(file)
        }
        _ => CareError::File { path: file.to_owned(), cause },
    }
}

/// Writes a copy into a file that is there and empty, of what `fill` gives, and says by what that can be known again.
pub(super) fn write(
    to: &Path,
    keys: &CopyKeys,
    label: &Label,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), CareError>,
) -> Result<[u8; 32], CareError> {
    let failed = |cause| CareError::File { path: to.to_owned(), cause };
    let own =
        keys.own.as_ref().ok_or_else(|| CareError::NotWritten("the master key is not at hand".into()))?.to_public();
    let recipients = iter::once(&own).chain(&keys.recipients).map(|recipient| recipient as &dyn age::Recipient);
    let encryptor =
        Encryptor::with_recipients(recipients).map_err(|error| CareError::NotWritten(format!("age says: {error}")))?;
    let file = File::options().write(true).open(to).map_err(failed)?;
    let mut sealed = encryptor.wrap_output(BufWriter::with_capacity(1 << 16, file)).map_err(failed)?;
    let mut line = label.line();
    let written = sealed.write_all(line.as_bytes());
    line.zeroize();
    written.map_err(failed)?;
    let mut out = Told::of(sealed);
    fill(&mut out)?;
    let Told { to: sealed, sum } = out;
    let file = sealed.finish().and_then(|buffered| buffered.into_inner().map_err(io::IntoInnerError::into_error));
    file.and_then(|file| file.sync_all()).map_err(failed)?;
    Ok(sum.finalize().into())
}

/// What is written or read through it is summed.
pub(super) struct Told<T> {
    to: T,
    sum: Sha256,
}

impl<T> Told<T> {
    pub fn of(to: T) -> Self {
        Self { to, sum: Sha256::new() }
    }

    pub fn sum(self) -> [u8; 32] {
        self.sum.finalize().into()
    }
}

impl<T: Write> Write for Told<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sum.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<T: Read> Read for Told<T> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.to.read(into)?;
        self.sum.update(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Reads what is left to its end, into `to`, and says by what it can be known again.
pub(super) fn drain(file: &Path, opened: Opened, to: &mut impl Write) -> Result<[u8; 32], CareError> {
    let mut body = Told::of(opened.body);
    let mut bytes = vec![0; 1 << 16];
    loop {
        match body.read(&mut bytes).map_err(|cause| broken(file, cause))? {
            0 => return Ok(body.sum()),
            read => to
                .write_all(bytes.get(..read).unwrap_or_default())
                .map_err(|cause| CareError::NotWritten(cause.to_string()))?,
        }
    }
}
