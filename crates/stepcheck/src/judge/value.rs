//! Lines of a task whose answer is a number or an expression.

use super::{Line, above, values, witness};
use crate::forms::{Form, form};
use crate::tree::{Expr, Statement};
use crate::unreadable::{Missing, Unreadable};
use crate::verdict::{Left, Task, Verdict};

/// Judges a line of a task with a value: every side must be worth what the start is worth.
pub(super) fn judge(task: &Task, earlier: &[Statement], line: &Line<'_>) -> Result<Verdict, Unreadable> {
    let Some(target) = values(&task.start).ok().and_then(|sides| sides.into_iter().next()) else {
        return Ok(Verdict::Wrong { witness: None });
    };
    for (side, value) in line.statement.sides().zip(line.values) {
        let equal = value.equals(&target).map_err(|_| Unreadable::new(side.place, Missing::TooLarge))?;
        if !equal {
            let above = above(task, earlier);
            let witness = witness::of_value(above, &target, line, side, value);
            return Ok(Verdict::Wrong { witness });
        }
    }
    Ok(rate(task, earlier, line.statement))
}

/// How far a right line has come: its last side counts, or its first in `7 = 3+4`.
pub(super) fn rate(task: &Task, earlier: &[Statement], line: &Statement) -> Verdict {
    let Some(last) = line.last() else { return Verdict::Right { finished: false } };
    let left = match form(last, task.demand) {
        Form::Finished => return Verdict::Right { finished: true },
        Form::Left(left) => Some(left),
        Form::Underway => None,
    };
    let first = line.sides().next().unwrap_or(last);
    if form(first, task.demand) == Form::Finished {
        return Verdict::Right { finished: true };
    }
    let mut known = std::iter::once(&task.start).chain(earlier);
    if known.any(|statement| statement.last().map(Expr::unwrapped) == Some(last.unwrapped())) {
        return Verdict::Unfinished { left: Left::Answer };
    }
    left.map_or(Verdict::Right { finished: false }, |left| Verdict::Unfinished { left })
}
