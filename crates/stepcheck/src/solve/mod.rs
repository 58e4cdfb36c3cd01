//! Real solutions: where a claim holds.

mod claims;
mod coordinate;
mod elimination;
mod roots;
mod set;
mod system;
mod zeros;

pub(crate) use claims::{holds, solve};
pub(crate) use coordinate::Coordinate;
pub(crate) use set::RealSet;
pub(crate) use system::{Place, Places, alternatives, same, solve_system};

use crate::exact::Refusal;
use crate::normal::Stop;

/// Why an equation is not solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsolved {
    TooLarge,
    /// There is no method for what it has in it.
    NoMethod,
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
