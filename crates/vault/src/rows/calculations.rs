//! Calculations, their lines, what the model saw of them and why they were chosen.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Binary, Bool, Double, Nullable, SmallInt, Text},
};

use crate::{
    access::{OwnSight, Refusal, StudentSight},
    connection::{Tx, kept::kept, on_each},
    fault::Fault,
    ids::{AssignmentId, CalculationId, ControllerId, IdempotencyKey, PersonId},
    rows::sealed::LineRow,
    schema::{calculation, line, recommendation},
    time::Millis,
};

/// A student's worked solution of one item.
#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = calculation)]
pub struct Calculation {
    pub(super) controller_id: ControllerId,
    pub id: CalculationId,
    pub student_id: PersonId,
    pub exercise: String,
    pub seed: i64,
    /// logit, as it was when the item was opened
    pub difficulty: f64,
    pub assignment_id: Option<AssignmentId>,
    pub assignment_number: Option<i16>,
    /// How many hints were opened in all.
    pub hints: i16,
    pub opened_at: Millis,
    pub finished_at: Option<Millis>,
    pub left_at: Option<Millis>,
}

/// An item to open.
pub struct NewCalculation {
    pub id: CalculationId,
    pub exercise: String,
    pub seed: i64,
    pub difficulty: f64,
    pub of_assignment: Option<(AssignmentId, i16)>,
    pub opened_at: Millis,
}

/// Why an item was chosen: the reason as JSON, probabilities 0-1.
pub struct NewRecommendation {
    pub reason: String,
    pub probability: f64,
    pub propensity: f64,
}

#[derive(Queryable, Clone)]
pub struct Recommendation {
    pub reason: String,
    pub probability: f64,
    pub at: Millis,
}

/// One typed line with the judgement that was given.
#[derive(Clone)]
pub struct Line {
    /// 1 and up
    pub number: i16,
    pub key: IdempotencyKey,
    pub entered: String,
    pub at: Millis,
    /// right, goal, unfinished, wrong or unreadable
    pub verdict: String,
    /// the whole judgement, JSON
    pub answer: String,
}

/// What the student model saw.
pub struct NewResponse {
    pub number: i16,
    pub skill: String,
    pub exercise: String,
    pub difficulty: f64,
    pub correct: bool,
    pub milliseconds: i64,
    pub attempt: i16,
    pub at: Millis,
    /// a second skill that the line tells about
    pub also: Option<String>,
    /// a line on the way, not an answer to the item
    pub is_line: bool,
    /// the order of one student's responses: the version that the write makes
    pub place: i64,
}

pub fn open(
    tx: &mut Tx,
    own: &OwnSight,
    new: &NewCalculation,
    why: Option<&NewRecommendation>,
) -> Result<Calculation, Fault> {
    let row = Calculation {
        controller_id: own.controller,
        id: new.id,
        student_id: own.student,
        exercise: new.exercise.clone(),
        seed: new.seed,
        difficulty: new.difficulty,
        assignment_id: new.of_assignment.map(|(id, _)| id),
        assignment_number: new.of_assignment.map(|(_, number)| number),
        hints: 0,
        opened_at: new.opened_at,
        finished_at: None,
        left_at: None,
    };
    diesel::insert_into(calculation::table).values(&row).execute(tx.connection())?;
    if let Some(why) = why {
        diesel::insert_into(recommendation::table)
            .values((
                recommendation::controller_id.eq(own.controller),
                recommendation::calculation_id.eq(new.id),
                recommendation::student_id.eq(own.student),
                recommendation::exercise.eq(&new.exercise),
                recommendation::reason.eq(&why.reason),
                recommendation::probability.eq(why.probability),
                recommendation::propensity.eq(why.propensity),
                recommendation::at.eq(new.opened_at),
            ))
            .execute(tx.connection())?;
    }
    Ok(row)
}

