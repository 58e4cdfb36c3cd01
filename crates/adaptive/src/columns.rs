//! The student's part of the log odds, prepared: what [`Weights::student_part`] adds up feature by feature. What only a
//! response changes is added up beforehand; what is left is a few products with the general ability and with time.

use crate::features::{self, octaves};
use crate::item::Item;
use crate::logit::Logit;
use crate::peers::{BLOCK, Peers, block_of};
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
/// Octaves of answers after which a lag counts once more (1 and 7 answers), as in the features of that name.
const ONE: f64 = 1.0;
const SEVEN: f64 = 3.0;

/// By skill. What every choice passes over is in columns, what it asks of few skills in rows.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    rows: Vec<Row>,
    /// Milliseconds; what was never practised lies in the future, so that no time has passed.
    last: Vec<f64>,
    /// Days of rest that do not stretch with the student, and days that do; endless before a right answer.
    rest: Vec<f64>,
    stretching_rest: Vec<f64>,
}

/// What the log odds of one skill are added up from.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// What neither time nor the general part changes.
    fixed: f64,
    /// Factors of the general ability, of the general recent residual and of the three numbers that time changes.
    by_ability: f64,
    by_recent: f64,
    by_variance: f64,
    by_lag: f64,
    by_gap: f64,
    /// Variance at the last response.
    variance: f64,
    /// The student's count of answers then; of what was never practised more than any, so that no answer came since.
    count: f64,
}

impl Default for Row {
    fn default() -> Self {
        Self {
            fixed: 0.0,
            by_ability: 0.0,
            by_recent: 0.0,
            by_variance: 0.0,
            by_lag: 0.0,
            by_gap: 0.0,
            variance: 0.0,
            count: f64::MAX,
        }
    }
}

impl Columns {
    /// The columns reach to the end of the last block.
    pub fn new(len: usize) -> Self {
        let len = len.next_multiple_of(BLOCK);
        Self {
            rows: vec![Row::default(); len],
            last: vec![f64::MAX; len],
            rest: vec![f64::INFINITY; len],
            stretching_rest: vec![0.0; len],
        }
    }

    /// Takes in how a skill of the student stands.
    pub fn take(&mut self, student: &Student, weights: &Weights, skill: SkillIndex) {
        let at = skill.place();
        let [own, own_ability, own_answers, own_recent, own_unseen, own_lag] =
            weights.own.get(at).copied().unwrap_or_default();
        let Some(trace) = student.skills.get(&skill).map(|state| &state.trace) else {
            let [unseen, unseen_ability, unseen_recent, ..] = weights.skill;
            self.rows[at] = Row {
                fixed: own + own_unseen + unseen + weights.stage_part(student.start.year, skill),
                by_ability: own_ability + unseen_ability,
                by_recent: unseen_recent,
                ..Row::default()
            };
            self.last[at] = f64::MAX;
            (self.rest[at], self.stretching_rest[at]) = (f64::INFINITY, 0.0);
            return;
        };
        // At the moment of the last response and as the newest answer but for the flags of that: what time changes is
        // taken out by its factor.
        let mut x = features::skill(&student.general, Some(trace), false, trace.last);
        let [_, _, _, ability, _, _, _, _, recent, ..] = x;
        let [.., lag, _, _, lag_ability, lag_recent, gap, _, _, gap_ability] = weights.skill;
        let [_, _, _, _, _, uncertain, uncertainty, ..] = weights.skill;
        (x[5], x[6]) = (0.0, 0.0);
        x[20..].fill(0.0);
        let [_, _, answers, own_seven, _, _] = features::own(&student.general, Some(trace));
        self.rows[at] = Row {
            fixed: own + own_answers * answers + own_recent * own_seven + dot(&weights.skill, &x),
            by_ability: own_ability,
            by_recent: 0.0,
            by_variance: uncertain * ability + uncertainty,
            by_lag: own_lag + lag + lag_ability * ability + lag_recent * recent,
            by_gap: gap + gap_ability * ability,
            variance: trace.variance,
            count: f64::from(trace.count),
        };
        self.last[at] = if trace.begun { trace.last.0 as f64 } else { f64::MAX };
        (self.rest[at], self.stretching_rest[at]) = spacing::rest_parts(trace.level);
    }

    /// The part of a skill that is likely to have faded, as [`crate::SkillState::faded`].
    #[inline]
    pub fn faded(&self, moment: &Moment, at: usize) -> f64 {
        moment.faded(self.last[at], self.rest[at] + self.stretching_rest[at] * moment.stretch)
    }

