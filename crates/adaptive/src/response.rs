//! What the model sees: one response of one student to one item.

use serde::{Deserialize, Serialize};

use crate::logit::Logit;
use crate::skills::SkillIndex;
use crate::time::Millis;

/// A stable number for an item, a hash of the exercise's name given by the caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemId(pub u64);

/// The one to four distinct skills an item asks for; the first is the main one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<SkillIndex>", into = "Vec<SkillIndex>")]
pub struct SkillSet {
    /// The skills, then the main one repeated, so that equal sets are equal bits.
    skills: [SkillIndex; Self::MOST],
    len: u8,
}

/// An item without a skill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an item must have at least one skill")]
pub struct NoSkill;

impl SkillSet {
    /// No item is said to ask for more skills than this.
    pub const MOST: usize = 4;

    /// One skill.
    pub fn one(skill: SkillIndex) -> Self {
        Self { skills: [skill; Self::MOST], len: 1 }
    }

    /// The first four distinct of these, in the order given; `None` when there is not one.
    pub fn of(skills: &[SkillIndex]) -> Option<Self> {
        let mut set = Self::one(*skills.first()?);
        for &skill in &skills[1..] {
            if usize::from(set.len) < Self::MOST && !set.contains(skill) {
                set.skills[usize::from(set.len)] = skill;
                set.len += 1;
            }
        }
        Some(set)
    }

    /// The skill the item is filed under.
    pub fn main(&self) -> SkillIndex {
        self.skills[0]
    }

    pub fn as_slice(&self) -> &[SkillIndex] {
        &self.skills[..usize::from(self.len)]
    }

    pub fn iter(&self) -> impl Iterator<Item = SkillIndex> + '_ {
        self.as_slice().iter().copied()
    }

    pub fn contains(&self, skill: SkillIndex) -> bool {
        self.as_slice().contains(&skill)
    }

    /// How many skills, 1 to 4.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        usize::from(self.len)
    }
}

impl From<SkillIndex> for SkillSet {
    fn from(skill: SkillIndex) -> Self {
        Self::one(skill)
    }
}

impl TryFrom<Vec<SkillIndex>> for SkillSet {
    type Error = NoSkill;

    fn try_from(skills: Vec<SkillIndex>) -> Result<Self, NoSkill> {
        Self::of(&skills).ok_or(NoSkill)
    }
}

impl From<SkillSet> for Vec<SkillIndex> {
    fn from(set: SkillSet) -> Self {
        set.as_slice().to_vec()
    }
}

/// What a response is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// An attempt at the whole item.
    #[default]
    Answer,
    /// One judged line of a calculation: it credits or questions the skills of its step, and says less.
    Line,
}

/// One graded response.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    pub item: ItemId,
    pub skills: SkillSet,
    pub evidence: Evidence,
    /// 1 for the first attempt at the item, 2 for the next, …; 0 is read as 1.
    pub attempt: u16,
    /// The difficulty used, logits; kept with the response so that a replay is exact. Beyond ±8 it is read as ±8.
    pub difficulty: Logit,
    pub correct: bool,
    pub at: Millis,
}

/// What was thought before the response was known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The probability of a correct response by the abilities alone, strictly between 0 and 1.
    pub predicted: f64,
    /// The ability it was reckoned with: general and skill together, logits.
    pub ability: Logit,
}
