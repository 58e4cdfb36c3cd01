//! How precisely a decimal number was written.

use num_integer::Integer;
use num_traits::{Signed, Zero};

use super::{Form, powers_of_ten, unsigned};
use crate::tree::{Expr, Node, Number};
use crate::verdict::Left;

/// What the digits of a written number tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many digits stand after the decimal sign.
    pub decimals: usize,
    /// How many digits are significant at least and at most: zeros at the end of a whole number may
    /// be or not, and so may those of `0,00`. Zeros before the first other digit never are.
    pub significant: (usize, usize),
}

impl Written {
    /// Of a decimal number, with or without a sign and a power of ten after it; `None` for anything
    /// else.
    #[must_use]
    pub fn of(expr: &Expr) -> Option<Self> {
        let number = match &unsigned(expr.unwrapped()).node {
            Node::Number(number) => number,
            Node::Bracket(inner) => return Self::of(inner),
            _ => powers_of_ten::scaled(expr)?.0,
        };
        Some(Self::of_number(number))
    }

    pub(crate) fn of_number(number: &Number) -> Self {
        let decimals = number.decimals;
        if number.value.is_zero() {
            // The zero before the decimal sign, or those after it.
            return Self { decimals, significant: (1, decimals.max(1)) };
        }
        let scale: num_bigint::BigInt = num_traits::pow(10.into(), decimals);
        let digits = number.value.numer().abs() * scale / number.value.denom();
        let most = digits.to_string().len();
        let least = if decimals == 0 { most - zeros_at_end(digits) } else { most };
        Self { decimals, significant: (least, most) }
    }
}

fn zeros_at_end(mut whole: num_bigint::BigInt) -> usize {
    let ten = num_bigint::BigInt::from(10);
    let mut zeros = 0;
    while !whole.is_zero() && whole.is_multiple_of(&ten) {
        whole /= &ten;
        zeros += 1;
    }
    zeros
}

/// The number before a unit.
fn amount(expr: &Expr) -> &Expr {
    match &unsigned(expr.unwrapped()).node {
        Node::Quantity(number, _) => number,
        _ => expr,
    }
}

pub(super) fn decimals(expr: &Expr, places: usize) -> Form {
    let expr = amount(expr);
    match Written::of(expr) {
        // The decimals of `1,2·10^3` are not those of its value.
        Some(written) => {
            (written.decimals != places || powers_of_ten::is_scaled(expr)).then_some(Left::Decimals).into()
        }
        None => without_digits(expr, Left::Decimals),
    }
}

pub(super) fn significant(expr: &Expr, digits: usize) -> Form {
    let expr = amount(expr);
    match Written::of(expr) {
        Some(Written { significant: (least, most), .. }) => {
            let fits = (least..=most).contains(&digits);
            (!fits).then_some(Left::SignificantDigits).into()
        }
        None => without_digits(expr, Left::SignificantDigits),
    }
}

/// A fraction or percentage could be an answer; anything else is on the way.
fn without_digits(expr: &Expr, left: Left) -> Form {
    match super::number::shape(expr) {
        super::number::Shape::Other => Form::Underway,
        _ => Form::Left(left),
    }
}
