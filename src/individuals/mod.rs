//! Those who practise on their own and are their own controller: they sign up, consent, withdraw, and delete themselves.

mod consent;
mod leave;
mod limits;
mod sign_up;

pub use consent::{Standing, choose, standing};
pub use leave::{finish_erasures, leave, leave_by_rule};
pub use limits::Limits;
pub use sign_up::{Form, SHORTEST_PASSWORD, USER_NAME, YEARS, is_open, sign_up, suggested_password};

use vault::{Fault, Refusal};

use crate::accounts::SignInError;

/// Why an act of an individual's was not done.
#[derive(Debug, thiserror::Error)]
pub enum IndividualError {
    /// There is no such page here, or not for this one.
    #[error("not found")]
    NotFound,
    /// Younger than one has to be to consent alone; nothing was stored.
    #[error("too young to consent alone")]
    TooYoung,
    #[error("the user name cannot be used")]
    UserName,
    #[error("somebody has the user name")]
    Taken,
    #[error("the password is too easy to guess")]
    Password,
    #[error("no such school year or language")]
    Choice,
    /// Without this consent there is no practice.
    #[error("practice was not consented to")]
    NotConsented,
    /// The sentences that were consented to are not those of today.
    #[error("the text is another by now")]
    OtherText,
    /// Signing in, checking a password, or a limit.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for IndividualError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}
