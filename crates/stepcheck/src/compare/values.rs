//! Whether two expressions have the same value.

use std::cmp::Ordering;

use super::sampling::{Sample, Sampler};
use super::{Certainty, Comparison, Difference, RealNumber, Reason, Solution, gaps};
use crate::ball::{Ball, Lack};
use crate::exact::{Exact, Refusal};
use crate::normal::{self, Relation};
use crate::policy::{Gaps, Letters, OddRoots, Policy};
use crate::value::{Point, Reading, Term};

/// How many points are looked at with all digits before two values are taken for equal.
const PROVING: usize = 24;
/// How many points have to agree at least, if there are names.
const FEWEST: usize = 3;
/// Two values agree if what is between them is at most this power of two of their size.
const AGREEING: i64 = -110;

/// Compares two values wherever both exist.
pub(crate) fn compare_values(a: &Term, b: &Term, policy: &Policy) -> Comparison {
    if policy.odd_roots == OddRoots::Refused {
        let strict = Policy { odd_roots: OddRoots::Real, ..policy.clone() };
        return compare_values(&a.with_strict_powers(), &b.with_strict_powers(), &strict);
    }
    let relation = normal::compare(a, b);
    match relation {
        Ok(Relation::Equal { rational: true }) if policy.gaps == Gaps::Accepted => {
            return Comparison::Equal(Certainty::Exact);
        }
        Ok(Relation::Different) if policy.tolerance.is_none() => return apart(a, b),
        Err(Refusal::DivisionByZero) => return undefined(a, b),
        _ => {}
    }
    let proven = matches!(relation, Ok(Relation::Equal { .. }));
    sampled(a, b, policy, proven)
}

/// Two different quotients of polynomials: with a point that shows it, if there is one at hand.
fn apart(a: &Term, b: &Term) -> Comparison {
    let mut names = Vec::new();
    a.gather_names(&mut names);
    b.gather_names(&mut names);
    for value in [2, 3, 1, 5, 0, 7] {
        let values = names.iter().enumerate();
        let values: Vec<_> =
            values.map(|(at, name)| (*name, Exact::Small(value + i64::try_from(at).unwrap_or(0), 1))).collect();
        let point = Point::new(values);
        if let (Some(Some(first)), Some(Some(second))) = (a.exactly(&point), b.exactly(&point))
            && first != second
        {
            let at = point.values.iter().map(|(name, value)| (*name, RealNumber::from(value))).collect();
            let values = Difference::Values { at, first: first.to_f64(), second: second.to_f64() };
            return Comparison::Different(values);
        }
    }
    Comparison::Different(Difference::Form)
}

/// One of them divides by zero whatever the names are.
fn undefined(a: &Term, b: &Term) -> Comparison {
    let mut sampler = Sampler::new(a, b, Letters::Real);
    // Only what shows a difference: one has a value and the other has none.
    let shows = |sample: &&Sample| sample.first.is_finite() != sample.second.is_finite();
    match sampler.samples(Reading::Exponential).iter().find(shows) {
        Some(sample) => Comparison::Different(difference(sample)),
        None => Comparison::Undecided(Reason::NoValue),
    }
}

fn sampled(a: &Term, b: &Term, policy: &Policy, proven: bool) -> Comparison {
    let mut sampler = Sampler::new(a, b, policy.letters);
    let both = |sample: &Sample| sample.first.is_finite() && sample.second.is_finite();
    let mut samples = sampler.samples(Reading::Exponential);
    // Whole exponents are for what has no value otherwise, such as (−1)^n, not for two that never meet.
    let apart = samples.iter().any(|s| s.first.is_finite()) && samples.iter().any(|s| s.second.is_finite());
    if !apart {
        let whole = sampler.samples(Reading::Whole);
        if whole.iter().any(both) || samples.is_empty() {
            samples = whole;
        }
    }
    for sample in samples.iter().filter(|sample| both(sample) && differ_nearly(sample)) {
        if differ(a, b, &sample.point, policy) == Some(true) {
            return Comparison::Different(difference(sample));
        }
    }
    let mut tally = Tally::default();
    if let Some(found) = tally.add(a, b, &samples, policy, proven) {
        return found;
    }
    if proven && tally.agreeing > 0 && policy.gaps == Gaps::Accepted {
        return Comparison::Equal(Certainty::Exact);
    }
    if sampler.turns() {
        let more = sampler.samples_between_turns();
        if let Some(found) = tally.add(a, b, &more, policy, proven) {
            return found;
        }
    }
    let gap = || (policy.gaps == Gaps::Refused).then(|| gaps::find(a, b, &sampler.names)).flatten();
    // Where the doubles differ and the digits do not say otherwise, nothing is called equal.
    let few = !a.is_constant() && !b.is_constant() && tally.agreeing < FEWEST && !proven;
    if tally.agreeing > 0 && (tally.doubtful || few) {
        return Comparison::Undecided(Reason::NoMethod);
    }
    match (tally.agreeing, tally.alone) {
        (0, Some(alone)) => Comparison::Different(alone),
        (0, None) => Comparison::Undecided(Reason::NoValue),
        (_, Some(alone)) if policy.gaps == Gaps::Refused => Comparison::Different(alone),
        (points, _) => match gap() {
            Some(gap) => Comparison::Different(gap),
            None if proven => Comparison::Equal(Certainty::Exact),
            None => Comparison::Equal(Certainty::Sampled { points }),
        },
    }
}

