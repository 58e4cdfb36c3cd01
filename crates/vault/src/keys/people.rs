//! Persons' keys, by what names they are found, and what their passwords hash to.

use std::sync::{Arc, PoisonError};

use diesel::prelude::*;

use super::{
    Keys,
    envelope::{self, Spot, open_key, seal},
    ring::{Ring, person_spot, tell_of_change},
    schema::{blind_index, credential, person_key},
};
use crate::{
    Fault, Key,
    connection::{Connection, on_each},
    ids::{ControllerId, PersonId},
    registry::{self, ties},
    rows::erasure::delete_tied,
    time::Millis,
};

/// A person's keys, the newest version first. Never empty.
pub(super) struct PersonKeys(Vec<(i32, Key)>);

impl PersonKeys {
    fn newest(&self) -> Result<&(i32, Key), Fault> {
        self.0.first().ok_or(Fault::NoKey)
    }

    fn at(&self, version: i32) -> Option<&Key> {
        self.0.iter().find(|(at, _)| *at == version).map(|(_, key)| key)
    }
}

/// Somebody who is to have keys.
pub(crate) struct Newcomer<'a> {
    pub(crate) controller: ControllerId,
    pub(crate) person: PersonId,
    pub(crate) user_name: &'a str,
    pub(crate) email: Option<&'a str>,
    pub(crate) external_id: Option<&'a str>,
    pub(crate) at: Millis,
}

/// What became of a newcomer.
pub(crate) enum Admission {
    Admitted,
    /// The user name or the external id is somebody else's: theirs, or a key's that a crash left behind.
    Taken(ControllerId, PersonId),
}

