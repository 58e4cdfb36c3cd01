//! The student model's rows, and the row that every change of a student's practice takes first.

use diesel::prelude::*;

use crate::{
    access::{Refusal, StudentSight},
    connection::{Tx, on_each},
    fault::Fault,
    schema::{skill_state, student},
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
    Ok(student::table
        .filter(student::controller_id.eq(sight.controller))
        .filter(student::person_id.eq(sight.student))
        .select((student::version, student::ability, student::variance, student::responses, student::last_at))
        .first(tx.connection())?)
}

pub fn skills(tx: &mut Tx, sight: &StudentSight) -> Result<Vec<SkillRow>, Fault> {
    Ok(skill_state::table
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
        .load(tx.connection())?)
}

/// The first statement of every change: takes the student's row if it still has the version that was read, and gives
/// it the next. False if somebody else was there in between: read again, judge again.
pub fn take(tx: &mut Tx, own: &StudentSight, seen: &General) -> Result<bool, Fault> {
    if tx.left_out() {
        return Ok(true);
    }
    let changed = diesel::update(student::table)
        .filter(student::controller_id.eq(own.controller))
        .filter(student::person_id.eq(own.student))
        .filter(student::version.eq(seen.version))
        .set((
            student::version.eq(seen.version + 1),
            student::ability.eq(seen.ability),
            student::variance.eq(seen.variance),
            student::responses.eq(seen.responses),
            student::last_at.eq(seen.last_at),
        ))
        .execute(tx.connection())?;
    Ok(changed == 1)
}

pub fn save_skill(tx: &mut Tx, own: &StudentSight, row: &SkillRow) -> Result<(), Fault> {
    if tx.left_out() {
        return Ok(());
    }
    on_each!(tx.connection(), conn => diesel::insert_into(skill_state::table)
        .values((
            skill_state::controller_id.eq(own.controller),
            skill_state::student_id.eq(own.student),
            skill_state::skill.eq(&row.skill),
            skill_state::ability.eq(row.ability),
            skill_state::variance.eq(row.variance),
            skill_state::form.eq(row.form),
            skill_state::responses.eq(row.responses),
            skill_state::wins.eq(row.wins),
            skill_state::misses.eq(row.misses),
            skill_state::last_at.eq(row.last_at),
        ))
        .on_conflict((skill_state::controller_id, skill_state::student_id, skill_state::skill))
        .do_update()
        .set((
            skill_state::ability.eq(row.ability),
            skill_state::variance.eq(row.variance),
            skill_state::form.eq(row.form),
            skill_state::responses.eq(row.responses),
            skill_state::wins.eq(row.wins),
            skill_state::misses.eq(row.misses),
            skill_state::last_at.eq(row.last_at),
        ))
        .execute(conn))?;
    Ok(())
}
