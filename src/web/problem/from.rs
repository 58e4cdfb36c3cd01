//! What the acts refuse, as problems.

use super::Problem;
use crate::{
    accounts::SignInError, classroom::ClassroomError, individuals::IndividualError, maraton::MaratonError, metrics,
    practice::PracticeError, privacy::DecideError, support::SupportError,
};

impl From<vault::Fault> for Problem {
    fn from(fault: vault::Fault) -> Self {
        metrics::fault(&fault);
        match fault {
            vault::Fault::Full => Self::Busy,
            vault::Fault::Closed => Self::Unavailable,
            vault::Fault::Unavailable(why) | vault::Fault::Commit(why) => {
                tracing::error!(why, "the database cannot be used now");
                Self::Unavailable
            }
            vault::Fault::NoRoom => {
                tracing::error!("the disk of the database is full: nothing can be stored until there is room");
                Self::NoRoom
            }
            // Not shown, because it could not be written down; worth trying again.
            vault::Fault::NotRecorded(why) => {
                tracing::error!(why, "a look could not be written down");
                Self::Unavailable
            }
            other => {
                tracing::error!(fault = %other, "the vault failed");
                Self::Failed
            }
        }
    }
}

impl From<vault::Refusal> for Problem {
    fn from(refusal: vault::Refusal) -> Self {
        match refusal {
            vault::Refusal::NotFound => Self::NotFound,
            vault::Refusal::Fault(fault) => fault.into(),
        }
    }
}

impl From<PracticeError> for Problem {
    fn from(error: PracticeError) -> Self {
        match error {
            PracticeError::NotFound => Self::NotFound,
            PracticeError::Closed => Self::Closed,
            PracticeError::TooLong(_) => Self::LineTooLong,
            PracticeError::TooManyLines(_) => Self::TooManyLines,
            PracticeError::NothingToOpen => Self::NothingToOpen,
            PracticeError::ExerciseGone(_) => Self::ExerciseGone,
            PracticeError::Collided(_) => Self::Collided,
            PracticeError::NoConsent => Self::NoConsent,
            PracticeError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ClassroomError> for Problem {
    fn from(error: ClassroomError) -> Self {
        match error {
            ClassroomError::NotFound => Self::NotFound,
            ClassroomError::NothingChosen => Self::NothingChosen,
            ClassroomError::TooMany(_) => Self::TooManyItems,
            ClassroomError::Title(_) => Self::TitleMissing,
            ClassroomError::Due => Self::DueUnusable,
            ClassroomError::UnknownExercise(_) => Self::ExerciseGone,
            ClassroomError::Practice(error) => error.into(),
            ClassroomError::Fault(fault) => fault.into(),
        }
    }
}

impl From<MaratonError> for Problem {
    fn from(error: MaratonError) -> Self {
        match error {
            MaratonError::NotFound => Self::NotFound,
            MaratonError::NoEvent => Self::NoEvent,
            MaratonError::Nothing => Self::DistanceMissing,
            MaratonError::Distance => Self::DistanceUnreadable,
            MaratonError::Minutes => Self::MinutesUnreadable,
            MaratonError::Day => Self::DayUnusable,
            MaratonError::Decided => Self::DistanceDecided,
            MaratonError::NoFile => Self::TrackMissing,
            MaratonError::Track(error) => Self::Track(error),
            MaratonError::Plan(fault) => Self::Plan(fault),
            MaratonError::Draw(refusal) => Self::Draw(refusal),
            MaratonError::Wait(seconds) => Self::Wait(seconds),
            MaratonError::Busy => Self::Busy,
            MaratonError::Collided(_) => Self::Collided,
            MaratonError::Fault(fault) => fault.into(),
        }
    }
}

impl From<SupportError> for Problem {
    fn from(error: SupportError) -> Self {
        match error {
            SupportError::NotFound => Self::NotFound,
            SupportError::Practice(error) => error.into(),
            SupportError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DecideError> for Problem {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::NotFound => Self::NotFound,
            DecideError::Held => Self::Held,
            DecideError::Ground => Self::GroundUnusable,
            DecideError::Review => Self::ReviewUnusable,
            DecideError::Kind => Self::FormUnreadable,
            DecideError::KeyUsed => Self::KeyUsed,
            DecideError::SignIn(error) => error.into(),
            DecideError::Fault(fault) => fault.into(),
        }
    }
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::NoMatch => Self::NoMatch,
            SignInError::NoCode => Self::NoCode,
            SignInError::NameTaken => Self::NameTaken,
            SignInError::NoCard => Self::NoCard,
            SignInError::CardUnreadable => Self::CardUnreadable,
            SignInError::CardsMade => Self::CardsMade,
            SignInError::NobodyChosen => Self::NobodyChosen,
            SignInError::NotFound => Self::NotFound,
            SignInError::NotTaken => Self::RefreshNotTaken,
            SignInError::Wait(seconds) => Self::Wait(seconds),
            SignInError::Busy => Self::Busy,
            SignInError::Hash(what) => {
                tracing::error!(what, "a password could not be hashed");
                Self::Failed
            }
            SignInError::Token(error) => {
                tracing::error!(error, "an access token could not be signed");
                Self::Failed
            }
            SignInError::Fault(fault) => fault.into(),
        }
    }
}

impl From<IndividualError> for Problem {
    fn from(error: IndividualError) -> Self {
        match error {
            // The form that asks for the age says it in its own words.
            IndividualError::NotFound | IndividualError::TooYoung => Self::NotFound,
            IndividualError::UserName => Self::UserNameUnusable,
            IndividualError::Taken => Self::UserNameTaken,
            IndividualError::Password => Self::PasswordWeak,
            IndividualError::Choice => Self::ChoiceUnusable,
            IndividualError::NotConsented => Self::NotConsented,
            IndividualError::OtherText => Self::OtherText,
            IndividualError::SignIn(error) => error.into(),
            IndividualError::Fault(fault) => fault.into(),
        }
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "a page could not be written");
        Self::Failed
    }
}
