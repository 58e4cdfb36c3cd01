//! The order of operations.

use super::super::monomial::{literal, raised, signed};
use super::{Rewrites, with_pair};
use crate::account::Misconception as M;
use crate::rewrite::{Signed, product_of, quotient, sum_of};
use crate::tree::{Expr, Node, Over};

/// One operation of a product from left to right, the factor it is done with, and the exponent of that.
struct Operation<'e> {
    divides: bool,
    with: &'e Expr,
    exponent: Option<&'e Expr>,
}

impl Operation<'_> {
    fn on(&self, value: Expr) -> Expr {
        let value =
            if self.divides { quotient(value, self.with.clone()) } else { product_of([value, self.with.clone()]) };
        self.then_raised(value)
    }

    fn then_raised(&self, value: Expr) -> Expr {
        match self.exponent {
            Some(exponent) => raised(value, exponent.clone()),
            None => value,
        }
    }
}

/// The product from left to right; the first operation is with its first factor.
fn operations<'e>(expr: &'e Expr, divides: bool, found: &mut Vec<Operation<'e>>) {
    match &expr.node {
        Node::Product(a, _, b) => {
            operations(a, divides, found);
            operations(b, false, found);
        }
        Node::Quotient(a, _, b) => {
            operations(a, divides, found);
            operations(b, true, found);
        }
        Node::Power(base, exponent) if literal(base).is_some() && !matches!(base.node, Node::Bracket(_)) => {
            found.push(Operation { divides, with: base, exponent: Some(exponent) });
        }
        _ => found.push(Operation { divides, with: expr, exponent: None }),
    }
}

/// A fraction that is no whole number is added as a fraction.
fn is_fraction(expr: &Expr) -> bool {
    match &expr.node {
        Node::Quotient(a, Over::Bar, b) => {
            let value = literal(a).zip(literal(b).filter(|bottom| !bottom.is_zero()));
            value.is_none_or(|(top, bottom)| !(&top / &bottom).is_whole())
        }
        _ => false,
    }
}

/// `a+b·c → (a+b)·c`: the sum is worked out first, in one place or from left to right throughout.
pub(super) fn on_terms(terms: &[Signed<'_>], found: &mut Rewrites) {
    for (first, second) in (1..terms.len()).map(|at| (at - 1, at)) {
        let (Some(before), Some(term)) = (terms.get(first), terms.get(second)) else { continue };
        if let Some(new) = joined(before.to_expr(), term) {
            found.push((M::OrderLeftToRight, with_pair(terms, (first, second), new)));
        }
    }
    let [start, rest @ ..] = terms else { return };
    if rest.len() > 1 {
        let all = rest.iter().try_fold(start.to_expr(), |value, term| match joined(value.clone(), term) {
            Some(new) => Some(new),
            None => term.body.is_numeric().then(|| sum_of([value, term.to_expr()])),
        });
        found.extend(all.map(|new| (M::OrderLeftToRight, new)));
    }
}

/// What comes of adding the first number of `term` to `value` and going on with the rest of the term. Letters may stand
/// only in a bracket at the end: `2+3(x+1)`.
fn joined(value: Expr, term: &Signed<'_>) -> Option<Expr> {
    let mut all = Vec::new();
    operations(term.body, false, &mut all);
    let (first, rest) = all.split_first()?;
    if rest.is_empty() && first.exponent.is_none() || is_fraction(term.body) {
        return None;
    }
    let usable = |part: &Operation<'_>| literal(part.with).is_some() || matches!(part.with.node, Node::Bracket(_));
    if !value.is_numeric() || literal(first.with).is_none() || !rest.iter().all(usable) {
        return None;
    }
    let begun = first.then_raised(sum_of([value, signed(term.negative, first.with.clone())]));
    Some(rest.iter().fold(begun, |value, operation| operation.on(value)))
}

/// `a·b² → (a·b)²` of numbers.
pub(super) fn on_factors(factors: &[&Expr], found: &mut Rewrites) {
    for at in 1..factors.len() {
        let (Some(before), Some(factor)) = (factors.get(at - 1), factors.get(at)) else { continue };
        let Node::Power(base, exponent) = &factor.node else { continue };
        if literal(before).is_none() || literal(base).is_none() || matches!(base.node, Node::Bracket(_)) {
            continue;
        }
        let both = raised(product_of([(*before).clone(), (**base).clone()]), (**exponent).clone());
        let rest = factors.iter().enumerate().filter(|(other, _)| *other != at && other + 1 != at);
        found.push((M::OrderLeftToRight, product_of(rest.map(|(_, rest)| (*rest).clone()).chain([both]))));
    }
}
