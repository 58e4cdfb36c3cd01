//! Refresh tokens: opaque, good once. The next one follows from the one before it by a key that nobody outside has, so
//! that two who hand in the same one at the same moment get the same one, which is stored nowhere.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::Rng;
use sha2::{Digest, Sha256};
use vault::{Fault, Keys, SessionId, rows::token_families::RefreshHash};

use crate::chance::Chance;

const FAMILY: usize = 16;
const SECRET: usize = 32;
const MARK: usize = 16;

/// Family, 256 bits that cannot be guessed, and a mark that shows that it came from here: what has none is not looked up.
pub(super) struct Refresh {
    pub(super) family: SessionId,
    secret: [u8; SECRET],
}

impl Refresh {
    /// The first of a family.
    pub(super) fn first(family: SessionId, chance: &Chance) -> Self {
        let mut secret = [0; SECRET];
        chance.draw(|rng| rng.fill_bytes(&mut secret));
        Self { family, secret }
    }

    /// The one that comes after this one: HMAC-SHA-256 of it.
    pub(super) fn next(&self, keys: &Keys) -> Result<Self, Fault> {
        Ok(Self { family: self.family, secret: keys.code_of("refresh token: next", &self.bytes())? })
    }

    pub(super) fn hash(&self) -> RefreshHash {
        Sha256::digest(self.bytes()).into()
    }

    pub(super) fn to_text(&self, keys: &Keys) -> Result<String, Fault> {
        let bytes = self.bytes();
        Ok(BASE64_URL_SAFE_NO_PAD.encode([bytes.as_slice(), &mark(keys, &bytes)?].concat()))
    }

    /// The token in a text, if it ever was one of ours.
    pub(super) fn from_text(text: &str, keys: &Keys) -> Result<Option<Self>, Fault> {
        let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(text) else { return Ok(None) };
        let Some((bytes, marked)) = bytes.split_at_checked(FAMILY + SECRET) else { return Ok(None) };
        if !is_same(&mark(keys, bytes)?, marked) {
            return Ok(None);
        }
        let (family, secret) = bytes.split_at(FAMILY);
        Ok(family
            .try_into()
            .ok()
            .zip(secret.try_into().ok())
            .map(|(family, secret)| Self { family: SessionId::from_bytes(family), secret }))
    }

    fn bytes(&self) -> Vec<u8> {
        [self.family.as_bytes().as_slice(), &self.secret].concat()
    }
}

fn mark(keys: &Keys, bytes: &[u8]) -> Result<[u8; MARK], Fault> {
    let code = keys.code_of("refresh token: mark", bytes)?;
    Ok(code.first_chunk().copied().unwrap_or_default())
}

/// In a time that tells nothing of where the two differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
