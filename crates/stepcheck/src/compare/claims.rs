//! Whether two claims have the same real solutions.

use super::{Certainty, Comparison, Difference, RealNumber, Reason, parametric, unsolved};
use crate::exact::Exact;
use crate::policy::{Alternatives, Letters, Policy};
use crate::solve::{Coordinate, RealSet, Unsolved, holds, solve};
use crate::tree::Name;
use crate::value::{Claim, Comparator, Term};

/// Compares two claims by their solutions.
pub(super) fn compare_claims(a: &Claim, b: &Claim, policy: &Policy) -> Comparison {
    let (a, b) = (&read(a, policy), &read(b, policy));
    let mut names = Vec::new();
    a.gather_names(&mut names);
    b.gather_names(&mut names);
    names.sort_unstable();
    match names.as_slice() {
        [] => match (holds(a, &[]), holds(b, &[])) {
            (Ok(first), Ok(second)) if first == second => Comparison::Equal(Certainty::Exact),
            (Ok(first), Ok(_)) => {
                let found = |there: bool| there.then(Vec::new);
                Comparison::Different(Difference::Solutions { lost: found(first), extra: found(!first) })
            }
            (Err(why), _) | (_, Err(why)) => Comparison::Undecided(why.into()),
        },
        [only] => in_one_name(a, b, *only, policy),
        _ => parametric::compare(a, b, &names, policy),
    }
}

/// The claim as the policy reads it: «and» between different values of one name is «or».
fn read(claim: &Claim, policy: &Policy) -> Claim {
    match claim {
        Claim::And(parts) if policy.alternatives == Alternatives::EitherWord && are_values_of_one(parts) => {
            Claim::Or(parts.clone())
        }
        Claim::And(parts) => Claim::And(parts.iter().map(|part| read(part, policy)).collect()),
        Claim::Or(parts) => Claim::Or(parts.iter().map(|part| read(part, policy)).collect()),
        other => other.clone(),
    }
}

fn are_values_of_one(parts: &[Claim]) -> bool {
    let value = |part: &Claim| match part {
        Claim::Compare(Term::Name(name), Comparator::Equal, value) if value.is_constant() => Some(*name),
        _ => None,
    };
    let first = parts.first().and_then(value);
    first.is_some() && parts.iter().all(|part| value(part) == first)
}

fn in_one_name(a: &Claim, b: &Claim, name: Name, policy: &Policy) -> Comparison {
    let solved = |claim: &Claim| {
        let set = solve(claim, name)?;
        Ok::<_, Unsolved>(if policy.letters == Letters::Positive { set.and(&positive()) } else { set })
    };
    match (solved(a), solved(b)) {
        (Ok(first), Ok(second)) => compare_sets(&first, &second, name),
        (first, second) => unsolved::compare(a, b, name, first, second, policy),
    }
}

pub(super) fn positive() -> RealSet {
    RealSet::above(Coordinate::Rational(Exact::ZERO))
}

/// Equal sets, or what is in one and not in the other.
pub(super) fn compare_sets(first: &RealSet, second: &RealSet, name: Name) -> Comparison {
    let example = |place: Coordinate| vec![(name, RealNumber::from(&place))];
    let (lost, extra) = (first.outside(second), second.outside(first));
    if lost.is_none() && extra.is_none() {
        let exact = first.is_rational() && second.is_rational();
        let points = first.size().max(1);
        return Comparison::Equal(if exact { Certainty::Exact } else { Certainty::Sampled { points } });
    }
    Comparison::Different(Difference::Solutions { lost: lost.map(example), extra: extra.map(example) })
}

impl From<Unsolved> for Reason {
    fn from(why: Unsolved) -> Self {
        match why {
            Unsolved::TooLarge => Self::TooLarge,
            Unsolved::NoMethod => Self::NoMethod,
        }
    }
}
