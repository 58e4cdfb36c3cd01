//! Two equations that hold together: by substitution if one is solved for a letter, otherwise by elimination.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed as _, Zero};

use super::change::Move;
use super::equation::{self, Relation, holds, is_solved};
use super::expression::{self, Aim};
use super::monomial::Monomial;
use super::number::is_zero;
use super::{denominators, moving, quadratic};
use crate::account::StepKind;
use crate::exact::Rational;
use crate::rewrite::{Signed, terms, with_name};
use crate::tree::{Expr, Name, Node, Statement};
use crate::unreadable::Place;
use crate::verdict::Task;

/// The next step in a system.
pub(super) fn next(task: &Task, line: &Statement) -> Option<Move> {
    let names = task.start.names();
    if let Statement::Relation { .. } = line {
        return general(&names, &Relation::of(line)?, task);
    }
    let parts = line.joined();
    let relations: Vec<Relation> = parts.iter().map(Relation::of).collect::<Option<_>>()?;
    let two_sides = relations.iter().all(|relation| relation.sides.len() == 2 && relation.is_equation());
    if relations.len() < 2 || !two_sides || matches!(line, Statement::Or(_)) {
        return None;
    }
    if let Some(found) = contradiction(&relations, line).or_else(|| always_true(&relations, line)) {
        return Some(found);
    }
    alone(task, &names, &relations)
        .map(|(at, found)| found.map(|new| with_part(line, at, &new)))
        .or_else(|| put_in(&names, &relations, line))
        .or_else(|| prepared(&names, &relations).map(|(at, found)| found.map(|new| with_part(line, at, &new))))
        .or_else(|| eliminated(&names, &relations, line))
}

fn with_part(line: &Statement, at: usize, new: &Statement) -> Statement {
    let parts = line.joined().iter().enumerate();
    let parts = parts.map(|(index, part)| if index == at { new.clone() } else { part.clone() }).collect();
    match line {
        Statement::And(_) => Statement::all_of(parts),
        _ => Statement::list_of(parts),
    }
}

/// `0 = 3` has no solution, so the system has none.
fn contradiction(relations: &[Relation], line: &Statement) -> Option<Move> {
    let never = |relation: &Relation| match relation.sides.as_slice() {
        [left, right] => match (super::number::Num::of(left), super::number::Num::of(right)) {
            (Some(left), Some(right)) => left.value != right.value,
            _ => false,
        },
        _ => false,
    };
    let at = relations.iter().position(never)?;
    let place = line.joined().get(at)?.place();
    Some(Move::new(StepKind::AllOrNone, place, Statement::None(Place::before(0))))
}

/// `0 = 0` says nothing: what the other equations say is all there is.
fn always_true(relations: &[Relation], line: &Statement) -> Option<Move> {
    let parts = line.joined();
    let at = relations.iter().position(|relation| matches!(relation.sides.as_slice(), [a, b] if a == b))?;
    let kept = parts.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, part)| part.clone());
    Some(Move::new(StepKind::AllOrNone, parts.get(at)?.place(), Statement::list_of(kept.collect())))
}

/// The one equation that is left of a system with infinitely many solutions, solved for its last letter.
fn general(names: &[Name], relation: &Relation, task: &Task) -> Option<Move> {
    let last = names_in(relation, names).pop()?;
    let numbers = coefficients(relation, names).and_then(|mut all| {
        all.push(super::number::Num::of(relation.sides.get(1)?)?.value);
        Some(all)
    });
    if let Some(numbers) = numbers.filter(|all| all.iter().all(Rational::is_integer)) {
        let shared = numbers.iter().fold(BigInt::zero(), |so_far, value| so_far.gcd(value.numer()));
        if !shared.is_zero() && !shared.is_one() {
            let left = relation.sides.first()?;
            let found = quadratic::divided(relation, &Rational::from_integer(shared), left, last);
            return Some(Move { place: left.place, ..found });
        }
    }
    equation::relation(relation, last, task.demand)
}

fn names_in(relation: &Relation, names: &[Name]) -> Vec<Name> {
    names.iter().copied().filter(|name| relation.sides.iter().any(|side| holds(side, *name))).collect()
}

/// An equation in one unknown that is not solved yet.
fn alone(task: &Task, names: &[Name], relations: &[Relation]) -> Option<(usize, Move)> {
    relations.iter().enumerate().find_map(|(at, relation)| match names_in(relation, names).as_slice() {
        [only] if !is_solved(&relation.clone().into_statement(), *only, task.demand) => {
            Some((at, equation::relation(relation, *only, task.demand)?))
        }
        _ => None,
    })
}

/// The name that stands alone on one side and nowhere on the other, with what it is equal to.
fn isolated(relation: &Relation) -> Option<(Name, &Expr)> {
    let [left, right] = relation.sides.as_slice() else { return None };
    [(left, right), (right, left)].into_iter().find_map(|(side, other)| match side.unwrapped().node {
        Node::Name(name) if !holds(other, name) => Some((name, other)),
        _ => None,
    })
}

