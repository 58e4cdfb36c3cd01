//! Every number in an expression in lowest terms.

use super::number::{Shape, shape};
use super::{factors, is_arithmetic, powers_of_ten, unsigned, whole};
use crate::tree::{Expr, Node};
use crate::verdict::Left;

/// What is left to do with the numbers in `expr`.
pub(super) fn numbers(expr: &Expr) -> Option<Left> {
    if is_arithmetic(expr) {
        return of_number(expr);
    }
    match &expr.node {
        Node::Quotient(top, _, bottom) => {
            let surd = factors(bottom).into_iter().any(|(base, _)| is_surd(base) || base.any(&is_surd));
            surd.then_some(Left::RationalDenominator).or_else(|| numbers(top)).or_else(|| numbers(bottom))
        }
        _ => expr.each_part().find_map(numbers),
    }
}

/// A root of a number, or a power of one that is not whole.
pub(super) fn is_surd(expr: &Expr) -> bool {
    match &expr.node {
        Node::Root { radicand, .. } => radicand.is_numeric(),
        Node::Power(base, exponent) => base.is_numeric() && is_arithmetic(exponent) && whole(exponent).is_none(),
        _ => false,
    }
}

fn of_number(expr: &Expr) -> Option<Left> {
    let inner = expr.unwrapped();
    if powers_of_ten::is_scaled(inner) {
        return None;
    }
    let signless = unsigned(inner);
    match shape(expr) {
        Shape::Whole | Shape::Decimal | Shape::Percent => None,
        // One sign in the numerator or the denominator changes nothing of the terms.
        Shape::Fraction(left) => {
            let two_signs = signs(inner) > 1;
            left.filter(|_| two_signs || !only_sign_below(signless)).or(two_signs.then_some(Left::WorkOut))
        }
        Shape::Other => Some(Left::WorkOut),
    }
}

fn signs(expr: &Expr) -> usize {
    usize::from(matches!(expr.node, Node::Negative(_))) + expr.each_part().map(signs).sum::<usize>()
}

/// True for a fraction in lowest terms whose denominator has a sign.
fn only_sign_below(expr: &Expr) -> bool {
    let Node::Quotient(top, over, bottom) = &expr.node else { return false };
    let below = bottom.unwrapped();
    let plain = Node::Quotient(top.clone(), *over, Box::new(unsigned(below).clone()));
    matches!(below.node, Node::Negative(_)) && matches!(shape(&Expr::new(expr.place, plain)), Shape::Fraction(None))
}
