//! MatteMaraton: plan an event, pick a course, report a distance, typed or from a watch, approve it, see how far one has come
//! on the route, whether the class has qualified and how the schools stand, draw among those who have finished.

mod approval;
mod class;
mod course;
mod doubt;
mod draw;
mod event;
mod organise;
mod pace;
mod plan;
mod public;
mod report;
mod route;
mod share;
mod standing;
mod upload;
mod way;

pub use approval::{Approved, approve_all, approve_group, decide};
pub use class::{Class, ClassSeen, class_diploma};
pub use course::{Offer, belongs, choose_course};
pub use doubt::{Doubt, doubt};
pub use draw::{
    DrawRefusal, Drawing, MOST_WINNERS, Told, ToldFault, ToldOutcome, Verified, Wish, commitment, draw, drawing, hex,
    in_order, told, verify, winners,
};
pub use event::{Maraton, Own, maraton};
pub use organise::{Latest, Organised, Organiser, Stage, change_event, drop_event, make_event, organised, standings};
pub(crate) use pace::full_hour;
pub use plan::{
    CoursePlan, LONGEST_ANNOUNCEMENT, LONGEST_NAME, LONGEST_RULES, MOST_COURSES, MOST_ITEMS, Plan, PlanFault,
    exercises_in,
};
pub use public::{Public, public, show_to_all};
pub use report::{LONGEST_METRES, Report, Reported, metres_in, read_kilometres, read_minutes, report, take_back};
pub use route::{Label, Route, Spot, Stop};
pub use share::{Offered, join_event, join_invited, leave_event};
pub use standing::{AS_IF, FEWEST_ENTRANTS, SchoolStanding, Standings, Together};
pub use upload::{Room, UPLOADS_AT_ONCE, Upload, make_room, report_track};
pub use way::{Way, Whose};

use track::TrackError;
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
    /// Neither kilometres nor minutes.
    #[error("there is no distance and no time")]
    Nothing,
    /// Kilometres such as 3,2; more than 0 and at most 200.
    #[error("the distance cannot be read")]
    Distance,
    /// Whole minutes, 1 to 1440.
    #[error("the minutes cannot be read")]
    Minutes,
    /// A day of the event, not one to come.
    #[error("the day cannot be used")]
    Day,
    /// A teacher has decided about it.
    #[error("a teacher has decided about the distance")]
    Decided,
    /// No file, or an empty one.
    #[error("there is no file")]
    NoFile,
    /// A file without a distance that counts.
    #[error(transparent)]
    Track(#[from] TrackError),
    /// Many files came from the same student; worth trying again after so many seconds, at least 1.
    #[error("too many files, wait {0} s")]
    Wait(u32),
    /// So many times the student's practice changed meanwhile; worth trying again.
    #[error("the practice changed {0} times in between")]
    Collided(u32),
    /// What an organiser plans cannot be run.
    #[error(transparent)]
    Plan(#[from] PlanFault),
    /// Why it is not drawn.
    #[error(transparent)]
    Draw(#[from] DrawRefusal),
    /// Many files are being read just now.
    #[error("too many files at once")]
    Busy,
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
