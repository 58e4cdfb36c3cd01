//! What went wrong, for people and for programs: one closed list, one table of statuses and codes, one place.
//! As JSON it is `application/problem+json` (RFC 9457); a page shows the same sentences with ways on.

mod from;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::Serialize;
use track::TrackError;
use utoipa::ToSchema;

use super::speech::Language;
use crate::maraton::{DrawRefusal, PlanFault};

/// Everything that can be answered instead of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum Problem {
    NotFound,
    SignInFirst,
    NoMatch,
    TokenNotTaken,
    RefreshNotTaken,
    TwoCredentials,
    NoCode,
    NameTaken,
    NoCard,
    CardUnreadable,
    CardsMade,
    NobodyChosen,
    AddressUnknown,
    /// Seconds, at least 1.
    Wait(u32),
    CrossSite,
    Closed,
    LineTooLong,
    TooManyLines,
    NothingToOpen,
    ExerciseGone,
    Collided,
    NoConsent,
    UserNameUnusable,
    UserNameTaken,
    PasswordWeak,
    ChoiceUnusable,
    NotConsented,
    OtherText,
    NothingChosen,
    TooManyItems,
    TitleMissing,
    DueUnusable,
    NoEvent,
    DistanceMissing,
    DistanceUnreadable,
    MinutesUnreadable,
    DayUnusable,
    DistanceDecided,
    TrackMissing,
    /// A file of a watch without a distance that counts.
    Track(TrackError),
    /// A plan of an organiser's that cannot be run.
    Plan(PlanFault),
    /// An event that is not drawn.
    Draw(DrawRefusal),
    Held,
    GroundUnusable,
    ReviewUnusable,
    FormUnreadable,
    QueryUnreadable,
    CursorUnusable,
    TypeNotTaken,
    MethodNotAllowed,
    KeyUsed,
    TooBig,
    Busy,
    TooSlow,
    NoRoom,
    Unavailable,
    Failed,
}

impl Problem {
    pub const ALL: [Self; 78] = [
        Self::NotFound,
        Self::SignInFirst,
        Self::NoMatch,
        Self::TokenNotTaken,
        Self::RefreshNotTaken,
        Self::TwoCredentials,
        Self::NoCode,
        Self::NameTaken,
        Self::NoCard,
        Self::CardUnreadable,
        Self::CardsMade,
        Self::NobodyChosen,
        Self::AddressUnknown,
        Self::Wait(60),
        Self::CrossSite,
        Self::Closed,
        Self::LineTooLong,
        Self::TooManyLines,
        Self::NothingToOpen,
        Self::ExerciseGone,
        Self::Collided,
        Self::NoConsent,
        Self::UserNameUnusable,
        Self::UserNameTaken,
        Self::PasswordWeak,
        Self::ChoiceUnusable,
        Self::NotConsented,
        Self::OtherText,
        Self::NothingChosen,
        Self::TooManyItems,
        Self::TitleMissing,
        Self::DueUnusable,
        Self::NoEvent,
        Self::DistanceMissing,
        Self::DistanceUnreadable,
        Self::MinutesUnreadable,
        Self::DayUnusable,
        Self::DistanceDecided,
        Self::TrackMissing,
        Self::Track(TrackError::NotATrack),
        Self::Track(TrackError::Packed),
        Self::Track(TrackError::Planned),
        Self::Track(TrackError::NoPoints),
        Self::Track(TrackError::NoDistance),
        Self::Track(TrackError::TooLarge),
        Self::Track(TrackError::TooManyPoints),
        Self::Track(TrackError::TooFar),
        Self::Track(TrackError::BrokenAtLine { line: 1 }),
        Self::Plan(PlanFault::Name),
        Self::Plan(PlanFault::Days),
        Self::Plan(PlanFault::Overlap),
        Self::Plan(PlanFault::Items),
        Self::Plan(PlanFault::Kilometres),
        Self::Plan(PlanFault::Courses),
        Self::Plan(PlanFault::Course),
        Self::Plan(PlanFault::CourseEmpty),
        Self::Plan(PlanFault::Words),
        Self::Plan(PlanFault::Begun),
        Self::Plan(PlanFault::Invitation),
        Self::Draw(DrawRefusal::TooEarly),
        Self::Draw(DrawRefusal::Waiting),
        Self::Draw(DrawRefusal::Winners),
        Self::Draw(DrawRefusal::Nothing),
        Self::Held,
        Self::GroundUnusable,
        Self::ReviewUnusable,
        Self::FormUnreadable,
        Self::QueryUnreadable,
        Self::CursorUnusable,
        Self::TypeNotTaken,
        Self::MethodNotAllowed,
        Self::KeyUsed,
        Self::TooBig,
        Self::Busy,
        Self::TooSlow,
        Self::NoRoom,
        Self::Unavailable,
        Self::Failed,
    ];

