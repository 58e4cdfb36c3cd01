//! The rule of OATutor, written from its description: of the goals, an item of the skill whose mastery is lowest, done
//! items and mastered skills (0.95) left out. The goals are the open skills.

use super::standing::{Standing, Undone};
use super::{Choosing, Heard};
use crate::chance::Dice;
use crate::simulate::school::Bank;
use crate::time::Millis;

pub(super) struct Lowest {
    standing: Standing,
    undone: Undone,
}

impl Lowest {
    pub fn new(bank: &Bank, year: u8) -> Self {
        Self { standing: Standing::new(bank, year), undone: Undone::new(bank) }
    }
}

impl Choosing for Lowest {
    fn choose(&mut self, bank: &Bank, _: Millis, seed: u64) -> usize {
        let open = self.standing.open(bank);
        let lower = |a: &&_, b: &&_| self.standing.mastery(**a).total_cmp(&self.standing.mastery(**b));
        // The first of equals: the order of the curriculum.
        let skill = open.iter().min_by(lower).copied().unwrap_or_default();
        let items = self.undone.of(bank, skill);
        items[Dice::new(seed).below(items.len())]
    }

    fn hears(&mut self, bank: &Bank, heard: &Heard) {
        self.standing.hears(bank.items()[heard.item].skill, heard.correct);
        self.undone.hears(heard.item);
    }
}
