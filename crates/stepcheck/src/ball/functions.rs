//! Exponential, logarithm and the trigonometric functions of balls.
//!
//! Arguments are reduced by multiples of ln 2 and π/2 in fixed point, then a Taylor series is
//! summed; the inverse functions start from the double and take one step of Newton's kind whose
//! remainder is bounded (R. P. Brent and P. Zimmermann, «Modern Computer Arithmetic», 2010, ch. 4).

use std::cmp::Ordering;
use std::sync::LazyLock;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

use super::{BITS, Ball, Lack, Radius, Real};

/// The bits after the point in the constants.
const CONSTANT_BITS: u64 = 480;
/// The bits after the point in a reduced argument.
const WORKING_BITS: u64 = BITS + 40;
/// The largest argument that is reduced, as a power of two.
const LARGEST: i64 = 60;

/// π·2^480, by Machin's formula.
static PI: LazyLock<BigInt> = LazyLock::new(|| {
    let bits = CONSTANT_BITS + 32;
    (arctangent(5, bits, true) * 16 - arctangent(239, bits, true) * 4) >> 32
});

/// ln 2·2^480 = 2·artanh(1/3)·2^480.
static LN_2: LazyLock<BigInt> = LazyLock::new(|| (arctangent(3, CONSTANT_BITS + 32, false) * 2) >> 32);

/// arctan(1/n)·2^bits, or artanh(1/n)·2^bits without alternation.
fn arctangent(n: u32, bits: u64, alternating: bool) -> BigInt {
    let mut power = (BigInt::from(1) << bits) / n;
    let mut sum = power.clone();
    let mut k = 1_u32;
    while !power.is_zero() {
        power /= n * n;
        k += 2;
        let term = &power / k;
        if alternating && k % 4 == 3 {
            sum -= term;
        } else {
            sum += term;
        }
    }
    sum
}

impl Ball {
    pub(crate) fn pi() -> Self {
        let e = -CONSTANT_BITS.cast_signed();
        Self::rounded(PI.clone(), e, Radius::power_of_two(e + 8))
    }

    /// The midpoint as `m` in `m·2^-bits`, and what was cut away is below one unit.
    fn fixed(&self, bits: u64) -> BigInt {
        let shift = self.e + bits.cast_signed();
        if shift >= 0 { &self.m << shift.unsigned_abs() } else { &self.m >> shift.unsigned_abs() }
    }

    /// The midpoint as a multiple of `unit` (of `CONSTANT_BITS`) and a rest of at most half of it
    /// in `WORKING_BITS`.
    fn reduced(&self, unit: &BigInt) -> Result<(BigInt, BigInt), Lack> {
        if self.m.bits().cast_signed() + self.e > LARGEST {
            return Err(Lack::Unknown);
        }
        let bits = WORKING_BITS + LARGEST.unsigned_abs() + 10;
        let unit = unit >> (CONSTANT_BITS - bits);
        let argument = self.fixed(bits);
        let times = (&argument + (&unit >> 1u8)).div_floor(&unit);
        let rest = argument - &times * unit;
        Ok((times, rest >> (bits - WORKING_BITS)))
    }

    /// e to the power of it.
    pub(crate) fn exp(&self) -> Real {
        const HALVINGS: u64 = 8;
        if self.radius.above(Radius::power_of_two(-1)) {
            return Err(Lack::Unknown);
        }
        let (times, rest) = self.reduced(&LN_2)?;
        let times = times.to_i64().ok_or(Lack::Unknown)?;
        let one = BigInt::from(1) << WORKING_BITS;
        let small = rest >> HALVINGS;
        let (mut sum, mut term, mut n) = (&one + &small, small.clone(), 2_u32);
        while !term.is_zero() && n < 200 {
            term = ((term * &small) >> WORKING_BITS) / n;
            sum += &term;
            // An arithmetic shift of a negative number ends at −1, not at 0.
            if term == BigInt::from(-1) {
                break;
            }
            n += 1;
        }
        for _ in 0..HALVINGS {
            sum = (&sum * &sum) >> WORKING_BITS;
        }
        let value = Self::rounded(sum, times - WORKING_BITS.cast_signed(), Radius::ZERO);
        let relative = Radius::power_of_two(-(BITS.cast_signed() + 8)).plus(self.radius.times(Radius::new(2.0, 0)));
        let radius = value.most().times(relative);
        value.widened(radius).checked()
    }

