//! How good predictions were.

use serde::Serialize;

use crate::fit::Record;
use crate::logit::LIMIT;

/// Each student's first so many responses tell how good a cold start is.
const FIRST: usize = 10;
/// The band of predicted probabilities exercises are chosen from.
const CHOSEN: std::ops::Range<f64> = 0.7..0.8;

/// All that is reported of predictions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Report {
    pub auc: f64,
    /// Share where the likelier of right and wrong happened.
    pub accuracy: f64,
    pub rmse: f64,
    pub log_loss: f64,
    pub ece: f64,
    /// AUC of each student's first ten responses alone.
    pub auc_first_10: f64,
    /// Distance between the mean prediction and the share correct where 0.7 to 0.8 was predicted.
    pub band_error: f64,
}

/// Reports on predictions of records; those of one student must stand together. `None` for an empty list.
pub fn report(records: &[Record], predictions: &[f64]) -> Option<Report> {
    let pairs: Vec<(f64, bool)> = predictions.iter().zip(records).map(|(&p, r)| (p, r.response.correct)).collect();
    let Score { auc, log_loss, rmse, ece, .. } = score(&pairs)?;
    let mut first = Vec::new();
    let mut begin = 0;
    for student in records.chunk_by(|a, b| a.student == b.student) {
        first.extend_from_slice(&pairs[begin..begin + student.len().min(FIRST)]);
        begin += student.len();
    }
    let accurate = pairs.iter().filter(|(p, correct)| (*p >= 0.5) == *correct).count();
    let band: Vec<_> = pairs.iter().filter(|(p, _)| CHOSEN.contains(p)).collect();
    let gap: f64 = band.iter().map(|(p, correct)| p - f64::from(u8::from(*correct))).sum();
    Some(Report {
        auc,
        accuracy: accurate as f64 / pairs.len() as f64,
        rmse,
        log_loss,
        ece,
        auc_first_10: score(&first)?.auc,
        band_error: gap.abs() / band.len().max(1) as f64,
    })
}

/// Scores of a list of predictions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    pub responses: usize,
    /// Probability that a correct response was predicted higher than a wrong one (ties half); 0.5 when all
    /// responses are the same.
    pub auc: f64,
    /// Mean of −ln of the probability given to what happened.
    pub log_loss: f64,
    /// Root of the mean squared difference.
    pub rmse: f64,
    /// Expected calibration error: mean distance between predicted and actual share in ten bins of equal width,
    /// weighted by their responses (Naeini et al. 2015).
    pub ece: f64,
}

/// Scores pairs of (predicted probability, correct). `None` for an empty list.
pub fn score(predictions: &[(f64, bool)]) -> Option<Score> {
    if predictions.is_empty() {
        return None;
    }
    let n = predictions.len() as f64;
    let mut log_loss = 0.0;
    let mut squares = 0.0;
    for &(predicted, correct) in predictions {
        let given = if correct { predicted } else { 1.0 - predicted };
        log_loss -= libm::log(given).max(-4.0 * LIMIT);
        squares += (1.0 - given) * (1.0 - given);
    }
    Some(Score {
        responses: predictions.len(),
        auc: auc(predictions),
        log_loss: log_loss / n,
        rmse: (squares / n).sqrt(),
        ece: calibration_error(predictions),
    })
}

/// Area under the curve by ranks (Mann and Whitney 1947).
fn auc(predictions: &[(f64, bool)]) -> f64 {
    let mut sorted = predictions.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let correct = sorted.iter().filter(|(_, c)| *c).count() as f64;
    let wrong = sorted.len() as f64 - correct;
    if correct == 0.0 || wrong == 0.0 {
        return 0.5;
    }
    let mut rank_sum = 0.0;
    let mut before = 0.0;
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let rank = before + (tied.len() as f64 + 1.0) / 2.0;
        rank_sum += rank * tied.iter().filter(|(_, c)| *c).count() as f64;
        before += tied.len() as f64;
    }
    (rank_sum - correct * (correct + 1.0) / 2.0) / (correct * wrong)
}

fn calibration_error(predictions: &[(f64, bool)]) -> f64 {
    let mut gaps = [0.0f64; 10];
    for &(predicted, correct) in predictions {
        let bin = ((predicted * 10.0) as usize).min(9);
        gaps[bin] += predicted - f64::from(u8::from(correct));
    }
    gaps.iter().map(|gap| gap.abs()).sum::<f64>() / predictions.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(predictions: &[(f64, bool)]) -> Score {
        score(predictions).expect("not empty")
    }

    #[test]
    fn perfect_order_is_one_and_ties_are_half() {
        assert_eq!(scored(&[(0.9, true), (0.1, false)]).auc, 1.0);
        assert_eq!(scored(&[(0.1, true), (0.9, false)]).auc, 0.0);
        assert_eq!(scored(&[(0.5, true), (0.5, false)]).auc, 0.5);
        let three_of_four = [(0.2, false), (0.4, true), (0.6, false), (0.8, true)];
        assert_eq!(scored(&three_of_four).auc, 0.75);
    }

    #[test]
    fn even_chance_costs_one_bit() {
        let half = scored(&[(0.5, true), (0.5, false)]);
        assert!((half.log_loss - core::f64::consts::LN_2).abs() < 1e-12);
        assert_eq!((half.rmse, half.ece), (0.5, 0.0));
        assert!(score(&[]).is_none());
    }

    #[test]
    fn overconfidence_shows_in_the_calibration() {
        let bold = [(0.95, true), (0.95, false)];
        assert!((scored(&bold).ece - 0.45).abs() < 1e-12);
    }
}
