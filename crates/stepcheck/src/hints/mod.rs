//! The next step from a student's own right line, and whole worked solutions.

use crate::account::{Before, Step};
use crate::tree::Statement;
use crate::unreadable::Place;
use crate::verdict::Task;

/// A worked next step.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// Where to look: a part of the line that it goes on from, counted in that line as it is printed in Swedish text notation.
    pub place: Place,
    /// Which rule.
    pub step: Step,
    /// The line itself.
    pub line: Statement,
}

/// The next step from the newest right line, or from the task if there is none. `None` if the goal is reached or no way to
/// it is known.
#[must_use]
pub fn hint(_task: &Task, _before: Before<'_>) -> Option<Hint> {
    None
}

/// A worked solution from the task's start to its goal, each line at most `size` small steps from the one before.
/// `None` if no way to the goal is known.
#[must_use]
pub fn worked(_task: &Task, _size: u8) -> Option<Vec<Hint>> {
    None
}
