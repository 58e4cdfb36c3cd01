//! Whether two claims have the same real solutions.

use std::borrow::Cow;

use super::{Certainty, Comparison, Difference, Known, RealNumber, Reason, linear, parametric, periods, unsolved};
use crate::exact::Exact;
use crate::policy::{Alternatives, Letters, Policy};
use crate::solve::{Coordinate, Reach, RealSet, Unknown, Unsolved, definite, holds, solve};
use crate::tree::Name;
use crate::value::{Claim, Comparator, Term};

/// Compares two claims by their solutions. Those of `a` may be known; those of `b` are afterwards, if they were
/// looked for in one name.
pub(super) fn compare_claims(a: &Claim, b: &Claim, policy: &Policy, known: &mut Known) -> Comparison {
    let of_a = known.take();
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
        [only] => in_one_name(a, b, *only, policy, of_a, known),
        _ => linear::compare(a, b, &names, policy)
            .unwrap_or_else(|| parametric::compare(&definite(a), &definite(b), &names, policy)),
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

fn in_one_name(
    a: &Claim,
    b: &Claim,
    name: Name,
    policy: &Policy,
    of_a: Option<RealSet>,
    known: &mut Known,
) -> Comparison {
    match solve_both_from(of_a, a, b, name, &[], policy) {
        (Ok(first), Ok(second), reach) => {
            let found = compare_sets(&first, &second, name);
            *known = reach.is_none().then_some(second);
            found
        }
        (first, second, _) => unsolved::compare(a, b, name, first, second, policy),
    }
}

/// How often it is looked farther for solutions that come again and again.
const FARTHER: usize = 6;

pub(super) type Set = Result<RealSet, Unsolved>;

/// The solutions of both claims; if those of one come again and again, as far as is telling.
pub(super) fn solve_both(a: &Claim, b: &Claim, name: Name, whole: &[Name], policy: &Policy) -> (Set, Set) {
    let (first, second, _) = solve_both_from(None, a, b, name, whole, policy);
    (first, second)
}

/// The same where all solutions of `a` may be known, and how far from zero they were looked for; everywhere if that is
/// nothing.
fn solve_both_from(
    mut of_a: Option<RealSet>,
    a: &Claim,
    b: &Claim,
    name: Name,
    whole: &[Name],
    policy: &Policy,
) -> (Set, Set, Option<Reach>) {
    let mut reach = None;
    for _ in 0..FARTHER {
        let solved = |claim: &Claim| {
            let mut set = solve_within(claim, name, whole, reach)?;
            if let Some(reach) = reach {
                set = set.and(&RealSet::about_zero(reach.size()));
            }
            Ok::<_, Unsolved>(if policy.letters == Letters::Positive { set.and(&positive()) } else { set })
        };
        let (first, second) = (of_a.take().map_or_else(|| solved(a), Ok), solved(b));
        let lacking = [&first, &second].map(|found| found.as_ref().err().copied());
        let longer =
            lacking.into_iter().flatten().fold(None, |found, why| Reach::longer(found.or(reach), why).or(found));
        let Some(longer) = longer else { return (first, second, reach) };
        reach = Some(longer);
    }
    (Err(Unsolved::TooLarge), Err(Unsolved::TooLarge), reach)
}

/// The solutions within reach. Only those that are written with whole numbers may go on beyond it.
fn solve_within(claim: &Claim, name: Name, whole: &[Name], reach: Option<Reach>) -> Set {
    if let Claim::Or(parts) = claim
        && !whole.is_empty()
    {
        let sets = parts.iter().map(|part| solve_within(part, name, whole, reach));
        return sets.reduce(|all, set| Ok(all?.or(&set?))).unwrap_or(Ok(RealSet::NONE));
    }
    let cut = whole.iter().any(|name| periods::has_name(claim, *name));
    let claim = periods::written_out(claim, name, whole, reach)?;
    solve(&claim, Unknown::new(name, reach, cut))
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
            Unsolved::TooLarge | Unsolved::Periodic { .. } | Unsolved::Beyond { .. } => Self::TooLarge,
            Unsolved::NoMethod => Self::NoMethod,
        }
    }
}
