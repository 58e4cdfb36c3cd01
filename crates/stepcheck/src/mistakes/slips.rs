//! Slips: lines that are right but for one sign or one number. Found by mending them.

use smallvec::SmallVec;

use super::monomial::signed;
use super::rules::{Sides, Within};
use super::search::each_part;
use super::seen::{Fit, Seen, sides_of, solves_all};
use crate::account::Slip;
use crate::compare::compare_within;
use crate::exact::Rational;
use crate::policy::Policy;
use crate::rewrite::{At, Probe, is_near, near, near_with, replaced, sum_of, terms};
use crate::tree::{Expr, Node, Number, Sign, Statement};
use crate::unreadable::Place;

/// How many mended lines are compared exactly.
const MAX_COMPARED: usize = 4;
/// Longer lines are not mended.
const MAX_SIZE: usize = 160;

/// A change of one part of a side.
struct Mend {
    slip: Slip,
    side: usize,
    way: SmallVec<[u8; 12]>,
    new: Expr,
    place: Place,
}

/// What mends `line` so that it is worth `above`, and where; no place if there are several.
pub(super) fn in_value(above: &Expr, line: &Expr, policy: &Policy) -> Option<(Slip, Option<Place>)> {
    let target = Probe::of(above)?;
    let mut found = signs(line, 0);
    found.retain(|mend| target.is_with_part(line, &mend.way, &mend.new));
    let wanted = |way: &[u8], number: f64| {
        let at = |value: f64, round: usize| near_with(line, way, value, At::round(round));
        let values = target.values();
        let slope = at(number + 1.0, 0) - at(number, 0);
        let value = number + (values[0] - at(number, 0)) / slope;
        let is_right =
            |value: &f64| values.iter().enumerate().all(|(round, wanted)| is_near(at(*value, round), *wanted));
        // Below a fraction bar or in an exponent the value does not change evenly.
        [value, number + 1.0, number - 1.0].into_iter().find(is_right)
    };
    if found.is_empty() {
        found = numbers(line, 0, &wanted);
    }
    told(found, &Statement::Expression(line.clone()), &Statement::Expression(above.clone()), policy)
}

/// The same for what is claimed.
pub(super) fn in_claim(above: &Statement, line: &Statement, policy: &Policy) -> Option<(Slip, Option<Place>)> {
    let known = sides_of(above).filter(|_| !above.names().is_empty())?;
    let Some(sides) = sides_of(line) else { return in_alternatives(&known, above, line, policy) };
    if let Some(place) = turned(&known, &sides) {
        let mended = statement(Sides { sign: sides.sign.flipped(), ..sides });
        return compare_within(&mended, above, policy).is_equal().then_some((Slip::Sign, Some(place)));
    }
    let wanted = Seen::of(above);
    let fit = |mend: &Mend| sides_of(&mended(line, mend)).and_then(|sides| wanted.fit(&sides));
    let mut found: Vec<Mend> = both(&sides).flat_map(|(at, side)| signs(side, at)).collect();
    found.retain(|mend| fit(mend).is_some());
    if found.is_empty() {
        found = both(&sides).flat_map(|(at, side)| numbers(side, at, &wanted_in(&known, &sides, at))).collect();
        found.retain(|mend| fit(mend).is_some());
    }
    // What was only copied wrong comes first.
    if found.iter().any(|mend| fit(mend) == Some(Fit::Sides)) {
        found.retain(|mend| fit(mend) == Some(Fit::Sides));
    }
    told(found, line, above, policy)
}

fn both(sides: &Sides) -> impl Iterator<Item = (usize, &Expr)> {
    [(0, &sides.left), (1, &sides.right)].into_iter()
}

fn statement(sides: Sides) -> Statement {
    Statement::Relation { first: sides.left, rest: vec![(sides.sign, sides.right)] }
}

/// The mends that make the line right: what kind they are of, and where if all are at one place.
fn told(found: Vec<Mend>, line: &Statement, above: &Statement, policy: &Policy) -> Option<(Slip, Option<Place>)> {
    let is_right = |mend: &Mend| compare_within(&mended(line, mend), above, policy).is_equal();
    let right: Vec<Mend> = found.into_iter().take(MAX_COMPARED).filter(is_right).collect();
    let first = right.first()?;
    let place = right.iter().all(|other| other.place == first.place).then_some(first.place);
    Some((first.slip, place))
}

fn mended(line: &Statement, mend: &Mend) -> Statement {
    let mut index = 0;
    line.map_sides(&mut |side| {
        index += 1;
        if index == mend.side + 1 { replaced(side, &mend.way, &mend.new) } else { side.clone() }
    })
}

/// The place of an inequality sign that is turned without a reason.
fn turned(above: &Sides, line: &Sides) -> Option<Place> {
    if line.sign == Sign::Equal || line.sign.flipped() == line.sign {
        return None;
    }
    let turned = statement(Sides { sign: line.sign.flipped(), ..line.clone() });
    Seen::of(&turned).fit(above)?;
    Some(Place::new(line.left.place.end, line.right.place.start))
}

