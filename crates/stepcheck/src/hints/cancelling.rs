//! What stands both above and below a fraction bar.

use super::change::{Change, in_parts};
use super::number::small;
use crate::account::StepKind;
use crate::forms;
use crate::print::{Notation, expression_text};
use crate::rewrite::{factors, quotient};
use crate::tree::{Expr, Node, Over};

/// The first fraction in which a whole factor stands above and below, without it: `(2·6)/(3·6)` → `2/3`.
pub(super) fn next(expr: &Expr) -> Option<Change> {
    if let Node::Quotient(top, Over::Bar, bottom) = &expr.node
        && let Some((factor, above, below)) = without_shared(top.unwrapped(), bottom.unwrapped())
    {
        let new = below.map_or_else(|| above.clone(), |below| quotient(above.clone(), below));
        return Some(Change::with(StepKind::CancelFactor, factor, expr.place, new));
    }
    in_parts(expr, &mut next)
}

/// The shared factor, what is left above, and what is left below unless that is 1.
fn without_shared(top: &Expr, bottom: &Expr) -> Option<(String, Expr, Option<Expr>)> {
    let (above, below) = (factors(top), factors(bottom));
    if let Some(found) = out_of_power((top, &above), (bottom, &below)) {
        return Some(found);
    }
    if above.len() == 1 && below.len() == 1 {
        return None;
    }
    let is_name = |part: &Expr| matches!(part.unwrapped().node, Node::Name(_));
    let (at, under) = above.iter().enumerate().find_map(|(at, factor)| {
        let alike = |other: &&Expr| other.unwrapped() == factor.unwrapped() && !is_name(factor);
        Some((at, below.iter().position(alike)?))
    })?;
    let factor = above.get(at)?.unwrapped();
    if *factor == small(1) {
        return None;
    }
    let above = without(top, &mut 0, at).unwrap_or_else(|| small(1));
    Some((expression_text(factor, Notation::Swedish), above, without(bottom, &mut 0, under)))
}

/// `(x+3)²/(x+3)` → `x+3`: a bracket stands on one side, a power of it on the other.
fn out_of_power(
    (top, above): (&Expr, &[&Expr]),
    (bottom, below): (&Expr, &[&Expr]),
) -> Option<(String, Expr, Option<Expr>)> {
    let is_sum = |part: &Expr| matches!(part.unwrapped().node, Node::Sum(..) | Node::Difference(..));
    let found = |powers: &[&Expr], plain: &[&Expr]| {
        powers.iter().enumerate().find_map(|(at, power)| {
            let Node::Power(base, exponent) = &power.node else { return None };
            let size = forms::whole(exponent).filter(|size| *size > 1 && is_sum(base))?;
            let other = plain.iter().position(|other| other.unwrapped() == base.unwrapped())?;
            let less = match size {
                2 => (**base).clone(),
                _ => Expr::new(power.place, Node::Power(base.clone(), Box::new(small(size - 1)))),
            };
            Some((at, other, less, expression_text(base.unwrapped(), Notation::Swedish)))
        })
    };
    if let Some((at, other, less, with)) = found(above, below) {
        return Some((with, with_factor(top, &mut 0, at, &less), without(bottom, &mut 0, other)));
    }
    let (at, other, less, with) = found(below, above)?;
    let above = without(top, &mut 0, other).unwrap_or_else(|| small(1));
    Some((with, above, Some(with_factor(bottom, &mut 0, at, &less))))
}

/// The product with `new` for factor number `at`.
fn with_factor(expr: &Expr, index: &mut usize, at: usize, new: &Expr) -> Expr {
    if let Node::Product(a, times, b) = &expr.node {
        let (a, b) = (with_factor(a, index, at, new), with_factor(b, index, at, new));
        return Expr::new(expr.place, Node::Product(Box::new(a), *times, Box::new(b)));
    }
    *index += 1;
    if *index == at + 1 { new.clone() } else { expr.clone() }
}

/// The product without factor number `at`, the other signs kept; `None` if nothing is left.
pub(super) fn without(expr: &Expr, index: &mut usize, at: usize) -> Option<Expr> {
    if let Node::Product(a, times, b) = &expr.node {
        return match (without(a, index, at), without(b, index, at)) {
            (Some(a), Some(b)) => Some(Expr::new(expr.place, Node::Product(Box::new(a), *times, Box::new(b)))),
            (only, None) | (None, only) => only,
        };
    }
    let here = *index == at;
    *index += 1;
    (!here).then(|| expr.clone())
}