    /// The natural logarithm.
    pub(crate) fn ln(&self) -> Real {
        match self.settled_sign() {
            Some(Ordering::Greater) => {}
            Some(_) => return Err(Lack::Undefined),
            None => return Err(Lack::Unknown),
        }
        if self.radius.is_zero() && self.to_whole() == Some(1) {
            return Ok(Self::zero());
        }
        let away = self.m.bits().saturating_sub(60);
        let top = (&self.m >> away).to_f64().unwrap_or(1.0);
        #[expect(clippy::cast_precision_loss, reason = "a first guess")]
        let guess = top.ln() + (self.e + away.cast_signed()) as f64 * std::f64::consts::LN_2;
        let guess = Self::from_f64(guess);
        // self = e^guess·(1+d), and ln(1+d) = 2·artanh(d/(2+d)).
        let ratio = self.times(&guess.clone().negated().exp()?);
        let s = ratio.minus(&Self::whole(1)).over(&ratio.plus(&Self::whole(1)))?;
        let square = s.times(&s);
        let mut sum = s.clone();
        let mut power = s.clone();
        for n in [3, 5, 7] {
            power = power.times(&square);
            sum = sum.plus(&power.over(&Self::whole(n))?);
        }
        let rest = power.most().times(square.most());
        guess.plus(&sum.times(&Self::whole(2))).widened(rest.times(Radius::new(2.0, 0))).checked()
    }

    /// Sine and cosine.
    pub(crate) fn sin_cos(&self) -> Result<(Self, Self), Lack> {
        let (times, rest) = self.reduced(&(&*PI >> 1u8))?;
        let series = |first: BigInt, mut n: u32| {
            let square = (&rest * &rest) >> WORKING_BITS;
            let (mut sum, mut term) = (first.clone(), first);
            while n < 200 {
                term = -((term * &square) >> WORKING_BITS) / (n * (n + 1));
                if term.is_zero() {
                    break;
                }
                sum += &term;
                n += 2;
            }
            let error = Radius::power_of_two(-(BITS.cast_signed() + 20)).plus(self.radius);
            Self::rounded(sum, -WORKING_BITS.cast_signed(), error)
        };
        let sine = series(rest.clone(), 2);
        let cosine = series(BigInt::from(1) << WORKING_BITS, 1);
        Ok(match times.mod_floor(&BigInt::from(4)).to_u8() {
            Some(0) => (sine, cosine),
            Some(1) => (cosine, sine.negated()),
            Some(2) => (sine.negated(), cosine.negated()),
            _ => (cosine.negated(), sine),
        })
    }

    pub(crate) fn arctan(&self) -> Real {
        let guess = Self::from_f64(self.to_f64().atan());
        let (sine, cosine) = guess.sin_cos()?;
        // The tangent of what is missing: the difference of two angles.
        let t = self.times(&cosine).minus(&sine).over(&cosine.plus(&self.times(&sine)))?;
        let square = t.times(&t);
        if square.most().exponent() > -40 {
            return Err(Lack::Unknown);
        }
        let mut sum = t.clone();
        let mut power = t;
        for n in [-3, 5, -7] {
            power = power.times(&square);
            sum = sum.plus(&power.over(&Self::whole(n))?);
        }
        let rest = power.most().times(square.most());
        guess.plus(&sum).widened(rest).checked()
    }

