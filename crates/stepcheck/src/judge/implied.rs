//! Equations that follow from the one above and may have more solutions: both sides squared, or
//! multiplied by an expression.

use super::{above, witness};
use crate::budget;
use crate::policy::{Letters, Policy};
use crate::solve::{Coordinate, RealSet, solve};
use crate::tree::{Name, Sign, Statement};
use crate::value::{Line, lower};
use crate::verdict::{Demand, Left, Task, Verdict};

/// The verdict on a line that is not equal to its task but follows: it has all solutions of the task
/// and finitely many more, which are to be tried at the end. `None` if that is not certain.
///
/// A line that gives values, `x = 2 eller x = −1`, does not follow by itself: each value must be one
/// of the line above.
pub(super) fn judge(task: &Task, earlier: &[Statement], line: &Statement) -> Option<Verdict> {
    let variable = match (task.demand, task.start.names().as_slice()) {
        (Demand::Solved { variable }, [only]) if *only == variable => variable,
        (Demand::Decimals { .. } | Demand::Significant { .. }, [only]) => *only,
        _ => return None,
    };
    let above = above(task, earlier);
    if ![&task.start, above, line].into_iter().all(|known| is_equation(known, variable)) {
        return None;
    }
    budget::begin();
    let start = solutions(&task.start, variable, &task.policy)?;
    let found = solutions(line, variable, &task.policy)?;
    found.as_points()?;
    if start.outside(&found).is_some() {
        return None;
    }
    let gives_values = line.joined().iter().any(|part| witness::isolates(part, variable));
    if gives_values && found.outside(&solutions(above, variable, &task.policy)?).is_some() {
        return None;
    }
    if budget::is_spent() {
        return None;
    }
    let again = std::iter::once(&task.start).chain(earlier).any(|known| known == line);
    Some(Verdict::Unfinished { left: if again { Left::Answer } else { Left::Check } })
}

/// True if all it says is that sides with no other letter are equal.
fn is_equation(line: &Statement, variable: Name) -> bool {
    let names = line.names();
    names.iter().all(|name| *name == variable) && says_equal(line)
}

fn says_equal(line: &Statement) -> bool {
    match line {
        Statement::Relation { rest, .. } => rest.iter().all(|(sign, _)| *sign == Sign::Equal),
        Statement::Or(parts) | Statement::List(parts) => parts.iter().all(says_equal),
        _ => false,
    }
}

fn solutions(line: &Statement, variable: Name, policy: &Policy) -> Option<RealSet> {
    let Ok(Line::Claim(claim)) = lower(line) else { return None };
    let set = solve(&claim, variable).ok()?;
    let positive = || RealSet::above(Coordinate::Rational(crate::exact::Exact::ZERO));
    Some(if policy.letters == Letters::Positive { set.and(&positive()) } else { set })
}
