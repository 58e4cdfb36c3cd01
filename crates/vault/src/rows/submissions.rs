//! A submitted line with all that it changes: the main request's one write.
//!
//! On SQLite these are up to five statements, each a call into the library. On PostgreSQL each would be a round trip
//! between processes, so there they are one statement, whose parts build on the student's row having been taken. An item
//! that is finished in a MatteMaraton takes one more.

use diesel::{
    RunQueryDsl,
    sql_types::{BigInt, Binary, Bool, Double, Integer, Nullable, SmallInt, Text},
};

use crate::{
    access::OwnSight,
    connection::{Connection, Tx, kept::kept},
    fault::Fault,
    ids::{CalculationId, ControllerId, IdempotencyKey, PersonId},
    rows::{
        calculations::{self, Calculation, Line, NewResponse, Sealed},
        maraton::{self, Entered},
        students::{self, General, ItemRow, SkillRow},
    },
    time::Millis,
};

/// What one line changes.
pub struct Submission<'a> {
    /// The model's general part as it is to be, with the version that was read.
    pub seen: &'a General,
    pub of: &'a Calculation,
    pub line: &'a Line,
    pub learned: Option<Learned<'a>>,
    /// The line finishes the calculation.
    pub finishes: bool,
    /// What the finished item counts in.
    pub counts_in: Option<Entered>,
}

/// What the model saw in a line, and what it knows now.
#[derive(Clone, Copy)]
pub struct Learned<'a> {
    pub response: &'a NewResponse,
    /// Those that changed, one or two.
    pub skills: &'a [SkillRow],
    /// The exercise, if it was answered.
    pub item: Option<&'a ItemRow>,
    /// Exercises with a place below are remembered no more.
    pub forgotten_below: Option<i32>,
}

/// Takes the student's row if it still has the version that was read, and stores the line and what it changes. False,
/// and nothing stored, if somebody else was there in between: read again, judge again.
pub fn store(tx: &mut Tx, own: &OwnSight, new: &Submission) -> Result<bool, Fault> {
    if tx.left_out() {
        return Ok(true);
    }
    let sealed = Sealed::of(tx, new.of, new.line)?;
    let is_stored = match tx.connection() {
        Connection::Sqlite(_) => one_by_one(tx, own, new, &sealed)?,
        Connection::Postgres(connection) => {
            let is_stored = AtOnce::of(own, new, &sealed).execute(connection)? == 1;
            if let (true, Some(below)) = (is_stored, new.learned.and_then(|learned| learned.forgotten_below)) {
                students::forget_items(tx, own, below)?;
            }
            is_stored
        }
    };
    if let (true, true, Some(entered)) = (is_stored, new.finishes, &new.counts_in) {
        maraton::count_item(tx, own, entered, new.line.at)?;
    }
    Ok(is_stored)
}

fn one_by_one(tx: &mut Tx, own: &OwnSight, new: &Submission, sealed: &Sealed) -> Result<bool, Fault> {
    if !students::take(tx, own, new.seen)? {
        return Ok(false);
    }
    calculations::add_line(tx, new.of, new.line, sealed)?;
    if let Some(learned) = new.learned {
        calculations::add_response(tx, new.of, learned.response)?;
        learned.skills.iter().try_for_each(|row| students::save_skill(tx, own, row))?;
        learned.item.iter().try_for_each(|row| students::save_item(tx, own, row))?;
        if let Some(below) = learned.forgotten_below {
            students::forget_items(tx, own, below)?;
        }
    }
    if new.finishes {
        calculations::finish(tx, new.of, new.line.at)?;
    }
    Ok(true)
}

