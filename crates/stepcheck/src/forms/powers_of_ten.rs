//! Numbers with a power of ten.

use num_traits::{One, Zero};

use super::{Form, unsigned, whole};
use crate::exact::Rational;
use crate::tree::{Expr, Node, Number};
use crate::verdict::Left;

pub(super) fn standard(expr: &Expr) -> Form {
    let ten = Rational::from_integer(10.into());
    let fits = |number: &Number| number.value.is_zero() || (number.value >= Rational::one() && number.value < ten);
    match &unsigned(expr.unwrapped()).node {
        Node::Number(number) => (!fits(number)).then_some(Left::StandardForm).into(),
        Node::Power(..) if is_power(unsigned(expr.unwrapped())) => Form::Finished,
        Node::Product(a, _, b) if is_power(b) => match &unsigned(a.unwrapped()).node {
            Node::Number(number) => (!fits(number)).then_some(Left::StandardForm).into(),
            _ => Form::Underway,
        },
        Node::Percent(_) | Node::Quotient(..) | Node::Mixed { .. } => Form::Left(Left::StandardForm),
        _ => Form::Underway,
    }
}

/// True for a number times a power of ten, signs and brackets aside.
pub(super) fn is_scaled(expr: &Expr) -> bool {
    scaled(expr).is_some()
}

/// The number before a power of ten, and the exponent.
pub(super) fn scaled(expr: &Expr) -> Option<(&Number, i64)> {
    let Node::Product(a, _, b) = &unsigned(expr.unwrapped()).node else { return None };
    let Node::Number(number) = &unsigned(a.unwrapped()).node else { return None };
    is_power(b).then(|| exponent(b)).flatten().map(|exponent| (number, exponent))
}

fn is_power(expr: &Expr) -> bool {
    exponent(expr).is_some()
}

/// The `n` of `10^n`.
fn exponent(expr: &Expr) -> Option<i64> {
    let Node::Power(base, exponent) = &expr.unwrapped().node else { return None };
    (whole(base) == Some(10)).then(|| whole(exponent)).flatten()
}
