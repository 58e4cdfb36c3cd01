//! All that is known of one student, and how a response changes it.
//!
//! The log odds of solving are `general + skill·r(t) − difficulty`, drawn towards 0 while little is known (see
//! [`crate::predict`]). General ability and skill are each a mean and a variance; a response moves both by
//! `step · (correct − predicted)`, where the step is the mean's own uncertainty,
//! `step = v / (1 + w (v_general + v_skill))`, `w = p (1 − p)`, and the variance shrinks by `v ← v (1 − step·w)`.
//! This is an Elo rating whose step shrinks with evidence as `a / (1 + b n)` (Pelánek 2016, «Applications of the
//! Elo rating system in adaptive educational systems»), derived as a logistic Kalman filter with diagonal
//! covariance (Glickman 1999, «Parameter estimation in large dynamic paired comparison experiments»).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::forgetting::retention;
use crate::logit::{Logit, bounded};
use crate::predict::{Prediction, predict};
use crate::skills::SkillIndex;
use crate::time::Millis;

/// A new student's general ability is taken from N(0, 1), the convention of item response theory.
pub(crate) const GENERAL_VARIANCE: f64 = 1.0;
/// How far skills lie from the general ability before anything is seen, as a variance.
pub(crate) const SKILL_VARIANCE: f64 = 0.5;
/// Abilities move while students learn, so responses never make a variance, and with it the step, smaller than
/// this.
const GENERAL_FLOOR: f64 = 0.04;
const SKILL_FLOOR: f64 = 0.12;
/// Variance added to the general ability by a day without practice (school goes on elsewhere): 0.18 in a year.
const GENERAL_DRIFT_PER_DAY: f64 = 0.0005;
/// Weight of the newest residual in the form: about the last five responses count.
const FORM_STEP: f64 = 0.3;
/// Days after which half of the form is gone: it is a matter of a sitting, not of a term.
const FORM_HALF_LIFE_DAYS: f64 = 1.0;

/// The general ability: what all skills of a student have in common.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ability {
    /// Best estimate, logits.
    pub value: Logit,
    /// How uncertain the estimate is: variance in logits².
    pub variance: f64,
    /// All responses so far, whatever the skill.
    pub responses: u32,
    /// When the newest of them came; without meaning while `responses` is 0.
    pub last: Millis,
}

impl Default for Ability {
    fn default() -> Self {
        Self { value: 0.0, variance: GENERAL_VARIANCE, responses: 0, last: Millis(0) }
    }
}

/// What is known of one skill of one student.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SkillState {
    /// How far the skill lay above (below, if negative) the general ability at `last`, logits.
    pub ability: Logit,
    /// How uncertain that is: variance in logits².
    pub variance: f64,
    /// Recent success beyond what was predicted, in [−1, 1]: positive while the student learns faster than the
    /// steps follow. Tells the choice about learning progress; the prediction has no use of it.
    pub form: f64,
    /// Responses in this skill.
    pub responses: u32,
    /// Of these, correct.
    pub wins: u32,
    /// Wrong responses since the last correct one.
    pub misses: u32,
    /// When the newest came; without meaning while `responses` is 0.
    pub last: Millis,
}

impl Default for SkillState {
    fn default() -> Self {
        Self { ability: 0.0, variance: SKILL_VARIANCE, form: 0.0, responses: 0, wins: 0, misses: 0, last: Millis(0) }
    }
}

impl SkillState {
    /// Days since the last response; 0 before the first.
    pub fn idle_days(&self, now: Millis) -> f64 {
        if self.responses == 0 { 0.0 } else { now.days_since(self.last) }
    }

    /// Share of the skill still there at `now`, in (0, 1]; 1 before the first response.
    pub fn retention(&self, now: Millis) -> f64 {
        retention(self.idle_days(now), self.wins)
    }

