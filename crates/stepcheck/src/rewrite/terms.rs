//! A sum as its terms, a product as its factors.

use num_traits::{One, Signed as _};

use crate::exact::Rational;
use crate::tree::{Expr, Node, Number, Over, Times};
use crate::unreadable::Place;

/// A term of a sum: `2x` in `5−2x` is negative.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signed<'e> {
    pub(crate) negative: bool,
    pub(crate) body: &'e Expr,
}

impl Signed<'_> {
    /// The term with its sign.
    pub(crate) fn to_expr(self) -> Expr {
        if self.negative { negated(self.body.clone()) } else { self.body.clone() }
    }
}

/// The terms of `expr` from left to right, signs taken off; itself if it is no sum. Brackets are kept:
/// `5−(x−3)` has two terms, `5` and the negative `(x−3)`.
pub(crate) fn terms(expr: &Expr) -> Vec<Signed<'_>> {
    terms_within(expr, &|part, _| !matches!(part.node, Node::Bracket(_)))
}

/// The terms of `expr` from left to right, signs taken off. A sum, a sign or a bracket is taken apart if `opens` says so of
/// it and of whether it is subtracted.
pub(crate) fn terms_within<'e>(expr: &'e Expr, opens: &impl Fn(&Expr, bool) -> bool) -> Vec<Signed<'e>> {
    let mut found = Vec::new();
    gather_terms(expr, false, opens, &mut found);
    found
}

fn gather_terms<'e>(expr: &'e Expr, negative: bool, opens: &impl Fn(&Expr, bool) -> bool, found: &mut Vec<Signed<'e>>) {
    let mut gather = |part, negative| gather_terms(part, negative, opens, found);
    match &expr.node {
        _ if !opens(expr, negative) => found.push(Signed { negative, body: expr }),
        Node::Sum(a, b) => {
            gather(a, negative);
            gather(b, negative);
        }
        Node::Difference(a, b) => {
            gather(a, negative);
            gather(b, !negative);
        }
        Node::Negative(inner) => gather(inner, !negative),
        Node::Positive(inner) | Node::Bracket(inner) => gather(inner, negative),
        _ => found.push(Signed { negative, body: expr }),
    }
}

/// The factors of `expr` from left to right; itself if it is no product. Brackets and quotients are kept.
pub(crate) fn factors(expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    gather_factors(expr, &mut found);
    found
}

fn gather_factors<'e>(expr: &'e Expr, found: &mut Vec<&'e Expr>) {
    match &expr.node {
        Node::Product(a, _, b) => {
            gather_factors(a, found);
            gather_factors(b, found);
        }
        _ => found.push(expr),
    }
}

/// The sum of the terms in their order; 0 if there is none. It stands where its first term stands.
pub(crate) fn sum_of(terms: impl IntoIterator<Item = Expr>) -> Expr {
    let joined = terms.into_iter().reduce(|sum, term| {
        let place = sum.place.to(term.place);
        let node = match term.node {
            Node::Negative(inner) => Node::Difference(Box::new(sum), inner),
            node => Node::Sum(Box::new(sum), Box::new(Expr::new(term.place, node))),
        };
        Expr::new(place, node)
    });
    joined.unwrap_or_else(|| number(&Rational::default()))
}

/// The product of the factors in their order, with a sign between two numbers only; 1 if there is none.
pub(crate) fn product_of(factors: impl IntoIterator<Item = Expr>) -> Expr {
    let joined = factors.into_iter().reduce(|product, factor| {
        let place = product.place.to(factor.place);
        let times = if begins_as_number(&factor) { Times::Dot } else { Times::Implied };
        Expr::new(place, Node::Product(Box::new(product), times, Box::new(factor)))
    });
    joined.unwrap_or_else(|| number(&Rational::one()))
}

/// True if a digit or a sign would follow a factor before it.
fn begins_as_number(expr: &Expr) -> bool {
    match &expr.node {
        Node::Number(_) | Node::Mixed { .. } | Node::Negative(_) | Node::Positive(_) => true,
        Node::Product(a, ..) | Node::Quotient(a, ..) | Node::Power(a, _) => begins_as_number(a),
        _ => false,
    }
}

/// `−expr`; without its minus if it begins with one.
pub(crate) fn negated(expr: Expr) -> Expr {
    match expr.node {
        Node::Negative(inner) => *inner,
        node => {
            let place = expr.place;
            Expr::new(place, Node::Negative(Box::new(Expr::new(place, node))))
        }
    }
}

/// `top/bottom` with a fraction bar.
pub(crate) fn quotient(top: Expr, bottom: Expr) -> Expr {
    let place = top.place.to(bottom.place);
    Expr::new(place, Node::Quotient(Box::new(top), Over::Bar, Box::new(bottom)))
}

/// `value` as it is written: a whole number or a fraction in lowest terms, with a minus before it. It stands nowhere.
pub(crate) fn number(value: &Rational) -> Expr {
    let whole = |value| Expr::new(Place::before(0), Node::Number(Number { value, decimals: 0 }));
    let (top, bottom) = (value.numer().abs(), value.denom().clone());
    let size = whole(Rational::from_integer(top));
    let size = if bottom.is_one() { size } else { quotient(size, whole(Rational::from_integer(bottom))) };
    if value.is_negative() { negated(size) } else { size }
}
