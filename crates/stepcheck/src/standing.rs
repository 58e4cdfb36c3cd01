//! What stands when the next line is written: the line that it starts from.
//!
//! Of an expression, an equation or an inequality that is the newest right line. A system is often worked on one equation at
//! a time: `x+y = 7; x−y = 1`, below it `2x = 8` alone, then `x = 4` and at last `y = 3`. None of these says all that the
//! system says. What stands then are so many of the equations as together have the solutions of the system, the newest in
//! place of what they make needless.

use std::borrow::Cow;

use crate::budget;
use crate::compare::{Comparison, compare_within};
use crate::tree::{Expr, Node, Sign, Statement};
use crate::unreadable::Place;
use crate::verdict::{Demand, Task};

/// More equations than this are not held against each other.
const MAX_EQUATIONS: usize = 8;

/// What stands after the right lines so far, oldest first: the newest of them, the task if there is none, and of a system
/// that is worked on in parts the equations that are still needed.
///
/// ```
/// use stepcheck::{Demand, Notation, Task, read, standing, text};
/// let task = Task::new(read("x+y = 7; x−y = 1").unwrap(), Demand::Solved { variable: 'x'.into() });
/// let right = [read("2x = 8").unwrap(), read("x = 4").unwrap()];
/// assert_eq!(text(&standing(&task, &right), Notation::Swedish), "x = 4, x−y = 1");
/// ```
#[must_use]
pub fn standing<'s>(task: &'s Task, right: &'s [Statement]) -> Cow<'s, Statement> {
    budget::begin();
    within(task, right)
}

/// The same with the steps that are left of what was begun before.
pub(crate) fn within<'s>(task: &'s Task, right: &'s [Statement]) -> Cow<'s, Statement> {
    if !is_system(task) {
        return Cow::Borrowed(right.last().unwrap_or(&task.start));
    }
    right.iter().fold(Cow::Borrowed(&task.start), |known, line| match follows(task, &known, line) {
        Comparison::Equal(_) => Cow::Owned(after(task, &known, line)),
        _ => Cow::Borrowed(line),
    })
}

/// True if several letters are sought of which several equations tell.
pub(crate) fn is_system(task: &Task) -> bool {
    let (Statement::And(parts) | Statement::List(parts)) = &task.start else { return false };
    let says = |part: &Statement| matches!(part, Statement::Relation { .. });
    matches!(task.demand, Demand::Solved { .. }) && parts.iter().all(says) && task.start.names().len() > 1
}

/// Whether all that `line` says follows from the equations that are `known`, and every case of it is possible.
pub(crate) fn follows(task: &Task, known: &Statement, line: &Statement) -> Comparison {
    let cases = if matches!(line, Statement::Or(_)) { line.joined() } else { &[] };
    let never = Statement::None(Place::before(0));
    let impossible = |case: &Statement| compare_within(&both(known, case), &never, &task.policy).is_equal();
    if line.joined().len() + known.joined().len() > MAX_EQUATIONS || cases.iter().any(impossible) {
        return compare_within(known, line, &task.policy);
    }
    compare_within(&both(known, line), known, &task.policy)
}

/// True if it says nothing of any letter, as `0 = 0` and `x = x`.
pub(crate) fn is_settled(line: &Statement) -> bool {
    line.joined().iter().all(|part| {
        let mut sides = part.sides();
        let first = sides.next();
        part.names().is_empty() || sides.all(|side| Some(side) == first)
    })
}

/// What stands when `line`, which follows from what is `known`, does too: each equation that the others make needless gives
/// way, values of letters last.
pub(crate) fn after(task: &Task, known: &Statement, line: &Statement) -> Statement {
    let old = known.joined();
    let mut kept: Vec<bool> = vec![true; old.len()];
    let (values, others): (Vec<usize>, Vec<usize>) = (0..old.len()).partition(|at| old.get(*at).is_some_and(is_value));
    for at in others.into_iter().chain(values) {
        let stays = |index: usize| index != at && kept.get(index).copied().unwrap_or_default();
        let rest = old.iter().enumerate().filter(|(index, _)| stays(*index)).map(|(_, part)| part);
        let rest = Statement::And(rest.chain(own_parts(line)).cloned().collect());
        let needless = compare_within(&rest, &task.start, &task.policy).is_equal();
        if let Some(kept) = kept.get_mut(at).filter(|_| needless) {
            *kept = false;
        }
    }
    // The new stands where the first was that gave way.
    let place = kept.iter().position(|kept| !kept).unwrap_or(old.len());
    let mut all: Vec<Statement> =
        old.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(part, _)| part.clone()).collect();
    if all.is_empty() {
        return line.clone();
    }
    all.splice(place..place, own_parts(line).iter().cloned());
    Statement::list_of(all)
}

/// True for `x = 4`.
fn is_value(part: &Statement) -> bool {
    let name = |side: &Expr| matches!(side.unwrapped().node, Node::Name(_));
    match part {
        Statement::Relation { first, rest } => match rest.as_slice() {
            [(Sign::Equal, second)] => name(first) && second.is_numeric() || name(second) && first.is_numeric(),
            _ => false,
        },
        _ => false,
    }
}

/// The equations that hold together in a line; cases are one part.
fn own_parts(line: &Statement) -> &[Statement] {
    if matches!(line, Statement::Or(_)) { std::slice::from_ref(line) } else { line.joined() }
}

fn both(known: &Statement, line: &Statement) -> Statement {
    Statement::And(known.joined().iter().chain(own_parts(line)).cloned().collect())
}
