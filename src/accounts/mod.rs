//! Signing in and out, and who is signed in.

mod card_code;
mod cards;
mod class_code;
mod devices;
mod guesses;
mod new_password;
mod password;
mod sessions;
mod tokens;
mod words;

pub use card_code::CardCode;
pub use cards::{Cards, For, MadeCard, MadeCards, cards, end_card, end_cards, make_cards, sign_in_by_card};
pub use class_code::{
    Door, MINUTES, USUAL_MINUTES, close_class_code, come_in, door, names_behind, open_class_code, read_class_code,
    throw_out,
};
pub use devices::{Devices, devices, end_device, end_other_devices};
pub use guesses::Guesses;
pub(crate) use guesses::network;
pub use new_password::{InGroup, NewPassword, draw_password, give_new_password, student_in_group};
pub(crate) use password::LONGEST_PASSWORD;
pub use password::{PasswordChecks, hash};
pub(crate) use sessions::{How, Opening};
pub use sessions::{Sessions, Signed, Token, Visitor, open_demo, prove, sign_in, sign_out, signed};
pub use tokens::{
    ACCESS_SECONDS, Pair, Signing, end_tokens, open_tokens, refresh_tokens, session_named, signed_by_token,
};

use vault::{Fault, Refusal};

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The user name or the password, never told which.
    #[error("user name and password do not match")]
    NoMatch,
    /// No class code that is open.
    #[error("no such class code is open")]
    NoCode,
    /// Somebody came in by this name, or it is not in the group.
    #[error("the name cannot be picked")]
    NameTaken,
    /// No card that opens anything.
    #[error("no such login card opens anything")]
    NoCard,
    /// Not what a card says.
    #[error("the code of the card has a slip in it")]
    CardUnreadable,
    /// Cards were made since the one who asks looked.
    #[error("the cards have been made already")]
    CardsMade,
    #[error("nobody is chosen who may have a card")]
    NobodyChosen,
    /// It does not exist, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// Too many wrong ones came before; worth trying again after so many seconds, at least 1.
    #[error("a wait of {0} s after wrong guesses")]
    Wait(u32),
    /// So many are signing in that this one should wait a moment.
    #[error("too many sign-ins wait")]
    Busy,
    /// A refresh token that is not, or not any more, good for anything.
    #[error("the refresh token is not taken")]
    NotTaken,
    #[error("a password could not be hashed: {0}")]
    Hash(String),
    #[error("an access token could not be signed: {0}")]
    Token(String),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for SignInError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}
