//! The rows, one file a table family. Every function that gives a person's rows takes a sight from [`crate::access`].

pub mod accounts;
pub mod appeals;
mod arrival;
pub mod assignments;
pub mod calculations;
pub mod certificates;
pub mod children;
pub mod class_codes;
pub mod consents;
pub mod copy;
pub mod difficulties;
pub mod entitlements;
pub mod erasure;
pub mod forgetting;
pub mod hints;
pub mod holds;
pub mod login_cards;
pub mod maraton;
pub mod nights;
pub mod notices;
pub mod overviews;
pub mod own;
pub mod people;
pub mod plane;
pub mod renewal;
pub mod reports;
pub mod requests;
pub mod retention;
pub mod sealed;
pub mod sessions;
pub mod statistics;
pub mod steering;
pub mod students;
pub mod submissions;
pub mod token_families;
mod told;

/// Held by the compiler: what these types hold cannot be printed or serialized, so it lands in no log and no answer by
/// itself. A type that could would make the two ways to name the function ambiguous.
macro_rules! never_shown {
    ($($type:ty),+ $(,)?) => {$(
        const _: fn() = || {
            trait Shown<Way> {
                fn shown() {}
            }
            struct Printed;
            struct Serialized;
            impl<T: ?Sized> Shown<()> for T {}
            impl<T: ?Sized + std::fmt::Debug> Shown<Printed> for T {}
            impl<T: ?Sized + serde::Serialize> Shown<Serialized> for T {}
            let _ = <$type as Shown<_>>::shown;
        };
    )+};
}

never_shown! {
    accounts::Credential,
    appeals::Appeal,
    appeals::Waiting,
    crate::audit::By,
    crate::audit::Seen,
    assignments::Assignment,
    assignments::Work,
    calculations::Calculation,
    calculations::Line,
    calculations::NewResponse,
    calculations::Recommendation,
    children::Done,
    children::NewGuardianLink,
    class_codes::AtTheDoor,
    class_codes::CameIn,
    class_codes::ClassCode,
    class_codes::Entrance,
    class_codes::OpenCode,
    consents::Consent,
    erasure::Forgotten,
    forgetting::Known,
    hints::OpenedHint,
    holds::Hold,
    holds::NewHold,
    crate::access::ForgetSight,
    crate::access::ForgettingSight,
    crate::IndividualSight,
    crate::Me,
    crate::StudentSight,
    login_cards::Holder,
    login_cards::NewCard,
    maraton::Choice<'static>,
    maraton::Distance,
    maraton::Entered,
    maraton::Entrant,
    maraton::NewDistance,
    own::Own,
    people::NamedStudent,
    people::NewPerson,
    people::Profile,
    plane::PlaneRow,
    reports::NewReport,
    reports::Report,
    reports::Waiting,
    requests::Asked,
    retention::Footing,
    sessions::Held,
    sessions::Mine,
    sessions::NewSession,
    steering::Steering,
    students::General,
    students::ItemRow,
    students::SeenResponse,
    students::SkillRow,
    submissions::Learned<'static>,
    submissions::Submission<'static>,
    token_families::NewFamily,
}
