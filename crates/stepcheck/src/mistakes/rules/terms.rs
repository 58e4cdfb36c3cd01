//! Like and unlike terms.

use super::super::monomial::{Monomial, exact, scaled};
use super::{Rewrites, pairs, with_pair};
use crate::account::Misconception as M;
use crate::rewrite::{Signed, product_of};
use crate::tree::Expr;

pub(super) fn on_terms(terms: &[Signed<'_>], found: &mut Rewrites) {
    let monomials: Vec<Monomial<'_>> = terms.iter().map(|term| Monomial::of(term.negative, term.body)).collect();
    for (first, second) in pairs(terms.len()) {
        let (Some(a), Some(b)) = (monomials.get(first), monomials.get(second)) else { continue };
        if a.is_number() && b.is_number() || a.coefficient.is_zero() || b.coefficient.is_zero() {
            continue;
        }
        let mut add = |rule, new| found.push((rule, with_pair(terms, (first, second), new)));
        if a.is_like(b) {
            like(a, b, &mut add);
        } else if a.is_of_letters() && b.is_of_letters() {
            unlike(a, b, &mut add);
        }
    }
}

/// `ax+bx → (a+b)x²` and `ax−x → a`.
fn like(a: &Monomial<'_>, b: &Monomial<'_>, add: &mut impl FnMut(M, Expr)) {
    let both = &a.coefficient + &b.coefficient;
    let doubled = a.bases(|exponent| 2 * exponent);
    if !both.is_zero() {
        add(M::CollectSquaresVariable, scaled(&both, doubled.clone()));
    }
    // x+x → x²; of higher powers that is another rule.
    if a.coefficient.is_one() && b.coefficient.is_one() && a.powers.iter().all(|(_, exponent)| *exponent == 1) {
        add(M::CollectSquaresVariable, doubled);
    }
    for (one, other) in [(a, b), (b, a)] {
        if other.coefficient == crate::exact::Exact::Small(-1, 1) && !one.coefficient.abs().is_one() {
            add(M::SubtractVariableAway, exact(&one.coefficient));
        }
    }
}

/// `ax+b → (a+b)x`, `ax+by → (a+b)xy`
fn unlike(a: &Monomial<'_>, b: &Monomial<'_>, add: &mut impl FnMut(M, Expr)) {
    let both = &a.coefficient + &b.coefficient;
    if a.is_number() || b.is_number() {
        let (number, other) = if a.is_number() { (a, b) } else { (b, a) };
        if !both.is_zero() {
            add(M::ConjoinUnlike, other.with(&both));
        }
        if other.coefficient.is_one() {
            add(M::ConjoinUnlike, other.with(&number.coefficient));
        }
        return;
    }
    let same_bases = a.powers.len() == b.powers.len()
        && a.powers.iter().all(|(base, _)| b.powers.iter().any(|(other, _)| base == other));
    if same_bases {
        if !both.is_zero() {
            add(M::ConjoinUnlike, a.with(&both));
            add(M::ConjoinUnlike, b.with(&both));
        }
        return;
    }
    let joined = product_of([a.bases(|own| own), b.bases(|own| own)]);
    if a.coefficient.is_one() && b.coefficient.is_one() {
        add(M::ConjoinUnlike, joined.clone());
    }
    if !both.is_zero() {
        add(M::ConjoinUnlike, scaled(&both, joined));
    }
}
