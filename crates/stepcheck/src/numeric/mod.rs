//! Numbers that need not be exact: how precise an answer has to be, and how it has to be written.

mod literal;
#[cfg(test)]
mod tests;

pub use literal::Literal;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::exact::{Rational, evaluate};
use crate::solve::Coordinate;
use crate::tree::{Expr, Name, Statement};
use crate::value::{Line, Point, lower};

/// How near to the key an answer has to be, and with how many digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Precision {
    /// The same number.
    Exact,
    /// Written with `digits` significant digits, where zeros at the end of a whole number may count
    /// or not, and less than half a unit of the digit number `correct` away from the key rounded to
    /// so many. With `correct` 0 only the digits are looked at.
    Significant { digits: usize, correct: usize },
    /// As [`Precision::Significant`] with all digits correct, and more digits are allowed.
    AtLeast { digits: usize },
    /// Written with `digits` significant digits, where zeros at the end of a whole number never
    /// count. The value is not looked at.
    Written { digits: usize },
    /// Written with `places` decimals and the same as the key when both are rounded to so many.
    Decimals { places: usize },
    /// At most this part of the size of the key away from it.
    Relative(Rational),
    /// At most so far from the key.
    Absolute(Rational),
}

/// How an answer stands to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    Right,
    /// Too many or too few digits, or none at all: a root or a fraction.
    Digits,
    /// Too far from the key.
    Far,
}

impl Precision {
    /// Holds `answer` against `key`. Without a key only the digits are looked at.
    #[must_use]
    pub fn judge(&self, key: Option<&Rational>, answer: &Literal) -> Nearness {
        if !self.accepts_digits(answer) {
            return Nearness::Digits;
        }
        let Some(key) = key else { return Nearness::Right };
        if self.is_near(key, &answer.value) { Nearness::Right } else { Nearness::Far }
    }

    /// True if the answer is written with as many digits as it should be.
    #[must_use]
    pub fn accepts_digits(&self, answer: &Literal) -> bool {
        let Some(written) = answer.written else {
            return matches!(self, Self::Exact | Self::Relative(_) | Self::Absolute(_));
        };
        let (least, most) = written.significant;
        match self {
            Self::Significant { digits, .. } => (least..=most).contains(digits),
            Self::AtLeast { digits } => most >= *digits,
            Self::Written { digits } => least == *digits,
            Self::Decimals { places } => written.decimals == *places,
            Self::Exact | Self::Relative(_) | Self::Absolute(_) => true,
        }
    }

    /// True if `value` is as near to `key` as it should be.
    #[must_use]
    pub fn is_near(&self, key: &Rational, value: &Rational) -> bool {
        let distance = (value - key).abs();
        match self {
            Self::Exact => distance.is_zero(),
            Self::Written { .. } | Self::Significant { correct: 0, .. } => true,
            Self::Significant { correct: digits, .. } | Self::AtLeast { digits } => {
                let Some(unit) = unit_of_digit(key, *digits) else { return distance.is_zero() };
                let half = &unit / Rational::from_integer(2.into());
                (value - rounded(key, &unit)).abs() < half
            }
            Self::Decimals { places } => {
                let unit = power_of_ten(-i64::try_from(*places).unwrap_or(i64::MAX));
                rounded(key, &unit) == rounded(value, &unit)
            }
            Self::Relative(part) => distance <= part * key.abs(),
            Self::Absolute(most) => distance <= *most,
        }
    }
}

/// So many significant digits of a real number are taken as they come out; the ones after them are
/// rounded away, so that a half is a half although its bounds reach to both sides.
pub(crate) const CERTAIN_DIGITS: usize = 40;

/// How far products of such numbers may be from one another, relative to their size.
pub(crate) fn certain_part() -> Rational {
    power_of_ten(4 - i64::try_from(CERTAIN_DIGITS).unwrap_or(0))
}

/// `value` rounded to a multiple of `unit`, halves away from zero.
#[must_use]
pub fn rounded(value: &Rational, unit: &Rational) -> Rational {
    let half = Rational::new(1.into(), 2.into());
    let steps = (value.abs() / unit + half).floor();
    let size = steps * unit;
    if value.is_negative() { -size } else { size }
}

/// What a unit of the significant digit number `digit` of `value` is worth, counted from 1; `None`
/// for zero, which has none.
pub(crate) fn unit_of_digit(value: &Rational, digit: usize) -> Option<Rational> {
    if value.is_zero() {
        return None;
    }
    let size = value.abs();
    // The digits of numerator and denominator give the power of ten to within one.
    let length = |whole: &BigInt| i64::try_from(whole.to_string().len()).unwrap_or(0);
    let mut leading = length(size.numer()) - length(size.denom());
    if power_of_ten(leading) > size {
        leading -= 1;
    }
    Some(power_of_ten(leading - i64::try_from(digit).ok()? + 1))
}

/// The largest power of ten that is worked with.
const MAX_POWER: i64 = 1000;

fn power_of_ten(exponent: i64) -> Rational {
    let size = usize::try_from(exponent.abs().min(MAX_POWER)).unwrap_or(0);
    let power = Rational::from_integer(num_traits::pow(BigInt::from(10), size));
    if exponent < 0 { power.recip() } else { power }
}

/// The value of an expression without letters: exactly if it is had by the four operations,
/// otherwise (π, roots, functions) to 40 significant digits. `None` if there is none.
#[must_use]
pub fn real_value(expr: &Expr) -> Option<Rational> {
    if let Some(value) = evaluate::<Name>(expr, &[]) {
        return Some(value);
    }
    if !expr.is_numeric() {
        return None;
    }
    match lower(&Statement::Expression(expr.clone())) {
        Ok(Line::Value(term)) => Coordinate::Real(term.at(&Point::new(Vec::new())).ok()?).to_rational(),
        _ => None,
    }
}
