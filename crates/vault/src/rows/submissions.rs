//! A submitted line with all that it changes: the main request's one write.
//!
//! On SQLite these are up to five statements, each a call into the library. On PostgreSQL each would be a round trip
//! between processes, so there they are one statement, whose parts build on the student's row having been taken.

use diesel::{
    RunQueryDsl,
    sql_types::{BigInt, Binary, Bool, Double, Integer, SmallInt, Text},
};

use crate::{
    access::OwnSight,
    connection::{Connection, Tx, kept::kept},
    fault::Fault,
    ids::{CalculationId, ControllerId, IdempotencyKey, PersonId},
    rows::{
        calculations::{self, Calculation, Line, NewResponse, Sealed},
        students::{self, General, SkillRow},
    },
    time::Millis,
};

/// What one line changes.
pub struct Submission<'a> {
    /// The model's general part as it is to be, with the version that was read.
    pub seen: &'a General,
    pub of: &'a Calculation,
    pub line: &'a Line,
    /// What the model saw in the line, and what it knows of the skill now.
    pub learned: Option<(&'a NewResponse, &'a SkillRow)>,
    /// The line finishes the calculation.
    pub finishes: bool,
}

/// Takes the student's row if it still has the version that was read, and stores the line and what it changes. False,
/// and nothing stored, if somebody else was there in between: read again, judge again.
pub fn store(tx: &mut Tx, own: &OwnSight, new: &Submission) -> Result<bool, Fault> {
    if tx.left_out() {
        return Ok(true);
    }
    let sealed = Sealed::of(tx, new.of, new.line)?;
    match tx.connection() {
        Connection::Sqlite(_) => one_by_one(tx, own, new, &sealed),
        Connection::Postgres(connection) => Ok(AtOnce::of(own, new, &sealed).execute(connection)? == 1),
    }
}

fn one_by_one(tx: &mut Tx, own: &OwnSight, new: &Submission, sealed: &Sealed) -> Result<bool, Fault> {
    if !students::take(tx, own, new.seen)? {
        return Ok(false);
    }
    calculations::add_line(tx, new.of, new.line, sealed)?;
    if let Some((response, skill)) = new.learned {
        calculations::add_response(tx, new.of, response)?;
        students::save_skill(tx, own, skill)?;
    }
    if new.finishes {
        calculations::finish(tx, new.of, new.line.at)?;
    }
    Ok(true)
}

kept! { on diesel::pg::Pg, AtOnce
    "WITH taken AS (
         UPDATE student SET version = version + 1, ability = ?, variance = ?, responses = ?, last_at = ?
         WHERE controller_id = ? AND person_id = ? AND version = ?
         RETURNING controller_id, person_id),
     answered AS (
         INSERT INTO response (controller_id, calculation_id, number, student_id, skill, exercise, difficulty, correct,
             milliseconds, attempt, at)
         SELECT controller_id, ?, ?, person_id, ?, ?, ?, ?, ?, ?, ? FROM taken WHERE ?),
     learned AS (
         INSERT INTO skill_state (controller_id, student_id, skill, ability, variance, form, responses, wins, misses,
             last_at)
         SELECT controller_id, person_id, ?, ?, ?, ?, ?, ?, ?, ? FROM taken WHERE ?
         ON CONFLICT (controller_id, student_id, skill) DO UPDATE SET
             ability = excluded.ability, variance = excluded.variance, form = excluded.form,
             responses = excluded.responses, wins = excluded.wins, misses = excluded.misses,
             last_at = excluded.last_at),
     finished AS (
         UPDATE calculation SET finished_at = ? FROM taken
         WHERE calculation.controller_id = taken.controller_id AND calculation.id = ? AND ?)
     INSERT INTO line (controller_id, calculation_id, number, key, entered, at, verdict, answer)
     SELECT controller_id, ?, ?, ?, ?, ?, ?, ? FROM taken":
    ability: f64 => Double,
    variance: f64 => Double,
    responses: i32 => Integer,
    last_at: Millis => BigInt,
    controller: ControllerId => Binary,
    student: PersonId => Binary,
    version: i64 => BigInt,
    response_calculation: CalculationId => Binary,
    response_number: i16 => SmallInt,
    response_skill: str => Text,
    exercise: str => Text,
    difficulty: f64 => Double,
    correct: bool => Bool,
    milliseconds: i64 => BigInt,
    attempt: i16 => SmallInt,
    response_at: Millis => BigInt,
    has_response: bool => Bool,
    skill: str => Text,
    skill_ability: f64 => Double,
    skill_variance: f64 => Double,
    form: f64 => Double,
    skill_responses: i32 => Integer,
    wins: i32 => Integer,
    misses: i32 => Integer,
    skill_last_at: Millis => BigInt,
    has_skill: bool => Bool,
    finished_at: Millis => BigInt,
    finished: CalculationId => Binary,
    finishes: bool => Bool,
    calculation: CalculationId => Binary,
    number: i16 => SmallInt,
    key: IdempotencyKey => Binary,
    entered: [u8] => Binary,
    at: Millis => BigInt,
    verdict: str => Text,
    answer: [u8] => Binary,
}

/// Stands in the places of what a line did not teach; its parts of the statement are left out then.
static NOTHING: (NewResponse, SkillRow) = (
    NewResponse {
        number: 0,
        skill: String::new(),
        exercise: String::new(),
        difficulty: 0.0,
        correct: false,
        milliseconds: 0,
        attempt: 0,
        at: Millis(0),
    },
    SkillRow {
        skill: String::new(),
        ability: 0.0,
        variance: 0.0,
        form: 0.0,
        responses: 0,
        wins: 0,
        misses: 0,
        last_at: Millis(0),
    },
);

impl<'a> AtOnce<'a> {
    fn of(own: &'a OwnSight, new: &Submission<'a>, sealed: &'a Sealed) -> Self {
        let (response, skill) = new.learned.unwrap_or((&NOTHING.0, &NOTHING.1));
        let has_learned = if new.learned.is_some() { &true } else { &false };
        Self {
            ability: &new.seen.ability,
            variance: &new.seen.variance,
            responses: &new.seen.responses,
            last_at: &new.seen.last_at,
            controller: &own.controller,
            student: &own.student,
            version: &new.seen.version,
            response_calculation: &new.of.id,
            response_number: &response.number,
            response_skill: &response.skill,
            exercise: &response.exercise,
            difficulty: &response.difficulty,
            correct: &response.correct,
            milliseconds: &response.milliseconds,
            attempt: &response.attempt,
            response_at: &response.at,
            has_response: has_learned,
            skill: &skill.skill,
            skill_ability: &skill.ability,
            skill_variance: &skill.variance,
            form: &skill.form,
            skill_responses: &skill.responses,
            wins: &skill.wins,
            misses: &skill.misses,
            skill_last_at: &skill.last_at,
            has_skill: has_learned,
            // The line that finishes a calculation is the moment at which it is finished.
            finished_at: &new.line.at,
            finished: &new.of.id,
            finishes: if new.finishes { &true } else { &false },
            calculation: &new.of.id,
            number: &new.line.number,
            key: &new.line.key,
            entered: &sealed.entered,
            at: &new.line.at,
            verdict: &new.line.verdict,
            answer: &sealed.answer,
        }
    }
}
