//! Places at which only one of two expressions has a value.

use super::{Difference, RealNumber};
use crate::ball::{Ball, Lack};
use crate::exact::Exact;
use crate::solve::{Coordinate, breaks};
use crate::tree::Name;
use crate::value::{Point, Term};

/// Values for the names that are not moved.
const OTHERS: [(i64, i64); 5] = [(7, 5), (17, 4), (2, 7), (19, 2), (5, 13)];

/// A place where `a` or `b` begins, ceases or is interrupted and the other is not.
pub(super) fn find(a: &Term, b: &Term, names: &[Name]) -> Option<Difference> {
    names.iter().find_map(|name| {
        let given: Vec<(Name, Exact)> = names
            .iter()
            .filter(|other| *other != name)
            .zip(OTHERS.iter().cycle())
            .map(|(other, (top, bottom))| (*other, Exact::Small(*top, *bottom)))
            .collect();
        let with = |term: &Term| {
            given.iter().fold(term.clone(), |term, (name, value)| term.with(*name, &Term::Number(value.clone())))
        };
        let (a, b) = (with(a), with(b));
        let mut places = breaks(&a, (*name).into()).unwrap_or_default();
        places.extend(breaks(&b, (*name).into()).unwrap_or_default());
        let place = places.into_iter().find(|place| {
            let (first, second) = (has_value(&a, *name, place), has_value(&b, *name, place));
            first.is_some() && second.is_some() && first != second
        })?;
        let mut at = vec![(*name, RealNumber::from(&place))];
        at.extend(given.iter().map(|(name, value)| (*name, RealNumber::from(value))));
        let near = |term: &Term| term.near(&Point::new(vec![(*name, place.near())]));
        Some(Difference::Values { at, first: near(&a), second: near(&b) })
    })
}

/// Whether `term` has a value where `name` is `place`, if that is certain.
fn has_value(term: &Term, name: Name, place: &Coordinate) -> Option<bool> {
    if let Coordinate::Rational(value) = place
        && let Some(found) = term.exactly(&Point::new(vec![(name, value.clone())]))
    {
        return Some(found.is_some());
    }
    let point: Point<Ball> = Point::new(vec![(name, place.ball())]);
    match term.at(&point) {
        Ok(_) => Some(true),
        Err(Lack::Undefined) => Some(false),
        Err(Lack::Unknown) => None,
    }
}
