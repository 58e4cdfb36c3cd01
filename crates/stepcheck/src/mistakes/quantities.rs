//! Mistakes in lines with units: numbers of one unit are looked at as numbers, and a changed unit by how many of it there
//! are said to be.

use num_traits::{Signed as _, Zero};

use super::{Mistake, in_values};
use crate::account::{Cause, Misconception};
use crate::exact::Rational;
use crate::policy::Policy;
use crate::tree::{Expr, Node, Number, Statement, Unit};
use crate::units::{Measure, find, has_unit};
use crate::unreadable::Place;

/// Seconds, minutes and hours as if a hundred made one of the next.
const HUNDREDS: [(&str, u32); 3] = [("s", 1), ("min", 100), ("h", 10_000)];

/// What is known of a wrong line if units stand in it or above it; `None` if there is none.
pub(super) fn between(above: &Expr, line: &Statement, policy: &Policy) -> Option<Mistake> {
    if !has_unit(above) && !line.sides().any(has_unit) {
        return None;
    }
    let mut before = above;
    for side in line.sides() {
        let value = |expr: &Expr| Measure::of(expr).and_then(|measure| measure.in_base());
        match (value(before), value(side)) {
            (Some(known), Some(found)) if known == found => before = side,
            (Some((_, dimension)), Some((_, own))) if dimension == own => return Some(in_side(before, side, policy)),
            _ => return Some(Mistake::default()),
        }
    }
    Some(Mistake::default())
}

fn in_side(above: &Expr, line: &Expr, policy: &Policy) -> Mistake {
    if let (Some(one), Some(two)) = (only_word(above), only_word(line))
        && one == two
    {
        return in_values(&without_units(above), &without_units(line), policy);
    }
    let mut found = converted(above, line);
    found.extend(hundreds(above, line));
    found.dedup();
    match found.as_slice() {
        [only] => Mistake {
            cause: Some(Cause::Misconception { id: *only }),
            broken: Some(number_place(line)),
            follows: false,
        },
        _ => Mistake::default(),
    }
}

/// The word of all units in it, if it is one: `cm` of `3 cm·4 cm` and of `12 cm²`.
fn only_word(expr: &Expr) -> Option<&str> {
    if let Node::Quantity(_, unit) = &expr.node {
        return word_of(unit).map(|(word, _)| word);
    }
    let mut words = expr.each_part().filter(|part| has_unit(part)).map(only_word);
    let first = words.next()??;
    words.all(|word| word == Some(first)).then_some(first)
}

/// The word and exponent of a unit of one word.
fn word_of(unit: &Unit) -> Option<(&str, i8)> {
    match (unit.above.as_slice(), unit.below.as_slice()) {
        ([only], []) => Some((&only.word, only.power)),
        _ => None,
    }
}

fn without_units(expr: &Expr) -> Expr {
    match &expr.node {
        Node::Quantity(value, _) => (**value).clone(),
        _ => expr.map_parts(&mut without_units),
    }
}

/// The number of a quantity; all of it if there are several.
fn number_place(line: &Expr) -> Place {
    match &line.unwrapped().node {
        Node::Quantity(value, _) => value.place,
        _ => line.place,
    }
}

/// `2 m²` → `200 cm²`, `500 cm` → `50 000 m`
fn converted(above: &Expr, line: &Expr) -> Vec<Misconception> {
    let quantity = |expr: &Expr| match &expr.unwrapped().node {
        Node::Quantity(_, unit) => {
            let (word, power) = word_of(unit)?;
            Some((find(word)?.factor(), power, Measure::of(expr)?.number.value))
        }
        _ => None,
    };
    let (Some((from, power, value)), Some((to, same, found))) = (quantity(above), quantity(line)) else {
        return Vec::new();
    };
    if power != same || power < 1 || value.is_zero() {
        return Vec::new();
    }
    let factor = from / to;
    let whole = factor.pow(i32::from(power));
    let mut all = Vec::new();
    if power > 1 && found == &value * &factor {
        all.push(Misconception::UnitLengthFactor);
    }
    if found == value / whole {
        all.push(Misconception::UnitWrongWay);
    }
    all
}

/// `2 h 30 min` → `2,3 h`, `1,5 h` → `1 h 50 min`, and `1,5 h` → `1 h 5 min`
fn hundreds(above: &Expr, line: &Expr) -> Option<Misconception> {
    let (mut words, mut others) = (Vec::new(), Vec::new());
    let (from, to) = (in_hundreds(above, &mut words)?, in_hundreds(line, &mut others)?);
    words.extend(others);
    words.sort_unstable();
    words.dedup();
    let same = from == to || [(above, line), (line, above)].into_iter().any(|(a, b)| digits_as_smaller(a, b));
    (words.len() > 1 && same && !from.is_negative()).then_some(Misconception::TimeAsDecimal)
}

fn in_hundreds(expr: &Expr, words: &mut Vec<&'static str>) -> Option<Rational> {
    match &expr.unwrapped().node {
        Node::Compound(a, b) | Node::Sum(a, b) => Some(in_hundreds(a, words)? + in_hundreds(b, words)?),
        Node::Quantity(value, unit) => {
            let (word, 1) = word_of(unit)? else { return None };
            let symbol = find(word).filter(|known| known.prefix == 0)?.entry.symbol;
            let (symbol, size) = *HUNDREDS.iter().find(|(own, _)| *own == symbol)?;
            words.push(symbol);
            let value = Measure::of(value)?.number.value;
            Some(value * Rational::from_integer(size.into()))
        }
        _ => None,
    }
}

/// True for `1,5 h` and `1 h 5 min`: the digits after the decimal sign are taken for the smaller unit.
fn digits_as_smaller(decimal: &Expr, compound: &Expr) -> bool {
    let number = |expr: &Expr| match &expr.unwrapped().node {
        Node::Quantity(value, unit) => match &value.node {
            Node::Number(number) => Some((number.clone(), word_of(unit)?.0.to_owned())),
            _ => None,
        },
        _ => None,
    };
    let Node::Compound(larger, smaller) = &compound.unwrapped().node else { return false };
    let (Some((written, word)), Some((whole, own)), Some((rest, _))) =
        (number(decimal), number(larger), number(smaller))
    else {
        return false;
    };
    let digits = |number: &Number| number.value.fract() * Rational::from_integer(10.into()).pow(places(number));
    written.decimals > 0 && word == own && written.value.trunc() == whole.value && digits(&written) == rest.value
}

fn places(number: &Number) -> i32 {
    i32::try_from(number.decimals).unwrap_or(0).min(12)
}
