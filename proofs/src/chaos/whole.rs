//! Aggregates are what the rows say: counted anew, summed anew, and every student's model learned anew from its responses.

use std::collections::{BTreeMap, BTreeSet};

use stegvis::{exercises::Bank, model};
use vault::{
    Millis,
    rows::students::{General, SeenResponse},
};

use super::{
    Finding,
    rows::{self, Rows},
};

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
        let wanted: &[&str] = match (response.is_line, response.is_correct) {
            (false, true) => &["goal"],
            (true, true) => &["right", "unfinished"],
            (_, false) => &["wrong"],
        };
        let (of, number) = (&response.calculation, response.number);
        let is_so = verdict.is_some_and(|verdict| wanted.contains(&verdict));
        expect(is_so, format!("the response to line {number} of {of}: {verdict:?}"));
    }
    let learned = rows.responses.iter().filter(|response| response.is_correct && !response.is_line).count();
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
    let mut sums: BTreeMap<&str, (i64, i64, i64)> = BTreeMap::new();
    let mut own: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &rows.distances {
        let metres = own.entry(&row.student).or_default();
        if row.is_approved {
            *metres += row.metres;
            let sum = sums.entry(&row.school).or_default();
            *sum = (sum.0 + row.metres, sum.1 + 1, sum.2);
        }
    }
    for (school, _) in rows.entrants.values() {
        sums.entry(school).or_default().2 += 1;
    }
    let entered: BTreeMap<&str, i64> =
        rows.entrants.iter().map(|(student, (_, metres))| (student.as_str(), *metres)).collect();
    expect(entered == own, format!("those who take part have come {entered:?}, their distances say {own:?}"));
    let stored: BTreeMap<&str, (i64, i64, i64)> =
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

/// The same responses in the same order give the same model, to the last digit.
fn models(rows: &Rows, bank: &Bank, expect: &mut impl FnMut(bool, String)) {
    let mut by_student: BTreeMap<&str, Vec<&rows::Response>> = BTreeMap::new();
    for response in &rows.responses {
        by_student.entry(&response.student).or_default().push(response);
    }
    for (id, student) in &rows.students {
        let mut responses = by_student.remove(id.as_str()).unwrap_or_default();
        if responses.is_empty() {
            expect(student.responses == 0, format!("the model of {id} counts {} responses of none", student.responses));
            continue;
        }
        responses.sort_by_key(|response| response.place);
        let places: BTreeSet<i64> = responses.iter().map(|response| response.place).collect();
        expect(places.len() == responses.len(), format!("two responses of {id} have one place"));
        let seen: Vec<SeenResponse> = responses.into_iter().map(seen).collect();
        let made = model::rows(bank, &stored(student), &seen, student.school_year);
        expect(
            made.general.state == student.state && made.general.responses == student.responses,
            format!("{id} is stored as {}, its responses say {}", student.state, made.general.state),
        );
        let is_same = made.general.ability.to_bits() == student.ability.to_bits();
        expect(is_same, format!("{id} is at {}, its responses say {}", student.ability, made.general.ability));
        skills(id, &made, rows, expect);
        items(id, &made, rows, expect);
    }
    let nobody: BTreeSet<&&str> = by_student.keys().collect();
    expect(nobody.is_empty(), format!("responses of {nobody:?}, who are no students"));
}

fn seen(response: &rows::Response) -> SeenResponse {
    SeenResponse {
        skill: response.skill.clone(),
        also: response.also.clone(),
        exercise: response.exercise.clone(),
        difficulty: response.difficulty,
        correct: response.is_correct,
        attempt: response.attempt,
        is_line: response.is_line,
        at: Millis(response.at),
    }
}

fn stored(student: &rows::Student) -> General {
    General {
        version: student.version,
        ability: student.ability,
        responses: student.responses,
        last_at: Millis(student.last_at),
        start: student.start,
        state: student.state.clone(),
    }
}

fn skills(id: &str, made: &model::Rows, rows: &Rows, expect: &mut impl FnMut(bool, String)) {
    let there: BTreeMap<&str, (i64, &str)> = rows
        .skills
        .iter()
        .filter(|row| row.student == id)
        .map(|row| (row.skill.as_str(), (row.responses, row.state.as_str())))
        .collect();
    let made: BTreeMap<&str, (i64, &str)> =
        made.skills.iter().map(|row| (row.skill.as_str(), (i64::from(row.responses), row.state.as_str()))).collect();
    expect(there == made, format!("{id} can {there:?}, the responses say {made:?}"));
}

fn items(id: &str, made: &model::Rows, rows: &Rows, expect: &mut impl FnMut(bool, String)) {
    let there: BTreeMap<&str, (i64, i64)> = rows
        .met
        .iter()
        .filter(|row| row.student == id)
        .map(|row| (row.exercise.as_str(), (row.attempts, row.place)))
        .collect();
    let made: BTreeMap<&str, (i64, i64)> =
        made.items.iter().map(|row| (row.exercise.as_str(), (i64::from(row.attempts), i64::from(row.place)))).collect();
    expect(there == made, format!("{id} has met {there:?}, the responses say {made:?}"));
}
