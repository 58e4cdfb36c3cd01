//! The value of an expression when every letter is given one.

use num_traits::{One, Signed, ToPrimitive, Zero};

use super::{MAX_BITS, Rational, bits, raise};
use crate::tree::{Expr, Name, Node};

/// Works out `expr` with the given value for each name. A value given for `e` or `π` is taken too.
///
/// `None` if a name has no value, at a division by zero, at an exponent that is not whole, at what
/// need not be rational (roots, functions), or if the numbers grow beyond some thousand bits.
#[must_use]
pub fn evaluate<N: Copy + Into<Name>>(expr: &Expr, values: &[(N, Rational)]) -> Option<Rational> {
    let of = |part: &Expr| evaluate(part, values);
    let value = match &expr.node {
        Node::Number(number) => number.value.clone(),
        Node::Mixed { whole, top, bottom } => &whole.value + divide(&top.value, &bottom.value)?,
        Node::Name(name) => given(*name, values)?,
        Node::Constant(constant) => given(Name::from(constant.symbol()), values)?,
        Node::Bracket(inner) | Node::Positive(inner) => of(inner)?,
        Node::Negative(inner) => -of(inner)?,
        Node::Percent(inner) => of(inner)? / Rational::from_integer(100.into()),
        Node::Permille(inner) => of(inner)? / Rational::from_integer(1000.into()),
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
        Node::Abs(inner) => of(inner)?.abs(),
        Node::EitherSign(..)
        | Node::SumOrDifference(..)
        | Node::Degrees(_)
        | Node::Root { .. }
        | Node::Call(_)
        | Node::Quantity(..)
        | Node::Compound(..) => return None,
    };
    (bits(&value) <= MAX_BITS).then_some(value)
}

fn given<N: Copy + Into<Name>>(name: Name, values: &[(N, Rational)]) -> Option<Rational> {
    let found = values.iter().find(|(known, _)| (*known).into() == name);
    found.map(|(_, value)| value.clone())
}

fn divide(top: &Rational, bottom: &Rational) -> Option<Rational> {
    (!bottom.is_zero()).then(|| top / bottom)
}
