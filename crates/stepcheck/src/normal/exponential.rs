//! Powers with any exponent, as products of powers of e.

use super::{Kernel, MAX_ORDER, Normal, Normalizer, Stop};
use crate::exact::{Exact, Fraction, Monomial, Polynomial};
use crate::value::Term;
use num_integer::Integer;
use smallvec::smallvec;

impl Normalizer {
    /// `base^exponent` as `e^(exponent·ln base)`: right for every positive base.
    pub(super) fn exponential(&mut self, base: &Term, exponent: &Term) -> Normal {
        let exponent = self.normal(exponent)?;
        if let Some(Exact::Small(size, degree)) = exponent.as_constant() {
            let value = self.normal(base)?;
            let degree = u32::try_from(degree).map_err(|_| Stop::Beyond)?;
            let root = if degree == 1 { value } else { self.root(&value, degree)? };
            return self.whole_power(&root, size);
        }
        let logarithm = self.logarithm(base)?;
        let exponent = self.times(&exponent, &logarithm)?.without_common_names(&mut self.work)?;
        if !exponent.bottom.is_one() {
            return Err(Stop::Beyond);
        }
        let mut product = Fraction::constant(Exact::ONE);
        for (monomial, factor) in exponent.top.terms() {
            let part = self.power_of_e(monomial, factor)?;
            product = self.times(&product, &part)?;
        }
        Ok(product)
    }

    /// `e^(factor·monomial)`
    fn power_of_e(&mut self, monomial: &Monomial, factor: &Exact) -> Normal {
        let Exact::Small(times, degree) = *factor else {
            return Err(Stop::Beyond);
        };
        let degree = u32::try_from(degree).map_err(|_| Stop::Beyond)?;
        if monomial.is_empty() {
            let e = self.kernel(Kernel::E)?;
            let root = self.root(&e, degree)?;
            return self.whole_power(&root, times);
        }
        if let [(name, 1)] = monomial.as_slice()
            && let Some(Kernel::Log(of)) = self.kernel_named(*name).cloned()
        {
            if let Some(Exact::Small(prime, 1)) = of.as_constant() {
                return self.prime_power(prime, times, degree);
            }
            // The logarithm is that of the size, so the power is one of the size.
            let size = self.size_of(&Fraction::whole(of))?;
            let root = if degree == 1 { size } else { self.root(&size, degree)? };
            return self.whole_power(&root, times);
        }
        let scale = self.scale(monomial, degree)?;
        let kernel = self.kernel(Kernel::Exp(monomial.clone()))?;
        self.whole_power(&kernel, times * i64::from(scale / degree))
    }

    /// The part of `monomial` that the kernels are of; `degree` divides it.
    pub(super) fn scale(&mut self, monomial: &Monomial, degree: u32) -> Normal<u32> {
        let at = match self.scales.iter().position(|(own, _)| own == monomial) {
            Some(at) => at,
            None => {
                self.scales.push((monomial.clone(), degree));
                self.scales.len() - 1
            }
        };
        let (_, scale) = self.scales.get_mut(at).ok_or(Stop::Beyond)?;
        if scale.is_multiple_of(degree) {
            return Ok(*scale);
        }
        let finer = scale.lcm(&degree);
        if finer > MAX_ORDER {
            return Err(Stop::Beyond);
        }
        *scale = finer;
        Err(Stop::Restart)
    }
}

impl Polynomial {
    /// `name^exponent`
    pub(crate) fn power_of(name: crate::tree::Name, exponent: u32) -> Self {
        if exponent == 0 { Self::constant(Exact::ONE) } else { Self::single(smallvec![(name, exponent)]) }
    }
}
