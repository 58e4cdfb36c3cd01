//! Guardians: whose guardian somebody is, and what a guardian sees of the child. No lines come out of here.

use diesel::prelude::*;

use super::{
    calculations,
    people::{self, NamedStudent},
    students::{self, General, SeenResponse, SkillRow},
};
use crate::{
    access::{ChildSight, Refusal},
    audit::{Action, Actor, Class, Note, Subject},
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::guardian_link,
    time::Millis,
};

/// Whose guardian somebody is. It counts once somebody has confirmed it for the school.
#[derive(Insertable, Clone)]
#[diesel(table_name = guardian_link)]
pub struct NewGuardianLink {
    pub controller_id: ControllerId,
    pub guardian_id: PersonId,
    pub child_id: PersonId,
    pub from_at: Millis,
    pub to_at: Option<Millis>,
    pub confirmed_by: Option<PersonId>,
}

/// The child has to be a student already. If it is confirmed, it is from now on.
pub fn add_guardian(tx: &mut Tx, new: &NewGuardianLink, now: Millis) -> Result<(), Fault> {
    diesel::insert_into(guardian_link::table).values(new).execute(tx.connection())?;
    if let Some(person) = new.confirmed_by {
        let by = Actor { controller: new.controller_id, person, role: None };
        let what = (Action::ConfirmGuardian, Class::GuardianLink);
        let note = Note::act(new.controller_id, Some(by), what, Subject::Person(new.child_id), now);
        tx.note(note.about(*new.guardian_id.as_bytes()));
    }
    Ok(())
}

/// Ends what links a guardian to the child in sight, from `now` on. Says how many links ended.
pub fn end_guardian(tx: &mut Tx, sight: &ChildSight, guardian: PersonId, now: Millis) -> Result<usize, Fault> {
    let ended = diesel::update(guardian_link::table)
        .filter(guardian_link::controller_id.eq(sight.controller))
        .filter(guardian_link::guardian_id.eq(guardian))
        .filter(guardian_link::child_id.eq(sight.child))
        .filter(guardian_link::to_at.is_null())
        .set(guardian_link::to_at.eq(now))
        .execute(tx.connection())?;
    if ended > 0 {
        let what = (Action::EndGuardian, Class::GuardianLink);
        let note = Note::act(sight.controller, None, what, Subject::Person(sight.child), now);
        tx.note(note.about(*guardian.as_bytes()));
    }
    Ok(ended)
}

pub fn named(tx: &mut Tx, sight: &ChildSight) -> Result<NamedStudent, Fault> {
    people::named(tx, &sight.practice())
}

/// What the child can: the general part of the model, and each skill that was practised.
pub fn known(tx: &mut Tx, sight: &ChildSight) -> Result<(General, Vec<SkillRow>), Refusal> {
    Ok((students::general(tx, &sight.practice())?, students::skills(tx, &sight.practice())?))
}

/// What the child's model was made from, oldest first: for a model whose stored state cannot be used.
pub fn seen(tx: &mut Tx, sight: &ChildSight) -> Result<Vec<SeenResponse>, Fault> {
    students::responses(tx, &sight.practice())
}

/// That a calculation was done, and when; nothing by which its lines could be found.
pub struct Done {
    pub exercise: String,
    pub opened_at: Millis,
    pub finished_at: Option<Millis>,
}

/// The child's newest calculations, at most `most`.
pub fn done(tx: &mut Tx, sight: &ChildSight, most: i64) -> Result<Vec<Done>, Fault> {
    let rows = calculations::latest(tx, &sight.practice(), most)?;
    let done = |row: calculations::Calculation| Done {
        exercise: row.exercise,
        opened_at: row.opened_at,
        finished_at: row.finished_at,
    };
    Ok(rows.into_iter().map(done).collect())
}
