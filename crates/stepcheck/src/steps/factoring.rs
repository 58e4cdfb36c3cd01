//! Sums that are written as products, and completed squares.

use super::polynomials::{are_conjugates, squared};
use super::trail::Trail;
use super::values::{minus, over, reduced, times};
use super::written::{alike, bare, is_sum, open_factors, open_terms, text, whole};
use crate::account::StepKind;
use crate::exact::{Exact, Fraction, Work};
use crate::rewrite::{negated, product_of};
use crate::tree::{Expr, Node};

/// `u²−v²` and `(u+v)(u−v)`, with whatever sums for `u` and `v`; at least one square is written as such.
pub(super) fn difference_of_squares(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    if is_difference_of(trail, a, b) {
        trail.note(StepKind::SumTimesDifference);
        return true;
    }
    if is_difference_of(trail, b, a) {
        trail.note(StepKind::FactorDifferenceOfSquares);
        return true;
    }
    false
}

fn is_difference_of(trail: &mut Trail, product: &Expr, difference: &Expr) -> bool {
    let (negative, factors) = open_factors(product);
    let terms = open_terms(difference);
    let ([one, two], [first, second]) = (factors.as_slice(), terms.as_slice()) else { return false };
    if negative || !is_sum(one) || !is_sum(two) || first.negative == second.negative {
        return false;
    }
    let (plus, less) = if second.negative { (first, second) } else { (second, first) };
    let mut half = |minus_two: bool| -> Option<Fraction> {
        let (f, g) = (trail.values.fraction(one)?, trail.values.fraction(two)?);
        let sum = if minus_two { minus(f, g)? } else { f.plus(g, &mut Work::new()).ok()? };
        squared(&times(&sum, &Fraction::constant(Exact::Small(1, 2)))?)
    };
    let (Some(mean), Some(rest)) = (half(false), half(true)) else { return false };
    let mut is =
        |expr: &Expr, value: &Fraction| trail.values.fraction(expr).is_some_and(|own| own.equals(value) == Ok(true));
    is(plus.body, &mean) && is(less.body, &rest)
}

/// The sums among the factors, each with its power, and the other factors.
struct Product<'e> {
    negative: bool,
    plain: Vec<&'e Expr>,
    sums: Vec<(&'e Expr, i64)>,
}

impl<'e> Product<'e> {
    fn of(expr: &'e Expr) -> Self {
        let (negative, factors) = open_factors(expr);
        let mut product = Self { negative, plain: Vec::new(), sums: Vec::new() };
        for factor in factors {
            match &factor.node {
                Node::Sum(..) | Node::Difference(..) => product.sums.push((factor, 1)),
                Node::Power(base, exponent) if is_sum(bare(base)) => match whole(exponent) {
                    Some(size) => product.sums.push((bare(base), size)),
                    None => product.plain.push(factor),
                },
                _ => product.plain.push(factor),
            }
        }
        product
    }

    /// The factor before the brackets with its sign, if it is not 1.
    fn before(&self) -> Option<Expr> {
        let product = product_of(self.plain.iter().map(|factor| (*factor).clone()));
        match (self.plain.is_empty(), self.negative) {
            (true, false) => None,
            (_, true) => Some(negated(product)),
            (false, false) => Some(product),
        }
    }
}

/// A sum without brackets that became something with brackets.
pub(super) fn factored(trail: &mut Trail, b: &Expr) -> bool {
    use StepKind as K;
    if is_sum(bare(b)) {
        return completed(trail, b);
    }
    let product = Product::of(b);
    if product.sums.is_empty() {
        return false;
    }
    if let Some(before) = product.before() {
        trail.note_with(K::FactorOut, Some(text(&before)));
    }
    match product.sums.as_slice() {
        [(_, 1)] => return true,
        [(_, 2)] => trail.note(K::FactorSquare),
        [(one, 1), (two, 1)] if alike(one, two) => trail.note(K::FactorSquare),
        [(one, 1), (two, 1)] if are_conjugates(one, two, &mut trail.values) => trail.note(K::FactorDifferenceOfSquares),
        _ => trail.note(K::FactorPolynomial),
    }
    true
}

/// A square and what is left: `(x+3)²−4`, `2(x+1)²+3`.
fn completed(trail: &mut Trail, b: &Expr) -> bool {
    let terms = open_terms(b);
    let squares = terms.iter().filter(|term| Product::of(term.body).sums.iter().any(|(_, size)| *size == 2)).count();
    let others = terms.iter().all(|term| {
        let sums = Product::of(term.body).sums;
        sums.is_empty() || sums.len() == 1 && sums.iter().all(|(_, size)| *size == 2)
    });
    let names = terms.iter().filter(|term| Product::of(term.body).sums.is_empty()).all(|term| {
        // What is beside the square has none of its letters, or only those that are no unknowns.
        open_terms(term.body).len() == 1
    });
    let found = squares == 1 && others && names && terms.len() > 1;
    if found {
        trail.note_as(StepKind::CompleteSquare, 2);
    }
    found
}

/// `(x+2)(x+3)` → `x(x+3)+2(x+3)`: every term has a bracket of the product.
pub(super) fn shared_bracket(a: &Expr, b: &Expr) -> bool {
    let (product, terms) = (Product::of(a), open_terms(b));
    let has = |expr: &Expr, sum: &Expr| Product::of(expr).sums.iter().any(|(own, _)| alike(own, sum));
    terms.len() > 1 && product.sums.iter().any(|(sum, _)| terms.iter().all(|term| has(term.body, sum)))
}

/// `x(x+1)+2(x+1)` → `(x+1)(x+2)`: what is taken out is a bracket.
pub(super) fn common_bracket(trail: &mut Trail, a: &Expr, b: &Expr) -> bool {
    let terms = open_terms(a);
    if terms.len() < 2 || is_sum(bare(b)) {
        return false;
    }
    let product = Product::of(b);
    let shared = product.sums.iter().find(|(sum, _)| {
        terms.iter().all(|term| {
            let own = Product::of(term.body);
            own.sums.iter().any(|(other, _)| alike(other, sum))
        })
    });
    if let Some((sum, _)) = shared {
        let with = text(sum);
        trail.note_with(StepKind::FactorOut, Some(with));
        return true;
    }
    let Some(before) = product.before().filter(|_| matches!(product.sums.as_slice(), [(_, 1)])) else { return false };
    let Some(factor) = trail.values.fraction(&before) else { return false };
    let all = terms.iter().all(|term| {
        trail
            .values
            .fraction(term.body)
            .and_then(|value| over(&value, &factor))
            .and_then(reduced)
            .is_some_and(|rest| rest.bottom.is_one())
    });
    if all {
        trail.note_with(StepKind::FactorOut, Some(text(&before)));
    }
    all
}
