//! The keys above the persons': the index key and the controllers', held in memory.

use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
};

use diesel::prelude::*;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{
    Keys,
    envelope::{Spot, open_key, seal, version},
    schema::{controller_key, key_ring},
    sheet::words_go_with,
    store::Store,
};
use crate::{
    Fault, Key, OpenError,
    connection::Connection,
    ids::{ControllerId, PersonId},
    key::fill,
    time::Millis,
};

pub(super) struct Ring {
    pub(super) id: Vec<u8>,
    pub(super) master: Key,
    pub(super) master_version: i32,
    index: Key,
    controllers: Mutex<HashMap<(ControllerId, i32), Key>>,
    changes: AtomicI64,
}

pub(super) fn index_spot(ring: &[u8]) -> Spot<'_> {
    Spot { table: "key_ring", column: "index_key", controller: None, person: None, row: ring }
}

pub(super) fn controller_spot(controller: ControllerId, version: &[u8; 4]) -> Spot<'_> {
    Spot { table: "controller_key", column: "sealed", controller: Some(controller), person: None, row: version }
}

impl Ring {
    /// The ring of a store: the one that lies in it, or a new one if data that are new shall go with it.
    pub(super) fn take(store: &Store, master: &Key, expected: Option<&[u8]>) -> Result<Self, OpenError> {
        type Row = (Vec<u8>, i32, Vec<u8>, i64);
        let failed = |fault: Fault| OpenError::Keys(fault.to_string());
        let (id, master_version, sealed, changes): Row = store
            .write(|connection| {
                let found = key_ring::table
                    .select((key_ring::id, key_ring::master_version, key_ring::index_key, key_ring::changes))
                    .first::<Row>(connection)
                    .optional()?;
                match (found, expected) {
                    (None, Some(_)) => Ok(None),
                    (Some(found), _) => Ok(Some(found)),
                    (None, None) => make(connection, master).map(Some),
                }
            })
            .map_err(failed)?
            .ok_or(OpenError::KeysMissing)?;
        if expected.is_some_and(|expected| expected != id) {
            return Err(OpenError::ForeignKeys);
        }
        let index = open_key(master, &index_spot(&id), &sealed).map_err(|_| OpenError::WrongMasterKey)?;
        let (controllers, changes) = (Mutex::default(), AtomicI64::new(changes));
        Ok(Self { id, master: master.clone(), master_version, index, controllers, changes })
    }

    /// Whether keys were changed since this was last asked.
    pub(super) fn is_stale(&self, connection: &mut Connection) -> Result<bool, Fault> {
        let changes: i64 = key_ring::table.select(key_ring::changes).first(connection)?;
        Ok(self.changes.swap(changes, Relaxed) != changes)
    }

    /// The index of a text: HMAC-SHA-256, of which nothing leads back to the text without the index key.
    pub(super) fn index_of(&self, kind: &str, within: &[u8], text: &str) -> Result<Vec<u8>, Fault> {
        Ok(self.code([kind.as_bytes(), within, text.trim().to_lowercase().as_bytes()])?.to_vec())
    }

    /// A code for anything else than a name. Two parts, where an index has three: no purpose can ever meet a kind of name.
    pub(super) fn code_of(&self, purpose: &str, bytes: &[u8]) -> Result<[u8; 32], Fault> {
        self.code([purpose.as_bytes(), bytes])
    }

