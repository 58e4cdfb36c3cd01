//! How surely a typical item of a skill is solved.

use serde::{Deserialize, Serialize};

use crate::logit::logistic;
use crate::predict::Estimate;
use crate::skills::SkillIndex;
use crate::student::Student;
use crate::time::Millis;

/// Fewer responses in a skill than this are too few to speak of mastery.
pub const ENOUGH_RESPONSES: u32 = 4;
/// An interval wider than this says too little.
const WIDEST: f64 = 0.6;
/// 90 % of a normal distribution lies within this many standard deviations.
const NINETY_PERCENT: f64 = 1.645;

/// The probability of solving a typical item (difficulty 0) of a skill.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mastery {
    /// Strictly between 0 and 1.
    pub probability: f64,
    /// Lower end of the 90 % interval.
    pub low: f64,
    /// Upper end of the 90 % interval.
    pub high: f64,
    /// Whether enough is known to show the number to anyone.
    pub enough: bool,
}

/// The mastery of a skill at `now`, forgetting included.
///
/// The probability is that of [`crate::predict`] for difficulty 0. The interval is a normal approximation on the
/// logit scale, `logistic(m ± 1.645 √(v_general + v_skill))`. The filter keeps no covariance between the two, which
/// is negative after shared responses, so the interval is rather too wide than too narrow.
pub fn mastery(student: &Student, skill: SkillIndex, now: Millis) -> Mastery {
    let state = student.skill(skill);
    of_estimate(&Estimate::of(student, &state, now), state.responses)
}

pub(crate) fn of_estimate(estimate: &Estimate, responses: u32) -> Mastery {
    let half = NINETY_PERCENT * estimate.variance.sqrt();
    let low = logistic(estimate.mean - half);
    let high = logistic(estimate.mean + half);
    Mastery {
        probability: estimate.probability(0.0),
        low,
        high,
        enough: responses >= ENOUGH_RESPONSES && high - low <= WIDEST,
    }
}