    /// The same of a whole block of skills.
    #[inline]
    pub fn fade(&self, moment: &Moment, block: usize) -> [f64; BLOCK] {
        let [last, rest, stretching] =
            [&self.last, &self.rest, &self.stretching_rest].map(|column| block_of(column, block));
        std::array::from_fn(|at| moment.faded(last[at], rest[at] + stretching[at] * moment.stretch))
    }

    /// Lets a block take in how long a skill rests, if it does.
    pub fn rest(&self, at: usize, peers: &mut Peers) {
        if self.rest[at] < f64::INFINITY {
            peers.take_rest(self.last[at], (self.rest[at], self.stretching_rest[at]));
        }
    }

    /// The student's part of the log odds of a skill: that of [`Weights::student_part`] but for rounding.
    #[inline]
    pub fn part(&self, moment: &Moment, skill: SkillIndex) -> Logit {
        let row = &self.rows[skill.place()];
        let millis = (moment.now - self.last[skill.place()]).max(0.0);
        let gap = octaves(millis * PER_MINUTE);
        let lag = octaves(moment.answers - row.count);
        let grown = (row.variance + DRIFT_PER_DAY * PER_DAY * millis).min(VARIANCE);
        let time = row.by_gap * gap + moment.day * (gap - DAY).max(0.0) + moment.month * (gap - MONTH).max(0.0);
        let lag =
            row.by_lag * lag + moment.over_one * (lag - ONE).max(0.0) + moment.over_seven * (lag - SEVEN).max(0.0);
        let whole = row.fixed + row.by_ability * moment.ability + row.by_recent * moment.recent;
        let newest = if moment.newest == Some(skill) { moment.same } else { 0.0 };
        moment.general + whole + row.by_variance * grown + lag + time + newest
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
    /// Weights of a lag of more than one and seven answers.
    over_one: f64,
    over_seven: f64,
    /// The skill of the newest answer, and what that adds.
    newest: Option<SkillIndex>,
    same: Logit,
    /// Factor of the student's rests.
    stretch: f64,
}

impl Moment {
    pub fn of(student: &Student, weights: &Weights, now: Millis) -> Self {
        let general = &student.general;
        let [.., same, same_and_correct, _, over_one, over_seven, _, _, _, day, month, _] = weights.skill;
        Self {
            now: now.0 as f64,
            general: weights.general_part(student, general, now),
            ability: general.ability,
            recent: general.recent[1],
            answers: f64::from(general.responses),
            day,
            month,
            over_one,
            over_seven,
            newest: (general.responses > 0).then_some(general.last_skill),
            same: same + same_and_correct * if general.run > 0 { 0.5 } else { -0.5 },
            stretch: libm::exp(general.stretch),
        }
    }
}

impl Moment {
    /// Factor of the student's rests.
    pub fn stretch(&self) -> f64 {
        self.stretch
    }

    /// The part that is likely to have faded of what was practised last then and rests so many days.
    pub fn faded(&self, last: f64, rest: f64) -> f64 {
        let days = (self.now - last).max(0.0) * PER_DAY;
        days / (days + rest)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::simulate;
    use crate::skills::{Skill, Skills, Stage};
    use crate::student::Start;

    #[test]
    fn what_is_prepared_is_the_student_part_also_with_weights_of_a_skill_s_own() {
        let skill = |place: u16| Skill {
            prerequisites: Vec::new(),
            stage: [Stage::Years1To3, Stage::Years7To9, Stage::Ma2][usize::from(place % 3)],
        };
        let skills = Skills::new((0..40).map(skill).collect()).expect("no cycle");
        let mut weights = Weights::shipped().clone().knowing(&skills);
        weights.own = (0..40).map(|skill| [0.1, -0.2, 0.3, 0.4, -0.5, 0.6].map(|w| w * f64::from(skill % 7))).collect();
        let records = simulate(5, 3).records;
        let mut student = Student::new(Start { year: Some(6), ..Start::default() });
        let mut columns = Columns::new(40);
        for (number, record) in records.iter().filter(|r| r.student == records[0].student).enumerate() {
            student.update(&record.response);
            record.response.skills.iter().for_each(|skill| columns.take(&student, &weights, skill));
            if number % 5 == 0 {
                (0..40).map(SkillIndex).filter(|s| !student.skills.contains_key(s)).for_each(|skill| {
                    columns.take(&student, &weights, skill);
                });
                let now = record.response.at.plus_days(0.7 * number as f64);
                let moment = Moment::of(&student, &weights, now);
                for skill in (0..40).map(SkillIndex) {
                    let (ours, theirs) = (columns.part(&moment, skill), weights.student_part(&student, skill, now));
                    assert!((ours - theirs).abs() < 1e-9, "{skill:?} after {number}: {ours} for {theirs}");
                }
            }
        }
    }
}
