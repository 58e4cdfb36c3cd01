//! What all skills of a student have in common, and how the last answers went.

use serde::{Deserialize, Serialize};

use crate::logit::{Logit, bounded};
use crate::response::{Evidence, ItemId, Response};
use crate::skills::SkillIndex;
use crate::student::Moves;
use crate::time::Millis;

/// A new student's general ability is taken from N(start, 1), the convention of item response theory.
pub(crate) const VARIANCE: f64 = 1.0;
/// Abilities move while students learn, so responses never make the variance, and with it the step, smaller.
const FLOOR: f64 = 0.04;
/// Variance added by a day without practice (school goes on elsewhere): 0.18 in a year.
const DRIFT_PER_DAY: f64 = 0.0005;
/// Step of the fast ability.
const FAST_STEP: f64 = 0.35;
/// What the averages of residuals keep at each answer: about the last 2.5, 7 and 25 answers.
const KEPT: [f64; 3] = [0.6, 0.85, 0.96];
/// A pause longer than this begins a new sitting.
const SITTING_PAUSE_MILLIS: i64 = 30 * 60 * 1000;

/// The general part of a student.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct General {
    /// Slow ability, logits.
    pub ability: Logit,
    /// How uncertain it is: variance in logits².
    pub variance: f64,
    /// Fast ability, logits.
    pub fast: Logit,
    /// Averages of correct minus predicted over about the last 2.5, 7 and 25 answers, each in [−1, 1].
    pub recent: [f64; 3],
    /// Answers so far, whatever the skill; judged lines are not counted.
    pub responses: u32,
    /// Of these, correct.
    pub wins: u32,
    /// Correct answers in a row, negative: wrong ones.
    pub run: i16,
    /// Whether the answer before the newest was correct; without meaning before two answers.
    pub second_newest: bool,
    /// Answers in the present sitting (a pause of half an hour begins a new one).
    pub sitting: u16,
    /// Main skill of the newest answer; without meaning while `responses` is 0.
    pub last_skill: SkillIndex,
    /// Item of the newest answer; without meaning while `responses` is 0.
    pub last_item: ItemId,
    /// When the newest response came; without meaning before the first.
    pub last: Millis,
    /// Whether there was any response.
    pub begun: bool,
    /// How much longer than usual the student's skills rest between reviews: a natural logarithm.
    pub stretch: f64,
}

impl Default for General {
    fn default() -> Self {
        Self::new(0.0)
    }
}

impl General {
    pub(crate) fn new(ability: Logit) -> Self {
        Self {
            ability: bounded(ability),
            variance: VARIANCE,
            fast: bounded(ability),
            recent: [0.0; 3],
            responses: 0,
            wins: 0,
            run: 0,
            second_newest: false,
            sitting: 0,
            last_skill: SkillIndex(0),
            last_item: ItemId(0),
            last: Millis(0),
            begun: false,
            stretch: 0.0,
        }
    }

    /// The variance at `now`: grown in a pause, never above a stranger's.
    pub fn variance_at(&self, now: Millis) -> f64 {
        if !self.begun {
            return self.variance;
        }
        (self.variance + DRIFT_PER_DAY * now.days_since(self.last)).min(VARIANCE)
    }

    pub(crate) fn take(&mut self, response: &Response, moves: &Moves) {
        let variance = self.variance_at(response.at);
        let step = variance / moves.spread;
        self.ability = bounded(self.ability + step * moves.weight * moves.residual);
        self.variance = (variance - step * moves.information * variance).max(FLOOR.min(variance));
        self.fast = bounded(self.fast + FAST_STEP * moves.weight * moves.fast_residual);
        for (recent, kept) in self.recent.iter_mut().zip(KEPT) {
            *recent += moves.weight * (1.0 - kept) * (moves.residual - *recent);
        }
        let pause = response.at.0.saturating_sub(self.last.0);
        if !self.begun || pause > SITTING_PAUSE_MILLIS {
            self.sitting = 0;
        }
        self.last = if self.begun { self.last.max(response.at) } else { response.at };
        self.begun = true;
        if response.evidence == Evidence::Answer {
            self.count(response);
        }
    }

    fn count(&mut self, response: &Response) {
        self.second_newest = self.run > 0;
        self.responses = self.responses.saturating_add(1);
        self.wins = self.wins.saturating_add(u32::from(response.correct));
        self.run = run_on(self.run, response.correct);
        self.sitting = self.sitting.saturating_add(1);
        self.last_skill = response.skills.main();
        self.last_item = response.item;
    }
}

/// A signed run with one more answer.
pub(crate) fn run_on(run: i16, correct: bool) -> i16 {
    match (correct, run > 0) {
        (true, true) => run.saturating_add(1),
        (true, false) => 1,
        (false, true) => -1,
        (false, false) => run.saturating_sub(1),
    }
}
