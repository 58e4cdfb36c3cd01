//! The world for tuning: [`SimulatedStudent`]s who meet a graph of skills, with ground under what they learn.

use super::kind::{Known, Traits};
use super::learner::{Beginning, Effort, Luck, Mind, ground};
use super::practising::SimulatedStudent;
use crate::logit::{Logit, logistic};
use crate::skills::{SkillIndex, Skills};
use crate::time::Millis;

/// Logits by which a skill lies above or below the student's ability before the term.
const WELL: Logit = 1.3;
const PARTLY: Logit = -0.7;
const NOT: Logit = -2.3;
/// Ground is there to half at this log odds of a typical item.
const GROUND: Logit = 0.3;

pub(super) struct Tuning<'a> {
    skills: &'a Skills,
    student: SimulatedStudent,
    traits: Traits,
    known: Vec<Known>,
}

impl<'a> Tuning<'a> {
    pub fn new(beginning: &Beginning<'a>, year: u8) -> Self {
        let traits = beginning.traits;
        let student = SimulatedStudent::of(beginning.seed, year, &traits);
        Self { skills: beginning.skills, student, traits, known: beginning.known.clone() }
    }

    /// What is to be taken from every difficulty of a skill.
    fn shift(&self, skill: SkillIndex) -> Logit {
        let lies = match self.known[skill.place()] {
            Known::Well => WELL,
            Known::Partly => PARTLY,
            Known::Not => NOT,
        };
        lies + self.traits.talent
    }

    fn holds(&self, skill: SkillIndex, now: Millis) -> f64 {
        let can = self.student.true_ability(skill, now) + self.shift(skill);
        logistic(2.0 * (can - GROUND))
    }
}

impl Mind for Tuning<'_> {
    fn probability(&self, skill: SkillIndex, difficulty: Logit, now: Millis) -> f64 {
        self.student.true_probability(skill, difficulty - self.shift(skill), now)
    }

    fn answers(&mut self, skill: SkillIndex, difficulty: Logit, now: Millis, effort: Effort, luck: &Luck) -> bool {
        let probability = self.probability(skill, difficulty, now);
        let (correct, learning) = match effort {
            Effort::Full => (luck.right < probability, 1.0),
            Effort::Careless { right, learning } => (right, learning),
        };
        let ground = ground(self.skills, skill, |p| self.holds(p, now));
        let share = learning * (0.1 + 0.9 * ground);
        self.student.learns(skill, probability, (correct || luck.learned < 0.7, share), now);
        correct
    }
}
