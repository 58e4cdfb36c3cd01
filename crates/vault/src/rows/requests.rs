//! What somebody asks of their controller about their own data, and what they are told. To be forgotten, so far.

use diesel::prelude::*;

use super::sealed;
use crate::{
    Me,
    access::{ForgetSight, ForgettingSight},
    audit::{Action, Class, Note, Subject},
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, PersonId, RequestId},
    schema::request,
    time::Millis,
};

/// The kind that asks for everything to be forgotten.
pub const ERASURE: &str = "erasure";

#[derive(Insertable)]
#[diesel(table_name = request)]
struct NewRow {
    controller_id: ControllerId,
    id: RequestId,
    person_id: PersonId,
    kind: &'static str,
    asked_by: PersonId,
    asked_at: Millis,
}

/// A request, and the answer if it is not done. When it is, the request goes with whoever asked.
pub struct Asked {
    pub id: RequestId,
    pub person: PersonId,
    pub kind: String,
    pub asked_at: Millis,
    pub answered_at: Option<Millis>,
    /// Why not, in the officer's words.
    pub answer: Option<String>,
}

type Columns =
    (request::id, request::person_id, request::kind, request::asked_at, request::answered_at, request::answer);
const COLUMNS: Columns =
    (request::id, request::person_id, request::kind, request::asked_at, request::answered_at, request::answer);

type Row = (RequestId, PersonId, String, Millis, Option<Millis>, Option<Vec<u8>>);

fn open(tx: &Tx, of: ControllerId, row: Row) -> Result<Asked, Fault> {
    let (id, person, kind, asked_at, answered_at, answer) = row;
    let answer = match answer {
        Some(sealed) => tx.keys().unseal(&sealed::answer(of, person, &id), &sealed)?,
        None => None,
    };
    Ok(Asked { id, person, kind, asked_at, answered_at, answer })
}

/// Asks for one's own data to be forgotten. Gives the request that is open already, if one is.
pub fn ask(tx: &mut Tx, me: &Me, id: RequestId, now: Millis) -> Result<RequestId, Fault> {
    if let Some(open) = of_me(tx, me)?.into_iter().find(|asked| asked.answered_at.is_none()) {
        return Ok(open.id);
    }
    let row = NewRow {
        controller_id: me.controller,
        id,
        person_id: me.person,
        kind: ERASURE,
        asked_by: me.person,
        asked_at: now,
    };
    diesel::insert_into(request::table).values(row).execute(tx.connection())?;
    let by = Some(me.as_actor(None));
    tx.note(Note::act(me.controller, by, (Action::Ask, Class::Due), Subject::Person(me.person), now));
    Ok(id)
}

/// Takes back what I asked for and nobody has answered yet. False if there is none.
pub fn take_back(tx: &mut Tx, me: &Me, id: RequestId) -> Result<bool, Fault> {
    let gone = diesel::delete(request::table)
        .filter(request::controller_id.eq(me.controller))
        .filter(request::person_id.eq(me.person))
        .filter(request::id.eq(id))
        .filter(request::answered_at.is_null())
        .execute(tx.connection())?;
    Ok(gone > 0)
}

/// What I asked for, newest first.
pub fn of_me(tx: &mut Tx, me: &Me) -> Result<Vec<Asked>, Fault> {
    of_person(tx, me.controller, me.person)
}

/// What somebody under my controller asked for, newest first.
pub fn of(tx: &mut Tx, sight: &ForgetSight) -> Result<Vec<Asked>, Fault> {
    of_person(tx, sight.controller, sight.person)
}

fn of_person(tx: &mut Tx, of: ControllerId, person: PersonId) -> Result<Vec<Asked>, Fault> {
    let rows: Vec<Row> = request::table
        .filter(request::controller_id.eq(of))
        .filter(request::person_id.eq(person))
        .select(COLUMNS)
        .order((request::asked_at.desc(), request::id))
        .load(tx.connection())?;
    rows.into_iter().map(|row| open(tx, of, row)).collect()
}

/// What waits for an answer under my controller, oldest first.
pub fn waiting(tx: &mut Tx, sight: &ForgettingSight, most: i64) -> Result<Vec<Asked>, Fault> {
    let rows: Vec<Row> = request::table
        .filter(request::controller_id.eq(sight.controller))
        .filter(request::answered_at.is_null())
        .select(COLUMNS)
        .order((request::asked_at, request::id))
        .limit(most)
        .load(tx.connection())?;
    rows.into_iter().map(|row| open(tx, sight.controller, row)).collect()
}

/// Says why it is not done. False if there was nothing to answer.
pub fn refuse(tx: &mut Tx, sight: &ForgetSight, id: RequestId, why: &str, now: Millis) -> Result<bool, Fault> {
    let answer = tx.keys().seal(&sealed::answer(sight.controller, sight.person, &id), why)?;
    let changed = diesel::update(request::table)
        .filter(request::controller_id.eq(sight.controller))
        .filter(request::person_id.eq(sight.person))
        .filter(request::id.eq(id))
        .filter(request::answered_at.is_null())
        .set((
            request::answered_by.eq(sight.by.map(|by| by.person)),
            request::answered_at.eq(now),
            request::answer.eq(answer),
        ))
        .execute(tx.connection())?;
    if changed > 0 {
        let what = (Action::Refuse, Class::Due);
        tx.note(Note::act(sight.controller, sight.by, what, Subject::Person(sight.person), now));
    }
    Ok(changed > 0)
}
