//! Labelled line cases: whether they are judged as they are labelled, and how fast.
//!
//! A case is one object of a JSONL file. Each kind has its judge in [`JUDGES`]; a kind without one
//! gets no answer, which counts as not right.

mod forms;
mod numbers;
mod quantities;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::account::{Before, Cause, Misconception};
use crate::budget;
use crate::compare::{Comparison, compare, compare_chain};
use crate::mistakes;
use crate::policy::{Letters, Policy};
use crate::read::read_notation;
use crate::tree::Statement;
use crate::verdict::Task;

/// One labelled case: a line `a` and the next one `b`, or a chain of lines, in plain notation.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub id: String,
    pub kind: String,
    /// The exercise, the key or the line before.
    pub a: Option<String>,
    /// The student's line.
    pub b: Option<String>,
    pub lines: Option<Vec<String>>,
    /// Whether the line, or every line of the chain, is right.
    pub expect: bool,
    /// Significant figures or a tolerance, as the kind says.
    pub opt: Option<Setting>,
    /// The letter it is about.
    pub var: Option<String>,
    /// `positive`: every letter stands for a positive number.
    pub assume: Option<String>,
    /// The misconception that a wrong line shows.
    pub misconception: Option<String>,
}

/// A setting of a case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Setting {
    Number(f64),
    Text(String),
    Several(Vec<Setting>),
}

/// How a case was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseVerdict {
    Right,
    Wrong,
    NoAnswer,
}

/// How the cases of one kind were judged; times in microseconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Score {
    pub kind: String,
    pub n: usize,
    /// Judged as labelled.
    pub right: usize,
    pub false_accept: usize,
    pub false_reject: usize,
    pub no_answer: usize,
    /// Wrong lines whose misconception was named as it is labelled. Told for the kind `misconception` alone, as the next
    /// one is: labels of other kinds are of other catalogues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<usize>,
    /// Wrong lines for which another misconception was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub misnamed: Option<usize>,
    pub median_us: f64,
    pub p99_us: f64,
    pub max_us: f64,
}

type Judge = fn(&Case) -> CaseVerdict;

/// Who judges which kinds: the first whose name the kind begins with.
const JUDGES: [(&str, Judge); 10] = [
    ("equivalent", judge_pair),
    ("misconception", judge_pair),
    ("solution_set", judge_pair),
    ("system", judge_pair),
    ("type_mismatch", judge_pair),
    ("step_chain", judge_chain),
    ("form:", forms::judge),
    ("numeric:", numbers::judge),
    ("units", quantities::judge),
    ("parse:", numbers::judge_typed),
];

/// Judges one case.
#[must_use]
pub fn judge_case(case: &Case) -> CaseVerdict {
    budget::begin();
    let judge = JUDGES.iter().find(|(kind, _)| case.kind.starts_with(kind));
    judge.map_or(CaseVerdict::NoAnswer, |(_, judge)| judge(case))
}

/// The kind whose cases say by this house's ids which misconception a line shows.
const NAMED_KIND: &str = "misconception";

/// The misconception that is named for the line `b`, which is wrong below `a`, where the case says which it shows.
#[must_use]
pub fn name_case(case: &Case) -> Option<Misconception> {
    case.misconception.as_ref().filter(|_| case.kind == NAMED_KIND)?;
    let line = |text: &Option<String>| text.as_deref().and_then(|text| read_notation(text).ok());
    let (start, line) = (line(&case.a)?, line(&case.b)?);
    let task = Task { policy: policy(case), ..Task::usual(start) };
    match mistakes::find(&task, Before::default(), &line).cause? {
        Cause::Misconception { id } => Some(id),
        Cause::Slip { .. } => None,
    }
}

fn policy(case: &Case) -> Policy {
    let letters = if case.assume.as_deref() == Some("positive") { Letters::Positive } else { Letters::Real };
    Policy { letters, ..Policy::default() }
}

fn judge_pair(case: &Case) -> CaseVerdict {
    let line = |text: &Option<String>| text.as_deref().and_then(|text| read_notation(text).ok());
    match (line(&case.a), line(&case.b)) {
        (Some(a), Some(b)) => verdict(&compare(&a, &b, &policy(case))),
        _ => CaseVerdict::NoAnswer,
    }
}

/// A chain is wrong at the first line that does not follow from the one before.
fn judge_chain(case: &Case) -> CaseVerdict {
    let lines = case.lines.as_deref().unwrap_or_default();
    let Some(lines) = lines.iter().map(|line| read_notation(line).ok()).collect::<Option<Vec<Statement>>>() else {
        return CaseVerdict::NoAnswer;
    };
    let policy = policy(case);
    let mut found = CaseVerdict::Right;
    for comparison in compare_chain(&lines, &policy) {
        match verdict(&comparison) {
            CaseVerdict::Wrong => return CaseVerdict::Wrong,
            CaseVerdict::NoAnswer => found = CaseVerdict::NoAnswer,
            CaseVerdict::Right => {}
        }
    }
    found
}

