//! Need to know: sights, values that only this file can make. A row about a person is read through one of them,
//! so that «may I» and «which rows» are answered in the same place. Someone else's data is not found.

use diesel::prelude::*;

use crate::{
    connection::Tx,
    fault::Fault,
    ids::{AssignmentId, CalculationId, ControllerId, GroupId, PersonId, SchoolId},
    schema::{assignment, calculation, membership},
    time::Millis,
};

/// What a person is at a place. Stored by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Student,
    Teacher,
    Mentor,
    SchoolAdmin,
    Officer,
    Individual,
}

impl Role {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Teacher => "teacher",
            Self::Mentor => "mentor",
            Self::SchoolAdmin => "school_admin",
            Self::Officer => "officer",
            Self::Individual => "individual",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Student, Self::Teacher, Self::Mentor, Self::SchoolAdmin, Self::Officer, Self::Individual]
            .into_iter()
            .find(|role| role.name() == name)
    }
}

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

    /// Everyone sees what is their own.
    #[must_use]
    pub const fn own(&self) -> StudentSight {
        StudentSight { controller: self.controller, student: self.person }
    }
}

/// One student's practice: the student's own, or that of a student whom I teach now.
#[derive(Clone, Copy)]
pub struct StudentSight {
    pub(crate) controller: ControllerId,
    pub(crate) student: PersonId,
}

impl StudentSight {
    #[must_use]
    pub const fn student(&self) -> PersonId {
        self.student
    }
}

/// One group that I teach now.
#[derive(Clone, Copy)]
pub struct GroupSight {
    pub(crate) controller: ControllerId,
    pub(crate) group: GroupId,
    pub(crate) school: SchoolId,
}

impl GroupSight {
    #[must_use]
    pub const fn group(&self) -> GroupId {
        self.group
    }
}

/// One school whose administrator I am now: its groups and counts, nobody's lines.
#[derive(Clone, Copy)]
pub struct SchoolSight {
    pub(crate) controller: ControllerId,
    pub(crate) school: SchoolId,
}

/// The controller whose officer I am now: its schools and counts, nobody's lines.
#[derive(Clone, Copy)]
pub struct ControllerSight {
    pub(crate) controller: ControllerId,
}

/// An assignment that I or a colleague gave to a group that I teach now, or to a student whom I teach now.
#[derive(Clone, Copy)]
pub struct AssignmentSight {
    pub(crate) controller: ControllerId,
    pub(crate) assignment: AssignmentId,
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

/// My own practice, or that of a student who is in a group that I teach now.
pub fn student(tx: &mut Tx, me: &Me, student: PersonId, now: Millis) -> Result<StudentSight, Refusal> {
    if student == me.person || teaches_student(tx, me, student, now)? {
        Ok(StudentSight { controller: me.controller, student })
    } else {
        Err(Refusal::NotFound)
    }
}

/// A group in which I am teacher or mentor now.
pub fn group(tx: &mut Tx, me: &Me, group: GroupId, now: Millis) -> Result<GroupSight, Refusal> {
    taught(tx, me, now)?.into_iter().find(|sight| sight.group == group).ok_or(Refusal::NotFound)
}

/// All groups in which I am teacher or mentor now.
pub fn taught(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<GroupSight>, Fault> {
    let rows: Vec<(Option<GroupId>, Option<SchoolId>)> = membership::table
        .filter(membership::controller_id.eq(me.controller))
        .filter(membership::person_id.eq(me.person))
        .filter(membership::role.eq_any([Role::Teacher.name(), Role::Mentor.name()]))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select((membership::group_id, membership::school_id))
        .distinct()
        .load(tx.connection())?;
    Ok(rows
        .into_iter()
        .filter_map(|(group, school)| Some(GroupSight { controller: me.controller, group: group?, school: school? }))
        .collect())
}

/// The schools whose administrator I am now.
pub fn administered(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<SchoolSight>, Fault> {
    let rows: Vec<Option<SchoolId>> = membership::table
        .filter(membership::controller_id.eq(me.controller))
        .filter(membership::person_id.eq(me.person))
        .filter(membership::role.eq(Role::SchoolAdmin.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select(membership::school_id)
        .load(tx.connection())?;
    Ok(rows.into_iter().flatten().map(|school| SchoolSight { controller: me.controller, school }).collect())
}

/// The controller, if I am its officer now.
pub fn controller(tx: &mut Tx, me: &Me, now: Millis) -> Result<ControllerSight, Refusal> {
    let found: i64 = membership::table
        .filter(membership::controller_id.eq(me.controller))
        .filter(membership::person_id.eq(me.person))
        .filter(membership::role.eq(Role::Officer.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .count()
        .get_result(tx.connection())?;
    if found > 0 { Ok(ControllerSight { controller: me.controller }) } else { Err(Refusal::NotFound) }
}

/// The student behind a calculation, if I may see that student's practice.
pub fn calculation(tx: &mut Tx, me: &Me, id: CalculationId, now: Millis) -> Result<StudentSight, Refusal> {
    let owner: PersonId = calculation::table
        .filter(calculation::controller_id.eq(me.controller))
        .filter(calculation::id.eq(id))
        .select(calculation::student_id)
        .first(tx.connection())?;
    student(tx, me, owner, now)
}

/// An assignment to a group that I teach, or to a student whom I teach.
pub fn assignment(tx: &mut Tx, me: &Me, id: AssignmentId, now: Millis) -> Result<AssignmentSight, Refusal> {
    let (to_group, to_student): (Option<GroupId>, Option<PersonId>) = assignment::table
        .filter(assignment::controller_id.eq(me.controller))
        .filter(assignment::id.eq(id))
        .select((assignment::group_id, assignment::student_id))
        .first(tx.connection())?;
    let may = match (to_group, to_student) {
        (Some(to), _) => taught(tx, me, now)?.iter().any(|sight| sight.group == to),
        (None, Some(to)) => teaches_student(tx, me, to, now)?,
        (None, None) => false,
    };
    if may { Ok(AssignmentSight { controller: me.controller, assignment: id }) } else { Err(Refusal::NotFound) }
}

fn teaches_student(tx: &mut Tx, me: &Me, student: PersonId, now: Millis) -> Result<bool, Fault> {
    let groups: Vec<GroupId> = taught(tx, me, now)?.into_iter().map(|sight| sight.group).collect();
    let shared: i64 = membership::table
        .filter(membership::controller_id.eq(me.controller))
        .filter(membership::person_id.eq(student))
        .filter(membership::group_id.eq_any(groups.into_iter().map(Some).collect::<Vec<_>>()))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .count()
        .get_result(tx.connection())?;
    Ok(shared > 0)
}
