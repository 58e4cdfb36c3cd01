//! What is said of a line beyond its verdict: which step it took, or which wrong rule it followed and
//! where.
//!
//! The verdict is decided first, by [`judge`](crate::judge()), and an account never changes it. What
//! cannot be told is left out: silence is better than a guess.

mod misconception;
mod step;

use serde::{Deserialize, Serialize};

use crate::judge::judge;
use crate::mistakes;
use crate::standing::standing;
use crate::steps;
use crate::tree::Statement;
use crate::unreadable::Place;
use crate::verdict::{Judged, Task, Verdict};

pub use misconception::Misconception;
pub use step::{Step, StepArea, StepKind};

/// The student's lines before the one that is judged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before<'s> {
    /// The right ones, oldest first.
    pub right: &'s [Statement],
    /// The newest line, if it was a wrong one.
    pub wrong: Option<&'s Statement>,
}

/// What is said of a line beyond its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Account {
    /// A right line.
    Step {
        /// What was done since the line above, in order; never empty.
        steps: Vec<Step>,
        /// How many steps there are if none is left out: 1 is a small step, 3 and more a compact one.
        size: u8,
    },
    /// A wrong line. At least one of the three is told.
    Mistake {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<Cause>,
        /// The part of the line as it was typed that is not right.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        broken: Option<Place>,
        /// It follows from the wrong line above it.
        #[serde(default)]
        follows: bool,
    },
}

/// Why a line is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// A wrong rule was followed.
    Misconception { id: Misconception },
    /// The rule was right and a slip happened.
    Slip { slip: Slip },
}

/// What a slip is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slip {
    /// A sign is the other way.
    Sign,
    /// A number was copied or worked out with another digit.
    Number,
}

/// Judges `typed` as [`judge`](crate::judge()) does, and says what there is to say of it.
#[must_use]
pub fn explain(task: &Task, before: Before<'_>, typed: &str) -> (Judged, Option<Account>) {
    let judged = judge(task, before.right, typed);
    let account = judged.statement.as_ref().and_then(|line| account(task, before, line, &judged.verdict));
    (judged, account)
}

fn account(task: &Task, before: Before<'_>, line: &Statement, verdict: &Verdict) -> Option<Account> {
    match verdict {
        Verdict::Right { .. } | Verdict::Unfinished { .. } => {
            let (steps, size) = steps::between(&standing(task, before.right), line, &task.policy)?;
            Some(Account::Step { steps, size })
        }
        Verdict::Wrong { .. } => {
            let mistake = mistakes::find(task, before, line);
            mistake.is_told().then_some(mistake.into_account())
        }
        Verdict::Unreadable(_) => None,
    }
}
