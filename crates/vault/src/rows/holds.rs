//! What keeps somebody's data although they are due: a claim, a duty to archive, an account to be kept, or that somebody
//! wants them kept. It has a ground and a day on which it is looked at again.

use diesel::prelude::*;

use super::sealed;
use crate::{
    access::{ForgetSight, ForgettingSight},
    audit::{Action, Class, Note, Subject},
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, HoldId, PersonId},
    schema::hold,
    time::Millis,
};

/// Why data can be held.
pub const KINDS: [&str; 4] = ["legal_claim", "archive", "accounting", "restriction"];

/// A hold to be set.
pub struct NewHold {
    pub id: HoldId,
    /// One of [`KINDS`].
    pub kind: String,
    pub ground: String,
    /// ISO date
    pub review_on: String,
}

#[derive(Insertable)]
#[diesel(table_name = hold)]
struct NewRow<'a> {
    controller_id: ControllerId,
    id: HoldId,
    person_id: PersonId,
    kind: &'a str,
    ground: Vec<u8>,
    set_by: Option<PersonId>,
    set_at: Millis,
    review_on: &'a str,
}

/// A hold as it stands.
pub struct Hold {
    pub id: HoldId,
    pub person: PersonId,
    pub kind: String,
    pub ground: String,
    pub set_at: Millis,
    /// ISO date
    pub review_on: String,
}

type Row = (HoldId, PersonId, String, Vec<u8>, Millis, String);

fn open(tx: &Tx, of: ControllerId, (id, person, kind, ground, set_at, review_on): Row) -> Result<Hold, Fault> {
    let ground = tx.keys().unseal(&sealed::ground(of, person, &id), &ground)?;
    let ground = ground.unwrap_or_else(|| sealed::FORGOTTEN.to_owned());
    Ok(Hold { id, person, kind, ground, set_at, review_on })
}

/// Keeps somebody's data from being forgotten.
pub fn set(tx: &mut Tx, sight: &ForgetSight, new: &NewHold, now: Millis) -> Result<(), Fault> {
    let row = NewRow {
        controller_id: sight.controller,
        id: new.id,
        person_id: sight.person,
        kind: &new.kind,
        ground: tx.keys().seal(&sealed::ground(sight.controller, sight.person, &new.id), &new.ground)?,
        set_by: sight.by.map(|by| by.person),
        set_at: now,
        review_on: &new.review_on,
    };
    diesel::insert_into(hold::table).values(row).execute(tx.connection())?;
    let what = (Action::SetHold, Class::Due);
    tx.note(Note::act(sight.controller, sight.by, what, Subject::Person(sight.person), now));
    Ok(())
}

/// Ends a hold: what is due by then is forgotten the next night. False if it had ended.
pub fn lift(tx: &mut Tx, sight: &ForgetSight, id: HoldId, now: Millis) -> Result<bool, Fault> {
    let changed = diesel::update(hold::table)
        .filter(hold::controller_id.eq(sight.controller))
        .filter(hold::person_id.eq(sight.person))
        .filter(hold::id.eq(id))
        .filter(hold::lifted_at.is_null())
        .set((hold::lifted_by.eq(sight.by.map(|by| by.person)), hold::lifted_at.eq(now)))
        .execute(tx.connection())?;
    if changed > 0 {
        let what = (Action::LiftHold, Class::Due);
        tx.note(Note::act(sight.controller, sight.by, what, Subject::Person(sight.person), now));
    }
    Ok(changed > 0)
}

/// What is held under my controller, first what is to be looked at first.
pub fn all(tx: &mut Tx, sight: &ForgettingSight) -> Result<Vec<Hold>, Fault> {
    let rows: Vec<Row> = hold::table
        .filter(hold::controller_id.eq(sight.controller))
        .filter(hold::lifted_at.is_null())
        .select((hold::id, hold::person_id, hold::kind, hold::ground, hold::set_at, hold::review_on))
        .order((hold::review_on, hold::id))
        .load(tx.connection())?;
    rows.into_iter().map(|row| open(tx, sight.controller, row)).collect()
}

/// What holds somebody's data, first what is to be looked at first.
pub fn of(tx: &mut Tx, sight: &ForgetSight) -> Result<Vec<Hold>, Fault> {
    let rows: Vec<Row> = hold::table
        .filter(hold::controller_id.eq(sight.controller))
        .filter(hold::person_id.eq(sight.person))
        .filter(hold::lifted_at.is_null())
        .select((hold::id, hold::person_id, hold::kind, hold::ground, hold::set_at, hold::review_on))
        .order((hold::review_on, hold::id))
        .load(tx.connection())?;
    rows.into_iter().map(|row| open(tx, sight.controller, row)).collect()
}

/// Whose a hold is that was set under the controller, also one that has ended.
pub fn whose(tx: &mut Tx, sight: &ForgetSight, id: HoldId) -> Result<Option<PersonId>, Fault> {
    Ok(hold::table
        .filter(hold::controller_id.eq(sight.controller))
        .filter(hold::id.eq(id))
        .select(hold::person_id)
        .first(tx.connection())
        .optional()?)
}

/// Whether anything holds somebody's data.
pub fn is_held(tx: &mut Tx, sight: &ForgetSight) -> Result<bool, Fault> {
    let held: i64 = hold::table
        .filter(hold::controller_id.eq(sight.controller))
        .filter(hold::person_id.eq(sight.person))
        .filter(hold::lifted_at.is_null())
        .count()
        .get_result(tx.connection())?;
    Ok(held > 0)
}