    pub(crate) fn arcsin(&self) -> Real {
        let one = Self::whole(1);
        let left = one.minus(&self.times(self));
        match left.settled_sign() {
            Some(Ordering::Greater) => self.over(&left.root(2)?)?.arctan(),
            Some(Ordering::Less) => Err(Lack::Undefined),
            Some(Ordering::Equal) => {
                let quarter = Self::pi().times(&Self::binary(1.into(), -1));
                let quarter = if self.m < BigInt::zero() { quarter.negated() } else { quarter };
                // arcsin(1−d) is within 2·√d of π/2.
                let off = left.most().root().times(Radius::new(2.0, 0));
                Ok(quarter.widened(off))
            }
            None => Err(Lack::Unknown),
        }
    }

    pub(crate) fn arccos(&self) -> Real {
        let quarter = Self::pi().times(&Self::binary(1.into(), -1));
        Ok(quarter.minus(&self.arcsin()?))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Ball, Lack};
    use crate::exact::Exact;

    fn of(top: i64, bottom: i64) -> Ball {
        Ball::from_exact(&Exact::Small(top, bottom))
    }

    fn close(ball: &Ball, value: f64) {
        assert!((ball.to_f64() - value).abs() <= 1e-14 * value.abs().max(1.0), "{ball:?} is not {value}");
        assert!(ball.radius().exponent() < -200, "{ball:?} is too wide");
    }

    #[test]
    fn functions_agree_with_doubles() {
        for (top, bottom) in [(1, 3), (-7, 5), (22, 7), (-100, 3), (1, 1000), (12345, 1)] {
            let (x, f) = (of(top, bottom), top as f64 / bottom as f64);
            if f < 300.0 {
                close(&x.exp().unwrap().over(&Ball::from_f64(f.exp())).unwrap(), 1.0);
            }
            let (sine, cosine) = x.sin_cos().unwrap();
            close(&sine, f.sin());
            close(&cosine, f.cos());
            close(&x.arctan().unwrap(), f.atan());
            close(&x.clone().size().ln().unwrap(), f.abs().ln());
            close(&x.root(3).unwrap(), f.cbrt());
        }
        close(&Ball::pi(), std::f64::consts::PI);
        close(&of(1, 2).arcsin().unwrap(), std::f64::consts::FRAC_PI_6);
        close(&of(-1, 1).arccos().unwrap(), std::f64::consts::PI);
    }

    #[test]
    fn identities_hold_to_the_last_bits() {
        for (top, bottom) in [(1, 3), (-7, 5), (22, 7), (19, 3), (1, 1000)] {
            let x = of(top, bottom);
            let (sine, cosine) = x.sin_cos().unwrap();
            assert!(sine.times(&sine).plus(&cosine.times(&cosine)).meets(&Ball::whole(1)));
            assert!(x.exp().unwrap().ln().unwrap().meets(&x));
            assert!(x.exp().unwrap().times(&x.clone().negated().exp().unwrap()).meets(&Ball::whole(1)));
            let (s, c) = x.arctan().unwrap().sin_cos().unwrap();
            assert!(s.over(&c).unwrap().meets(&x));
            assert!(x.root(5).unwrap().raised(5).unwrap().meets(&x));
        }
        // ln 2 + ln 3 = ln 6, and 6 + 2^-200 is told from it.
        let [two, three, six] = [2, 3, 6].map(|n| Ball::whole(n).ln().unwrap());
        assert!(two.plus(&three).meets(&six));
        let beside = Ball::whole(6).plus(&Ball::binary(1.into(), -200));
        assert!(!beside.ln().unwrap().meets(&six));
    }

    #[test]
    fn what_has_no_value_says_so() {
        assert_eq!(of(-4, 1).root(2).unwrap_err(), Lack::Undefined);
        assert_eq!(of(0, 1).ln().unwrap_err(), Lack::Undefined);
        assert_eq!(of(1, 1).over(&of(0, 1)).unwrap_err(), Lack::Undefined);
        assert_eq!(of(3, 2).arcsin().unwrap_err(), Lack::Undefined);
        assert_eq!(of(10, 1).exp().unwrap().exp().unwrap().exp().unwrap_err(), Lack::Unknown);
    }
}
