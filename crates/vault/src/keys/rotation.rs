//! Exchanging keys while everyone works. What was sealed with an older key can be read until nothing is left of it, so a
//! stop in the middle leaves everything readable; whoever comes next goes on.

use std::sync::{PoisonError, atomic::Ordering::SeqCst};

use diesel::prelude::*;

use super::{
    Keys,
    envelope::{open_key, seal},
    exchanges,
    people::{add_version, newest_version},
    ring::{Ring, controller_spot, index_spot, person_spot, tell_of_change},
    schema::{controller_key, key_ring, person_key},
    sheet::words_go_with,
    signing,
};
use crate::{
    Fault, Key,
    audit::Class,
    connection::Connection,
    ids::{ControllerId, PersonId},
    time::Millis,
};

/// How many persons' keys are sealed anew in one transaction.
const BATCH: i64 = 500;

/// How many keys an exchange has made or sealed anew.
pub type Rotated = usize;

impl Keys {
    /// Seals the index key, every controller's key and those that sign with `new` instead of the master key: all of it or nothing.
    /// `words` are the check words of the new key's recovery sheet; none if others than `words` belong to it.
    ///
    /// Processes that were started with the old key go on with the controllers that they know; they are to be started
    /// again with the new one.
    ///
    /// # Errors
    /// [`Fault::MasterKeyExchanged`] when another process did it first, or the key store does not answer.
    pub fn rotate_master(&self, new: &Key, words: &str, now: Millis) -> Result<Option<Rotated>, Fault> {
        if !words_go_with(words, new) {
            return Ok(None);
        }
        let mut ring = self.0.ring.write().unwrap_or_else(PoisonError::into_inner);
        let (version, rotated) = self.0.store.write(|connection| ring.seal_anew(connection, new, now))?;
        ring.master = new.clone();
        ring.master_version = version;
        Ok(Some(rotated))
    }

    /// Gives a controller a new key and seals its persons' keys with that, some at a time.
    ///
    /// # Errors
    /// When the key store does not answer; to be tried again then.
    pub fn rotate_controller(&self, of: ControllerId, now: Millis) -> Result<Rotated, Fault> {
        self.write(|ring, connection| {
            let (newest, _) = ring.newest(connection, of)?;
            ring.add(connection, of, newest + 1, now)?;
            exchanges::note(connection, Class::ControllerKeys, Some(of), now)?;
            tell_of_change(connection)
        })?;
        self.finish_controller(of)
    }

    /// Seals what is left with an older key of a controller, then deletes that.
    ///
    /// # Errors
    /// When the key store does not answer; to be tried again then.
    pub fn finish_controller(&self, of: ControllerId) -> Result<Rotated, Fault> {
        let mut rotated = 0;
        loop {
            let some = self.write(|ring, connection| seal_some(ring, connection, of))?;
            if some == 0 {
                return Ok(rotated);
            }
            rotated += some;
        }
    }

    /// Gives a person a new key: what is written from now on is sealed with it, and what there is follows by
    /// [`renew`](crate::rows::renewal::renew).
    ///
    /// # Errors
    /// [`Fault::NoKey`] when there is no such person, or the key store does not answer.
    pub fn rotate_person(&self, controller: ControllerId, person: PersonId, now: Millis) -> Result<(), Fault> {
        self.write(|ring, connection| {
            let newest = newest_version(connection, controller, person)?.ok_or(Fault::NoKey)?;
            add_version(ring, connection, controller, person, newest + 1, now)?;
            exchanges::note(connection, Class::PersonKeys, Some(controller), now)?;
            tell_of_change(connection)
        })?;
        self.forget(controller, person);
        self.0.unsettled.store(true, SeqCst);
        Ok(())
    }

    /// All controllers that have a key.
    ///
    /// # Errors
    /// When the key store does not answer.
    pub fn controllers(&self) -> Result<Vec<ControllerId>, Fault> {
        self.read(|_, connection| {
            Ok(controller_key::table
                .select(controller_key::controller_id)
                .distinct()
                .order(controller_key::controller_id)
                .load(connection)?)
        })
    }

    /// All persons of a controller that have a key.
    ///
    /// # Errors
    /// When the key store does not answer.
    pub fn persons(&self, of: ControllerId) -> Result<Vec<PersonId>, Fault> {
        self.read(|_, connection| {
            Ok(person_key::table
                .filter(person_key::controller_id.eq(of))
                .select(person_key::person_id)
                .distinct()
                .order(person_key::person_id)
                .load(connection)?)
        })
    }

