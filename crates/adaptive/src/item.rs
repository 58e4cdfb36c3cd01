//! What is asked of the model.

use crate::difficulty::Difficulty;
use crate::response::{ItemId, SkillSet};

/// An item as the prediction sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    pub id: ItemId,
    pub skills: SkillSet,
    /// The difficulty of this attempt at it; see [`crate::DifficultyKey`].
    pub difficulty: Difficulty,
    /// Which attempt at it this would be, counted from 1; 0 is read as 1.
    pub attempt: u16,
}
