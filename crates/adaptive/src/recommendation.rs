//! The chosen exercise.

use crate::logit::Logit;
use crate::reason::Reason;
use crate::response::{ItemId, SkillSet};

/// What to practise next, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recommendation {
    /// Place of the exercise in the caller's bank.
    pub exercise: u32,
    pub item: ItemId,
    pub skills: SkillSet,
    /// The difficulty the choice reckoned with, logits.
    pub difficulty: Logit,
    /// Predicted probability that the first answer is correct: that of an item never seen before.
    pub probability: f64,
    /// How probable it was, before chance was drawn, that this exercise would be among those given in this call, in
    /// (0, 1]; makes the log usable for judging other ways to choose (inverse propensity weighting, Horvitz and
    /// Thompson 1952).
    pub propensity: f64,
    /// Whether it was drawn by chance among the next best rather than for its merit.
    pub explored: bool,
    /// What the choice found it worth; comparable within one call.
    pub worth: f64,
    pub reason: Reason,
}
