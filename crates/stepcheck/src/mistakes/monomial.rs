//! A term as a number times powers.

use crate::exact::{Exact, Rational};
use crate::rewrite::{negated, number, product_of};
use crate::tree::{Expr, Node};
use crate::unreadable::Place;

/// Exponents beyond this are not looked at.
const MAX_EXPONENT: i64 = 1000;

/// `coefficient·base^exponent·…`, each base once, in the order in which they are first written.
#[derive(Debug, Clone)]
pub(super) struct Monomial<'e> {
    pub(super) coefficient: Exact,
    pub(super) powers: Vec<(&'e Expr, i64)>,
}

impl<'e> Monomial<'e> {
    /// Of a term; whatever is no number and no power of a whole number is a base of its own.
    pub(super) fn of(negative: bool, body: &'e Expr) -> Self {
        let coefficient = Exact::Small(if negative { -1 } else { 1 }, 1);
        let mut found = Self { coefficient, powers: Vec::new() };
        found.gather(body, 1);
        found.powers.retain(|(_, exponent)| *exponent != 0);
        found
    }

    fn gather(&mut self, expr: &'e Expr, exponent: i64) {
        match &expr.node {
            Node::Number(number) => {
                let value = Exact::from(&number.value);
                let usable = exponent > 0 || !value.is_zero();
                match i32::try_from(exponent) {
                    Ok(size) if usable && value.bits() <= 64 && size.abs() <= 1 => {
                        self.coefficient = &self.coefficient * &value.raised(size);
                    }
                    _ => self.push(expr, exponent),
                }
            }
            Node::Bracket(inner) if !is_sum(inner) => self.gather(inner, exponent),
            Node::Positive(inner) => self.gather(inner, exponent),
            Node::Negative(inner) => {
                if exponent % 2 != 0 {
                    self.coefficient = -&self.coefficient;
                }
                self.gather(inner, exponent);
            }
            Node::Product(a, _, b) => {
                self.gather(a, exponent);
                self.gather(b, exponent);
            }
            Node::Quotient(a, _, b) => {
                self.gather(a, exponent);
                self.gather(b, -exponent);
            }
            Node::Power(base, size) => match whole(size) {
                Some(size) if size.abs() <= MAX_EXPONENT => self.push(base, exponent * size),
                _ => self.push(expr, exponent),
            },
            _ => self.push(expr, exponent),
        }
    }

    fn push(&mut self, base: &'e Expr, exponent: i64) {
        match self.powers.iter_mut().find(|(own, _)| *own == base) {
            Some((_, own)) => *own += exponent,
            None => self.powers.push((base, exponent)),
        }
    }

    pub(super) fn is_number(&self) -> bool {
        self.powers.is_empty()
    }

    /// True if only the coefficients may differ.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.powers.len() == other.powers.len() && self.powers.iter().all(|power| other.powers.contains(power))
    }

    /// True if all its bases are letters or roots, to positive powers.
    pub(super) fn is_of_letters(&self) -> bool {
        let is_letter = |base: &Expr| matches!(base.node, Node::Name(_) | Node::Constant(_) | Node::Root { .. });
        self.powers.iter().all(|(base, exponent)| is_letter(base) && *exponent > 0)
    }

    /// The bases with their exponents changed by `exponent`, without the coefficient.
    pub(super) fn bases(&self, exponent: impl Fn(i64) -> i64) -> Expr {
        product_of(self.powers.iter().map(|(base, own)| power((*base).clone(), exponent(*own))))
    }

    /// The bases with another coefficient.
    pub(super) fn with(&self, coefficient: &Exact) -> Expr {
        scaled(coefficient, self.bases(|own| own))
    }

    pub(super) fn to_expr(&self) -> Expr {
        self.with(&self.coefficient)
    }
}

fn is_sum(expr: &Expr) -> bool {
    matches!(expr.node, Node::Sum(..) | Node::Difference(..) | Node::SumOrDifference(..))
}

/// The number that is written there, with a sign and in brackets perhaps.
pub(super) fn literal(expr: &Expr) -> Option<Exact> {
    match &expr.node {
        Node::Number(number) => Some(Exact::from(&number.value)),
        Node::Bracket(inner) | Node::Positive(inner) => literal(inner),
        Node::Negative(inner) => literal(inner).map(|value| -&value),
        _ => None,
    }
}

/// The whole number that is written there.
pub(super) fn whole(expr: &Expr) -> Option<i64> {
    literal(expr)?.to_whole()
}

/// `expr` with the sign and without.
pub(super) fn signed(negative: bool, expr: Expr) -> Expr {
    if negative { negated(expr) } else { expr }
}

pub(super) fn exact(value: &Exact) -> Expr {
    number(&value.to_rational())
}

pub(super) fn integer(value: i64) -> Expr {
    number(&Rational::from_integer(value.into()))
}

/// `coefficient·expr`
pub(super) fn scaled(coefficient: &Exact, expr: Expr) -> Expr {
    if coefficient.is_one() { expr } else { product_of([exact(coefficient), expr]) }
}

/// `base^exponent`
pub(super) fn power(base: Expr, exponent: i64) -> Expr {
    if exponent == 1 { base } else { raised(base, integer(exponent)) }
}

/// `base^exponent`
pub(super) fn raised(base: Expr, exponent: Expr) -> Expr {
    let place = Place::before(0);
    Expr::new(place, Node::Power(Box::new(base), Box::new(exponent)))
}

/// The root of this degree, worked out where that is plain: `√16` is `4`, `√(x²)` is `x`.
pub(super) fn root(of: &Expr, degree: u32) -> Expr {
    let inner = of.unwrapped();
    if let Some(root) = literal(inner).and_then(|value| value.exact_root(degree)) {
        return exact(&root);
    }
    match &inner.node {
        Node::Power(base, size) => match whole(size) {
            Some(size) if size % i64::from(degree) == 0 => return power((**base).clone(), size / i64::from(degree)),
            _ => {}
        },
        Node::Product(a, _, b) => return product_of([root(a, degree), root(b, degree)]),
        _ => {}
    }
    let degree = (degree != 2).then(|| Box::new(integer(degree.into())));
    Expr::new(Place::before(0), Node::Root { degree, radicand: Box::new(inner.clone()) })
}
