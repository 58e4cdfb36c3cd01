//! Whether what is written has the demanded form, and what is left if not.
//!
//! A form is a property of the written tree: its value is looked at elsewhere. [`Demand`] lists the
//! forms with what each of them asks for; [`same`] compares two trees.

mod collected;
mod exact_value;
mod expanded;
mod factored;
mod kernels;
mod lowest_terms;
mod number;
mod order;
mod partial_fractions;
mod powers_of_ten;
mod simplified;
mod single_fraction;
mod solution;
mod square;
#[cfg(test)]
mod tests;
mod written;

pub(crate) use kernels::Kernels;
pub use order::{Sameness, same};
pub use written::Written;

use crate::budget;
use crate::tree::{Expr, Node};
use crate::verdict::{Demand, Left};

/// How far an expression with the right value is from the demanded form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Finished,
    /// It could be meant as an answer, but this is left.
    Left(Left),
    /// A step on the way.
    Underway,
}

impl From<Option<Left>> for Form {
    fn from(left: Option<Left>) -> Self {
        left.map_or(Self::Finished, Self::Left)
    }
}

/// The form of `expr` under `demand`; under [`Demand::Solved`] it is the side without the variable.
///
/// ```
/// use stepcheck::{Demand, Form, Left, Statement, form, read};
/// let Ok(Statement::Expression(written)) = read("2(x^2-3x)") else { unreachable!() };
/// let demand = Demand::Factored { variable: 'x'.into() };
/// assert_eq!(form(&written, demand), Form::Left(Left::Factor));
/// ```
#[must_use]
pub fn form(expr: &Expr, demand: Demand) -> Form {
    // What was looked at before must not count.
    budget::begin();
    match demand {
        Demand::Value | Demand::LowestTerms | Demand::Decimal => number::form(expr, demand),
        Demand::Solved { .. } => solution::solution(expr, demand),
        Demand::Mixed => number::mixed(expr),
        Demand::Improper => number::improper(expr),
        Demand::Simplified => simplified::simplified(expr),
        Demand::NumbersInLowestTerms => lowest_terms::numbers(expr).into(),
        Demand::Expanded => expanded::expanded(expr),
        Demand::Factored { variable } => factored::factored(expr, variable),
        Demand::CompletedSquare { variable } => square::completed(expr, variable),
        Demand::SingleFraction => single_fraction::single(expr),
        Demand::PartialFractions { variable } => partial_fractions::split(expr, variable),
        Demand::Exact => exact_value::exact(expr),
        Demand::Standard => powers_of_ten::standard(expr),
        Demand::Decimals { places } => written::decimals(expr, usize::from(places)),
        Demand::Significant { digits } => written::significant(expr, usize::from(digits)),
        Demand::Unit => unit(expr),
    }
}

fn unit(expr: &Expr) -> Form {
    match unsigned(expr.unwrapped()).node {
        Node::Quantity(..) | Node::Compound(..) => Form::Finished,
        _ if crate::units::has_unit(expr) => Form::Underway,
        _ => Form::Left(Left::Unit),
    }
}

/// The expression without one prefix sign.
pub(crate) fn unsigned(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Negative(inner) | Node::Positive(inner) => inner,
        _ => expr,
    }
}

/// The terms of a sum with their signs, true for minus; brackets that hold only sums are opened.
fn terms(expr: &Expr) -> Vec<(bool, &Expr)> {
    let mut found = Vec::new();
    gather_terms(expr, false, &mut found);
    found
}

fn gather_terms<'e>(expr: &'e Expr, minus: bool, found: &mut Vec<(bool, &'e Expr)>) {
    match &expr.node {
        Node::Bracket(inner) | Node::Positive(inner) => gather_terms(inner, minus, found),
        Node::Negative(inner) => gather_terms(inner, !minus, found),
        Node::Sum(a, b) => {
            gather_terms(a, minus, found);
            gather_terms(b, minus, found);
        }
        Node::Difference(a, b) => {
            gather_terms(a, minus, found);
            gather_terms(b, !minus, found);
        }
        _ => found.push((minus, expr)),
    }
}

/// The factors of a product with their whole exponents, negative below a fraction bar. Signs and
/// brackets are left out.
fn factors(expr: &Expr) -> Vec<(&Expr, i64)> {
    let mut found = Vec::new();
    gather_factors(expr, 1, &mut found);
    found
}

fn gather_factors<'e>(expr: &'e Expr, exponent: i64, found: &mut Vec<(&'e Expr, i64)>) {
    match &expr.node {
        Node::Bracket(inner) | Node::Positive(inner) | Node::Negative(inner) => gather_factors(inner, exponent, found),
        Node::Product(a, _, b) => {
            gather_factors(a, exponent, found);
            gather_factors(b, exponent, found);
        }
        Node::Quotient(a, _, b) => {
            gather_factors(a, exponent, found);
            gather_factors(b, -exponent, found);
        }
        Node::Power(base, size) => match whole(size).and_then(|size| size.checked_mul(exponent)) {
            Some(product) => gather_factors(base, product, found),
            None => found.push((expr, exponent)),
        },
        _ => found.push((expr, exponent)),
    }
}

/// The whole number that is written, perhaps with signs and brackets.
pub(crate) fn whole(expr: &Expr) -> Option<i64> {
    match &expr.node {
        Node::Bracket(inner) | Node::Positive(inner) => whole(inner),
        Node::Negative(inner) => whole(inner).map(|size| -size),
        Node::Number(number) if number.value.is_integer() => i64::try_from(number.value.to_integer()).ok(),
        _ => None,
    }
}

/// True for a sum of several terms, whatever signs and brackets stand around it.
fn is_sum(expr: &Expr) -> bool {
    match &expr.node {
        Node::Bracket(inner) | Node::Positive(inner) | Node::Negative(inner) => is_sum(inner),
        Node::Sum(..) | Node::Difference(..) | Node::SumOrDifference(..) => true,
        _ => false,
    }
}

/// True if there is no letter, root, function or constant in it: only the four operations, powers
/// and percentages of numbers.
fn is_arithmetic(expr: &Expr) -> bool {
    !expr.any(&|part| {
        matches!(
            part.node,
            Node::Name(_)
                | Node::Constant(_)
                | Node::Root { .. }
                | Node::Call(_)
                | Node::Abs(_)
                | Node::Degrees(_)
                | Node::EitherSign(..)
                | Node::SumOrDifference(..)
                | Node::Quantity(..)
                | Node::Compound(..)
        )
    })
}
