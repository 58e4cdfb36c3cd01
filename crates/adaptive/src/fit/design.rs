//! The table the weights are fitted on: a row of features for each response, as they stood before it.

use crate::difficulty::Difficulty;
use crate::features::{self, GENERAL, ITEM, MEETING, OWN, SKILL};
use crate::fit::{Difficulties, Plan, Record};
use crate::item::Item;
use crate::logit::Logit;
use crate::response::Response;
use crate::student::Student;
use crate::time::Millis;
use crate::weights::Weights;

/// Columns shared by all skills.
pub(super) const COLUMNS: usize = GENERAL.len() + SKILL.len() + MEETING.len() + ITEM.len();

/// Features of responses.
pub(super) struct Design {
    /// Row by row, `COLUMNS` each.
    pub shared: Vec<f32>,
    /// The features that each of the row's skills has weights of its own for.
    pub own: Vec<Own>,
    /// Where a row's entries in `own` begin; one more than rows.
    pub starts: Vec<u32>,
    pub correct: Vec<bool>,
    /// Skills that may have weights of their own.
    pub skills: usize,
    /// Which columns are kept.
    kept: Vec<bool>,
    /// Which of each skill's own.
    own_kept: [bool; OWN.len()],
}

#[derive(Clone, Copy)]
pub(super) struct Own {
    pub skill: u32,
    pub features: [f32; OWN.len()],
}

impl Design {
    pub fn of(records: &[Record], difficulties: impl Fn(usize) -> Difficulty, plan: &Plan) -> Self {
        let mut design = Self {
            shared: Vec::with_capacity(records.len() * COLUMNS),
            own: Vec::with_capacity(records.len()),
            starts: vec![0],
            correct: records.iter().map(|r| r.response.correct).collect(),
            skills: records.iter().flat_map(|r| r.response.skills.iter()).map(|s| s.place() + 1).max().unwrap_or(0),
            kept: kept(plan),
            own_kept: OWN.map(|(name, _)| !plan.leaves_out(&format!("own.{name}"))),
        };
        let mut student = Student::default();
        for (row, record) in records.iter().enumerate() {
            if row == 0 || records[row - 1].student != record.student {
                student = Student::new(record.start);
            }
            let (response, item) = with(&record.response, difficulties(row));
            design.push(&student, &item, response.at);
            student.update(&response);
        }
        design
    }

    fn push(&mut self, student: &Student, item: &Item, now: Millis) {
        let general = &student.general;
        self.shared.extend(features::general(student.start.ability, general, now).map(|x| x as f32));
        let mut skill = [0.0; SKILL.len()];
        let share = 1.0 / item.skills.len() as f64;
        for of in item.skills.iter() {
            let trace = student.skills.get(&of).map(|state| &state.trace);
            let same = general.responses > 0 && general.last_skill == of;
            for (sum, x) in skill.iter_mut().zip(features::skill(general, trace, same, now)) {
                *sum += share * x;
            }
            let features = features::own(general, trace).map(|x| (share * x) as f32);
            self.own.push(Own { skill: u32::from(of.0), features });
        }
        self.shared.extend(skill.map(|x| x as f32));
        self.shared.extend(features::meeting(student, item, now).map(|x| x as f32));
        self.shared.extend(features::item(&item.difficulty).map(|x| x as f32));
        self.starts.push(self.own.len() as u32);
    }

    /// Whether the weights may use a column.
    pub fn keeps(&self, name: &str) -> bool {
        names().iter().zip(&self.kept).any(|(of, kept)| of == name && *kept)
    }

    pub fn keeps_column(&self, place: usize) -> bool {
        self.kept[place]
    }

    pub fn keeps_own(&self, place: usize) -> bool {
        self.own_kept[place]
    }

    /// Leaves out the columns whose names begin so.
    pub fn leave_out(&mut self, beginning: &str) {
        for (name, kept) in names().iter().zip(&mut self.kept) {
            *kept &= !name.starts_with(beginning);
        }
    }

    pub fn rows(&self) -> usize {
        self.correct.len()
    }

    /// What the weights say of each row but for the item.
    pub fn offsets(&self, weights: &Weights) -> Vec<Logit> {
        let all = weights.columns();
        let without_item = &all[..COLUMNS - ITEM.len()];
        (0..self.rows())
            .map(|row| {
                let shared = &self.shared[row * COLUMNS..(row + 1) * COLUMNS];
                let sum: f64 = without_item.iter().zip(shared).map(|(w, &x)| w * f64::from(x)).sum();
                let own = &self.own[self.starts[row] as usize..self.starts[row + 1] as usize];
                let own = own.iter().map(|o| match weights.own.get(o.skill as usize) {
                    // The skill's constant stays with its difficulty.
                    Some(w) => w[1..].iter().zip(&o.features[1..]).map(|(w, &x)| w * f64::from(x)).sum(),
                    None => 0.0,
                });
                sum - all[0] + own.sum::<f64>()
            })
            .collect()
    }
}

/// The response and the item with the difficulty that is known from others.
pub(crate) fn known(response: &Response, difficulties: &Difficulties) -> (Response, Item) {
    with(response, difficulties.of(response.key(), &response.skills))
}

fn with(response: &Response, difficulty: Difficulty) -> (Response, Item) {
    let item = Item { id: response.item, skills: response.skills, difficulty, attempt: response.attempt };
    (Response { difficulty: difficulty.value, ..*response }, item)
}

/// Names of all shared columns, as `block.name`.
pub(super) fn names() -> Vec<String> {
    let blocks = [("general", &GENERAL[..]), ("skill", &SKILL), ("meeting", &MEETING), ("item", &ITEM)];
    blocks.iter().flat_map(|(block, named)| named.iter().map(move |(name, _)| format!("{block}.{name}"))).collect()
}

fn kept(plan: &Plan) -> Vec<bool> {
    names().iter().map(|name| !plan.leaves_out(name)).collect()
}

impl Plan {
    fn leaves_out(&self, name: &str) -> bool {
        self.without.iter().any(|out| name.starts_with(out.as_str()))
    }
}
