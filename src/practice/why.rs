//! Why an item was chosen, as it is stored and told: skills by name, since indexes change when the bank grows.

use adaptive::{Reason, SkillIndex};
use serde::{Deserialize, Serialize};

use crate::exercises::Bank;

/// The reason for a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Why {
    /// Nothing is known yet: begin here.
    Start,
    /// A new skill; these carry it.
    New { builds_on: Vec<String> },
    /// The skill is being learned.
    Continue,
    /// Not practised for so many days.
    Review { days: u32 },
    /// Harder on purpose.
    Stretch,
    /// The ground under a skill that turned out hard.
    Foundation { carries: String },
}

impl Why {
    #[must_use]
    pub fn of(reason: &Reason, bank: &Bank) -> Self {
        let name = |skill: &SkillIndex| bank.skill(skill.0).map(|skill| skill.id.as_str().to_owned());
        match reason {
            Reason::Start => Self::Start,
            Reason::New { builds_on } => Self::New { builds_on: builds_on.iter().filter_map(name).collect() },
            Reason::Continue => Self::Continue,
            Reason::Review { days } => Self::Review { days: *days },
            Reason::Stretch => Self::Stretch,
            Reason::Foundation { carries } => Self::Foundation { carries: name(carries).unwrap_or_default() },
        }
    }
}
