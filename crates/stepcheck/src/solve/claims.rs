//! Where a claim in one unknown holds.

use std::cmp::Ordering;

use super::linear::Linear;
use super::set::{Mark, sort};
use super::zeros::{Zeros, breaks, turns, zeros};
use super::{Coordinate, RealSet, Unknown, Unsolved};
use crate::ball::{Ball, Lack};
use crate::exact::Exact;
use crate::tree::Name;
use crate::value::{Claim, Comparator, Point, Term};

/// The solutions of `claim` in `unknown`; every other name has a value by now.
///
/// # Errors
/// If there is no method for it, or if it would take too many steps.
pub(crate) fn solve(claim: &Claim, unknown: impl Into<Unknown>) -> Result<RealSet, Unsolved> {
    let unknown = unknown.into();
    match claim {
        Claim::All => Ok(RealSet::ALL),
        Claim::None => Ok(RealSet::NONE),
        Claim::And(parts) => {
            let mut set = RealSet::ALL;
            for part in parts {
                set = set.and(&solve(part, unknown)?);
            }
            Ok(set)
        }
        Claim::Or(parts) => {
            let mut set = RealSet::NONE;
            for part in parts {
                set = set.or(&solve(part, unknown)?);
            }
            Ok(set)
        }
        Claim::Compare(left, comparator, right) => match compared(left, *comparator, right, unknown) {
            // A constant part without a value leaves the whole without one.
            Err(_) if [left, right].into_iter().any(|side| lacks_value(side, unknown)) => Ok(RealSet::NONE),
            found => found,
        },
    }
}

/// True if some part without the unknown certainly has no value.
fn lacks_value(term: &Term, unknown: Unknown) -> bool {
    let mut lacks = false;
    term.visit(&mut |part| {
        if !lacks && !matches!(part, Term::Number(_) | Term::Name(_)) && !part.has_name(unknown.name) {
            lacks = part.at(&Point::new(Vec::new())).err() == Some(Lack::Undefined);
        }
    });
    lacks
}

fn compared(left: &Term, comparator: Comparator, right: &Term, unknown: Unknown) -> Result<RealSet, Unsolved> {
    let truth = |place: &Coordinate| stands(left, comparator, right, unknown, place);
    if !left.has_name(unknown.name) && !right.has_name(unknown.name) {
        let holds = truth(&Coordinate::Rational(Exact::ZERO))?;
        return Ok(if holds { RealSet::ALL } else { RealSet::NONE });
    }
    if let Some(value) = named_value(left, right, unknown)
        && comparator == Comparator::Equal
    {
        let places: Vec<Coordinate> = value.into_iter().collect();
        unknown.within(&places)?;
        return Ok(RealSet::points(places));
    }
    if let Some((slope, zero)) = Linear::difference(left, right).as_ref().and_then(|linear| linear.zero(unknown.name)) {
        return beside(slope, zero, comparator, unknown);
    }
    let difference = match (left, right) {
        (_, Term::Number(zero)) if zero.is_zero() => zeros(left, unknown)?,
        (Term::Number(zero), _) if zero.is_zero() => zeros(right, unknown)?,
        _ => zeros(&left.clone().minus(right.clone()), unknown)?,
    };
    let Zeros { mut places, loose, everywhere, partly } = difference;
    if comparator == Comparator::Equal && !everywhere && !partly {
        if loose {
            let mut kept = Vec::with_capacity(places.len());
            for place in places {
                if truth(&place)? {
                    kept.push(place);
                }
            }
            places = kept;
        }
        return Ok(RealSet::points(places));
    }
    places.extend(breaks(left, unknown)?);
    places.extend(breaks(right, unknown)?);
    if partly {
        places.extend(turns(left, unknown)?);
        places.extend(turns(right, unknown)?);
    }
    sort(&mut places);
    let Some((first, last)) = places.first().zip(places.last()) else {
        let holds = truth(&Coordinate::Rational(Exact::Small(3, 7)))?;
        return Ok(if holds { RealSet::ALL } else { RealSet::NONE });
    };
    let before = truth(&first.beyond(false))?;
    let mut marks = Vec::with_capacity(places.len());
    for (index, at) in places.iter().enumerate() {
        let inner = places.get(index + 1).map_or_else(|| last.beyond(true), |next| at.between(next));
        marks.push(Mark { at: at.clone(), here: truth(at)?, after: truth(&inner)? });
    }
    Ok(RealSet::new(before, marks))
}