/// What a letter is equal to is put into the other equation: a value first.
fn put_in(names: &[Name], relations: &[Relation], line: &Statement) -> Option<Move> {
    let mut known: Vec<(usize, Name, &Expr)> = relations
        .iter()
        .enumerate()
        .filter_map(|(at, relation)| isolated(relation).map(|(name, value)| (at, name, value)))
        .filter(|(_, name, _)| names.contains(name))
        .collect();
    known.sort_by_key(|(_, _, value)| !value.is_numeric());
    let (name, value, into) = known.iter().find_map(|(at, name, value)| {
        let uses = |index: &usize| {
            index != at && relations.get(*index).is_some_and(|other| other.sides.iter().any(|side| holds(side, *name)))
        };
        Some((*name, *value, (0..relations.len()).find(uses)?))
    })?;
    let relation = relations.get(into)?;
    let kind = if value.is_numeric() { StepKind::InsertValue } else { StepKind::SubstituteEquation };
    let place = relation.sides.iter().find_map(|side| place_of(side, name))?;
    let new = relation.map(|(_, side)| with_name(side, name, value)).into_statement();
    Some(Move::with(kind, name.to_string(), place, with_part(line, into, &new)))
}

fn place_of(expr: &Expr, name: Name) -> Option<Place> {
    match expr.node {
        Node::Name(own) if own == name => Some(expr.place),
        _ => expr.each_part().find_map(|part| place_of(part, name)),
    }
}

/// One equation brought to the form `ax+by = c`.
fn prepared(names: &[Name], relations: &[Relation]) -> Option<(usize, Move)> {
    relations.iter().enumerate().find_map(|(at, relation)| Some((at, arranged(relation, names)?)))
}

fn arranged(relation: &Relation, names: &[Name]) -> Option<Move> {
    let in_side = |expand: bool| {
        equation::in_side(relation, &mut |side| expression::step(side, Aim { collect: expand, ..Aim::side(expand) }))
    };
    let denominators = || names.iter().find_map(|name| denominators::common(relation, *name, true));
    if let Some(found) = in_side(false).or_else(denominators).or_else(|| in_side(true)) {
        return Some(found);
    }
    let [left, right] = relation.sides.as_slice() else { return None };
    let bound = |term: &Expr| names.iter().any(|name| holds(term, *name));
    let first = *names.first()?;
    if let Some(index) = terms(right).iter().position(|term| bound(term.body)) {
        return moving::move_term(relation, first, 1, index);
    }
    let index = terms(left).iter().position(|term| !bound(term.body) && !is_zero(term.body))?;
    moving::move_term(relation, first, 0, index)
}

/// The whole numbers before the letters, for an equation `ax+by = c`.
fn coefficients(relation: &Relation, names: &[Name]) -> Option<Vec<Rational>> {
    let left = relation.sides.first()?;
    let worths: Vec<Monomial> = terms(left).iter().map(|term| Monomial::of(&term.to_expr())).collect::<Option<_>>()?;
    let of = |name: &Name| {
        let mut own = worths.iter().filter(|worth| matches!(worth.letters.as_slice(), [(only, 1)] if only == name));
        own.next().map(|worth| worth.coefficient.clone()).unwrap_or_default()
    };
    let linear = worths.iter().all(|worth| matches!(worth.letters.as_slice(), [(_, 1)]));
    linear.then(|| names.iter().map(of).collect())
}

/// The equations are added or subtracted if a letter goes away by that, or one is multiplied first.
fn eliminated(names: &[Name], relations: &[Relation], line: &Statement) -> Option<Move> {
    let [one, two] = relations else { return None };
    let (a, b) = (coefficients(one, names)?, coefficients(two, names)?);
    let pairs = || a.iter().zip(&b).filter(|(a, b)| !a.is_zero() && !b.is_zero());
    if let Some((own, other)) = pairs().find(|(a, b)| a.abs() == b.abs()) {
        let add = own == &-other;
        // The smaller from the larger, so that what is left is positive.
        let rest = a.iter().zip(&b).find(|(a, b)| a != b).map(|(a, b)| a - b);
        let (one, two) = if !add && rest.is_some_and(|rest| rest.is_negative()) { (two, one) } else { (one, two) };
        let both = one.sides.iter().zip(&two.sides).map(|(left, right)| {
            let all = terms(right);
            all.iter().fold(left.clone(), |so_far, term| {
                let term = if add { Signed { negative: !term.negative, ..*term } } else { *term };
                moving::without(&so_far, term)
            })
        });
        let kind = if add { StepKind::AddEquations } else { StepKind::SubtractEquations };
        let new = Relation { sides: both.collect(), signs: one.signs.clone() }.into_statement();
        return Some(Move::new(kind, line.place(), with_part(line, 1, &new)));
    }
    // The letter that takes the fewest multiplications, then the smallest numbers.
    let whole = |value: &Rational| value.is_integer().then(|| value.to_integer().abs());
    let ways = pairs().filter_map(|(a, b)| {
        let (a, b) = (whole(a)?, whole(b)?);
        let common = a.lcm(&b);
        let (own, other) = (&common / a, &common / b);
        let count = usize::from(!own.is_one()) + usize::from(!other.is_one());
        Some((count, common, own, other))
    });
    let (_, _, own, other) = ways.min()?;
    let (at, factor): (usize, BigInt) = if own.is_one() { (1, other) } else { (0, own) };
    let relation = relations.get(at)?;
    let new = relation.map(|(_, side)| denominators::times_sum(side, &factor)).into_statement();
    let place = line.joined().get(at)?.place();
    Some(Move::with(StepKind::MultiplyBothSides, factor.to_string(), place, with_part(line, at, &new)))
}
