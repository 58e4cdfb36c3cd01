//! How hard items are, estimated together: an item within its combination of skills, that within its skills.
//!
//! `d = d₀ + mean of the skills + combination + item`, each level normal around 0 with a spread of its own. Given what
//! is known of the students (`offset`), `logit P = offset − d`; the mode is found by Newton steps a level at a time
//! (backfitting), the spreads by their expected squares (EM for empirical Bayes, Dempster, Laird and Rubin 1977).

use std::collections::BTreeMap;

use crate::difficulty::{Difficulty, DifficultyKey};
use crate::fit::Record;
use crate::logit::{Logit, bounded, logistic};
use crate::response::SkillSet;
use crate::skills::SkillIndex;

const SWEEPS: usize = 8;
/// Spreads (variances) to begin with: of skills, of combinations within skills, of items within combinations.
const SPREADS: [f64; 3] = [0.5, 0.3, 0.6];

/// What the levels above the items are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Estimate {
    value: Logit,
    information: f64,
    responses: u32,
}

/// Fitted difficulties of items, with what stands in for items that were never seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difficulties {
    base: Logit,
    skills: BTreeMap<SkillIndex, Logit>,
    combinations: BTreeMap<(SkillSet, u8), Logit>,
    items: BTreeMap<DifficultyKey, Difficulty>,
    spreads: [f64; 3],
}

impl Difficulties {
    /// The difficulty of an item; of one never seen, what its combination of skills, or its skills, say.
    pub fn of(&self, key: DifficultyKey, skills: &SkillSet) -> Difficulty {
        match self.items.get(&key) {
            Some(known) => *known,
            None => Difficulty { value: bounded(self.expected(key, skills)), responses: 0, information: 0.0 },
        }
    }

    fn expected(&self, key: DifficultyKey, skills: &SkillSet) -> Logit {
        let share = 1.0 / skills.len() as f64;
        let of_skills: f64 = skills.iter().filter_map(|s| self.skills.get(&s)).map(|value| share * value).sum();
        self.base + of_skills + self.combinations.get(&(*skills, key.attempt)).copied().unwrap_or(0.0)
    }

    /// Every item with its difficulty, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&DifficultyKey, &Difficulty)> {
        self.items.iter()
    }
}

/// The records with everything they are about numbered.
pub(super) struct Index {
    rows: Vec<Row>,
    skills: Vec<SkillIndex>,
    combinations: Vec<(SkillSet, u8)>,
    items: Vec<(DifficultyKey, u32)>,
}

#[derive(Clone, Copy)]
struct Row {
    skills: [u32; SkillSet::MOST],
    share: f64,
    count: u8,
    combination: u32,
    item: u32,
    correct: bool,
}

impl Index {
    pub fn of(records: &[Record]) -> Self {
        let mut skills: BTreeMap<SkillIndex, u32> = BTreeMap::new();
        let mut combinations = BTreeMap::new();
        let mut items = BTreeMap::new();
        for Record { response, .. } in records {
            skills.extend(response.skills.iter().map(|s| (s, 0)));
            combinations.insert((response.skills, response.key().attempt), 0u32);
            items.insert(response.key(), 0u32);
        }
        number(skills.values_mut());
        number(combinations.values_mut());
        number(items.values_mut());
        let mut of_item = vec![0u32; items.len()];
        let rows = records
            .iter()
            .map(|Record { response, .. }| {
                let mut own = [0; SkillSet::MOST];
                for (place, skill) in own.iter_mut().zip(response.skills.iter()) {
                    *place = skills[&skill];
                }
                let combination = combinations[&(response.skills, response.key().attempt)];
                let item = items[&response.key()];
                of_item[item as usize] = combination;
                let count = response.skills.len();
                let share = 1.0 / count as f64;
                Row { skills: own, share, count: count as u8, combination, item, correct: response.correct }
            })
            .collect();
        Self {
            rows,
            skills: skills.into_keys().collect(),
            combinations: combinations.into_keys().collect(),
            items: items.into_keys().zip(of_item).collect(),
        }
    }

    /// Estimates from the rows `among`; `start` saves sweeps and lends its spreads.
    pub fn estimate(
        &self,
        offsets: &[Logit],
        start: Option<&Difficulties>,
        among: impl Fn(usize) -> bool,
    ) -> Difficulties {
        let rows: Vec<(Row, Logit)> =
            (0..self.rows.len()).filter(|&row| among(row)).map(|row| (self.rows[row], offsets[row])).collect();
        let mut levels = Levels {
            base: 0.0,
            skills: vec![Estimate::default(); self.skills.len()],
            combinations: vec![Estimate::default(); self.combinations.len()],
            items: vec![Estimate::default(); self.items.len()],
            spreads: start.map_or(SPREADS, |s| s.spreads),
        };
        for sweep in 0..SWEEPS {
            levels.sweep(&rows);
            if start.is_none() && sweep > 1 {
                levels.respread();
            }
        }
        self.told(&levels)
    }

