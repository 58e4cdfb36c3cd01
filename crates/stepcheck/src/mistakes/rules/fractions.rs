//! Fractions: adding, multiplying, dividing and reducing them.

use num_integer::Integer;

use super::super::monomial::{Monomial, exact, integer, literal, signed, whole};
use super::{Rewrites, pairs, with_pair, with_term};
use crate::account::Misconception as M;
use crate::exact::Exact;
use crate::rewrite::{Signed, product_of, quotient, sum_of, terms};
use crate::tree::{Expr, Node};

/// How many common divisors of one fraction are tried.
const MAX_DIVISORS: usize = 10;

/// A fraction with its sign, brackets left off.
#[derive(Clone, Copy)]
struct Fraction<'e> {
    negative: bool,
    top: &'e Expr,
    bottom: &'e Expr,
}

impl<'e> Fraction<'e> {
    fn of(negative: bool, expr: &'e Expr) -> Option<Self> {
        match &expr.unwrapped().node {
            Node::Quotient(top, _, bottom) => Some(Self { negative, top, bottom }),
            _ => None,
        }
    }

    fn signed_top(&self) -> Expr {
        signed(self.negative, self.top.clone())
    }
}

pub(super) fn on_terms(terms: &[Signed<'_>], found: &mut Rewrites) {
    let fractions: Vec<(usize, Fraction<'_>)> =
        terms.iter().enumerate().filter_map(|(at, term)| Some((at, Fraction::of(term.negative, term.body)?))).collect();
    for (a, b) in pairs(fractions.len()) {
        let (Some((first, left)), Some((second, right))) = (fractions.get(a), fractions.get(b)) else { continue };
        let mut add = |rule, new| found.push((rule, with_pair(terms, (*first, *second), new)));
        for new in added_across(left, right) {
            add(M::FracAddParallel, new);
        }
        for new in common_bottom(left, right) {
            add(M::FracCommonDenKeepNum, new);
        }
    }
    if fractions.len() > 2 && fractions.len() == terms.len() {
        let top = sum_of(fractions.iter().map(|(_, fraction)| fraction.signed_top()));
        let bottom = sum_of(fractions.iter().map(|(_, fraction)| fraction.bottom.clone()));
        found.push((M::FracAddParallel, quotient(top, bottom)));
    }
}

/// `a/b+c/d → (a+c)/(b+d)`, and for a difference `(a−c)/(b−d)` or `(a−c)/(b+d)`.
fn added_across(left: &Fraction<'_>, right: &Fraction<'_>) -> Vec<Expr> {
    let top = sum_of([left.signed_top(), right.signed_top()]);
    let both = sum_of([left.bottom.clone(), right.bottom.clone()]);
    let mut found = vec![quotient(top.clone(), both)];
    if left.negative != right.negative {
        let bottom = sum_of([left.bottom.clone(), signed(true, right.bottom.clone())]);
        found.push(quotient(top, bottom));
    }
    found
}

/// The denominator is made common and one numerator or both are kept.
fn common_bottom(left: &Fraction<'_>, right: &Fraction<'_>) -> Vec<Expr> {
    let product = product_of([left.bottom.clone(), right.bottom.clone()]);
    let mut found = vec![quotient(sum_of([left.signed_top(), right.signed_top()]), product.clone())];
    if left.bottom == right.bottom {
        return found;
    }
    let over = |left: Expr, right: Expr, bottom: &Expr| quotient(sum_of([left, right]), bottom.clone());
    let by = |fraction: &Fraction<'_>, factor: Expr| product_of([factor, fraction.signed_top()]);
    found.push(over(by(left, right.bottom.clone()), right.signed_top(), &product));
    found.push(over(left.signed_top(), by(right, left.bottom.clone()), &product));
    if let (Some(b), Some(d)) = (whole(left.bottom), whole(right.bottom)) {
        let common = b.abs().max(1).lcm(&d.abs().max(1));
        if common.checked_mul(1) != b.checked_mul(d) && b != 0 && d != 0 {
            let bottom = integer(common);
            found.push(over(left.signed_top(), right.signed_top(), &bottom));
            found.push(over(by(left, integer(common / b)), right.signed_top(), &bottom));
            found.push(over(left.signed_top(), by(right, integer(common / d)), &bottom));
        }
    }
    found
}

/// `n·(a/b) → (na)/(nb)`
pub(super) fn on_factors(factors: &[&Expr], found: &mut Rewrites) {
    for (a, b) in pairs(factors.len()) {
        let (Some(first), Some(second)) = (factors.get(a), factors.get(b)) else { continue };
        for (number, other) in [(first, second), (second, first)] {
            let Some(fraction) = Fraction::of(false, other) else { continue };
            if literal(number).is_none_or(|value| value.is_one() || value.is_zero()) {
                continue;
            }
            let by = |part: &Expr| product_of([(*number).clone(), part.clone()]);
            let new = quotient(by(fraction.top), by(fraction.bottom));
            let rest =
                factors.iter().enumerate().filter(|(at, _)| *at != a && *at != b).map(|(_, rest)| (*rest).clone());
            found.push((M::FracTimesIntBoth, product_of(rest.chain([new]))));
        }
    }
}

pub(super) fn on_quotient(top: &Expr, bottom: &Expr, found: &mut Rewrites) {
    if let Node::Product(number, _, inner) = &top.node
        && literal(number).is_some_and(|value| !value.is_one() && !value.is_zero())
        && literal(inner).is_some()
    {
        // 4·3/8 can be read as 4·(3/8).
        let below = product_of([(**number).clone(), bottom.clone()]);
        found.push((M::FracTimesIntBoth, quotient(top.clone(), below)));
    }
    divided(top, bottom, found);
    reduced(top, bottom, found);
    cancelled(top, bottom, found);
    split(top, bottom, found);
    super::numbers::on_hundredths(top, bottom, found);
}

/// `(a/b)/(c/d)`: the wrong one inverted, or none.
fn divided(top: &Expr, bottom: &Expr, found: &mut Rewrites) {
    let (above, below) = (Fraction::of(false, top), Fraction::of(false, bottom));
    if above.is_none() && below.is_none() {
        return;
    }
    let inverted = match above {
        Some(above) => quotient(above.bottom.clone(), above.top.clone()),
        None => quotient(integer(1), top.clone()),
    };
    found.push((M::FracDivInvertFirst, product_of([inverted, bottom.clone()])));
    found.push((M::FracDivNoInvert, product_of([top.clone(), bottom.clone()])));
}

/// `(ak)/(bk) → a/(bk)` or `(ak)/b`
fn reduced(top: &Expr, bottom: &Expr, found: &mut Rewrites) {
    let (above, below) = (Monomial::of(false, top), Monomial::of(false, bottom));
    let (Some(a), Some(b)) = (above.coefficient.to_whole(), below.coefficient.to_whole()) else { return };
    let common = a.unsigned_abs().gcd(&b.unsigned_abs());
    let divisors = (2..=common.min(60)).chain((common > 60).then_some(common)).filter(|divisor| common % divisor == 0);
    for divisor in divisors.take(MAX_DIVISORS) {
        let Ok(divisor) = i64::try_from(divisor) else { continue };
        let less = |part: &Monomial<'_>| part.with(&(&part.coefficient / &Exact::Small(divisor, 1)));
        found.push((M::FracSimplifyOnePart, quotient(less(&above), bottom.clone())));
        found.push((M::FracSimplifyOnePart, quotient(top.clone(), less(&below))));
    }
}

/// `(a+b)/a → b`: terms are cancelled as if they were factors.
fn cancelled(top: &Expr, bottom: &Expr, found: &mut Rewrites) {
    let (above, below) = (terms(top.unwrapped()), terms(bottom.unwrapped()));
    if above.len() + below.len() == 2 || above.len() > super::MAX_PARTS || below.len() > super::MAX_PARTS {
        return;
    }
    if let [only] = below.as_slice() {
        let divisor = Monomial::of(only.negative, only.body);
        for (at, term) in above.iter().enumerate() {
            cancelled_in(&above, at, &Monomial::of(term.negative, term.body), &divisor, found);
        }
        return;
    }
    for (at, term) in above.iter().enumerate() {
        for (beneath, other) in below.iter().enumerate() {
            if term.negative != other.negative || term.body != other.body {
                continue;
            }
            let one = || [integer(1)];
            let rest = |terms: &[Signed<'_>], at| if terms.len() == 1 { integer(1) } else { with_term(terms, at, []) };
            found.push((M::CancelTerms, quotient(rest(&above, at), with_term(&below, beneath, []))));
            found.push((M::CancelTerms, quotient(with_term(&above, at, one()), with_term(&below, beneath, one()))));
        }
    }
}

/// One term of the numerator is cancelled against the denominator, as far as they have factors in common.
fn cancelled_in(above: &[Signed<'_>], at: usize, term: &Monomial<'_>, divisor: &Monomial<'_>, found: &mut Rewrites) {
    let common = term.coefficient.common(&divisor.coefficient);
    let number = if term.coefficient.is_whole() && divisor.coefficient.is_whole() && !common.is_zero() {
        common
    } else {
        Exact::ONE
    };
    let shared = divisor.powers.iter().filter_map(|(base, exponent)| {
        let own = term.powers.iter().find(|(other, _)| other == base)?.1;
        (own > 0 && *exponent > 0).then(|| super::super::monomial::power((*base).clone(), own.min(*exponent)))
    });
    let factor = product_of([exact(&number)].into_iter().chain(shared));
    if literal(&factor).is_some_and(|value| value.is_one()) && factor.each_part().count() == 0 {
        return;
    }
    let over = |expr: Expr| quotient(expr, factor.clone());
    let bottom = over(divisor.to_expr());
    let cancelled = with_term(above, at, [over(term.to_expr())]);
    found.push((M::CancelTerms, quotient(cancelled, bottom)));
    if term.is_like(divisor) && term.coefficient == divisor.coefficient {
        found.push((M::CancelTerms, with_term(above, at, [])));
    }
}

/// `a/(b+c) → a/b+a/c`
fn split(top: &Expr, bottom: &Expr, found: &mut Rewrites) {
    let below = terms(bottom.unwrapped());
    if below.len() < 2 || below.len() > super::MAX_PARTS {
        return;
    }
    let parts = below.iter().map(|term| signed(term.negative, quotient(top.clone(), term.body.clone())));
    found.push((M::SplitDenominator, sum_of(parts)));
}