kept! { on diesel::pg::Pg, AtOnce
    "WITH taken AS (
         UPDATE student SET version = version + 1, ability = ?, responses = ?, last_at = ?, start = ?, state = ?
         WHERE controller_id = ? AND person_id = ? AND version = ?
         RETURNING controller_id, person_id),
     answered AS (
         INSERT INTO response (controller_id, calculation_id, number, student_id, skill, exercise, difficulty, correct,
             milliseconds, attempt, at, also, is_line, place)
         SELECT controller_id, ?, ?, person_id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM taken WHERE ?),
     learned AS (
         INSERT INTO skill_state (controller_id, student_id, skill, responses, last_at, state)
         SELECT controller_id, person_id, skill, responses, last_at, state FROM taken,
             (VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)) AS known (skill, responses, last_at, state, has)
         WHERE has
         ON CONFLICT (controller_id, student_id, skill) DO UPDATE SET
             responses = excluded.responses, last_at = excluded.last_at, state = excluded.state),
     met AS (
         INSERT INTO item_state (controller_id, student_id, exercise, attempts, wins, correct, place, last_at)
         SELECT controller_id, person_id, ?, ?, ?, ?, ?, ? FROM taken WHERE ?
         ON CONFLICT (controller_id, student_id, exercise) DO UPDATE SET
             attempts = excluded.attempts, wins = excluded.wins, correct = excluded.correct,
             place = excluded.place, last_at = excluded.last_at),
     finished AS (
         UPDATE calculation SET finished_at = ? FROM taken
         WHERE calculation.controller_id = taken.controller_id AND calculation.id = ? AND ?)
     INSERT INTO line (controller_id, calculation_id, number, key, entered, at, verdict, answer)
     SELECT controller_id, ?, ?, ?, ?, ?, ?, ? FROM taken":
    ability: f64 => Double,
    responses: i32 => Integer,
    last_at: Millis => BigInt,
    start: Option<f64> => Nullable<Double>,
    state: str => Text,
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
    also: Option<String> => Nullable<Text>,
    is_line: bool => Bool,
    response_place: i64 => BigInt,
    has_response: bool => Bool,
    skill: str => Text,
    skill_responses: i32 => Integer,
    skill_last_at: Millis => BigInt,
    skill_state: str => Text,
    has_skill: bool => Bool,
    other: str => Text,
    other_responses: i32 => Integer,
    other_last_at: Millis => BigInt,
    other_state: str => Text,
    has_other: bool => Bool,
    item: str => Text,
    attempts: i16 => SmallInt,
    wins: i16 => SmallInt,
    item_correct: bool => Bool,
    place: i32 => Integer,
    item_last_at: Millis => BigInt,
    has_item: bool => Bool,
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
static NOTHING: (NewResponse, SkillRow, ItemRow) = (
    NewResponse {
        number: 0,
        skill: String::new(),
        exercise: String::new(),
        difficulty: 0.0,
        correct: false,
        milliseconds: 0,
        attempt: 0,
        at: Millis(0),
        also: None,
        is_line: false,
        place: 0,
    },
    SkillRow { skill: String::new(), responses: 0, last_at: Millis(0), state: String::new() },
    ItemRow { exercise: String::new(), attempts: 0, wins: 0, correct: false, place: 0, last_at: Millis(0) },
);

impl<'a> AtOnce<'a> {
    fn of(own: &'a OwnSight, new: &Submission<'a>, sealed: &'a Sealed) -> Self {
        let response = new.learned.map_or(&NOTHING.0, |learned| learned.response);
        let (skills, item) = new.learned.map_or((&[][..], None), |learned| (learned.skills, learned.item));
        let [skill, other] = [skills.first(), skills.get(1)].map(|row| (row.unwrap_or(&NOTHING.1), has(row)));
        let item = (item.unwrap_or(&NOTHING.2), has(item.as_ref()));
        Self {
            ability: &new.seen.ability,
            responses: &new.seen.responses,
            last_at: &new.seen.last_at,
            start: &new.seen.start,
            state: &new.seen.state,
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
            also: &response.also,
            is_line: &response.is_line,
            response_place: &response.place,
            has_response: has(new.learned.as_ref()),
            skill: &skill.0.skill,
            skill_responses: &skill.0.responses,
            skill_last_at: &skill.0.last_at,
            skill_state: &skill.0.state,
            has_skill: skill.1,
            other: &other.0.skill,
            other_responses: &other.0.responses,
            other_last_at: &other.0.last_at,
            other_state: &other.0.state,
            has_other: other.1,
            item: &item.0.exercise,
            attempts: &item.0.attempts,
            wins: &item.0.wins,
            item_correct: &item.0.correct,
            place: &item.0.place,
            item_last_at: &item.0.last_at,
            has_item: item.1,
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

const fn has<T>(value: Option<&T>) -> &'static bool {
    if value.is_some() { &true } else { &false }
}
