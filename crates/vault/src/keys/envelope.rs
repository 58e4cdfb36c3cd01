//! Sealing: AES-256-GCM-SIV (RFC 8452) with a random nonce, bound to the place where the sealed bytes lie.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version of this format: 1 |
//! | 1 | algorithm: 1 is AES-256-GCM-SIV |
//! | 4 | version of the key, most significant byte first |
//! | 12 | nonce |
//! | as many as were sealed | ciphertext |
//! | 16 | tag |

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use crate::{
    Fault, Key,
    ids::{ControllerId, PersonId},
    key::fill,
};

const FORMAT: u8 = 1;
const ALGORITHM: u8 = 1;
/// Format, algorithm and key version.
pub(crate) const HEADER: usize = 6;
const NONCE: usize = 12;
const TAG: usize = 16;

/// Where sealed bytes lie. Moved anywhere else they do not open.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'a> {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) controller: Option<ControllerId>,
    /// Whose key it is; absent where a key is sealed that is nobody's in particular.
    pub(crate) person: Option<PersonId>,
    /// What tells the row from the person's others; empty where there is one row a person.
    pub(crate) row: &'a [u8],
}

impl Spot<'_> {
    /// Every part with its length before it, so that no two spots give the same bytes.
    fn bound_to(&self, header: &[u8]) -> Vec<u8> {
        let parts: [&[u8]; 6] = [
            header,
            self.table.as_bytes(),
            self.column.as_bytes(),
            self.controller.as_ref().map_or(&[], |id| id.as_bytes().as_slice()),
            self.person.as_ref().map_or(&[], |id| id.as_bytes().as_slice()),
            self.row,
        ];
        let mut bytes = Vec::with_capacity(128);
        for part in parts {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        }
        bytes
    }
}

/// What everything starts with that was sealed with this version of a key.
pub(crate) fn header(version: i32) -> [u8; HEADER] {
    let [a, b, c, d] = version.to_be_bytes();
    [FORMAT, ALGORITHM, a, b, c, d]
}

/// Seals `plain` with the version `version` of a key, for `spot` only. 34 bytes longer than `plain`.
///
/// # Errors
/// When the operating system gives no random bytes.
pub(crate) fn seal(key: &Key, version: i32, spot: &Spot<'_>, plain: &[u8]) -> Result<Vec<u8>, Fault> {
    let header = header(version);
    let mut nonce = [0; NONCE];
    fill(&mut nonce)?;
    let sealed = Aes256GcmSiv::new(key.as_bytes().into())
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &spot.bound_to(&header) })
        .map_err(|_| Fault::Sealed)?;
    Ok([&header, nonce.as_slice(), &sealed].concat())
}

/// The version of the key that `sealed` was sealed with.
///
/// # Errors
/// [`Fault::Sealed`] when it is no sealed field of a known format.
pub(crate) fn version(sealed: &[u8]) -> Result<i32, Fault> {
    match sealed {
        [FORMAT, ALGORITHM, a, b, c, d, rest @ ..] if rest.len() >= NONCE + TAG => {
            Ok(i32::from_be_bytes([*a, *b, *c, *d]))
        }
        _ => Err(Fault::Sealed),
    }
}

/// Opens what was sealed for `spot`.
///
/// # Errors
/// [`Fault::Sealed`] when it was sealed with another key, for another spot, or was changed since.
pub(crate) fn open(key: &Key, spot: &Spot<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
    version(sealed)?;
    let (header, rest) = sealed.split_at(HEADER);
    let (nonce, ciphertext) = rest.split_at(NONCE);
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Fault::Sealed)?;
    Aes256GcmSiv::new(key.as_bytes().into())
        .decrypt(&Nonce::from(nonce), Payload { msg: ciphertext, aad: &spot.bound_to(header) })
        .map(Zeroizing::new)
        .map_err(|_| Fault::Sealed)
}

/// Opens a key that was sealed for `spot`.
pub(crate) fn open_key(key: &Key, spot: &Spot<'_>, sealed: &[u8]) -> Result<Key, Fault> {
    let bytes = open(key, spot, sealed)?;
    Ok(Key::from_bytes(bytes.as_slice().try_into().map_err(|_| Fault::Sealed)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot() -> Spot<'static> {
        Spot {
            table: "person",
            column: "name",
            controller: Some(ControllerId::from_bytes([1; 16])),
            person: Some(PersonId::from_bytes([2; 16])),
            row: b"row",
        }
    }

    #[test]
    fn what_was_sealed_opens_where_it_lies_and_nowhere_else() {
        let key = Key::from_bytes([3; 32]);
        let sealed = seal(&key, 7, &spot(), "Alva Lind".as_bytes()).unwrap();
        assert_eq!(sealed.len(), "Alva Lind".len() + 34);
        assert_eq!(version(&sealed).unwrap(), 7);
        assert_eq!(open(&key, &spot(), &sealed).unwrap().as_slice(), "Alva Lind".as_bytes());
        for elsewhere in [
            Spot { table: "line", ..spot() },
            Spot { column: "email", ..spot() },
            Spot { controller: Some(ControllerId::from_bytes([9; 16])), ..spot() },
            Spot { person: Some(PersonId::from_bytes([9; 16])), ..spot() },
            Spot { person: None, ..spot() },
            Spot { row: b"another", ..spot() },
            // The same letters, but not the same parts.
            Spot { table: "personn", column: "ame", ..spot() },
        ] {
            assert!(
                matches!(open(&key, &elsewhere, &sealed), Err(Fault::Sealed)),
                "{}.{}",
                elsewhere.table,
                elsewhere.column
            );
        }
        assert!(matches!(open(&Key::from_bytes([4; 32]), &spot(), &sealed), Err(Fault::Sealed)));
    }

    #[test]
    fn every_changed_bit_is_noticed() {
        let key = Key::from_bytes([3; 32]);
        let sealed = seal(&key, 7, &spot(), b"3x = 12").unwrap();
        for at in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[at / 8] ^= 1 << (at % 8);
            assert!(matches!(open(&key, &spot(), &changed), Err(Fault::Sealed)), "bit {at}");
        }
        for short in 0..sealed.len() {
            assert!(matches!(open(&key, &spot(), &sealed[..short]), Err(Fault::Sealed)), "{short} bytes");
        }
    }

    #[test]
    fn the_same_text_never_looks_the_same() {
        let key = Key::from_bytes([3; 32]);
        let seen: std::collections::HashSet<_> = (0..1000).map(|_| seal(&key, 1, &spot(), b"x = 4").unwrap()).collect();
        assert_eq!(seen.len(), 1000);
    }
}
