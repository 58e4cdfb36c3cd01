//! Exact arithmetic: rational numbers, polynomials in several letters, quotients of them, and the
//! real roots of polynomials in one letter. Everything is bounded: what would grow too large is
//! refused with [`Missing::TooLarge`](crate::Missing::TooLarge).

mod fraction;
mod normal;
mod number;
mod polynomial;
mod roots;
mod value;

pub(crate) use fraction::Fraction;
pub(crate) use normal::normal;
pub(crate) use number::Exact;
pub(crate) use polynomial::{Monomial, Polynomial, Work};
pub(crate) use roots::{Roots, Univariate};
pub use value::evaluate;

/// An exact rational number of any size.
pub type Rational = num_rational::BigRational;

/// The most bits a numerator or denominator may have.
pub(crate) const MAX_BITS: u64 = 4096;
/// The most terms a polynomial may have.
pub(crate) const MAX_TERMS: usize = 300;
/// The highest degree in one letter.
pub(crate) const MAX_DEGREE: u32 = 100;

/// How many bits the larger of numerator and denominator has.
pub(crate) fn bits(value: &Rational) -> u64 {
    value.numer().bits().max(value.denom().bits())
}

/// `base` to the whole power `exponent`, or why not.
pub(crate) fn raise(base: &Rational, exponent: i64) -> Result<Rational, Refusal> {
    use num_traits::{One, Signed, Zero};
    if base.is_zero() {
        return match exponent {
            1.. => Ok(Rational::zero()),
            _ => Err(Refusal::DivisionByZero),
        };
    }
    if base.abs().is_one() {
        let negative = base.is_negative() && exponent % 2 != 0;
        return Ok(if negative { -Rational::one() } else { Rational::one() });
    }
    let size = exponent.unsigned_abs();
    if size.saturating_mul(bits(base)) > MAX_BITS {
        return Err(Refusal::TooLarge);
    }
    i32::try_from(exponent).map(|exponent| base.pow(exponent)).map_err(|_| Refusal::TooLarge)
}

/// Why an expression has no exact value here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    TooLarge,
    DivisionByZero,
    WholeExponent,
    /// It has a value, but none that can be worked out here.
    Undecided,
}
