//! Exact values with roots.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive};

use super::kernels::without_brackets;
use super::lowest_terms::{is_surd, numbers};
use super::{Form, factors, is_arithmetic, is_sum, terms};
use crate::tree::{Expr, Node};
use crate::verdict::Left;

pub(super) fn exact(expr: &Expr) -> Form {
    if is_arithmetic(expr) {
        return super::number::form(expr, crate::verdict::Demand::Value);
    }
    what_is_left(expr).into()
}

fn what_is_left(expr: &Expr) -> Option<Left> {
    if expr.any(&|part| has_large_root(part)) {
        return Some(Left::SimplifyRoot);
    }
    if let Some(left) = numbers(expr) {
        return Some(left);
    }
    let mut known: Vec<Vec<Expr>> = Vec::new();
    for (_, term) in terms(above(expr)) {
        let parts = factors(term);
        if parts.iter().any(|(base, exponent)| *exponent != 1 && is_surd(base) || is_sum(base) && parts.len() > 1) {
            return Some(if is_sum(term) { Left::Expand } else { Left::WorkOut });
        }
        let count = |test: &dyn Fn(&Expr) -> bool| parts.iter().filter(|(base, _)| test(base)).count();
        let numbers_above = parts.iter().filter(|(base, exponent)| is_arithmetic(base) && *exponent > 0).count();
        if count(&is_surd) > 1 || numbers_above > 1 {
            return Some(Left::WorkOut);
        }
        let mut kernels: Vec<Expr> =
            parts.iter().filter(|(base, _)| !is_arithmetic(base)).map(|(base, _)| without_brackets(base)).collect();
        kernels.sort_by_key(|kernel| format!("{:?}", kernel.node));
        if known.contains(&kernels) {
            return Some(Left::Collect);
        }
        known.push(kernels);
    }
    shared_factor(expr).then_some(Left::Shorten)
}

/// What stands above the fraction bar that reaches over everything.
fn above(expr: &Expr) -> &Expr {
    match &expr.node {
        Node::Bracket(inner) | Node::Negative(inner) | Node::Positive(inner) => above(inner),
        Node::Quotient(top, _, bottom) if is_arithmetic(bottom) => top,
        _ => expr,
    }
}

/// True if a whole number divides the denominator and all terms above it.
fn shared_factor(expr: &Expr) -> bool {
    match &expr.node {
        Node::Bracket(inner) | Node::Negative(inner) | Node::Positive(inner) => shared_factor(inner),
        Node::Quotient(top, _, bottom) => {
            let Some(below) = super::whole(bottom) else { return false };
            let coefficient = |term: &Expr| {
                let mut numbers = factors(term).into_iter().filter_map(|(base, _)| super::whole(base));
                numbers.next().unwrap_or(1)
            };
            let common = terms(top).into_iter().fold(below, |so_far, (_, term)| so_far.gcd(&coefficient(term)));
            common.abs() > 1
        }
        _ => false,
    }
}

/// A root of a fraction, or of a whole number that is divisible by a power to the degree.
pub(super) fn has_large_root(expr: &Expr) -> bool {
    let (radicand, degree) = match &expr.node {
        Node::Root { degree: None, radicand } => (radicand, Some(2)),
        Node::Root { degree: Some(degree), radicand } => (radicand, super::whole(degree)),
        _ => return false,
    };
    let inner = radicand.unwrapped();
    if !is_arithmetic(inner) {
        return false;
    }
    let (Node::Number(number), Some(degree)) = (&inner.node, degree.and_then(|degree| degree.to_u32())) else {
        return true;
    };
    !number.value.is_integer() || has_power(&number.value.to_integer(), degree)
}

/// True if the `degree`-th power of a whole number above 1 divides `whole`, or it is 0 or 1. Looked
/// for up to 1000, and `whole` itself; beyond that it is a matter for machines.
fn has_power(whole: &BigInt, degree: u32) -> bool {
    let one = BigInt::one();
    if *whole <= one || degree < 2 {
        return true;
    }
    let root = whole.nth_root(degree);
    let perfect = root.pow(degree) == *whole;
    let most = root.to_u64().map_or(1000, |root| root.min(1000));
    perfect || (2..=most).any(|base| whole.is_multiple_of(&BigInt::from(base).pow(degree)))
}
