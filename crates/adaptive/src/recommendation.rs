//! The chosen exercise and the reasons for it.

use serde::{Deserialize, Serialize};

use crate::logit::Logit;
use crate::predict::Prediction;
use crate::skills::SkillIndex;

/// Why this exercise, in words the caller can put into a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Reason {
    /// Nothing is known yet: begin here.
    Start,
    /// A new skill, whose prerequisites are mastered (or lie below the student's stage).
    New { builds_on: Vec<SkillIndex> },
    /// The skill is being learned, and this item is within reach.
    Continue,
    /// Not practised for this many days; due to be refreshed.
    Review { days: u32 },
    /// Harder than usual, since the rest is in hand.
    Stretch,
    /// An earlier skill that `carries` rests on: it has turned out hard, so first the ground under it.
    Foundation { carries: SkillIndex },
}

/// What to practise next, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// Place of the exercise in the caller's bank.
    pub exercise: u32,
    pub skill: SkillIndex,
    /// The difficulty the choice reckoned with, logits.
    pub difficulty: Logit,
    /// Predicted probability that the first answer is correct.
    pub probability: f64,
    /// How probable this very choice was, in (0, 1]; makes the log usable for judging other ways to choose
    /// (inverse propensity weighting, Horvitz and Thompson 1952).
    pub propensity: f64,
    /// Whether it was drawn by chance among the suitable rather than for its merit.
    pub explored: bool,
    pub reason: Reason,
    /// The prediction with its contributions.
    pub prediction: Prediction,
}
