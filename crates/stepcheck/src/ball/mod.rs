//! Real numbers as balls: a midpoint and a radius that the true value never leaves.
//!
//! Midpoints are `m·2^e` of a fixed number of bits; every operation adds what it rounds away to
//! the radius (midpoint-radius arithmetic as in F. Johansson, «Arb», IEEE Trans. Comput. 66, 2017).
//! So two balls that do not meet are a proof that two numbers differ.

mod functions;
mod radius;

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive, Zero};

use crate::exact::{Exact, Rational};
pub(crate) use radius::Radius;

/// The bits of a midpoint.
pub(crate) const BITS: u64 = 256;
/// A ball about zero that is smaller than `2^TINY` is taken for zero where a decision is needed:
/// far below any difference that numbers of a school line can have.
pub(crate) const TINY: i64 = -120;
/// Roots of higher degree are taken by logarithm.
const MOST_BY_WHOLE_ROOT: u32 = 12;
/// Beyond this power of two nothing is computed.
const FAR: i64 = 1 << 40;

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    /// There is none: a division by zero, an even root of a negative number, a logarithm of one.
    Undefined,
    /// It cannot be told with this many bits.
    Unknown,
}

pub(crate) type Real = Result<Ball, Lack>;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ball {
    m: BigInt,
    e: i64,
    radius: Radius,
}

impl Ball {
    pub(crate) fn zero() -> Self {
        Self { m: BigInt::zero(), e: 0, radius: Radius::ZERO }
    }

    pub(crate) fn whole(value: i64) -> Self {
        Self { m: value.into(), e: 0, radius: Radius::ZERO }
    }

    /// `m·2^e`, exactly if it has few bits.
    pub(crate) fn binary(m: BigInt, e: i64) -> Self {
        Self::rounded(m, e, Radius::ZERO)
    }

    /// The ball about `value`.
    pub(crate) fn from_exact(value: &Exact) -> Self {
        if let Exact::Small(top, bottom) = value {
            if *bottom == 1 {
                return Self::whole(*top);
            }
            return Self::ratio(&BigInt::from(*top), &BigInt::from(*bottom));
        }
        let value = value.to_rational();
        Self::ratio(value.numer(), value.denom())
    }

    fn ratio(top: &BigInt, bottom: &BigInt) -> Self {
        let shift = (BITS + 2 + bottom.bits()).saturating_sub(top.bits());
        let quotient = (top << shift) / bottom;
        let e = -shift.cast_signed();
        Self::rounded(quotient, e, Radius::power_of_two(e))
    }

    /// The exact ball about a finite `value`.
    pub(crate) fn from_f64(value: f64) -> Self {
        if value == 0.0 || !value.is_finite() {
            return Self::zero();
        }
        let bits = value.to_bits();
        let exponent = ((bits >> 52) & 0x7ff).cast_signed();
        let m = (bits & ((1 << 52) - 1)) | if exponent == 0 { 0 } else { 1 << 52 };
        let m = if value < 0.0 { -BigInt::from(m) } else { BigInt::from(m) };
        Self { m, e: exponent.max(1) - 1075, radius: Radius::ZERO }
    }

    fn rounded(mut m: BigInt, mut e: i64, mut radius: Radius) -> Self {
        let bits = m.bits();
        if bits > BITS {
            let away = bits - BITS;
            m >>= away;
            e += away.cast_signed();
            radius = radius.plus(Radius::power_of_two(e));
        }
        Self { m, e, radius }
    }

    /// The ball, unless it is too far away to be of use.
    fn checked(self) -> Real {
        let near = self.e.abs() < FAR && (self.radius.is_zero() || self.radius.exponent() < FAR);
        if near { Ok(self) } else { Err(Lack::Unknown) }
    }

    #[cfg(test)]
    pub(crate) fn radius(&self) -> Radius {
        self.radius
    }

    /// The same midpoint, taken as exact.
    pub(crate) fn midpoint(&self) -> Self {
        Self { m: self.m.clone(), e: self.e, radius: Radius::ZERO }
    }

    /// The ball with `more` added to its radius.
    pub(crate) fn widened(mut self, more: Radius) -> Self {
        self.radius = self.radius.plus(more);
        self
    }

