//! Roots.

use super::super::monomial::{integer, root, signed, whole};
use super::{Rewrites, pairs, with_pair};
use crate::account::Misconception as M;
use crate::rewrite::{Signed, quotient, sum_of, terms};
use crate::tree::{Expr, Node};
use crate::unreadable::Place;

/// `√(a+b) → √a+√b`, `√a → a/2`
pub(super) fn on_root(degree: Option<&Expr>, radicand: &Expr, found: &mut Rewrites) {
    let Some(size) = degree.map_or(Some(2), whole).and_then(|size| u32::try_from(size).ok()) else { return };
    if !(2..=10).contains(&size) {
        return;
    }
    let parts = terms(radicand.unwrapped());
    if (2..=super::MAX_PARTS).contains(&parts.len()) {
        let roots = parts.iter().map(|term| signed(term.negative, root(term.body, size)));
        found.push((M::SqrtOfSum, sum_of(roots)));
    }
    if size == 2 {
        found.push((M::SqrtAsHalf, quotient(radicand.clone(), integer(2))));
    }
}

/// `√a+√b → √(a+b)`
pub(super) fn on_terms(terms: &[Signed<'_>], found: &mut Rewrites) {
    for (first, second) in pairs(terms.len()) {
        let (Some(a), Some(b)) = (terms.get(first), terms.get(second)) else { continue };
        if let (Node::Root { degree, radicand }, Node::Root { degree: other, radicand: of }) =
            (&a.body.node, &b.body.node)
            && degree == other
            && !a.negative
        {
            let radicand = Box::new(sum_of([(**radicand).clone(), signed(b.negative, (**of).clone())]));
            let new = Expr::new(Place::before(0), Node::Root { degree: degree.clone(), radicand });
            found.push((M::SqrtOfSum, with_pair(terms, (first, second), new)));
        }
    }
}