/// What the points so far have shown.
#[derive(Default)]
struct Tally {
    agreeing: usize,
    /// The doubles differed somewhere and it could not be told whether the values do.
    doubtful: bool,
    /// Where only one of the two has a value.
    alone: Option<Difference>,
}

impl Tally {
    /// Looks at more points with all digits, until one settles it.
    fn add(&mut self, a: &Term, b: &Term, samples: &[Sample], policy: &Policy, proven: bool) -> Option<Comparison> {
        for sample in samples.iter().take(PROVING) {
            if !sample.first.is_finite() || !sample.second.is_finite() {
                if self.alone.is_none() && lonely(a, b, sample) {
                    self.alone = Some(difference(sample));
                }
                continue;
            }
            match differ(a, b, &sample.point, policy) {
                Some(true) => return Some(Comparison::Different(difference(sample))),
                Some(false) => self.agreeing += 1,
                None => self.doubtful |= differ_nearly(sample),
            }
            if proven && self.agreeing > 0 && policy.gaps == Gaps::Accepted {
                return None;
            }
        }
        None
    }
}

/// True if the doubles leave little doubt.
fn differ_nearly(sample: &Sample) -> bool {
    (sample.first - sample.second).abs() > 1e-6 * (sample.first.abs() + sample.second.abs())
}

fn exact_point(point: &Point<f64>) -> Point<Ball> {
    let values = point.values.iter().map(|(name, value)| (*name, Ball::from_f64(*value))).collect();
    Point { values, reading: point.reading }
}

/// Whether the values at `point` differ for certain, or agree to many digits; otherwise nothing.
fn differ(a: &Term, b: &Term, point: &Point<f64>, policy: &Policy) -> Option<bool> {
    let point = exact_point(point);
    let (first, second) = (a.at(&point).ok()?, b.at(&point).ok()?);
    let between = first.minus(&second);
    if let Some(tolerance) = &policy.tolerance {
        let allowed = first.clone().size().times(&Ball::from_exact(&Exact::from(tolerance)));
        return Some(between.size().minus(&allowed).sign()? == Ordering::Greater);
    }
    if between.sign().is_some_and(Ordering::is_ne) {
        return Some(true);
    }
    let close = between.most();
    let size = first.most().plus(second.most());
    let agrees = close.is_zero() || close.exponent() < AGREEING || close.exponent() < size.exponent() + AGREEING;
    agrees.then_some(false)
}

/// True if it is certain that only one of them has a value there.
fn lonely(a: &Term, b: &Term, sample: &Sample) -> bool {
    let point = exact_point(&sample.point);
    matches!((a.at(&point), b.at(&point)), (Ok(_), Err(Lack::Undefined)) | (Err(Lack::Undefined), Ok(_)))
}

fn difference(sample: &Sample) -> Difference {
    let at: Solution =
        sample.point.values.iter().map(|(name, value)| (*name, RealNumber::from(&Exact::from_f64(*value)))).collect();
    Difference::Values { at, first: sample.first, second: sample.second }
}

impl From<&Exact> for RealNumber {
    fn from(value: &Exact) -> Self {
        Self { exact: Some(value.to_rational()), near: value.to_f64() }
    }
}
