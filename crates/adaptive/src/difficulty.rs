//! How hard an item is, moved by the responses.
//!
//! `d ← d + step · (logistic(ability − d) − correct)`, `step = v / (1 + w v)`, where `v` is the squared standard error and
//! `w` the information of the response: the logistic Kalman filter that moves the abilities (Glickman 1999), of the form
//! a / (1 + b n) of Pelánek (2016). What is well known moves little, be it by a fit or by its own responses. Several
//! processes gather deltas apart and merge them by adding. Each answer is compared with the difficulty of now, not with
//! the one that its student was shown: else many answers to one old difficulty would each move it by a whole step.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::logit::{Logit, bounded, logistic};
use crate::response::{Evidence, ItemId, Outcome, Response};

/// How far authors' guesses lie from the truth, as a variance.
const GUESS_VARIANCE: f64 = 0.5;
/// Attempts from this one on share a difficulty.
const LAST_ATTEMPT: u16 = 3;

/// What has a difficulty of its own: each of the first attempts at an item, since what comes after a wrong answer
/// is another task than the first (keyed by (item, min(attempt, 3))), and a judged line of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DifficultyKey {
    pub item: ItemId,
    /// 1, 2 or 3 for the first, second and any further attempt; 0 for a line.
    pub attempt: u8,
}

impl DifficultyKey {
    pub fn of(item: ItemId, evidence: Evidence, attempt: u16) -> Self {
        let attempt = match evidence {
            Evidence::Line => 0,
            Evidence::Answer => attempt.clamp(1, LAST_ATTEMPT) as u8,
        };
        Self { item, attempt }
    }
}

impl Response {
    /// Whose difficulty the response tells about.
    pub fn key(&self) -> DifficultyKey {
        DifficultyKey::of(self.item, self.evidence, self.attempt)
    }
}

/// The difficulty of an exercise: 0 is typical of its skill, higher is harder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difficulty {
    /// Logits; the author's guess before the first response.
    pub value: Logit,
    /// Responses it has been learned from.
    pub responses: u32,
    /// Fisher information of these, 1/logits².
    pub information: f64,
}

/// A change of a [`Difficulty`], gathered apart and merged later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DifficultyDelta {
    /// Sum of the steps, logits.
    pub sum: f64,
    /// How many responses took part.
    pub responses: u32,
    /// Sum of their information.
    pub information: f64,
}

impl Difficulty {
    /// Difficulty as its author guessed it.
    pub fn guessed(value: Logit) -> Self {
        Self { value: bounded(value), ..Self::default() }
    }

    /// A typical item, well known.
    pub fn typical() -> Self {
        Self { value: 0.0, responses: 50, information: 10.0 }
    }

    /// The value within ±8.
    pub(crate) fn bounded(&self) -> Logit {
        bounded(self.value)
    }

    /// Standard error of the value, logits.
    pub fn error(&self) -> f64 {
        1.0 / (1.0 / GUESS_VARIANCE + self.information.max(0.0)).sqrt()
    }

    /// The step one response asks for. The difficulty is the one of [`Response::key`].
    pub fn delta(&self, response: &Response, outcome: &Outcome) -> DifficultyDelta {
        let predicted = logistic(outcome.ability - self.bounded());
        let information = predicted * (1.0 - predicted);
        let variance = self.error() * self.error();
        let step = variance / (1.0 + information * variance);
        DifficultyDelta { sum: step * (predicted - f64::from(u8::from(response.correct))), responses: 1, information }
    }

    /// Takes in what has been gathered. Merging deltas one by one or added up gives the same difficulty, up to
    /// rounding and the bound of ±8.
    pub fn merge(&mut self, delta: DifficultyDelta) {
        self.value = bounded(self.value + delta.sum);
        self.responses = self.responses.saturating_add(delta.responses);
        self.information += delta.information;
    }
}

impl AddAssign for DifficultyDelta {
    fn add_assign(&mut self, other: Self) {
        self.sum += other.sum;
        self.responses = self.responses.saturating_add(other.responses);
        self.information += other.information;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{skills::SkillIndex, time::Millis};

    #[test]
    fn many_answers_compared_with_one_old_difficulty_do_not_run_away() {
        let skills = SkillIndex(0).into();
        let outcome = Outcome { predicted: 0.5, ability: 0.0 };
        let mut difficulty = Difficulty::guessed(0.0);
        for number in 0..400 {
            let response = Response {
                item: ItemId(1),
                skills,
                evidence: Evidence::Answer,
                attempt: 1,
                difficulty: 0.0,
                correct: number % 4 == 0,
                at: Millis(number),
            };
            difficulty.merge(difficulty.delta(&response, &outcome));
        }
        assert!((difficulty.value - 1.1).abs() < 0.3, "{difficulty:?}");
    }
}
