//! Wrong rules, by area. Each says what it makes of a part of the line above, at every place where it applies.

mod brackets;
mod equations;
mod fractions;
mod logarithms;
mod numbers;
mod order;
mod powers;
mod quadratics;
mod roots;
mod signs;
mod terms;

use crate::account::Misconception;
use crate::rewrite::{Signed, factors, sum_of, terms};
use crate::tree::{Expr, Node};

pub(super) use equations::{Changed, Sides, on_scaled, on_sides};
pub(super) use quadratics::{on_equation, pure};

/// More terms or factors than this are not combined with each other.
const MAX_PARTS: usize = 12;

/// Wrong rewrites of one part.
pub(super) type Rewrites = Vec<(Misconception, Expr)>;

/// The wrong rewrites of `part`. Those of a sum come from its topmost node, with all its terms, and those of a product
/// likewise: what part it is of the one around it says `within`.
pub(super) fn on_part(part: &Expr, within: Within, found: &mut Rewrites) {
    if within != Within::Sum {
        let terms = terms(part);
        if terms.len() <= MAX_PARTS {
            on_terms(&terms, found);
        }
    }
    match &part.node {
        Node::Product(..) if within != Within::Product => on_factors(part, found),
        Node::Quotient(top, _, bottom) => fractions::on_quotient(top, bottom, found),
        Node::Power(base, exponent) => powers::on_power(base, exponent, found),
        Node::Root { degree, radicand } => roots::on_root(degree.as_deref(), radicand, found),
        Node::Call(call) => logarithms::on_call(call, found),
        Node::Percent(of) => numbers::on_percent(of, found),
        _ => {}
    }
}

/// What a part directly belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Sum,
    Product,
    Other,
}

impl Within {
    pub(super) const fn parts_of(expr: &Expr) -> Self {
        match expr.node {
            Node::Sum(..) | Node::Difference(..) | Node::Negative(_) | Node::Positive(_) => Self::Sum,
            Node::Product(..) => Self::Product,
            _ => Self::Other,
        }
    }
}

fn on_terms(terms: &[Signed<'_>], found: &mut Rewrites) {
    brackets::on_terms(terms, found);
    if terms.len() > 1 {
        fractions::on_terms(terms, found);
        order::on_terms(terms, found);
        signs::on_terms(terms, found);
        powers::on_terms(terms, found);
        roots::on_terms(terms, found);
        terms::on_terms(terms, found);
        numbers::on_terms(terms, found);
        logarithms::on_terms(terms, found);
    }
}

fn on_factors(part: &Expr, found: &mut Rewrites) {
    let factors = factors(part);
    if factors.len() <= MAX_PARTS {
        powers::on_factors(&factors, found);
        fractions::on_factors(&factors, found);
        order::on_factors(&factors, found);
    }
}

/// The sum with `new` in place of the term number `at`.
fn with_term(terms: &[Signed<'_>], at: usize, new: impl IntoIterator<Item = Expr>) -> Expr {
    let mut new = Some(new.into_iter().collect::<Vec<_>>());
    sum_of(
        terms
            .iter()
            .enumerate()
            .flat_map(|(index, term)| if index == at { new.take().unwrap_or_default() } else { vec![term.to_expr()] }),
    )
}

/// The sum with `new` in place of two terms, where the first of them stood.
fn with_pair(terms: &[Signed<'_>], (first, second): (usize, usize), new: Expr) -> Expr {
    let mut new = Some(new);
    sum_of(terms.iter().enumerate().filter(|(index, _)| *index != second).map(|(index, term)| {
        if index == first { new.take().unwrap_or_else(|| term.to_expr()) } else { term.to_expr() }
    }))
}

/// All pairs of numbers below `count`, the smaller first.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |first| (first + 1..count).map(move |second| (first, second)))
}
