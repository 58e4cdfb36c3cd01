//! Aggregates are what the rows say: counted anew, summed anew, and every student's model learned anew from its responses.

use std::collections::{BTreeMap, BTreeSet};

use adaptive::{Millis, Response, SkillIndex};
use stegvis::exercises::Bank;

use super::{
    Finding,
    rows::{self, Rows},
};

/// How far figures may lie from those that are computed anew: SQLite writes 15 digits of them as text.
const CLOSE: f64 = 1e-6;

/// Every aggregate that does not hold.
pub(super) fn aggregates(rows: &Rows, bank: &Bank) -> Vec<Finding> {
    let mut found: Vec<Finding> = rows.faults.iter().cloned().map(Finding::Broken).collect();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            found.push(Finding::Broken(what));
        }
    };
    numbering(rows, &mut expect);
    finished(rows, &mut expect);
    versions(rows, &mut expect);
    standings(rows, &mut expect);
    difficulties(rows, &mut expect);
    models(rows, bank, &mut expect);
    found
}

/// The lines of a calculation are numbered from 1 without a gap.
fn numbering(rows: &Rows, expect: &mut impl FnMut(bool, String)) {
    let mut numbers: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for line in &rows.lines {
        numbers.entry(&line.calculation).or_default().push(line.number);
    }
    for (calculation, mut numbers) in numbers {
        numbers.sort_unstable();
        expect(
            numbers.iter().copied().eq(1..=numbers.len() as i64),
            format!("{calculation} has the lines {numbers:?}"),
        );
    }
}

/// What is finished has one line that finished it, and what the model learned of that.
fn finished(rows: &Rows, expect: &mut impl FnMut(bool, String)) {
    let goals = |of: &str| rows.lines.iter().filter(|line| line.calculation == of && line.verdict == "goal").count();
    for row in &rows.calculations {
        let goals = goals(&row.id);
        expect(goals == usize::from(row.is_finished), format!("{} has {goals} finishing lines", row.id));
    }
    let lines: BTreeMap<(&str, i64), &str> =
        rows.lines.iter().map(|line| ((line.calculation.as_str(), line.number), line.verdict.as_str())).collect();
    for response in &rows.responses {
        let verdict = lines.get(&(response.calculation.as_str(), response.number)).copied();
        let wanted = if response.is_correct { "goal" } else { "wrong" };
        let (of, number) = (&response.calculation, response.number);
        expect(verdict == Some(wanted), format!("the response to line {number} of {of}: {verdict:?}"));
    }
    let learned = rows.responses.iter().filter(|response| response.is_correct).count();
    let reached = rows.calculations.iter().filter(|row| row.is_finished).count();
    expect(learned == reached, format!("{reached} calculations are finished, the model heard of {learned}"));
}

/// A student's version counts the lines, the openings, and each time that hints were opened.
fn versions(rows: &Rows, expect: &mut impl FnMut(bool, String)) {
    let of: BTreeMap<&str, &str> =
        rows.calculations.iter().map(|row| (row.id.as_str(), row.student.as_str())).collect();
    let mut changes: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &rows.lines {
        *changes.entry(of.get(line.calculation.as_str()).copied().unwrap_or_default()).or_default() += 1;
    }
    let opened: BTreeSet<_> = rows.hints.iter().map(|hint| (&hint.calculation, hint.from, hint.at)).collect();
    for (calculation, ..) in opened {
        *changes.entry(of.get(calculation.as_str()).copied().unwrap_or_default()).or_default() += 1;
    }
    for row in rows.calculations.iter().filter(|row| row.is_recommended) {
        *changes.entry(&row.student).or_default() += 1;
    }
    for (id, student) in rows.students.iter().filter(|(_, student)| student.school_year.is_some()) {
        // An individual's consents count as well; they do not practise here.
        let Some(counted) = changes.get(id.as_str()) else { continue };
        expect(student.version == *counted, format!("{id} has version {} after {counted} changes", student.version));
    }
}

