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

use crate::account::{Account, Cause, Misconception, Slip};
use crate::budget;
use crate::compare::compare_within;
use crate::policy::Policy;
use crate::rewrite::Probe;
use crate::tree::{Expr, Node, Sign, Statement};
use crate::unreadable::Place;
use crate::verdict::{Demand, Task};
use search::{Hit, Search};

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

    pub(crate) const fn into_account(self) -> Account {
        Account::Mistake { cause: self.cause, broken: self.broken, follows: self.follows }
    }
}

/// What is known of the wrong `line` below the right line `above`; `wrong` is a wrong line between them.
///
/// A line that follows from the wrong one above it is not explained once more. One that does not may be a mistake on the
/// way from the right line or on the way from the wrong one.
pub(crate) fn find(task: &Task, above: &Statement, wrong: Option<&Statement>, line: &Statement) -> Mistake {
    budget::begin();
    let line = as_claim(task, line);
    if let Some(wrong) = wrong
        && follows(task, &as_claim(task, wrong), &line)
    {
        return Mistake { follows: true, ..Mistake::default() };
    }
    let found = between(task, above, &line);
    if found.cause.is_some() {
        return found;
    }
    let carried = wrong.map(|wrong| between(task, &as_claim(task, wrong), &line)).unwrap_or_default();
    // From what is wrong already a slip leads nearly anywhere.
    if matches!(carried.cause, Some(Cause::Misconception { .. })) { carried } else { found }
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
