//! Need to know: sights, values that only this folder can make. A row about a person is read through one of them, so
//! that «may I» and «which rows» are answered in the same place. Someone else's data is not found.
//!
//! `matrix` is the table of who may do what, `printed` the same as a page for people. `guards` asks the table for each
//! role that the one who asks has now, and turns the relation that it finds into a sight: the scope that row functions
//! put into their SQL. A point decision is taken from the list of the same guard, so the two cannot differ.

mod events;
mod everyone;
mod forgetting;
mod guards;
pub mod matrix;
mod printed;
mod role;
mod steering;
mod together;

use std::ops::Deref;

pub(crate) use self::guards::behind_the_door;
use self::matrix::{Action, Relation, Resource, Who, holds};
pub use self::{
    events::{EventSight, OrganiserSight, PublicSight, event, organiser, public_event, won_where_i_teach},
    everyone::{due_to_be_forgotten, every_student},
    forgetting::{ForgetSight, ForgettingSight, forgetting, to_forget},
    guards::{
        administered, appeal, assignment, assignment_to_take_back, calculation, cards, cards_to_end, cards_to_make,
        child, child_looked_at, children, controller, distance, door, group, group_to_assign, individual, own_appeal,
        passwords_to_give, report, reports, student, taught,
    },
    printed::page,
    role::Role,
    steering::{SteeringSight, group_to_steer},
    together::{TogetherSight, together},
};
use crate::{
    audit::{Actor, Noted, Subject},
    fault::Fault,
    ids::{AssignmentId, CalculationId, ControllerId, DistanceId, GroupId, PersonId, ReportId, SchoolId},
    time::Millis,
};

/// The one who is signed in. Made from a session that holds, by nothing else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Me {
    pub(crate) controller: ControllerId,
    pub(crate) person: PersonId,
}

impl Me {
    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }

    #[must_use]
    pub const fn controller(&self) -> ControllerId {
        self.controller
    }

    /// One's own practice, to read and to go on with. It needs no look-up: only students and individuals have such
    /// rows, and they keep them when they leave a group. Without the rules in the table this does not compile.
    #[must_use]
    pub const fn own(&self) -> OwnSight {
        const { assert!(is_own(Role::Student) && is_own(Role::Individual) && is_at_school(), "no such rule") };
        OwnSight(StudentSight { controller: self.controller, student: self.person, _noted: Noted::my_own() })
    }

    /// For the audit; the role is the one that lets me.
    pub(crate) const fn as_actor(&self, role: Option<Role>) -> Actor {
        Actor { controller: self.controller, person: self.person, role }
    }
}

const fn is_own(role: Role) -> bool {
    let who = Who::Is(role);
    holds(who, Resource::Lines, Action::Write, Relation::Own)
        && holds(who, Resource::Lines, Action::Read, Relation::Own)
        && holds(who, Resource::Calculations, Action::Read, Relation::Own)
        && holds(who, Resource::Mastery, Action::Read, Relation::Own)
        && holds(who, Resource::Recommendation, Action::Read, Relation::Own)
}

/// What a student at a school has besides.
const fn is_at_school() -> bool {
    let who = Who::Is(Role::Student);
    holds(who, Resource::Assignment, Action::Read, Relation::GivenToMe)
        && holds(who, Resource::Distance, Action::Read, Relation::Own)
        && holds(who, Resource::Distance, Action::Write, Relation::Own)
        && holds(who, Resource::Entrant, Action::Read, Relation::Own)
        && holds(who, Resource::Entrant, Action::Write, Relation::Own)
}

/// What [`Me`] alone lets one do: read one's own profile and who has looked, send an error report and read that it was
/// sent.
const _: () = assert!(
    holds(Who::Anyone, Resource::Person, Action::Read, Relation::Own)
        && holds(Who::Anyone, Resource::ErrorReport, Action::Read, Relation::Own)
        && holds(Who::Anyone, Resource::ErrorReport, Action::Write, Relation::Own)
        && holds(Who::Anyone, Resource::Looks, Action::Read, Relation::Own)
);

/// In every sight of no single person, so that nothing outside of this folder can make one; in the others it is
/// [`Noted`], which nobody has who did not note the look in the audit.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Made(());

/// One student's practice, to be read: the student's own, or that of a student whom I teach now.
#[derive(Clone, Copy)]
pub struct StudentSight {
    pub(crate) controller: ControllerId,
    pub(crate) student: PersonId,
    _noted: Noted,
}

impl StudentSight {
    #[must_use]
    pub const fn student(&self) -> PersonId {
        self.student
    }
}

/// My own practice, to be read and to be gone on with.
#[derive(Clone, Copy)]
pub struct OwnSight(StudentSight);

impl Deref for OwnSight {
    type Target = StudentSight;

    fn deref(&self) -> &StudentSight {
        &self.0
    }
}

/// One group that I teach now.
#[derive(Clone, Copy)]
pub struct GroupSight {
    pub(crate) controller: ControllerId,
    pub(crate) group: GroupId,
    pub(crate) school: SchoolId,
    /// Who looks, for the audit; nobody at the door.
    pub(crate) by: Option<Actor>,
    _made: Made,
}

impl GroupSight {
    #[must_use]
    pub const fn group(&self) -> GroupId {
        self.group
    }

    /// The sight of a student whom a row function has just found in this group, after it noted the look.
    pub(crate) const fn found(&self, student: PersonId, noted: Noted) -> StudentSight {
        StudentSight { controller: self.controller, student, _noted: noted }
    }
}

/// One group that I may give work to now.
#[derive(Clone, Copy)]
pub struct AssigningSight(GroupSight);

