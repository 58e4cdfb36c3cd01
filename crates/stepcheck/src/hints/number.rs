//! Numbers as they are written.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::exact::{Rational, bits};
use crate::rewrite::{negated, quotient};
use crate::tree::{Expr, Node, Number, Over};
use crate::unreadable::Place;

/// The most decimals that a worked-out number is written with.
const MOST_DECIMALS: usize = 6;
/// The most bits of a number that is worked out.
const MOST_BITS: u64 = 128;

/// A number with its sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Num {
    pub(super) value: Rational,
    pub(super) form: Form,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Whole,
    Decimal,
    /// Two whole numbers, the sign in the upper one.
    Fraction(BigInt, BigInt),
    Mixed,
}

impl Num {
    /// `None` for what is no number, and for a long one.
    pub(super) fn of(expr: &Expr) -> Option<Self> {
        let found = match &expr.node {
            Node::Bracket(inner) | Node::Positive(inner) => return Self::of(inner),
            Node::Negative(inner) => Self::of(inner)?.negated(),
            Node::Number(number) => {
                let form = if number.is_whole() { Form::Whole } else { Form::Decimal };
                Self { value: number.value.clone(), form }
            }
            Node::Mixed { whole, top, bottom } if !bottom.value.is_zero() => {
                Self { value: &whole.value + &top.value / &bottom.value, form: Form::Mixed }
            }
            Node::Quotient(a, Over::Bar, b) => {
                let (above, below) = (Self::of(a)?, Self::of(b)?);
                if above.form != Form::Whole || below.form != Form::Whole || below.value.is_zero() {
                    return None;
                }
                let sign = if below.value.is_negative() { -BigInt::one() } else { BigInt::one() };
                let (top, bottom) = (above.value.to_integer() * &sign, below.value.to_integer() * sign);
                Self { value: Rational::new(top.clone(), bottom.clone()), form: Form::Fraction(top, bottom) }
            }
            _ => return None,
        };
        (bits(&found.value) <= MOST_BITS).then_some(found)
    }

    fn negated(self) -> Self {
        let form = match self.form {
            Form::Fraction(top, bottom) => Form::Fraction(-top, bottom),
            form => form,
        };
        Self { value: -self.value, form }
    }

    /// Upper and lower number; the lower one is 1 for a whole number. `None` for decimals.
    pub(super) fn as_fraction(&self) -> Option<(BigInt, BigInt)> {
        match &self.form {
            Form::Whole => Some((self.value.to_integer(), BigInt::one())),
            Form::Fraction(top, bottom) => Some((top.clone(), bottom.clone())),
            Form::Mixed => Some((self.value.numer().clone(), self.value.denom().clone())),
            Form::Decimal => None,
        }
    }

    pub(super) fn is_fraction(&self) -> bool {
        matches!(self.form, Form::Fraction(..))
    }

    pub(super) fn is_plain(&self) -> bool {
        matches!(self.form, Form::Whole | Form::Decimal)
    }
}

pub(super) fn nowhere(node: Node) -> Expr {
    Expr::new(Place::before(0), node)
}

/// A whole number with its sign.
pub(super) fn whole(value: &BigInt) -> Expr {
    let size = nowhere(Node::Number(Number { value: Rational::from_integer(value.abs()), decimals: 0 }));
    if value.is_negative() { negated(size) } else { size }
}

pub(super) fn small(value: i64) -> Expr {
    whole(&value.into())
}

/// A fraction as it is, not shortened, its minus before it; a whole number if the lower one is 1.
pub(super) fn fraction(top: &BigInt, bottom: &BigInt) -> Expr {
    if bottom.is_one() {
        return whole(top);
    }
    let size = quotient(whole(&top.abs()), whole(&bottom.abs()));
    if top.is_negative() != bottom.is_negative() { negated(size) } else { size }
}

/// How many decimals give the value exactly, if at most [`MOST_DECIMALS`].
pub(super) fn decimals_of(value: &Rational) -> Option<usize> {
    let mut scale = BigInt::one();
    for decimals in 0..=MOST_DECIMALS {
        if (&scale % value.denom()).is_zero() {
            return Some(decimals);
        }
        scale *= 10;
    }
    None
}

/// A number with its sign: whole, with decimals if it has few and `decimal` asks for them, else a fraction in lowest terms.
pub(super) fn written(value: &Rational, decimal: bool) -> Expr {
    match decimals_of(value) {
        Some(0) => whole(&value.to_integer()),
        Some(decimals) if decimal => {
            let size = nowhere(Node::Number(Number { value: value.abs(), decimals }));
            if value.is_negative() { negated(size) } else { size }
        }
        _ => fraction(value.numer(), value.denom()),
    }
}

/// True if some number in it is written with decimals.
pub(super) fn has_decimals(expr: &Expr) -> bool {
    expr.any(&|part| matches!(&part.node, Node::Number(number) if !number.is_whole()))
}

pub(super) fn is_zero(expr: &Expr) -> bool {
    Num::of(expr).is_some_and(|number| number.value.is_zero())
}

/// `expr` as a factor that is not the first: in brackets if it begins with a minus.
pub(super) fn later_factor(expr: Expr) -> Expr {
    if matches!(expr.node, Node::Negative(_)) { Expr::new(expr.place, Node::Bracket(Box::new(expr))) } else { expr }
}
