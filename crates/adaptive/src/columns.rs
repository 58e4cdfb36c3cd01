//! The student's part of the log odds, prepared: what [`Weights::student_part`] adds up feature by feature. What only a
//! response changes is added up beforehand; what is left is a few products with the general ability and with time.

use crate::features::{self, octaves};
use crate::item::Item;
use crate::logit::Logit;
use crate::response::{ItemId, SkillSet};
use crate::skill_state::{DRIFT_PER_DAY, VARIANCE};
use crate::skills::SkillIndex;
use crate::spacing;
use crate::student::Student;
use crate::time::Millis;
use crate::weights::Weights;

/// Octaves of minutes after which a gap counts once more (a day, a month), as in the features of that name.
const DAY: f64 = 10.5;
const MONTH: f64 = 15.4;

/// By skill.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    /// What neither time nor the general part changes.
    fixed: Vec<f64>,
    /// Factors of the general ability, of the general recent residual and of the three numbers that time changes.
    by_ability: Vec<f64>,
    by_recent: Vec<f64>,
    by_variance: Vec<f64>,
    by_lag: Vec<f64>,
    by_gap: Vec<f64>,
    /// Variance at the last response.
    variance: Vec<f64>,
    /// The student's count of answers then.
    count: Vec<f64>,
    /// Milliseconds; what was never practised lies in the future, so that no time has passed.
    last: Vec<f64>,
    /// Days of rest that do not stretch with the student, and days that do; endless before a right answer.
    rest: Vec<f64>,
    stretching_rest: Vec<f64>,
}

impl Columns {
    pub fn new(len: usize) -> Self {
        let zeros = || vec![0.0; len];
        Self {
            fixed: zeros(),
            by_ability: zeros(),
            by_recent: zeros(),
            by_variance: zeros(),
            by_lag: zeros(),
            by_gap: zeros(),
            variance: zeros(),
            count: zeros(),
            last: zeros(),
            rest: vec![f64::INFINITY; len],
            stretching_rest: zeros(),
        }
    }

    /// Takes in how a skill of the student stands.
    pub fn take(&mut self, student: &Student, weights: &Weights, skill: SkillIndex) {
        let at = skill.place();
        let [own, own_ability, own_answers, own_recent] = weights.own.get(at).copied().unwrap_or_default();
        let Some(trace) = student.skills.get(&skill).map(|state| &state.trace) else {
            let [unseen, unseen_ability, unseen_recent, ..] = weights.skill;
            self.fixed[at] = own + unseen;
            self.by_ability[at] = own_ability + unseen_ability;
            self.by_recent[at] = unseen_recent;
            (self.by_variance[at], self.by_lag[at], self.by_gap[at]) = (0.0, 0.0, 0.0);
            (self.variance[at], self.count[at], self.last[at]) = (0.0, 0.0, f64::MAX);
            (self.rest[at], self.stretching_rest[at]) = (f64::INFINITY, 0.0);
            return;
        };
        // At the moment of the last response and as the newest answer but for the flags of that: what time changes is
        // taken out by its factor.
        let mut x = features::skill(&student.general, Some(trace), false, trace.last);
        let [_, _, _, ability, _, _, _, _, recent, ..] = x;
        let [.., lag, lag_ability, lag_recent, gap, _, _, gap_ability] = weights.skill;
        let [_, _, _, _, _, uncertain, uncertainty, ..] = weights.skill;
        for timed in [5, 6, 17, 18, 19, 20, 21, 22, 23] {
            x[timed] = 0.0;
        }
        let [_, _, answers, own_seven] = features::own(&student.general, Some(trace));
        self.fixed[at] = own + own_answers * answers + own_recent * own_seven + dot(&weights.skill, &x);
        (self.by_ability[at], self.by_recent[at]) = (own_ability, 0.0);
        self.by_variance[at] = uncertain * ability + uncertainty;
        self.by_lag[at] = lag + lag_ability * ability + lag_recent * recent;
        self.by_gap[at] = gap + gap_ability * ability;
        self.variance[at] = trace.variance;
        self.count[at] = f64::from(trace.count);
        self.last[at] = if trace.begun { trace.last.0 as f64 } else { f64::MAX };
        (self.rest[at], self.stretching_rest[at]) = spacing::rest_parts(trace.level);
    }

