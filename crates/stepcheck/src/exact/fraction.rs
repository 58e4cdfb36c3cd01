//! Quotients of polynomials, not always in lowest terms; compared by multiplying crosswise.

use super::polynomial::{Monomial, Polynomial, Work};
use super::{Exact, Rational, Refusal, raise};

/// `top / bottom`; `bottom` is never zero, and it is 1 whenever it has no letter.
#[derive(Debug, Clone)]
pub(crate) struct Fraction {
    pub(crate) top: Polynomial,
    pub(crate) bottom: Polynomial,
}

impl Fraction {
    pub(crate) fn whole(top: Polynomial) -> Self {
        Self { top, bottom: Polynomial::constant(Exact::ONE) }
    }

    pub(crate) fn constant(value: Exact) -> Self {
        Self::whole(Polynomial::constant(value))
    }

    /// Its value, if no letter is left in it.
    pub(crate) fn as_constant(&self) -> Option<Exact> {
        if let Some(bottom) = self.bottom.as_constant() {
            return self.top.as_constant().map(|top| &top / &bottom);
        }
        if self.top.is_zero() {
            return Some(Exact::ZERO);
        }
        let (_, first) = self.top.terms().first()?;
        let (_, below) = self.bottom.terms().first()?;
        self.top.is_multiple_of(&self.bottom).then(|| first / below)
    }

    /// The same for those outside.
    pub(crate) fn to_rational(&self) -> Option<Rational> {
        self.as_constant().map(|value| value.to_rational())
    }

    pub(crate) fn negated(self) -> Self {
        Self { top: self.top.negated(), bottom: self.bottom }
    }

    pub(crate) fn plus(self, other: Self, work: &mut Work) -> Result<Self, Refusal> {
        if self.bottom == other.bottom {
            let top = self.top.plus(other.top)?;
            return Ok(Self { top, bottom: self.bottom });
        }
        let left = self.top.times(&other.bottom, work)?;
        let right = other.top.times(&self.bottom, work)?;
        Ok(Self { top: left.plus(right)?, bottom: self.bottom.times(&other.bottom, work)? })
    }

    pub(crate) fn times(&self, other: &Self, work: &mut Work) -> Result<Self, Refusal> {
        Ok(Self {
            top: self.top.times(&other.top, work)?,
            bottom: if self.bottom.is_one() { other.bottom.clone() } else { self.bottom.times(&other.bottom, work)? },
        })
    }

    pub(crate) fn over(&self, other: &Self, work: &mut Work) -> Result<Self, Refusal> {
        self.times(&other.inverted(work)?, work)
    }

    /// One over it. Where it has no value, its inverse has none either: `1/(1/x)` stays undefined
    /// at 0, which matters for the solutions of an equation.
    fn inverted(&self, work: &mut Work) -> Result<Self, Refusal> {
        if self.top.is_zero() {
            return Err(Refusal::DivisionByZero);
        }
        let (top, bottom) = if self.bottom.is_one() {
            (self.bottom.clone(), self.top.clone())
        } else {
            let below = self.top.times(&self.bottom, work)?;
            (self.bottom.times(&self.bottom, work)?, below)
        };
        let Some(value) = bottom.as_constant() else {
            return Ok(Self { top, bottom });
        };
        let factor = Polynomial::constant(&Exact::ONE / &value);
        Ok(Self::whole(top.times(&factor, work)?))
    }

    /// The whole power `exponent`, which may be negative.
    pub(crate) fn raised(&self, exponent: i64, work: &mut Work) -> Result<Self, Refusal> {
        if let Some(value) = self.as_constant() {
            let fits = value.bits().saturating_mul(exponent.unsigned_abs()) < 63 && !value.is_zero();
            if let Some(exponent) = i32::try_from(exponent).ok().filter(|_| fits) {
                return Ok(Self::constant(value.raised(exponent)));
            }
            return raise(&value.to_rational(), exponent).map(|power| Self::constant(Exact::from(&power)));
        }
        let size = u32::try_from(exponent.unsigned_abs()).map_err(|_| Refusal::TooLarge)?;
        let base = if exponent < 0 { &self.inverted(work)? } else { self };
        Ok(Self { top: base.top.raised(size, work)?, bottom: base.bottom.raised(size, work)? })
    }

    /// The quotient without the names that divide both of its parts. It can have a value at more
    /// places than before.
    pub(crate) fn without_common_names(self, work: &mut Work) -> Result<Self, Refusal> {
        let (above, top) = self.top.without_common_names();
        let (below, bottom) = self.bottom.without_common_names();
        let left = |own: &Monomial, other: &Monomial| {
            let rest = own.iter().map(|(name, exponent)| {
                let shared = other.iter().find(|(same, _)| same == name).map_or(0, |(_, shared)| *shared);
                (*name, exponent.saturating_sub(shared))
            });
            Polynomial::from_terms([(rest.filter(|(_, exponent)| *exponent > 0).collect(), Exact::ONE)])
        };
        let top = top.times(&left(&above, &below)?, work)?;
        let bottom = bottom.times(&left(&below, &above)?, work)?;
        match bottom.as_constant() {
            Some(value) => Ok(Self::whole(top.times(&Polynomial::constant(&Exact::ONE / &value), work)?)),
            None => Ok(Self { top, bottom }),
        }
    }

    /// True if both have the same value wherever both have one.
    pub(crate) fn equals(&self, other: &Self) -> Result<bool, Refusal> {
        if self.bottom == other.bottom {
            return Ok(self.top == other.top);
        }
        let work = &mut Work::new();
        Ok(self.top.times(&other.bottom, work)? == other.top.times(&self.bottom, work)?)
    }
}
