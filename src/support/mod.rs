//! When something went wrong: the one whom it happened to sends an error report, support reads it and closes it.

mod browser;
mod close;
mod send;

pub use browser::Browser;
pub use close::{ReportView, close, report, reports};
pub use send::{Draft, draft, send};

use vault::{Fault, Refusal};

use crate::practice::PracticeError;

/// Why an act of support was not done.
#[derive(Debug, thiserror::Error)]
pub enum SupportError {
    /// It does not exist, it is closed, or it is not mine to see.
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Practice(#[from] PracticeError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for SupportError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}
