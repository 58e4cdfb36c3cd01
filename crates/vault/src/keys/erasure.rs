//! Forgetting: keys go, and it is remembered in the same commit whose data are to go after them. That is the ledger of
//! erasures: keyed hashes, which say nothing of anybody to whoever has not the index key and the id.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::PoisonError,
};

use diesel::prelude::*;

use super::{
    Keys,
    people::shred,
    ring::{Ring, tell_of_change},
    schema::{controller_key, erasure, person_key},
};
use crate::{
    Fault,
    connection::{Connection, on_each},
    ids::{ControllerId, PersonId},
    registry::{Store, under_a_controller},
    rows::erasure::delete_under,
    time::Millis,
};

/// What stands for a rule where it was asked for.
pub const REQUEST: &str = "request";
/// The same for an erasure of which only the ledger still knew.
const LEDGER: &str = "ledger";

/// What stands in the ledger for one erasure.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(Vec<u8>);

impl Mark {
    fn of_person(ring: &Ring, controller: ControllerId, person: PersonId) -> Result<Self, Fault> {
        let whose = [controller.as_bytes().as_slice(), person.as_bytes().as_slice()].concat();
        Ok(Self(ring.code_of("erasure of a person", &whose)?.to_vec()))
    }

    fn of_controller(ring: &Ring, controller: ControllerId) -> Result<Self, Fault> {
        Ok(Self(ring.code_of("erasure of a controller", controller.as_bytes())?.to_vec()))
    }

    /// Its 32 bytes; 16 of one that an older program wrote.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// When it was decided, and by which rule.
#[derive(Clone)]
pub struct Decided {
    pub at: Millis,
    /// Its id, or `request`.
    pub rule: String,
}

/// Every erasure that is remembered, and whose they are.
pub(crate) struct Erasures<'k> {
    keys: &'k Keys,
    marks: BTreeMap<Mark, Decided>,
}

impl Erasures<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Whether everything under the controller is to go. An older program remembered the id itself.
    pub(crate) fn has_controller(&self, of: ControllerId) -> Result<bool, Fault> {
        let mark = self.keys.read(|ring, _| Mark::of_controller(ring, of))?;
        Ok(self.marks.contains_key(&mark) || self.marks.contains_key(&Mark(of.as_bytes().to_vec())))
    }

    /// Those of a controller's persons whose data are to go.
    pub(crate) fn of_persons(
        &self,
        of: ControllerId,
        persons: &[PersonId],
    ) -> Result<Vec<(PersonId, Mark, Decided)>, Fault> {
        self.keys.read(|ring, _| {
            let mut found = Vec::new();
            for person in persons {
                let mark = Mark::of_person(ring, of, *person)?;
                if let Some(decided) = self.marks.get(&mark) {
                    found.push((*person, mark, decided.clone()));
                }
            }
            Ok(found)
        })
    }
}

impl Keys {
    /// Deletes every key under a controller and the names that lead there, and remembers that its data are to go, all in
    /// one commit. From then on nothing of it can be read, here or in any copy of the data. Once, however often it is
    /// asked for.
    ///
    /// # Errors
    /// When the key store does not answer: nothing is forgotten then.
    pub(crate) fn erase_controller(&self, of: ControllerId, now: Millis) -> Result<(), Fault> {
        let persons = self.persons(of)?;
        self.write(|ring, connection| {
            for table in under_a_controller(Store::Keys) {
                delete_under(connection, table, "controller_id", of)?;
            }
            remember(connection, &Mark::of_controller(ring, of)?, &Decided { at: now, rule: REQUEST.to_owned() })?;
            ring.let_go(of);
            tell_of_change(connection)
        })?;
        let mut held = self.0.people.lock().unwrap_or_else(PoisonError::into_inner);
        for person in persons {
            held.pop(&(of, person));
        }
        drop(held);
        self.0.store.leave_nothing()
    }

    /// The same for one person.
    ///
    /// # Errors
    /// When the key store does not answer: the person is then not forgotten.
    pub(crate) fn erase_person(&self, of: ControllerId, person: PersonId, decided: &Decided) -> Result<Mark, Fault> {
        let mark = self.write(|ring, connection| {
            let mark = Mark::of_person(ring, of, person)?;
            shred(connection, of, person)?;
            remember(connection, &mark, decided)?;
            tell_of_change(connection)?;
            Ok(mark)
        })?;
        self.forget(of, person);
        self.0.store.leave_nothing()?;
        Ok(mark)
    }

