//! Ways to choose the next item: ours, and those it is measured against.
//!
//! All see the same: the bank as it stands for everyone, the student's school year, and responses. None can see the
//! truth, since none is handed it:
//!
//! ```compile_fail
//! fn peek(bank: &adaptive::simulate::Bank) -> f64 {
//!     bank.true_difficulty(0) // stands in the School, which nobody who chooses is given
//! }
//! ```
//!
//! ```compile_fail
//! fn peek(heard: &adaptive::simulate::Heard) -> f64 {
//!     heard.probability // a response says right or wrong, and no more
//! }
//! ```

mod elo;
mod fixed;
mod lowest;
mod ours;
mod random;
mod standing;
mod zpdes;

use serde::{Deserialize, Serialize};

use super::school::Bank;
use crate::time::Millis;

/// A response as whoever chooses hears of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heard {
    /// Place in [`Bank::items`].
    pub item: usize,
    pub correct: bool,
    pub at: Millis,
}

/// Chooses for one student.
pub trait Choosing {
    /// The next item, a place in [`Bank::items`]; `seed` is another one for every choice.
    fn choose(&mut self, bank: &Bank, now: Millis, seed: u64) -> usize;
    /// Takes in a response.
    fn hears(&mut self, bank: &Bank, heard: &Heard);
}

/// The ways that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// [`crate::choose`] with [`crate::Student`].
    Ours,
    /// The order of a textbook, the same number of items in every skill.
    Fixed,
    /// An item drawn among the skills that are open.
    Random,
    /// Elo ratings, items solved three times in four (Klinkenberg, Straatemeier and van der Maas 2011).
    Elo,
    /// The skill with the lowest mastery first, until 0.95 (the rule of OATutor, Pardos et al. 2023).
    Lowest,
    /// Learning progress by a bandit over a graph (ZPDES, Clément et al. 2015).
    Zpdes,
}

impl Policy {
    /// All, ours first, in the order of tables.
    pub const ALL: [Self; 6] = [Self::Ours, Self::Fixed, Self::Random, Self::Elo, Self::Lowest, Self::Zpdes];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "Stegvis",
            Self::Fixed => "fixed order",
            Self::Random => "random",
            Self::Elo => "Elo at 0.75",
            Self::Lowest => "lowest mastery",
            Self::Zpdes => "ZPDES",
        }
    }

    /// Somebody who chooses that way for a student of this school year, of whom nothing else is known.
    pub fn begin(self, bank: &Bank, year: u8) -> Box<dyn Choosing> {
        match self {
            Self::Ours => Box::new(ours::Ours::new(bank, year)),
            Self::Fixed => Box::new(fixed::Fixed::new(bank, year)),
            Self::Random => Box::new(random::Random::new(bank, year)),
            Self::Elo => Box::new(elo::Elo::new(bank, year)),
            Self::Lowest => Box::new(lowest::Lowest::new(bank, year)),
            Self::Zpdes => Box::new(zpdes::Zpdes::new(bank, year)),
        }
    }
}