fn standings(rows: &Rows, expect: &mut impl FnMut(bool, String)) {
    let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for row in rows.distances.iter().filter(|row| row.is_approved) {
        let sum = sums.entry(&row.school).or_default();
        *sum = (sum.0 + row.metres, sum.1 + 1);
    }
    let stored: BTreeMap<&str, (i64, i64)> =
        rows.standings.iter().map(|(school, sum)| (school.as_str(), *sum)).collect();
    expect(stored == sums, format!("the schools stand at {stored:?}, the distances say {sums:?}"));
    let both = rows.distances.iter().filter(|row| row.is_approved && row.is_returned).count();
    expect(both == 0, format!("{both} distances are approved and given back"));
}

/// Difficulties are merged once a minute and at an orderly end: what was heard since may be missing, never too much there.
fn difficulties(rows: &Rows, expect: &mut impl FnMut(bool, String)) {
    for (exercise, stored) in &rows.difficulties {
        let heard = rows.responses.iter().filter(|response| response.exercise == *exercise).count() as i64;
        expect(*stored <= heard, format!("{exercise} was moved by {stored} of {heard} responses"));
    }
}

/// The same responses in the same order give the same model.
fn models(rows: &Rows, bank: &Bank, expect: &mut impl FnMut(bool, String)) {
    let index: BTreeMap<&str, u16> = (0_u16..).zip(bank.skills()).map(|(at, skill)| (skill.id.as_str(), at)).collect();
    let mut by_student: BTreeMap<&str, Vec<&rows::Response>> = BTreeMap::new();
    for response in &rows.responses {
        by_student.entry(&response.student).or_default().push(response);
    }
    for (id, student) in &rows.students {
        let mut responses = by_student.remove(id.as_str()).unwrap_or_default();
        expect(
            student.responses == responses.len() as i64,
            format!("the model of {id} counts {} of {} responses", student.responses, responses.len()),
        );
        responses.sort_by_key(|response| (response.at, &response.calculation, response.number));
        let mut learned = adaptive::Student::new(student.school_year);
        for response in &responses {
            let Some(skill) = index.get(response.skill.as_str()) else { continue };
            learned.update(&Response {
                skill: SkillIndex(*skill),
                difficulty: response.difficulty,
                correct: response.is_correct,
                at: Millis(response.at),
                attempt: response.attempt,
            });
        }
        if responses.is_empty() {
            continue;
        }
        let general = (learned.general.value, learned.general.variance);
        let is_close = close(general.0, student.ability) && close(general.1, student.variance);
        expect(
            is_close,
            format!("{id} is at {} ± {}, its responses say {general:?}", student.ability, student.variance),
        );
        skills(id, &learned, rows, &index, expect);
    }
    let nobody: BTreeSet<&&str> = by_student.keys().collect();
    expect(nobody.is_empty(), format!("responses of {nobody:?}, who are no students"));
}

fn skills(
    id: &str,
    learned: &adaptive::Student,
    rows: &Rows,
    index: &BTreeMap<&str, u16>,
    expect: &mut impl FnMut(bool, String),
) {
    let stored: Vec<_> = rows.skills.iter().filter(|row| row.student == id).collect();
    let (known, there) = (learned.skills.len(), stored.len());
    expect(known == there, format!("{id} has {there} skills, the responses say {known}"));
    for row in stored {
        let Some(skill) = index.get(row.skill.as_str()).and_then(|at| learned.skills.get(&SkillIndex(*at))) else {
            expect(false, format!("{id} has a skill {} without responses", row.skill));
            continue;
        };
        let counts = (i64::from(skill.responses), i64::from(skill.wins), i64::from(skill.misses));
        let is_close = close(skill.ability, row.ability) && close(skill.variance, row.variance);
        let is_same = is_close && counts == (row.responses, row.wins, row.misses);
        expect(is_same, format!("{id} in {}: {} {:?}", row.skill, row.ability, (row.responses, row.wins, row.misses)));
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= CLOSE
}
