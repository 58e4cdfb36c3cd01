//! How hard an item is, moved by the responses.
//!
//! `d ← d + step · (predicted − correct)`, `step = 0.5 / (1 + 0.05 n)`: Elo with the uncertainty function
//! a / (1 + b n) of Pelánek (2016). Several processes gather deltas apart and merge them by adding.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::logit::{Logit, bounded};
use crate::student::{Outcome, Response};

const FIRST_STEP: f64 = 0.5;
const STEP_SHRINK: f64 = 0.05;

/// The difficulty of an exercise: 0 is typical of its skill, higher is harder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difficulty {
    /// Logits; the author's guess before the first response.
    pub value: Logit,
    /// First attempts it has been learned from.
    pub responses: u32,
}

/// A change of a [`Difficulty`], gathered apart and merged later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DifficultyDelta {
    /// Sum of the steps, logits.
    pub sum: f64,
    /// How many responses took part.
    pub responses: u32,
}

impl Difficulty {
    /// Difficulty as its author guessed it.
    pub fn guessed(value: Logit) -> Self {
        Self { value: bounded(value), responses: 0 }
    }

    /// The step one response asks for; nothing for further attempts at the same item, which the first one has
    /// already told about.
    pub fn delta(&self, response: &Response, outcome: &Outcome) -> DifficultyDelta {
        if response.attempt > 1 {
            return DifficultyDelta::default();
        }
        let step = FIRST_STEP / (1.0 + STEP_SHRINK * f64::from(self.responses));
        DifficultyDelta { sum: step * (outcome.predicted - f64::from(u8::from(response.correct))), responses: 1 }
    }

    /// Takes in what has been gathered. Merging deltas one by one or added up gives the same difficulty, up to
    /// rounding and the bound of ±8.
    pub fn merge(&mut self, delta: DifficultyDelta) {
        self.value = bounded(self.value + delta.sum);
        self.responses = self.responses.saturating_add(delta.responses);
    }
}

impl AddAssign for DifficultyDelta {
    fn add_assign(&mut self, other: Self) {
        self.sum += other.sum;
        self.responses = self.responses.saturating_add(other.responses);
    }
}
