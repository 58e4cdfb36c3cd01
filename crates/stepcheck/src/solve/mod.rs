//! Real solutions: where a claim holds.

mod claims;
mod constants;
mod coordinate;
mod definite;
mod elimination;
mod inversion;
mod isolated;
mod linear;
mod periods;
mod roots;
mod set;
mod system;
mod zeros;

pub(crate) use claims::{holds, solve};
pub(crate) use coordinate::Coordinate;
pub(crate) use definite::definite;
pub(crate) use linear::Rows;
pub(crate) use set::RealSet;
pub(crate) use system::{Place, Places, joined_equations, same, solve_system};
pub(crate) use zeros::breaks;

use crate::exact::Refusal;
use crate::normal::Stop;
use crate::tree::Name;
use crate::value::Term;

/// How many periods are looked at on each side of zero: more than one, so that solutions that come
/// again in another step are told apart; not a whole number, so that none lies at the end.
const PERIODS: f64 = 2.317;

/// How far from zero it is looked for solutions that come again and again: beyond every one that does not by some
/// periods of those that do, or the former could be all that is seen of the latter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Of the longest period, so many times as are looked at.
    periods: f64,
    /// The farthest solution that does not come again.
    farthest: f64,
}

impl Reach {
    /// From zero.
    pub(crate) fn size(self) -> f64 {
        self.farthest + self.periods
    }

    /// # Errors
    /// If it is too short for this period.
    pub(crate) fn for_period(reach: Option<Self>, period: f64) -> Result<Self, Unsolved> {
        let periods = period * PERIODS;
        // A period that is worked out twice may differ in its last bit.
        reach.filter(|reach| periods <= reach.periods * 1.000_001).ok_or(Unsolved::Periodic { periods })
    }

    /// # Errors
    /// If it does not go far enough beyond this place.
    pub(crate) fn beyond(self, place: f64) -> Result<(), Unsolved> {
        if place + self.periods / 2.0 <= self.size() { Ok(()) } else { Err(Unsolved::Beyond { farthest: place }) }
    }

    /// As far as what could not be solved asks for; nothing if that is not what was lacking.
    pub(crate) fn longer(reach: Option<Self>, why: Unsolved) -> Option<Self> {
        let Self { periods, farthest } = reach.unwrap_or(Self { periods: 0.0, farthest: 0.0 });
        match why {
            Unsolved::Periodic { periods: more } => Some(Self { periods: periods.max(more), farthest }),
            Unsolved::Beyond { farthest: more } => Some(Self { periods, farthest: farthest.max(more) }),
            Unsolved::TooLarge | Unsolved::NoMethod => None,
        }
    }
}

/// What is solved for, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unknown {
    name: Name,
    reach: Option<Reach>,
    /// Places beyond reach are left out, not asked for.
    cut: bool,
}

impl From<Name> for Unknown {
    fn from(name: Name) -> Self {
        Self { name, reach: None, cut: false }
    }
}

impl Unknown {
    pub(crate) fn new(name: Name, reach: Option<Reach>, cut: bool) -> Self {
        Self { name, reach, cut }
    }

    /// All places well within reach, or how far it would have to be.
    fn within(self, places: &[Coordinate]) -> Result<(), Unsolved> {
        let Some(reach) = self.reach.filter(|_| !self.cut) else { return Ok(()) };
        reach.beyond(places.iter().map(|place| place.near().abs()).fold(0.0, f64::max))
    }
}

/// Why an equation is not solved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Unsolved {
    TooLarge,
    /// There is no method for what it has in it.
    NoMethod,
    /// The solutions come again and again: it is to be solved as far as this from zero.
    Periodic {
        periods: f64,
    },
    /// So far from zero is one that does not come again: it is to be looked beyond it.
    Beyond {
        farthest: f64,
    },
}

impl From<Stop> for Unsolved {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(Refusal::TooLarge) => Self::TooLarge,
            _ => Self::NoMethod,
        }
    }
}

impl From<Refusal> for Unsolved {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal).into()
    }
}

/// Places among which are all zeros of `term` in `name`.
///
/// # Errors
/// If there is no method for it, or if it would take too many steps.
pub(crate) fn zeros(term: &Term, name: Name) -> Result<Vec<Coordinate>, Unsolved> {
    zeros::zeros(term, name.into()).map(|found| found.places)
}
