//! The last touch: a number in the form that is asked for.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::arithmetic::shortened;
use super::change::Change;
use super::number::{Form, Num, decimals_of, fraction, nowhere, written};
use crate::account::StepKind;
use crate::exact::Rational;
use crate::numeric::real_value;
use crate::rewrite::negated;
use crate::tree::{Expr, Node, Number, Times};
use crate::verdict::Demand;

/// What is done with a number before anything else: `2 1/2` where a fraction is asked for.
pub(super) fn early(expr: &Expr, demand: Demand) -> Option<Change> {
    let number = Num::of(expr)?;
    match (demand, &number.form) {
        (Demand::Mixed, Form::Fraction(top, bottom)) if top.abs() > *bottom && !number.value.is_integer() => {
            shortened(expr).or_else(|| mixed(expr, &number))
        }
        (Demand::Improper, Form::Mixed) => improper(expr, &number),
        _ => None,
    }
}

/// The step in a line that is one number.
pub(super) fn next(expr: &Expr, demand: Demand) -> Option<Change> {
    let number = Num::of(expr);
    let place = expr.place;
    match (demand, &number) {
        (Demand::Decimal, Some(number)) if decimals_of(&number.value).is_some() => {
            return Some(Change::new(StepKind::FractionToDecimal, place, written(&number.value, true)));
        }
        (Demand::LowestTerms | Demand::Mixed | Demand::Improper, Some(number)) if number.form == Form::Decimal => {
            let count = decimals_of(&number.value)?;
            let bottom: BigInt = num_traits::pow(BigInt::from(10), count);
            let top = (&number.value * Rational::from_integer(bottom.clone())).to_integer();
            return Some(Change::new(StepKind::DecimalToFraction, place, fraction(&top, &bottom)));
        }
        (Demand::Mixed, Some(number)) if !number.value.is_integer() => {
            return shortened(expr).or_else(|| mixed(expr, number));
        }
        (Demand::Improper, Some(number)) => return improper(expr, number),
        (Demand::Decimals { places }, Some(number)) => {
            return Some(Change::new(StepKind::Round, place, rounded(&number.value, i32::from(places))));
        }
        (Demand::Significant { digits }, Some(number)) => {
            return Some(Change::new(StepKind::Round, place, significant(&number.value, digits)));
        }
        (Demand::Standard, Some(number)) => {
            return Some(Change::new(StepKind::StandardForm, place, standard(&number.value)?));
        }
        (Demand::Decimals { .. } | Demand::Significant { .. }, None) => return rounded_value(expr, demand),
        _ => {}
    }
    shortened(expr)
}

fn significant(value: &Rational, digits: u8) -> Expr {
    rounded(value, i32::from(digits) - 1 - leading_power(value))
}

/// A value with roots or π, rounded: `±√2` → `±1,41`
fn rounded_value(expr: &Expr, demand: Demand) -> Option<Change> {
    if let Node::EitherSign(signs, size) = &expr.node {
        let found = match Num::of(size) {
            Some(_) => next(size, demand)?,
            None => rounded_value(size, demand)?,
        };
        return Some(found.map(|new| nowhere(Node::EitherSign(*signs, Box::new(new)))));
    }
    let value = real_value(expr)?;
    let new = match demand {
        Demand::Decimals { places } => rounded(&value, i32::from(places)),
        Demand::Significant { digits } => significant(&value, digits),
        _ => return None,
    };
    Some(Change::new(StepKind::Round, expr.place, new))
}

fn mixed(expr: &Expr, number: &Num) -> Option<Change> {
    let value = number.value.abs();
    let new = as_mixed(&value)?;
    let new = if number.value.is_negative() { negated(new) } else { new };
    Some(Change::new(StepKind::ImproperToMixed, expr.place, new))
}

/// A number above 1 that is not whole, as a whole number and a fraction.
pub(super) fn as_mixed(value: &Rational) -> Option<Expr> {
    let (whole, top) = value.numer().div_rem(value.denom());
    if !whole.is_positive() || top.is_zero() {
        return None;
    }
    let [whole, top, bottom] = [&whole, &top, value.denom()]
        .map(|part| Box::new(Number { value: Rational::from_integer(part.clone()), decimals: 0 }));
    Some(nowhere(Node::Mixed { whole, top, bottom }))
}

fn improper(expr: &Expr, number: &Num) -> Option<Change> {
    let (top, bottom) = (number.value.numer(), number.value.denom());
    if bottom.is_one() {
        return None;
    }
    Some(Change::new(StepKind::MixedToImproper, expr.place, fraction(top, bottom)))
}

/// Rounded to so many decimals, halves away from zero; before the decimal sign if negative.
fn rounded(value: &Rational, places: i32) -> Expr {
    let ten = Rational::from_integer(10.into());
    let scale = ten.pow(places);
    let half = Rational::new(1.into(), 2.into());
    let size = ((value.abs() * &scale + half).floor() / scale).abs();
    let decimals = usize::try_from(places).unwrap_or(0);
    let number = nowhere(Node::Number(Number { value: size, decimals }));
    if value.is_negative() { negated(number) } else { number }
}

/// The power of ten of the first digit.
fn leading_power(value: &Rational) -> i32 {
    let ten = Rational::from_integer(10.into());
    let mut power = 0;
    let mut size = value.abs();
    while size >= ten && power < 60 {
        size /= &ten;
        power += 1;
    }
    while !size.is_zero() && size < Rational::one() && power > -60 {
        size *= &ten;
        power -= 1;
    }
    power
}

/// `a·10^n`
fn standard(value: &Rational) -> Option<Expr> {
    if value.is_zero() {
        return None;
    }
    let power = leading_power(value);
    let ten = Rational::from_integer(10.into());
    let front = value / ten.pow(power);
    decimals_of(&front)?;
    let exponent = super::number::small(i64::from(power));
    let scale = nowhere(Node::Power(Box::new(super::number::small(10)), Box::new(exponent)));
    Some(nowhere(Node::Product(Box::new(written(&front, true)), Times::Dot, Box::new(scale))))
}
