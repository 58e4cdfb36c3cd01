//! The key of an encrypted SQLite file.

use std::{fmt, hint::black_box};

use rand::Rng;

/// 32 random bytes, used as they are (no passphrase is stretched). Never printed, and overwritten
/// in memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// The key with exactly these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new key; `chance` must be fit for cryptography.
    pub fn random(chance: &mut impl Rng) -> Self {
        let mut bytes = [0; 32];
        chance.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The bytes, for storing the key outside the data directory.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Hands `use_it` the statement that unlocks a SQLite file, and overwrites the text afterwards.
    pub(crate) fn with_statement<T>(&self, use_it: impl FnOnce(&str) -> T) -> T {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut statement = String::with_capacity(96);
        statement.push_str("PRAGMA key = \"x'");
        for byte in self.0 {
            statement.push(char::from(DIGITS[usize::from(byte >> 4)]));
            statement.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        statement.push_str("'\"");
        let result = use_it(&statement);
        let mut bytes = statement.into_bytes();
        bytes.fill(0);
        black_box(&bytes);
        result
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.fill(0);
        black_box(&self.0);
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}