    fn told(&self, levels: &Levels) -> Difficulties {
        let mut told = Difficulties {
            base: levels.base,
            skills: self.skills.iter().copied().zip(levels.skills.iter().map(|e| e.value)).collect(),
            combinations: self.combinations.iter().copied().zip(levels.combinations.iter().map(|e| e.value)).collect(),
            items: BTreeMap::new(),
            spreads: levels.spreads,
        };
        for (&(key, combination), estimate) in self.items.iter().zip(&levels.items) {
            if estimate.responses > 0 {
                let (skills, _) = self.combinations[combination as usize];
                let value = bounded(told.expected(key, &skills) + estimate.value);
                let Estimate { information, responses, .. } = *estimate;
                told.items.insert(key, Difficulty { value, responses, information });
            }
        }
        told
    }
}

fn number<'a>(places: impl Iterator<Item = &'a mut u32>) {
    for (place, number) in places.zip(0..) {
        *place = number;
    }
}

struct Levels {
    base: Logit,
    skills: Vec<Estimate>,
    combinations: Vec<Estimate>,
    items: Vec<Estimate>,
    spreads: [f64; 3],
}

/// Sums for one Newton step of one parameter.
#[derive(Clone, Copy, Default)]
struct Pull {
    gradient: f64,
    information: f64,
    responses: u32,
}

impl Levels {
    fn difficulty(&self, row: &Row) -> Logit {
        let skills = row.skills[..usize::from(row.count)].iter().map(|&s| self.skills[s as usize].value);
        self.base
            + row.share * skills.sum::<f64>()
            + self.combinations[row.combination as usize].value
            + self.items[row.item as usize].value
    }

    fn sweep(&mut self, rows: &[(Row, Logit)]) {
        let mut all = [Pull::default()];
        self.pull(rows, &mut all, |_, add| add(0, 1.0));
        if all[0].information > 0.0 {
            self.base -= all[0].gradient / all[0].information;
        }
        let mut skills = vec![Pull::default(); self.skills.len()];
        self.pull(rows, &mut skills, |row, add| {
            row.skills[..usize::from(row.count)].iter().for_each(|&s| add(s as usize, row.share));
        });
        step(&mut self.skills, &skills, self.spreads[0]);
        let mut combinations = vec![Pull::default(); self.combinations.len()];
        self.pull(rows, &mut combinations, |row, add| add(row.combination as usize, 1.0));
        step(&mut self.combinations, &combinations, self.spreads[1]);
        let mut items = vec![Pull::default(); self.items.len()];
        self.pull(rows, &mut items, |row, add| add(row.item as usize, 1.0));
        step(&mut self.items, &items, self.spreads[2]);
    }

    fn pull(&self, rows: &[(Row, Logit)], pulls: &mut [Pull], to: impl Fn(&Row, &mut dyn FnMut(usize, f64))) {
        for (row, offset) in rows {
            let predicted = logistic(offset - self.difficulty(row));
            let residual = f64::from(u8::from(row.correct)) - predicted;
            to(row, &mut |place, share| {
                let pull = &mut pulls[place];
                pull.gradient += share * residual;
                pull.information += share * share * predicted * (1.0 - predicted);
                pull.responses += 1;
            });
        }
    }

    /// The spreads that make what was found most likely.
    fn respread(&mut self) {
        for (spread, level) in self.spreads.iter_mut().zip([&self.skills, &self.combinations, &self.items]) {
            let (mut sum, mut count) = (0.0, 0.0);
            for estimate in level.iter().filter(|e| e.responses > 0) {
                sum += estimate.value * estimate.value + 1.0 / (estimate.information + 1.0 / *spread);
                count += 1.0;
            }
            if count > 0.0 {
                *spread = (sum / count).clamp(0.01, 4.0);
            }
        }
    }
}

/// A Newton step towards the mode of each parameter.
fn step(level: &mut [Estimate], pulls: &[Pull], spread: f64) {
    for (estimate, pull) in level.iter_mut().zip(pulls) {
        let prior = 1.0 / spread;
        let change = (-pull.gradient - prior * estimate.value) / (pull.information + prior);
        estimate.value = bounded(estimate.value + change.clamp(-1.5, 1.5));
        estimate.information = pull.information;
        estimate.responses = pull.responses;
    }
}
