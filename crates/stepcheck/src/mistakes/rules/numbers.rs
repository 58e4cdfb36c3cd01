//! Decimals and per cent.

use num_traits::{Pow, ToPrimitive};

use super::super::monomial::{integer, literal, whole};
use super::{Rewrites, pairs, with_pair};
use crate::account::Misconception as M;
use crate::exact::{Exact, Rational};
use crate::rewrite::{Signed, number, quotient};
use crate::tree::{Expr, Node, Number};

/// More decimals are not looked at.
const MAX_DECIMALS: usize = 6;

/// `p % → 0,p`
pub(super) fn on_percent(of: &Expr, found: &mut Rewrites) {
    if literal(of).is_some_and(|value| is_below_ten(&value)) {
        found.push((M::PercentPlaceValue, quotient(of.clone(), integer(10))));
    }
}

/// `p/100 → 0,p`
pub(super) fn on_hundredths(top: &Expr, bottom: &Expr, found: &mut Rewrites) {
    if whole(bottom) == Some(100) {
        on_percent(top, found);
    }
}

fn is_below_ten(value: &Exact) -> bool {
    value.is_positive() && value.order(&Exact::Small(10, 1)).is_lt()
}

/// `0,a+0,b → 0,(a+b)`: what stands after the comma is added as whole numbers.
pub(super) fn on_terms(terms: &[Signed<'_>], found: &mut Rewrites) {
    let written = |term: &Signed<'_>| match &term.body.node {
        Node::Number(number) if !term.negative => Some(number.clone()),
        _ => None,
    };
    for (first, second) in pairs(terms.len()) {
        let (Some(a), Some(b)) = (terms.get(first).and_then(written), terms.get(second).and_then(written)) else {
            continue;
        };
        for value in added_as_whole(&a, &b) {
            found.push((M::DecimalAddAsIntegers, with_pair(terms, (first, second), number(&value))));
        }
    }
}

fn added_as_whole(a: &Number, b: &Number) -> Vec<Rational> {
    if a.decimals.min(b.decimals) == 0 || a.decimals.max(b.decimals) > MAX_DECIMALS {
        return Vec::new();
    }
    let after = |number: &Number| {
        let digits = number.value.fract() * Rational::from_integer(10.into()).pow(number.decimals);
        digits.to_integer().to_u64()
    };
    let (Some(first), Some(second)) = (after(a), after(b)) else { return Vec::new() };
    let digits = first + second;
    let length = digits.checked_ilog10().map_or(1, |power| power as usize + 1);
    let whole = a.value.trunc() + b.value.trunc();
    let with = |length: usize| &whole + Rational::new(digits.into(), num_bigint::BigInt::from(10).pow(length));
    let mut found = vec![with(length)];
    let written = a.decimals.max(b.decimals);
    if written > length {
        // 0,05+0,3 → 0,08
        found.push(with(written));
    }
    found
}