/// Every side with the sign of one term turned.
fn signs(side: &Expr, at: usize) -> Vec<Mend> {
    let mut found: Vec<Mend> = Vec::new();
    if side.size() > MAX_SIZE {
        return found;
    }
    each_part(side, Within::Other, &mut SmallVec::new(), &mut |part, within, way| {
        if within != Within::Other || matches!(part.node, Node::Bracket(_)) {
            return;
        }
        let all = terms(part);
        for turned in 0..all.len() {
            let new = sum_of(
                all.iter()
                    .enumerate()
                    .map(|(index, term)| signed(term.negative != (index == turned), term.body.clone())),
            );
            let place = all.get(turned).map_or(part.place, |term| term.body.place);
            found.push(Mend { slip: Slip::Sign, side: at, way: way.into(), new, place });
        }
    });
    found
}

/// Every side with one number replaced by what `wanted` says it should be, if that looks like a slip.
fn numbers(side: &Expr, at: usize, wanted: &impl Fn(&[u8], f64) -> Option<f64>) -> Vec<Mend> {
    let mut found = Vec::new();
    if side.size() > MAX_SIZE {
        return found;
    }
    each_part(side, Within::Other, &mut SmallVec::new(), &mut |part, _, way| {
        let Node::Number(number) = &part.node else { return };
        let value = wanted(way, near(part, At::round(0)));
        if let Some(number) = value.and_then(|value| slipped(number, value)) {
            let new = Expr::new(part.place, Node::Number(number));
            found.push(Mend { slip: Slip::Number, side: at, way: way.into(), new, place: part.place });
        }
    });
    found
}

/// What a number of a side has to be for the line to claim what is claimed above: the number and the factor between the
/// two claims come of two linear equations.
fn wanted_in(above: &Sides, line: &Sides, at: usize) -> impl Fn(&[u8], f64) -> Option<f64> {
    let (above, line) = (above.clone(), line.clone());
    move |way: &[u8], number: f64| {
        let difference = |value: f64, round: usize| {
            let round = At::round(round);
            if at == 0 {
                near_with(&line.left, way, value, round) - near(&line.right, round)
            } else {
                near(&line.left, round) - near_with(&line.right, way, value, round)
            }
        };
        let target = |round: usize| near(&above.left, At::round(round)) - near(&above.right, At::round(round));
        let [f, g] = [0, 1].map(|round| difference(number, round));
        let [s, t] = [difference(number + 1.0, 0) - f, difference(number + 1.0, 1) - g];
        let [d, e] = [0, 1].map(target);
        let determinant = t * d - s * e;
        let value = number + (f * e - g * d) / determinant;
        let factor = (t * f - s * g) / determinant;
        let fits = value.is_finite() && !is_near(factor, 0.0) && is_near(difference(value, 2), factor * target(2));
        fits.then_some(value)
    }
}

/// The number that was meant, if the written one is that with a digit more, less or another, two digits turned around, or
/// next to it.
fn slipped(written: &Number, value: f64) -> Option<Number> {
    let scale = 10_f64.powi(i32::try_from(written.decimals).ok().filter(|decimals| *decimals <= 6)?);
    let meant = (value * scale).round();
    if !(0.0..1e12).contains(&meant) || !is_near(meant, value * scale) {
        return None;
    }
    let is = (near(&Expr::new(Place::before(0), Node::Number(written.clone())), At::round(0)) * scale).round();
    let (is, should) = (format!("{is}"), format!("{meant}"));
    let close = near_numbers(&is, &should) || one_digit(&is, &should) || turned_digits(&is, &should);
    let top: num_bigint::BigInt = should.parse().ok()?;
    let bottom = num_bigint::BigInt::from(10).pow(u32::try_from(written.decimals).ok()?);
    (is != should && close).then(|| Number { value: Rational::new(top, bottom), decimals: written.decimals })
}

fn near_numbers(a: &str, b: &str) -> bool {
    let (Ok(x), Ok(y)) = (a.parse::<i64>(), b.parse::<i64>()) else { return false };
    x.abs_diff(y) <= if x.min(y) < 10 { 1 } else { 2 }
}

/// True if one is the other with one digit put in, or both have two digits or more and differ in one.
fn one_digit(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let same = long.bytes().zip(short.bytes()).take_while(|(x, y)| x == y).count();
    let rest = |text: &str, from: usize| text.get(from..).unwrap_or_default().to_owned();
    match long.len() - short.len() {
        0 => long.len() > 1 && rest(long, same + 1) == rest(short, same + 1),
        1 => rest(long, same + 1) == rest(short, same),
        _ => false,
    }
}

fn turned_digits(a: &str, b: &str) -> bool {
    let differing: Vec<(usize, (u8, u8))> = a.bytes().zip(b.bytes()).enumerate().filter(|(_, (x, y))| x != y).collect();
    a.len() == b.len() && matches!(differing.as_slice(), [(i, (p, q)), (j, (r, s))] if i + 1 == *j && p == s && q == r)
}

/// Several values of a letter: one has the other sign or is next to a solution.
fn in_alternatives(
    known: &Sides,
    above: &Statement,
    line: &Statement,
    policy: &Policy,
) -> Option<(Slip, Option<Place>)> {
    let sides: Vec<&Expr> = line.sides().collect();
    let mut found: Vec<Mend> = sides.iter().enumerate().flat_map(|(at, side)| signs(side, at)).collect();
    found.retain(|mend| solves_all(known, &mended(line, mend)));
    if found.is_empty() {
        for (at, side) in sides.iter().enumerate() {
            for step in [1.0, -1.0] {
                found.extend(numbers(side, at, &|_, number| Some(number + step)));
            }
        }
        found.retain(|mend| solves_all(known, &mended(line, mend)));
    }
    told(found, line, above, policy)
}
