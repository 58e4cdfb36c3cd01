//! Equations in logarithms, exponentials and inverse functions: by inverting them.

use std::cmp::Ordering;

use super::elimination::{Eliminator, Solved};
use super::{Coordinate, Unsolved};
use crate::ball::Ball;
use crate::exact::{Exact, Polynomial};
use crate::normal::Kernel;
use crate::tree::Name;
use crate::value::Function;

impl Eliminator {
    pub(super) fn transcendental(
        &mut self,
        polynomial: &Polynomial,
        kernels: &[Name],
        depth: usize,
    ) -> Solved<Vec<Coordinate>> {
        let bare = polynomial.names().any(|name| name == self.unknown);
        if !bare && let Some(angle) = self.common_angle(kernels) {
            return self.periodic(polynomial, &angle);
        }
        if let [only] = kernels
            && !bare
        {
            let mut found = Vec::new();
            for value in self.values_of(polynomial, *only)? {
                found.extend(self.kernel_equal(*only, &value, depth)?);
            }
            return Ok(found);
        }
        let all = |test: fn(&Kernel) -> bool| {
            kernels.iter().all(|name| self.normalizer.kernel_named(*name).is_some_and(test))
        };
        if all(|kernel| matches!(kernel, Kernel::Exp(_))) && !bare && polynomial.terms().len() == 2 {
            return self.equal_powers(polynomial, depth);
        }
        if all(|kernel| matches!(kernel, Kernel::Log(_))) && !bare {
            return self.sum_of_logarithms(polynomial, kernels, depth);
        }
        Err(Unsolved::NoMethod)
    }

    /// The values of the kernel for which a polynomial in it alone vanishes.
    fn values_of(&mut self, polynomial: &Polynomial, kernel: Name) -> Solved<Vec<Ball>> {
        let found = self.roots_in(polynomial, kernel)?;
        Ok(found.iter().map(Coordinate::ball).collect())
    }

    /// Where a kernel has the value `value`.
    pub(super) fn kernel_equal(&mut self, name: Name, value: &Ball, depth: usize) -> Solved<Vec<Coordinate>> {
        let lacking = |_| Unsolved::NoMethod;
        match self.normalizer.kernel_named(name).cloned() {
            Some(Kernel::Exp(of)) => {
                if value.settled_sign() != Some(Ordering::Greater) {
                    return Ok(Vec::new());
                }
                let scale = Ball::whole(self.normalizer.scale_of(&of).into());
                let constant = self.constant(value.ln().map_err(lacking)?.times(&scale))?;
                let left = Polynomial::single(of);
                self.vanishing(&left.plus(constant.negated())?, depth + 1)
            }
            Some(Kernel::Log(of)) => {
                let size = value.exp().map_err(lacking)?;
                self.size_equal(&of, &Polynomial::constant(Exact::ONE), size, depth)
            }
            Some(Kernel::Opaque(function, of)) => {
                let inner = match function {
                    Function::Arcsin => value.sin_cos().map_err(lacking)?.0,
                    Function::Arccos => value.sin_cos().map_err(lacking)?.1,
                    Function::Arctan => {
                        let (sine, cosine) = value.sin_cos().map_err(lacking)?;
                        sine.over(&cosine).map_err(lacking)?
                    }
                    _ => return Err(Unsolved::NoMethod),
                };
                let constant = self.constant(inner)?;
                let right = constant.times(&of.bottom, self.normalizer.work())?;
                self.vanishing(&of.top.plus(right.negated())?, depth + 1)
            }
            _ => Err(Unsolved::NoMethod),
        }
    }

    /// Where `|a| = size·|b|`.
    fn size_equal(&mut self, a: &Polynomial, b: &Polynomial, size: Ball, depth: usize) -> Solved<Vec<Coordinate>> {
        let size = match size.to_whole() {
            Some(size) => Polynomial::constant(Exact::Small(size, 1)),
            None => self.constant(size)?,
        };
        let right = b.times(&size, self.normalizer.work())?;
        let mut found = self.vanishing(&a.clone().plus(right.clone())?, depth + 1)?;
        found.extend(self.vanishing(&a.clone().plus(right.negated())?, depth + 1)?);
        Ok(found)
    }

