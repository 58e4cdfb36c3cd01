//! Forgetting: keys go, and it is remembered in the same commit whose data are to go after them. That is the ledger of
//! erasures: keyed hashes, which say nothing of anybody to whoever has not the index key and the id.

use std::{collections::BTreeMap, sync::PoisonError};

use diesel::prelude::*;

use super::{
    Keys,
    people::shred,
    ring::{Ring, tell_of_change},
    schema::erasure,
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
pub(crate) struct Ledger<'k> {
    keys: &'k Keys,
    marks: BTreeMap<Mark, Decided>,
}

impl Ledger<'_> {
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
    pub(crate) fn ledger(&self) -> Result<Ledger<'_>, Fault> {
        let rows: Vec<(Vec<u8>, Millis, String)> = self.read(|_, connection| {
            Ok(erasure::table.select((erasure::mark, erasure::at, erasure::rule)).load(connection)?)
        })?;
        let marks = rows.into_iter().map(|(mark, at, rule)| (Mark(mark), Decided { at, rule })).collect();
        Ok(Ledger { keys: self, marks })
    }

    /// Forgets that there was something to go, where that was decided before `before`.
    pub(crate) fn forget_erased(&self, before: Millis) -> Result<usize, Fault> {
        self.write(|_, connection| {
            Ok(diesel::delete(erasure::table).filter(erasure::at.lt(before)).execute(connection)?)
        })
    }
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
