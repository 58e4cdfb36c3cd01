//! One fraction.

use super::Form;
use crate::tree::{Expr, Node};
use crate::verdict::Left;

pub(super) fn single(expr: &Expr) -> Form {
    let whole = match &expr.node {
        Node::Bracket(inner) | Node::Negative(inner) | Node::Positive(inner) => return single(inner),
        Node::Quotient(top, _, bottom) => !divides(top) && !divides(bottom),
        _ => !divides(expr),
    };
    (!whole).then_some(Left::SingleFraction).into()
}

/// True if there is a division in it, outside exponents and functions.
fn divides(expr: &Expr) -> bool {
    match &expr.node {
        Node::Quotient(..) | Node::Mixed { .. } => true,
        Node::Power(base, exponent) => divides(base) || super::whole(exponent).is_some_and(i64::is_negative),
        Node::Root { .. } | Node::Call(_) | Node::Abs(_) => false,
        _ => expr.each_part().any(divides),
    }
}
