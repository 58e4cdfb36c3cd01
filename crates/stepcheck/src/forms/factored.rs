//! Products of polynomials that cannot be split.

use super::kernels::Kernels;
use super::{Form, factors, is_sum, terms};
use crate::exact::{Exact, Polynomial};
use crate::tree::{Expr, Name};
use crate::verdict::Left;

pub(super) fn factored(expr: &Expr, variable: Name) -> Form {
    let left = what_is_left(expr, variable);
    if left == Some(Left::Factor) && is_sum(expr) { Form::Underway } else { left.into() }
}

fn what_is_left(expr: &Expr, variable: Name) -> Option<Left> {
    let mut kernels = Kernels::default();
    for (base, exponent) in factors(expr) {
        let free = !base.names().contains(&variable);
        if exponent <= 0 && !free {
            return Some(Left::Factor);
        }
        if base.is_numeric() || (free && exponent <= 0) {
            continue;
        }
        let Some(polynomial) = kernels.polynomial(base) else { return Some(Left::Factor) };
        if let Some(left) = of_factor(base, &polynomial, &mut kernels) {
            return Some(left);
        }
    }
    None
}

/// What is left to do with one factor that is no number.
fn of_factor(base: &Expr, polynomial: &Polynomial, kernels: &mut Kernels) -> Option<Left> {
    if !is_sum(base) {
        return None;
    }
    if terms(base).len() != polynomial.terms().len() {
        return Some(Left::Collect);
    }
    let reducible = has_whole_content(polynomial) || kernels.can_be_split(polynomial);
    reducible.then_some(Left::Factor)
}

/// True if a whole number above 1 can be taken out of all terms.
fn has_whole_content(polynomial: &Polynomial) -> bool {
    match polynomial.content() {
        Exact::Small(top, _) => top > 1,
        Exact::Big(_) => false,
    }
}
