//! Logarithms, as sums over the factors of what they are taken of.
//!
//! The kernel of a polynomial is the logarithm of its size. That is sound: where `ln(ab)` exists it
//! is `ln|a|+ln|b|`, whatever the signs.

use super::radical::prime_factors;
use super::{Kernel, Normal, Normalizer, Stop};
use crate::exact::{Exact, Fraction, Polynomial, Refusal};
use crate::value::{Function, Term};

impl Normalizer {
    pub(super) fn logarithm(&mut self, of: &Term) -> Normal {
        match of {
            Term::E => Ok(Fraction::constant(Exact::ONE)),
            Term::Product(parts) => {
                let mut sum = Fraction::constant(Exact::ZERO);
                for part in parts {
                    let part = self.logarithm(part)?;
                    sum = sum.plus(part, &mut self.work)?;
                }
                Ok(sum)
            }
            Term::Power(base, exponent) => {
                let base = self.logarithm(base)?;
                Ok(base.times(&Fraction::constant(exponent.clone()), &mut self.work)?)
            }
            Term::Raised(base, exponent) => {
                let (base, exponent) = (self.logarithm(base)?, self.normal(exponent)?);
                self.times(&base, &exponent)
            }
            Term::Apply(Function::Abs, of) => self.logarithm(of),
            _ => {
                let value = self.normal(of)?;
                let top = self.logarithm_of_size(&value.top)?;
                let bottom = self.logarithm_of_size(&value.bottom)?;
                Ok(top.plus(bottom.negated(), &mut self.work)?)
            }
        }
    }

    fn logarithm_of_size(&mut self, of: &Polynomial) -> Normal {
        if of.is_zero() {
            return Err(Refusal::DivisionByZero.into());
        }
        if let Some(value) = of.as_constant() {
            return self.logarithm_of_number(&value.abs());
        }
        let (monomial, rest) = of.without_common_names();
        let mut sum = Fraction::constant(Exact::ZERO);
        for (name, exponent) in monomial {
            let part = self.logarithm_of_name(name)?;
            let part = part.times(&Fraction::constant(Exact::Small(exponent.into(), 1)), &mut self.work)?;
            sum = sum.plus(part, &mut self.work)?;
        }
        let leading = rest.terms().last().map_or(Exact::ONE, |(_, value)| value.clone());
        let content = if leading.is_positive() { rest.content() } else { -&rest.content() };
        let part = self.logarithm_of_number(&content.abs())?;
        sum = sum.plus(part, &mut self.work)?;
        let rest = rest.times(&Polynomial::constant(&Exact::ONE / &content), &mut self.work)?;
        if rest.is_one() {
            return Ok(sum);
        }
        let kernel = self.kernel(Kernel::Log(rest))?;
        Ok(sum.plus(kernel, &mut self.work)?)
    }

    fn logarithm_of_name(&mut self, name: crate::tree::Name) -> Normal {
        match self.kernel_named(name).cloned() {
            Some(Kernel::E) => Ok(Fraction::constant(Exact::ONE)),
            Some(Kernel::Prime(prime)) => {
                let log = self.kernel(Kernel::Log(Polynomial::constant(Exact::Small(prime, 1))))?;
                let part = Fraction::constant(Exact::Small(1, self.order.into()));
                Ok(log.times(&part, &mut self.work)?)
            }
            Some(Kernel::Fine(of)) => {
                let log = self.kernel(Kernel::Log(Polynomial::letter(of)))?;
                let part = Fraction::constant(Exact::Small(1, self.order.into()));
                Ok(log.times(&part, &mut self.work)?)
            }
            Some(Kernel::Size(of)) if of.bottom.is_one() => self.logarithm_of_size(&of.top),
            _ => self.kernel(Kernel::Log(Polynomial::letter(name))),
        }
    }

    fn logarithm_of_number(&mut self, value: &Exact) -> Normal {
        let Exact::Small(top, bottom) = *value else {
            return Err(Stop::Beyond);
        };
        let mut sum = Fraction::constant(Exact::ZERO);
        for (number, sign) in [(top, 1), (bottom, -1)] {
            for (prime, times) in prime_factors(number).ok_or(Stop::Beyond)? {
                let log = self.kernel(Kernel::Log(Polynomial::constant(Exact::Small(prime, 1))))?;
                let times = Fraction::constant(Exact::Small(sign * i64::from(times), 1));
                sum = sum.plus(log.times(&times, &mut self.work)?, &mut self.work)?;
            }
        }
        Ok(sum)
    }
}
