//! From a written expression to one quotient of polynomials.

use num_traits::Zero;

use super::fraction::Fraction;
use super::polynomial::{Polynomial, Work};
use super::{Exact, MAX_BITS, Rational, Refusal, bits};
use crate::tree::{Constant, Expr, Name, Node, Number};
use crate::unreadable::{Missing, Unreadable};

/// Works out `expr` as a quotient of polynomials in its letters.
///
/// # Errors
/// At the first part that divides by zero, has an exponent that is not whole or grows too large.
pub(crate) fn normal(expr: &Expr) -> Result<Fraction, Unreadable> {
    work_out(expr, &mut Work::new())
}

fn work_out(expr: &Expr, work: &mut Work) -> Result<Fraction, Unreadable> {
    let found = match &expr.node {
        Node::Number(number) => constant(&number.value),
        Node::Mixed { whole, top, bottom } => mixed(whole, top, bottom),
        Node::Name(name) => Ok(Fraction::whole(Polynomial::letter(*name))),
        // Both are transcendental: as long as only one of them stands in a line it behaves as a letter.
        Node::Constant(constant @ (Constant::E | Constant::Pi)) => {
            Ok(Fraction::whole(Polynomial::letter(Name::from(constant.symbol()))))
        }
        Node::Bracket(inner) | Node::Positive(inner) => return work_out(inner, work),
        Node::Negative(inner) => Ok(work_out(inner, work)?.negated()),
        Node::Percent(inner) | Node::Permille(inner) => {
            let per = if matches!(expr.node, Node::Percent(_)) { 100 } else { 1000 };
            work_out(inner, work)?.times(&Fraction::constant(Exact::Small(1, per)), work)
        }
        Node::Sum(a, b) => work_out(a, work)?.plus(work_out(b, work)?, work),
        Node::Difference(a, b) => work_out(a, work)?.plus(work_out(b, work)?.negated(), work),
        Node::Product(a, _, b) => work_out(a, work)?.times(&work_out(b, work)?, work),
        Node::Quotient(a, _, b) => {
            let top = work_out(a, work)?;
            let bottom = work_out(b, work)?;
            top.over(&bottom, work)
        }
        Node::Power(base, exponent) => return power(expr, base, exponent, work),
        Node::Constant(Constant::Infinity)
        | Node::EitherSign(..)
        | Node::SumOrDifference(..)
        | Node::Degrees(_)
        | Node::Abs(_)
        | Node::Root { .. }
        | Node::Call(_)
        | Node::Quantity(..)
        | Node::Compound(..) => Err(Refusal::Undecided),
    };
    found.map_err(|refusal| unreadable(refusal, expr))
}

fn constant(value: &Rational) -> Result<Fraction, Refusal> {
    if bits(value) > MAX_BITS {
        return Err(Refusal::TooLarge);
    }
    Ok(Fraction::constant(Exact::from(value)))
}

fn mixed(whole: &Number, top: &Number, bottom: &Number) -> Result<Fraction, Refusal> {
    if bottom.value.is_zero() {
        return Err(Refusal::DivisionByZero);
    }
    constant(&(&whole.value + &top.value / &bottom.value))
}

fn power(expr: &Expr, base: &Expr, exponent: &Expr, work: &mut Work) -> Result<Fraction, Unreadable> {
    let value = work_out(exponent, work)?
        .as_constant()
        .filter(Exact::is_whole)
        .ok_or_else(|| unreadable(Refusal::WholeExponent, exponent))?;
    let size = value.to_whole().ok_or_else(|| unreadable(Refusal::TooLarge, expr))?;
    work_out(base, work)?.raised(size, work).map_err(|refusal| unreadable(refusal, expr))
}

fn unreadable(refusal: Refusal, expr: &Expr) -> Unreadable {
    let missing = match refusal {
        Refusal::TooLarge => Missing::TooLarge,
        Refusal::DivisionByZero => Missing::DivisionByZero,
        Refusal::WholeExponent => Missing::WholeExponent,
        Refusal::Undecided => Missing::Undecided,
    };
    Unreadable::new(expr.place, missing)
}
