//! Labelled line cases: whether they are judged as they are labelled, and how fast.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::compare::{Comparison, compare_lines};
use crate::policy::{Letters, Policy};
use crate::value::{Line, read_plain};

/// One labelled case: a line `a` and the next one `b`, or a chain of lines, in plain notation.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub source: String,
    pub kind: String,
    pub a: Option<String>,
    pub b: Option<String>,
    pub lines: Option<Vec<String>>,
    /// Whether the line is right.
    pub expect: bool,
    /// Significant figures or a tolerance, as the kind says.
    pub opt: Option<serde::de::IgnoredAny>,
    /// `positive`: every letter stands for a positive number.
    pub assume: Option<String>,
}

/// How a case was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Right,
    Wrong,
    NoAnswer,
}

/// How the cases of one kind were judged; times in microseconds.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Score {
    pub kind: String,
    pub n: usize,
    /// Judged as labelled.
    pub right: usize,
    pub false_accept: usize,
    pub false_reject: usize,
    pub no_answer: usize,
    pub median_us: u64,
    pub p99_us: u64,
    pub max_us: u64,
}

/// Judges one case. Kinds that are not known get no answer.
#[must_use]
pub fn judge_case(case: &Case) -> Verdict {
    let policy = Policy {
        letters: if case.assume.as_deref() == Some("positive") { Letters::Positive } else { Letters::Real },
        ..Policy::default()
    };
    match case.kind.as_str() {
        "equivalent" | "misconception" | "solution_set" | "system" | "type_mismatch" => {
            judge_pair(case.a.as_deref(), case.b.as_deref(), &policy)
        }
        "step_chain" => judge_chain(case.lines.as_deref().unwrap_or_default(), &policy),
        _ => Verdict::NoAnswer,
    }
}

fn judge_pair(a: Option<&str>, b: Option<&str>, policy: &Policy) -> Verdict {
    let line = |text: Option<&str>| text.and_then(read_plain);
    let (Some(a), Some(b)) = (line(a), line(b)) else {
        return Verdict::NoAnswer;
    };
    in_words(&compare_lines(&a, &b, policy))
}

fn judge_chain(lines: &[String], policy: &Policy) -> Verdict {
    let Some(lines) = lines.iter().map(|line| read_plain(line)).collect::<Option<Vec<Line>>>() else {
        return Verdict::NoAnswer;
    };
    let mut verdict = Verdict::Right;
    for pair in lines.windows(2) {
        if let [a, b] = pair {
            match in_words(&compare_lines(a, b, policy)) {
                Verdict::Wrong => return Verdict::Wrong,
                Verdict::NoAnswer => verdict = Verdict::NoAnswer,
                Verdict::Right => {}
            }
        }
    }
    verdict
}

fn in_words(comparison: &Comparison) -> Verdict {
    match comparison {
        Comparison::Equal(_) => Verdict::Right,
        Comparison::Different(_) => Verdict::Wrong,
        Comparison::Undecided(_) => Verdict::NoAnswer,
    }
}

/// Judges all cases and counts by kind. `clock` gives the microseconds since some fixed time.
pub fn score(cases: &[Case], mut clock: impl FnMut() -> u64, mut each: impl FnMut(&Case, Verdict)) -> Vec<Score> {
    let mut kinds: BTreeMap<&str, (Score, Vec<u64>)> = BTreeMap::new();
    for case in cases {
        let begun = clock();
        let verdict = judge_case(case);
        let time = clock() - begun;
        each(case, verdict);
        let (score, times) = kinds.entry(&case.kind).or_default();
        times.push(time);
        score.n += 1;
        match (verdict, case.expect) {
            (Verdict::Right, true) | (Verdict::Wrong, false) => score.right += 1,
            (Verdict::Right, false) => score.false_accept += 1,
            (Verdict::Wrong, true) => score.false_reject += 1,
            (Verdict::NoAnswer, _) => score.no_answer += 1,
        }
    }
    let finished = kinds.into_iter().map(|(kind, (mut score, mut times))| {
        times.sort_unstable();
        let at = |part: usize| times.get((times.len() * part / 100).min(times.len() - 1)).copied().unwrap_or(0);
        score.kind = kind.to_owned();
        (score.median_us, score.p99_us, score.max_us) = (at(50), at(99), at(100));
        score
    });
    finished.collect()
}