    /// The state as it stands at `now`: the mean has faded towards the general ability, the variance has gone
    /// back towards the prior (an Ornstein-Uhlenbeck process seen through `r`).
    pub(crate) fn faded(&self, now: Millis) -> Self {
        let days = self.idle_days(now);
        let kept = retention(days, self.wins);
        Self {
            ability: self.ability * kept,
            variance: SKILL_VARIANCE + (self.variance - SKILL_VARIANCE) * kept * kept,
            form: self.form / (1.0 + days / FORM_HALF_LIFE_DAYS),
            ..*self
        }
    }
}

/// A student as the model sees one. Small, and only what [`Student::update`] keeps up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Student {
    pub general: Ability,
    /// The practised skills only.
    pub skills: BTreeMap<SkillIndex, SkillState>,
    /// School year (1-9, upper secondary 10-12), if known.
    pub year: Option<u8>,
}

/// One graded attempt at one item.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    pub skill: SkillIndex,
    /// The difficulty used, logits; kept with the response so that a replay is exact.
    pub difficulty: Logit,
    pub correct: bool,
    pub at: Millis,
    /// 1 for the first attempt at the item, 2 for the next, …; 0 is read as 1.
    pub attempt: u16,
}

/// What was thought before the response was known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Predicted probability of a correct response, strictly between 0 and 1.
    pub predicted: f64,
}

impl Student {
    /// A student of whom nothing but perhaps the school year is known.
    pub fn new(year: Option<u8>) -> Self {
        Self { year, ..Self::default() }
    }

    /// The state of a skill; a practised one's or the state before the first response.
    pub fn skill(&self, skill: SkillIndex) -> SkillState {
        self.skills.get(&skill).copied().unwrap_or_default()
    }

    /// Takes in one response: O(log skills). The same responses in the same order give the same bits.
    ///
    /// A further attempt at the same item tells less than the first, since the answer space has been narrowed:
    /// attempt `n` counts as 1/n of a response.
    pub fn update(&mut self, response: &Response) -> Outcome {
        let now = response.at;
        let Prediction { probability, .. } = predict(self, response.skill, response.difficulty, now);
        let mut general = self.general_at(now);
        let mut skill = self.skill(response.skill).faded(now);

        let weight = 1.0 / f64::from(response.attempt.max(1));
        let information = weight * probability * (1.0 - probability);
        let residual = f64::from(u8::from(response.correct)) - probability;
        let spread = 1.0 + information * (general.variance + skill.variance);

        let step = general.variance / spread;
        general.value = bounded(general.value + step * weight * residual);
        general.variance = shrunk(general.variance, step * information, GENERAL_FLOOR);
        let step = skill.variance / spread;
        skill.ability = bounded(skill.ability + step * weight * residual);
        skill.variance = shrunk(skill.variance, step * information, SKILL_FLOOR);
        skill.form += FORM_STEP * weight * (residual - skill.form);

        general.last = later(general.responses, general.last, now);
        skill.last = later(skill.responses, skill.last, now);
        general.responses = general.responses.saturating_add(1);
        skill.responses = skill.responses.saturating_add(1);
        if response.correct {
            skill.wins = skill.wins.saturating_add(1);
            skill.misses = 0;
        } else {
            skill.misses = skill.misses.saturating_add(1);
        }
        self.general = general;
        self.skills.insert(response.skill, skill);
        Outcome { predicted: probability }
    }

    /// The general ability at `now`: the same value, less certain after a pause, never less than a stranger's.
    pub(crate) fn general_at(&self, now: Millis) -> Ability {
        let mut general = self.general;
        if general.responses > 0 {
            let grown = general.variance + GENERAL_DRIFT_PER_DAY * now.days_since(general.last);
            general.variance = grown.min(GENERAL_VARIANCE.max(general.variance));
        }
        general
    }
}

/// The variance after a response took away a part of it; never smaller than the floor, never grown.
fn shrunk(variance: f64, part: f64, floor: f64) -> f64 {
    (variance - part * variance).max(floor.min(variance))
}

/// The newest moment seen; responses may reach us out of order.
fn later(responses: u32, last: Millis, now: Millis) -> Millis {
    if responses == 0 { now } else { last.max(now) }
}
