//! Numbers in digits.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::Notation;
use crate::exact::Rational;
use crate::tree::Number;

/// From this many digits on, a whole number is grouped by threes: `2500` but `25 000`.
const GROUPED_FROM: usize = 5;
/// The most decimals a value is shown with before a fraction is the clearer way.
const SHOWN_DECIMALS: usize = 3;
const NO_BREAK_SPACE: char = '\u{a0}';

/// A value as people write it: whole, with at most three decimals if that is exact, otherwise as a
/// fraction in lowest terms. The minus is `−` (U+2212).
#[must_use]
pub fn number_text(value: &Rational, notation: Notation) -> String {
    let size = value.abs();
    let sign = if value.is_negative() { "−" } else { "" };
    match decimals_needed(&size) {
        Some(decimals) => format!("{sign}{}", in_digits(&size, decimals, notation, group)),
        None => format!("{sign}{}/{}", group(size.numer()), group(size.denom())),
    }
}

/// A written number, with as many decimals as were written.
pub(super) fn written(number: &Number, notation: Notation) -> String {
    in_digits(&number.value, number.decimals, notation, group)
}

/// The same without spaces between thousands.
pub(super) fn ungrouped(number: &Number, notation: Notation) -> String {
    in_digits(&number.value, number.decimals, notation, BigInt::to_string)
}

/// How many decimals give the value exactly, if at most [`SHOWN_DECIMALS`].
pub(crate) fn decimals_needed(value: &Rational) -> Option<usize> {
    let mut scale = BigInt::one();
    for decimals in 0..=SHOWN_DECIMALS {
        if (&scale % value.denom()).is_zero() {
            return Some(decimals);
        }
        scale *= 10;
    }
    None
}

/// `value`, not negative and with at most `decimals` decimals, in digits.
fn in_digits(value: &Rational, decimals: usize, notation: Notation, whole: fn(&BigInt) -> String) -> String {
    if decimals == 0 {
        return whole(&value.to_integer());
    }
    let scale: BigInt = num_traits::pow(BigInt::from(10), decimals);
    let scaled = (value * Rational::from_integer(scale.clone())).to_integer();
    let mark = notation.decimal_sign();
    let after = (&scaled % &scale).to_string();
    format!("{}{mark}{after:0>decimals$}", whole(&(scaled / scale)))
}

fn group(whole: &BigInt) -> String {
    let digits = whole.to_string();
    if digits.len() < GROUPED_FROM {
        return digits;
    }
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(NO_BREAK_SPACE);
        }
        grouped.push(digit);
    }
    grouped
}