/// A calculation of the student in sight; another student's is not found.
pub fn seen(tx: &mut Tx, sight: &StudentSight, id: CalculationId) -> Result<Calculation, Refusal> {
    Ok(on_each!(tx.connection(), each => calculation::table
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::id.eq(id))
        .filter(calculation::student_id.eq(sight.student))
        .select(Calculation::as_select())
        .first(each))?)
}

/// The newest calculations of the student in sight, at most `most`.
pub fn latest(tx: &mut Tx, sight: &StudentSight, most: i64) -> Result<Vec<Calculation>, Fault> {
    Ok(on_each!(tx.connection(), each => calculation::table
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::student_id.eq(sight.student))
        .order(calculation::opened_at.desc())
        .limit(most)
        .select(Calculation::as_select())
        .load(each))?)
}

/// The calculations of the student in sight that were opened at `from` or later, newest first, at most `most`.
pub fn opened_since(tx: &mut Tx, sight: &StudentSight, from: Millis, most: i64) -> Result<Vec<Calculation>, Fault> {
    Ok(calculation::table
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::student_id.eq(sight.student))
        .filter(calculation::opened_at.ge(from))
        .order(calculation::opened_at.desc())
        .limit(most)
        .select(Calculation::as_select())
        .load(tx.connection())?)
}

/// The newest calculations of the student in sight: only of the named exercises, if any are named, and only those opened
/// before a moment, if one is given; at most `most`.
pub fn latest_of(
    tx: &mut Tx,
    sight: &StudentSight,
    exercises: Option<&[String]>,
    before: Option<Millis>,
    most: i64,
) -> Result<Vec<Calculation>, Fault> {
    let mut found = calculation::table
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::student_id.eq(sight.student))
        .order(calculation::opened_at.desc())
        .limit(most)
        .select(Calculation::as_select())
        .into_boxed();
    if let Some(exercises) = exercises {
        found = found.filter(calculation::exercise.eq_any(exercises));
    }
    if let Some(before) = before {
        found = found.filter(calculation::opened_at.lt(before));
    }
    Ok(found.load(tx.connection())?)
}

/// So many half-finished calculations are looked at; more than one is rare.
const MOST_UNFINISHED: i64 = 20;

/// The calculations that are neither finished nor left, newest first.
pub fn unfinished(tx: &mut Tx, own: &OwnSight) -> Result<Vec<Calculation>, Fault> {
    Ok(on_each!(tx.connection(), each => calculation::table
        .filter(calculation::controller_id.eq(own.controller))
        .filter(calculation::student_id.eq(own.student))
        .filter(calculation::finished_at.is_null())
        .filter(calculation::left_at.is_null())
        .order(calculation::opened_at.desc())
        .select(Calculation::as_select())
        .limit(MOST_UNFINISHED)
        .load(each))?)
}

/// The lines of a calculation, first to last; none any more if the student is forgotten.
pub fn lines(tx: &mut Tx, of: &Calculation) -> Result<Vec<Line>, Fault> {
    type Row = (i16, IdempotencyKey, Vec<u8>, Millis, String, Vec<u8>);
    let rows: Vec<Row> = on_each!(tx.connection(), each => line::table
        .filter(line::controller_id.eq(of.controller_id))
        .filter(line::calculation_id.eq(of.id))
        .select((line::number, line::key, line::entered, line::at, line::verdict, line::answer))
        .order(line::number)
        .load(each))?;
    let mut lines = Vec::with_capacity(rows.len());
    for (number, key, entered, at, verdict, answer) in rows {
        let row = LineRow::new(of.id, number);
        let open = |column, text: &[u8]| tx.keys().unseal(&row.spot(of.controller_id, of.student_id, column), text);
        let (Some(entered), Some(answer)) = (open("entered", &entered)?, open("answer", &answer)?) else {
            return Ok(Vec::new());
        };
        lines.push(Line { number, key, entered, at, verdict, answer });
    }
    Ok(lines)
}

/// Why the calculation was chosen; nothing if the student or a teacher chose it.
pub fn reason(tx: &mut Tx, of: &Calculation) -> Result<Option<Recommendation>, Fault> {
    Ok(recommendation::table
        .filter(recommendation::controller_id.eq(of.controller_id))
        .filter(recommendation::calculation_id.eq(of.id))
        .select((recommendation::reason, recommendation::probability, recommendation::at))
        .first(tx.connection())
        .optional()?)
}

