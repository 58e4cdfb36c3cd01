//! Numbers as answers: whole, decimal, per cent, fractions and mixed numbers.

use num_integer::Integer;
use num_traits::{One, Zero};

use super::{Form, unsigned};
use crate::tree::{Expr, Node, Number, Over};
use crate::verdict::{Demand, Left};

/// The form of a number under one of the demands for a number.
pub(super) fn form(expr: &Expr, demand: Demand) -> Form {
    match (demand, shape(expr)) {
        (Demand::Solved { .. }, Shape::Other) => Form::Left(Left::WorkOut),
        (_, Shape::Other) => Form::Underway,
        (Demand::Value | Demand::Solved { .. }, Shape::Fraction(rest)) => rest.into(),
        (Demand::LowestTerms, Shape::Fraction(rest)) => rest.and(Some(Left::Shorten)).into(),
        (Demand::LowestTerms, Shape::Decimal | Shape::Percent) => Form::Left(Left::FractionForm),
        (Demand::Decimal, Shape::Fraction(_) | Shape::Percent) => Form::Left(Left::DecimalForm),
        _ => Form::Finished,
    }
}

/// The ways a number can be written as an answer, sign and outer brackets aside.
pub(super) enum Shape {
    Whole,
    Decimal,
    Percent,
    /// A fraction or mixed number, and what is left to do with it.
    Fraction(Option<Left>),
    Other,
}

pub(super) fn shape(expr: &Expr) -> Shape {
    let expr = expr.unwrapped();
    match &unsigned(expr).node {
        Node::Number(number) if number.value.denom().is_one() => Shape::Whole,
        Node::Number(_) => Shape::Decimal,
        // An angle is worked out as its number is.
        Node::Degrees(size) => shape(size),
        Node::Percent(inner) if matches!(inner.node, Node::Number(_)) => Shape::Percent,
        Node::Mixed { top, bottom, .. } => {
            let lowest = top.value < bottom.value && lowest(top, bottom).is_none();
            Shape::Fraction((!lowest).then_some(Left::Shorten))
        }
        Node::Quotient(a, Over::Bar, b) => {
            let (top, bottom) = (a.unwrapped(), b.unwrapped());
            match (&unsigned(top).node, &unsigned(bottom).node) {
                (Node::Number(above), Node::Number(below)) if above.is_whole() && below.is_whole() => {
                    let sign_below = matches!(bottom.node, Node::Negative(_));
                    let left = lowest(above, below);
                    Shape::Fraction(left.or(sign_below.then_some(Left::Shorten)))
                }
                _ => Shape::Other,
            }
        }
        _ => Shape::Other,
    }
}

/// What is left to do with a fraction of two whole numbers; nothing if it is in lowest terms.
pub(super) fn lowest(top: &Number, bottom: &Number) -> Option<Left> {
    let (top, bottom) = (top.value.numer(), bottom.value.numer());
    if bottom.is_zero() || top.is_multiple_of(bottom) {
        return Some(Left::WorkOut);
    }
    (!top.gcd(bottom).is_one()).then_some(Left::Shorten)
}

/// A whole number, or a whole number and a fraction below 1; a value below 1 is a fraction alone.
pub(super) fn mixed(expr: &Expr) -> Form {
    match shape(expr) {
        Shape::Whole => Form::Finished,
        Shape::Fraction(rest) if is_mixed(expr) || !is_top_heavy(expr) => rest.and(Some(Left::Shorten)).into(),
        Shape::Fraction(_) | Shape::Decimal | Shape::Percent => Form::Left(Left::MixedForm),
        Shape::Other => Form::Underway,
    }
}

/// One fraction of whole numbers, shortened or not; not a mixed, whole or decimal number.
pub(super) fn improper(expr: &Expr) -> Form {
    match shape(expr) {
        Shape::Fraction(_) if !is_mixed(expr) => Form::Finished,
        Shape::Fraction(_) | Shape::Whole | Shape::Decimal | Shape::Percent => Form::Left(Left::FractionForm),
        Shape::Other => Form::Underway,
    }
}

fn is_mixed(expr: &Expr) -> bool {
    matches!(unsigned(expr.unwrapped()).node, Node::Mixed { .. })
}

/// True if the numerator is at least as large as the denominator.
fn is_top_heavy(expr: &Expr) -> bool {
    let Node::Quotient(top, _, bottom) = &unsigned(expr.unwrapped()).node else { return false };
    match (&unsigned(top.unwrapped()).node, &unsigned(bottom.unwrapped()).node) {
        (Node::Number(top), Node::Number(bottom)) => top.value >= bottom.value,
        _ => false,
    }
}