    /// The status and the stable code. Sentences: `problem-CODE` and `problem-CODE-do` in `locales/`.
    #[must_use]
    pub const fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::SignInFirst => (StatusCode::UNAUTHORIZED, "sign-in-first"),
            Self::NoMatch => (StatusCode::UNAUTHORIZED, "no-match"),
            Self::TokenNotTaken => (StatusCode::UNAUTHORIZED, "token-not-taken"),
            Self::RefreshNotTaken => (StatusCode::UNAUTHORIZED, "refresh-not-taken"),
            Self::TwoCredentials => (StatusCode::BAD_REQUEST, "two-credentials"),
            Self::NoCode => (StatusCode::UNAUTHORIZED, "no-code"),
            Self::NameTaken => (StatusCode::CONFLICT, "name-taken"),
            Self::NoCard => (StatusCode::UNAUTHORIZED, "no-card"),
            Self::CardUnreadable => (StatusCode::UNPROCESSABLE_ENTITY, "card-unreadable"),
            Self::CardsMade => (StatusCode::CONFLICT, "cards-made"),
            Self::NobodyChosen => (StatusCode::UNPROCESSABLE_ENTITY, "nobody-chosen"),
            Self::AddressUnknown => (StatusCode::CONFLICT, "address-unknown"),
            Self::Wait(_) => (StatusCode::TOO_MANY_REQUESTS, "wait"),
            Self::CrossSite => (StatusCode::FORBIDDEN, "cross-site"),
            Self::Closed => (StatusCode::CONFLICT, "closed"),
            Self::LineTooLong => (StatusCode::UNPROCESSABLE_ENTITY, "line-too-long"),
            Self::TooManyLines => (StatusCode::UNPROCESSABLE_ENTITY, "too-many-lines"),
            Self::NothingToOpen => (StatusCode::CONFLICT, "nothing-to-open"),
            Self::ExerciseGone => (StatusCode::GONE, "exercise-gone"),
            Self::Collided => (StatusCode::CONFLICT, "collided"),
            Self::NoConsent => (StatusCode::CONFLICT, "no-consent"),
            Self::UserNameUnusable => (StatusCode::UNPROCESSABLE_ENTITY, "user-name-unusable"),
            Self::UserNameTaken => (StatusCode::CONFLICT, "user-name-taken"),
            Self::PasswordWeak => (StatusCode::UNPROCESSABLE_ENTITY, "password-weak"),
            Self::ChoiceUnusable => (StatusCode::UNPROCESSABLE_ENTITY, "choice-unusable"),
            Self::NotConsented => (StatusCode::UNPROCESSABLE_ENTITY, "not-consented"),
            Self::OtherText => (StatusCode::CONFLICT, "other-text"),
            Self::NothingChosen => (StatusCode::UNPROCESSABLE_ENTITY, "nothing-chosen"),
            Self::TooManyItems => (StatusCode::UNPROCESSABLE_ENTITY, "too-many-items"),
            Self::TitleMissing => (StatusCode::UNPROCESSABLE_ENTITY, "title-missing"),
            Self::DueUnusable => (StatusCode::UNPROCESSABLE_ENTITY, "due-unusable"),
            Self::NoEvent => (StatusCode::CONFLICT, "no-event"),
            Self::DistanceMissing => (StatusCode::UNPROCESSABLE_ENTITY, "distance-missing"),
            Self::DistanceUnreadable => (StatusCode::UNPROCESSABLE_ENTITY, "distance-unreadable"),
            Self::MinutesUnreadable => (StatusCode::UNPROCESSABLE_ENTITY, "minutes-unreadable"),
            Self::DayUnusable => (StatusCode::UNPROCESSABLE_ENTITY, "day-unusable"),
            Self::DistanceDecided => (StatusCode::CONFLICT, "distance-decided"),
            Self::TrackMissing => (StatusCode::UNPROCESSABLE_ENTITY, "track-missing"),
            Self::Track(error) => of_track(error),
            Self::Plan(fault) => of_plan(*fault),
            Self::Draw(refusal) => of_draw(*refusal),
            Self::Held => (StatusCode::CONFLICT, "held"),
            Self::GroundUnusable => (StatusCode::UNPROCESSABLE_ENTITY, "ground-unusable"),
            Self::ReviewUnusable => (StatusCode::UNPROCESSABLE_ENTITY, "review-unusable"),
            Self::FormUnreadable => (StatusCode::BAD_REQUEST, "form-unreadable"),
            Self::QueryUnreadable => (StatusCode::BAD_REQUEST, "query-unreadable"),
            Self::CursorUnusable => (StatusCode::BAD_REQUEST, "cursor-unusable"),
            Self::TypeNotTaken => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "type-not-taken"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"),
            Self::KeyUsed => (StatusCode::CONFLICT, "key-used"),
            Self::TooBig => (StatusCode::PAYLOAD_TOO_LARGE, "too-big"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow"),
            Self::NoRoom => (StatusCode::INSUFFICIENT_STORAGE, "no-room"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "failed"),
        }
    }

    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.status_and_code().1
    }

    /// Seconds after which it is worth trying again.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Wait(seconds) => Some(*seconds),
            Self::Busy => Some(1),
            Self::Unavailable => Some(5),
            Self::NoRoom => Some(30),
            _ => None,
        }
    }

    /// How a program gets in, where it has to (RFC 9110, 11.6.1), and what was wrong with its token (RFC 6750, 3.1).
    #[must_use]
    pub fn challenge(&self) -> Option<&'static str> {
        match self {
            Self::TokenNotTaken => Some(r#"Bearer realm="stegvis", error="invalid_token""#),
            Self::TwoCredentials => Some(r#"Bearer realm="stegvis", error="invalid_request""#),
            other if other.status_and_code().0 == StatusCode::UNAUTHORIZED => Some(r#"Bearer realm="stegvis""#),
            _ => None,
        }
    }

    /// What happened, in one sentence.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        language.t(&format!("problem-{}", self.code()))
    }

    /// What to do now, in one sentence.
    #[must_use]
    pub fn advice(&self, language: Language) -> String {
        match self {
            Self::Wait(seconds @ ..90) => language.n("problem-wait-do", *seconds),
            Self::Wait(seconds) => language.n("problem-wait-minutes", seconds.div_ceil(60)),
            other => language.t(&format!("problem-{}-do", other.code())),
        }
    }

    /// The answer as `application/problem+json`.
    #[must_use]
    pub fn to_json(&self, language: Language) -> HttpResponse {
        let (status, code) = self.status_and_code();
        let body = ProblemBody {
            r#type: format!("/docs/api#{code}"),
            title: self.title(language),
            status: status.as_u16(),
            code,
            detail: self.advice(language),
        };
        let mut response = HttpResponse::build(status);
        if let Some(seconds) = self.retry_after() {
            response.insert_header(("retry-after", seconds.to_string()));
        }
        if let Some(challenge) = self.challenge() {
            response.insert_header(("www-authenticate", challenge));
        }
        response.content_type("application/problem+json").body(serde_json::to_string(&body).unwrap_or_default())
    }
}

