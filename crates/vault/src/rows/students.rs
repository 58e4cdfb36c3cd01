//! The student model's rows, and the row that every change of a student's practice takes first.

use diesel::{
    dsl::{avg, count_star},
    prelude::*,
    sql_types::{BigInt, Binary, Bool, Double, Integer, Nullable, SmallInt, Text},
};

use crate::{
    access::{OwnSight, Refusal, StudentSight},
    connection::{Tx, kept::kept, on_each},
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::{item_state, membership, person, response, skill_state, student},
    time::Millis,
};

/// A mean of fewer students than this would tell too much of each, and too little of the next.
const FEWEST_OF_A_MEAN: i64 = 5;
/// Students with fewer answers than this are not counted in the mean: little is known of them.
const FEWEST_ANSWERS: i32 = 10;

/// The general part of a student's model, and the version that a write has to compare.
#[derive(Queryable, Clone, PartialEq)]
pub struct General {
    pub version: i64,
    /// logit; also in `state`, and here for the means of groups
    pub ability: f64,
    /// answers so far
    pub responses: i32,
    /// the last response
    pub last_at: Millis,
    /// logit: what the model began from; nothing before practice began
    pub start: Option<f64>,
    /// all that the model keeps, JSON; empty if it has to be made anew from the responses
    pub state: String,
}

/// What is known of a student in one skill.
#[derive(Queryable, Clone, PartialEq)]
pub struct SkillRow {
    pub skill: String,
    pub responses: i32,
    pub last_at: Millis,
    /// all that the model keeps, JSON
    pub state: String,
}

/// What a student did with one exercise before.
#[derive(Queryable, Clone, PartialEq, Eq)]
pub struct ItemRow {
    pub exercise: String,
    pub attempts: i16,
    pub wins: i16,
    /// the newest answer
    pub correct: bool,
    /// the student's count of answers at the newest
    pub place: i32,
    pub last_at: Millis,
}

/// A response as the model saw it.
#[derive(Queryable, Clone)]
pub struct SeenResponse {
    pub skill: String,
    pub also: Option<String>,
    pub exercise: String,
    /// logit, as used
    pub difficulty: f64,
    pub correct: bool,
    pub attempt: i16,
    pub is_line: bool,
    pub at: Millis,
}

pub fn general(tx: &mut Tx, sight: &StudentSight) -> Result<General, Refusal> {
    Ok(on_each!(tx.connection(), each => student::table
        .filter(student::controller_id.eq(sight.controller))
        .filter(student::person_id.eq(sight.student))
        .select((
            student::version,
            student::ability,
            student::responses,
            student::last_at,
            student::start,
            student::state,
        ))
        .first(each))?)
}

/// The version of the student's practice: what is known in memory of the same one still holds.
pub fn version(tx: &mut Tx, sight: &StudentSight) -> Result<i64, Refusal> {
    Ok(on_each!(tx.connection(), each => student::table
        .filter(student::controller_id.eq(sight.controller))
        .filter(student::person_id.eq(sight.student))
        .select(student::version)
        .first(each))?)
}

/// The school year of the student in sight, which a model begins from.
pub fn school_year(tx: &mut Tx, sight: &StudentSight) -> Result<Option<u8>, Refusal> {
    let year: Option<i16> = on_each!(tx.connection(), each => person::table
        .filter(person::controller_id.eq(sight.controller))
        .filter(person::id.eq(sight.student))
        .select(person::school_year)
        .first(each))?;
    Ok(year.and_then(|year| u8::try_from(year).ok()))
}

/// The mean ability (logit) of those who are in a group with the student now, which a new student's model begins from.
/// Nothing where fewer than five of them have answered ten items: nobody's own ability can be told from it.
pub fn mean_of_groups(tx: &mut Tx, own: &OwnSight, now: Millis) -> Result<Option<f64>, Fault> {
    let holds = |from: membership::from_at, to: membership::to_at| from.le(now).and(to.is_null().or(to.gt(now)));
    let groups: Vec<Vec<u8>> = membership::table
        .filter(membership::controller_id.eq(own.controller))
        .filter(membership::person_id.eq(own.student))
        .filter(membership::group_id.is_not_null())
        .filter(holds(membership::from_at, membership::to_at))
        .select(membership::group_id.assume_not_null())
        .load(tx.connection())?;
    if groups.is_empty() {
        return Ok(None);
    }
    let members = membership::table
        .filter(membership::controller_id.eq(own.controller))
        .filter(membership::group_id.eq_any(groups))
        .filter(membership::role.eq("student"))
        .filter(holds(membership::from_at, membership::to_at))
        .select(membership::person_id);
    let (mean, count): (Option<f64>, i64) = student::table
        .filter(student::controller_id.eq(own.controller))
        .filter(student::person_id.ne(own.student))
        .filter(student::responses.ge(FEWEST_ANSWERS))
        .filter(student::person_id.eq_any(members))
        .select((avg(student::ability), count_star()))
        .first(tx.connection())?;
    Ok(mean.filter(|_| count >= FEWEST_OF_A_MEAN))
}

pub fn skills(tx: &mut Tx, sight: &StudentSight) -> Result<Vec<SkillRow>, Fault> {
    Ok(on_each!(tx.connection(), each => skill_state::table
        .filter(skill_state::controller_id.eq(sight.controller))
        .filter(skill_state::student_id.eq(sight.student))
        .select((skill_state::skill, skill_state::responses, skill_state::last_at, skill_state::state))
        .load(each))?)
}

