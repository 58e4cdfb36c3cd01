//! What is stored, read past the vault: ids and counts of every table that people write in.

use std::collections::BTreeMap;

use anyhow::Context;

use super::act::Appeal;
use crate::place::{Place, Raw};

/// One row of a query: its columns as text, absent ones empty.
type Row = [String];

pub(super) struct Calculation {
    pub id: String,
    pub student: String,
    pub exercise: String,
    pub seed: i64,
    pub is_finished: bool,
    pub is_left: bool,
    /// The recommendation that it was opened from is stored.
    pub is_recommended: bool,
}

pub(super) struct Line {
    pub calculation: String,
    pub number: i64,
    pub key: String,
    pub verdict: String,
}

pub(super) struct Response {
    pub calculation: String,
    pub number: i64,
    pub student: String,
    pub skill: String,
    pub exercise: String,
    pub difficulty: f64,
    pub is_correct: bool,
    pub attempt: i16,
    pub at: i64,
    pub also: Option<String>,
    pub is_line: bool,
    /// The order of one student's responses.
    pub place: i64,
}

pub(super) struct Student {
    pub version: i64,
    pub ability: f64,
    pub responses: i32,
    pub last_at: i64,
    pub start: Option<f64>,
    pub state: String,
    pub school_year: Option<u8>,
}

pub(super) struct Skill {
    pub student: String,
    pub skill: String,
    pub responses: i64,
    pub state: String,
}

/// An exercise that is remembered.
pub(super) struct Met {
    pub student: String,
    pub exercise: String,
    pub attempts: i64,
    pub place: i64,
}

pub(super) struct Distance {
    pub id: String,
    pub student: String,
    pub key: String,
    pub school: String,
    pub metres: i64,
    pub is_approved: bool,
    pub is_returned: bool,
}

/// A hint that was opened.
pub(super) struct Hint {
    pub calculation: String,
    /// The line that it goes on from.
    pub from: i64,
    pub strength: i64,
    pub at: i64,
}

pub(super) struct Appealed {
    pub appeal: Appeal,
    pub student: String,
    /// What the teacher said.
    pub holds: Option<bool>,
}

/// Everything.
pub(super) struct Rows {
    pub calculations: Vec<Calculation>,
    pub lines: Vec<Line>,
    pub responses: Vec<Response>,
    pub students: BTreeMap<String, Student>,
    pub skills: Vec<Skill>,
    pub met: Vec<Met>,
    pub hints: Vec<Hint>,
    pub appeals: Vec<Appealed>,
    pub distances: Vec<Distance>,
    /// By the school: metres, distances and entrants.
    pub standings: BTreeMap<String, (i64, i64, i64)>,
    /// By the entrant: the school and the metres.
    pub entrants: BTreeMap<String, (String, i64)>,
    /// Id and whether it is taken back.
    pub assignments: Vec<(String, bool)>,
    /// SHA-256 of tokens.
    pub sessions: Vec<String>,
    /// Groups with an open class code.
    pub codes: Vec<String>,
    /// Person, number and step of consents to sums of difficulty.
    pub consents: Vec<(String, i64, String)>,
    /// Who, kind of data, of whom: looks, as often as they were written down.
    pub looks: Vec<(String, String, String)>,
    /// By the exercise: responses that moved it.
    pub difficulties: BTreeMap<String, i64>,
    /// What the database itself finds wrong.
    pub faults: Vec<String>,
}

impl Rows {
    /// Reads everything, at one moment on SQLite while nobody writes.
    pub(super) fn read(place: &Place) -> anyhow::Result<Self> {
        let mut raw = place.raw()?;
        let students = raw.read(
            "SELECT {student.person_id}, student.version, [student.ability], student.responses, student.last_at, \
             person.school_year, [student.start], student.state FROM student JOIN person ON person.controller_id = student.controller_id \
             AND person.id = student.person_id",
            |row| {
                let at = |column| number(row, column);
                let school_year = row.get(5).and_then(|year| year.parse().ok());
                let student = Student {
                    version: at(1)?,
                    ability: real(row, 2)?,
                    responses: i32::try_from(at(3)?)?,
                    last_at: at(4)?,
                    start: if is_set(row, 6) { Some(real(row, 6)?) } else { None },
                    state: word(row, 7),
                    school_year,
                };
                Ok((word(row, 0), student))
            },
        )?;
        Ok(Self {
            calculations: calculations(&mut raw)?,
            lines: raw.read("SELECT {calculation_id}, number, {key}, verdict FROM line", |row| {
                let (calculation, key, verdict) = (word(row, 0), word(row, 2), word(row, 3));
                Ok(Line { calculation, number: number(row, 1)?, key, verdict })
            })?,
            responses: responses(&mut raw)?,
            students: students.into_iter().collect(),
            skills: skills(&mut raw)?,
            met: met(&mut raw)?,
            hints: hints(&mut raw)?,
            appeals: appeals(&mut raw)?,
            distances: distances(&mut raw)?,
            standings: raw
                .read("SELECT {school_id}, metres, distances, entrants FROM standing", |row| {
                    Ok((word(row, 0), (number(row, 1)?, number(row, 2)?, number(row, 3)?)))
                })?
                .into_iter()
                .collect(),
            entrants: entrants(&mut raw)?,
            assignments: raw
                .read("SELECT {id}, taken_back_at FROM assignment", |row| Ok((word(row, 0), is_set(row, 1))))?,
            sessions: raw.read("SELECT {token_hash} FROM session", |row| Ok(word(row, 0)))?,
            codes: raw.read("SELECT {group_id} FROM class_code", |row| Ok(word(row, 0)))?,
            consents: raw
                .read("SELECT {person_id}, number, step FROM consent WHERE purpose = 'difficulty'", |row| {
                    Ok((word(row, 0), number(row, 1)?, word(row, 2)))
                })?,
            looks: raw.read(
                "SELECT {audit_personal.actor_id}, audit_event.class, {audit_personal.subject_id} FROM audit_event \
                 JOIN audit_personal ON audit_personal.controller_id = audit_event.controller_id \
                 AND audit_personal.seq = audit_event.seq WHERE audit_event.action = 'look'",
                |row| Ok((word(row, 0), word(row, 1), word(row, 2))),
            )?,
            difficulties: difficulties(&mut raw)?,
            faults: raw.faults()?,
        })
    }
}

