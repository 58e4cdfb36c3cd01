//! What access tokens are signed with: seeds of Ed25519 keys, sealed with the master key. A new key is known everywhere
//! before it signs, and an old one stays for as long as a token of its may live, so nobody notices an exchange.

use diesel::prelude::*;

use super::{
    Keys,
    envelope::{Spot, open_key, seal, version},
    ring::Ring,
    schema::{key_ring, signing_key},
};
use crate::{Fault, Key, connection::Connection, key::fill, time::Millis};

/// Milliseconds for which a new key is known before it signs: every process looks once a minute.
const KNOWN_BEFORE: i64 = 120_000;
/// Milliseconds for which a key stays after the next one signs.
const STAYS: i64 = SigningKey::TOKENS_LIVE + 60_000;
/// Milliseconds after which a key is exchanged by itself: 90 days.
const OLD: i64 = 90 * 86_400_000;

/// A key that access tokens are signed with.
#[derive(Clone)]
pub struct SigningKey {
    /// What a token names it by.
    pub id: [u8; 16],
    /// Ed25519's 32 bytes.
    pub seed: Key,
    /// When it begins to sign.
    pub signs_from: Millis,
    /// When no token of its is good any more; absent while there is no key after it.
    pub good_until: Option<Millis>,
}

impl SigningKey {
    /// Milliseconds for which a token is good: a quarter of an hour.
    pub const TOKENS_LIVE: i64 = 900_000;
}

type Row = (Vec<u8>, Vec<u8>, Millis, Millis);

impl Keys {
    /// The keys that sign, oldest first: made when there is none, exchanged when the newest is old, and deleted when
    /// nothing can be good any more that they signed. To be called at the start and once a minute.
    ///
    /// # Errors
    /// [`Fault::MasterKeyExchanged`] in a process that was started with an older master key, or the key store does not
    /// answer.
    pub fn signing_keys(&self, now: Millis) -> Result<Vec<SigningKey>, Fault> {
        let rows = self.read(|_, connection| all(connection))?;
        if rows.last().is_none_or(|(.., created, _)| now.since(*created) > OLD) || ended(&rows, now) > 0 {
            self.write(|ring, connection| {
                let rows = all(connection)?;
                match rows.last() {
                    None => add(ring, connection, now, now)?,
                    Some((.., created, _)) if now.since(*created) > OLD => {
                        add(ring, connection, now, now.plus(KNOWN_BEFORE))?;
                    }
                    Some(_) => {}
                }
                for (id, ..) in rows.iter().take(ended(&rows, now)) {
                    diesel::delete(signing_key::table.filter(signing_key::id.eq(id))).execute(connection)?;
                }
                Ok(())
            })?;
        }
        self.read(|ring, connection| {
            let rows = all(connection)?;
            let next = rows.iter().skip(1).map(|(.., from)| Some(from.plus(SigningKey::TOKENS_LIVE))).chain([None]);
            rows.iter().zip(next).map(|(row, good_until)| ring.open_signing(row, good_until)).collect()
        })
    }

    /// Makes a new key. It signs after two minutes, and the one before it is deleted when the last of its tokens has
    /// ended.
    ///
    /// # Errors
    /// As [`Self::signing_keys`].
    pub fn rotate_signing(&self, now: Millis) -> Result<(), Fault> {
        self.write(|ring, connection| {
            let first = all(connection)?.is_empty();
            add(ring, connection, now, if first { now } else { now.plus(KNOWN_BEFORE) })
        })
    }

    /// HMAC-SHA-256 of `bytes` with a key of the store's that never leaves it and is not exchanged. What has another
    /// purpose has another code.
    ///
    /// # Errors
    /// None but a broken machine.
    pub fn code_of(&self, purpose: &'static str, bytes: &[u8]) -> Result<[u8; 32], Fault> {
        let ring = self.0.ring.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        ring.code_of(purpose, bytes)
    }
}

/// Oldest first.
fn all(connection: &mut Connection) -> Result<Vec<Row>, Fault> {
    Ok(signing_key::table
        .order((signing_key::signs_from, signing_key::created_at, signing_key::id))
        .select((signing_key::id, signing_key::sealed, signing_key::created_at, signing_key::signs_from))
        .load(connection)?)
}

/// How many of the oldest are not needed any more.
fn ended(rows: &[Row], now: Millis) -> usize {
    rows.iter().skip(1).take_while(|(.., from)| from.plus(STAYS) < now).count()
}

fn spot(id: &[u8]) -> Spot<'_> {
    Spot { table: "signing_key", column: "sealed", controller: None, person: None, row: id }
}

fn add(ring: &Ring, connection: &mut Connection, now: Millis, signs_from: Millis) -> Result<(), Fault> {
    let current: i32 = key_ring::table.select(key_ring::master_version).first(connection)?;
    if current != ring.master_version {
        return Err(Fault::MasterKeyExchanged);
    }
    let mut id = [0; 16];
    fill(&mut id)?;
    let sealed = seal(&ring.master, current, &spot(&id), Key::from_system()?.as_bytes())?;
    diesel::insert_into(signing_key::table)
        .values((
            signing_key::id.eq(id.as_slice()),
            signing_key::sealed.eq(sealed),
            signing_key::created_at.eq(now),
            signing_key::signs_from.eq(signs_from),
        ))
        .execute(connection)?;
    Ok(())
}

/// Seals all of them with another master key.
pub(super) fn seal_anew(ring: &Ring, connection: &mut Connection, new: &Key, version: i32) -> Result<(), Fault> {
    for (id, sealed, ..) in all(connection)? {
        let seed = open_key(&ring.master, &spot(&id), &sealed)?;
        diesel::update(signing_key::table.filter(signing_key::id.eq(&id)))
            .set(signing_key::sealed.eq(seal(new, version, &spot(&id), seed.as_bytes())?))
            .execute(connection)?;
    }
    Ok(())
}

impl Ring {
    fn open_signing(&self, row: &Row, good_until: Option<Millis>) -> Result<SigningKey, Fault> {
        let (id, sealed, _, signs_from) = row;
        if version(sealed)? != self.master_version {
            return Err(Fault::MasterKeyExchanged);
        }
        Ok(SigningKey {
            id: id.as_slice().try_into().map_err(|_| Fault::Sealed)?,
            seed: open_key(&self.master, &spot(id), sealed)?,
            signs_from: *signs_from,
            good_until,
        })
    }
}
