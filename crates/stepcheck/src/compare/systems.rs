//! Claims that join equations in several names: compared by their points.

use super::parametric::{VALUES, with_values};
use super::{Certainty, Comparison, Difference, RealNumber, Reason, Solution};
use crate::exact::Exact;
use crate::policy::Policy;
use crate::solve::{Place, Places, holds, joined_equations, same, solve_system};
use crate::tree::Name;
use crate::value::Claim;

/// The most choices of names that get values.
const MAX_CHOICES: u32 = 1 << 5;

/// True if some alternative of the claim joins two equations.
pub(super) fn is_system(claim: &Claim) -> bool {
    joined_equations(claim) > 1
}

/// Compares two claims of which at least one is a system.
pub(super) fn compare(a: &Claim, b: &Claim, names: &[Name], _policy: &Policy) -> Comparison {
    let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let choices = 1_u32.checked_shl(count).unwrap_or(u32::MAX).min(MAX_CHOICES);
    let mut why = Reason::NoMethod;
    for given in 0..count {
        let (mut compared, mut telling) = (0, false);
        for choice in (0..choices).filter(|choice| choice.count_ones() == given) {
            match with_choice(a, b, names, choice) {
                Step::Different(difference) => return Comparison::Different(difference),
                Step::Same { points, exact } => {
                    if given == 0 {
                        let certainty = if exact { Certainty::Exact } else { Certainty::Sampled { points } };
                        return Comparison::Equal(certainty);
                    }
                    compared += 1;
                    telling |= points > 0;
                }
                Step::Open(reason) => why = reason,
            }
        }
        if telling {
            return Comparison::Equal(Certainty::Sampled { points: compared });
        }
    }
    Comparison::Undecided(why)
}

enum Step {
    Different(Difference),
    Same { points: usize, exact: bool },
    Open(Reason),
}

/// Compares the points that are left when the names of `choice` have values.
fn with_choice(a: &Claim, b: &Claim, names: &[Name], choice: u32) -> Step {
    let chosen = |at: usize| choice >> at & 1 == 1;
    let given: Vec<(Name, Exact)> = names
        .iter()
        .enumerate()
        .filter(|(at, _)| chosen(*at))
        .map(|(at, name)| {
            let (top, bottom) = VALUES[(at * 7 + 2) % VALUES.len()];
            (*name, Exact::Small(top, bottom))
        })
        .collect();
    let left: Vec<Name> = names.iter().enumerate().filter(|(at, _)| !chosen(*at)).map(|(_, name)| *name).collect();
    let (a, b) = (with_values(a, &given), with_values(b, &given));
    let (first, second) = (solve_system(&a, &left), solve_system(&b, &left));
    if let Some(place) = first.as_ref().ok().and_then(|all| missing(all, &b)) {
        let solution = Some(solution(&place, &given));
        return Step::Different(Difference::Solutions { lost: solution, extra: None });
    }
    if let Some(place) = second.as_ref().ok().and_then(|all| missing(all, &a)) {
        let solution = Some(solution(&place, &given));
        return Step::Different(Difference::Solutions { lost: None, extra: solution });
    }
    match (first, second) {
        (Ok(first), Ok(second)) => match (points(&first), points(&second)) {
            (Some(first), Some(second)) => {
                let within =
                    |some: &[Place], all: &[Place]| some.iter().all(|one| all.iter().any(|two| same(one, two)));
                if within(&first, &second) && within(&second, &first) {
                    let rational = |(_, at): &(Name, crate::solve::Coordinate)| {
                        matches!(at, crate::solve::Coordinate::Rational(_))
                    };
                    let exact = first.iter().flatten().all(rational);
                    return Step::Same { points: first.len(), exact };
                }
                Step::Open(Reason::NoMethod)
            }
            _ => Step::Open(Reason::NoMethod),
        },
        (Err(why), _) | (_, Err(why)) => Step::Open(why.into()),
    }
}

/// A point of one claim at which the other does not hold.
fn missing(all: &[Places], other: &Claim) -> Option<Place> {
    let finite = all.iter().filter_map(|places| match places {
        Places::Finite(places) => Some(places),
        Places::Infinite => None,
    });
    finite.flatten().find(|place| holds(other, place) == Ok(false)).cloned()
}

fn points(all: &[Places]) -> Option<Vec<Place>> {
    let mut found: Vec<Place> = Vec::new();
    for places in all {
        let Places::Finite(places) = places else { return None };
        for place in places {
            if !found.iter().any(|known| same(known, place)) {
                found.push(place.clone());
            }
        }
    }
    Some(found)
}

fn solution(place: &Place, given: &[(Name, Exact)]) -> Solution {
    let mut solution: Solution = place.iter().map(|(name, at)| (*name, RealNumber::from(at))).collect();
    solution.extend(given.iter().map(|(name, value)| (*name, RealNumber::from(value))));
    solution.sort_by_key(|(name, _)| *name);
    solution
}
