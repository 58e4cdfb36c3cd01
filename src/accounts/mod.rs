//! Signing in and out, and who is signed in.

mod password;
mod sessions;

pub use password::{PasswordChecks, hash};
pub use sessions::{Sessions, Signed, Token, open_demo, sign_in, sign_out, signed};

use vault::Fault;

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The user name or the password, never told which.
    #[error("user name and password do not match")]
    NoMatch,
    /// So many are signing in that this one should wait a moment.
    #[error("too many sign-ins wait")]
    Busy,
    #[error("a password could not be hashed: {0}")]
    Hash(String),
    #[error(transparent)]
    Fault(#[from] Fault),
}
