//! The student model's rows, and the row that every change of a student's practice takes first.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Binary, Double, Integer, Text},
};

use crate::{
    access::{OwnSight, Refusal, StudentSight},
    connection::{Tx, kept::kept, on_each},
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::{person, skill_state, student},
    time::Millis,
};

/// The general part of a student's model, and the version that a write has to compare.
#[derive(Queryable, Clone, Copy, PartialEq)]
pub struct General {
    pub version: i64,
    /// logit
    pub ability: f64,
    /// logit squared
    pub variance: f64,
    pub responses: i32,
    /// the last response
    pub last_at: Millis,
}

/// What is known of a student in one skill.
#[derive(Queryable, Clone, PartialEq)]
pub struct SkillRow {
    pub skill: String,
    /// logit, added to the general ability
    pub ability: f64,
    /// logit squared
    pub variance: f64,
    /// recent surprise, a decaying mean
    pub form: f64,
    pub responses: i32,
    pub wins: i32,
    pub misses: i32,
    pub last_at: Millis,
}

pub fn general(tx: &mut Tx, sight: &StudentSight) -> Result<General, Refusal> {
    Ok(on_each!(tx.connection(), each => student::table
        .filter(student::controller_id.eq(sight.controller))
        .filter(student::person_id.eq(sight.student))
        .select((student::version, student::ability, student::variance, student::responses, student::last_at))
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

pub fn skills(tx: &mut Tx, sight: &StudentSight) -> Result<Vec<SkillRow>, Fault> {
    Ok(on_each!(tx.connection(), each => skill_state::table
        .filter(skill_state::controller_id.eq(sight.controller))
        .filter(skill_state::student_id.eq(sight.student))
        .select((
            skill_state::skill,
            skill_state::ability,
            skill_state::variance,
            skill_state::form,
            skill_state::responses,
            skill_state::wins,
            skill_state::misses,
            skill_state::last_at,
        ))
        .load(each))?)
}

kept! { Take
    "UPDATE student SET version = version + 1, ability = ?, variance = ?, responses = ?, last_at = ?
     WHERE controller_id = ? AND person_id = ? AND version = ?":
    ability: f64 => Double,
    variance: f64 => Double,
    responses: i32 => Integer,
    last_at: Millis => BigInt,
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
        variance: &seen.variance,
        responses: &seen.responses,
        last_at: &seen.last_at,
        controller: &own.controller,
        student: &own.student,
        version: &seen.version,
    };
    let changed = on_each!(tx.connection(), each => take.execute(each))?;
    Ok(changed == 1)
}

kept! { SaveSkill
    "INSERT INTO skill_state (controller_id, student_id, skill, ability, variance, form, responses, wins, misses, last_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (controller_id, student_id, skill) DO UPDATE SET
         ability = excluded.ability, variance = excluded.variance, form = excluded.form,
         responses = excluded.responses, wins = excluded.wins, misses = excluded.misses, last_at = excluded.last_at":
    controller: ControllerId => Binary,
    student: PersonId => Binary,
    skill: str => Text,
    ability: f64 => Double,
    variance: f64 => Double,
    form: f64 => Double,
    responses: i32 => Integer,
    wins: i32 => Integer,
    misses: i32 => Integer,
    last_at: Millis => BigInt,
}

pub(super) fn save_skill(tx: &mut Tx, own: &OwnSight, row: &SkillRow) -> Result<(), Fault> {
    let save = SaveSkill {
        controller: &own.controller,
        student: &own.student,
        skill: &row.skill,
        ability: &row.ability,
        variance: &row.variance,
        form: &row.form,
        responses: &row.responses,
        wins: &row.wins,
        misses: &row.misses,
        last_at: &row.last_at,
    };
    on_each!(tx.connection(), each => save.execute(each))?;
    Ok(())
}
