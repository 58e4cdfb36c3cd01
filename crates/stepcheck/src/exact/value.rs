//! The value of an expression when every letter is given one.

use num_traits::{One, ToPrimitive, Zero};

use super::{MAX_BITS, Rational, bits, raise};
use crate::tree::{Expr, Node};

/// Works out `expr` with the given value for each letter.
///
/// `None` if a letter has no value, at a division by zero, at an exponent that is not whole, or if
/// the numbers grow beyond some thousand bits.
#[must_use]
pub fn evaluate(expr: &Expr, values: &[(char, Rational)]) -> Option<Rational> {
    let of = |part: &Expr| evaluate(part, values);
    let value = match &expr.node {
        Node::Number(number) => number.value.clone(),
        Node::Mixed { whole, top, bottom } => &whole.value + divide(&top.value, &bottom.value)?,
        Node::Letter(letter) => {
            let given = values.iter().find(|(name, _)| name == letter);
            given.map(|(_, value)| value.clone())?
        }
        Node::Bracket(inner) | Node::Positive(inner) => of(inner)?,
        Node::Negative(inner) => -of(inner)?,
        Node::Percent(inner) => of(inner)? / Rational::from_integer(100.into()),
        Node::Sum(a, b) => of(a)? + of(b)?,
        Node::Difference(a, b) => of(a)? - of(b)?,
        Node::Product(a, _, b) => of(a)? * of(b)?,
        Node::Quotient(a, _, b) => divide(&of(a)?, &of(b)?)?,
        Node::Power(base, exponent) => {
            let exponent = of(exponent)?;
            if !exponent.denom().is_one() {
                return None;
            }
            raise(&of(base)?, exponent.numer().to_i64()?).ok()?
        }
    };
    (bits(&value) <= MAX_BITS).then_some(value)
}

fn divide(top: &Rational, bottom: &Rational) -> Option<Rational> {
    (!bottom.is_zero()).then(|| top / bottom)
}