impl Keys {
    /// Gives persons keys and the names by which they are found, in one commit. Once, however often it is asked for the
    /// same ones; up to the first whose names are taken.
    pub(crate) fn admit(&self, newcomers: &[Newcomer<'_>]) -> Result<Admission, Fault> {
        self.write(|ring, connection| {
            for new in newcomers {
                let names = Names::of(ring, new)?;
                if let Some((controller, person)) = names.owner(connection, new)? {
                    return Ok(Admission::Taken(controller, person));
                }
                names.save(connection, new)?;
                if newest_version(connection, new.controller, new.person)?.is_none() {
                    add_version(ring, connection, new.controller, new.person, 1, new.at)?;
                }
            }
            Ok(Admission::Admitted)
        })
    }

    /// What transactions that add the same names have in common: for locks, to be taken in this order.
    pub(crate) fn claims(&self, newcomers: &[Newcomer<'_>]) -> Result<Vec<i64>, Fault> {
        self.read(|ring, _| {
            let mut claims = Vec::new();
            for new in newcomers {
                let names = Names::of(ring, new)?;
                let hashes = [Some(names.user_name), names.external_id].into_iter().flatten();
                claims.extend(hashes.filter_map(|hash| Some(i64::from_be_bytes(*hash.first_chunk()?))));
            }
            claims.sort_unstable();
            Ok(claims)
        })
    }

    /// Seals a text of a person's with their newest key.
    ///
    /// # Errors
    /// [`Fault::NoKey`] when the person has none: never admitted, or forgotten.
    pub(crate) fn seal(&self, spot: &Spot<'_>, text: &str) -> Result<Vec<u8>, Fault> {
        let keys = self.of(spot)?.ok_or(Fault::NoKey)?;
        let (version, key) = keys.newest()?;
        seal(key, *version, spot, text.as_bytes())
    }

    /// Opens a person's text; none if the person is forgotten.
    ///
    /// # Errors
    /// [`Fault::Sealed`] when it was sealed for another place or damaged.
    pub(crate) fn unseal(&self, spot: &Spot<'_>, sealed: &[u8]) -> Result<Option<String>, Fault> {
        let version = envelope::version(sealed)?;
        let Some(mut keys) = self.of(spot)? else { return Ok(None) };
        if keys.at(version).is_none() {
            // Another process may have given the person a newer key.
            if let (Some(controller), Some(person)) = (spot.controller, spot.person) {
                self.forget(controller, person);
            }
            let Some(fresh) = self.of(spot)? else { return Ok(None) };
            keys = fresh;
        }
        let key = keys.at(version).ok_or(Fault::Sealed)?;
        let mut plain = envelope::open(key, spot, sealed)?;
        String::from_utf8(std::mem::take(&mut *plain)).map(Some).map_err(|_| Fault::Sealed)
    }

    /// The newest version of a person's key; none if the person is forgotten.
    pub(crate) fn newest_version(&self, controller: ControllerId, person: PersonId) -> Result<Option<i32>, Fault> {
        self.read(|_, connection| newest_version(connection, controller, person))
    }

    /// From memory; else from the store.
    fn of(&self, spot: &Spot<'_>) -> Result<Option<Arc<PersonKeys>>, Fault> {
        let (Some(controller), Some(person)) = (spot.controller, spot.person) else { return Err(Fault::NoKey) };
        let held = || self.0.people.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(keys) = held().get(&(controller, person)) {
            return Ok(Some(Arc::clone(keys)));
        }
        // Put into memory while the store is held: what is deleted after that is also forgotten after that.
        self.read(|ring, connection| {
            let Some(keys) = load(ring, connection, controller, person)? else { return Ok(None) };
            let keys = Arc::new(keys);
            held().put((controller, person), Arc::clone(&keys));
            Ok(Some(keys))
        })
    }

    /// Takes back keys that were given to somebody who was then not added.
    pub(crate) fn take_back(&self, controller: ControllerId, person: PersonId) -> Result<(), Fault> {
        self.write(|_, connection| {
            shred(connection, controller, person)?;
            tell_of_change(connection)
        })?;
        self.forget(controller, person);
        self.0.store.leave_nothing()
    }

    /// Sets the hash of persons' passwords, in one commit.
    pub(crate) fn set_passwords(
        &self,
        controller: ControllerId,
        persons: &[PersonId],
        hash: &str,
        now: Millis,
    ) -> Result<(), Fault> {
        self.write(|_, connection| {
            for person in persons {
                on_each!(connection, each => diesel::insert_into(credential::table)
                    .values((
                        credential::controller_id.eq(controller),
                        credential::person_id.eq(person),
                        credential::password_hash.eq(hash),
                        credential::changed_at.eq(now),
                    ))
                    .on_conflict((credential::controller_id, credential::person_id))
                    .do_update()
                    .set((credential::password_hash.eq(hash), credential::changed_at.eq(now)))
                    .execute(each))?;
            }
            Ok(())
        })
    }

    /// Whose a user name is.
    pub(crate) fn owner_of(&self, user_name: &str) -> Result<Option<(ControllerId, PersonId)>, Fault> {
        self.read(|ring, connection| {
            Ok(blind_index::table
                .filter(blind_index::user_name.eq(ring.index_of("user name", &[], user_name)?))
                .select((blind_index::controller_id, blind_index::person_id))
                .first(connection)
                .optional()?)
        })
    }

    /// Whose a user name is, and what their password hashes to.
    pub(crate) fn credential(&self, user_name: &str) -> Result<Option<(ControllerId, PersonId, String)>, Fault> {
        self.read(|ring, connection| {
            let user_name = ring.index_of("user name", &[], user_name)?;
            Ok(blind_index::table
                .inner_join(
                    credential::table.on(credential::controller_id
                        .eq(blind_index::controller_id)
                        .and(credential::person_id.eq(blind_index::person_id))),
                )
                .filter(blind_index::user_name.eq(user_name))
                .select((blind_index::controller_id, blind_index::person_id, credential::password_hash))
                .first(connection)
                .optional()?)
        })
    }
}

/// Deletes a person's keys and everything that leads to them: what was sealed with them cannot be read again, here or in
/// any copy of the data.
pub(super) fn shred(connection: &mut Connection, controller: ControllerId, person: PersonId) -> Result<(), Fault> {
    for tie in ties(registry::Store::Keys) {
        delete_tied(connection, tie.table, tie.column, controller, person)?;
    }
    Ok(())
}

fn load(
    ring: &Ring,
    connection: &mut Connection,
    controller: ControllerId,
    person: PersonId,
) -> Result<Option<PersonKeys>, Fault> {
    let rows: Vec<(i32, i32, Vec<u8>)> = person_key::table
        .filter(person_key::controller_id.eq(controller))
        .filter(person_key::person_id.eq(person))
        .select((person_key::version, person_key::controller_version, person_key::sealed))
        .order(person_key::version.desc())
        .load(connection)?;
    let mut keys = Vec::with_capacity(rows.len());
    for (version, above, sealed) in rows {
        let above = ring.controller(connection, controller, above)?;
        keys.push((version, open_key(&above, &person_spot(controller, person, &version.to_be_bytes()), &sealed)?));
    }
    Ok(if keys.is_empty() { None } else { Some(PersonKeys(keys)) })
}

pub(super) fn newest_version(
    connection: &mut Connection,
    controller: ControllerId,
    person: PersonId,
) -> Result<Option<i32>, Fault> {
    Ok(person_key::table
        .filter(person_key::controller_id.eq(controller))
        .filter(person_key::person_id.eq(person))
        .select(diesel::dsl::max(person_key::version))
        .first(connection)?)
}

/// Adds a version of a person's key, sealed with the controller's newest.
pub(super) fn add_version(
    ring: &Ring,
    connection: &mut Connection,
    controller: ControllerId,
    person: PersonId,
    version: i32,
    now: Millis,
) -> Result<(), Fault> {
    let (above_version, above) = ring.newest(connection, controller)?;
    let row = version.to_be_bytes();
    let sealed =
        seal(&above, above_version, &person_spot(controller, person, &row), Key::from_system()?.as_bytes().as_slice())?;
    diesel::insert_into(person_key::table)
        .values((
            person_key::controller_id.eq(controller),
            person_key::person_id.eq(person),
            person_key::version.eq(version),
            person_key::controller_version.eq(above_version),
            person_key::sealed.eq(sealed),
            person_key::created_at.eq(now),
        ))
        .execute(connection)?;
    Ok(())
}

/// The indexes of somebody's names.
struct Names {
    user_name: Vec<u8>,
    email: Option<Vec<u8>>,
    external_id: Option<Vec<u8>>,
}

impl Names {
    fn of(ring: &Ring, new: &Newcomer<'_>) -> Result<Self, Fault> {
        let within = new.controller.as_bytes().as_slice();
        Ok(Self {
            user_name: ring.index_of("user name", &[], new.user_name)?,
            email: new.email.map(|email| ring.index_of("e-mail", &[], email)).transpose()?,
            external_id: new.external_id.map(|id| ring.index_of("external id", within, id)).transpose()?,
        })
    }

    /// Somebody else who has one of the names that only one may have.
    fn owner(
        &self,
        connection: &mut Connection,
        new: &Newcomer<'_>,
    ) -> Result<Option<(ControllerId, PersonId)>, Fault> {
        let found: Vec<(ControllerId, PersonId)> = blind_index::table
            .filter(
                blind_index::user_name
                    .eq(&self.user_name)
                    .or(blind_index::external_id.is_not_null().and(blind_index::external_id.eq(&self.external_id))),
            )
            .select((blind_index::controller_id, blind_index::person_id))
            .load(connection)?;
        Ok(found.into_iter().find(|owner| *owner != (new.controller, new.person)))
    }

    fn save(&self, connection: &mut Connection, new: &Newcomer<'_>) -> Result<(), Fault> {
        let names = (
            blind_index::user_name.eq(&self.user_name),
            blind_index::email.eq(&self.email),
            blind_index::external_id.eq(&self.external_id),
        );
        on_each!(connection, each => diesel::insert_into(blind_index::table)
            .values((
                blind_index::controller_id.eq(new.controller),
                blind_index::person_id.eq(new.person),
                names,
            ))
            .on_conflict((blind_index::controller_id, blind_index::person_id))
            .do_update()
            .set(names)
            .execute(each))?;
        Ok(())
    }
}
