//! Why an item was chosen, as it is stored and told: skills by name, since indexes change when the bank grows.

use adaptive::{Reason, SkillIndex};
use serde::{Deserialize, Serialize};

use crate::exercises::Bank;

/// The reason for a choice: at most two of the things that it really went by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    #[serde(flatten)]
    pub main: Part,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Part>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Part {
    /// A teacher wants it next.
    Pinned,
    /// Something known, to begin with.
    WarmUp,
    /// Harder on purpose.
    Stretch,
    /// Drawn by chance among what comes next.
    Varied,
    /// Nothing is known yet: begin here.
    Start,
    /// A new skill; these carry it.
    New { builds_on: Vec<String> },
    /// The ground under a skill that turned out hard.
    Foundation { carries: String },
    /// Not practised for so many days.
    Review { days: u32 },
    /// So many wrong answers in a row: something easier.
    Easier { misses: u32 },
    /// It has gone better lately than was to be expected.
    Progress,
    /// The skill is being learned.
    Continue,
    /// A goal that a teacher has set.
    Assigned,
    /// It leads to this goal.
    LeadsTo { goal: String },
    /// It is all that still keeps this skill closed.
    Opens { skill: String },
    /// There is nothing else to practise here.
    NothingElse,
}

impl Why {
    #[must_use]
    pub fn of(reason: &Reason, bank: &Bank) -> Self {
        Self { main: Part::of(reason.main, bank), also: reason.also.map(|part| Part::of(part, bank)) }
    }

    /// The one or two parts.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        std::iter::once(&self.main).chain(&self.also)
    }
}

impl Part {
    fn of(part: adaptive::Part, bank: &Bank) -> Self {
        use adaptive::Part as P;
        let known = |skill: SkillIndex| bank.skill(skill.0).map(|skill| skill.id.as_str().to_owned());
        let name = |skill: SkillIndex| known(skill).unwrap_or_default();
        match part {
            P::Pinned => Self::Pinned,
            P::WarmUp => Self::WarmUp,
            P::Stretch => Self::Stretch,
            P::Varied => Self::Varied,
            P::Start => Self::Start,
            P::New { builds_on } => Self::New { builds_on: builds_on.and_then(known).into_iter().collect() },
            P::Foundation { carries } => Self::Foundation { carries: name(carries) },
            P::Idle { days } => Self::Review { days },
            P::Easier { misses } => Self::Easier { misses },
            P::Progress => Self::Progress,
            P::Continue => Self::Continue,
            P::Assigned => Self::Assigned,
            P::LeadsTo { goal } => Self::LeadsTo { goal: name(goal) },
            P::Opens { skill } => Self::Opens { skill: name(skill) },
            P::NothingElse => Self::NothingElse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stored_before_is_still_understood() {
        for (stored, main) in [
            (r#"{"kind":"start"}"#, Part::Start),
            (r#"{"kind":"new","builds_on":["a","b"]}"#, Part::New { builds_on: vec!["a".into(), "b".into()] }),
            (r#"{"kind":"review","days":9}"#, Part::Review { days: 9 }),
            (r#"{"kind":"foundation","carries":"c"}"#, Part::Foundation { carries: "c".into() }),
        ] {
            let read: Why = serde_json::from_str(stored).expect("a reason");
            assert_eq!(read, Why { main, also: None });
            assert_eq!(serde_json::to_string(&read).expect("JSON"), stored);
        }
    }

    #[test]
    fn both_parts_are_stored() {
        let why = Why { main: Part::Review { days: 12 }, also: Some(Part::Opens { skill: "equations".into() }) };
        let stored = serde_json::to_string(&why).expect("JSON");
        assert_eq!(stored, r#"{"kind":"review","days":12,"also":{"kind":"opens","skill":"equations"}}"#);
        assert_eq!(serde_json::from_str::<Why>(&stored).expect("a reason"), why);
    }
}