    /// Some persons who have an older key still, at most `most`, with when it was retired if it was.
    pub(crate) fn unfinished(&self, most: i64) -> Result<Vec<(ControllerId, PersonId, Option<Millis>)>, Fault> {
        if !self.0.unsettled.swap(false, SeqCst) {
            return Ok(Vec::new());
        }
        let found = self.read(|_, connection| {
            let newer = diesel::alias!(person_key as newer);
            Ok(person_key::table
                .filter(diesel::dsl::exists(
                    newer
                        .filter(newer.field(person_key::controller_id).eq(person_key::controller_id))
                        .filter(newer.field(person_key::person_id).eq(person_key::person_id))
                        .filter(newer.field(person_key::version).gt(person_key::version)),
                ))
                .select((person_key::controller_id, person_key::person_id, person_key::retired_at))
                .order((person_key::retired_at.is_not_null(), person_key::retired_at))
                .limit(most)
                .load(connection)?)
        });
        // Asked again until there is an answer, and the answer is nobody.
        self.0.unsettled.fetch_or(!matches!(&found, Ok(nobody) if nobody.is_empty()), SeqCst);
        found
    }

    /// Notes that nothing is sealed with a person's older keys any more.
    pub(crate) fn retire(&self, controller: ControllerId, person: PersonId, now: Millis) -> Result<(), Fault> {
        self.write(|_, connection| {
            let newest = newest_version(connection, controller, person)?.ok_or(Fault::NoKey)?;
            diesel::update(person_key::table)
                .filter(person_key::controller_id.eq(controller))
                .filter(person_key::person_id.eq(person))
                .filter(person_key::version.lt(newest))
                .filter(person_key::retired_at.is_null())
                .set(person_key::retired_at.eq(now))
                .execute(connection)?;
            Ok(())
        })
    }

    /// Deletes those of a person's keys that were retired before `before`.
    pub(crate) fn drop_retired(&self, controller: ControllerId, person: PersonId, before: Millis) -> Result<(), Fault> {
        self.write(|_, connection| {
            diesel::delete(person_key::table)
                .filter(person_key::controller_id.eq(controller))
                .filter(person_key::person_id.eq(person))
                .filter(person_key::retired_at.lt(before))
                .execute(connection)?;
            tell_of_change(connection)
        })?;
        self.forget(controller, person);
        self.0.store.leave_nothing()
    }
}

impl Ring {
    fn seal_anew(&self, connection: &mut Connection, new: &Key, now: Millis) -> Result<(i32, Rotated), Fault> {
        let current: i32 = key_ring::table.select(key_ring::master_version).first(connection)?;
        if current != self.master_version {
            return Err(Fault::MasterKeyExchanged);
        }
        let next = current + 1;
        let rows: Vec<(ControllerId, i32, Vec<u8>)> = controller_key::table
            .select((controller_key::controller_id, controller_key::version, controller_key::sealed))
            .load(connection)?;
        for (controller, version, sealed) in &rows {
            let row = version.to_be_bytes();
            let spot = controller_spot(*controller, &row);
            let key = open_key(&self.master, &spot, sealed)?;
            diesel::update(controller_key::table)
                .filter(controller_key::controller_id.eq(controller))
                .filter(controller_key::version.eq(version))
                .set(controller_key::sealed.eq(seal(new, next, &spot, key.as_bytes())?))
                .execute(connection)?;
        }
        signing::seal_anew(self, connection, new, next)?;
        let sealed: Vec<u8> = key_ring::table.select(key_ring::index_key).first(connection)?;
        let index = open_key(&self.master, &index_spot(&self.id), &sealed)?;
        diesel::update(key_ring::table)
            .set((
                key_ring::index_key.eq(seal(new, next, &index_spot(&self.id), index.as_bytes())?),
                key_ring::master_version.eq(next),
                key_ring::sheet_confirmed_at.eq(now),
            ))
            .execute(connection)?;
        exchanges::note(connection, Class::MasterKey, None, now)?;
        tell_of_change(connection)?;
        Ok((next, rows.len()))
    }
}

/// Seals some persons' keys with the controller's newest; when none is left, deletes its older ones.
fn seal_some(ring: &Ring, connection: &mut Connection, of: ControllerId) -> Result<Rotated, Fault> {
    let (newest, above) = ring.newest(connection, of)?;
    let rows: Vec<(PersonId, i32, i32, Vec<u8>)> = person_key::table
        .filter(person_key::controller_id.eq(of))
        .filter(person_key::controller_version.lt(newest))
        .select((person_key::person_id, person_key::version, person_key::controller_version, person_key::sealed))
        .limit(BATCH)
        .load(connection)?;
    for (person, version, sealed_with, sealed) in &rows {
        let row = version.to_be_bytes();
        let spot = person_spot(of, *person, &row);
        let key = open_key(&ring.controller(connection, of, *sealed_with)?, &spot, sealed)?;
        diesel::update(person_key::table)
            .filter(person_key::controller_id.eq(of))
            .filter(person_key::person_id.eq(person))
            .filter(person_key::version.eq(version))
            .set((
                person_key::controller_version.eq(newest),
                person_key::sealed.eq(seal(&above, newest, &spot, key.as_bytes())?),
            ))
            .execute(connection)?;
    }
    if rows.is_empty() {
        diesel::delete(controller_key::table)
            .filter(controller_key::controller_id.eq(of))
            .filter(controller_key::version.lt(newest))
            .execute(connection)?;
    }
    Ok(rows.len())
}
