//! The difference between two ways to predict, with an interval over students.

use serde::Serialize;

use crate::chance::Chance;
use crate::evaluate::score;
use crate::fit::Record;

/// A paired difference of AUC, first way minus second.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    pub auc: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    pub log_loss: f64,
}

/// Draws whole students with replacement (the bootstrap of clusters, Efron and Tibshirani 1993), the same ones for both
/// ways, and takes the 2.5th and 97.5th hundredth of the differences. The records of one student must stand together.
///
/// `None` without records or draws.
pub fn difference(records: &[Record], ours: &[f64], theirs: &[f64], draws: usize, seed: u64) -> Option<Difference> {
    let correct: Vec<bool> = records.iter().map(|r| r.response.correct).collect();
    let mut students = Vec::new();
    let mut begin = 0;
    for student in records.chunk_by(|a, b| a.student == b.student) {
        students.push(begin..begin + student.len());
        begin += student.len();
    }
    let whole: Vec<usize> = (0..records.len()).collect();
    let (auc, log_loss) = between(&whole, &correct, ours, theirs)?;
    let mut chance = Chance::new(seed);
    let mut drawn = Vec::with_capacity(draws);
    for _ in 0..draws {
        let rows: Vec<usize> =
            (0..students.len()).flat_map(|_| students[chance.below(students.len())].clone()).collect();
        drawn.push(between(&rows, &correct, ours, theirs)?.0);
    }
    drawn.sort_by(f64::total_cmp);
    let at = |part: f64| drawn.get((part * (draws.saturating_sub(1)) as f64).round() as usize).copied();
    Some(Difference { auc, low: at(0.025)?, high: at(0.975)?, log_loss })
}

fn between(rows: &[usize], correct: &[bool], ours: &[f64], theirs: &[f64]) -> Option<(f64, f64)> {
    let of = |predictions: &[f64]| {
        let pairs: Vec<(f64, bool)> = rows.iter().map(|&row| (predictions[row], correct[row])).collect();
        score(&pairs)
    };
    let (ours, theirs) = (of(ours)?, of(theirs)?);
    Some((ours.auc - theirs.auc, ours.log_loss - theirs.log_loss))
}