    /// The erasures that are remembered.
    pub(crate) fn erasures(&self) -> Result<Erasures<'_>, Fault> {
        let rows: Vec<(Vec<u8>, Millis, String)> = self.read(|_, connection| {
            Ok(erasure::table.select((erasure::mark, erasure::at, erasure::rule)).load(connection)?)
        })?;
        let marks = rows.into_iter().map(|(mark, at, rule)| (Mark(mark), Decided { at, rule })).collect();
        Ok(Erasures { keys: self, marks })
    }

    /// Forgets that there was something to go, where that was decided before `before`.
    pub(crate) fn forget_erased(&self, before: Millis) -> Result<usize, Fault> {
        self.write(|_, connection| {
            Ok(diesel::delete(erasure::table).filter(erasure::at.lt(before)).execute(connection)?)
        })
    }

    /// What is remembered of erasures: marks, of which nobody can say whose they are, and when. For the ledger, which lies
    /// outside this store, so that an older copy of it learns of them again.
    ///
    /// # Errors
    /// When the key store does not answer.
    pub fn ledger(&self) -> Result<Vec<(Vec<u8>, Millis)>, Fault> {
        self.read(|_, connection| {
            Ok(erasure::table
                .select((erasure::mark, erasure::at))
                .order((erasure::at, erasure::mark))
                .load(connection)?)
        })
    }

    /// Takes erasures from the ledger that this store does not remember, and deletes the keys concerned, all in one commit.
    /// Says how many were new.
    ///
    /// # Errors
    /// When the key store does not answer; nothing is taken then.
    pub fn take_ledger(&self, marks: &[(Vec<u8>, Millis)]) -> Result<usize, Fault> {
        let new = self.write(|ring, connection| {
            let known: Vec<Vec<u8>> = erasure::table.select(erasure::mark).load(connection)?;
            let known: BTreeSet<Vec<u8>> = known.into_iter().collect();
            let new: BTreeMap<Mark, Millis> = marks
                .iter()
                .filter(|(mark, _)| !known.contains(mark))
                .map(|(mark, at)| (Mark(mark.clone()), *at))
                .collect();
            for (mark, at) in &new {
                remember(connection, mark, &Decided { at: *at, rule: LEDGER.to_owned() })?;
            }
            shred_marked(ring, connection, &new)?;
            if !new.is_empty() {
                tell_of_change(connection)?;
            }
            Ok(new.len())
        })?;
        self.forget_all();
        self.0.store.leave_nothing()?;
        Ok(new)
    }
}

/// Deletes the keys of whoever stands in these marks.
fn shred_marked(ring: &Ring, connection: &mut Connection, marks: &BTreeMap<Mark, Millis>) -> Result<(), Fault> {
    let controllers: Vec<ControllerId> =
        controller_key::table.select(controller_key::controller_id).distinct().load(connection)?;
    for of in controllers {
        // An older program remembered the id itself.
        if marks.contains_key(&Mark::of_controller(ring, of)?) || marks.contains_key(&Mark(of.as_bytes().to_vec())) {
            for table in under_a_controller(Store::Keys) {
                delete_under(connection, table, "controller_id", of)?;
            }
            ring.let_go(of);
        }
    }
    let persons: Vec<(ControllerId, PersonId)> =
        person_key::table.select((person_key::controller_id, person_key::person_id)).distinct().load(connection)?;
    for (of, person) in persons {
        if marks.contains_key(&Mark::of_person(ring, of, person)?) {
            shred(connection, of, person)?;
        }
    }
    Ok(())
}

fn remember(connection: &mut Connection, mark: &Mark, decided: &Decided) -> Result<(), Fault> {
    on_each!(connection, each => diesel::insert_into(erasure::table)
        .values((
            erasure::mark.eq(mark.as_bytes()),
            erasure::at.eq(decided.at),
            erasure::rule.eq(&decided.rule),
        ))
        .on_conflict_do_nothing()
        .execute(each))?;
    Ok(())
}
