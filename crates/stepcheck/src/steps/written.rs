//! Written parts: whether two are alike, and values as they are written.

use num_traits::Signed as _;

use super::values::Values;
use crate::exact::{Exact, Fraction, Monomial, Polynomial, Rational};
use crate::print::{Notation, expression_text};
use crate::rewrite::{Signed, negated, number, product_of, quotient, sum_of, terms_within};
use crate::tree::{Expr, Name, Node, Number};
use crate::unreadable::Place;

/// True if both are written the same way, brackets and signs of operations aside.
pub(super) fn alike(a: &Expr, b: &Expr) -> bool {
    let (a, b) = (bare(a), bare(b));
    match (&a.node, &b.node) {
        (Node::Number(one), Node::Number(two)) => one.value == two.value && (one.decimals > 0) == (two.decimals > 0),
        (Node::Quantity(one, unit), Node::Quantity(two, other)) => unit == other && alike(one, two),
        _ => same_head(a, b) && a.each_part().zip(b.each_part()).all(|(one, two)| alike(one, two)),
    }
}

/// Without brackets and plus signs around all of it.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Bracket(inner) | Node::Positive(inner) => bare(inner),
        _ => expr,
    }
}

/// True if both are the same operation or function on as many parts; leaves have to be the same.
pub(super) fn same_head(a: &Expr, b: &Expr) -> bool {
    match (&a.node, &b.node) {
        (Node::Call(one), Node::Call(two)) => {
            one.function == two.function
                && one.base.is_some() == two.base.is_some()
                && one.exponent.is_some() == two.exponent.is_some()
        }
        (Node::Root { degree: one, .. }, Node::Root { degree: two, .. }) => one.is_some() == two.is_some(),
        (Node::EitherSign(one, _), Node::EitherSign(two, _))
        | (Node::SumOrDifference(_, one, _), Node::SumOrDifference(_, two, _)) => one == two,
        (Node::Quantity(_, one), Node::Quantity(_, two)) => one == two,
        (Node::Number(_) | Node::Mixed { .. } | Node::Name(_) | Node::Constant(_), _) => a.node == b.node,
        (one, two) => std::mem::discriminant(one) == std::mem::discriminant(two),
    }
}

/// The terms of a sum, through brackets that change nothing.
pub(super) fn open_terms(expr: &Expr) -> Vec<Signed<'_>> {
    terms_within(expr, &|part, negative| match &part.node {
        Node::Bracket(inner) => !negative || !(is_sum(bare(inner)) || matches!(bare(inner).node, Node::Negative(_))),
        Node::Negative(inner) => !negative && !is_sum(bare(inner)),
        _ => true,
    })
}

pub(super) fn is_sum(expr: &Expr) -> bool {
    matches!(expr.node, Node::Sum(..) | Node::Difference(..))
}

/// The factors of a product, through brackets around products, and whether an odd number of them is negative.
pub(super) fn open_factors(expr: &Expr) -> (bool, Vec<&Expr>) {
    let (mut negative, mut found) = (false, Vec::new());
    gather_factors(expr, &mut negative, &mut found);
    (negative, found)
}

fn gather_factors<'e>(expr: &'e Expr, negative: &mut bool, found: &mut Vec<&'e Expr>) {
    match &bare(expr).node {
        Node::Product(a, _, b) => {
            gather_factors(a, negative, found);
            gather_factors(b, negative, found);
        }
        Node::Negative(inner) => {
            *negative = !*negative;
            gather_factors(inner, negative, found);
        }
        _ => found.push(bare(expr)),
    }
}

/// The number, if it is one in digits.
pub(super) fn digits(expr: &Expr) -> Option<&Number> {
    match &bare(expr).node {
        Node::Number(number) => Some(number),
        _ => None,
    }
}

/// The whole number it is written as, with a sign perhaps.
pub(super) fn whole(expr: &Expr) -> Option<i64> {
    match &bare(expr).node {
        Node::Number(number) if number.is_whole() => Exact::from(&number.value).to_whole(),
        Node::Negative(inner) => whole(inner).map(|value| -value),
        _ => None,
    }
}

/// `a` and `b` of the fraction `a/b` of whole numbers.
pub(super) fn simple_fraction(expr: &Expr) -> Option<(i64, i64)> {
    match &bare(expr).node {
        Node::Quotient(a, _, b) => Some((whole(a)?, whole(b)?)),
        Node::Negative(inner) => simple_fraction(inner).map(|(a, b)| (-a, b)),
        _ => None,
    }
}

/// As it is told to people.
pub(super) fn text(expr: &Expr) -> String {
    expression_text(expr, Notation::Swedish)
}

/// The value written out, the terms of the highest degree first; numbers with fraction bars.
pub(super) fn expression(values: &Values, fraction: &Fraction) -> Expr {
    expression_in(values, fraction, false)
}

/// The same, numbers that have finitely many decimals with decimals if that is wanted.
pub(super) fn expression_in(values: &Values, fraction: &Fraction, decimals: bool) -> Expr {
    let top = polynomial(values, &fraction.top, decimals);
    if fraction.bottom.is_one() {
        return top;
    }
    quotient(top, polynomial(values, &fraction.bottom, decimals))
}

fn polynomial(values: &Values, polynomial: &Polynomial, decimals: bool) -> Expr {
    let mut terms: Vec<&(Monomial, Exact)> = polynomial.terms().iter().collect();
    let degree = |monomial: &Monomial| monomial.iter().map(|(_, exponent)| *exponent).sum::<u32>();
    terms.sort_by_key(|(monomial, _)| std::cmp::Reverse(degree(monomial)));
    sum_of(terms.into_iter().map(|(monomial, value)| term(values, monomial, &value.to_rational(), decimals)))
}

/// A number times powers of names.
fn term(values: &Values, monomial: &Monomial, value: &Rational, decimals: bool) -> Expr {
    use num_traits::One;
    let number = |value: &Rational| if decimals { decimal(value) } else { number(value) };
    let letters = monomial.iter().map(|(name, exponent)| power(values, *name, *exponent));
    if monomial.is_empty() {
        return number(value);
    }
    let size = value.abs();
    let product =
        if size.is_one() { product_of(letters) } else { product_of(std::iter::once(number(&size)).chain(letters)) };
    if value.is_negative() { negated(product) } else { product }
}

/// With decimals if there are finitely many.
fn decimal(value: &Rational) -> Expr {
    let (mut scaled, mut decimals) = (value.abs(), 0);
    while !scaled.is_integer() && decimals < 12 {
        scaled *= Rational::from_integer(10.into());
        decimals += 1;
    }
    if !scaled.is_integer() {
        return number(value);
    }
    let size = Expr::new(Place::before(0), Node::Number(Number { value: value.abs(), decimals }));
    if value.is_negative() { negated(size) } else { size }
}

fn power(values: &Values, name: Name, exponent: u32) -> Expr {
    let here = Place::before(0);
    let base = values.kernel(name).cloned().unwrap_or_else(|| Expr::new(here, Node::Name(name)));
    if exponent == 1 {
        return base;
    }
    let size = Number::whole(exponent.into());
    Expr::new(here, Node::Power(Box::new(base), Box::new(Expr::new(here, Node::Number(size)))))
}
