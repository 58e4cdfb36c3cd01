//! Several equations that hold together.

use super::alternatives::{self, tried};
use super::relations::Sides;
use super::trail::Trail;
use super::values::{minus, number_between};
use super::written::{alike, bare, digits, text};
use crate::account::StepKind;
use crate::exact::{Exact, Fraction, Work};
use crate::tree::{Expr, Node, Sign, Statement};

/// An equation is multiplied by numbers up to this one before two are added.
const MOST_MULTIPLE: i64 = 12;

/// True if equations are joined in it that hold together.
pub(super) fn is_system(statement: &Statement) -> bool {
    let (Statement::And(parts) | Statement::List(parts)) = statement else { return false };
    let equation = |part: &Statement| Sides::of(part).is_some_and(|sides| sides.is_equation());
    parts.len() > 1 && parts.iter().all(equation) && statement.names().len() > 1
}

/// Notes what was done with the equations.
pub(super) fn between(trail: &mut Trail, above: &Statement, line: &Statement) {
    if matches!(line, Statement::Or(_)) {
        return cases(trail, above, line);
    }
    let from: Vec<Sides<'_>> = above.joined().iter().filter_map(Sides::of).collect();
    let to: Vec<Sides<'_>> = line.joined().iter().filter_map(Sides::of).collect();
    let changed: Vec<&Sides<'_>> = to.iter().filter(|part| !from.iter().any(|own| is_same(own, part))).collect();
    if to.is_empty() || to.len() != line.joined().len() {
        return trail.unnamed();
    }
    if changed.is_empty() {
        let reordered = from.len() == to.len();
        let swapped = from.iter().any(|own| !to.iter().any(|part| is_written_same(own, part)));
        let slight = if swapped { StepKind::SwapSides } else { StepKind::Reorder };
        return if reordered { trail.note_slight(slight) } else { trail.note(StepKind::WorkOnOneEquation) };
    }
    found_one_by_one(trail, &from, changed);
}

