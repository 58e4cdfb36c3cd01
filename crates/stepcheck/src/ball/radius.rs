//! Upper bounds: numbers of about 50 bits with a wide exponent, always rounded upwards.

/// What a rounding may lose, and then some: every operation enlarges its result by this.
const UPWARDS: f64 = 1.0 + 4.0 * f64::EPSILON;

/// A bound `m·2^e` with `1 ≤ m < 2`, or zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Radius {
    m: f64,
    e: i64,
}

impl Radius {
    pub(crate) const ZERO: Self = Self { m: 0.0, e: i64::MIN / 2 };

    /// At least `value·2^e`; the value is positive or zero and finite.
    pub(crate) fn new(value: f64, e: i64) -> Self {
        if value <= 0.0 {
            return Self::ZERO;
        }
        let bits = value.to_bits();
        let exponent = ((bits >> 52) & 0x7ff).cast_signed() - 1023;
        let m = f64::from_bits((bits & !(0x7ff << 52)) | (1023 << 52));
        Self { m, e: e + exponent }
    }

    pub(crate) fn power_of_two(e: i64) -> Self {
        Self { m: 1.0, e }
    }

    pub(crate) fn is_zero(self) -> bool {
        self.m == 0.0
    }

    /// The power of two below it.
    pub(crate) fn exponent(self) -> i64 {
        self.e
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        let (large, small) = if self.above(other) { (self, other) } else { (other, self) };
        if large.is_zero() || small.is_zero() {
            return large;
        }
        let apart = large.e - small.e;
        let more = if apart > 60 { 0.0 } else { small.m * f64::powi(0.5, i32::try_from(apart).unwrap_or(60)) };
        Self::new((large.m + more) * UPWARDS, large.e)
    }

    pub(crate) fn times(self, other: Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Self::ZERO;
        }
        Self::new(self.m * other.m * UPWARDS, self.e + other.e)
    }

    /// At least the quotient; `below` must be a lower bound of the divisor and not zero.
    pub(crate) fn over(self, below: Self) -> Self {
        if self.is_zero() {
            return Self::ZERO;
        }
        Self::new(self.m / below.m * UPWARDS, self.e - below.e)
    }

    /// A lower bound of the difference, zero at least.
    pub(crate) fn less(self, other: Self) -> Self {
        if !self.above(other) {
            return Self::ZERO;
        }
        let apart = self.e - other.e;
        let taken = if apart > 60 { 1e-17 } else { other.m * f64::powi(0.5, i32::try_from(apart).unwrap_or(60)) };
        Self::new((self.m - taken * UPWARDS) * (2.0 - UPWARDS), self.e)
    }

    /// At least the square root.
    pub(crate) fn root(self) -> Self {
        if self.is_zero() {
            return self;
        }
        let odd = self.e.rem_euclid(2);
        let m = if odd == 1 { self.m * 2.0 } else { self.m };
        Self::new(m.sqrt() * UPWARDS, (self.e - odd) / 2)
    }

    /// True if it is larger.
    pub(crate) fn above(self, other: Self) -> bool {
        if self.is_zero() || other.is_zero() {
            return !self.is_zero();
        }
        self.e > other.e || (self.e == other.e && self.m > other.m)
    }
}

#[cfg(test)]
mod tests {
    use super::Radius;

    #[test]
    fn bounds_never_fall_below() {
        let third = Radius::new(1.0 / 3.0, 0);
        assert!(third.plus(third).plus(third).above(Radius::new(0.999_999_999, 0)));
        assert!(Radius::new(2.0, 0).root().above(Radius::new(1.414, 0)));
        assert!(Radius::new(3.0, 0).less(Radius::new(1.0, 0)).above(Radius::new(1.999, 0)));
        assert!(!Radius::new(3.0, 0).less(Radius::new(1.0, 0)).above(Radius::new(2.0, 0)));
        assert!(Radius::ZERO.times(third).is_zero());
    }
}