kept! { AddLine
    "INSERT INTO line (controller_id, calculation_id, number, key, entered, at, verdict, answer)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)":
    controller: ControllerId => Binary,
    calculation: CalculationId => Binary,
    number: i16 => SmallInt,
    key: IdempotencyKey => Binary,
    entered: [u8] => Binary,
    at: Millis => BigInt,
    verdict: str => Text,
    answer: [u8] => Binary,
}

/// What of a line is sealed with the student's key.
pub(crate) struct Sealed {
    pub(crate) entered: Vec<u8>,
    pub(super) answer: Vec<u8>,
}

impl Sealed {
    pub(crate) fn of(tx: &Tx, of: &Calculation, new: &Line) -> Result<Self, Fault> {
        let row = LineRow::new(of.id, new.number);
        let seal = |column, text: &str| tx.keys().seal(&row.spot(of.controller_id, of.student_id, column), text);
        Ok(Self { entered: seal("entered", &new.entered)?, answer: seal("answer", &new.answer)? })
    }
}

pub(crate) fn add_line(tx: &mut Tx, of: &Calculation, new: &Line, sealed: &Sealed) -> Result<(), Fault> {
    let line = AddLine {
        controller: &of.controller_id,
        calculation: &of.id,
        number: &new.number,
        key: &new.key,
        entered: &sealed.entered,
        at: &new.at,
        verdict: &new.verdict,
        answer: &sealed.answer,
    };
    on_each!(tx.connection(), each => line.execute(each))?;
    Ok(())
}

kept! { AddResponse
    "INSERT INTO response (controller_id, calculation_id, number, student_id, skill, exercise, difficulty, correct,
         milliseconds, attempt, at, also, is_line, place)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)":
    controller: ControllerId => Binary,
    calculation: CalculationId => Binary,
    number: i16 => SmallInt,
    student: PersonId => Binary,
    skill: str => Text,
    exercise: str => Text,
    difficulty: f64 => Double,
    correct: bool => Bool,
    milliseconds: i64 => BigInt,
    attempt: i16 => SmallInt,
    at: Millis => BigInt,
    also: Option<String> => Nullable<Text>,
    is_line: bool => Bool,
    place: i64 => BigInt,
}

pub(super) fn add_response(tx: &mut Tx, of: &Calculation, new: &NewResponse) -> Result<(), Fault> {
    let response = AddResponse {
        controller: &of.controller_id,
        calculation: &of.id,
        number: &new.number,
        student: &of.student_id,
        skill: &new.skill,
        exercise: &new.exercise,
        difficulty: &new.difficulty,
        correct: &new.correct,
        milliseconds: &new.milliseconds,
        attempt: &new.attempt,
        at: &new.at,
        also: &new.also,
        is_line: &new.is_line,
        place: &new.place,
    };
    on_each!(tx.connection(), each => response.execute(each))?;
    Ok(())
}

kept! { Finish
    "UPDATE calculation SET finished_at = ? WHERE controller_id = ? AND id = ?":
    at: Millis => BigInt,
    controller: ControllerId => Binary,
    calculation: CalculationId => Binary,
}

pub(super) fn finish(tx: &mut Tx, of: &Calculation, now: Millis) -> Result<(), Fault> {
    let finish = Finish { at: &now, controller: &of.controller_id, calculation: &of.id };
    on_each!(tx.connection(), each => finish.execute(each))?;
    Ok(())
}

/// The student chose another task; the lines stay.
pub fn leave(tx: &mut Tx, of: &Calculation, now: Millis) -> Result<(), Fault> {
    diesel::update(calculation::table)
        .filter(calculation::controller_id.eq(of.controller_id))
        .filter(calculation::id.eq(of.id))
        .set(calculation::left_at.eq(now))
        .execute(tx.connection())?;
    Ok(())
}