/// Tells how each equation was found, those first that need no other one; what is found can be put into the next.
fn found_one_by_one(trail: &mut Trail, from: &[Sides<'_>], mut open: Vec<&Sides<'_>>) {
    type Rule = fn(&mut Trail, &[Sides<'_>], &[Sides<'_>], &Sides<'_>) -> bool;
    let rules: [Rule; 3] = [
        |trail, from, _, part| one_changed(trail, from, part),
        |trail, _, known, part| substituted(trail, known, part),
        |trail, from, _, part| added(trail, from, part),
    ];
    let mut known = from.to_vec();
    while !open.is_empty() {
        let found = rules.iter().find_map(|rule| open.iter().position(|part| rule(trail, from, &known, part)));
        let Some(at) = found else {
            let solved = open.iter().all(|part| part.isolated().is_some());
            return if solved { trail.note_as(StepKind::SolveEquation, 3) } else { trail.unnamed() };
        };
        known.push(open.remove(at).clone());
    }
}

/// True if both say the same, perhaps read from the other side.
fn is_same(one: &Sides<'_>, two: &Sides<'_>) -> bool {
    is_written_same(one, two) || is_written_same(&one.swapped(), two)
}

fn is_written_same(one: &Sides<'_>, two: &Sides<'_>) -> bool {
    one.signs == two.signs && one.sides.iter().zip(&two.sides).all(|(one, two)| alike(one, two))
}

/// One of several equations became cases: `x² = 4, y = x` → `x = 2, y = x eller x = −2, y = x`.
fn cases(trail: &mut Trail, above: &Statement, line: &Statement) {
    let kept = |part: &Statement| line.joined().iter().all(|case| case.joined().contains(part));
    let changed: Vec<&Statement> = above.joined().iter().filter(|part| !kept(part)).collect();
    let [one] = changed.as_slice() else { return trail.unnamed() };
    let rest = |case: &Statement| {
        let parts = case.joined().iter().filter(|part| !above.joined().contains(part)).cloned().collect();
        Statement::all_of(parts)
    };
    if line.joined().iter().any(|case| case.joined().len() != above.joined().len()) {
        return trail.unnamed();
    }
    let line = Statement::any_of(line.joined().iter().map(rest).collect());
    alternatives::between(trail, one, &line);
}

/// One equation by itself.
fn one_changed(trail: &mut Trail, from: &[Sides<'_>], part: &Sides<'_>) -> bool {
    for own in from {
        if let Some(branch) = tried(trail, own, part) {
            trail.note_as(StepKind::WorkOnOneEquation, 0);
            trail.take(branch, None);
            return true;
        }
    }
    false
}

/// `y = 2x` put into another equation.
fn substituted(trail: &mut Trail, from: &[Sides<'_>], part: &Sides<'_>) -> bool {
    for (at, given) in from.iter().enumerate() {
        let ways = [definition(given), definition(&given.swapped())].into_iter().flatten();
        let others = || from.iter().enumerate().filter(|(other, _)| *other != at);
        for ((known, value), (_, own)) in ways.flat_map(|way| others().map(move |own| (way, own))) {
            if !own.sides.iter().any(|side| side.any(&|part| alike(part, known))) {
                continue;
            }
            let put: Vec<Expr> = own.sides.iter().map(|side| with(side, known, value)).collect();
            let filled = Sides { sides: put.iter().collect(), signs: own.signs.clone() };
            if let Some(branch) = tried_or_same(trail, &filled, part) {
                let kind = if value.is_numeric() { StepKind::InsertValue } else { StepKind::SubstituteEquation };
                trail.note_with(kind, Some(text(known)));
                trail.take(branch, None);
                return true;
            }
        }
    }
    false
}

fn tried_or_same(trail: &mut Trail, from: &Sides<'_>, to: &Sides<'_>) -> Option<Trail> {
    if is_same(from, to) { Some(trail.branch()) } else { tried(trail, from, to) }
}

/// What an equation says the value of: a name, or a number of them as `2x` of `2x = 3`.
fn definition<'s>(sides: &Sides<'s>) -> Option<(&'s Expr, &'s Expr)> {
    let (left, right) = sides.both()?;
    let multiple = |side: &Expr| match &side.node {
        Node::Product(number, _, name) => digits(number).is_some() && matches!(bare(name).node, Node::Name(_)),
        _ => false,
    };
    if multiple(bare(left)) && right.is_numeric() {
        return Some((bare(left), right));
    }
    let name = sides.isolated()?;
    let is_name = |side: &Expr| bare(side).node == Node::Name(name);
    Some(if is_name(left) { (bare(left), right) } else { (bare(right), left) })
}

/// The expression with `value` in brackets for every `known`.
fn with(expr: &Expr, known: &Expr, value: &Expr) -> Expr {
    if alike(expr, known) {
        return Expr::new(expr.place, Node::Bracket(Box::new(value.clone())));
    }
    expr.map_parts(&mut |part| with(part, known, value))
}

/// Two equations that were added, one of them perhaps multiplied first.
fn added(trail: &mut Trail, from: &[Sides<'_>], part: &Sides<'_>) -> bool {
    use StepKind as K;
    if part.signs.as_slice() != [Sign::Equal] {
        return false;
    }
    let Some(result) = part.difference(trail) else { return false };
    let differences: Vec<Fraction> = from.iter().filter_map(|own| own.difference(trail)).collect();
    for size in 1..=MOST_MULTIPLE {
        for (at, one) in differences.iter().enumerate() {
            for (other, two) in differences.iter().enumerate() {
                if at == other || (size == 1 && other < at) {
                    continue;
                }
                for minus_two in [false, true] {
                    let Some(sum) = combined(one, two, size, minus_two) else { continue };
                    if number_between(&sum, &result).is_none() {
                        continue;
                    }
                    if size > 1 {
                        trail.note_with(K::MultiplyBothSides, Some(size.to_string()));
                    }
                    trail.note(if minus_two { K::SubtractEquations } else { K::AddEquations });
                    return true;
                }
            }
        }
    }
    false
}

fn combined(one: &Fraction, two: &Fraction, size: i64, minus_two: bool) -> Option<Fraction> {
    let scaled = super::relations::scaled(one, &Exact::Small(size, 1))?;
    if minus_two { minus(scaled, two.clone()) } else { scaled.plus(two.clone(), &mut Work::new()).ok() }
}
