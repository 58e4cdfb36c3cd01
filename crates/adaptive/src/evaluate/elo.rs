//! Elo with a general, a skill and an item rating, its steps tuned: what our model is compared with.
//!
//! `P = logistic(general + mean of the skills − item)`; each rating moves by `a / (1 + b n) · (correct − P)` (Pelánek
//! 2016). An item that was never seen has the mean of the items of its skills.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::evaluate::online::in_time;
use crate::fit::Record;
use crate::logit::logistic;
use crate::response::{ItemId, Response};
use crate::skills::SkillIndex;

/// Steps of the three ratings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Steps {
    /// First step of the general rating.
    pub general: f64,
    /// First step of a skill's rating.
    pub skill: f64,
    /// First step of an item's rating.
    pub item: f64,
    /// How fast students' steps shrink.
    pub shrink: f64,
    /// How fast items' steps shrink.
    pub item_shrink: f64,
}

impl Default for Steps {
    fn default() -> Self {
        Self { general: 0.5, skill: 0.3, item: 0.8, shrink: 0.05, item_shrink: 0.1 }
    }
}

/// Elo with items fitted.
#[derive(Clone, Debug)]
pub struct Elo {
    pub steps: Steps,
    items: HashMap<ItemId, (f64, u32)>,
    /// Sum and count of the items' ratings of a skill.
    skills: HashMap<SkillIndex, (f64, u32)>,
    base: f64,
}

#[derive(Default)]
struct Rated {
    general: f64,
    count: u32,
    skills: BTreeMap<SkillIndex, (f64, u32)>,
}

impl Elo {
    /// Runs through the records twice, the second time beginning with the items' ratings of the first.
    pub fn fit(records: &[Record], steps: Steps) -> Self {
        let mut elo = Self { steps, items: HashMap::new(), skills: HashMap::new(), base: 0.0 };
        let right = records.iter().filter(|r| r.response.correct).count() as f64;
        elo.base = -((right + 1.0) / (records.len() as f64 - right + 1.0)).ln();
        for _ in 0..2 {
            elo.run(records, true);
            elo.items.values_mut().for_each(|item| item.1 = item.1.min(20));
            elo.respread(records);
        }
        elo
    }

    /// Predicts records of other students one step ahead in order of time; items move on, as in
    /// [`predict_online`](crate::evaluate::predict_online).
    pub fn predict_online(&self, records: &[Record]) -> Vec<f64> {
        self.clone().run(records, true)
    }

    /// As [`Elo::predict_online`], but items stay as fitted.
    pub fn predict_frozen(&self, records: &[Record]) -> Vec<f64> {
        self.clone().run(records, false)
    }

    /// The steps with the least log loss on the records held back by `split`, one changed at a time.
    pub fn tune(train: &[Record], held: &[Record]) -> Steps {
        let loss = |steps: Steps| {
            let predictions = Self::fit(train, steps).predict_online(held);
            let losses =
                predictions.iter().zip(held).map(|(p, r)| -(if r.response.correct { *p } else { 1.0 - p }).ln());
            losses.sum::<f64>()
        };
        let mut best = Steps::default();
        let mut least = loss(best);
        for _ in 0..2 {
            for part in 0..5 {
                for factor in [0.4, 0.7, 1.4, 2.5] {
                    let mut steps = best;
                    let of = [
                        &mut steps.general,
                        &mut steps.skill,
                        &mut steps.item,
                        &mut steps.shrink,
                        &mut steps.item_shrink,
                    ];
                    if let Some(step) = of.into_iter().nth(part) {
                        *step *= factor;
                    }
                    let found = loss(steps);
                    if found < least {
                        (best, least) = (steps, found);
                    }
                }
            }
        }
        best
    }

    fn run(&mut self, records: &[Record], moving: bool) -> Vec<f64> {
        let mut rated: HashMap<u64, Rated> = HashMap::new();
        let mut predictions = vec![0.0; records.len()];
        for place in in_time(records) {
            let Record { student, response, .. } = &records[place];
            predictions[place] = self.take(rated.entry(*student).or_default(), response, moving);
        }
        predictions
    }

    fn take(&mut self, rated: &mut Rated, response: &Response, moving: bool) -> f64 {
        let Steps { general, skill, item, shrink, item_shrink } = self.steps;
        let share = 1.0 / response.skills.len() as f64;
        let skills: f64 = response.skills.iter().filter_map(|s| rated.skills.get(&s)).map(|r| share * r.0).sum();
        let (difficulty, count) = self.items.get(&response.item).copied().unwrap_or_else(|| (self.unseen(response), 0));
        let predicted = logistic(rated.general + skills - difficulty);
        let residual = f64::from(u8::from(response.correct)) - predicted;
        rated.general += general / (1.0 + shrink * f64::from(rated.count)) * residual;
        rated.count += 1;
        for of in response.skills.iter() {
            let rating = rated.skills.entry(of).or_default();
            rating.0 += skill / (1.0 + shrink * f64::from(rating.1)) * residual;
            rating.1 += 1;
        }
        if moving {
            let step = item / (1.0 + item_shrink * f64::from(count));
            self.items.insert(response.item, (difficulty - step * residual, count + 1));
        }
        predicted
    }

    fn unseen(&self, response: &Response) -> f64 {
        let share = 1.0 / response.skills.len() as f64;
        let mean = |s: SkillIndex| self.skills.get(&s).map_or(self.base, |(sum, count)| sum / f64::from(*count));
        response.skills.iter().map(|s| share * mean(s)).sum()
    }

    fn respread(&mut self, records: &[Record]) {
        self.skills.clear();
        for Record { response, .. } in records {
            let rating = self.items.get(&response.item).map_or(self.base, |item| item.0);
            for skill in response.skills.iter() {
                let of = self.skills.entry(skill).or_default();
                *of = (of.0 + rating, of.1 + 1);
            }
        }
    }
}
