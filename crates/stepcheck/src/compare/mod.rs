//! Whether two lines are worth the same.

mod claims;
mod gaps;
#[cfg(test)]
mod laws;
mod linear;
mod parametric;
mod periods;
mod sampling;
mod systems;
#[cfg(test)]
mod tests;
mod unsolved;
mod values;

use crate::budget;
use crate::exact::Rational;
use crate::policy::Policy;
use crate::solve::RealSet;
use crate::tree::{Name, Statement};
use crate::value::{Line, lower};
pub(crate) use values::compare_values;

/// What a comparison came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// Equal values, or the same real solutions.
    Equal(Certainty),
    Different(Difference),
    Undecided(Reason),
}

/// How certain it is that two lines are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Proven.
    Exact,
    /// They agree to 30 digits and more at `points` points where a difference would show, chosen on
    /// both sides of every place where a root, a size or a logarithm changes its course.
    Sampled { points: usize },
}

/// Why two lines are not equal.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// One is a value, the other claims something.
    Kind,
    /// They are different quotients of polynomials.
    Form,
    /// At `at` one is worth `first`, the other `second`; not a number where there is no value.
    Values { at: Solution, first: f64, second: f64 },
    /// Of the solutions of the first line one is lost, or the second has one more.
    Solutions { lost: Option<Solution>, extra: Option<Solution> },
}

/// A value for each name.
pub type Solution = Vec<(Name, RealNumber)>;

/// A real number for people: its rational value if it is known to have one, and a double near it.
#[derive(Debug, Clone, PartialEq)]
pub struct RealNumber {
    pub exact: Option<Rational>,
    pub near: f64,
}

/// Why no answer can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Neither has a value anywhere.
    NoValue,
    /// It would take more steps than are allowed.
    TooLarge,
    /// There is no method for it.
    NoMethod,
    /// A line has units, `∞` or `≈`.
    NotComparable,
}

/// Compares two statements.
///
/// Expressions are equal if they have the same value wherever both have one, relations if they have
/// the same real solutions. Never takes more than a fixed number of steps.
#[must_use]
pub fn compare(a: &Statement, b: &Statement, policy: &Policy) -> Comparison {
    match (lower(a), lower(b)) {
        (Ok(a), Ok(b)) => compare_lines(&a, &b, policy),
        _ => Comparison::Undecided(Reason::NotComparable),
    }
}

/// Compares each line of a calculation with the one before, as [`compare`] does; the solutions of a line
/// between two others are found once for both.
pub fn compare_chain<'s>(lines: &'s [Statement], policy: &'s Policy) -> impl Iterator<Item = Comparison> + 's {
    let mut lines = lines.iter().map(lower);
    let mut before = lines.next();
    let mut known = None;
    lines.map(move |line| {
        let above = before.replace(line);
        match (&above, &before) {
            (Some(Ok(a)), Some(Ok(b))) => compare_known(a, b, policy, &mut known),
            _ => Comparison::Undecided(Reason::NotComparable),
        }
    })
}

/// The solutions of a line that was compared, for its only name.
type Known = Option<RealSet>;

pub(crate) fn compare_lines(a: &Line, b: &Line, policy: &Policy) -> Comparison {
    compare_known(a, b, policy, &mut None)
}

/// `known` has the solutions of `a`, if anything, and has those of `b` afterwards.
fn compare_known(a: &Line, b: &Line, policy: &Policy, known: &mut Known) -> Comparison {
    budget::begin();
    compare_on(a, b, policy, known)
}

/// Compares with the steps that are left of what was begun before: for several comparisons that are bounded together.
pub(crate) fn compare_within(a: &Statement, b: &Statement, policy: &Policy) -> Comparison {
    if budget::is_spent() {
        return Comparison::Undecided(Reason::TooLarge);
    }
    match (lower(a), lower(b)) {
        (Ok(a), Ok(b)) => compare_on(&a, &b, policy, &mut None),
        _ => Comparison::Undecided(Reason::NotComparable),
    }
}

fn compare_on(a: &Line, b: &Line, policy: &Policy, known: &mut Known) -> Comparison {
    let found = match (a, b) {
        (Line::Value(a), Line::Value(b)) => compare_values(a, b, policy),
        (Line::Claim(a), Line::Claim(b)) => match claims::compare_claims(a, b, policy, known) {
            // Some ways begin with the solutions of the first: they may be found for the second alone.
            Comparison::Undecided(Reason::NoMethod) => claims::compare_claims(b, a, policy, &mut None).turned(),
            found => found,
        },
        _ => Comparison::Different(Difference::Kind),
    };
    if !budget::is_spent() {
        return found;
    }
    // What was seen until then is no reason to call them equal.
    *known = None;
    if matches!(found, Comparison::Different(_)) { found } else { Comparison::Undecided(Reason::TooLarge) }
}

impl Comparison {
    /// The same, said of the two in the other order.
    fn turned(self) -> Self {
        match self {
            Self::Different(Difference::Solutions { lost, extra }) => {
                Self::Different(Difference::Solutions { lost: extra, extra: lost })
            }
            same => same,
        }
    }

    #[must_use]
    pub fn is_equal(&self) -> bool {
        matches!(self, Self::Equal(_))
    }
}
