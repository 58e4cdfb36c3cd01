//! Completed squares.

use super::kernels::Kernels;
use super::{Form, factors, is_arithmetic, terms};
use crate::tree::{Expr, Name};
use crate::verdict::Left;

pub(super) fn completed(expr: &Expr, variable: Name) -> Form {
    let depends = |part: &Expr| part.names().contains(&variable);
    let mut kernels = Kernels::default();
    let mut degree = |part: &Expr| {
        let polynomial = kernels.polynomial_in(part, variable)?;
        Some(polynomial.by_powers_of(variable).len().saturating_sub(1))
    };
    let left = Form::Left(Left::CompleteSquare);
    match degree(expr) {
        Some(0 | 1) => return Form::Finished,
        Some(2) => {}
        _ => return left,
    }
    let (bound, free): (Vec<_>, Vec<_>) = terms(expr).into_iter().partition(|(_, term)| depends(term));
    let [(_, term)] = bound.as_slice() else { return left };
    let mut squares = factors(term).into_iter().filter(|(base, _)| depends(base));
    match (squares.next(), squares.next()) {
        (Some((base, 2)), None) if degree(base) == Some(1) => {}
        _ => return left,
    }
    let numbers = free.iter().filter(|(_, term)| is_arithmetic(term)).count();
    (numbers > 1).then_some(Left::Collect).into()
}
