//! Whether two claims have the same real solutions.

use std::borrow::Cow;

use super::{Certainty, Comparison, Difference, RealNumber, Reason, parametric, periods, unsolved};
use crate::exact::Exact;
use crate::policy::{Alternatives, Letters, Policy};
use crate::solve::{Coordinate, RealSet, Unknown, Unsolved, definite, holds, solve};
use crate::tree::Name;
use crate::value::{Claim, Comparator, Term};

/// Compares two claims by their solutions.
pub(super) fn compare_claims(a: &Claim, b: &Claim, policy: &Policy) -> Comparison {
    let (a, b) = (&*read(a, policy), &*read(b, policy));
    let mut names = Vec::new();
    a.gather_names(&mut names);
    b.gather_names(&mut names);
    names.sort_unstable();
    if let Some((name, whole)) = periods::whole_names(a, b, &names, policy) {
        return match solve_both(a, b, name, &whole, policy) {
            (Ok(first), Ok(second)) => compare_sets(&first, &second, name),
            (Err(why), _) | (_, Err(why)) => Comparison::Undecided(why.into()),
        };
    }
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
        _ => parametric::compare(&definite(a), &definite(b), &names, policy),
    }
}

/// The claim as the policy reads it: «and» between different values of one name is «or».
fn read<'c>(claim: &'c Claim, policy: &Policy) -> Cow<'c, Claim> {
    if policy.alternatives == Alternatives::EitherWord && joins_values(claim) {
        Cow::Owned(with_either(claim))
    } else {
        Cow::Borrowed(claim)
    }
}

/// True if there is an «and» between values of one name anywhere in it.
fn joins_values(claim: &Claim) -> bool {
    match claim {
        Claim::And(parts) => are_values_of_one(parts) || parts.iter().any(joins_values),
        Claim::Or(parts) => parts.iter().any(joins_values),
        _ => false,
    }
}

fn with_either(claim: &Claim) -> Claim {
    match claim {
        Claim::And(parts) if are_values_of_one(parts) => Claim::Or(parts.clone()),
        Claim::And(parts) => Claim::And(parts.iter().map(with_either).collect()),
        Claim::Or(parts) => Claim::Or(parts.iter().map(with_either).collect()),
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
    match solve_both(a, b, name, &[], policy) {
        (Ok(first), Ok(second)) => compare_sets(&first, &second, name),
        (first, second) => unsolved::compare(a, b, name, first, second, policy),
    }
}

/// How often it is looked farther for solutions that come again and again.
const FARTHER: usize = 4;

pub(super) type Set = Result<RealSet, Unsolved>;

/// The solutions of both claims; if those of one come again and again, as far as is telling.
pub(super) fn solve_both(a: &Claim, b: &Claim, name: Name, whole: &[Name], policy: &Policy) -> (Set, Set) {
    let mut reach = None;
    for _ in 0..FARTHER {
        let solved = |claim: &Claim| {
            let cut = whole.iter().any(|name| periods::has_name(claim, *name));
            let claim = periods::written_out(claim, name, whole, reach)?;
            let mut set = solve(&claim, Unknown::new(name, reach, cut))?;
            if let Some(reach) = reach {
                set = set.and(&RealSet::about_zero(reach));
            }
            Ok::<_, Unsolved>(if policy.letters == Letters::Positive { set.and(&positive()) } else { set })
        };
        match (solved(a), solved(b)) {
            (Err(Unsolved::Periodic { reach: one }), Err(Unsolved::Periodic { reach: two })) => {
                reach = Some(f64::max(one, two).max(reach.unwrap_or(0.0)));
            }
            (Err(Unsolved::Periodic { reach: one }), _) | (_, Err(Unsolved::Periodic { reach: one })) => {
                reach = Some(one.max(reach.unwrap_or(0.0)));
            }
            found => return found,
        }
    }
    (Err(Unsolved::TooLarge), Err(Unsolved::TooLarge))
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
            Unsolved::TooLarge | Unsolved::Periodic { .. } => Self::TooLarge,
            Unsolved::NoMethod => Self::NoMethod,
        }
    }
}