/// Where a file is broken is not told: nobody mends it by hand.
const fn of_track(error: &TrackError) -> (StatusCode, &'static str) {
    let code = match error {
        TrackError::TooLarge => return (StatusCode::PAYLOAD_TOO_LARGE, "track-too-large"),
        TrackError::NotATrack => "track-unknown",
        TrackError::Packed => "track-packed",
        TrackError::Planned => "track-planned",
        TrackError::NoPoints => "track-empty",
        TrackError::NoDistance => "track-without-distance",
        TrackError::TooManyPoints => "track-too-many-points",
        TrackError::TooFar => "track-too-far",
        TrackError::BrokenAtLine { .. } | TrackError::BrokenAtByte { .. } => "track-broken",
    };
    (StatusCode::UNPROCESSABLE_ENTITY, code)
}

const fn of_draw(refusal: DrawRefusal) -> (StatusCode, &'static str) {
    match refusal {
        DrawRefusal::TooEarly => (StatusCode::CONFLICT, "draw-too-early"),
        DrawRefusal::Waiting => (StatusCode::CONFLICT, "draw-waiting"),
        DrawRefusal::Winners => (StatusCode::UNPROCESSABLE_ENTITY, "draw-winners"),
        DrawRefusal::Nothing => (StatusCode::CONFLICT, "draw-nothing"),
    }
}

const fn of_plan(fault: PlanFault) -> (StatusCode, &'static str) {
    let code = match fault {
        PlanFault::Begun => return (StatusCode::CONFLICT, "event-begun"),
        PlanFault::Overlap => return (StatusCode::CONFLICT, "event-overlaps"),
        PlanFault::Name => "event-name",
        PlanFault::Days => "event-days",
        PlanFault::Items => "event-items",
        PlanFault::Kilometres => "event-kilometres",
        PlanFault::Courses => "event-courses",
        PlanFault::Course => "event-course",
        PlanFault::CourseEmpty => "event-course-empty",
        PlanFault::Words => "event-words",
        PlanFault::Invitation => "event-invitation",
    };
    (StatusCode::UNPROCESSABLE_ENTITY, code)
}

/// What happened instead of what was asked for (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Where the code is told of.
    #[schema(example = "/docs/api#closed")]
    r#type: String,
    /// What happened, in the reader's language.
    title: String,
    /// As in the answer's first line.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// Does not change, while the sentences may.
    code: &'static str,
    /// What to do now, in the reader's language.
    detail: String,
}

/// Actix asks this only where no page or API route has answered in the reader's language.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status_and_code().0
    }

    fn error_response(&self) -> HttpResponse {
        self.to_json(Language::English)
    }
}

#[cfg(test)]
mod tests;