    fn upper(&self) -> Radius {
        size_of(&self.m, self.e, true)
    }

    /// An upper bound of the size of what is in it.
    pub(crate) fn most(&self) -> Radius {
        self.upper().plus(self.radius)
    }

    /// A lower bound of the size of what is in it.
    pub(crate) fn least(&self) -> Radius {
        size_of(&self.m, self.e, false).less(self.radius)
    }

    pub(crate) fn is_exactly_zero(&self) -> bool {
        self.m.is_zero() && self.radius.is_zero()
    }

    /// The sign, if it is certain; zero only if that is exact.
    pub(crate) fn sign(&self) -> Option<Ordering> {
        if self.is_exactly_zero() {
            return Some(Ordering::Equal);
        }
        if self.least().is_zero() {
            return None;
        }
        Some(if self.m.is_positive() { Ordering::Greater } else { Ordering::Less })
    }

    /// The sign, a tiny ball about zero being taken for zero.
    pub(crate) fn settled_sign(&self) -> Option<Ordering> {
        let tiny = || (self.most().exponent() < TINY).then_some(Ordering::Equal);
        self.sign().or_else(tiny)
    }

    /// Its whole value, if it is exactly that.
    pub(crate) fn to_whole(&self) -> Option<i64> {
        if !self.radius.is_zero() || self.e.abs() > 1000 {
            return None;
        }
        if self.e >= 0 {
            return (&self.m << self.e.unsigned_abs()).to_i64();
        }
        let whole = &self.m >> self.e.unsigned_abs();
        (&whole << self.e.unsigned_abs() == self.m).then(|| whole.to_i64()).flatten()
    }

    /// The midpoint as a double; infinite if it is too large.
    pub(crate) fn to_f64(&self) -> f64 {
        let away = self.m.bits().saturating_sub(60);
        let top = (&self.m >> away).to_f64().unwrap_or(0.0);
        let e = self.e.saturating_add(away.cast_signed()).clamp(-2000, 2000);
        let half = i32::try_from(e / 2).unwrap_or(0);
        let rest = i32::try_from(e - e / 2).unwrap_or(0);
        top * f64::powi(2.0, half) * f64::powi(2.0, rest)
    }

    /// The midpoint; `None` if it is far too large or small to be written out.
    pub(crate) fn to_rational(&self) -> Option<Rational> {
        let size = usize::try_from(self.e.unsigned_abs()).ok().filter(|size| *size <= 2_000)?;
        let power = Rational::from_integer(BigInt::from(1) << size);
        let whole = Rational::from_integer(self.m.clone());
        Some(if self.e < 0 { whole / power } else { whole * power })
    }

    pub(crate) fn negated(mut self) -> Self {
        self.m = -self.m;
        self
    }

    pub(crate) fn size(mut self) -> Self {
        if self.m.sign() == Sign::Minus {
            self.m = -self.m;
        }
        self
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        let radius = self.radius.plus(other.radius);
        if self.m.is_zero() {
            return Self { radius, ..other.clone() };
        }
        if other.m.is_zero() {
            return Self { radius, ..self.clone() };
        }
        let (high, low) = if self.e >= other.e { (self, other) } else { (other, self) };
        let apart = (high.e - low.e).unsigned_abs();
        if apart > 4 * BITS {
            // The lower one cannot reach a bit of the higher one.
            return Self { radius: radius.plus(low.upper()), ..high.clone() };
        }
        Self::rounded((&high.m << apart) + &low.m, low.e, radius)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.plus(&other.clone().negated())
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        let mut radius = self.radius.times(other.radius);
        if !self.radius.is_zero() {
            radius = radius.plus(self.radius.times(other.upper()));
        }
        if !other.radius.is_zero() {
            radius = radius.plus(other.radius.times(self.upper()));
        }
        Self::rounded(&self.m * &other.m, self.e.saturating_add(other.e), radius)
    }

