//! Which wrong rule leads from a right line to a wrong one, and which part of the line broke.
//!
//! Every wrong rule (`rules`) is followed at every place of the line above where it applies; what comes of it is compared
//! with the wrong line by what both are worth (`search`), never by how they are written. Of the rules that fit best there
//! must be one only. If none fits, a slip of one sign or number is looked for by mending the line (`slips`). The broken
//! part is what differs from what the same operation gives when it is done right (`broken`). In lines of several parts the
//! right ones are set aside first (`parts`); units are taken off, or looked at by how they were changed (`quantities`).
//!
//! The method is that of buggy rules: J. S. Brown and R. R. Burton, «Diagnostic models for procedural bugs in basic
//! mathematical skills», Cognitive Science 2, 1978.

mod alike;
mod between;
mod broken;
mod monomial;
mod parts;
mod quantities;
mod rules;
mod search;
mod seen;
mod slips;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::account::{Account, Before, Cause, Misconception, Slip};
use crate::budget;
use crate::compare::compare_within;
use crate::policy::Policy;
use crate::rewrite::Probe;
use crate::standing;
use crate::tree::{Expr, Node, Sign, Statement};
use crate::unreadable::Place;
use crate::verdict::{Demand, Task};
use search::{Hit, Search};

/// A wrong line and the one below it that have more parts together than this are explained by the right lines alone.
const MAX_CARRIED: usize = 150;

/// What is known of a wrong line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) cause: Option<Cause>,
    /// In the wrong line, as it was typed.
    pub(crate) broken: Option<Place>,
    pub(crate) follows: bool,
}

impl Mistake {
    pub(crate) const fn is_told(&self) -> bool {
        self.cause.is_some() || self.broken.is_some() || self.follows
    }

    const fn names_a_rule(&self) -> bool {
        matches!(self.cause, Some(Cause::Misconception { .. }))
    }

    pub(crate) const fn into_account(self) -> Account {
        Account::Mistake { cause: self.cause, broken: self.broken, follows: self.follows }
    }
}

/// What is known of the wrong `line` below the lines `before`.
///
/// A line that follows from the wrong one above it is not explained once more. One that does not may be a mistake on the
/// way from the last right line, on the way from the wrong one, or on the way from the task if the student began anew.
pub(crate) fn find(task: &Task, before: Before<'_>, line: &Statement) -> Mistake {
    budget::begin();
    let line = as_claim(task, line);
    let wrong = before.wrong.map(|wrong| as_claim(task, wrong));
    if wrong.as_ref().is_some_and(|wrong| follows(task, wrong, &line)) {
        return Mistake { follows: true, ..Mistake::default() };
    }
    let above = standing::within(task, before.right);
    let found = between(task, &above, &line);
    // A slip leaves the terms that there were; one that does not is only looked like.
    if found.names_a_rule() || found.cause.is_some() && alike::have_as_many_terms(&above, &line) {
        return found;
    }
    // From what is wrong already a slip leads nearly anywhere.
    let size = |statement: &Statement| statement.sides().map(Expr::size).sum::<usize>();
    let carried = wrong.filter(|wrong| size(wrong) + size(&line) <= MAX_CARRIED);
    let carried = carried.map(|wrong| between(task, &wrong, &line)).filter(Mistake::names_a_rule);
    let begun_anew = || (!before.right.is_empty()).then(|| from_task(task, &line)).flatten();
    carried.or_else(begun_anew).unwrap_or(found)
}

/// The wrong rule that gives the line as it is written, if the student began anew from the task.
fn from_task(task: &Task, line: &Statement) -> Option<Mistake> {
    let mut search = Search::new(&task.policy);
    match (&task.start, line) {
        (Statement::Expression(above), Statement::Expression(line)) => search.in_values(above, line),
        (Statement::Expression(_), _) | (_, Statement::Expression(_)) => return None,
        _ => search.in_claims(&task.start, line),
    }
    let hit = search.choose(line).filter(Hit::is_as_written)?;
    let broken = match (&task.start, line) {
        (Statement::Expression(above), Statement::Expression(line)) => Some(broken::in_value(above, line)),
        _ => broken_by(&hit, &task.start, line),
    };
    Some(Mistake { cause: Some(Cause::Misconception { id: hit.rule }), broken, follows: false })
}

