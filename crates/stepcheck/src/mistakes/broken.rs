//! Which part of a wrong line broke: the smallest one that certainly is not what it should be.

use super::between;
use super::monomial::literal;
use super::rules::Sides;
use super::search::Origin;
use super::seen::{sides_of, solves, solves_all};
use crate::exact::{Exact, Monomial, normal};
use crate::rewrite::{At, Probe, Signed, factors, near, negated, product_of, quotient, sum_of, terms};
use crate::tree::{Expr, Node, Statement};
use crate::unreadable::Place;

/// Sums with more terms are not taken apart.
const MAX_TERMS: usize = 40;

/// The part of `wrong` that is not right, where it should be worth `right` and is not.
pub(super) fn in_value(right: &Expr, wrong: &Expr) -> Place {
    let (right, inner) = (right.unwrapped(), wrong.unwrapped());
    let (above, here) = (terms(right), terms(inner));
    if above.len() > MAX_TERMS || here.len() > MAX_TERMS {
        return wrong.place;
    }
    if let ([a], [b]) = (above.as_slice(), here.as_slice()) {
        return if a.negative == b.negative { in_term(a.body, b.body) } else { wrong.place };
    }
    let (missing, left) = unmatched(&above, &here);
    match left.as_slice() {
        [] => inner.place,
        [only] => match missing.as_slice() {
            [term] if term.negative == only.negative => in_value(term.body, only.body),
            _ => only.body.place,
        },
        several => by_powers(&missing, several).unwrap_or_else(|| {
            // All of them together, if nothing right stands between.
            if several.len() == here.len() { inner.place } else { stretch(several, &here).unwrap_or(inner.place) }
        }),
    }
}

fn in_term(right: &Expr, wrong: &Expr) -> Place {
    let differ = |a: &Expr, b: &Expr| !agree(a, b);
    match (&right.node, &wrong.node) {
        (Node::Product(..), _) | (_, Node::Product(..)) => in_product(right, wrong),
        (Node::Quotient(a, _, b), Node::Quotient(c, _, d)) | (Node::Power(a, b), Node::Power(c, d)) => {
            match (differ(a, c), differ(b, d)) {
                (true, false) => in_value(a, c),
                // 1/6 where 1/2 should stand: which of the two numbers is wrong is not certain.
                (false, true) if literal(d).is_none() || matches!(wrong.node, Node::Power(..)) => in_value(b, d),
                _ => wrong.place,
            }
        }
        (Node::Root { degree: a, radicand: of }, Node::Root { degree: b, radicand: here }) if a == b => {
            in_value(of, here)
        }
        (Node::Call(a), Node::Call(b)) if a.function == b.function && a.base == b.base && a.exponent == b.exponent => {
            in_value(&a.argument, &b.argument)
        }
        (Node::Bracket(a), _) => in_term(a, wrong),
        (_, Node::Bracket(b)) => in_value(right, b),
        _ => wrong.place,
    }
}

fn in_product(right: &Expr, wrong: &Expr) -> Place {
    let mut missing = factors(right);
    let mut left = factors(wrong);
    left.retain(|factor| match missing.iter().position(|own| agree(own, factor)) {
        Some(at) => {
            missing.remove(at);
            false
        }
        None => true,
    });
    match (missing.as_slice(), left.as_slice()) {
        ([a], [b]) if factors(wrong).len() > 1 => in_value(a, b),
        (_, [only]) => only.place,
        _ => wrong.place,
    }
}

fn agree(a: &Expr, b: &Expr) -> bool {
    matches!((Probe::of(a), Probe::of(b)), (Some(a), Some(b)) if a.agrees(&b))
}

/// The terms of both that the other has not.
fn unmatched<'e>(above: &[Signed<'e>], here: &[Signed<'e>]) -> (Vec<Signed<'e>>, Vec<Signed<'e>>) {
    let known: Vec<Option<Probe>> = above.iter().map(|term| Probe::of(term.body)).collect();
    let mut used = vec![false; above.len()];
    let mut left = Vec::new();
    for term in here {
        let own = Probe::of(term.body);
        let found = above.iter().zip(&known).zip(&used).position(|((other, probe), used)| {
            let same = matches!((probe, own), (Some(a), Some(b)) if a.agrees(&b));
            !used && other.negative == term.negative && same
        });
        match found.and_then(|at| used.get_mut(at)) {
            Some(used) => *used = true,
            None => left.push(*term),
        }
    }
    let missing = above.iter().zip(used).filter(|(_, used)| !used).map(|(term, _)| *term).collect();
    (missing, left)
}

/// Of several terms those that stand at a power of letters whose coefficient is not right.
fn by_powers(missing: &[Signed<'_>], left: &[Signed<'_>]) -> Option<Place> {
    let whole = |expr: &Expr| normal(expr).ok().filter(|value| value.bottom.is_one()).map(|value| value.top);
    let target = whole(&sum_of(missing.iter().map(|term| term.to_expr())))?;
    let mut sums: Vec<(Monomial, Exact)> = Vec::new();
    let mut of_terms = Vec::new();
    for term in left {
        let value = whole(&term.to_expr())?;
        let [(names, coefficient)] = value.terms() else { return None };
        match sums.iter_mut().find(|(own, _)| own == names) {
            Some((_, sum)) => *sum = &*sum + coefficient,
            None => sums.push((names.clone(), coefficient.clone())),
        }
        of_terms.push(names.clone());
    }
    let is_wrong = |names: &Monomial| {
        let should = target.terms().iter().find(|(own, _)| own == names).map(|(_, value)| value);
        let is = sums.iter().find(|(own, _)| own == names).map(|(_, value)| value);
        is != should && !(should.is_none() && is.is_some_and(Exact::is_zero))
    };
    let wrong: Vec<Signed<'_>> =
        left.iter().zip(&of_terms).filter(|(_, names)| is_wrong(names)).map(|(term, _)| *term).collect();
    match wrong.as_slice() {
        [] => None,
        [only] => Some(only.body.place),
        [first, ..] if wrong.len() < left.len() => stretch(&wrong, left).or(Some(first.body.place)),
        _ => None,
    }
}