    /// The quotient. A divisor that is tiny about zero is taken for zero.
    pub(crate) fn over(&self, other: &Self) -> Real {
        match other.settled_sign() {
            Some(Ordering::Equal) => return Err(Lack::Undefined),
            None => return Err(Lack::Unknown),
            Some(_) => {}
        }
        let shift = (BITS + 2 + other.m.bits()).saturating_sub(self.m.bits());
        let e = self.e - other.e - shift.cast_signed();
        let quotient = (&self.m << shift) / &other.m;
        let least = other.least();
        let mut radius = Radius::power_of_two(e);
        if !self.radius.is_zero() {
            radius = radius.plus(self.radius.over(least));
        }
        if !other.radius.is_zero() {
            let middle = size_of(&other.m, other.e, false);
            radius = radius.plus(self.upper().times(other.radius).over(least).over(middle));
        }
        Self::rounded(quotient, e, radius).checked()
    }

    /// The whole power `exponent`.
    pub(crate) fn raised(&self, exponent: i64) -> Real {
        if exponent < 0 {
            return Self::whole(1).over(&self.raised(-exponent)?);
        }
        if exponent == 0 {
            return match self.settled_sign() {
                Some(Ordering::Equal) => Err(Lack::Undefined),
                None => Err(Lack::Unknown),
                Some(_) => Ok(Self::whole(1)),
            };
        }
        let (mut power, mut square, mut left) = (Self::whole(1), self.clone(), exponent);
        while left > 0 {
            if left & 1 == 1 {
                power = power.times(&square).checked()?;
            }
            left >>= 1;
            if left > 0 {
                square = square.times(&square).checked()?;
            }
        }
        Ok(power)
    }

    /// The real root of degree `degree` (1 or more): of negative numbers too if the degree is odd.
    pub(crate) fn root(&self, degree: u32) -> Real {
        if degree % 2 == 1 && self.m.is_negative() {
            return self.clone().negated().root(degree).map(Self::negated);
        }
        match self.sign() {
            Some(Ordering::Less) => return Err(Lack::Undefined),
            Some(Ordering::Equal) => return Ok(Self::zero()),
            Some(Ordering::Greater) => {}
            None if self.most().exponent() < TINY => return Ok(Self::zero()),
            None => return Err(Lack::Unknown),
        }
        if degree > MOST_BY_WHOLE_ROOT {
            return self.ln()?.over(&Self::whole(degree.into()))?.exp();
        }
        let step = i64::from(degree);
        let wanted = (BITS + 4) * u64::from(degree);
        let mut shift = wanted.saturating_sub(self.m.bits()).cast_signed();
        shift += (self.e - shift).rem_euclid(step);
        let e = (self.e - shift) / step;
        let root = (&self.m << shift.unsigned_abs()).nth_root(degree);
        let mut found = Self::rounded(root, e, Radius::power_of_two(e));
        if !self.radius.is_zero() {
            let more = found.most().times(self.radius).over(self.least());
            found = found.widened(more);
        }
        Ok(found)
    }

    /// The whole number or simple fraction that it cannot be told from, if there is one.
    pub(crate) fn short(&self) -> Option<Exact> {
        let near = self.to_f64();
        [1.0, 2.0, 3.0, 10.0, 100.0].into_iter().find_map(|bottom| {
            let top = (near * bottom).round();
            if top.abs() > 1e12 {
                return None;
            }
            let candidate = &Exact::from_f64(top) / &Exact::from_f64(bottom);
            let apart = self.minus(&Self::from_exact(&candidate));
            (apart.settled_sign() == Some(Ordering::Equal)).then_some(candidate)
        })
    }

    /// True if a number can be in both.
    #[cfg(test)]
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.minus(other).least().is_zero()
    }

    /// The order of the two if they do not meet.
    pub(crate) fn order(&self, other: &Self) -> Option<Ordering> {
        self.minus(other).sign()
    }
}

/// A bound of `|m|·2^e`, from above or from below.
fn size_of(m: &BigInt, e: i64, above: bool) -> Radius {
    if m.is_zero() {
        return Radius::ZERO;
    }
    let away = m.bits().saturating_sub(50);
    let top = (m.magnitude() >> away).to_u64().unwrap_or(u64::MAX);
    let more = u64::from(above && away > 0);
    #[expect(clippy::cast_precision_loss, reason = "it has at most 51 bits")]
    let value = (top + more) as f64;
    Radius::new(value, e + away.cast_signed())
}
