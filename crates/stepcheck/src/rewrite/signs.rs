//! One of the values that `±` stands for.

use crate::tree::{Expr, Node, PlusMinus};

/// The expression with every `±` taken with its upper sign if `sign` is [`PlusMinus::Plus`], otherwise with its lower one.
pub(crate) fn with_sign(expr: &Expr, sign: PlusMinus) -> Expr {
    let mut one = expr.map_parts(&mut |part| with_sign(part, sign));
    one.node = match one.node {
        Node::EitherSign(own, inner) if own == sign => inner.node,
        Node::EitherSign(_, inner) => Node::Negative(inner),
        Node::SumOrDifference(a, own, b) if own == sign => Node::Sum(a, b),
        Node::SumOrDifference(a, _, b) => Node::Difference(a, b),
        other => other,
    };
    one
}
