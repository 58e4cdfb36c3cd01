//! One step in an expression: brackets from the inside, then powers, products, sums.

use super::change::{Change, in_parts};
use super::collecting::{self, Terms};
use super::monomial::{Monomial, is_tidy};
use super::number::{Num, later_factor, nowhere};
use super::{answer, arithmetic, cancelling, expanding, fractions};
use crate::account::StepKind;
use crate::rewrite::{Signed, factors, negated, product_of, sum_of, terms};
use crate::tree::{Expr, Node, Over};
use crate::unreadable::Place;
use crate::verdict::Demand;

/// What the steps are to lead to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Aim {
    /// Brackets are multiplied out.
    pub(super) expand: bool,
    /// Fractions of sums are split.
    pub(super) split: bool,
    /// Like terms are collected.
    pub(super) collect: bool,
    /// Numbers as decimals where that is possible.
    pub(super) decimal: bool,
    /// Percentages as fractions.
    pub(super) fractions: bool,
    pub(super) mixed: bool,
    /// Roots are kept and made small.
    pub(super) exact: bool,
    pub(super) powers_of_ten: bool,
}

impl Aim {
    fn of(demand: Demand) -> Self {
        let expand = matches!(demand, Demand::Simplified | Demand::Expanded | Demand::Exact);
        Self {
            expand,
            split: matches!(demand, Demand::Simplified | Demand::Expanded),
            collect: demand != Demand::Expanded,
            decimal: matches!(demand, Demand::Decimal | Demand::Decimals { .. } | Demand::Significant { .. }),
            fractions: matches!(demand, Demand::LowestTerms | Demand::Improper | Demand::Mixed),
            mixed: demand == Demand::Mixed,
            exact: demand == Demand::Exact,
            powers_of_ten: false,
        }
    }

    /// For the side of an equation.
    pub(super) const fn side(expand: bool) -> Self {
        Self {
            expand,
            split: false,
            collect: true,
            decimal: false,
            fractions: false,
            mixed: false,
            exact: true,
            powers_of_ten: false,
        }
    }
}

/// The next step in a task whose answer is an expression.
pub(super) fn next(expr: &Expr, demand: Demand) -> Option<Change> {
    let aim = Aim::of(demand);
    if let Some(found) = answer::early(expr, demand) {
        return Some(found);
    }
    step(expr, aim).or_else(|| answer::next(expr, demand))
}

/// The next step in an expression; `None` if there is nothing to do in it.
pub(super) fn step(expr: &Expr, aim: Aim) -> Option<Change> {
    // 2/(3x)+3/(3x) are added before one of them is shortened again.
    let added = if aim.collect { fractions::like(expr) } else { None };
    added.or_else(|| cancelling::next(expr)).or_else(|| sum(expr, aim))
}

fn sum(expr: &Expr, aim: Aim) -> Option<Change> {
    let all = terms(expr);
    if let Some(found) = in_one(&all, &mut |_, term| inside(term.body, aim)) {
        return Some(found);
    }
    if let Some(found) = collecting::double_sign(expr) {
        return Some(found);
    }
    let known = Terms::of(expr);
    let is_known = |at: usize| known.all.get(at).is_some_and(|term| term.worth.is_some());
    let mut in_term =
        |at: usize, term: &Signed<'_>| if is_known(at) { None } else { single(term.body, aim, all.len()) };
    if let Some(found) = shortened_together(&all, &mut in_term).or_else(|| in_one(&all, &mut in_term)) {
        return Some(found);
    }
    if aim.expand
        && let Some(found) = expanding::next(expr, aim.split)
    {
        return Some(found);
    }
    if !aim.collect {
        return None;
    }
    collecting::next(expr, aim.decimal, aim.mixed)
        .or_else(|| fractions::made_alike(expr))
        .or_else(|| if aim.split { fractions::to_shorten(expr) } else { None })
}