    /// Two terms with powers of e: where their quotient is −1, by taking logarithms.
    fn equal_powers(&mut self, polynomial: &Polynomial, depth: usize) -> Solved<Vec<Coordinate>> {
        let mut sum = Polynomial::zero();
        let mut quotient = Ball::whole(-1);
        for ((monomial, factor), sign) in polynomial.terms().iter().zip([1, -1]) {
            let mut constant = Polynomial::constant(factor.clone());
            for (name, exponent) in monomial {
                match self.normalizer.kernel_named(*name).cloned() {
                    Some(Kernel::Exp(of)) if self.depends(*name) => {
                        let scale = i64::from(self.normalizer.scale_of(&of));
                        let factor = Exact::from_ratio(sign * i64::from(*exponent), scale);
                        let part =
                            Polynomial::single(of).times(&Polynomial::constant(factor), self.normalizer.work())?;
                        sum = sum.plus(part)?;
                    }
                    _ => {
                        let power = Polynomial::power_of(*name, *exponent);
                        constant = constant.times(&power, self.normalizer.work())?;
                    }
                }
            }
            let value = self.value_of(&constant)?;
            quotient = value.over(&quotient).map_err(|_| Unsolved::NoMethod)?;
        }
        // c₁·e^p = −c₂·e^q, so p − q = ln(−c₂/c₁).
        if quotient.settled_sign() != Some(Ordering::Greater) {
            return Ok(Vec::new());
        }
        let constant = self.constant(quotient.ln().map_err(|_| Unsolved::NoMethod)?)?;
        self.vanishing(&sum.plus(constant.negated())?, depth + 1)
    }

    /// `Σ aᵢ·ln|Pᵢ| + c = 0` with rational `aᵢ` in the same ratio as whole numbers `nᵢ`: a product of powers.
    fn sum_of_logarithms(
        &mut self,
        polynomial: &Polynomial,
        kernels: &[Name],
        depth: usize,
    ) -> Solved<Vec<Coordinate>> {
        let mut constant = Polynomial::zero();
        let mut factors: Vec<(Polynomial, Exact)> = Vec::new();
        for (monomial, factor) in polynomial.terms() {
            match monomial.as_slice() {
                [(name, 1)] if kernels.contains(name) => {
                    let Some(Kernel::Log(of)) = self.normalizer.kernel_named(*name).cloned() else {
                        return Err(Unsolved::NoMethod);
                    };
                    factors.push((of, factor.clone()));
                }
                own if own.iter().any(|(name, _)| kernels.contains(name)) => return Err(Unsolved::NoMethod),
                own => {
                    let term = Polynomial::from_terms([(own.into(), factor.clone())])?;
                    constant = constant.plus(term)?;
                }
            }
        }
        let unit = factors.iter().fold(Exact::ZERO, |unit, (_, factor)| unit.common(factor));
        let (mut above, mut below) = (Polynomial::constant(Exact::ONE), Polynomial::constant(Exact::ONE));
        for (of, factor) in factors {
            let times = (&factor / &unit).to_whole().filter(|n| n.abs() <= 6).ok_or(Unsolved::NoMethod)?;
            let size = u32::try_from(times.unsigned_abs()).map_err(|_| Unsolved::TooLarge)?;
            let power = of.raised(size, self.normalizer.work())?;
            let side = if times > 0 { &mut above } else { &mut below };
            *side = side.times(&power, self.normalizer.work())?;
        }
        // Whole values of e^(−c) come out as such, so that the polynomial stays rational.
        let value = self.value_of(&constant)?.over(&Ball::from_exact(&unit)).map_err(|_| Unsolved::NoMethod)?;
        let size = value.negated().exp().map_err(|_| Unsolved::NoMethod)?;
        match size.short() {
            Some(short) => {
                let right = below.times(&Polynomial::constant(short), self.normalizer.work())?;
                let mut found = self.vanishing(&above.clone().plus(right.clone())?, depth + 1)?;
                found.extend(self.vanishing(&above.plus(right.negated())?, depth + 1)?);
                Ok(found)
            }
            None => self.size_equal(&above, &below, size, depth),
        }
    }
}
