//! Which items misbehave, and why.
//!
//! Each response adds to sums that several processes may gather apart and add up; nothing of a single student is kept.
//! From them come tests of the Rasch model's demands on an item: that its difficulty is about what its author guessed,
//! that able students solve it more often (a score test of the slope, with the difficulty allowed for), and that
//! what happens is about as surprising as predicted (outfit mean square, Wright and Masters 1982).

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::difficulty::Difficulty;
use crate::logit::Logit;
use crate::response::{Outcome, Response};

/// Evidence counts from so many standard errors on: about 1 in 400 well-behaved items is found wanting by chance.
const CERTAIN: f64 = 3.0;
/// A difficulty this far from the guess matters to the choice.
const FAR: Logit = 0.7;
/// A slope below this hardly tells able from less able.
const FLAT: f64 = 0.5;
/// Outfit above this is unpredictable (Wright and Linacre 1994: 1.3 for tests of consequence).
const SURPRISING: f64 = 1.3;

/// Sums over the responses to one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemStatistics {
    pub responses: u32,
    /// Fisher information, Σ p(1−p).
    pub information: f64,
    /// Σ (correct − predicted).
    pub residual: f64,
    /// Σ (correct − predicted)² / p(1−p): expected to be the number of responses.
    pub surprise: f64,
    /// Variance of `surprise`, Σ (1/p(1−p) − 4).
    pub surprise_variance: f64,
    /// Σ (correct − predicted) · ability above the item's difficulty.
    pub covariance: f64,
    /// Σ p(1−p) · ability above the difficulty.
    pub leverage: f64,
    /// Σ p(1−p) · (ability above the difficulty)².
    pub spread: f64,
}

impl ItemStatistics {
    /// What one response adds.
    pub fn of(response: &Response, outcome: &Outcome) -> Self {
        let predicted = outcome.predicted.clamp(0.01, 0.99);
        let residual = f64::from(u8::from(response.correct)) - predicted;
        let information = predicted * (1.0 - predicted);
        let above = outcome.ability - response.difficulty;
        Self {
            responses: 1,
            information,
            residual,
            surprise: residual * residual / information,
            surprise_variance: 1.0 / information - 4.0,
            covariance: residual * above,
            leverage: information * above,
            spread: information * above * above,
        }
    }

    /// Slope of success over ability against the expected one, with its standard error, after one Newton step from 1;
    /// `None` when abilities do not differ.
    pub fn discrimination(&self) -> Option<(f64, f64)> {
        if self.information <= 0.0 {
            return None;
        }
        let mean = self.leverage / self.information;
        let variance = self.spread - mean * self.leverage;
        (variance > 1e-6).then(|| (1.0 + (self.covariance - mean * self.residual) / variance, 1.0 / variance.sqrt()))
    }

    /// Mean squared standardised residual (1 is expected), with its standard error.
    pub fn outfit(&self) -> Option<(f64, f64)> {
        let responses = f64::from(self.responses);
        (self.responses > 0).then(|| (self.surprise / responses, self.surprise_variance.max(0.0).sqrt() / responses))
    }

    /// What speaks against the item, each with its evidence. `guessed` is the author's difficulty.
    pub fn review(&self, guessed: Logit, difficulty: &Difficulty) -> Vec<Misbehaviour> {
        let mut found = Vec::new();
        let mut add = |kind, (value, error): (f64, f64), expected: f64, far: bool| {
            let certain = (value - expected).abs() > CERTAIN * error;
            if far && certain {
                found.push(Misbehaviour { kind, value, expected, error });
            }
        };
        let moved = difficulty.value - guessed;
        let kind = if moved > 0.0 { Why::Harder } else { Why::Easier };
        add(kind, (difficulty.value, difficulty.error()), guessed, moved.abs() > FAR);
        if let Some((slope, error)) = self.discrimination() {
            add(Why::DoesNotDiscriminate, (slope, error), 1.0, slope < FLAT);
        }
        if let Some((outfit, error)) = self.outfit() {
            // With probabilities near one half nothing can surprise, and the error is 0.
            add(Why::Unpredictable, (outfit, error.max(0.02)), 1.0, outfit > SURPRISING);
        }
        found
    }
}

impl AddAssign for ItemStatistics {
    fn add_assign(&mut self, other: Self) {
        self.responses = self.responses.saturating_add(other.responses);
        self.information += other.information;
        self.residual += other.residual;
        self.surprise += other.surprise;
        self.surprise_variance += other.surprise_variance;
        self.covariance += other.covariance;
        self.leverage += other.leverage;
        self.spread += other.spread;
    }
}

/// Why an item is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Than its author guessed.
    Harder,
    /// Than its author guessed.
    Easier,
    /// Able students solve it hardly more often than others.
    DoesNotDiscriminate,
    /// Able students miss it, or others solve it, more often than chance would have it.
    Unpredictable,
}

/// One thing that speaks against an item.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misbehaviour {
    pub kind: Why,
    /// Difficulty in logits, slope, or outfit.
    pub value: f64,
    /// What it should be.
    pub expected: f64,
    /// Standard error of the value.
    pub error: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;
    use crate::logit::logistic;
    use crate::response::{Evidence, ItemId};
    use crate::skills::SkillIndex;
    use crate::time::Millis;

    /// An item solved with probability `truth(ability)`, believed to have difficulty 0.
    fn answered(responses: usize, truth: impl Fn(f64) -> f64) -> (Difficulty, ItemStatistics) {
        let mut chance = Chance::new(3);
        let (mut difficulty, mut statistics) = (Difficulty::guessed(0.0), ItemStatistics::default());
        for _ in 0..responses {
            let ability = 1.2 * chance.normal();
            let correct = chance.happens(truth(ability));
            let response = Response {
                item: ItemId(1),
                skills: SkillIndex(0).into(),
                evidence: Evidence::Answer,
                attempt: 1,
                difficulty: difficulty.value,
                correct,
                at: Millis(0),
            };
            let outcome = Outcome { predicted: logistic(ability - difficulty.value), ability };
            statistics += ItemStatistics::of(&response, &outcome);
            difficulty.merge(difficulty.delta(&response, &outcome));
        }
        (difficulty, statistics)
    }

    fn kinds(responses: usize, truth: impl Fn(f64) -> f64) -> Vec<Why> {
        let (difficulty, statistics) = answered(responses, truth);
        statistics.review(0.0, &difficulty).iter().map(|m| m.kind).collect()
    }

    #[test]
    fn each_misbehaviour_is_found_and_named() {
        assert_eq!(kinds(600, logistic), []);
        assert_eq!(kinds(600, |ability| logistic(ability - 1.6)), [Why::Harder]);
        assert_eq!(kinds(600, |ability| logistic(ability + 1.6)), [Why::Easier]);
        assert!(kinds(600, |_| 0.5).contains(&Why::DoesNotDiscriminate));
        assert!(kinds(600, |ability| logistic(-ability)).contains(&Why::Unpredictable));
    }

    #[test]
    fn too_little_evidence_says_nothing() {
        assert_eq!(kinds(4, |ability| logistic(ability - 1.6)), []);
        assert_eq!(ItemStatistics::default().review(0.0, &Difficulty::default()), []);
    }

    #[test]
    fn sums_gathered_apart_add_up() {
        let (_, whole) = answered(50, logistic);
        let mut apart = ItemStatistics::default();
        apart += whole;
        apart += ItemStatistics::default();
        assert_eq!(apart, whole);
    }
}
