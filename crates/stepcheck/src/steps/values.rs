//! What written expressions are worth, exactly.

use crate::exact::{Exact, Fraction, Polynomial, Work};
use crate::factors;
use crate::forms::Kernels;
use crate::normal::{self, Relation};
use crate::rewrite::Probe;
use crate::tree::{Expr, Node, Statement};
use crate::value::{Line, Term, lower};

/// How often two parts of one line are compared by all that is known of roots and functions.
const MOST_COMPARED: u32 = 24;

/// The values of the parts of one line. What is no quotient of polynomials counts as a letter there.
#[derive(Default)]
pub(super) struct Values {
    kernels: Kernels,
    compared: u32,
}

impl Values {
    /// `None` if it divides by zero or grows too large.
    pub(super) fn fraction(&mut self, expr: &Expr) -> Option<Fraction> {
        self.kernels.fraction(expr)
    }

    /// The part that a letter stands for which is not written as one.
    pub(super) fn kernel(&self, name: crate::tree::Name) -> Option<&Expr> {
        self.kernels.written(name)
    }

    /// The number it is, if no letter and no root is left.
    pub(super) fn number(&mut self, expr: &Expr) -> Option<Exact> {
        self.fraction(expr)?.as_constant()
    }

    /// True if both are certainly worth the same.
    pub(super) fn same(&mut self, a: &Expr, b: &Expr) -> bool {
        if let (Some(first), Some(second)) = (self.fraction(a), self.fraction(b)) {
            if first.equals(&second) == Ok(true) {
                return true;
            }
            if is_rational(a) && is_rational(b) {
                return false;
            }
        }
        let (Some(first), Some(second)) = (Probe::of(a), Probe::of(b)) else { return false };
        if !first.agrees(&second) || self.compared >= MOST_COMPARED {
            return false;
        }
        self.compared += 1;
        let (Some(a), Some(b)) = (term(a), term(b)) else { return false };
        matches!(normal::compare(&a, &b), Ok(Relation::Equal { .. }))
    }
}

/// True if it is a quotient of polynomials.
pub(super) fn is_rational(expr: &Expr) -> bool {
    !expr.any(&|part| match &part.node {
        Node::Power(_, exponent) => crate::forms::whole(exponent).is_none(),
        node => matches!(
            node,
            Node::Root { .. }
                | Node::Call(_)
                | Node::Abs(_)
                | Node::Constant(_)
                | Node::Degrees(_)
                | Node::Quantity(..)
                | Node::Compound(..)
                | Node::EitherSign(..)
                | Node::SumOrDifference(..)
        ),
    })
}

pub(super) fn term(expr: &Expr) -> Option<Term> {
    match lower(&Statement::Expression(expr.clone())) {
        Ok(Line::Value(term)) => Some(term),
        _ => None,
    }
}

pub(super) fn minus(a: Fraction, b: Fraction) -> Option<Fraction> {
    a.plus(b.negated(), &mut Work::new()).ok()
}

pub(super) fn over(a: &Fraction, b: &Fraction) -> Option<Fraction> {
    a.over(b, &mut Work::new()).ok()
}

pub(super) fn times(a: &Fraction, b: &Fraction) -> Option<Fraction> {
    a.times(b, &mut Work::new()).ok()
}

pub(super) fn is_zero(fraction: &Fraction) -> bool {
    fraction.top.is_zero()
}

/// The number that the first is multiplied by to be the second; not if one is zero.
pub(super) fn number_between(first: &Fraction, second: &Fraction) -> Option<Exact> {
    let work = &mut Work::new();
    let (below, above) = (first.top.times(&second.bottom, work).ok()?, second.top.times(&first.bottom, work).ok()?);
    let ((_, down), (_, up)) = (below.terms().first()?, above.terms().first()?);
    above.is_multiple_of(&below).then(|| up / down)
}

/// The quotient in lowest terms; its bottom has whole coefficients without a common divisor.
pub(super) fn reduced(fraction: Fraction) -> Option<Fraction> {
    if fraction.bottom.is_one() {
        return Some(fraction);
    }
    let common = factors::common(&fraction.top, &fraction.bottom)?;
    let (top, bottom) = (factors::divide(&fraction.top, &common)?, factors::divide(&fraction.bottom, &common)?);
    let content = bottom.content();
    let positive = bottom.terms().last().is_none_or(|(_, value)| value.is_positive());
    let content = if positive { content } else { -&content };
    let scale = Polynomial::constant(&Exact::ONE / &content);
    let work = &mut Work::new();
    Some(Fraction { top: top.times(&scale, work).ok()?, bottom: bottom.times(&scale, work).ok()? })
}
