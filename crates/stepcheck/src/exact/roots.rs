//! Polynomials in one letter and their real roots, exactly.
//!
//! Two polynomials have the same real roots exactly when, made square-free and divided by their
//! greatest common divisor, neither has a real root left; that is counted by Sturm's theorem
//! (J. C. F. Sturm, 1829).

use super::polynomial::Polynomial;
use super::{Exact, Rational};
use crate::budget;
use crate::tree::Name;

/// The highest degree and the most bits for which roots are compared.
const MAX_COMPARED_DEGREE: usize = 12;
const MAX_COMPARED_BITS: u64 = 256;

/// Coefficients from the constant upwards; the last one is not zero; empty is the zero polynomial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Univariate(Vec<Exact>);

/// The real solutions of an equation in one letter.
#[derive(Debug, Clone)]
pub(crate) enum Roots {
    /// Every number, except the roots of this polynomial.
    AllBut(Univariate),
    /// The real roots of this square-free polynomial.
    Of(Univariate),
}

impl Univariate {
    /// `polynomial` as one in `letter`; `None` if there are other letters in it or it is too large
    /// to have its roots compared.
    pub(crate) fn from_polynomial(polynomial: &Polynomial, letter: Name) -> Option<Self> {
        let mut coefficients: Vec<Exact> = Vec::new();
        for (monomial, value) in polynomial.terms() {
            let degree = match monomial.as_slice() {
                [] => 0,
                [(own, exponent)] if *own == letter => usize::try_from(*exponent).ok()?,
                _ => return None,
            };
            if degree > MAX_COMPARED_DEGREE || value.bits() > MAX_COMPARED_BITS {
                return None;
            }
            if coefficients.len() <= degree {
                coefficients.resize(degree + 1, Exact::ZERO);
            }
            coefficients[degree] = value.clone();
        }
        Some(Self(coefficients))
    }

    /// From coefficients, the constant first.
    pub(crate) fn from_coefficients(coefficients: Vec<Exact>) -> Self {
        Self::trimmed(coefficients)
    }

    pub(crate) fn coefficients(&self) -> &[Exact] {
        &self.0
    }

    /// Its value at `x`, which is no longer to be relied on if all steps of the comparison are taken.
    pub(crate) fn at(&self, x: &Exact) -> Exact {
        let mut sum = Exact::ZERO;
        for value in self.0.iter().rev() {
            if !budget::spend(sum.steps_with(x)) {
                break;
            }
            sum = &(&sum * x) + value;
        }
        sum
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    fn trimmed(mut coefficients: Vec<Exact>) -> Self {
        while coefficients.last().is_some_and(Exact::is_zero) {
            coefficients.pop();
        }
        Self(coefficients)
    }

    /// Quotient and remainder of the division by `divisor`, which is not zero; both zero if no steps are left.
    fn divided_by(&self, divisor: &Self) -> (Self, Self) {
        let Some(leading) = divisor.0.last() else {
            return (Self(Vec::new()), self.clone());
        };
        let mut rest = self.0.clone();
        let mut quotient = Vec::new();
        while rest.len() >= divisor.0.len() {
            let factor = &rest.pop().unwrap_or_default() / leading;
            let shift = rest.len() + 1 - divisor.0.len();
            if !factor.is_zero() {
                let lower = &divisor.0[..divisor.0.len() - 1];
                for (at, coefficient) in lower.iter().enumerate() {
                    if !budget::spend(factor.steps_with(coefficient)) {
                        return (Self(Vec::new()), Self(Vec::new()));
                    }
                    rest[shift + at] = &rest[shift + at] - &(&factor * coefficient);
                }
            }
            quotient.push(factor);
        }
        quotient.reverse();
        (Self::trimmed(quotient), Self::trimmed(rest))
    }

    /// The polynomial divided by the size of its leading coefficient, so that numbers stay short.
    fn scaled(mut self) -> Self {
        if let Some(leading) = self.0.last().map(Exact::abs)
            && !leading.is_one()
        {
            for coefficient in &mut self.0 {
                budget::spend(coefficient.steps_with(&leading));
                *coefficient = &*coefficient / &leading;
            }
        }
        self
    }

    /// The greatest common divisor; the other one if one is zero. It is no longer to be relied on if all steps of the
    /// comparison are taken.
    pub(crate) fn common(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.clone(), other.clone());
        while !b.is_zero() && !budget::is_spent() {
            let rest = a.divided_by(&b).1.scaled();
            a = std::mem::replace(&mut b, rest);
        }
        a
    }

    fn derivative(&self) -> Self {
        let coefficients = self.0.iter().enumerate().skip(1);
        Self(coefficients.map(|(degree, value)| value * &Exact::from(degree)).collect())
    }

    /// The same roots, each once, if steps are left.
    pub(crate) fn square_free(&self) -> Self {
        if self.degree() <= 1 {
            return self.clone();
        }
        self.divided_by(&self.common(&self.derivative())).0
    }

    /// The polynomial without its roots that are also roots of `other`.
    fn without(&self, other: &Self) -> Self {
        if self.degree() == 0 || other.degree() == 0 {
            return self.clone();
        }
        self.divided_by(&self.common(other)).0
    }

    /// How many different real roots it has, if steps are left; the polynomial is square-free and not zero.
    fn count_real_roots(&self) -> usize {
        if self.degree() <= 1 {
            return self.degree();
        }
        let mut chain = vec![self.clone(), self.derivative()];
        while let [.., a, b] = chain.as_slice() {
            let Self(rest) = a.divided_by(b).1.scaled();
            if rest.is_empty() || budget::is_spent() {
                break;
            }
            chain.push(Self(rest.into_iter().map(|value| -&value).collect()));
        }
        let changes = |low_end: bool| {
            let signs = chain.iter().filter_map(|polynomial| {
                let positive = polynomial.0.last()?.is_positive();
                Some(positive != (low_end && polynomial.degree() % 2 == 1))
            });
            let signs: Vec<bool> = signs.collect();
            signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
        };
        changes(true).saturating_sub(changes(false))
    }

    fn has_real_root(&self) -> bool {
        !self.is_zero() && self.count_real_roots() > 0
    }
}

impl Roots {
    /// The real roots of `top` where `bottom` is not zero.
    pub(crate) fn new(top: &Univariate, bottom: &Univariate) -> Self {
        let poles = bottom.square_free();
        if top.is_zero() {
            return Self::AllBut(poles);
        }
        Self::Of(top.square_free().without(&poles))
    }

    /// True if both are the same set of real numbers.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let (Self::Of(a), Self::Of(b)) = (self, other) else {
            return match (self, other) {
                (Self::AllBut(a), Self::AllBut(b)) => same_real_roots(a, b),
                _ => false,
            };
        };
        same_real_roots(a, b)
    }

    /// The only solution, if the equation comes down to a linear one.
    pub(crate) fn single(&self) -> Option<Rational> {
        match self {
            Self::Of(Univariate(coefficients)) => match coefficients.as_slice() {
                [constant, slope] => Some((-&(constant / slope)).to_rational()),
                _ => None,
            },
            Self::AllBut(_) => None,
        }
    }
}

fn same_real_roots(a: &Univariate, b: &Univariate) -> bool {
    if let ([a0, a1], [b0, b1]) = (a.0.as_slice(), b.0.as_slice()) {
        return a0 * b1 == b0 * a1;
    }
    !a.without(b).has_real_root() && !b.without(a).has_real_root()
}
