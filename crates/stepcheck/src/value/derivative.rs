//! Derivatives, for telling where a value rises and falls.

use super::{Function, Term};
use crate::exact::Exact;
use crate::tree::Name;

impl Term {
    /// The derivative with respect to `name`, wherever it exists. `None` for a size, which has
    /// corners, for sine and cosine, whose zeros come again and again, and for powers like `x^x`.
    pub(crate) fn derivative(&self, name: Name) -> Option<Self> {
        if !self.has_name(name) {
            return Some(Self::whole(0));
        }
        match self {
            Self::Name(_) => Some(Self::whole(1)),
            Self::Number(_) | Self::Real(_) | Self::Pi | Self::E => Some(Self::whole(0)),
            Self::Sum(parts) => {
                Some(Self::sum(parts.iter().map(|part| part.derivative(name)).collect::<Option<Vec<_>>>()?))
            }
            Self::Product(parts) => {
                let mut sum = Vec::with_capacity(parts.len());
                for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.has_name(name)) {
                    let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
                    let others = others.map(|(_, part)| part.clone());
                    sum.push(Self::product(others.chain([part.derivative(name)?])));
                }
                Some(Self::sum(sum))
            }
            Self::Power(base, exponent) => {
                let lower = exponent - &Exact::ONE;
                let outer = if lower.is_zero() { Self::whole(1) } else { base.as_ref().clone().power(lower) };
                Some(Self::product([Self::Number(exponent.clone()), outer, base.derivative(name)?]))
            }
            Self::Raised(base, _) if base.has_name(name) => None,
            Self::Raised(base, exponent) => {
                let growth = base.as_ref().clone().apply(Function::Ln);
                let growth = if **base == Self::E { Self::whole(1) } else { growth };
                Some(Self::product([self.clone(), exponent.derivative(name)?, growth]))
            }
            Self::Apply(function, of) => {
                let inner = of.derivative(name)?;
                let square = || of.as_ref().clone().power(Exact::Small(2, 1));
                Some(match function {
                    Function::Ln => inner.over(of.as_ref().clone()),
                    Function::Arctan => inner.over(Self::sum([Self::whole(1), square()])),
                    Function::Arcsin => inner.over(Self::whole(1).minus(square()).root(2)),
                    Function::Arccos => inner.negated().over(Self::whole(1).minus(square()).root(2)),
                    Function::Abs | Function::Sin | Function::Cos => return None,
                })
            }
        }
    }
}