/// A bare value in a task to solve for a letter is meant as the letter's.
fn as_claim<'s>(task: &Task, line: &'s Statement) -> Cow<'s, Statement> {
    match (line, task.demand) {
        (Statement::Expression(value), Demand::Solved { variable })
            if !matches!(task.start, Statement::Expression(_)) =>
        {
            let first = Expr::new(Place::before(value.place.start), Node::Name(variable));
            Cow::Owned(Statement::Relation { first, rest: vec![(Sign::Equal, value.clone())] })
        }
        _ => Cow::Borrowed(line),
    }
}

/// True if the line is worth what the wrong one above it is worth.
fn follows(task: &Task, wrong: &Statement, line: &Statement) -> bool {
    let equal = |a: &Expr, b: &Expr| {
        let [a, b] = [a, b].map(|side| Statement::Expression(side.clone()));
        compare_within(&a, &b, &task.policy).is_equal()
    };
    if is_calculation(task, wrong) && is_calculation(task, line) {
        return wrong.last().is_some_and(|known| line.sides().all(|side| equal(known, side)));
    }
    compare_within(wrong, line, &task.policy).is_equal()
}

/// True for an expression and for several that are said to be equal, where the value of one is asked for.
fn is_calculation(task: &Task, line: &Statement) -> bool {
    let equal = |rest: &[(Sign, Expr)]| rest.iter().all(|(sign, _)| *sign == Sign::Equal);
    match line {
        Statement::Expression(_) => true,
        Statement::Relation { rest, .. } => matches!(task.start, Statement::Expression(_)) && equal(rest),
        _ => false,
    }
}

fn between(task: &Task, above: &Statement, line: &Statement) -> Mistake {
    let policy = &task.policy;
    if !is_calculation(task, above) || !is_calculation(task, line) {
        return in_claims(above, line, policy);
    }
    let Some(above) = above.last() else { return Mistake::default() };
    if let Some(found) = quantities::between(above, line, policy) {
        return found;
    }
    let Some(target) = Probe::of(above) else { return Mistake::default() };
    // The first side that is not worth it came from the one before it.
    let mut before = above;
    for side in line.sides() {
        if !Probe::of(side).is_some_and(|value| value.agrees(&target)) {
            let found = in_values(before, side, policy);
            let again = found.cause.is_none() && !std::ptr::eq(before, above);
            let from_above = again.then(|| in_values(above, side, policy)).filter(|other| other.cause.is_some());
            return from_above.unwrap_or(found);
        }
        before = side;
    }
    Mistake::default()
}

fn in_values(above: &Expr, line: &Expr, policy: &Policy) -> Mistake {
    let mut search = Search::new(policy);
    search.in_values(above, line);
    let broken = Some(broken::in_value(above, line));
    let cause = search.choose(&Statement::Expression(line.clone())).map(|hit| Cause::Misconception { id: hit.rule });
    if cause.is_some() {
        return Mistake { cause, broken, follows: false };
    }
    mistake_of_slip(slips::in_value(above, line, policy), broken)
}

fn in_claims(above: &Statement, line: &Statement, policy: &Policy) -> Mistake {
    if above.joined().len() > 1 {
        return parts::between(above, line, policy);
    }
    let mut search = Search::new(policy);
    search.in_claims(above, line);
    if let Some(hit) = search.choose(line) {
        let broken = broken_by(&hit, above, line);
        return Mistake { cause: Some(Cause::Misconception { id: hit.rule }), broken, follows: false };
    }
    let found = parts::between(above, line, policy);
    if found.is_told() {
        return found;
    }
    mistake_of_slip(slips::in_claim(above, line, policy), broken::in_claim(above, line))
}

/// The part of `line` that a wrong rule broke, followed in `above`.
fn broken_by(hit: &Hit, above: &Statement, line: &Statement) -> Option<Place> {
    match hit.rule {
        Misconception::InequalityNoFlip => broken::sign(line),
        rule if parts::only_loses(rule) => None,
        Misconception::ZeroProductNonzero => Some(line.place()),
        _ => broken::by_origin(&hit.origin, line).or_else(|| broken::in_claim(above, line)),
    }
}

fn mistake_of_slip(slip: Option<(Slip, Option<Place>)>, broken: Option<Place>) -> Mistake {
    match slip {
        Some((slip, place)) => Mistake { cause: Some(Cause::Slip { slip }), broken: place.or(broken), follows: false },
        None => Mistake { cause: None, broken, follows: false },
    }
}
