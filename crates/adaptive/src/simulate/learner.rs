//! A simulated student of a kind in a world: answers items, takes time, learns, forgets.

use serde::{Deserialize, Serialize};

use super::activation::Activation;
use super::kind::{Kind, Known, Traits, known_before};
use super::school::School;
use super::states::States;
use super::tuning::Tuning;
use crate::chance::Chance;
use crate::logit::Logit;
use crate::skills::{SkillIndex, Skills};
use crate::time::Millis;

/// How often an answer without thinking is right.
const CARELESS_RIGHT: f64 = 0.15;
/// What is left of the learning from an item that was not thought about.
const CARELESS_LEARNING: f64 = 0.15;
/// Below this probability an item looks hard.
const LOOKS_HARD: f64 = 0.6;

/// How students learn and forget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum World {
    /// Every practice leaves a trace that fades, the faster the better the skill was known at the moment (ACT-R with
    /// the spacing effect: Pavlik and Anderson 2005). Only for judging.
    Activation,
    /// A skill is unknown, fresh or lasting (Atkinson 1972; knowledge tracing with forgetting: Corbett and Anderson
    /// 1995, Khajah et al. 2016). Only for judging.
    States,
    /// Logistic gain and exponential forgetting ([`super::SimulatedStudent`]). For tuning; never for judging.
    Practising,
}

impl World {
    /// The two worlds for judging.
    pub const JUDGING: [Self; 2] = [Self::Activation, Self::States];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::States => "states",
            Self::Practising => "practising",
        }
    }
}

/// Three draws, uniform in [0, 1), for one answer: whether something was forgotten, whether it is right, whether
/// something is learned.
pub(super) struct Luck {
    pub kept: f64,
    pub right: f64,
    pub learned: f64,
}

/// How an item was worked on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Effort {
    /// Thought about.
    Full,
    /// Answered without thinking, right or wrong by chance; this share of the learning is left.
    Careless { right: bool, learning: f64 },
}

/// What a world makes of a student.
pub(super) trait Mind {
    /// The true probability that a first answer, thought about, is right at `now`.
    fn probability(&self, skill: SkillIndex, difficulty: Logit, now: Millis) -> f64;
    /// Answers an item and learns from it; whether the first answer was right.
    fn answers(&mut self, skill: SkillIndex, difficulty: Logit, now: Millis, effort: Effort, luck: &Luck) -> bool;
}

/// What a mind starts from.
pub(super) struct Beginning<'a> {
    pub skills: &'a Skills,
    pub traits: Traits,
    pub known: Vec<Known>,
    pub seed: u64,
    pub at: Millis,
}

/// How an item went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Whether the first answer was right.
    pub correct: bool,
    /// Time spent on the item.
    pub seconds: f64,
}

/// A student of a kind in a world. The same seed gives the same student; the n-th item of a skill meets the same luck
/// whatever was chosen in between (common random numbers).
pub struct Learner<'a> {
    mind: Box<dyn Mind + 'a>,
    school: &'a School,
    traits: Traits,
    year: u8,
    seed: u64,
    practised: Vec<u64>,
}

impl<'a> Learner<'a> {
    /// A student of this kind and school year (1 to 12) at the start of a term.
    pub fn new(world: World, school: &'a School, kind: Kind, year: u8, seed: u64, at: Millis) -> Self {
        let skills = school.bank().skills();
        let traits = Traits::of(kind, seed);
        let known = known_before(school.bank(), &traits, year, seed);
        let beginning = Beginning { skills, traits, known, seed, at };
        let mind: Box<dyn Mind + 'a> = match world {
            World::Activation => Box::new(Activation::new(&beginning)),
            World::States => Box::new(States::new(&beginning)),
            World::Practising => Box::new(Tuning::new(&beginning, year)),
        };
        Self { mind, school, traits, year, seed, practised: vec![0; skills.len()] }
    }

    pub fn year(&self) -> u8 {
        self.year
    }

    /// The true probability that a first answer to an item (a place in [`super::Bank::items`]), thought about, is right.
    pub fn probability(&self, item: usize, now: Millis) -> f64 {
        let skill = self.school.bank().items()[item].skill;
        self.mind.probability(skill, self.school.true_difficulty(item), now)
    }

    /// The true probability of solving a typical item (difficulty 0) of a skill.
    pub fn knows(&self, skill: SkillIndex, now: Millis) -> f64 {
        self.mind.probability(skill, 0.0, now)
    }

    /// Works on an item and learns from it.
    pub fn answers(&mut self, item: usize, now: Millis) -> Answer {
        let skill = self.school.bank().items()[item].skill;
        let difficulty = self.school.true_difficulty(item);
        let mut chance = self.chance(skill);
        let probability = self.mind.probability(skill, difficulty, now);
        let effort = self.effort(probability, &mut chance);
        let luck = Luck { kept: chance.uniform(), right: chance.uniform(), learned: chance.uniform() };
        let correct = self.mind.answers(skill, difficulty, now, effort, &luck);
        let seconds = self.time_spent(difficulty, effort, correct, &mut chance);
        Answer { correct, seconds }
    }

    fn effort(&self, probability: f64, chance: &mut Chance) -> Effort {
        let [careless, gamed, right] = [0; 3].map(|_| chance.uniform());
        if probability < LOOKS_HARD && gamed < self.traits.gaming {
            return Effort::Careless { right: false, learning: CARELESS_LEARNING };
        }
        if careless < self.traits.careless {
            return Effort::Careless { right: right < CARELESS_RIGHT, learning: CARELESS_LEARNING };
        }
        Effort::Full
    }

    /// Times are log-normal (van der Linden 2006). Older students have longer items, hard ones take longer, and a
    /// wrong answer is worked through; what is not thought about is soon done.
    fn time_spent(&self, difficulty: Logit, effort: Effort, correct: bool, chance: &mut Chance) -> f64 {
        let usual = (25.0 + 3.0 * f64::from(self.year)) * self.traits.slowness * libm::exp(0.2 * difficulty);
        let again = if correct { 1.0 } else { 1.6 };
        let thought = if effort == Effort::Full { 1.0 } else { 0.4 };
        (usual * again * thought * libm::exp(0.3 * chance.normal())).clamp(5.0, 600.0)
    }

    fn chance(&mut self, skill: SkillIndex) -> Chance {
        let count = &mut self.practised[skill.place()];
        *count += 1;
        let stream = (u64::from(skill.0) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (*count << 48);
        Chance::new(self.seed ^ stream)
    }
}

/// How far a student can learn a skill, 0 to 1: as well as the weakest prerequisite is known; 1 without any.
pub(super) fn ground(skills: &Skills, skill: SkillIndex, knows: impl Fn(SkillIndex) -> f64) -> f64 {
    let under = skills.get(skill).map_or(&[][..], |s| &s.prerequisites);
    under.iter().map(|&p| knows(p)).fold(1.0, f64::min)
}
