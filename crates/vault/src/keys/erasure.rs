//! Forgetting whoever was their own controller: all their keys go, and what is left of them in the data is marked to go.

use std::sync::PoisonError;

use diesel::prelude::*;

use super::{Keys, ring::tell_of_change, schema::erasure};
use crate::{
    Fault,
    connection::on_each,
    ids::ControllerId,
    registry::{Store, under_a_controller},
    rows::erasure::delete_under,
    time::Millis,
};

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
            for table in under_a_controller(Store::Keys).filter(|table| *table != "erasure") {
                delete_under(connection, table, "controller_id", of)?;
            }
            on_each!(connection, each => diesel::insert_into(erasure::table)
                .values((erasure::controller_id.eq(of), erasure::at.eq(now)))
                .on_conflict_do_nothing()
                .execute(each))?;
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

    /// The controllers whose data are to go, or went.
    pub(crate) fn erased(&self) -> Result<Vec<ControllerId>, Fault> {
        self.read(|_, connection| {
            Ok(erasure::table.select(erasure::controller_id).order(erasure::controller_id).load(connection)?)
        })
    }

    /// Forgets that there was something to go, where that was decided before `before`.
    pub(crate) fn forget_erased(&self, before: Millis) -> Result<usize, Fault> {
        self.write(|_, connection| {
            Ok(diesel::delete(erasure::table).filter(erasure::at.lt(before)).execute(connection)?)
        })
    }
}