    /// The part of each skill that is likely to have faded, as [`crate::SkillState::faded`].
    pub fn fade(&self, moment: &Moment, faded: &mut [f64]) {
        let columns = self.last.iter().zip(&self.rest).zip(&self.stretching_rest);
        for (faded, ((last, rest), stretching)) in faded.iter_mut().zip(columns) {
            let days = (moment.now - last).max(0.0) * PER_DAY;
            *faded = days / (days + (rest + stretching * moment.stretch));
        }
    }

    /// The student's part of the log odds of a skill: that of [`Weights::student_part`] but for rounding.
    pub fn part(&self, moment: &Moment, skill: SkillIndex) -> Logit {
        let at = skill.place();
        let millis = (moment.now - self.last[at]).max(0.0);
        let gap = octaves(millis * PER_MINUTE);
        let lag = octaves(moment.answers - self.count[at]);
        let grown = (self.variance[at] + DRIFT_PER_DAY * PER_DAY * millis).min(VARIANCE);
        let time = self.by_gap[at] * gap + moment.day * (gap - DAY).max(0.0) + moment.month * (gap - MONTH).max(0.0);
        let whole = self.fixed[at] + self.by_ability[at] * moment.ability + self.by_recent[at] * moment.recent;
        let newest = if moment.newest == Some(skill) { moment.same } else { 0.0 };
        moment.general + whole + self.by_variance[at] * grown + self.by_lag[at] * lag + time + newest
    }
}

/// What is the same for all skills of a student at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moment {
    /// Milliseconds.
    now: f64,
    /// The general part of the log odds.
    general: Logit,
    ability: f64,
    recent: f64,
    answers: f64,
    /// Weights of a gap of more than a day and a month.
    day: f64,
    month: f64,
    /// The skill of the newest answer, and what that adds.
    newest: Option<SkillIndex>,
    same: Logit,
    /// Factor of the student's rests.
    stretch: f64,
}

impl Moment {
    pub fn of(student: &Student, weights: &Weights, now: Millis) -> Self {
        let general = &student.general;
        let [.., same, same_and_correct, _, _, _, _, day, month, _] = weights.skill;
        Self {
            now: now.0 as f64,
            general: weights.general_part(student, general, now),
            ability: general.ability,
            recent: general.recent[1],
            answers: f64::from(general.responses),
            day,
            month,
            newest: (general.responses > 0).then_some(general.last_skill),
            same: same + same_and_correct * if general.run > 0 { 0.5 } else { -0.5 },
            stretch: libm::exp(general.stretch),
        }
    }
}

/// Minutes in a millisecond.
const PER_MINUTE: f64 = 1.0 / 60_000.0;
/// Days in a millisecond.
const PER_DAY: f64 = 1.0 / 86_400_000.0;

impl Weights {
    /// What several skills at once add to the mean of their parts.
    pub(crate) fn several_part(&self, student: &Student, skills: &SkillSet, now: Millis) -> Logit {
        if skills.len() == 1 {
            return 0.0;
        }
        // An item nobody has met, so that only what comes of several skills is told.
        let id = ItemId(!student.general.last_item.0);
        let item = Item { id, skills: *skills, difficulty: crate::Difficulty::typical(), attempt: 1 };
        let mut x = features::meeting(student, &item, now);
        x[..11].fill(0.0);
        dot(&self.meeting, &x)
    }
}

fn dot(weights: &[f64], features: &[f64]) -> f64 {
    weights.iter().zip(features).map(|(w, x)| w * x).sum()
}
