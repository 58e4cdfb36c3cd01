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

    /// What is remembered of erasures: marks, of which nobody can say whose they are, and when. For the ledger, which lies
    /// outside this store, so that an older copy of it learns of them again.
    ///
    /// # Errors
    /// When the key store does not answer.
    pub fn ledger(&self) -> Result<Vec<(Vec<u8>, Millis)>, Fault> {
        let marks: Vec<(ControllerId, Millis)> = self.read(|_, connection| {
            Ok(erasure::table.select((erasure::controller_id, erasure::at)).order(erasure::at).load(connection)?)
        })?;
        Ok(marks.into_iter().map(|(of, at)| (of.as_bytes().to_vec(), at)).collect())
    }

    /// Takes erasures from the ledger that this store does not remember, and deletes the keys concerned. Says how many
    /// were new.
    ///
    /// # Errors
    /// When the key store does not answer; what was taken until then stays taken.
    pub fn take_ledger(&self, marks: &[(Vec<u8>, Millis)]) -> Result<usize, Fault> {
        let known = self.erased()?;
        let mut new = 0;
        for (mark, at) in marks {
            let Ok(bytes) = <[u8; 16]>::try_from(mark.as_slice()) else { continue };
            let of = ControllerId::from_bytes(bytes);
            if !known.contains(&of) {
                self.erase_controller(of, *at)?;
                new += 1;
            }
        }
        Ok(new)
    }
}
