//! Chance among what is open.

use super::standing::{Standing, Undone};
use super::{Choosing, Heard};
use crate::chance::Dice;
use crate::simulate::school::Bank;
use crate::time::Millis;

pub(super) struct Random {
    standing: Standing,
    undone: Undone,
}

impl Random {
    pub fn new(bank: &Bank, year: u8) -> Self {
        Self { standing: Standing::new(bank, year), undone: Undone::new(bank) }
    }
}

impl Choosing for Random {
    fn choose(&mut self, bank: &Bank, _: Millis, seed: u64) -> usize {
        let mut chance = Dice::new(seed);
        let open = self.standing.open(bank);
        let items = self.undone.of(bank, open[chance.below(open.len())]);
        items[chance.below(items.len())]
    }

    fn hears(&mut self, bank: &Bank, heard: &Heard) {
        self.standing.hears(bank.items()[heard.item].skill, heard.correct);
        self.undone.hears(heard.item);
    }
}
