//! Roots that were taken of both sides.

use super::alternatives::differences;
use super::relations::Sides;
use super::trail::Trail;
use super::values::{minus, number_between, over, times};
use super::written::{bare, open_terms};
use crate::account::StepKind;
use crate::exact::Fraction;
use crate::tree::{Expr, Node};

/// `x² = 9` → `x = ±3`, `(x−1)² = 4` → `x−1 = 2 eller x−1 = −2`, also with what has to be done before.
pub(super) fn taken(trail: &mut Trail, from: &Sides<'_>, parts: &[Sides<'_>]) -> bool {
    let Some(squares) = from.difference(trail) else { return false };
    let turned: Vec<Sides<'_>> = parts.iter().map(Sides::swapped).collect();
    let name_first = |part: &Sides<'_>| part.sides.first().is_some_and(|side| !side.is_numeric());
    let parts = if parts.iter().all(name_first) { parts } else { turned.as_slice() };
    let Some((Some(base), value)) =
        parts.first().and_then(Sides::both).map(|(base, value)| (trail.values.fraction(base), value))
    else {
        return false;
    };
    let same_base = parts.iter().all(|part| {
        part.sides.first().and_then(|side| trail.values.fraction(side)).is_some_and(|own| own.equals(&base) == Ok(true))
    });
    if !same_base || parts.len() != 2 {
        return completed_square(trail, from, parts);
    }
    let Some(mut squared) = times(&base, &base) else { return false };
    let Some(mut wanted) = square(trail, value) else { return false };
    let ratio = |one: &Fraction, two: &Fraction| number_between(&minus(one.clone(), two.clone())?, &squares);
    let mut factor = ratio(&squared, &wanted);
    if factor.is_none()
        && let (Some(fourth), Some(value)) = (times(&squared, &squared), times(&wanted, &wanted))
    {
        factor = ratio(&fourth, &value);
        (squared, wanted) = (fourth, value);
    }
    let Some(factor) = factor.filter(|_| !wanted.top.is_zero()) else { return completed_square(trail, from, parts) };
    isolate(trail, from, &squared, &factor);
    trail.note(StepKind::RootOfBothSides);
    true
}

/// The square of a root or of a value without one.
fn square(trail: &mut Trail, value: &Expr) -> Option<Fraction> {
    let value = bare(value);
    match &value.node {
        Node::Negative(inner) => square(trail, inner),
        Node::Root { degree: None, radicand } => trail.values.fraction(radicand),
        Node::Product(a, _, b) => times(&square(trail, a)?, &square(trail, b)?),
        Node::Quotient(a, _, b) => over(&square(trail, a)?, &square(trail, b)?),
        _ => {
            let value = trail.values.fraction(value)?;
            times(&value, &value)
        }
    }
}

/// What was moved and divided before the square stood alone.
fn isolate(trail: &mut Trail, from: &Sides<'_>, squared: &Fraction, factor: &crate::exact::Exact) {
    let scaled = super::relations::scaled(squared, factor);
    let sides: Vec<Fraction> = from.sides.iter().filter_map(|side| trail.values.fraction(side)).collect();
    let alone = sides.iter().any(|side| number_between(squared, side).is_some());
    if !alone && scaled.is_some() {
        let constant = from.sides.iter().flat_map(|side| open_terms(side)).find(|term| term.body.is_numeric());
        match constant {
            Some(term) => {
                let with = super::written::text(term.body);
                let kind = if term.negative { StepKind::AddToBothSides } else { StepKind::SubtractFromBothSides };
                trail.note_with(kind, Some(with));
            }
            None => trail.note(StepKind::CollectOnOneSide),
        }
    }
    let coefficient = sides.iter().find_map(|side| number_between(squared, side)).unwrap_or_else(|| factor.clone());
    if !coefficient.is_one() {
        trail.note_with(StepKind::DivideBothSides, Some(super::relations::number_text(&coefficient)));
    }
}

/// `(x+3)² = 4` → `x = −3±2`
fn completed_square(trail: &mut Trail, from: &Sides<'_>, parts: &[Sides<'_>]) -> bool {
    let base = from.sides.iter().find_map(|side| match &bare(side).node {
        Node::Power(base, exponent) if crate::forms::whole(exponent) == Some(2) => Some(bare(base)),
        _ => None,
    });
    let Some(base) = base.filter(|base| super::written::is_sum(base)) else { return false };
    let isolated = parts.iter().all(|part| part.isolated().is_some());
    let (Some(own), Some(zeros)) = (trail.values.fraction(base), differences(trail, parts)) else { return false };
    // The cases are base−s and base+s: their sum is twice the base.
    let [first, second] = zeros.as_slice() else { return false };
    let Ok(sum) = first.clone().plus(second.clone(), &mut crate::exact::Work::new()) else { return false };
    if !isolated || number_between(&own, &sum).is_none() {
        return false;
    }
    trail.note(StepKind::RootOfBothSides);
    trail.note(StepKind::SolveEachCase);
    true
}