    /// Every part with its length before it, so that no two lists give the same bytes.
    fn code<const PARTS: usize>(&self, parts: [&[u8]; PARTS]) -> Result<[u8; 32], Fault> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.index.as_bytes()).map_err(|_| Fault::Sealed)?;
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Ok(mac.finalize().into_bytes().into())
    }

    /// The newest version of a controller's key.
    pub(super) fn newest(&self, connection: &mut Connection, of: ControllerId) -> Result<(i32, Key), Fault> {
        let newest: Option<i32> = controller_key::table
            .filter(controller_key::controller_id.eq(of))
            .select(diesel::dsl::max(controller_key::version))
            .first(connection)?;
        let newest = newest.ok_or(Fault::NoKey)?;
        Ok((newest, self.controller(connection, of, newest)?))
    }

    /// One version of a controller's key, from memory if it was needed before.
    pub(super) fn controller(&self, connection: &mut Connection, of: ControllerId, at: i32) -> Result<Key, Fault> {
        if let Some(key) = self.held().get(&(of, at)) {
            return Ok(key.clone());
        }
        let sealed: Vec<u8> = controller_key::table
            .filter(controller_key::controller_id.eq(of))
            .filter(controller_key::version.eq(at))
            .select(controller_key::sealed)
            .first(connection)
            .optional()?
            .ok_or(Fault::NoKey)?;
        if version(&sealed)? != self.master_version {
            return Err(Fault::MasterKeyExchanged);
        }
        let key = open_key(&self.master, &controller_spot(of, &at.to_be_bytes()), &sealed)?;
        self.held().insert((of, at), key.clone());
        Ok(key)
    }

    /// Adds a version of a controller's key.
    pub(super) fn add(&self, connection: &mut Connection, of: ControllerId, at: i32, now: Millis) -> Result<(), Fault> {
        let current: i32 = key_ring::table.select(key_ring::master_version).first(connection)?;
        if current != self.master_version {
            return Err(Fault::MasterKeyExchanged);
        }
        let spot_row = at.to_be_bytes();
        let sealed =
            seal(&self.master, current, &controller_spot(of, &spot_row), Key::from_system()?.as_bytes().as_slice())?;
        diesel::insert_into(controller_key::table)
            .values((
                controller_key::controller_id.eq(of),
                controller_key::version.eq(at),
                controller_key::sealed.eq(sealed),
                controller_key::created_at.eq(now),
            ))
            .execute(connection)?;
        Ok(())
    }

    /// Lets go of a controller's keys in memory.
    pub(super) fn let_go(&self, of: ControllerId) {
        self.held().retain(|(controller, _), _| *controller != of);
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<(ControllerId, i32), Key>> {
        self.controllers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make(connection: &mut Connection, master: &Key) -> Result<(Vec<u8>, i32, Vec<u8>, i64), Fault> {
    let mut id = [0; 16];
    fill(&mut id)?;
    let sealed = seal(master, 1, &index_spot(&id), Key::from_system()?.as_bytes())?;
    diesel::insert_into(key_ring::table)
        .values((
            key_ring::id.eq(id.as_slice()),
            key_ring::master_version.eq(1),
            key_ring::index_key.eq(&sealed),
            key_ring::changes.eq(0_i64),
        ))
        .execute(connection)?;
    Ok((id.to_vec(), 1, sealed, 0))
}

/// Lets other processes know that keys changed.
pub(super) fn tell_of_change(connection: &mut Connection) -> Result<(), Fault> {
    diesel::update(key_ring::table).set(key_ring::changes.eq(key_ring::changes + 1_i64)).execute(connection)?;
    Ok(())
}

impl Keys {
    /// Whether somebody has said that the recovery sheet is kept.
    ///
    /// # Errors
    /// When the key store does not answer.
    pub fn is_confirmed(&self) -> Result<bool, Fault> {
        self.read(|_, connection| {
            let at: Option<Millis> = key_ring::table.select(key_ring::sheet_confirmed_at).first(connection)?;
            Ok(at.is_some())
        })
    }

    /// Takes the words of the recovery sheet as the sign that it is kept. False if they are others.
    ///
    /// # Errors
    /// When the key store does not answer.
    pub fn confirm(&self, words: &str, now: Millis) -> Result<bool, Fault> {
        self.write(|ring, connection| {
            if !words_go_with(words, &ring.master) {
                return Ok(false);
            }
            diesel::update(key_ring::table).set(key_ring::sheet_confirmed_at.eq(now)).execute(connection)?;
            Ok(true)
        })
    }

    /// Makes a controller's first key, once.
    pub(crate) fn admit_controller(&self, id: ControllerId, now: Millis) -> Result<(), Fault> {
        self.write(|ring, connection| match ring.newest(connection, id) {
            Err(Fault::NoKey) => ring.add(connection, id, 1, now),
            found => found.map(drop),
        })
    }
}

/// Where a person's own key is sealed.
pub(super) fn person_spot(controller: ControllerId, person: PersonId, version: &[u8; 4]) -> Spot<'_> {
    Spot { table: "person_key", column: "sealed", controller: Some(controller), person: Some(person), row: version }
}
