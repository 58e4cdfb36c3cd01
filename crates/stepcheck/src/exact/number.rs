//! Rational numbers that fit in two machine words nearly always, and grow when they must.

use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::{Integer, Roots};
use num_traits::{Float, Signed, ToPrimitive};

use super::Rational;

/// A rational number in lowest terms with a positive denominator. It is `Small` exactly when both
/// parts fit, so equal numbers are equal trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Exact {
    Small(i64, i64),
    Big(Box<Rational>),
}

impl Exact {
    pub(crate) const ZERO: Self = Self::Small(0, 1);
    pub(crate) const ONE: Self = Self::Small(1, 1);

    pub(crate) fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    pub(crate) fn is_one(&self) -> bool {
        *self == Self::ONE
    }

    pub(crate) fn is_positive(&self) -> bool {
        match self {
            Self::Small(top, _) => *top > 0,
            Self::Big(value) => value.is_positive(),
        }
    }

    pub(crate) fn abs(&self) -> Self {
        if self.is_positive() || self.is_zero() { self.clone() } else { -self }
    }

    /// How many bits the larger of numerator and denominator has.
    pub(crate) fn bits(&self) -> u64 {
        match self {
            Self::Small(top, bottom) => {
                let size = top.unsigned_abs() | bottom.unsigned_abs();
                u64::from(u64::BITS - size.leading_zeros())
            }
            Self::Big(value) => super::bits(value),
        }
    }

    /// The steps (see `budget`) that one operation with `other` counts: one for numbers of a word together, more by the
    /// square of the length for longer ones.
    pub(crate) fn steps_with(&self, other: &Self) -> u64 {
        let words = (self.bits() + other.bits()) / 64;
        1 + 50 * words * words
    }

    /// True if it has at most `most` bits, which is 64 or more.
    pub(crate) fn fits(&self, most: u64) -> bool {
        matches!(self, Self::Small(..)) || self.bits() <= most
    }

    pub(crate) fn to_rational(&self) -> Rational {
        match self {
            Self::Small(top, bottom) => Rational::new_raw((*top).into(), (*bottom).into()),
            Self::Big(value) => (**value).clone(),
        }
    }

    /// The nearest double, or one beside it.
    pub(crate) fn to_f64(&self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "an approximation is asked for")]
            Self::Small(top, bottom) => *top as f64 / *bottom as f64,
            Self::Big(value) => value.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// The value of a finite double.
    pub(crate) fn from_f64(value: f64) -> Self {
        let (mantissa, exponent, sign) = value.integer_decode();
        // An odd mantissa has no common divisor with a power of two.
        let zeros = mantissa.trailing_zeros();
        let exponent = i64::from(exponent) + i64::from(zeros);
        if value.is_finite()
            && let Some(odd) = mantissa.checked_shr(zeros).and_then(|odd| i64::try_from(odd).ok())
        {
            let odd = odd * i64::from(sign);
            match exponent {
                -62..=-1 => return Self::Small(odd, 1 << -exponent),
                0..=9 => return Self::Small(odd << exponent, 1),
                _ => {}
            }
        }
        Rational::from_float(value).map_or(Self::ZERO, |value| Self::from(&value))
    }

    /// `top / bottom`, the bottom not zero.
    pub(crate) fn from_ratio(top: i64, bottom: i64) -> Self {
        Self::quotient(top.into(), bottom.into())
    }

    /// The largest positive number of which both are whole multiples; 1 for very long numbers.
    pub(crate) fn common(&self, other: &Self) -> Self {
        let (&Self::Small(a, b), &Self::Small(c, d)) = (self, other) else {
            return Self::ONE;
        };
        let bottom = i128::from(b) * i128::from(d / b.gcd(&d));
        let top = (i128::from(a) * (bottom / i128::from(b))).gcd(&(i128::from(c) * (bottom / i128::from(d))));
        if top == 0 { Self::ZERO } else { Self::quotient(top, bottom) }
    }

    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        let (&Self::Small(a, b), &Self::Small(c, d)) = (self, other) else {
            return self.to_rational().cmp(&other.to_rational());
        };
        (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)))
    }

    /// The real root of degree `degree` if it is rational; of a negative number for odd degrees.
    pub(crate) fn exact_root(&self, degree: u32) -> Option<Self> {
        if let &Self::Small(top, bottom) = self {
            let root = |value: i64| Some(value.nth_root(degree)).filter(|root| root.checked_pow(degree) == Some(value));
            let real = top >= 0 || !degree.is_multiple_of(2);
            return if real { Some(Self::Small(root(top)?, root(bottom)?)) } else { None };
        }
        let value = self.to_rational();
        let (top, bottom) = (value.numer(), value.denom());
        if top.is_negative() && degree.is_multiple_of(2) {
            return None;
        }
        let (a, b) = (top.nth_root(degree), bottom.nth_root(degree));
        (a.pow(degree) == *top && b.pow(degree) == *bottom).then(|| Self::from(&Rational::new_raw(a, b)))
    }

    /// The power `exponent`, by squaring; it must not be zero if the exponent is negative.
    pub(crate) fn raised(&self, exponent: i32) -> Self {
        let (mut power, mut square, mut left) = (Self::ONE, self.clone(), exponent.unsigned_abs());
        while left > 0 {
            if left & 1 == 1 {
                power = &power * &square;
            }
            left >>= 1;
            if left > 0 {
                square = &square * &square;
            }
        }
        if exponent < 0 { &Self::ONE / &power } else { power }
    }

    pub(crate) fn is_whole(&self) -> bool {
        match self {
            Self::Small(_, bottom) => *bottom == 1,
            Self::Big(value) => value.is_integer(),
        }
    }

    /// The whole number it is, if it is one that fits.
    pub(crate) const fn to_whole(&self) -> Option<i64> {
        match self {
            Self::Small(top, 1) => Some(*top),
            _ => None,
        }
    }

    /// `top / bottom`, the bottom not zero, brought to lowest terms.
    fn quotient(top: i128, bottom: i128) -> Self {
        if let (Ok(a), Ok(b)) = (i64::try_from(top), i64::try_from(bottom)) {
            let common = a.unsigned_abs().gcd(&b.unsigned_abs());
            let common = if b < 0 { -i128::from(common) } else { i128::from(common) };
            return Self::fitted(top / common, bottom / common);
        }
        let common = top.gcd(&bottom) * bottom.signum();
        Self::fitted(top / common, bottom / common)
    }

    /// Two parts in lowest terms, the bottom positive.
    fn fitted(top: i128, bottom: i128) -> Self {
        match (i64::try_from(top), i64::try_from(bottom)) {
            (Ok(top), Ok(bottom)) => Self::Small(top, bottom),
            _ => Self::Big(Box::new(Rational::new_raw(top.into(), bottom.into()))),
        }
    }
}

