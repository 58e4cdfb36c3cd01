//! Claims in several names: solved for each name in turn, the others given values.
//!
//! Two claims that have the same solutions in every name for chosen values of the others differ, if
//! at all, in fewer dimensions than a solution has: `I = V/R` lacks `V = R = 0` of `V = IR`.

use super::claims::{Set, compare_sets, solve_both};
use super::{Certainty, Comparison, Difference, RealNumber, Reason, systems, unsolved};
use crate::exact::Exact;
use crate::policy::{Letters, Policy};
use crate::tree::Name;
use crate::value::{Claim, Term};

/// Values for the names that are not solved for: no two alike, none near a value that exercises like.
pub(super) const VALUES: [(i64, i64); 18] = [
    (7, 5),
    (-11, 3),
    (2, 7),
    (17, 4),
    (-3, 11),
    (5, 13),
    (-13, 9),
    (19, 2),
    (-23, 6),
    (3, 17),
    (29, 8),
    (-5, 14),
    (-31, 10),
    (1, 19),
    (37, 3),
    (-2, 23),
    (41, 12),
    (8, 3),
];
/// How many times values are chosen for each name that is solved for.
const ROUNDS: usize = 3;
/// The most names that are solved for.
const MAX_NAMES: usize = 6;

/// Compares two claims in at least two names.
pub(super) fn compare(a: &Claim, b: &Claim, names: &[Name], policy: &Policy) -> Comparison {
    if a == b || unsolved::plainly_proportional(a, b) {
        return Comparison::Equal(Certainty::Exact);
    }
    if names.len() > MAX_NAMES {
        return Comparison::Undecided(Reason::TooLarge);
    }
    if systems::is_system(a) || systems::is_system(b) {
        return systems::compare(a, b, names, policy);
    }
    let mut compared = 0;
    let mut telling = false;
    let mut missed = None;
    for (index, name) in names.iter().enumerate() {
        for round in 0..ROUNDS {
            let (first, second, given) = solved(a, b, names, *name, index * ROUNDS + round, policy);
            match (first, second) {
                (Ok(first), Ok(second)) => {
                    compared += 1;
                    telling |= !(first.is_trivial() && second.is_trivial());
                    if let Comparison::Different(difference) = compare_sets(&first, &second, *name) {
                        return Comparison::Different(with_given(difference, &given));
                    }
                }
                (Err(why), _) | (_, Err(why)) => {
                    missed = Some(why);
                    break;
                }
            }
        }
    }
    if compared > 0 && missed.is_none() && (telling || agree_everywhere(a, b)) {
        return Comparison::Equal(Certainty::Sampled { points: compared });
    }
    if unsolved::proportional(a, b, policy) {
        return Comparison::Equal(Certainty::Sampled { points: 1 });
    }
    Comparison::Undecided(missed.map_or(Reason::NoMethod, Reason::from))
}

type Sets = (Set, Set, Vec<(Name, Exact)>);

fn solved(a: &Claim, b: &Claim, names: &[Name], unknown: Name, round: usize, policy: &Policy) -> Sets {
    let given: Vec<(Name, Exact)> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| **name != unknown)
        .map(|(at, name)| {
            let (top, bottom) = VALUES[(at * 5 + round) % VALUES.len()];
            let top = if policy.letters == Letters::Positive { top.abs() } else { top };
            (*name, Exact::Small(top, bottom))
        })
        .collect();
    let (first, second) = solve_both(&with_values(a, &given), &with_values(b, &given), unknown, &[], policy);
    (first, second, given)
}

/// The claim with a value for each of these names.
pub(super) fn with_values(claim: &Claim, given: &[(Name, Exact)]) -> Claim {
    given.iter().fold(claim.clone(), |claim, (name, value)| claim.with(*name, &Term::Number(value.clone())))
}

/// For claims that hold nowhere or everywhere in what was seen: true only if that is written in them.
fn agree_everywhere(a: &Claim, b: &Claim) -> bool {
    let plain = |claim: &Claim| match claim {
        Claim::All | Claim::None => true,
        Claim::Compare(left, _, right) => left == right || (left.is_constant() && right.is_constant()),
        _ => false,
    };
    plain(a) && plain(b)
}

fn with_given(difference: Difference, given: &[(Name, Exact)]) -> Difference {
    let whole = |solution: Option<super::Solution>| {
        solution.map(|mut solution| {
            solution.extend(given.iter().map(|(name, value)| (*name, RealNumber::from(value))));
            solution.sort_by_key(|(name, _)| *name);
            solution
        })
    };
    match difference {
        Difference::Solutions { lost, extra } => Difference::Solutions { lost: whole(lost), extra: whole(extra) },
        other => other,
    }
}
