//! Sums of simple fractions.

use super::kernels::Kernels;
use super::{Form, factors, is_sum};
use crate::exact::Polynomial;
use crate::factors::{content, divide};
use crate::tree::{Expr, Name, Node};
use crate::verdict::Left;

pub(super) fn split(expr: &Expr, variable: Name) -> Form {
    let mut parts = Vec::new();
    gather(expr, variable, &mut parts);
    let mut kernels = Kernels::default();
    let mut denominators: Vec<(Polynomial, i64)> = Vec::new();
    for part in parts {
        match denominator(part, variable, &mut kernels) {
            Err(left) => return Form::Left(left),
            Ok(None) => {}
            Ok(Some((bottom, power))) => {
                if denominators.iter().any(|(known, size)| *size == power && known.is_multiple_of(&bottom)) {
                    return Form::Left(Left::Collect);
                }
                denominators.push((bottom, power));
            }
        }
    }
    Form::Finished
}

/// The terms of a sum, also of one that is multiplied with something without `variable`.
fn gather<'e>(expr: &'e Expr, variable: Name, parts: &mut Vec<&'e Expr>) {
    let free = |part: &Expr| !part.names().contains(&variable);
    match &expr.node {
        Node::Bracket(inner) | Node::Positive(inner) | Node::Negative(inner) => gather(inner, variable, parts),
        Node::Sum(a, b) | Node::Difference(a, b) => {
            gather(a, variable, parts);
            gather(b, variable, parts);
        }
        Node::Product(a, _, b) if free(a) && is_sum(b) => gather(b, variable, parts),
        Node::Product(a, _, b) if free(b) && is_sum(a) => gather(a, variable, parts),
        Node::Quotient(a, _, b) if free(b) && is_sum(a) => gather(a, variable, parts),
        _ => parts.push(expr),
    }
}

/// The denominator of a simple fraction, to a power; nothing for a polynomial.
fn denominator(part: &Expr, variable: Name, kernels: &mut Kernels) -> Result<Option<(Polynomial, i64)>, Left> {
    let left = Left::PartialFractions;
    let depends = |base: &Expr| base.names().contains(&variable);
    let mut bottom: Option<(Polynomial, i64)> = None;
    let mut height = 0;
    for (base, exponent) in factors(part).into_iter().filter(|(base, _)| depends(base)) {
        let own = kernels.polynomial_in(base, variable).ok_or(left)?;
        if exponent > 0 {
            let size = usize::try_from(exponent).map_err(|_| left)?;
            height += (own.by_powers_of(variable).len() - 1).saturating_mul(size);
            continue;
        }
        bottom = match bottom {
            None => Some((own, -exponent)),
            Some((known, power)) if known.is_multiple_of(&own) => Some((known, power - exponent)),
            Some(_) => return Err(left),
        };
    }
    let Some((base, power)) = bottom else { return Ok(None) };
    let coefficients = base.by_powers_of(variable);
    let primitive = content(&coefficients).and_then(|content| divide(&base, &content)).ok_or(left)?;
    if height + 1 >= coefficients.len() || kernels.can_be_split(&primitive) {
        return Err(left);
    }
    Ok(Some((primitive, power)))
}
