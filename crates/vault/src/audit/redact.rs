//! Taking a person out of the book. The chain is not touched: a commitment whose salt is gone says nothing, and the
//! chain over it still holds.

use diesel::prelude::*;

use super::chain::day_of;
use crate::{
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::{audit_event, audit_personal},
    time::Millis,
};

/// Takes away that a person was looked at or decided about, and exactly when. Who did it stays, with its day, until the
/// rule for the book is due. Says how many entries that were.
pub fn redact_subject(tx: &mut Tx, of: ControllerId, person: PersonId) -> Result<usize, Fault> {
    let about =
        || audit_personal::controller_id.eq(of).and(audit_personal::subject_id.eq(person.as_bytes().as_slice()));
    // A row of which both sides are gone is nothing.
    let gone = diesel::delete(audit_personal::table)
        .filter(about())
        .filter(audit_personal::actor_salt.is_null())
        .execute(tx.connection())?;
    let redacted = diesel::update(audit_personal::table)
        .filter(about())
        .set((
            audit_personal::subject_kind.eq(None::<String>),
            audit_personal::subject_id.eq(None::<Vec<u8>>),
            audit_personal::at.eq(None::<Millis>),
            audit_personal::detail.eq(None::<Vec<u8>>),
            audit_personal::subject_salt.eq(None::<Vec<u8>>),
        ))
        .execute(tx.connection())?;
    Ok(gone + redacted)
}

/// Takes away that it was this person who did it, in every chain. Says how many entries that were.
pub fn redact_actor(tx: &mut Tx, of: ControllerId, person: PersonId) -> Result<usize, Fault> {
    let by =
        || audit_personal::actor_controller_id.eq(of).and(audit_personal::actor_id.eq(person.as_bytes().as_slice()));
    let gone = diesel::delete(audit_personal::table)
        .filter(by())
        .filter(audit_personal::subject_salt.is_null())
        .execute(tx.connection())?;
    let redacted = diesel::update(audit_personal::table)
        .filter(by())
        .set((
            audit_personal::actor_controller_id.eq(None::<Vec<u8>>),
            audit_personal::actor_id.eq(None::<Vec<u8>>),
            audit_personal::actor_role.eq(None::<String>),
            audit_personal::actor_salt.eq(None::<Vec<u8>>),
        ))
        .execute(tx.connection())?;
    Ok(gone + redacted)
}

/// Takes away everything personal that is older than the day of this moment, as the rule for the book wants. Says how
/// many entries that were.
pub fn redact_before(tx: &mut Tx, of: ControllerId, moment: Millis) -> Result<usize, Fault> {
    let old = audit_event::table
        .filter(audit_event::controller_id.eq(of))
        .filter(audit_event::day.lt(day_of(moment)))
        .select(audit_event::seq);
    Ok(diesel::delete(audit_personal::table)
        .filter(audit_personal::controller_id.eq(of))
        .filter(audit_personal::seq.eq_any(old))
        .execute(tx.connection())?)
}
