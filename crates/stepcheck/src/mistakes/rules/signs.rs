//! Sums of negative numbers and terms.

use super::super::monomial::Monomial;
use super::{Rewrites, pairs, with_pair, with_term};
use crate::account::Misconception as M;
use crate::rewrite::{Signed, negated, terms};
use crate::tree::{Expr, Node};

pub(super) fn on_terms(all: &[Signed<'_>], found: &mut Rewrites) {
    let monomials: Vec<Monomial<'_>> = all.iter().map(|term| Monomial::of(term.negative, term.body)).collect();
    for (first, second) in pairs(all.len()) {
        let (Some(a), Some(b)) = (monomials.get(first), monomials.get(second)) else { continue };
        if !a.is_like(b) || a.coefficient.is_zero() || b.coefficient.is_zero() || a.coefficient.is_positive() {
            continue;
        }
        let mut add = |rule, coefficient| found.push((rule, with_pair(all, (first, second), a.with(&coefficient))));
        let (size, other) = (a.coefficient.abs(), b.coefficient.abs());
        if b.coefficient.is_positive() {
            add(M::NegAddSign, &size - &other);
            add(M::NegAddSign, -&(&size + &other));
        } else {
            add(M::TwoNegativesMakePlus, &size + &other);
        }
    }
    for (at, term) in all.iter().enumerate() {
        if let Some(inner) = negative_inside(term.body).filter(|_| term.negative && at > 0) {
            found.push((M::SubNegativeIgnored, with_term(all, at, [negated(inner.clone())])));
        }
    }
}

/// What stands after the minus in `(−a)`.
fn negative_inside(expr: &Expr) -> Option<&Expr> {
    if !matches!(expr.node, Node::Bracket(_)) {
        return None;
    }
    match terms(expr.unwrapped()).as_slice() {
        [only] if only.negative => Some(only.body),
        _ => None,
    }
}
