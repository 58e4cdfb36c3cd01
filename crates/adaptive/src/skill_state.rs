//! What is known of one skill of one student.

use serde::{Deserialize, Serialize};

use crate::general::run_on;
use crate::logit::{Logit, bounded};
use crate::response::{Evidence, Response};
use crate::spacing;
use crate::student::Moves;
use crate::time::Millis;

/// How far skills lie from the general ability before anything is seen, as a variance.
pub(crate) const VARIANCE: f64 = 0.5;
/// Responses never make the variance smaller than this.
const FLOOR: f64 = 0.12;
/// Variance added by a day without practice: what was known may be forgotten.
pub(crate) const DRIFT_PER_DAY: f64 = 0.004;
/// Step of the fast ability.
const FAST_STEP: f64 = 0.35;
/// What the averages of residuals keep at each answer in the skill.
const KEPT: [f64; 2] = [0.6, 0.85];

/// One skill: how it stands, and how it stood before a slip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SkillState {
    pub trace: Trace,
    /// The trace before a slip that nothing has confirmed yet; see [`crate::Mastery`].
    pub before_slip: Option<Trace>,
}

/// What the responses in one skill have left.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// How far the skill lies above (below, if negative) the general ability, logits.
    pub ability: Logit,
    /// How uncertain that is: variance in logits².
    pub variance: f64,
    /// The same distance by the fast abilities, logits.
    pub fast: Logit,
    /// Averages of correct minus predicted over about the last 2.5 and 7 answers, each in [−1, 1].
    pub recent: [f64; 2],
    /// Answers in the skill; judged lines are not counted.
    pub responses: u32,
    /// Of these, correct.
    pub wins: u32,
    /// Correct answers in a row, negative: wrong ones.
    pub run: i16,
    /// Different days (24 hours apart or more) it was practised on, as far as times tell.
    pub days: u16,
    /// The student's count of answers at the newest response.
    pub count: u32,
    /// When the newest response came; without meaning while there is none.
    pub last: Millis,
    /// When the present one of `days` began.
    pub day: Millis,
    /// Whether there was any response, be it a line.
    pub begun: bool,
    /// Right answers that came when they were due, less what wrong ones took; 0 to 5.
    pub level: u8,
}

impl Default for Trace {
    fn default() -> Self {
        Self {
            ability: 0.0,
            variance: VARIANCE,
            fast: 0.0,
            recent: [0.0; 2],
            responses: 0,
            wins: 0,
            run: 0,
            days: 0,
            count: 0,
            last: Millis(0),
            day: Millis(0),
            begun: false,
            level: 0,
        }
    }
}

impl SkillState {
    /// Takes in a response that is to `share` about this skill; `after` is the student's count of answers and the time
    /// after it.
    pub(crate) fn take(&mut self, response: &Response, moves: &Moves, share: f64, after: (u32, Millis)) {
        if response.correct {
            if self.before_slip.as_ref().is_some_and(|held| held.ability <= self.trace.ability) {
                self.before_slip = None;
            }
        } else {
            let slipped = self.before_slip.is_none() && self.trace.run > 0;
            self.before_slip = slipped.then_some(self.trace);
        }
        self.trace.take(response, moves, share, after);
    }

    /// Answers in the skill.
    pub fn responses(&self) -> u32 {
        self.trace.responses
    }

    /// Wrong answers since the last correct one.
    pub fn misses(&self) -> u32 {
        u32::from(self.trace.run.min(0).unsigned_abs())
    }

    /// Days since the last response; 0 before the first.
    pub fn idle_days(&self, now: Millis) -> f64 {
        self.trace.idle_days(now)
    }

    /// The part that is likely to have faded by `now`, in [0, 1), for a student whose rests are stretched so; 0.5 when the
    /// skill is due, 0 while no answer has been right when due.
    pub fn faded(&self, now: Millis, stretch: f64) -> f64 {
        spacing::faded(self.idle_days(now), spacing::rest_days(self.trace.level, stretch))
    }

    /// Success beyond expectation lately against somewhat longer ago, about −1 to 1: positive while the student
    /// learns (learning progress, Clément et al. 2015).
    pub fn progress(&self) -> f64 {
        self.trace.recent[0]
    }
}

impl Trace {
    /// Days since the last response; 0 before the first.
    pub fn idle_days(&self, now: Millis) -> f64 {
        if self.begun { now.days_since(self.last) } else { 0.0 }
    }

    /// The variance at `now`: grown in a pause, never above that of an unpractised skill.
    pub fn variance_at(&self, now: Millis) -> f64 {
        (self.variance + DRIFT_PER_DAY * self.idle_days(now)).min(VARIANCE)
    }

    fn take(&mut self, response: &Response, moves: &Moves, share: f64, (count, at): (u32, Millis)) {
        let variance = self.variance_at(response.at);
        let step = share * variance / moves.spread;
        self.ability = bounded(self.ability + step * moves.weight * moves.residual);
        self.variance = (variance - share * step * moves.information * variance).max(FLOOR.min(variance));
        self.fast = bounded(self.fast + FAST_STEP * moves.weight * moves.fast_residual);
        for (recent, kept) in self.recent.iter_mut().zip(KEPT) {
            *recent += moves.weight * (1.0 - kept) * (moves.residual - *recent);
        }
        if !self.begun || at.days_since(self.day) >= 1.0 {
            self.days = self.days.saturating_add(1);
            self.day = at;
        }
        self.last = at;
        self.begun = true;
        self.count = count;
        if response.evidence == Evidence::Answer {
            self.responses = self.responses.saturating_add(1);
            self.wins = self.wins.saturating_add(u32::from(response.correct));
            self.run = run_on(self.run, response.correct);
        }
    }
}
