//! Claims that are not solved: equal if their sides differ by a constant factor, different if one
//! place shows it.

use std::cmp::Ordering;

use super::sampling::Sequence;
use super::{Comparison, Difference, RealNumber, Reason, compare_values};
use crate::ball::Ball;
use crate::exact::Exact;
use crate::normal;
use crate::policy::{Gaps, Policy};
use crate::solve::{Coordinate, RealSet, Unsolved, holds};
use crate::tree::Name;
use crate::value::{Claim, Comparator, Point, Term};

/// How many places are tried in search of one at which only one of two claims holds.
const TRIED: usize = 60;

/// Compares two claims of which at least one was not solved.
pub(super) fn compare(
    a: &Claim,
    b: &Claim,
    name: Name,
    first: Result<RealSet, Unsolved>,
    second: Result<RealSet, Unsolved>,
    policy: &Policy,
) -> Comparison {
    if a == b || proportional(a, b, policy) {
        return Comparison::Equal(super::Certainty::Sampled { points: 1 });
    }
    let solution = |place: &Coordinate| Some(vec![(name, RealNumber::from(place))]);
    let points = |set: &Result<RealSet, Unsolved>| set.as_ref().ok().and_then(RealSet::as_points).unwrap_or_default();
    for place in points(&first) {
        if holds(b, &[(name, place.clone())]) == Ok(false) {
            return Comparison::Different(Difference::Solutions { lost: solution(&place), extra: None });
        }
    }
    for place in points(&second) {
        if holds(a, &[(name, place.clone())]) == Ok(false) {
            return Comparison::Different(Difference::Solutions { lost: None, extra: solution(&place) });
        }
    }
    let mut sequence = Sequence::new();
    for round in 0..TRIED {
        let place = Coordinate::Rational(Exact::from_f64(sequence.number(round)));
        let point = [(name, place.clone())];
        match (holds(a, &point), holds(b, &point)) {
            (Ok(true), Ok(false)) => {
                return Comparison::Different(Difference::Solutions { lost: solution(&place), extra: None });
            }
            (Ok(false), Ok(true)) => {
                return Comparison::Different(Difference::Solutions { lost: None, extra: solution(&place) });
            }
            _ => {}
        }
    }
    if let Some(place) = crossing_alone(a, b, name) {
        return Comparison::Different(Difference::Solutions { lost: solution(&place), extra: None });
    }
    if let Some(place) = crossing_alone(b, a, name) {
        return Comparison::Different(Difference::Solutions { lost: None, extra: solution(&place) });
    }
    let why = first.err().or(second.err()).unwrap_or(Unsolved::NoMethod);
    Comparison::Undecided(Reason::from(why))
}

fn sides(claim: &Claim) -> Option<(&Term, Comparator, &Term)> {
    match claim {
        Claim::Compare(left, comparator, right) => Some((left, *comparator, right)),
        _ => None,
    }
}

/// True if the differences of both sides are the same but for a constant factor, and exist at the
/// same places.
pub(super) fn proportional(a: &Claim, b: &Claim, policy: &Policy) -> bool {
    let (Some((a1, comparator, a2)), Some((b1, other, b2))) = (sides(a), sides(b)) else {
        return false;
    };
    let first = a1.clone().minus(a2.clone());
    let second = b1.clone().minus(b2.clone());
    let Some(factor) = ratio(&first, &second) else {
        return false;
    };
    let flipped = if factor.is_positive() { other } else { other.flipped() };
    if comparator != flipped {
        return false;
    }
    let strict = Policy { gaps: Gaps::Refused, tolerance: None, ..policy.clone() };
    let scaled = Term::product([Term::Number(factor), second]);
    compare_values(&first, &scaled, &strict).is_equal()
}

/// True if the differences of both sides have normal forms that are the same but for a constant
/// factor, and values everywhere.
pub(super) fn plainly_proportional(a: &Claim, b: &Claim) -> bool {
    let (Some((a1, comparator, a2)), Some((b1, other, b2))) = (sides(a), sides(b)) else {
        return false;
    };
    if ![a1, a2, b1, b2].into_iter().all(Term::is_everywhere) {
        return false;
    }
    let factor = normal::ratio(&a1.clone().minus(a2.clone()), &b1.clone().minus(b2.clone()));
    factor.is_some_and(|factor| comparator == if factor.is_positive() { other } else { other.flipped() })
}

/// The simple number that `first/second` is near at some place.
fn ratio(first: &Term, second: &Term) -> Option<Exact> {
    let mut names = Vec::new();
    first.gather_names(&mut names);
    second.gather_names(&mut names);
    let mut sequence = Sequence::new();
    (0..40).find_map(|round| {
        let values = names.iter().map(|name| (*name, sequence.number(round))).collect();
        let point = Point::new(values);
        let ratio = first.near(&point) / second.near(&point);
        let usable = ratio.is_finite() && ratio != 0.0;
        usable.then(|| {
            [1.0, 2.0, 3.0, 5.0, 7.0, 12.0, 100.0].into_iter().find_map(|bottom| {
                let top = (ratio * bottom).round();
                let near = top != 0.0 && (ratio * bottom - top).abs() < 1e-9 * top.abs().max(1.0);
                near.then(|| &Exact::from_f64(top) / &Exact::from_f64(bottom))
            })
        })
    })?
}

/// A narrow stretch in which `a`, an equation, has a solution for certain and `b` has none.
fn crossing_alone(a: &Claim, b: &Claim, name: Name) -> Option<Coordinate> {
    let (left, Comparator::Equal, right) = sides(a)? else { return None };
    let (other_left, Comparator::Equal, other_right) = sides(b)? else { return None };
    let near = |x: f64| {
        let point = Point::new(vec![(name, x)]);
        left.near(&point) - right.near(&point)
    };
    let difference = |x: Ball, left: &Term, right: &Term| {
        let point = Point::new(vec![(name, x)]);
        Some(left.at(&point).ok()?.minus(&right.at(&point).ok()?))
    };
    let grid: Vec<f64> = (-80..=80).map(|step| f64::from(step) * 0.25 + 0.013).collect();
    grid.windows(2).find_map(|pair| {
        let [mut low, mut high] = *pair else { return None };
        let (start, end) = (near(low), near(high));
        if !start.is_finite() || !end.is_finite() || (start < 0.0) == (end < 0.0) {
            return None;
        }
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if (near(middle) < 0.0) == (start < 0.0) { low = middle } else { high = middle }
        }
        let (low, high) = (Ball::from_f64(low - 1e-9), Ball::from_f64(high + 1e-9));
        let stretch = low.plus(&high).times(&Ball::binary(1.into(), -1)).midpoint().widened(high.minus(&low).most());
        let before = difference(low, left, right)?.sign()?;
        let after = difference(high, left, right)?.sign()?;
        // It has a value all along, so it does not jump over zero.
        difference(stretch.clone(), left, right)?;
        let away = difference(stretch.clone(), other_left, other_right)?.sign()? != Ordering::Equal;
        (before == after.reverse() && before.is_ne() && away).then(|| Coordinate::Real(stretch.midpoint()))
    })
}
