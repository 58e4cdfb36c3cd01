//! Linear equations in several names, alone or together: by elimination.

use super::{Certainty, Comparison, Difference, RealNumber, Solution};
use crate::exact::Exact;
use crate::policy::{Letters, Policy};
use crate::solve::{Coordinate, Rows, holds};
use crate::tree::Name;
use crate::value::Claim;

/// Compares two claims if both are linear and have a solution; nothing if other methods are to say more: where they differ
/// and neither has a single solution to show.
pub(super) fn compare(a: &Claim, b: &Claim, names: &[Name], policy: &Policy) -> Option<Comparison> {
    let (first, second) = (Rows::of(a, names)?, Rows::of(b, names)?);
    if first == second {
        return Some(Comparison::Equal(Certainty::Exact));
    }
    if policy.letters == Letters::Positive {
        return None;
    }
    let of_first = first.point(names);
    if let Some(point) = of_first.filter(|point| fails(b, point)) {
        return Some(different(Some(point), None));
    }
    let point = second.point(names).filter(|point| fails(a, point))?;
    Some(different(None, Some(point)))
}

type Point = Vec<(Name, Exact)>;

fn fails(claim: &Claim, point: &Point) -> bool {
    let place: Vec<_> = point.iter().map(|(name, value)| (*name, Coordinate::Rational(value.clone()))).collect();
    holds(claim, &place) == Ok(false)
}

fn different(lost: Option<Point>, extra: Option<Point>) -> Comparison {
    let solution = |point: Point| -> Solution {
        point.into_iter().map(|(name, value)| (name, RealNumber::from(&value))).collect()
    };
    Comparison::Different(Difference::Solutions { lost: lost.map(solution), extra: extra.map(solution) })
}
