//! A world of traces: ACT-R's base-level activation with the spacing effect.
//!
//! Pavlik and Anderson 2005, «Practice and forgetting effects on vocabulary memory: an activation-based model of the
//! spacing effect»: `m = ln Σ tⱼ^(−dⱼ)`, `dⱼ = c·e^m + a` with the activation `m` at the moment of the j-th practice, and
//! recall `1 / (1 + e^((τ − m)/s))`. Between sittings time counts `h` as much. The constants are the paper's.
//!
//! Ours: a trace weighs less without the ground under it or without thought; what the prerequisites give spreads to a
//! skill (spreading activation, Anderson 1983); an item's difficulty lies on the logit scale of recall; slips and guesses.

use super::kind::{Known, Traits};
use super::learner::{Beginning, Effort, Luck, Mind, ground};
use crate::chance::Chance;
use crate::logit::{Logit, logistic};
use crate::skills::{SkillIndex, Skills};
use crate::time::Millis;

/// Decay of a trace laid when nothing was known.
const DECAY: f64 = 0.177;
/// How much faster traces fade that were laid while the skill was active.
const DECAY_SCALE: f64 = 0.217;
/// Activation at which recall is even.
const THRESHOLD: f64 = -0.704;
/// Noise of activation.
const NOISE: f64 = 0.255;
/// How much time between sittings counts against time within.
const BETWEEN: f64 = 0.025;
/// What lies further back than this lies in an earlier sitting, seconds.
const SITTING: f64 = 1800.0;
/// Activation (before the logarithm) that known prerequisites lend: a new skill's typical item is solved one time in
/// four.
const SPREADING: f64 = 0.36;
/// A trace of a wrong answer, worked through, against that of a right one (a study trial against a test trial).
const WRONG: f64 = 0.6;
const SLIP: f64 = 0.04;
const GUESS: f64 = 0.04;

#[derive(Clone, Copy)]
struct Trace {
    at: Millis,
    decay: f64,
    weight: f64,
}

pub(super) struct Activation<'a> {
    skills: &'a Skills,
    traits: Traits,
    traces: Vec<Vec<Trace>>,
}

impl<'a> Activation<'a> {
    pub fn new(beginning: &Beginning<'a>) -> Self {
        let traits = beginning.traits;
        let mut traces = Vec::with_capacity(beginning.known.len());
        for (place, known) in beginning.known.iter().enumerate() {
            let stream = (place as u64 + 1).wrapping_mul(0xA076_1D64_78BD_642F);
            let mut chance = Chance::new(beginning.seed ^ stream);
            let count = match known {
                Known::Well => 14 + (8.0 * chance.uniform()) as usize,
                Known::Partly => 4 + (4.0 * chance.uniform()) as usize,
                Known::Not => (2.0 * chance.uniform()) as usize,
            };
            // Lessons of the last three years, well spaced, by which those who forget fast have practised more.
            let trace = |chance: &mut Chance| Trace {
                at: beginning.at.plus_days(-(40.0 + 1000.0 * chance.uniform())),
                decay: DECAY + 0.05,
                weight: 1.0,
            };
            traces.push((0..count).map(|_| trace(&mut chance)).collect());
        }
        Self { skills: beginning.skills, traits, traces }
    }

    /// What the traces add up to, before the logarithm.
    fn sum(&self, skill: SkillIndex, now: Millis) -> f64 {
        let strength = |t: &Trace| t.weight * libm::pow(age(t.at, now), -t.decay);
        self.traces[skill.place()].iter().map(strength).sum()
    }

    /// Recall of a skill with all its ground: what lends strength to the skills above it.
    fn holds(&self, skill: SkillIndex, now: Millis) -> f64 {
        logistic(self.log_odds(self.sum(skill, now) + SPREADING))
    }

    fn ground(&self, skill: SkillIndex, now: Millis) -> f64 {
        ground(self.skills, skill, |p| self.holds(p, now))
    }

    fn log_odds(&self, sum: f64) -> Logit {
        (libm::log(sum.max(1e-3)) - THRESHOLD) / NOISE + self.traits.talent
    }
}

impl Mind for Activation<'_> {
    fn probability(&self, skill: SkillIndex, difficulty: Logit, now: Millis) -> f64 {
        let sum = self.sum(skill, now) + SPREADING * self.ground(skill, now);
        GUESS + (1.0 - GUESS - SLIP) * logistic(self.log_odds(sum) - difficulty)
    }

    fn answers(&mut self, skill: SkillIndex, difficulty: Logit, now: Millis, effort: Effort, luck: &Luck) -> bool {
        let (correct, learning) = match effort {
            Effort::Full => {
                let correct = luck.right < self.probability(skill, difficulty, now);
                (correct, if correct { 1.0 } else { WRONG })
            }
            Effort::Careless { right, learning } => (right, learning),
        };
        let ground = self.ground(skill, now);
        let active = self.sum(skill, now) + SPREADING * ground;
        let decay = DECAY * libm::pow(self.traits.forgetting, 1.0 / 3.0) + DECAY_SCALE * active;
        let weight = self.traits.pace * learning * (0.1 + 0.9 * ground);
        self.traces[skill.place()].push(Trace { at: now, decay, weight });
        correct
    }
}

/// Seconds since a practice as they count: those between sittings count little.
fn age(at: Millis, now: Millis) -> f64 {
    let seconds = (now.days_since(at) * 86_400.0).max(1.0);
    seconds.min(SITTING) + BETWEEN * (seconds - SITTING).max(0.0)
}