/// What the student in sight did with the exercises met last, those met longest ago first.
pub fn items(tx: &mut Tx, sight: &StudentSight) -> Result<Vec<ItemRow>, Fault> {
    Ok(on_each!(tx.connection(), each => item_state::table
        .filter(item_state::controller_id.eq(sight.controller))
        .filter(item_state::student_id.eq(sight.student))
        .select((
            item_state::exercise,
            item_state::attempts,
            item_state::wins,
            item_state::correct,
            item_state::place,
            item_state::last_at,
        ))
        .order((item_state::place, item_state::exercise))
        .load(each))?)
}

/// Everything that the model has seen of the student in sight, oldest first.
pub fn responses(tx: &mut Tx, sight: &StudentSight) -> Result<Vec<SeenResponse>, Fault> {
    use crate::schema::calculation;
    Ok(calculation::table
        .inner_join(response::table.on(
            response::controller_id.eq(calculation::controller_id).and(response::calculation_id.eq(calculation::id)),
        ))
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::student_id.eq(sight.student))
        .select((
            response::skill,
            response::also,
            response::exercise,
            response::difficulty,
            response::correct,
            response::attempt,
            response::is_line,
            response::at,
        ))
        .order(response::place)
        .load(tx.connection())?)
}

kept! { Take
    "UPDATE student SET version = version + 1, ability = ?, responses = ?, last_at = ?, start = ?, state = ?
     WHERE controller_id = ? AND person_id = ? AND version = ?":
    ability: f64 => Double,
    responses: i32 => Integer,
    last_at: Millis => BigInt,
    start: Option<f64> => Nullable<Double>,
    state: str => Text,
    controller: ControllerId => Binary,
    student: PersonId => Binary,
    version: i64 => BigInt,
}

/// The first statement of every change: takes the student's row if it still has the version that was read, and gives
/// it the next. False if somebody else was there in between: read again, judge again.
pub fn take(tx: &mut Tx, own: &OwnSight, seen: &General) -> Result<bool, Fault> {
    if tx.left_out() {
        return Ok(true);
    }
    let take = Take {
        ability: &seen.ability,
        responses: &seen.responses,
        last_at: &seen.last_at,
        start: &seen.start,
        state: &seen.state,
        controller: &own.controller,
        student: &own.student,
        version: &seen.version,
    };
    let changed = on_each!(tx.connection(), each => take.execute(each))?;
    Ok(changed == 1)
}

kept! { SaveSkill
    "INSERT INTO skill_state (controller_id, student_id, skill, responses, last_at, state)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (controller_id, student_id, skill) DO UPDATE SET
         responses = excluded.responses, last_at = excluded.last_at, state = excluded.state":
    controller: ControllerId => Binary,
    student: PersonId => Binary,
    skill: str => Text,
    responses: i32 => Integer,
    last_at: Millis => BigInt,
    state: str => Text,
}

pub(super) fn save_skill(tx: &mut Tx, own: &StudentSight, row: &SkillRow) -> Result<(), Fault> {
    let save = SaveSkill {
        controller: &own.controller,
        student: &own.student,
        skill: &row.skill,
        responses: &row.responses,
        last_at: &row.last_at,
        state: &row.state,
    };
    on_each!(tx.connection(), each => save.execute(each))?;
    Ok(())
}

kept! { SaveItem
    "INSERT INTO item_state (controller_id, student_id, exercise, attempts, wins, correct, place, last_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (controller_id, student_id, exercise) DO UPDATE SET
         attempts = excluded.attempts, wins = excluded.wins, correct = excluded.correct,
         place = excluded.place, last_at = excluded.last_at":
    controller: ControllerId => Binary,
    student: PersonId => Binary,
    exercise: str => Text,
    attempts: i16 => SmallInt,
    wins: i16 => SmallInt,
    correct: bool => Bool,
    place: i32 => Integer,
    last_at: Millis => BigInt,
}

pub(super) fn save_item(tx: &mut Tx, own: &StudentSight, row: &ItemRow) -> Result<(), Fault> {
    let save = SaveItem {
        controller: &own.controller,
        student: &own.student,
        exercise: &row.exercise,
        attempts: &row.attempts,
        wins: &row.wins,
        correct: &row.correct,
        place: &row.place,
        last_at: &row.last_at,
    };
    on_each!(tx.connection(), each => save.execute(each))?;
    Ok(())
}

/// Forgets the exercises that were met longest ago: those with a place below.
pub(super) fn forget_items(tx: &mut Tx, own: &StudentSight, below: i32) -> Result<(), Fault> {
    on_each!(tx.connection(), each => diesel::delete(item_state::table
        .filter(item_state::controller_id.eq(own.controller))
        .filter(item_state::student_id.eq(own.student))
        .filter(item_state::place.lt(below)))
        .execute(each))?;
    Ok(())
}

/// Puts a model that was made anew in place of whatever is stored beside the student's row, which has been taken.
pub fn put_anew(tx: &mut Tx, of: &StudentSight, skills: &[SkillRow], items: &[ItemRow]) -> Result<(), Fault> {
    on_each!(tx.connection(), each => diesel::delete(skill_state::table
        .filter(skill_state::controller_id.eq(of.controller))
        .filter(skill_state::student_id.eq(of.student)))
        .execute(each))?;
    forget_items(tx, of, i32::MAX)?;
    skills.iter().try_for_each(|row| save_skill(tx, of, row))?;
    items.iter().try_for_each(|row| save_item(tx, of, row))
}