/// Where something with this slope and this only zero compares so with 0.
fn beside(slope: &Exact, zero: Exact, comparator: Comparator, unknown: Unknown) -> Result<RealSet, Unsolved> {
    let zero = Coordinate::Rational(zero);
    unknown.within(std::slice::from_ref(&zero))?;
    let after = slope.order(&Exact::ZERO);
    let mark = Mark { at: zero, here: comparator.holds(Ordering::Equal), after: comparator.holds(after) };
    Ok(RealSet::new(comparator.holds(after.reverse()), [mark]))
}

/// The value in `x = value` or `value = x`; `Some(None)` if it has none.
fn named_value(left: &Term, right: &Term, unknown: Unknown) -> Option<Option<Coordinate>> {
    let value = match (left, right) {
        (Term::Name(name), value) | (value, Term::Name(name))
            if *name == unknown.name && !value.has_name(unknown.name) =>
        {
            value
        }
        _ => return None,
    };
    if let Term::Number(value) = value {
        return Some(Some(Coordinate::Rational(value.clone())));
    }
    let nowhere = Point::new(Vec::new());
    match value.exactly(&Point::new(Vec::new())) {
        Some(exact) => Some(exact.map(Coordinate::Rational)),
        None => match value.at(&nowhere) {
            Ok(ball) => Some(Some(Coordinate::Real(ball))),
            Err(Lack::Undefined) => Some(None),
            Err(Lack::Unknown) => None,
        },
    }
}

/// Whether the comparison holds where the unknown is `place`.
fn stands(
    left: &Term,
    comparator: Comparator,
    right: &Term,
    unknown: Unknown,
    place: &Coordinate,
) -> Result<bool, Unsolved> {
    compares(left, comparator, right, &[(unknown.name, place.clone())])
}

/// Whether `claim` holds at a point; it may have several names.
pub(crate) fn holds(claim: &Claim, point: &[(Name, Coordinate)]) -> Result<bool, Unsolved> {
    match claim {
        Claim::All => Ok(true),
        Claim::None => Ok(false),
        Claim::And(parts) => parts.iter().try_fold(true, |all, part| Ok(all && holds(part, point)?)),
        Claim::Or(parts) => parts.iter().try_fold(false, |any, part| Ok(any || holds(part, point)?)),
        Claim::Compare(left, comparator, right) => compares(left, *comparator, right, point),
    }
}

fn compares(left: &Term, comparator: Comparator, right: &Term, point: &[(Name, Coordinate)]) -> Result<bool, Unsolved> {
    let rational = point.iter().map(|(name, place)| match place {
        Coordinate::Rational(value) => Some((*name, value.clone())),
        Coordinate::Real(_) => None,
    });
    if let Some(values) = rational.collect::<Option<Vec<_>>>() {
        let point: Point<Exact> = Point::new(values);
        if let (Some(a), Some(b)) = (left.exactly(&point), right.exactly(&point)) {
            return Ok(a.zip(b).is_some_and(|(a, b)| comparator.holds(a.order(&b))));
        }
    }
    let values = point.iter().map(|(name, place)| (*name, place.ball())).collect();
    let point: Point<Ball> = Point::new(values);
    match (left.at(&point), right.at(&point)) {
        (Ok(a), Ok(b)) => {
            let sign = a.minus(&b).settled_sign().ok_or(Unsolved::NoMethod)?;
            Ok(comparator.holds(sign))
        }
        (Err(Lack::Undefined), _) | (_, Err(Lack::Undefined)) => Ok(false),
        _ => Err(Unsolved::NoMethod),
    }
}
