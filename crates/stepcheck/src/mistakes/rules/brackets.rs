//! Brackets: a minus before one, a factor before one, two of them multiplied.

use super::{Rewrites, with_term};
use crate::account::Misconception as M;
use crate::rewrite::{Signed, factors, product_of, quotient, sum_of, terms};
use crate::tree::{Expr, Node};

use super::super::monomial::signed;

pub(super) fn on_terms(all: &[Signed<'_>], found: &mut Rewrites) {
    for (at, term) in all.iter().enumerate() {
        let mut add = |rule, parts: Vec<Expr>| found.push((rule, with_term(all, at, parts)));
        match &term.body.node {
            Node::Bracket(_) if term.negative => {
                for parts in minus_before(&inside(term.body), None) {
                    add(M::MinusBracketSign, parts);
                }
            }
            Node::Quotient(top, _, bottom) if term.negative => {
                for parts in minus_before(&inside(top), Some(bottom)) {
                    add(M::MinusBracketSign, parts);
                }
            }
            Node::Product(..) => of_product(term, &mut add),
            _ => {}
        }
    }
}

/// The terms of a bracket; none if there is one only, or too many.
fn inside(expr: &Expr) -> Vec<Signed<'_>> {
    let found = terms(expr.unwrapped());
    if (2..=super::MAX_PARTS).contains(&found.len()) { found } else { Vec::new() }
}

/// `−(a+b) → −a+b`: the signs of some terms only are changed. Over `bottom`, if there is one.
fn minus_before(inner: &[Signed<'_>], bottom: Option<&Expr>) -> Vec<Vec<Expr>> {
    // How many signs are changed: the first, or none, or all but the last.
    let mut changed = vec![1];
    if inner.first().is_some_and(|first| first.negative) {
        changed.push(0);
    }
    if inner.len() > 2 {
        changed.push(inner.len() - 1);
    }
    let over = |term: &Signed<'_>| match bottom {
        Some(bottom) => quotient(term.body.clone(), bottom.clone()),
        None => term.body.clone(),
    };
    let parts = |count: usize| {
        inner.iter().enumerate().map(move |(at, term)| signed(term.negative != (at < count), over(term))).collect()
    };
    if inner.is_empty() { Vec::new() } else { changed.into_iter().map(parts).collect() }
}

fn of_product(term: &Signed<'_>, add: &mut impl FnMut(M, Vec<Expr>)) {
    let all = factors(term.body);
    let sums: Vec<Vec<Signed<'_>>> = all
        .iter()
        .filter(|factor| matches!(factor.node, Node::Bracket(_)))
        .map(|factor| inside(factor))
        .filter(|inner| !inner.is_empty())
        .collect();
    let is_sum = |factor: &Expr| matches!(factor.node, Node::Bracket(_)) && !inside(factor).is_empty();
    let outside: Vec<Expr> = all.iter().filter(|factor| !is_sum(factor)).map(|factor| (*factor).clone()).collect();
    match sums.as_slice() {
        [only] if !outside.is_empty() => distributed(term.negative, &product_of(outside), only, add),
        [first, second] => first_and_last(term.negative, outside, first, second, add),
        _ => {}
    }
}

/// `a(b+c) → ab+c` and `a(b−c) → ab+ac`.
fn distributed(negative: bool, factor: &Expr, inner: &[Signed<'_>], add: &mut impl FnMut(M, Vec<Expr>)) {
    let times = |term: &Signed<'_>| product_of([factor.clone(), term.body.clone()]);
    let is_negative = negative != begins_negative(factor);
    for at in 0..inner.len() {
        let only = |own: &dyn Fn(usize) -> bool, outer: bool| {
            let part = |(index, term): (usize, &Signed<'_>)| {
                let scaled = own(index);
                let body = if scaled { times(term) } else { term.body.clone() };
                // The minus belongs to the factor, or to all that comes of it.
                signed(term.negative != (negative && (scaled || outer)), body)
            };
            inner.iter().enumerate().map(part).collect::<Vec<_>>()
        };
        for outer in [false, true] {
            add(M::DistributeFirstOnly, only(&|index| index == at, outer));
            if inner.len() > 2 {
                add(M::DistributeFirstOnly, only(&|index| index != at, outer));
            }
            if !negative {
                break;
            }
        }
        if is_negative || inner.get(at).is_some_and(|term| term.negative) {
            let part =
                |(index, term): (usize, &Signed<'_>)| signed((term.negative != negative) != (index == at), times(term));
            add(M::DistributeWrongSign, inner.iter().enumerate().map(part).collect());
        }
    }
}

fn begins_negative(expr: &Expr) -> bool {
    match &expr.node {
        Node::Negative(_) => true,
        Node::Bracket(inner) => begins_negative(inner),
        Node::Product(a, ..) | Node::Quotient(a, ..) => begins_negative(a),
        _ => false,
    }
}

/// `(a+b)(c+d) → ac+bd`
fn first_and_last(
    negative: bool,
    outside: Vec<Expr>,
    first: &[Signed<'_>],
    second: &[Signed<'_>],
    add: &mut impl FnMut(M, Vec<Expr>),
) {
    let ([a, b], [c, d]) = (first, second) else { return };
    let product =
        |x: &Signed<'_>, y: &Signed<'_>| signed(x.negative != y.negative, product_of([x.body.clone(), y.body.clone()]));
    let sum = sum_of([product(a, c), product(b, d)]);
    let whole = if outside.is_empty() { sum } else { product_of(outside.into_iter().chain([sum])) };
    add(M::FoilFirstLast, vec![signed(negative, whole)]);
}
