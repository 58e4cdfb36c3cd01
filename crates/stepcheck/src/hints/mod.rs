//! The next step from a student's own right line, and whole worked solutions.
//!
//! A route is a row of small steps, each a rewriting of the line before it, that ends in the demanded form: `route` walks
//! it and holds every line to [`judge`](crate::judge()). Which step comes next depends on the line alone, so from any line
//! there is one route, and how many steps are left of it is the measure that falls by one with each hint.
//!
//! - `number`, `monomial`: numbers and products of letters as they are written
//! - `expression`: one step in an expression; `arithmetic`, `cancelling`, `collecting`, `expanding`, `factoring`, `fractions`, `square` by area
//! - `answer`: the last touch of a number: shortened, as a decimal, as a mixed number
//! - `equation`: one step in an equation, inequality or chain; `moving`, `denominators`, `quadratic`, `signs`, `roots` by kind, `cases` for
//!   several joined by «eller», `system` for two that hold together

mod answer;
mod arithmetic;
mod cancelling;
mod cases;
mod change;
mod collecting;
mod denominators;
mod equation;
mod expanding;
mod expression;
mod factoring;
mod fractions;
mod monomial;
mod moving;
mod number;
mod quadratic;
mod roots;
mod route;
mod signs;
mod square;
mod system;
#[cfg(test)]
mod tests;

use crate::account::{Before, Step};
use crate::standing::standing;
use crate::tree::Statement;
use crate::unreadable::Place;
use crate::verdict::Task;

/// A worked next step.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// Where to look: a part of what [stands](standing()), counted in that line as it is printed in Swedish text notation.
    pub place: Place,
    /// Which rule.
    pub step: Step,
    /// The line itself.
    pub line: Statement,
}

/// The next step from what [stands](standing()): the newest right line, or the task if there is none. `None` if the goal is reached or no way to
/// it is known.
///
/// ```
/// use stepcheck::{Before, Demand, Notation, Task, hint, read, text};
/// let task = Task::new(read("3(x+4) = 18").unwrap(), Demand::Solved { variable: 'x'.into() });
/// let first = hint(&task, Before::default()).unwrap();
/// assert_eq!(text(&first.line, Notation::Swedish), "3x+12 = 18");
/// ```
#[must_use]
pub fn hint(task: &Task, before: Before<'_>) -> Option<Hint> {
    route::route(task, before.right, &standing(task, before.right))?.into_iter().next()
}

/// A worked solution from the task's start to its goal, each line at most `size` small steps from the one before; 0 counts
/// as 1. Where a line takes several steps, its hint names the first of them. `None` if no way to the goal is known.
#[must_use]
pub fn worked(task: &Task, size: u8) -> Option<Vec<Hint>> {
    let small = route::route(task, &[], &task.start)?;
    let size = usize::from(size.max(1));
    let lines = small.chunks(size).filter_map(|steps| {
        let (first, last) = (steps.first()?, steps.last()?);
        Some(Hint { place: first.place, step: first.step.clone(), line: last.line.clone() })
    });
    Some(lines.collect())
}
