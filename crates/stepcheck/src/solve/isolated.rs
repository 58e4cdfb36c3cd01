//! Zeros that no method gives in closed form, as in `2^x = x+1`: one at most where the value only
//! rises or only falls.
//!
//! Between the places where it breaks off and those where its derivative vanishes a value is
//! strictly monotonic. So it has one zero there if its signs near both ends differ, and none
//! otherwise. Towards an end without a value, and towards infinity, the sign is looked at step by
//! step; that is no proof, and zeros found so are never called rational.

use std::cmp::Ordering;

use super::zeros::{breaks, zeros_within};
use super::{Coordinate, Unknown, Unsolved, set};
use crate::ball::Ball;
use crate::budget;
use crate::exact::Exact;
use crate::value::{Point, Term};

/// How many derivatives are taken of derivatives.
const MAX_ORDER: usize = 3;
/// How many steps are taken towards an end.
const STEPS: i64 = 40;
const HALVINGS: usize = 60;
const NEWTON_STEPS: usize = 3;
/// How far around a zero both signs are looked at, as a power of two.
const WIDTH: i64 = -160;

/// Places among which are all zeros of `term`; `order` derivatives were taken for it already.
pub(super) fn isolated(term: &Term, unknown: Unknown, order: usize) -> Result<Vec<Coordinate>, Unsolved> {
    if order >= MAX_ORDER || unknown.reach.is_some() || !budget::spend(100) {
        return Err(Unsolved::NoMethod);
    }
    let slope = term.derivative(unknown.name).ok_or(Unsolved::NoMethod)?;
    let mut places = zeros_within(&slope, unknown, order + 1)?.places;
    places.extend(breaks(term, unknown)?);
    places.extend(breaks(&slope, unknown)?);
    set::sort(&mut places);
    let mut found = Vec::new();
    let ends: Vec<Option<&Coordinate>> = std::iter::once(None).chain(places.iter().map(Some)).chain([None]).collect();
    let search = Search { term, slope: &slope, unknown };
    for pair in ends.windows(2) {
        let [low, high] = *pair else { continue };
        found.extend(search.between(low, high)?);
    }
    // Where it only touches zero.
    found.extend(places);
    Ok(found)
}

struct Search<'s> {
    term: &'s Term,
    slope: &'s Term,
    unknown: Unknown,
}

impl Search<'_> {
    /// The zero strictly between two neighbouring places, or between one and infinity.
    fn between(&self, low: Option<&Coordinate>, high: Option<&Coordinate>) -> Result<Option<Coordinate>, Unsolved> {
        let middle = match (low, high) {
            (None, None) => Coordinate::Rational(Exact::Small(1, 3)),
            (Some(low), None) => low.beyond(true),
            (None, Some(high)) => high.beyond(false),
            (Some(low), Some(high)) if low.order(high).is_lt() => low.between(high),
            _ => return Ok(None),
        };
        let inner = middle.near();
        let Some(here) = self.sign(&middle.ball())? else { return Ok(None) };
        if here == Ordering::Equal {
            return Ok(Some(Coordinate::Real(middle.ball())));
        }
        for (end, direction) in [(low, -1.0), (high, 1.0)] {
            for step in 0..STEPS {
                let place = match end {
                    None => inner + direction * 2_f64.powi(i32::try_from(step).unwrap_or(0)),
                    Some(end) => {
                        let end = end.near();
                        end + (inner - end) * 2_f64.powi(-i32::try_from(step + 1).unwrap_or(0))
                    }
                };
                // Beyond what doubles hold, it goes on as before.
                let near = self.term.near(&Point::new(vec![(self.unknown.name, place)]));
                let Some(there) = near.partial_cmp(&0.0) else { break };
                if there == here.reverse() {
                    return self.narrowed(inner, place, here).map(Some);
                }
            }
        }
        Ok(None)
    }

    fn value(term: &Term, unknown: Unknown, at: &Ball) -> Result<Ball, crate::ball::Lack> {
        term.at(&Point::new(vec![(unknown.name, at.clone())]))
    }

    /// The sign at a place; nothing where there is no value.
    fn sign(&self, at: &Ball) -> Result<Option<Ordering>, Unsolved> {
        match Self::value(self.term, self.unknown, at) {
            Ok(value) => value.settled_sign().map(Some).ok_or(Unsolved::NoMethod),
            Err(crate::ball::Lack::Undefined) => Ok(None),
            Err(crate::ball::Lack::Unknown) => Err(Unsolved::NoMethod),
        }
    }

    /// The zero between two places with different signs, as a narrow ball with a sign on each side.
    fn narrowed(&self, mut here: f64, mut there: f64, sign: Ordering) -> Result<Coordinate, Unsolved> {
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(here, there);
            let near = self.term.near(&Point::new(vec![(self.unknown.name, middle)]));
            match near.partial_cmp(&0.0) {
                Some(own) if own == sign => here = middle,
                Some(_) => there = middle,
                None => return Err(Unsolved::NoMethod),
            }
        }
        let lacking = |_| Unsolved::NoMethod;
        let mut zero = Ball::from_f64(f64::midpoint(here, there));
        for _ in 0..NEWTON_STEPS {
            let value = Self::value(self.term, self.unknown, &zero).map_err(lacking)?;
            let slope = Self::value(self.slope, self.unknown, &zero).map_err(lacking)?;
            zero = zero.minus(&value.over(&slope).map_err(lacking)?).midpoint();
        }
        let width = Ball::binary(1.into(), WIDTH).times(&Ball::whole(1).plus(&zero.clone().size()));
        let signs = [zero.minus(&width), zero.plus(&width)]
            .map(|side| Self::value(self.term, self.unknown, &side.midpoint()).ok().and_then(|value| value.sign()));
        let [Some(before), Some(after)] = signs else { return Err(Unsolved::NoMethod) };
        if before == after {
            return Err(Unsolved::NoMethod);
        }
        let simple = zero.short().map(|simple| Ball::from_exact(&simple));
        let exact = simple.filter(|simple| matches!(self.sign(simple), Ok(Some(Ordering::Equal))));
        Ok(Coordinate::Real(exact.unwrap_or_else(|| zero.widened(width.most()))))
    }
}
