//! Expressions that both sides were multiplied or divided by.

use super::moves::{factored, moved_terms, multiplied_out, scale};
use super::relations::{Sides, scaled};
use super::trail::Trail;
use super::values::{is_zero, minus, number_between, over, reduced, times};
use super::written::{bare, expression, text};
use crate::account::StepKind;
use crate::exact::{Exact, Fraction, Polynomial, Work};
use crate::factors;
use crate::tree::{Name, Node, Sign};

/// Both sides times an expression: the denominators, or what stands before the letter that is looked for.
pub(super) fn by_expressions(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> bool {
    if !from.signs.iter().chain(&to.signs).all(|sign| *sign == Sign::Equal) || from.sides.len() != 2 {
        return false;
    }
    let straight = scaling(trail, from, to);
    let crossed = scaling(trail, from, &to.swapped());
    let cost = |one: &Scaling| {
        2 * one.moved.top.terms().len() + usize::from(!one.up.is_one()) + usize::from(!one.down.is_one())
    };
    let swap = match (&straight, &crossed) {
        (Some(one), Some(two)) => cost(two) < cost(one),
        (one, _) => one.is_none(),
    };
    let Some(found) = (if swap { crossed } else { straight }) else { return false };
    tell_scaling(trail, from, to, &found);
    if swap {
        trail.note_as(StepKind::SwapSides, 0);
    }
    true
}

/// Sides that were multiplied by `up`, got `moved`, and were divided by `down` and multiplied by `number`.
struct Scaling {
    up: Polynomial,
    moved: Fraction,
    down: Polynomial,
    number: Exact,
    cross: bool,
}

fn scaling(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> Option<Scaling> {
    let (before, after) = (from.difference(trail)?, to.difference(trail)?);
    if is_zero(&before) || is_zero(&after) {
        return None;
    }
    let ratio = over(&after, &before).and_then(reduced)?;
    let [(left, right), (first, second)] = [sides_values(trail, from)?, sides_values(trail, to)?];
    let unknown = to.isolated().or_else(|| only_name(from));
    let has_unknown = |polynomial: &Polynomial| {
        let is_in = |own: Name, name: Name| {
            own == name || trail.values.kernel(own).is_some_and(|written| written.names().contains(&name))
        };
        polynomial.as_constant().is_none() && unknown.is_none_or(|name| polynomial.names().any(|own| is_in(own, name)))
    };
    let bottoms = left.bottom.times(&right.bottom, &mut Work::new()).ok();
    let clears = bottoms.is_some_and(|bottoms| factors::divide(&bottoms, &ratio.top).is_some());
    if has_unknown(&ratio.bottom) || (has_unknown(&ratio.top) && !clears) {
        return None;
    }
    let moved = |own: &Fraction, result: &Fraction| minus(result.clone(), times(own, &ratio)?).and_then(reduced);
    let (moved, other) = (moved(&left, &first)?, moved(&right, &second)?);
    let divides = ratio.bottom.as_constant().is_none();
    if moved.equals(&other) != Ok(true) || !moved.bottom.is_one() && !divides {
        return None;
    }
    let cross = ratio.bottom.is_one()
        && from.sides.iter().all(|side| matches!(bare(side).node, Node::Quotient(..)))
        && is_zero(&moved)
        && factors::divide(&ratio.top, &left.bottom).is_some_and(|rest| rest.is_multiple_of(&right.bottom));
    // Of `ax+b = c` the moved term stands alone before it is divided by a.
    let moved = times(&moved, &Fraction::whole(ratio.bottom.clone()))
        .and_then(reduced)
        .filter(|moved| moved.bottom.is_one())?;
    let number = cleared(trail, from).and_then(|written| {
        Some((written.clone(), number_between(&written, &Fraction::whole(ratio.top.clone()))?))
            .filter(|(written, _)| written.bottom.is_one())
    });
    let cross =
        cross || number.is_some() && from.sides.iter().all(|side| matches!(bare(side).node, Node::Quotient(..)));
    let (up, content) = match number {
        Some((written, number)) => (written.top, number),
        None => {
            let content = ratio.top.content();
            (ratio.top.times(&Polynomial::constant(&Exact::ONE / &content), &mut Work::new()).ok()?, content)
        }
    };
    Some(Scaling { up, number: content, down: ratio.bottom, moved, cross })
}

/// The product of the denominators of the sides that are fractions.
fn cleared(trail: &mut Trail, from: &Sides<'_>) -> Option<Fraction> {
    let mut product = Fraction::constant(Exact::ONE);
    for side in &from.sides {
        if let Node::Quotient(_, _, bottom) = &bare(side).node {
            product = times(&product, &trail.values.fraction(bottom)?)?;
        }
    }
    Some(product)
}

fn tell_scaling(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>, found: &Scaling) {
    multiplied_out(trail, from, to, None);
    let minus_one = found.up == Polynomial::constant(-&Exact::ONE);
    if found.cross {
        trail.note(StepKind::CrossMultiply);
    } else if !found.up.is_one() && !minus_one {
        note_factor(trail, StepKind::MultiplyBothSides, &found.up);
    }
    let moved = scaled(&found.moved, &(&Exact::ONE / &found.number));
    if let Some(moved) = moved {
        moved_terms(trail, from, to, &(if minus_one { moved.negated() } else { moved }));
    }
    if !found.down.is_one() {
        note_factor(trail, StepKind::DivideBothSides, &found.down);
    }
    if !found.cross {
        scale(trail, from, &found.number, true);
    }
    if minus_one {
        trail.note(StepKind::ChangeSigns);
    }
    factored(trail, from, to);
}

fn note_factor(trail: &mut Trail, kind: StepKind, factor: &Polynomial) {
    let with = text(&expression(&trail.values, &Fraction::whole(factor.clone())));
    trail.note_with(kind, Some(with));
}

fn sides_values(trail: &mut Trail, sides: &Sides<'_>) -> Option<(Fraction, Fraction)> {
    let (left, right) = sides.both()?;
    Some((trail.values.fraction(left)?, trail.values.fraction(right)?))
}

fn only_name(sides: &Sides<'_>) -> Option<Name> {
    let mut names: Vec<_> = sides.sides.iter().flat_map(|side| side.names()).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
