//! The rule of Math Garden: Elo ratings, and the item whose expected success lies nearest a draw around 0.75
//! (Klinkenberg, Straatemeier and van der Maas 2011), none of the last twenty again. Ratings have a step that shrinks
//! with practice, for the student as a whole and for each skill (Pelánek 2016). It is given the graph, too: only skills
//! on ground that is rated as known, or belongs to an earlier stage.

use std::collections::VecDeque;

use super::{Choosing, Heard};
use crate::chance::Chance;
use crate::logit::{Logit, logistic};
use crate::simulate::school::Bank;
use crate::skills::SkillIndex;
use crate::time::Millis;

const TARGET: f64 = 0.75;
const TARGET_SPREAD: f64 = 0.1;
const NOT_AGAIN: usize = 20;
/// Ground is known from this expected success at a typical item.
const GROUND: f64 = 0.7;
const STEP: f64 = 1.0;
const STEP_SHRINK: f64 = 0.05;

#[derive(Clone, Copy, Default)]
struct Rating {
    value: Logit,
    answers: u32,
}

impl Rating {
    fn moves(&mut self, residual: f64) {
        self.value += STEP / (1.0 + STEP_SHRINK * f64::from(self.answers)) * residual;
        self.answers += 1;
    }
}

pub(super) struct Elo {
    year: u8,
    whole: Rating,
    skills: Vec<Rating>,
    recent: VecDeque<usize>,
}

impl Elo {
    pub fn new(bank: &Bank, year: u8) -> Self {
        let skills = vec![Rating::default(); bank.skills().len()];
        Self { year, whole: Rating::default(), skills, recent: VecDeque::new() }
    }

    fn expected(&self, skill: SkillIndex, difficulty: Logit) -> f64 {
        logistic(self.whole.value + self.skills[skill.place()].value - difficulty)
    }

    fn holds(&self, bank: &Bank, skill: SkillIndex) -> bool {
        match self.skills[skill.place()].answers {
            0 => bank.below_stage(skill, self.year),
            _ => self.expected(skill, 0.0) >= GROUND,
        }
    }

    fn is_open(&self, bank: &Bank, skill: SkillIndex) -> bool {
        let own = !bank.below_stage(skill, self.year) && bank.of_age(skill, self.year);
        own && bank.prerequisites(skill).iter().all(|&p| self.holds(bank, p))
    }
}

impl Choosing for Elo {
    fn choose(&mut self, bank: &Bank, _: Millis, seed: u64) -> usize {
        let mut chance = Chance::new(seed);
        let target = (TARGET + TARGET_SPREAD * chance.normal()).clamp(0.5, 0.95);
        let open: Vec<bool> = bank.skills().iter().map(|(skill, _)| self.is_open(bank, skill)).collect();
        let mut nearest = (f64::INFINITY, 0);
        for (place, item) in bank.items().iter().enumerate() {
            if open[item.skill.place()] && !self.recent.contains(&place) {
                // Equals are told apart by chance.
                let off = (self.expected(item.skill, item.difficulty) - target).abs() + 1e-3 * chance.uniform();
                if off < nearest.0 {
                    nearest = (off, place);
                }
            }
        }
        nearest.1
    }

    fn hears(&mut self, bank: &Bank, heard: &Heard) {
        let item = bank.items()[heard.item];
        let residual = f64::from(u8::from(heard.correct)) - self.expected(item.skill, item.difficulty);
        self.whole.moves(residual);
        self.skills[item.skill.place()].moves(residual);
        self.recent.push_back(heard.item);
        if self.recent.len() > NOT_AGAIN {
            self.recent.pop_front();
        }
    }
}
