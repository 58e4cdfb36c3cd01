//! Appeals: a student says that a line which was judged wrong is right, and a teacher answers.

use diesel::prelude::*;

use crate::{
    access::{AppealSight, OwnAppealSight, StudentSight},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{CalculationId, PersonId},
    rows::calculations::Calculation,
    schema::appeal,
    time::Millis,
};

/// An appeal as its student and the teacher see it.
#[derive(Queryable, Clone)]
pub struct Appeal {
    /// The number of the line.
    pub number: i16,
    /// The version of the step checker at that time.
    pub checker: String,
    pub at: Millis,
    pub answered_at: Option<Millis>,
    /// What the teacher says: the line is right.
    pub holds: Option<bool>,
}

/// An appeal that no teacher has answered.
#[derive(Queryable, Clone, Copy)]
pub struct Waiting {
    pub student: PersonId,
    pub calculation: CalculationId,
    /// The number of the line.
    pub number: i16,
    pub at: Millis,
}

/// The appeals of a calculation, first line to last.
pub fn of(tx: &mut Tx, of: &Calculation) -> Result<Vec<Appeal>, Fault> {
    Ok(on_each!(tx.connection(), each => appeal::table
        .filter(appeal::controller_id.eq(of.controller_id))
        .filter(appeal::calculation_id.eq(of.id))
        .select((appeal::number, appeal::checker, appeal::at, appeal::answered_at, appeal::holds))
        .order(appeal::number)
        .load(each))?)
}

/// Remembers an appeal against the verdict on a line of one's own; once, however often it is sent.
pub fn make(
    tx: &mut Tx,
    own: &OwnAppealSight,
    of: &Calculation,
    number: i16,
    checker: &str,
    now: Millis,
) -> Result<(), Fault> {
    on_each!(tx.connection(), each => diesel::insert_into(appeal::table)
        .values((
            appeal::controller_id.eq(own.controller),
            appeal::calculation_id.eq(of.id),
            appeal::number.eq(number),
            appeal::student_id.eq(own.student),
            appeal::checker.eq(checker),
            appeal::at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(each))?;
    Ok(())
}

/// Those of the students in sight that wait for an answer, oldest first.
pub fn waiting(tx: &mut Tx, sights: &[StudentSight]) -> Result<Vec<Waiting>, Fault> {
    let Some(first) = sights.first() else { return Ok(Vec::new()) };
    let students: Vec<PersonId> = sights.iter().map(|sight| sight.student).collect();
    Ok(appeal::table
        .filter(appeal::controller_id.eq(first.controller))
        .filter(appeal::student_id.eq_any(students))
        .filter(appeal::answered_at.is_null())
        .select((appeal::student_id, appeal::calculation_id, appeal::number, appeal::at))
        .order(appeal::at)
        .load(tx.connection())?)
}

/// Answers the appeal against the verdict on a line; a later answer takes the place of an earlier one. False if there is
/// none.
pub fn answer(tx: &mut Tx, sight: &AppealSight, number: i16, holds: bool, now: Millis) -> Result<bool, Fault> {
    let answered = diesel::update(appeal::table)
        .filter(appeal::controller_id.eq(sight.controller))
        .filter(appeal::calculation_id.eq(sight.calculation))
        .filter(appeal::student_id.eq(sight.student))
        .filter(appeal::number.eq(number))
        .set((appeal::answered_by.eq(sight.by.person), appeal::answered_at.eq(now), appeal::holds.eq(holds)))
        .execute(tx.connection())?;
    Ok(answered > 0)
}
