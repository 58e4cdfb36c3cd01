//! MatteMaraton: report a distance, approve it, see how the schools stand.

mod approval;
mod event;
mod report;
mod standing;

pub use approval::{Doubt, approve_all, decide, doubt};
pub use event::{Maraton, Own, maraton};
pub use report::{LONGEST_METRES, Report, Reported, read_kilometres, read_minutes, report};
pub use standing::{SchoolStanding, Standings};

use vault::{Fault, Refusal};

/// Why an act of the MatteMaraton was not done.
#[derive(Debug, thiserror::Error)]
pub enum MaratonError {
    /// It does not exist, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// No event is open now.
    #[error("no event is open")]
    NoEvent,
    /// Kilometres such as 3,2; more than 0 and at most 200.
    #[error("the distance cannot be read")]
    Distance,
    /// Whole minutes, 1 to 1440.
    #[error("the minutes cannot be read")]
    Minutes,
    /// A day of the event, not one to come.
    #[error("the day cannot be used")]
    Day,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for MaratonError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}