fn verdict(comparison: &Comparison) -> CaseVerdict {
    match comparison {
        Comparison::Equal(_) => CaseVerdict::Right,
        Comparison::Different(_) => CaseVerdict::Wrong,
        Comparison::Undecided(_) => CaseVerdict::NoAnswer,
    }
}

/// Judges all cases, names the mistakes of those that say which they show, and counts by kind, in alphabetical order. `clock` gives the nanoseconds since
/// some fixed time; `each` is told every verdict and the nanoseconds it took.
pub fn score(
    cases: &[Case],
    mut clock: impl FnMut() -> u64,
    mut each: impl FnMut(&Case, CaseVerdict, u64),
) -> Vec<Score> {
    let mut kinds: BTreeMap<&str, (Score, Vec<u64>)> = BTreeMap::new();
    for case in cases {
        let begun = clock();
        let verdict = judge_case(case);
        let name = if verdict == CaseVerdict::Wrong { name_case(case) } else { None };
        let time = clock().saturating_sub(begun);
        each(case, verdict, time);
        let (score, times) = kinds.entry(&case.kind).or_default();
        times.push(time);
        score.n += 1;
        match (verdict, case.expect) {
            (CaseVerdict::Right, true) | (CaseVerdict::Wrong, false) => score.right += 1,
            (CaseVerdict::Right, false) => score.false_accept += 1,
            (CaseVerdict::Wrong, true) => score.false_reject += 1,
            (CaseVerdict::NoAnswer, _) => score.no_answer += 1,
        }
        if let Some(label) = case.misconception.as_ref().filter(|_| case.kind == NAMED_KIND) {
            let is_label = name.is_some_and(|name| name.id() == label);
            *score.named.get_or_insert(0) += usize::from(is_label);
            *score.misnamed.get_or_insert(0) += usize::from(name.is_some() && !is_label);
        }
    }
    kinds.into_iter().map(|(kind, (score, times))| finished(kind, score, times)).collect()
}

fn finished(kind: &str, mut score: Score, mut times: Vec<u64>) -> Score {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    // The smallest time that this share of the cases did not exceed, to a tenth of a microsecond.
    let at = |percent: usize| {
        let rank = (times.len() * percent).div_ceil(100).saturating_sub(1).min(last);
        #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
        let tenths = (times.get(rank).copied().unwrap_or(0) / 100) as f64;
        tenths / 10.0
    };
    kind.clone_into(&mut score.kind);
    (score.median_us, score.p99_us, score.max_us) = (at(50), at(99), at(100));
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misconceptions_are_counted_by_whether_they_are_named() {
        let lines = [("4*(x+3)", "4*x+3"), ("(x+3)^2", "x^2+9"), ("4*(x+3)", "7*x+55")];
        let cases = lines.map(|(a, b)| {
            let label = "distribute_first_only";
            let text = format!(
                r#"{{"kind": "misconception", "a": "{a}", "b": "{b}", "expect": false, "misconception": "{label}"}}"#
            );
            case(&text)
        });
        let scores = score(&cases, || 0, |_, _, _| {});
        assert_eq!((scores[0].right, scores[0].named, scores[0].misnamed), (3, Some(1), Some(1)));
    }

    fn case(json: &str) -> Case {
        serde_json::from_str(json).expect("a case")
    }

    #[test]
    fn cases_are_counted_by_kind() {
        let cases = [
            r#"{"kind": "equivalent", "a": "2*x+x", "b": "3*x", "expect": true}"#,
            r#"{"kind": "equivalent", "a": "2*x+x", "b": "2*x", "expect": true}"#,
            r#"{"kind": "equivalent", "a": "2*x+x", "b": "3*x", "expect": false}"#,
            r#"{"kind": "equivalent", "a": "2*x+", "b": "3*x", "expect": false}"#,
            r#"{"kind": "step_chain", "lines": ["x+1 = 3", "x = 2"], "expect": true, "opt": 3}"#,
            r#"{"kind": "step_chain", "lines": ["a^2 = 9", "a = 3"], "expect": true, "assume": "positive"}"#,
            r#"{"kind": "unheard of", "expect": true}"#,
        ]
        .map(case);
        let mut time = 0;
        let clock = || {
            time += 1_500;
            time
        };
        let mut seen = 0;
        let scores = score(&cases, clock, |_, _, _| seen += 1);
        assert_eq!(seen, cases.len());
        let counted = |score: &Score| [score.n, score.right, score.false_accept, score.false_reject, score.no_answer];
        let counts: Vec<_> = scores.iter().map(|score| (score.kind.as_str(), counted(score))).collect();
        assert_eq!(
            counts,
            [("equivalent", [4, 1, 1, 1, 1]), ("step_chain", [2, 2, 0, 0, 0]), ("unheard of", [1, 0, 0, 0, 1])]
        );
        assert!(scores.iter().all(|score| score.median_us == 1.5 && score.max_us == 1.5));
    }
}
