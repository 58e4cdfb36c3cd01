//! The textbook: every skill in its turn, the same number of items each, from the easy ones to the hard ones.

use super::{Choosing, Heard};
use crate::simulate::school::Bank;
use crate::time::Millis;

/// Items of every skill. Of 4, 6, 8 and 12, all there are, the one that keeps most in the world for tuning.
const ITEMS_EACH: usize = 12;

pub(super) struct Fixed {
    order: Vec<usize>,
    next: usize,
}

impl Fixed {
    /// Begins with what a textbook of this school year begins with, and begins again when all books are done.
    pub fn new(bank: &Bank, year: u8) -> Self {
        let begins = |s: &&crate::SkillIndex| bank.taught_in(**s) >= f64::from(year);
        let skills = bank.curriculum().iter().filter(begins);
        let order = skills.flat_map(|&skill| {
            let mut items: Vec<usize> = bank.items_of(skill).collect();
            items.sort_by(|&a, &b| bank.items()[a].difficulty.total_cmp(&bank.items()[b].difficulty));
            // Evenly from the easiest to the hardest.
            let many = items.len();
            (0..ITEMS_EACH).map(move |n| items[n * many / ITEMS_EACH])
        });
        Self { order: order.collect(), next: 0 }
    }
}

impl Choosing for Fixed {
    fn choose(&mut self, _: &Bank, _: Millis, _: u64) -> usize {
        self.order.get(self.next % self.order.len().max(1)).copied().unwrap_or(0)
    }

    fn hears(&mut self, _: &Bank, _: &Heard) {
        self.next += 1;
    }
}
