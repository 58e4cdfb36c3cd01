//! A world of states: a skill is unknown, fresh or lasting.
//!
//! Atkinson 1972, «Optimizing the learning of a second-language vocabulary»: three states, of which the middle one is
//! lost with time and the last one stays. Answers come from the states with slip and guess and unknown skills are learned
//! with a fixed probability an item (knowledge tracing, Corbett and Anderson 1995); known ones are forgotten (Khajah,
//! Lindsey and Mozer 2016). A fresh skill becomes lasting when it is recalled after a pause: what is still in mind from
//! the same sitting does not settle (Greeno 1967), which makes the spacing effect.
//!
//! Ours: learning needs the ground under it; difficulty moves slip and guess on the logit scale; lasting skills, too, are
//! lost, but slowly.

use super::kind::{Known, Traits};
use super::learner::{Beginning, Effort, Luck, Mind, ground};
use crate::chance::Chance;
use crate::logit::{Logit, logistic};
use crate::skills::{SkillIndex, Skills};
use crate::time::Millis;

/// Probability that an item teaches an unknown skill whose ground is known.
const LEARN: f64 = 0.2;
/// Probability that recall long after the last practice makes a fresh skill lasting.
const SETTLE: f64 = 0.5;
/// Days in which settling becomes possible: `1 − e^(−t/1)`.
const SETTLE_DAYS: f64 = 1.0;
const FRESH_HALF_LIFE_DAYS: f64 = 10.0;
/// What has settled stays for years (permastore, Bahrick 1984).
const LASTING_HALF_LIFE_DAYS: f64 = 1500.0;
/// Log odds of a typical item when known (slip 0.08) and when not (guess 0.2).
const WHEN_KNOWN: Logit = 2.44;
const WHEN_UNKNOWN: Logit = -1.39;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Unknown,
    Fresh,
    Lasting,
}

#[derive(Clone, Copy)]
struct Held {
    state: State,
    last: Millis,
}

pub(super) struct States<'a> {
    skills: &'a Skills,
    traits: Traits,
    held: Vec<Held>,
}

impl<'a> States<'a> {
    pub fn new(beginning: &Beginning<'a>) -> Self {
        let state = |(place, known): (usize, &Known)| {
            let stream = (place as u64 + 1).wrapping_mul(0xE703_7ED1_A0B4_28DB);
            let mut chance = Chance::new(beginning.seed ^ stream);
            let state = match known {
                Known::Well => State::Lasting,
                Known::Partly if chance.happens(0.5) => State::Fresh,
                _ => State::Unknown,
            };
            Held { state, last: beginning.at }
        };
        let held = beginning.known.iter().enumerate().map(state).collect();
        Self { skills: beginning.skills, traits: beginning.traits, held }
    }

    /// Probability that what was known at the last practice is still known.
    fn kept(&self, held: &Held, now: Millis) -> f64 {
        let half_life = match held.state {
            State::Unknown => return 0.0,
            State::Fresh => FRESH_HALF_LIFE_DAYS,
            State::Lasting => LASTING_HALF_LIFE_DAYS,
        };
        let halves = now.days_since(held.last) * self.traits.forgetting / half_life;
        libm::exp(-core::f64::consts::LN_2 * halves)
    }

    fn holds(&self, skill: SkillIndex, now: Millis) -> f64 {
        self.kept(&self.held[skill.place()], now)
    }

    fn when(&self, known: bool, difficulty: Logit) -> f64 {
        logistic(if known { WHEN_KNOWN } else { WHEN_UNKNOWN } + self.traits.talent - difficulty)
    }
}

impl Mind for States<'_> {
    fn probability(&self, skill: SkillIndex, difficulty: Logit, now: Millis) -> f64 {
        let known = self.holds(skill, now);
        known * self.when(true, difficulty) + (1.0 - known) * self.when(false, difficulty)
    }

    fn answers(&mut self, skill: SkillIndex, difficulty: Logit, now: Millis, effort: Effort, luck: &Luck) -> bool {
        let held = self.held[skill.place()];
        let known = luck.kept < self.kept(&held, now);
        let (correct, learning) = match effort {
            Effort::Full => (luck.right < self.when(known, difficulty), 1.0),
            Effort::Careless { right, learning } => (right, learning),
        };
        let ground = ground(self.skills, skill, |p| self.holds(p, now));
        let learn = 1.0 - libm::pow(1.0 - LEARN * ground, self.traits.pace * learning);
        let pause = 1.0 - libm::exp(-now.days_since(held.last) / SETTLE_DAYS);
        let recalled = correct && effort == Effort::Full;
        let state = match held.state {
            State::Lasting if known => State::Lasting,
            State::Fresh if known && recalled && luck.learned < SETTLE * pause => State::Lasting,
            State::Fresh if known => State::Fresh,
            // Forgotten or never known.
            _ if luck.learned < learn => State::Fresh,
            _ => State::Unknown,
        };
        self.held[skill.place()] = Held { state, last: now };
        correct
    }
}
