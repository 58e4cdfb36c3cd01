//! The probability of solving, as a sum that can be explained.

use serde::{Deserialize, Serialize};

use crate::logit::{Logit, bounded, logistic};
use crate::skills::SkillIndex;
use crate::student::Student;
use crate::time::Millis;

/// What a whole unit of form is worth in logits.
const FORM_WEIGHT: f64 = 1.0;

/// What speaks for or against solving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contribution {
    /// The student's ability in everything practised so far.
    General,
    /// How far this skill lay from the general ability when last practised.
    Skill,
    /// How the latest responses in the skill went against expectation.
    Form,
    /// What has faded since the skill was last practised.
    Forgetting,
    /// The item: negative when it is harder than a typical one.
    Difficulty,
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
        self.contributions
            .iter()
            .filter(|(of, _)| *of == kind)
            .map(|(_, logits)| logits)
            .sum()
    }
}

/// Predicts the first answer of `student` to an item of `skill` with this difficulty (logits) at `now`.
///
/// `P = logistic(general + skill + form + forgetting − difficulty)`: the Rasch model with a hierarchical ability
/// (Rasch 1960; Pelánek 2016). A difficulty beyond ±8 is read as ±8.
pub fn predict(student: &Student, skill: SkillIndex, difficulty: Logit, now: Millis) -> Prediction {
    let stored = student.skill(skill);
    let faded = stored.faded(now);
    let contributions = [
        (Contribution::General, student.general.value),
        (Contribution::Skill, stored.ability),
        (Contribution::Form, FORM_WEIGHT * faded.form),
        (Contribution::Forgetting, faded.ability - stored.ability),
        (Contribution::Difficulty, -bounded(difficulty)),
    ];
    let sum = contributions.iter().map(|(_, logits)| logits).sum();
    Prediction {
        probability: logistic(sum),
        contributions,
    }
}

/// The log odds of solving an item of difficulty 0: what [`predict`] adds up, without the reasons.
pub(crate) fn typical(student: &Student, faded: &crate::student::SkillState) -> Logit {
    student.general.value + faded.ability + FORM_WEIGHT * faded.form
}
