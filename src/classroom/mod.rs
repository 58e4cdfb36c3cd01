//! What a teacher does: see a group and every line in it, give work, look at it as a student, take it back. And what
//! those see who see less: a guardian, a school's administrator, a controller's officer.

mod appeal;
mod assign;
mod child;
mod given;
mod group;
mod live;
mod overview;
mod steer;
mod student;

pub use appeal::answer;
pub use assign::{AssignmentKind, Choice, NewAssignment, choices, give};
pub use child::{ChildView, child, children};
pub use given::{AssignmentReport, Given, Kept, Previewed, Progress, assignments, kept, preview, report, take_back};
pub use group::{GroupView, group, groups};
pub use live::{At, Live, State, StudentNow, live};
pub use overview::{School, controller, schools};
pub use steer::{Whom, steer, steering, stop_steering};
pub use student::{CalculationView, Part, StudentView, calculation, student};

use vault::{Fault, Refusal};

use crate::practice::PracticeError;

/// Why an act of the classroom was not done.
#[derive(Debug, thiserror::Error)]
pub enum ClassroomError {
    /// It does not exist, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// An assignment without exercises.
    #[error("no exercise was chosen")]
    NothingChosen,
    /// More exercises than one assignment holds.
    #[error("{0} exercises are more than {most}", most = assign::MOST_ITEMS)]
    TooMany(usize),
    /// An assignment needs a title of 1 to 80 characters.
    #[error("the title has {0} characters")]
    Title(usize),
    /// The due date lies before the start, or cannot be read.
    #[error("the due date cannot be used")]
    Due,
    /// The exercise is not in the bank.
    #[error("exercise {0} is not in the bank")]
    UnknownExercise(String),
    #[error(transparent)]
    Practice(#[from] PracticeError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for ClassroomError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}