impl From<&Rational> for Exact {
    fn from(value: &Rational) -> Self {
        match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(top), Some(bottom)) => Self::Small(top, bottom),
            _ => Self::Big(Box::new(value.clone())),
        }
    }
}

impl From<usize> for Exact {
    fn from(value: usize) -> Self {
        Self::from(&Rational::from_integer(BigInt::from(value)))
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Neg for &Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        match self {
            Exact::Small(top, bottom) => Exact::fitted(-i128::from(*top), i128::from(*bottom)),
            Exact::Big(value) => Exact::from(&-&**value),
        }
    }
}

impl Add for &Exact {
    type Output = Exact;

    fn add(self, other: Self) -> Exact {
        let (&Exact::Small(a, b), &Exact::Small(c, d)) = (self, other) else {
            return Exact::from(&(self.to_rational() + other.to_rational()));
        };
        let [a, b, c, d] = [a, b, c, d].map(i128::from);
        if b == d {
            return if b == 1 { Exact::fitted(a + c, 1) } else { Exact::quotient(a + c, b) };
        }
        // Each product is below 2^126, so the sum cannot overflow.
        Exact::quotient(a * d + c * b, b * d)
    }
}

impl Sub for &Exact {
    type Output = Exact;

    fn sub(self, other: Self) -> Exact {
        self + &-other
    }
}

impl Mul for &Exact {
    type Output = Exact;

    fn mul(self, other: Self) -> Exact {
        let (&Exact::Small(a, b), &Exact::Small(c, d)) = (self, other) else {
            return Exact::from(&(self.to_rational() * other.to_rational()));
        };
        let [a, b, c, d] = [a, b, c, d].map(i128::from);
        if b == 1 && d == 1 {
            return Exact::fitted(a * c, 1);
        }
        Exact::quotient(a * c, b * d)
    }
}

impl Div for &Exact {
    type Output = Exact;

    /// The divisor must not be zero.
    fn div(self, other: Self) -> Exact {
        let (&Exact::Small(a, b), &Exact::Small(c, d)) = (self, other) else {
            return Exact::from(&(self.to_rational() / other.to_rational()));
        };
        let [a, b, c, d] = [a, b, c, d].map(i128::from);
        Exact::quotient(a * d, b * c)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn short_numbers_are_worked_with_as_long_ones(
            top in any::<i64>(), bottom in 1..i64::MAX, size in -9..10_i32, degree in 1..7_u32, value in any::<f64>(),
        ) {
            let long = Rational::new(top.into(), bottom.into());
            let short = Exact::from_ratio(top, bottom);
            prop_assert_eq!(short.to_rational(), long.clone());
            if top != 0 {
                prop_assert_eq!(short.raised(size).to_rational(), long.pow(size));
            }
            let found = Rational::from_float(value).map_or(Exact::ZERO, |value| Exact::from(&value));
            prop_assert_eq!(Exact::from_f64(value), found);
            let small = Exact::from_ratio(top % 1000, bottom % 1000 + 1);
            let power = small.raised(degree.cast_signed());
            let root = if degree % 2 == 0 { small.abs() } else { small.clone() };
            prop_assert_eq!(power.exact_root(degree), Some(root));
            if !power.is_zero() {
                let more = &power + &Exact::ONE;
                let again = more.exact_root(degree).map(|root| root.raised(degree.cast_signed()));
                prop_assert!(again.is_none_or(|again| again == more));
            }
        }

        #[test]
        fn doubles_of_few_digits_are_short(whole in -1_000_000..1_000_000_i64, halvings in 0..40_i32) {
            #[expect(clippy::cast_precision_loss, reason = "a small number")]
            let value = whole as f64 * 0.5_f64.powi(halvings);
            let found = Exact::from_f64(value);
            prop_assert_eq!(&found, &Exact::from(&Rational::from_float(value).unwrap_or_default()));
            prop_assert!(matches!(found, Exact::Small(..)));
        }
    }
}
