//! The values of kernels without the unknown.

use super::Unsolved;
use super::elimination::{Eliminator, Solved};
use crate::ball::Ball;
use crate::exact::{Monomial, Polynomial};
use crate::normal::{Kernel, Quotient};
use crate::tree::Name;
use crate::value::{Function, Point};

impl Eliminator {
    /// The value of a polynomial in constant kernels.
    pub(super) fn value_of(&self, polynomial: &Polynomial) -> Solved<Ball> {
        let mut sum = Ball::zero();
        for (monomial, factor) in polynomial.terms() {
            let mut product = Ball::from_exact(factor);
            product = product.times(&self.value_of_monomial(monomial)?);
            sum = sum.plus(&product);
        }
        Ok(sum)
    }

    pub(super) fn value_of_monomial(&self, monomial: &Monomial) -> Solved<Ball> {
        let mut product = Ball::whole(1);
        for (name, exponent) in monomial {
            let power = self.value_of_kernel(*name)?.raised(i64::from(*exponent));
            product = product.times(&power.map_err(|_| Unsolved::NoMethod)?);
        }
        Ok(product)
    }

    fn value_of_kernel(&self, name: Name) -> Solved<Ball> {
        let kernel = self.normalizer.kernel_named(name).ok_or(Unsolved::NoMethod)?;
        let quotient = |of: &Quotient| -> Solved<Ball> {
            self.value_of(&of.top)?.over(&self.value_of(&of.bottom)?).map_err(|_| Unsolved::NoMethod)
        };
        let scaled = |of: &Monomial| -> Solved<Ball> {
            let scale = Ball::whole(self.normalizer.scale_of(of).into());
            self.value_of_monomial(of)?.over(&scale).map_err(|_| Unsolved::NoMethod)
        };
        let value = match kernel {
            Kernel::Pi => Ok(Ball::pi()),
            Kernel::E => Ball::whole(1).exp(),
            Kernel::Prime(prime) => Ball::whole(*prime).root(self.normalizer.order()),
            Kernel::Root(of, degree) => quotient(of)?.root(*degree),
            Kernel::Size(of) => Ok(quotient(of)?.size()),
            Kernel::Log(of) => self.value_of(of)?.size().ln(),
            Kernel::Exp(of) => scaled(of)?.exp(),
            Kernel::Sin(of) => scaled(of)?.sin_cos().map(|pair| pair.0),
            Kernel::Cos(of) => scaled(of)?.sin_cos().map(|pair| pair.1),
            Kernel::Constant(term) => term.at(&Point::new(Vec::new())),
            Kernel::Opaque(function, of) => match function {
                Function::Arcsin => quotient(of)?.arcsin(),
                Function::Arccos => quotient(of)?.arccos(),
                _ => quotient(of)?.arctan(),
            },
            Kernel::Fine(_) => return Err(Unsolved::NoMethod),
        };
        value.map_err(|_| Unsolved::NoMethod)
    }
}