impl Deref for AssigningSight {
    type Target = GroupSight;

    fn deref(&self) -> &GroupSight {
        &self.0
    }
}

/// The class code of a group that I teach now.
#[derive(Clone, Copy)]
pub struct DoorSight(GroupSight);

impl Deref for DoorSight {
    type Target = GroupSight;

    fn deref(&self) -> &GroupSight {
        &self.0
    }
}

/// A group that I teach now, whose students I may give new passwords.
#[derive(Clone, Copy)]
pub struct PasswordsSight(GroupSight);

impl Deref for PasswordsSight {
    type Target = GroupSight;

    fn deref(&self) -> &GroupSight {
        &self.0
    }
}

/// The login cards of a group that I teach now, and whose they are.
#[derive(Clone, Copy)]
pub struct CardsSight(GroupSight);

impl Deref for CardsSight {
    type Target = GroupSight;

    fn deref(&self) -> &GroupSight {
        &self.0
    }
}

/// Login cards that I may make.
#[derive(Clone, Copy)]
pub struct MakeCardsSight(CardsSight);

impl Deref for MakeCardsSight {
    type Target = CardsSight;

    fn deref(&self) -> &CardsSight {
        &self.0
    }
}

/// Login cards that I may end.
#[derive(Clone, Copy)]
pub struct EndCardsSight(CardsSight);

impl Deref for EndCardsSight {
    type Target = CardsSight;

    fn deref(&self) -> &CardsSight {
        &self.0
    }
}

/// One school whose administrator I am now: its groups and counts, nobody's lines.
#[derive(Clone, Copy)]
pub struct SchoolSight {
    pub(crate) controller: ControllerId,
    pub(crate) school: SchoolId,
    _made: Made,
}

/// The controller whose officer I am now: its schools and counts, nobody's lines.
#[derive(Clone, Copy)]
pub struct ControllerSight {
    pub(crate) controller: ControllerId,
    _made: Made,
}

impl ControllerSight {
    /// The sight of a school that a row function has just found under this controller.
    pub(crate) const fn found(&self, school: SchoolId) -> SchoolSight {
        SchoolSight { controller: self.controller, school, _made: Made(()) }
    }
}

/// An assignment that I or a colleague gave to a group that I teach now, or to a student whom I teach now.
#[derive(Clone, Copy)]
pub struct AssignmentSight {
    pub(crate) controller: ControllerId,
    pub(crate) assignment: AssignmentId,
    /// To whom it was given.
    pub(crate) to: Subject,
    pub(crate) by: Actor,
    _made: Made,
}

/// An assignment that I may take back.
#[derive(Clone, Copy)]
pub struct TakeBackSight(AssignmentSight);

impl Deref for TakeBackSight {
    type Target = AssignmentSight;

    fn deref(&self) -> &AssignmentSight {
        &self.0
    }
}

/// My own lines, of which I may say that they are right although they were judged wrong.
#[derive(Clone, Copy)]
pub struct OwnAppealSight {
    pub(crate) controller: ControllerId,
    pub(crate) student: PersonId,
    _made: Made,
}

/// The appeals in a calculation of a student whom I teach now, to be answered.
#[derive(Clone, Copy)]
pub struct AppealSight {
    pub(crate) controller: ControllerId,
    pub(crate) calculation: CalculationId,
    pub(crate) student: PersonId,
    pub(crate) by: Actor,
    _made: Made,
}

impl AppealSight {
    #[must_use]
    pub const fn student(&self) -> PersonId {
        self.student
    }
}

/// A distance of a student whom I teach now, to be decided about.
#[derive(Clone, Copy)]
pub struct DistanceSight {
    pub(crate) controller: ControllerId,
    pub(crate) distance: DistanceId,
    pub(crate) student: PersonId,
    pub(crate) by: Actor,
    _made: Made,
}

/// A child that I have a confirmed link to now: a summary of its practice, none of its lines.
#[derive(Clone, Copy)]
pub struct ChildSight {
    pub(crate) controller: ControllerId,
    pub(crate) child: PersonId,
    noted: Noted,
}

impl ChildSight {
    #[must_use]
    pub const fn child(&self) -> PersonId {
        self.child
    }

    /// For the row functions of [`crate::rows::children`], which give no lines out.
    pub(crate) const fn practice(&self) -> StudentSight {
        StudentSight { controller: self.controller, student: self.child, _noted: self.noted }
    }
}

/// An error report that is open: who sent it, and the one calculation that it is about.
#[derive(Clone, Copy)]
pub struct ReportSight {
    pub(crate) controller: ControllerId,
    pub(crate) report: ReportId,
    pub(crate) sender: PersonId,
    pub(crate) calculation: Option<CalculationId>,
    pub(crate) sent_at: Millis,
    /// Whose name is not shown.
    pub(crate) protected: bool,
    pub(crate) by: Actor,
    noted: Noted,
}

impl ReportSight {
    #[must_use]
    pub const fn report(&self) -> ReportId {
        self.report
    }

    /// For the row functions of [`crate::rows::reports`], which give out what was sent and no more.
    pub(crate) const fn practice(&self) -> StudentSight {
        StudentSight { controller: self.controller, student: self.sender, _noted: self.noted }
    }
}

/// Everything of mine, where I am an individual and so my own controller.
#[derive(Clone, Copy)]
pub struct IndividualSight {
    pub(crate) controller: ControllerId,
    pub(crate) person: PersonId,
    _made: Made,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It does not exist, or it is somebody else's: the two look the same.
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<diesel::result::Error> for Refusal {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::NotFound => Self::NotFound,
            other => Self::Fault(other.into()),
        }
    }
}
