//! Real solutions: where a claim holds.

mod claims;
mod constants;
mod coordinate;
mod definite;
mod elimination;
mod inversion;
mod isolated;
mod periods;
mod roots;
mod set;
mod system;
mod zeros;

pub(crate) use claims::{holds, solve};
pub(crate) use coordinate::Coordinate;
pub(crate) use definite::definite;
pub(crate) use set::RealSet;
pub(crate) use system::{Place, Places, joined_equations, same, solve_system};
pub(crate) use zeros::breaks;

use crate::exact::Refusal;
use crate::normal::Stop;
use crate::tree::Name;
use crate::value::Term;

/// What is solved for, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unknown {
    name: Name,
    /// Solutions that come again and again are found up to this far from zero.
    reach: Option<f64>,
    /// Places beyond reach are left out, not asked for.
    cut: bool,
}

impl From<Name> for Unknown {
    fn from(name: Name) -> Self {
        Self { name, reach: None, cut: false }
    }
}

impl Unknown {
    pub(crate) fn new(name: Name, reach: Option<f64>, cut: bool) -> Self {
        Self { name, reach, cut }
    }

    /// All places within reach, or how far it would have to be.
    fn within(self, places: &[Coordinate]) -> Result<(), Unsolved> {
        let Some(reach) = self.reach.filter(|_| !self.cut) else { return Ok(()) };
        let farthest = places.iter().map(|place| place.near().abs()).fold(0.0, f64::max);
        if farthest > reach { Err(Unsolved::Periodic { reach: farthest * 1.25 }) } else { Ok(()) }
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
        reach: f64,
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
