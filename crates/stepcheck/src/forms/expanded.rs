//! Sums of products: everything multiplied out.

use super::{Form, is_sum, whole};
use crate::tree::{Expr, Node};
use crate::verdict::Left;

pub(super) fn expanded(expr: &Expr) -> Form {
    (!is_multiplied_out(expr)).then_some(Left::Expand).into()
}

/// True if no sum is multiplied with anything.
fn is_multiplied_out(expr: &Expr) -> bool {
    match &expr.node {
        Node::Bracket(inner) | Node::Positive(inner) => is_multiplied_out(inner),
        Node::Negative(inner) => !is_sum(inner) && is_multiplied_out(inner),
        Node::Sum(a, b) => is_multiplied_out(a) && is_multiplied_out(b),
        Node::Difference(a, b) => is_multiplied_out(a) && !is_sum(b) && is_multiplied_out(b),
        Node::Product(a, _, b) => ![a, b].into_iter().any(|part| is_sum(part) || !is_multiplied_out(part)),
        Node::Quotient(a, _, b) => !b.is_numeric() || (!is_sum(a) && is_multiplied_out(a)),
        Node::Power(base, exponent) => {
            let composed = is_sum(base) || matches!(base.unwrapped().node, Node::Product(..) | Node::Quotient(..));
            let arithmetic = super::is_arithmetic(base) && !is_sum(base);
            arithmetic || !(composed && whole(exponent).is_some_and(|size| size > 1))
        }
        _ => true,
    }
}