/// Over all answers and lines.
fn difficulties(raw: &mut Raw) -> anyhow::Result<BTreeMap<String, i64>> {
    let said = "SELECT exercise, CAST(sum(responses) AS BIGINT) FROM item_difficulty GROUP BY exercise";
    Ok(raw.read(said, |row| Ok((word(row, 0), number(row, 1)?)))?.into_iter().collect())
}

fn calculations(raw: &mut Raw) -> anyhow::Result<Vec<Calculation>> {
    raw.read(
        "SELECT {calculation.id}, {calculation.student_id}, calculation.exercise, calculation.seed, \
         calculation.finished_at, calculation.left_at, recommendation.at FROM calculation LEFT JOIN recommendation \
         ON recommendation.controller_id = calculation.controller_id AND recommendation.calculation_id = calculation.id",
        |row| {
            Ok(Calculation {
                id: word(row, 0),
                student: word(row, 1),
                exercise: word(row, 2),
                seed: number(row, 3)?,
                is_finished: is_set(row, 4),
                is_left: is_set(row, 5),
                is_recommended: is_set(row, 6),
            })
        },
    )
}

fn responses(raw: &mut Raw) -> anyhow::Result<Vec<Response>> {
    raw.read(
        "SELECT {calculation_id}, number, {student_id}, skill, exercise, [difficulty], \
         CASE WHEN correct THEN 1 ELSE 0 END, attempt, at, also, CASE WHEN is_line THEN 1 ELSE 0 END, place \
         FROM response",
        |row| {
            Ok(Response {
                calculation: word(row, 0),
                number: number(row, 1)?,
                student: word(row, 2),
                skill: word(row, 3),
                exercise: word(row, 4),
                difficulty: real(row, 5)?,
                is_correct: number(row, 6)? == 1,
                attempt: i16::try_from(number(row, 7)?)?,
                at: number(row, 8)?,
                also: is_set(row, 9).then(|| word(row, 9)),
                is_line: number(row, 10)? == 1,
                place: number(row, 11)?,
            })
        },
    )
}

fn skills(raw: &mut Raw) -> anyhow::Result<Vec<Skill>> {
    raw.read("SELECT {student_id}, skill, responses, state FROM skill_state", |row| {
        Ok(Skill { student: word(row, 0), skill: word(row, 1), responses: number(row, 2)?, state: word(row, 3) })
    })
}

fn met(raw: &mut Raw) -> anyhow::Result<Vec<Met>> {
    raw.read("SELECT {student_id}, exercise, attempts, place FROM item_state", |row| {
        Ok(Met { student: word(row, 0), exercise: word(row, 1), attempts: number(row, 2)?, place: number(row, 3)? })
    })
}

fn hints(raw: &mut Raw) -> anyhow::Result<Vec<Hint>> {
    raw.read("SELECT {calculation_id}, from_line, strength, at FROM hint", |row| {
        let (from, strength, at) = (number(row, 1)?, number(row, 2)?, number(row, 3)?);
        Ok(Hint { calculation: word(row, 0), from, strength, at })
    })
}

fn appeals(raw: &mut Raw) -> anyhow::Result<Vec<Appealed>> {
    let said =
        "SELECT {calculation_id}, number, {student_id}, answered_at, CASE WHEN holds THEN 1 ELSE 0 END FROM appeal";
    raw.read(said, |row| {
        Ok(Appealed {
            appeal: Appeal { calculation: word(row, 0), line: number(row, 1)? },
            student: word(row, 2),
            holds: is_set(row, 3).then(|| number(row, 4)).transpose()?.map(|holds| holds == 1),
        })
    })
}

fn distances(raw: &mut Raw) -> anyhow::Result<Vec<Distance>> {
    raw.read("SELECT {id}, {key}, {school_id}, metres, approved_at, returned_at, {student_id} FROM distance", |row| {
        Ok(Distance {
            id: word(row, 0),
            student: word(row, 6),
            key: word(row, 1),
            school: word(row, 2),
            metres: number(row, 3)?,
            is_approved: is_set(row, 4),
            is_returned: is_set(row, 5),
        })
    })
}

fn entrants(raw: &mut Raw) -> anyhow::Result<BTreeMap<String, (String, i64)>> {
    let entrants = raw.read("SELECT {student_id}, {school_id}, metres FROM entrant", |row| {
        Ok((word(row, 0), (word(row, 1), number(row, 2)?)))
    })?;
    Ok(entrants.into_iter().collect())
}

fn word(row: &Row, at: usize) -> String {
    row.get(at).cloned().unwrap_or_default()
}

fn is_set(row: &Row, at: usize) -> bool {
    row.get(at).is_some_and(|column| !column.is_empty())
}

fn number(row: &Row, at: usize) -> anyhow::Result<i64> {
    word(row, at).parse().with_context(|| format!("column {at} of {row:?}"))
}

fn real(row: &Row, at: usize) -> anyhow::Result<f64> {
    word(row, at).parse().with_context(|| format!("column {at} of {row:?}"))
}
