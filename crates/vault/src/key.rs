//! Keys: 32 random bytes that are never printed and leave nothing behind in memory.

use std::fmt;

use rand::{Rng, TryRng, rngs::SysRng};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::Fault;

/// 32 random bytes, used as they are (no passphrase is stretched). Never printed, and overwritten
/// in memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// The key with exactly these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new key; `chance` must be fit for cryptography.
    pub fn random(chance: &mut impl Rng) -> Self {
        let mut key = Self([0; 32]);
        chance.fill_bytes(&mut key.0);
        key
    }

    /// A new key from the operating system. Keys and nonces never come from a seed, whoever holds it.
    pub(crate) fn from_system() -> Result<Self, Fault> {
        let mut key = Self([0; 32]);
        fill(&mut key.0)?;
        Ok(key)
    }

    /// The bytes, for storing the key outside the data directory.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Hands `use_it` the statement that unlocks a SQLite file, and overwrites the text afterwards.
    pub(crate) fn with_statement<T>(&self, use_it: impl FnOnce(&str) -> T) -> T {
        self.with_digits("PRAGMA key = \"x'", "'\"", use_it)
    }

    /// The same with the statement that opens `file` beside the database that is open, as `copy`.
    pub(crate) fn with_attachment<T>(&self, file: &str, use_it: impl FnOnce(&str) -> T) -> T {
        let before = format!("ATTACH DATABASE '{}' AS copy KEY 'x''", file.replace('\'', "''"));
        self.with_digits(&before, "'''", use_it)
    }

    /// The same with the statement that gives an open file this key instead of its own.
    pub(crate) fn with_exchange<T>(&self, use_it: impl FnOnce(&str) -> T) -> T {
        self.with_digits("PRAGMA rekey = \"x'", "'\"", use_it)
    }

    fn with_digits<T>(&self, before: &str, after: &str, use_it: impl FnOnce(&str) -> T) -> T {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        // As long as it becomes: a text that grows leaves itself behind.
        let mut statement = String::with_capacity(before.len() + 64 + after.len());
        statement.push_str(before);
        for byte in self.0 {
            statement.push(char::from(DIGITS[usize::from(byte >> 4)]));
            statement.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        statement.push_str(after);
        let result = use_it(&statement);
        statement.zeroize();
        result
    }
}

/// Random bytes from the operating system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Fault> {
    SysRng.try_fill_bytes(bytes).map_err(|_| Fault::NoChance)
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}
