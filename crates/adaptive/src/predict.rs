//! The probability of solving, as a sum that can be explained.

use serde::{Deserialize, Serialize};

use crate::logit::{Logit, bounded, logistic, logit};
use crate::skills::SkillIndex;
use crate::student::{SkillState, Student};
use crate::time::Millis;

/// A logistic curve averaged over a normal distribution of variance `v` is nearly a logistic curve of
/// `z / √(1 + π v / 8)` (MacKay 1992, «The evidence framework applied to classification networks»).
const MODERATION: f64 = core::f64::consts::PI / 8.0;

/// What speaks for or against solving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contribution {
    /// The student's ability in everything practised so far.
    General,
    /// How far this skill lay from the general ability when last practised.
    Skill,
    /// What has faded since the skill was last practised.
    Forgetting,
    /// The item: negative when it is harder than a typical one.
    Difficulty,
    /// How little is known yet: draws towards even chance, against the sum of the others.
    Uncertainty,
}

/// A predicted probability with its reasons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// Probability of a correct first answer, strictly between 0 and 1.
    pub probability: f64,
    /// Logits for each kind, in a fixed order; they add up to `logit(probability)`.
    pub contributions: [(Contribution, Logit); 5],
}

impl Prediction {
    /// One contribution in logits.
    pub fn contribution(&self, kind: Contribution) -> Logit {
        self.contributions.iter().filter(|(of, _)| *of == kind).map(|(_, logits)| logits).sum()
    }
}

/// Predicts the first answer of `student` to an item of `skill` with this difficulty (logits) at `now`.
///
/// `P = logistic((general + skill + forgetting − difficulty) / √(1 + π v / 8))`: the Rasch model with a hierarchical
/// ability (Rasch 1960; Pelánek 2016), averaged over what is uncertain about it. A difficulty beyond ±8 is read as
/// ±8.
pub fn predict(student: &Student, skill: SkillIndex, difficulty: Logit, now: Millis) -> Prediction {
    let stored = student.skill(skill);
    let estimate = Estimate::of(student, &stored, now);
    let difficulty = bounded(difficulty);
    let certain = estimate.mean - difficulty;
    let sum = certain * estimate.certainty;
    Prediction {
        probability: logistic(sum),
        contributions: [
            (Contribution::General, student.general.value),
            (Contribution::Skill, stored.ability),
            (Contribution::Forgetting, stored.faded(now).ability - stored.ability),
            (Contribution::Difficulty, -difficulty),
            (Contribution::Uncertainty, sum - certain),
        ],
    }
}

/// What a student can in a skill at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Estimate {
    /// General ability and faded skill, logits.
    pub mean: Logit,
    /// Variance of the mean.
    pub variance: f64,
    /// Factor in (0, 1] on log odds, from the variance.
    pub certainty: f64,
}

impl Estimate {
    pub fn of(student: &Student, stored: &SkillState, now: Millis) -> Self {
        let faded = stored.faded(now);
        let variance = student.general_at(now).variance + faded.variance;
        Self {
            mean: student.general.value + faded.ability,
            variance,
            certainty: 1.0 / (1.0 + MODERATION * variance).sqrt(),
        }
    }

    /// The predicted probability for an item.
    pub fn probability(&self, difficulty: Logit) -> f64 {
        logistic((self.mean - bounded(difficulty)) * self.certainty)
    }

    /// The difficulty at which the predicted probability is this.
    pub fn difficulty(&self, probability: f64) -> Logit {
        self.mean - logit(probability) / self.certainty
    }
}
