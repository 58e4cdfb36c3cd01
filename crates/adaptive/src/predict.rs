//! The probability of solving, as a sum that can be explained.

use serde::{Deserialize, Serialize};

use crate::features::{self, GENERAL, ITEM, MEETING, Named, OWN, SKILL};
use crate::general::General;
use crate::item::Item;
use crate::logit::{Logit, logistic};
use crate::skill_state::Trace;
use crate::skills::SkillIndex;
use crate::student::Student;
use crate::time::Millis;
use crate::weights::Weights;

/// What speaks for or against solving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contribution {
    /// Where everybody starts: the usual share of correct responses, the group's mean, the stage.
    Start,
    /// The student's ability in everything practised so far.
    General,
    /// How far the skill lies from the general ability.
    Skill,
    /// How the last answers went, beyond what was expected.
    Recent,
    /// What has faded since the skill was last practised.
    Forgetting,
    /// How much was practised at all, and how little is known yet.
    Experience,
    /// The item: negative when it is harder than a typical one.
    Item,
    /// What was done with the same item before.
    SameItem,
    /// The sitting: how long it has lasted, the pause before, the change of skill.
    Sitting,
    /// That the item asks for several skills at once.
    Several,
}

impl Contribution {
    /// All of them, in the order of [`Prediction::contributions`].
    pub const ALL: [Self; 10] = [
        Self::Start,
        Self::General,
        Self::Skill,
        Self::Recent,
        Self::Forgetting,
        Self::Experience,
        Self::Item,
        Self::SameItem,
        Self::Sitting,
        Self::Several,
    ];
}

/// A predicted probability with its reasons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// Probability of a correct response, strictly between 0 and 1.
    pub probability: f64,
    /// Its log odds: the sum of the contributions, in their order.
    pub logit: Logit,
    /// Logits for each of [`Contribution::ALL`].
    pub contributions: [(Contribution, Logit); Contribution::ALL.len()],
}

impl Prediction {
    /// One contribution in logits.
    pub fn contribution(&self, kind: Contribution) -> Logit {
        self.contributions[kind as usize].1
    }
}

/// Log odds are kept within these, so that no probability rounds to 0 or 1.
pub(crate) const WIDEST: Logit = 30.0;

/// Contributions while they are added up.
struct Sum([Logit; Contribution::ALL.len()]);

impl Sum {
    fn add(&mut self, named: &[Named], weights: &[f64], features: &[f64], share: f64) {
        for ((&(_, kind), weight), feature) in named.iter().zip(weights).zip(features) {
            self.0[kind as usize] += share * weight * feature;
        }
    }
}

impl Weights {
    /// Predicts the response of `student` to `item` at `now`: the logistic of a sum of weighted features of the
    /// student, the skills (their mean, if several), the meeting with the item and the item itself.
    ///
    /// Strictly decreasing in the item's difficulty within ±8, whatever the student and the weights.
    pub fn predict(&self, student: &Student, item: &Item, now: Millis) -> Prediction {
        let mut sum = Sum([0.0; Contribution::ALL.len()]);
        let general = features::general(student.start.ability, &student.general, now);
        sum.add(&GENERAL, &self.general, &general, 1.0);
        let share = 1.0 / item.skills.len() as f64;
        for skill in item.skills.iter() {
            let trace = student.skills.get(&skill).map(|state| &state.trace);
            let same = student.general.responses > 0 && student.general.last_skill == skill;
            sum.add(&SKILL, &self.skill, &features::skill(&student.general, trace, same, now), share);
            if trace.is_none() {
                sum.0[Contribution::Start as usize] += share * self.stage_part(student.start.year, skill);
            }
            if let Some(own) = self.own.get(skill.place()) {
                sum.add(&OWN, own, &features::own(&student.general, trace), share);
            }
        }
        if !features::is_plain(student, item) {
            sum.add(&MEETING, &self.meeting, &features::meeting(student, item, now), 1.0);
        }
        sum.add(&ITEM, &self.item, &features::item(&item.difficulty), 1.0);
        explain(&sum)
    }

    /// The student's part of the log odds for a new item of one skill, which [`Weights::item_part`] is added to.
    pub fn student_part(&self, student: &Student, skill: SkillIndex, now: Millis) -> Logit {
        let trace = student.skills.get(&skill).map(|state| &state.trace);
        let skill_part = self.skill_part(&student.general, skill, trace, now);
        self.general_part(student, &student.general, now) + skill_part + self.start_part(student, skill, trace)
    }

    /// What the general part adds, the same for all skills: reckon it once when asking for many skills.
    pub(crate) fn general_part(&self, student: &Student, general: &General, now: Millis) -> Logit {
        dot(&self.general, &features::general(student.start.ability, general, now))
    }

    /// What a skill adds to the general part.
    pub(crate) fn skill_part(&self, general: &General, skill: SkillIndex, trace: Option<&Trace>, now: Millis) -> Logit {
        let same = general.responses > 0 && general.last_skill == skill;
        let own = self.own.get(skill.place()).map_or(0.0, |own| dot(own, &features::own(general, trace)));
        own + dot(&self.skill, &features::skill(general, trace, same, now))
    }

    /// What the stage of an unseen skill adds.
    pub(crate) fn start_part(&self, student: &Student, skill: SkillIndex, trace: Option<&Trace>) -> Logit {
        if trace.is_some() { 0.0 } else { self.stage_part(student.start.year, skill) }
    }

    /// The item's part of the log odds: of the item alone, strictly decreasing in its difficulty within ±8.
    pub fn item_part(&self, difficulty: &crate::Difficulty) -> Logit {
        dot(&self.item, &features::item(difficulty))
    }
}

fn dot<const N: usize>(weights: &[f64; N], features: &[f64; N]) -> f64 {
    weights.iter().zip(features).map(|(w, x)| w * x).sum()
}

fn explain(sum: &Sum) -> Prediction {
    let contributions = Contribution::ALL.map(|kind| (kind, sum.0[kind as usize]));
    let logit: Logit = sum.0.iter().sum();
    Prediction { probability: logistic(logit.clamp(-WIDEST, WIDEST)), logit, contributions }
}
