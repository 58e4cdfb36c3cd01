//! Powers: what an exponent does, and which rules there are for sums, products and powers of powers.

use super::super::monomial::{Monomial, exact, integer, literal, power, raised, scaled, signed, whole};
use super::{Rewrites, pairs, with_pair};
use crate::account::Misconception as M;
use crate::exact::Exact;
use crate::rewrite::{Signed, factors, negated, product_of, quotient, sum_of, terms};
use crate::tree::{Expr, Node};

/// Larger exponents are not looked at.
const MAX_EXPONENT: i64 = 100;

pub(super) fn on_power(base: &Expr, exponent: &Expr, found: &mut Rewrites) {
    if let Node::Power(inner, first) = &base.unwrapped().node {
        let new = raised((**inner).clone(), sum_of([(**first).clone(), exponent.clone()]));
        found.push((M::PowerOfPowerAdd, new));
    }
    let Some(n) = whole(exponent).filter(|n| n.abs() <= MAX_EXPONENT) else { return };
    match n {
        0 => found.push((M::PowerZero, integer(0))),
        1 => {}
        2.. => found.push((M::PowerAsProduct, product_of([integer(n), base.clone()]))),
        // A product with a negative exponent reads it as a negative number too.
        _ => {
            let size = power(base.clone(), -n);
            let below = quotient(integer(1), size.clone());
            let product = product_of([integer(n), base.clone()]);
            found.extend([negated(size), negated(below), product].map(|new| (M::NegativeExponent, new)));
        }
    }
    if n < 2 {
        return;
    }
    match &base.unwrapped().node {
        Node::Negative(inner) => {
            if n % 2 == 0 {
                found.push((M::SquareOfNegative, negated(power((**inner).clone(), n))));
            }
            of_product(inner, n, true, found);
        }
        Node::Product(..) => of_product(base.unwrapped(), n, false, found),
        Node::Quotient(top, _, bottom) => {
            let (above, below) = (power((**top).clone(), n), power((**bottom).clone(), n));
            found.push((M::PowerSkipsCoefficient, quotient(above, (**bottom).clone())));
            found.push((M::PowerSkipsCoefficient, quotient((**top).clone(), below)));
        }
        Node::Sum(..) | Node::Difference(..) => of_sum(&terms(base.unwrapped()), n, found),
        _ => {}
    }
}

/// `(k·a)^n → k·a^n` or `k·n·a^n`, and `(k·a^m)^n → k^n·a^(m+n)`.
fn of_product(base: &Expr, n: i64, negative: bool, found: &mut Rewrites) {
    let factors = factors(base.unwrapped());
    if factors.len() < 2 || factors.len() > super::MAX_PARTS {
        return;
    }
    let odd = negative && n % 2 != 0;
    for at in 0..factors.len() {
        let with = |new: Expr| {
            let rest = factors.iter().enumerate().filter(|(other, _)| *other != at);
            product_of([new].into_iter().chain(rest.map(|(_, factor)| power((*factor).clone(), n))))
        };
        let Some(factor) = factors.get(at) else { continue };
        let mut add = |new: Expr| {
            let new = with(new);
            if negative && !odd {
                found.push((M::PowerSkipsCoefficient, negated(new.clone())));
            }
            found.push((M::PowerSkipsCoefficient, signed(odd, new)));
        };
        add((*factor).clone());
        if literal(factor).is_some() {
            add(product_of([(*factor).clone(), integer(n)]));
        }
    }
    let parts = factors.iter().map(|factor| match &factor.node {
        Node::Power(inner, m) => raised((**inner).clone(), sum_of([(**m).clone(), integer(n)])),
        Node::Number(_) => power((*factor).clone(), n),
        // x is x¹.
        _ => power((*factor).clone(), n + 1),
    });
    if factors.iter().any(|factor| matches!(factor.node, Node::Power(..))) {
        found.push((M::PowerOfPowerAdd, signed(odd, product_of(parts))));
    }
}

/// `(a+b)^n → a^n+b^n`
fn of_sum(terms: &[Signed<'_>], n: i64, found: &mut Rewrites) {
    if terms.len() > super::MAX_PARTS || n > 6 {
        return;
    }
    let raised = |term: &Signed<'_>| power(term.body.clone(), n);
    if terms.iter().all(|term| !term.negative) {
        found.push((M::SquareOfSum, sum_of(terms.iter().map(raised))));
        return;
    }
    found.push((M::SquareOfDifference, sum_of(terms.iter().map(|term| signed(term.negative, raised(term))))));
    if n != 2 {
        return;
    }
    found.push((M::SquareOfDifference, sum_of(terms.iter().map(raised))));
    if let [a, b] = terms {
        let double = signed(a.negative != b.negative, product_of([integer(2), a.body.clone(), b.body.clone()]));
        found.push((M::SquareOfDifference, sum_of([raised(a), double, negated(raised(b))])));
    }
}

/// `a^m+a^n → a^(m+n)`
pub(super) fn on_terms(terms: &[Signed<'_>], found: &mut Rewrites) {
    let monomials: Vec<Monomial<'_>> = terms.iter().map(|term| Monomial::of(term.negative, term.body)).collect();
    for (first, second) in pairs(terms.len()) {
        let (Some(a), Some(b)) = (monomials.get(first), monomials.get(second)) else { continue };
        let ([(base, m)], [(other, n)]) = (a.powers.as_slice(), b.powers.as_slice()) else { continue };
        if base != other || *m < 1 || *n < 1 || (*m, *n) == (1, 1) {
            continue;
        }
        let both = &a.coefficient + &b.coefficient;
        let joined = power((*base).clone(), m + n);
        let mut add = |coefficient: &Exact| {
            found.push((
                M::AddPowersAddExponents,
                with_pair(terms, (first, second), scaled(coefficient, joined.clone())),
            ));
        };
        if a.coefficient.is_one() && b.coefficient.is_one() {
            add(&Exact::ONE);
        }
        // Like terms are collected: that is another rule.
        if m != n && !both.is_zero() {
            add(&both);
        }
    }
}

/// `a^m·a^n → a^(mn)`
pub(super) fn on_factors(factors: &[&Expr], found: &mut Rewrites) {
    let parts: Vec<(&Expr, Option<&Expr>)> = factors
        .iter()
        .map(|factor| match &factor.node {
            Node::Power(base, exponent) => (base.unwrapped(), Some(&**exponent)),
            _ => (factor.unwrapped(), None),
        })
        .collect();
    for (first, second) in pairs(parts.len()) {
        let (Some((base, m)), Some((other, n))) = (parts.get(first), parts.get(second)) else { continue };
        if base != other || (m.is_none() && n.is_none()) {
            continue;
        }
        let exponent = product_of([*m, *n].map(|size| size.cloned().unwrap_or_else(|| exact(&Exact::ONE))));
        let rest = factors.iter().enumerate().filter(|(at, _)| *at != first && *at != second);
        let new = raised((*base).clone(), exponent);
        found.push((M::PowerMulExponents, product_of(rest.map(|(_, rest)| (*rest).clone()).chain([new]))));
    }
}
