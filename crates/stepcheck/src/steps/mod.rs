//! Which steps lead from one right line to the next.
//!
//! Both lines are right, so nothing has to be searched for: what was done is read off what is different. Of two
//! equations it is found by which numbers and terms their sides differ (`relations`); of two expressions by
//! walking through both at once until the parts that differ are as small as can be (`align`), each of which is
//! then recognised by what really happened to it: `arithmetic`, `fractions`, `powers`, `functions`, `polynomials`.
//! Every name is checked with exact values; what no name is true of is [`StepKind::Rewrite`].
//!
//! **Size.** How many small steps there are if none is left out. One each: a bracket multiplied out, the like terms
//! of a side collected, a term moved, both sides multiplied or divided, a fraction shortened, the terms brought to a
//! common denominator, the operations of one kind in a part that is worked out, each case that is split off. Working
//! out what a move leaves (`19−4`) belongs to the move; what is done alike in several alternatives counts once.

mod align;
mod alternatives;
mod arithmetic;
mod factoring;
mod fractions;
mod functions;
#[cfg(test)]
mod laws;
mod moves;
mod polynomials;
mod powers;
mod relations;
mod roots;
mod scaling;
mod systems;
mod trail;
mod values;
mod worked;
mod written;

use crate::account::{Step, StepKind};
use crate::budget;
use crate::policy::Policy;
use crate::tree::{Expr, Node, Sign, Statement};
use trail::Trail;

/// The steps between `above` and `line`, both right, in the order in which they are taken, and how many small steps they are.
/// `None` if that cannot be told.
pub(crate) fn between(above: &Statement, line: &Statement, _policy: &Policy) -> Option<(Vec<Step>, u8)> {
    budget::begin();
    let mut trail = Trail::default();
    statements(&mut trail, above, line);
    trail.told()
}

/// Notes what leads from `above` to `line`.
fn statements(trail: &mut Trail, above: &Statement, line: &Statement) {
    if above == line || !trail.look() {
        return;
    }
    match (above, line) {
        (Statement::Expression(from), _) if !line.sides().any(is_double) => match values_of(line) {
            Some(to) => chain(trail, from, &to),
            None => alternatives::between(trail, above, line),
        },
        (_, Statement::All(_) | Statement::None(_)) if is_settled(trail, above) => trail.note(StepKind::AllOrNone),
        (_, Statement::All(_) | Statement::None(_)) => trail.note_as(StepKind::SolveEquation, 2),
        (_, Statement::List(parts)) if parts.iter().all(|part| matches!(part, Statement::Expression(_))) => {
            trail.note_as(StepKind::SolveEquation, 3);
        }
        (Statement::Relation { .. }, Statement::Expression(_)) if identity(trail, above).is_none() => {
            trail.note_as(StepKind::SolveEquation, 3);
        }
        (Statement::Relation { .. }, Statement::Expression(_) | Statement::Relation { .. })
            if !above.sides().chain(line.sides()).any(is_double) =>
        {
            if let Some((last, to)) = identity(trail, above).zip(values_of(line))
                && to.first().is_some_and(|(_, first)| trail.values.same(last, first))
                && (to.len() == 1 || to.first().is_some_and(|(_, first)| written::alike(last, first)))
            {
                chain(trail, last, &to);
                if !trail.is_empty() || to.len() == 1 {
                    return;
                }
            }
            let sides = |statement: &Statement| statement.sides().count();
            if values_of(above).is_none() && sides(above) != sides(line) {
                return alternatives::between(trail, above, line);
            }
            relations::between(trail, above, line);
        }
        _ if systems::is_system(above) => systems::between(trail, above, line),
        _ => alternatives::between(trail, above, line),
    }
}

/// The sides of an expression or of a chain of equal values, each with the sign before it.
fn values_of(statement: &Statement) -> Option<Vec<(Sign, &Expr)>> {
    match statement {
        Statement::Expression(only) => Some(vec![(Sign::Equal, only)]),
        Statement::Relation { first, rest } => {
            let equal = |(sign, _): &(Sign, Expr)| matches!(sign, Sign::Equal | Sign::Approximately);
            let more = rest.iter().map(|(sign, side)| (*sign, side));
            rest.iter().all(equal).then(|| std::iter::once((Sign::Equal, first)).chain(more).collect())
        }
        _ => None,
    }
}

/// The last side of a chain of equal values, as `5x` of `3x+2x = 5x`; none for an equation.
fn identity<'s>(trail: &mut Trail, statement: &'s Statement) -> Option<&'s Expr> {
    let sides = values_of(statement)?;
    let (_, first) = sides.first()?;
    sides
        .iter()
        .all(|(sign, side)| *sign == Sign::Approximately || trail.values.same(first, side))
        .then(|| statement.last())
        .flatten()
}

/// Notes what was done from value to value.
fn chain(trail: &mut Trail, from: &Expr, to: &[(Sign, &Expr)]) {
    let mut before = from;
    for (sign, side) in to {
        match sign {
            Sign::Approximately => arithmetic::rounded(trail, before, side),
            _ => align::inside(trail, before, side),
        }
        before = side;
    }
}

/// True if no letter is left in it, or its sides are worth the same: `0 = 3`, `2x = 2x`.
fn is_settled(trail: &mut Trail, statement: &Statement) -> bool {
    statement.names().is_empty() || identity(trail, statement).is_some()
}

/// True if there is a `±` in it.
fn is_double(side: &Expr) -> bool {
    side.any(&|part| matches!(part.node, Node::EitherSign(..) | Node::SumOrDifference(..)))
}
