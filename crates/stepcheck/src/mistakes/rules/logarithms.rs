//! Logarithms.

use super::super::monomial::signed;
use super::{Rewrites, pairs, with_pair};
use crate::account::Misconception as M;
use crate::rewrite::{Signed, sum_of, terms};
use crate::tree::{Call, Expr, Function, Node};
use crate::unreadable::Place;

fn is_logarithm(call: &Call) -> bool {
    matches!(call.function, Function::Ln | Function::Lg | Function::Log) && call.exponent.is_none()
}

fn of(call: &Call, argument: Expr) -> Expr {
    let call = Call { argument: Box::new(argument), ..call.clone() };
    Expr::new(Place::before(0), Node::Call(call))
}

/// `lg(a+b) → lg a+lg b`
pub(super) fn on_call(call: &Call, found: &mut Rewrites) {
    let parts = terms(call.argument.unwrapped());
    if is_logarithm(call) && (2..=super::MAX_PARTS).contains(&parts.len()) {
        let logarithms = parts.iter().map(|term| signed(term.negative, of(call, term.body.clone())));
        found.push((M::LogOfSum, sum_of(logarithms)));
    }
}

/// `lg a+lg b → lg(a+b)`
pub(super) fn on_terms(terms: &[Signed<'_>], found: &mut Rewrites) {
    for (first, second) in pairs(terms.len()) {
        let (Some(a), Some(b)) = (terms.get(first), terms.get(second)) else { continue };
        let (Node::Call(one), Node::Call(other)) = (&a.body.node, &b.body.node) else { continue };
        if is_logarithm(one)
            && is_logarithm(other)
            && one.function == other.function
            && one.base == other.base
            && !a.negative
        {
            let argument = sum_of([(*one.argument).clone(), signed(b.negative, (*other.argument).clone())]);
            found.push((M::LogOfSum, with_pair(terms, (first, second), of(one, argument))));
        }
    }
}
