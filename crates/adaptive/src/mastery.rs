//! How surely a typical item of a skill is solved, and when it should be refreshed.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::difficulty::Difficulty;
use crate::logit::{Logit, logistic};
use crate::skill_state;
use crate::skills::SkillIndex;
use crate::student::Student;
use crate::time::Millis;
use crate::weights::Weights;

/// Fewer answers in a skill than this are too few to speak of mastery.
pub const ENOUGH_RESPONSES: u32 = 4;
/// An interval wider than this says too little.
const WIDEST: f64 = 0.6;
/// The interval holds the truth this often.
const INSIDE: f64 = 0.9;
/// Which part of a normal distribution lies within so many standard deviations.
static DEVIATIONS: LazyLock<f64> = LazyLock::new(|| Normal::standard().inverse_cdf(0.5 + 0.5 * INSIDE));

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

impl Weights {
    /// The mastery of a skill at `now`, forgetting included, as it is shown.
    ///
    /// One slip does not lower it: a single miss after a success is held back, with all it moved, until another miss
    /// confirms it or successes have outweighed it. The probability is that of [`Weights::predict`] for a new item of
    /// difficulty 0; the interval a normal approximation on the logit scale.
    pub fn mastery(&self, student: &Student, skill: SkillIndex, now: Millis) -> Mastery {
        let state = student.skills.get(&skill);
        let trace = state.map(|s| &s.trace);
        let held_trace = state.and_then(|s| s.before_slip.as_ref());
        let held_general = student.general_before_slip.as_ref();
        let typical = self.item_part(&Difficulty::typical()) + self.start_part(student, skill, trace);
        let part = |general, trace| {
            self.general_part(student, general, now) + self.skill_part(general, skill, trace, now) + typical
        };
        let plain = part(&student.general, trace);
        let mut shown = plain;
        if held_general.is_some() || held_trace.is_some() {
            for general in [Some(&student.general), held_general].into_iter().flatten() {
                shown = shown.max(part(general, trace));
                if held_trace.is_some() {
                    shown = shown.max(part(general, held_trace));
                }
            }
        }
        let variance = student.general.variance_at(now) + trace.map_or(skill_state::VARIANCE, |t| t.variance_at(now));
        of_logit((plain, shown), variance, trace.map_or(0, |t| t.responses))
    }

    /// How much of what was known has been lost since the skill was last practised, 0 to 1: the fall of the
    /// probability of solving a typical item from just after the last response until `now`, as a part of it. 0 for a
    /// skill that was never practised.
    pub fn due(&self, student: &Student, skill: SkillIndex, now: Millis) -> f64 {
        let Some(trace) = student.skills.get(&skill).map(|state| &state.trace) else {
            return 0.0;
        };
        let general = &student.general;
        let then = self.skill_part(general, skill, Some(trace), trace.last);
        let lost = self.skill_part(general, skill, Some(trace), now) - then;
        let whole = then + self.general_part(student, general, general.last);
        let (before, after) = (logistic(whole), logistic(whole + lost));
        ((before - after) / before).clamp(0.0, 1.0)
    }
}

/// The interval reaches from what a slip, if it was none, would mean to what is shown.
fn of_logit((plain, shown): (Logit, Logit), variance: f64, responses: u32) -> Mastery {
    let half = *DEVIATIONS * variance.sqrt();
    let low = logistic(plain - half);
    let high = logistic(shown + half);
    Mastery { probability: logistic(shown), low, high, enough: responses >= ENOUGH_RESPONSES && high - low <= WIDEST }
}