/// The place of neighbouring terms; `None` if others stand between.
fn stretch(some: &[Signed<'_>], all: &[Signed<'_>]) -> Option<Place> {
    let place = some.iter().map(|term| term.body.place).reduce(Place::to)?;
    let inside = all.iter().filter(|term| place.start <= term.body.place.start && term.body.place.end <= place.end);
    (inside.count() == some.len()).then_some(place)
}

/// The part that is not what the same operation gives when it is done right.
pub(super) fn by_origin(origin: &Origin, line: &Statement) -> Option<Place> {
    let Origin::Line(right) = origin else { return None };
    let line = sides_of(line)?;
    one_side(right, &line).or_else(|| one_side(&right.mirrored(), &line))
}

/// If one side is as it should be, the other one is not.
pub(super) fn one_side(right: &Sides, line: &Sides) -> Option<Place> {
    match (agree(&right.left, &line.left), agree(&right.right, &line.right)) {
        (true, false) => Some(in_value(&right.right, &line.right)),
        (false, true) => Some(in_value(&right.left, &line.left)),
        _ => None,
    }
}

/// The part of a wrong claim that is not right below `above`, if that can be told whatever happened.
pub(super) fn in_claim(above: &Statement, line: &Statement) -> Option<Place> {
    let above = sides_of(above)?;
    if solves_all(&above, line) {
        return None;
    }
    let both = sides_of(line).and_then(|line| {
        [above.clone(), above.mirrored()].iter().find_map(|above| {
            one_side(above, &line)
                .or_else(|| after_moving(above, &line))
                .or_else(|| after_moving(&above.mirrored(), &line.mirrored()))
                .or_else(|| after_scaling(above, &line))
        })
    });
    both.or_else(|| wrong_values(&above, line)).or_else(|| after_collecting(&above, &sides_of(line)?))
}

/// Letters are on one side and numbers on the other.
fn after_collecting(above: &Sides, line: &Sides) -> Option<Place> {
    let mut names = above.left.names();
    names.extend(above.right.names());
    names.dedup();
    let [name] = names[..] else { return None };
    let mut found = between::separated(above, name).flat_map(|sides| [sides.mirrored(), sides]);
    found.find_map(|right| one_side(&right, line))
}

/// Terms were taken from the left side: the same is to be done with the right one.
fn after_moving(above: &Sides, line: &Sides) -> Option<Place> {
    let (taken, added) = unmatched(&terms(&above.left), &terms(&line.left));
    if taken.is_empty() || !added.is_empty() {
        return None;
    }
    let right = sum_of(std::iter::once(above.right.clone()).chain(taken.iter().map(|term| negated(term.to_expr()))));
    (!agree(&right, &line.right)).then(|| in_value(&right, &line.right))
}

/// The left side was divided by a number: the same is to be done with the right one.
fn after_scaling(above: &Sides, line: &Sides) -> Option<Place> {
    let (from, to) = (Probe::of(&above.left)?, Probe::of(&line.left)?);
    if line.left.is_numeric() || from.ratio(&to).is_none() {
        return None;
    }
    let right = quotient(product_of([above.right.clone(), line.left.clone()]), above.left.clone());
    (!agree(&right, &line.right)).then_some(line.right.place)
}

/// Values given to a letter that are no solutions.
fn wrong_values(above: &Sides, line: &Statement) -> Option<Place> {
    let mut wrong = Vec::new();
    let mut count = 0;
    for part in line.joined() {
        let sides = sides_of(part)?;
        let (name, value) = match (&sides.left.node, &sides.right.node) {
            (Node::Name(name), _) if sides.right.is_numeric() => (*name, &sides.right),
            (_, Node::Name(name)) if sides.left.is_numeric() => (*name, &sides.left),
            _ => return None,
        };
        if sides.sign != crate::tree::Sign::Equal {
            return None;
        }
        count += 1;
        let numbers = [true, false].map(|upper| near(value, At::signs(upper)));
        let others = above.left.names().into_iter().chain(above.right.names()).any(|other| other != name);
        if numbers.iter().any(|number| number.is_nan()) || others {
            return None;
        }
        if !numbers.iter().all(|number| solves(above, name, *number)) {
            wrong.push(value.place);
        }
    }
    match wrong.as_slice() {
        [only] => Some(*only),
        [] => None,
        _ => (wrong.len() == count).then(|| line.place()),
    }
}

/// The sign of a relation, with the space around it.
pub(super) fn sign(line: &Statement) -> Option<Place> {
    let line = sides_of(line)?;
    Some(Place::new(line.left.place.end, line.right.place.start))
}