/// Several fractions that are to be shortened, at once: `6x/3+9/3` → `2x+3`.
fn shortened_together(
    all: &[Signed<'_>],
    change: &mut impl FnMut(usize, &Signed<'_>) -> Option<Change>,
) -> Option<Change> {
    let is_fraction = |part: &Expr| matches!(part.node, Node::Quotient(_, Over::Bar, _));
    let is_short = |found: &Change| matches!(found.step.kind, StepKind::ShortenFraction | StepKind::DivideNumbers);
    let found: Vec<Option<Change>> = all
        .iter()
        .enumerate()
        .map(|(at, term)| if is_fraction(term.body) { change(at, term).filter(is_short) } else { None })
        .collect();
    let places = found.iter().flatten().map(|found| found.place);
    let place = places.reduce(Place::to).filter(|_| found.iter().flatten().count() > 1)?;
    let new = all.iter().zip(found).map(|(term, found)| match found {
        Some(found) if term.negative => negated(found.new),
        Some(found) => found.new,
        None => term.to_expr(),
    });
    Some(Change::new(StepKind::ShortenFraction, place, sum_of(new)))
}

/// The first step in one of the terms, seen from the sum.
pub(super) fn in_one(
    all: &[Signed<'_>],
    change: &mut impl FnMut(usize, &Signed<'_>) -> Option<Change>,
) -> Option<Change> {
    let (at, found) = all.iter().enumerate().find_map(|(at, term)| Some((at, change(at, term)?)))?;
    Some(found.map(|new| {
        let signed = |index: usize, term: &Signed<'_>| match (index == at, term.negative) {
            (true, true) => negated(new.clone()),
            (true, false) => new.clone(),
            (false, _) => term.to_expr(),
        };
        sum_of(all.iter().enumerate().map(|(index, term)| signed(index, term)))
    }))
}

/// The next step in a bracket inside of a term.
fn inside(body: &Expr, aim: Aim) -> Option<Change> {
    if let Node::SumOrDifference(front, signs, back) = &body.node
        && let Some(found) = sum(front, aim)
    {
        return Some(found.map(|new| nowhere(Node::SumOrDifference(Box::new(new), *signs, back.clone()))));
    }
    let Node::Bracket(inner) = &body.node else { return in_parts(body, &mut |part| inside(part, aim)) };
    let found = step(inner, aim)?;
    let is_sum = matches!(inner.node, Node::Sum(..) | Node::Difference(..));
    let kind = if is_sum && Num::of(&found.new).is_some() && inner.is_numeric() {
        StepKind::WorkOutBracket
    } else {
        found.step.kind
    };
    let place = if kind == StepKind::WorkOutBracket { body.place } else { found.place };
    let step = crate::account::Step { kind, with: found.step.with };
    let new = nowhere(Node::Bracket(Box::new(found.new)));
    Some(Change { step, place, new })
}

/// The next step in a term by itself.
fn single(body: &Expr, aim: Aim, count: usize) -> Option<Change> {
    if body.is_numeric() {
        return arithmetic::next(body, aim)
            .or_else(|| if count > 1 { arithmetic::shortened(body) } else { None })
            .or_else(|| if aim.exact { with_root(body) } else { None });
    }
    let has_sum = body.any(&|part| matches!(part.node, Node::Sum(..) | Node::Difference(..)));
    if !has_sum && let Some(worth) = Monomial::of(body) {
        return (!is_tidy(body)).then(|| Change::new(kind_of(body), body.place, worth.to_expr()));
    }
    merged(body)
        .or_else(|| fractions::shortened(body))
        .or_else(|| in_parts(body, &mut |part| if part.is_numeric() { arithmetic::next(part, aim) } else { None }))
}

/// A number times a root, written as one.
fn with_root(body: &Expr) -> Option<Change> {
    let worth = Monomial::of(body)?;
    let has_root = body.any(&|part| matches!(part.node, Node::Root { .. }));
    let has_sum = body.any(&|part| matches!(part.node, Node::Sum(..) | Node::Difference(..)));
    (has_root && !has_sum && !is_tidy(body)).then(|| Change::new(kind_of(body), body.place, worth.to_expr()))
}

/// The factors that are no sums in one: `2x·3(x+1)` → `6x(x+1)`.
fn merged(body: &Expr) -> Option<Change> {
    let all = factors(body);
    let is_plain = |part: &Expr| {
        !part.any(&|inner| matches!(inner.node, Node::Sum(..) | Node::Difference(..))) && Monomial::of(part).is_some()
    };
    let (plain, rest): (Vec<&Expr>, Vec<&Expr>) = all.into_iter().partition(|part| is_plain(part));
    let place = plain.iter().map(|part| part.place).reduce(Place::to)?;
    let together = product_of(plain.iter().map(|part| later_factor((*part).clone())));
    if rest.is_empty() || is_tidy(&together) || plain.len() < 2 {
        return None;
    }
    let worth = Monomial::of(&together)?.to_expr();
    let new = product_of(std::iter::once(worth).chain(rest.into_iter().cloned()));
    Some(Change::new(StepKind::MultiplyFactors, place, new))
}

/// What it is called to write a term with each letter once.
fn kind_of(body: &Expr) -> StepKind {
    match &body.node {
        Node::Quotient(top, Over::Bar, bottom) if bottom.is_numeric() && is_tidy(top.unwrapped()) => {
            StepKind::ShortenFraction
        }
        Node::Quotient(top, Over::Bar, bottom) => {
            let is_power = |part: &Expr| matches!(part.unwrapped().node, Node::Power(..) | Node::Name(_));
            if is_power(top) && is_power(bottom) { StepKind::DividePowers } else { StepKind::CancelFactor }
        }
        Node::Power(base, _) => match &base.unwrapped().node {
            Node::Power(..) => StepKind::PowerOfPower,
            Node::Quotient(..) => StepKind::PowerOfQuotient,
            Node::Product(..) => StepKind::PowerOfProduct,
            _ => StepKind::EvenPowerOfNegative,
        },
        Node::Product(..) => {
            let all = factors(body);
            let powers = all.iter().filter(|part| matches!(part.node, Node::Power(..))).count();
            let inner =
                |part: &&&Expr| matches!(&part.node, Node::Power(base, _) if matches!(base.node, Node::Bracket(_)));
            if all.iter().any(|part| inner(&part)) {
                StepKind::PowerOfProduct
            } else if powers > 0 && all.iter().all(|part| matches!(part.node, Node::Power(..) | Node::Name(_))) {
                StepKind::MultiplyPowers
            } else {
                StepKind::MultiplyFactors
            }
        }
        _ => StepKind::MultiplyFactors,
    }
}
