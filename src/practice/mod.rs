//! What a student does: open an item, write lines, take a hint, finish, see what was done and what is next and why.

mod appeal;
mod desk;
mod difficulties;
mod hints;
mod history;
mod open;
mod rebuild;
mod show;
mod standpoint;
mod submit_line;
mod today;
mod trial;
mod why;
mod written;

pub use appeal::appeal;
pub use desk::{Desk, Desks, allowed, item_of};
pub use difficulties::{Difficulties, FIRST_ATTEMPT, delta, guessed, statistics};
pub use hints::{Says, Stair, open_hint, stair};
pub use history::{A_PAGE, Entry, History, history, masteries, mastery_of, page as page_of_history, predicted};
pub use open::{another, next_of, open_assigned, open_next};
pub use rebuild::{Rebuilt, rebuild, rebuild_own};
pub use show::{Pace, Shown, appeals, show, shown};
pub use submit_line::{Submitted, submit_line, verdict_name};
pub use today::{Given, Known, Next, Today, today};
pub use trial::trial;
pub use why::{Part, Why};
pub use written::Written;

use vault::{Fault, Refusal};

/// Why an act of practice was not done.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// It does not exist, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// The calculation is finished or was left; no more lines are taken.
    #[error("the calculation is closed")]
    Closed,
    /// A line longer than a line can be.
    #[error("the line has {0} characters, more than {most}", most = submit_line::LONGEST_LINE)]
    TooLong(usize),
    /// So many lines that something else than mathematics is going on.
    #[error("the calculation has {0} lines already")]
    TooManyLines(usize),
    /// The bank has nothing that suits; it is empty or all of it was tried just now.
    #[error("there is no exercise to open")]
    NothingToOpen,
    /// The exercise of a stored calculation is no longer in the bank, or cannot be drawn.
    #[error("exercise {0} cannot be shown any more")]
    ExerciseGone(String),
    /// Somebody who decides over their own data has not consented, or has withdrawn.
    #[error("practice was not consented to")]
    NoConsent,
    /// Somebody else changed the same student's practice again and again.
    #[error("the student's practice changed at the same time, {0} times in a row")]
    Collided(u32),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for PracticeError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}
