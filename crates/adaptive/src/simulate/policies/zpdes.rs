//! ZPDES (Clément, Roy, Oudeyer and Lopes 2015, «Multi-armed bandits for intelligent tutoring systems»).
//!
//! Activities lie in an expert's graph; here each skill is three activities, from its easy items to its hard ones.
//! Those in the zone of proximal development are drawn by weight, with a share drawn evenly: `w ← β·w + η·r`, where the
//! reward `r` is the success in the newer half of the last `d` answers less that in the older half (learning progress).
//! Success in the window opens what comes next; still more success closes the activity itself. β, η, γ, d and the first
//! weight are those of an open implementation for written addition; the paper leaves them, and what opens and closes, to
//! the domain. What opens and closes was picked in the world for tuning.

use super::{Choosing, Heard};
use crate::chance::Dice;
use crate::simulate::school::Bank;
use crate::skills::SkillIndex;
use crate::time::Millis;

const LEVELS: usize = 3;
const BETA: f64 = 0.9;
const ETA: f64 = 0.4;
const GAMMA: f64 = 0.3;
const WINDOW: usize = 6;
const FIRST_WEIGHT: f64 = 1.0;
/// Success in the newer half of the window that opens the next activities.
const OPENS: f64 = 0.65;
/// Success in the whole window that closes an activity.
const CLOSES: f64 = 0.8;
/// The level from which a skill carries others: its typical items.
const CARRIES: usize = 1;

#[derive(Clone)]
struct Activity {
    items: Vec<usize>,
    weight: f64,
    answers: Vec<bool>,
}

pub(super) struct Zpdes {
    year: u8,
    activities: Vec<Activity>,
}

impl Zpdes {
    pub fn new(bank: &Bank, year: u8) -> Self {
        let mut activities = Vec::new();
        for (skill, _) in bank.skills().iter() {
            let mut items: Vec<usize> = bank.items_of(skill).collect();
            items.sort_by(|&a, &b| bank.items()[a].difficulty.total_cmp(&bank.items()[b].difficulty));
            for level in items.chunks(items.len().div_ceil(LEVELS)) {
                activities.push(Activity { items: level.to_vec(), weight: FIRST_WEIGHT, answers: Vec::new() });
            }
        }
        Self { year, activities }
    }

    fn activity(&self, skill: SkillIndex, level: usize) -> &Activity {
        &self.activities[skill.place() * LEVELS + level]
    }

    fn carries(&self, bank: &Bank, skill: SkillIndex) -> bool {
        self.activity(skill, CARRIES).opens_next() || (self.is_new(skill) && bank.below_stage(skill, self.year))
    }

    fn is_new(&self, skill: SkillIndex) -> bool {
        (0..LEVELS).all(|level| self.activity(skill, level).answers.is_empty())
    }

    /// The zone of proximal development, as places of activities.
    fn zone(&self, bank: &Bank, of_age: bool) -> Vec<usize> {
        let fits = |s: &&SkillIndex| !bank.below_stage(**s, self.year) && (bank.of_age(**s, self.year) || !of_age);
        let open = |s: &&SkillIndex| bank.prerequisites(**s).iter().all(|&p| self.carries(bank, p));
        let mut zone = Vec::new();
        for skill in bank.curriculum().iter().filter(fits).filter(open) {
            for level in 0..LEVELS {
                let opened = level == 0 || self.activity(*skill, level - 1).opens_next();
                if opened && !self.activity(*skill, level).is_done() {
                    zone.push(skill.place() * LEVELS + level);
                }
            }
        }
        zone
    }
}

impl Activity {
    fn opens_next(&self) -> bool {
        let half = WINDOW / 2;
        self.answers.len() >= half && share(&self.answers[self.answers.len() - half..]) >= OPENS
    }

    fn is_done(&self) -> bool {
        self.answers.len() >= WINDOW && share(&self.answers[self.answers.len() - WINDOW..]) >= CLOSES
    }

    /// Newer success less older; what has not been answered counts as wrong.
    fn progress(&self) -> f64 {
        let half = WINDOW / 2;
        let newest_first = |from: usize| {
            let right = self.answers.iter().rev().skip(from).take(half).filter(|c| **c);
            right.count() as f64 / half as f64
        };
        newest_first(0) - newest_first(half)
    }
}

fn share(answers: &[bool]) -> f64 {
    answers.iter().filter(|c| **c).count() as f64 / answers.len().max(1) as f64
}

impl Choosing for Zpdes {
    fn choose(&mut self, bank: &Bank, _: Millis, seed: u64) -> usize {
        let mut zone = self.zone(bank, true);
        if zone.is_empty() {
            zone = self.zone(bank, false);
        }
        if zone.is_empty() {
            zone = (0..self.activities.len()).collect();
        }
        let mut chance = Dice::new(seed);
        let weights: Vec<f64> = zone.iter().map(|&a| self.activities[a].weight.max(0.0)).collect();
        let sum: f64 = weights.iter().sum();
        let even = 1.0 / zone.len() as f64;
        let mut left = chance.uniform();
        let drawn = zone.iter().zip(&weights).find(|(_, weight)| {
            let by_weight = if sum > 0.0 { **weight / sum } else { even };
            left -= (1.0 - GAMMA) * by_weight + GAMMA * even;
            left < 0.0
        });
        let activity = drawn.map_or(zone[zone.len() - 1], |(activity, _)| *activity);
        let items = &self.activities[activity].items;
        items[chance.below(items.len())]
    }

    fn hears(&mut self, bank: &Bank, heard: &Heard) {
        let skill = bank.items()[heard.item].skill.place();
        let of_skill = &mut self.activities[skill * LEVELS..(skill + 1) * LEVELS];
        if let Some(activity) = of_skill.iter_mut().find(|a| a.items.contains(&heard.item)) {
            activity.answers.push(heard.correct);
            activity.weight = BETA * activity.weight + ETA * activity.progress();
        }
    }
}
