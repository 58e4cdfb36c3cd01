//! The guards: for each role that the one who asks has now, what the table allows becomes a sight.

use diesel::prelude::*;

use super::{
    AppealSight, AssigningSight, AssignmentSight, CardsSight, ChildSight, ControllerSight, DistanceSight, DoorSight,
    EndCardsSight, GroupSight, IndividualSight, Made, MakeCardsSight, Me, OwnAppealSight, PasswordsSight, Refusal,
    ReportSight, Role, SchoolSight, StudentSight, TakeBackSight,
    matrix::{Action, Relation, Resource, Who, holds},
};
use crate::{
    audit::{Actor, Class, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{AssignmentId, CalculationId, ControllerId, DistanceId, GroupId, PersonId, ReportId, SchoolId},
    rows::{consents::INDIVIDUAL, reports::SEEN_FOR},
    schema::{assignment, calculation, controller, distance, error_report, guardian_link, membership, person},
    time::Millis,
};

/// What a [`StudentSight`] lets one read, all of it.
#[rustfmt::skip]
const PRACTICE: [Resource; 6] = [
    Resource::Person, Resource::Lines, Resource::Appeal, Resource::Calculations, Resource::Mastery, Resource::Recommendation,
];
/// What a [`ChildSight`] lets one read, all of it.
const SUMMARY: [Resource; 4] = [Resource::Person, Resource::Calculations, Resource::Mastery, Resource::Looks];
/// What a [`ReportSight`] lets one read, all of it.
const REPORTED: [Resource; 2] = [Resource::ErrorReport, Resource::Lines];

/// Open reports that are listed at once.
const MOST_REPORTS: i64 = 200;

/// A role that I have now, and where.
pub(super) struct Held {
    pub(super) role: Role,
    pub(super) school: Option<SchoolId>,
    pub(super) group: Option<GroupId>,
}

impl Held {
    pub(super) fn may(&self, action: Action, all: &[Resource], relation: Relation) -> bool {
        all.iter().all(|resource| holds(Who::Is(self.role), *resource, action, relation))
    }
}

/// All that I am now, out of memberships that have begun and not ended.
pub(super) fn held(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<Held>, Fault> {
    type Row = (String, Option<SchoolId>, Option<GroupId>);
    let rows: Vec<Row> = on_each!(tx.connection(), each => membership::table
        .filter(membership::controller_id.eq(me.controller))
        .filter(membership::person_id.eq(me.person))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select((membership::role, membership::school_id, membership::group_id))
        .load(each))?;
    let named = |(role, school, group): Row| Some(Held { role: Role::named(&role)?, school, group });
    Ok(rows.into_iter().filter_map(named).collect())
}

/// The groups that I teach now in a role that may do this with all of these.
pub(super) fn groups_for(
    tx: &mut Tx,
    me: &Me,
    action: Action,
    all: &[Resource],
    now: Millis,
) -> Result<Vec<GroupSight>, Fault> {
    let mut sights: Vec<GroupSight> = Vec::new();
    for held in held(tx, me, now)?.iter().filter(|held| held.may(action, all, Relation::GroupITeach)) {
        let (Some(group), Some(school)) = (held.group, held.school) else { continue };
        if sights.iter().all(|sight| sight.group != group) {
            let by = Some(me.as_actor(Some(held.role)));
            sights.push(GroupSight { controller: me.controller, group, school, by, _made: Made(()) });
        }
    }
    Ok(sights)
}

/// As what I may do this with somebody who is a student now in one of the groups that I teach, if I may.
fn teaches(
    tx: &mut Tx,
    me: &Me,
    student: PersonId,
    (action, all): (Action, &[Resource]),
    now: Millis,
) -> Result<Option<Actor>, Fault> {
    let sights = groups_for(tx, me, action, all, now)?;
    let groups: Vec<_> = sights.iter().map(|sight| Some(sight.group)).collect();
    let shared: Option<Option<GroupId>> = membership::table
        .filter(membership::controller_id.eq(me.controller))
        .filter(membership::person_id.eq(student))
        .filter(membership::group_id.eq_any(groups))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select(membership::group_id)
        .first(tx.connection())
        .optional()?;
    Ok(sights.iter().find(|sight| shared == Some(Some(sight.group))).and_then(|sight| sight.by))
}

/// My own practice, or that of a student who is in a group that I teach now.
pub fn student(tx: &mut Tx, me: &Me, student: PersonId, now: Millis) -> Result<StudentSight, Refusal> {
    if student == me.person {
        return Ok(*me.own());
    }
    let Some(by) = teaches(tx, me, student, (Action::Read, &PRACTICE), now)? else { return Err(Refusal::NotFound) };
    let noted = tx.look(me.controller, Some(by), Class::Practice, Subject::Person(student), now);
    Ok(StudentSight { controller: me.controller, student, _noted: noted })
}

/// The group behind a class code that is open and was typed right: its names, for whoever stands at the door.
pub(crate) const fn behind_the_door(controller: ControllerId, group: GroupId, school: SchoolId) -> GroupSight {
    const { assert!(holds(Who::AtTheDoor, Resource::Person, Action::Read, Relation::BehindTheDoor)) }
    GroupSight { controller, group, school, by: None, _made: Made(()) }
}

/// The student behind a calculation, if I may see that student's practice.
pub fn calculation(tx: &mut Tx, me: &Me, id: CalculationId, now: Millis) -> Result<StudentSight, Refusal> {
    let owner = owner(tx, me, id)?;
    student(tx, me, owner, now)
}

fn owner(tx: &mut Tx, me: &Me, of: CalculationId) -> Result<PersonId, Refusal> {
    Ok(calculation::table
        .filter(calculation::controller_id.eq(me.controller))
        .filter(calculation::id.eq(of))
        .select(calculation::student_id)
        .first(tx.connection())?)
}

/// My own lines, to say of them that they are right although they were judged wrong: only who may have a teacher.
pub fn own_appeal(tx: &mut Tx, me: &Me, now: Millis) -> Result<OwnAppealSight, Refusal> {
    let may = |held: &Held| held.may(Action::Write, &[Resource::Appeal], Relation::Own);
    let sight = OwnAppealSight { controller: me.controller, student: me.person, _made: Made(()) };
    if held(tx, me, now)?.iter().any(may) { Ok(sight) } else { Err(Refusal::NotFound) }
}

/// The appeals in a calculation of a student whom I teach now, to be answered.
pub fn appeal(tx: &mut Tx, me: &Me, id: CalculationId, now: Millis) -> Result<AppealSight, Refusal> {
    let student = owner(tx, me, id)?;
    if student == me.person {
        return Err(Refusal::NotFound);
    }
    let by = teaches(tx, me, student, (Action::Decide, &[Resource::Appeal]), now)?.ok_or(Refusal::NotFound)?;
    Ok(AppealSight { controller: me.controller, calculation: id, student, by, _made: Made(()) })
}

/// All groups that I teach now, with who is in them.
pub fn taught(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<GroupSight>, Fault> {
    groups_for(tx, me, Action::Read, &[Resource::Group, Resource::Person], now)
}

/// A group that I teach now.
pub fn group(tx: &mut Tx, me: &Me, group: GroupId, now: Millis) -> Result<GroupSight, Refusal> {
    taught(tx, me, now)?.into_iter().find(|sight| sight.group == group).ok_or(Refusal::NotFound)
}

/// A group that I may give work to now.
pub fn group_to_assign(tx: &mut Tx, me: &Me, group: GroupId, now: Millis) -> Result<AssigningSight, Refusal> {
    let groups = groups_for(tx, me, Action::Write, &[Resource::Assignment], now)?;
    groups.into_iter().find(|sight| sight.group == group).map(AssigningSight).ok_or(Refusal::NotFound)
}

/// The login cards of a group that I teach: who has one, and until when.
pub fn cards(tx: &mut Tx, me: &Me, group: GroupId, now: Millis) -> Result<CardsSight, Refusal> {
    cards_for(tx, me, group, Action::Read, now)
}

/// The same, to make new ones.
pub fn cards_to_make(tx: &mut Tx, me: &Me, group: GroupId, now: Millis) -> Result<MakeCardsSight, Refusal> {
    cards_for(tx, me, group, Action::Write, now).map(MakeCardsSight)
}

/// The same, to end them.
pub fn cards_to_end(tx: &mut Tx, me: &Me, group: GroupId, now: Millis) -> Result<EndCardsSight, Refusal> {
    cards_for(tx, me, group, Action::Decide, now).map(EndCardsSight)
}

/// Whose cards they are stands on them, so the names of the group have to be mine to see as well.
fn cards_for(tx: &mut Tx, me: &Me, of: GroupId, action: Action, now: Millis) -> Result<CardsSight, Refusal> {
    group_with(tx, me, of, &[action], Resource::LoginCard, now).map(CardsSight)
}

/// The class code of a group that I teach: to open, see and close it, and to let out who came in.
pub fn door(tx: &mut Tx, me: &Me, of: GroupId, now: Millis) -> Result<DoorSight, Refusal> {
    group_with(tx, me, of, &[Action::Read, Action::Write, Action::Decide], Resource::ClassCode, now).map(DoorSight)
}

/// A group that I teach, to give its students new passwords.
pub fn passwords_to_give(tx: &mut Tx, me: &Me, of: GroupId, now: Millis) -> Result<PasswordsSight, Refusal> {
    group_with(tx, me, of, &[Action::Decide], Resource::Password, now).map(PasswordsSight)
}

/// A group that I teach now in roles that may do all these with something of it.
pub(super) fn group_with(
    tx: &mut Tx,
    me: &Me,
    of: GroupId,
    actions: &[Action],
    what: Resource,
    now: Millis,
) -> Result<GroupSight, Refusal> {
    let sight = group(tx, me, of, now)?;
    for action in actions {
        if groups_for(tx, me, *action, &[what], now)?.iter().all(|may| may.group != of) {
            return Err(Refusal::NotFound);
        }
    }
    Ok(sight)
}

/// An assignment to a group that I teach, or to a student whom I teach.
pub fn assignment(tx: &mut Tx, me: &Me, id: AssignmentId, now: Millis) -> Result<AssignmentSight, Refusal> {
    assignment_for(tx, me, id, Action::Read, now)
}

/// The same, to be taken back.
pub fn assignment_to_take_back(tx: &mut Tx, me: &Me, id: AssignmentId, now: Millis) -> Result<TakeBackSight, Refusal> {
    assignment_for(tx, me, id, Action::Decide, now).map(TakeBackSight)
}

fn assignment_for(
    tx: &mut Tx,
    me: &Me,
    id: AssignmentId,
    action: Action,
    now: Millis,
) -> Result<AssignmentSight, Refusal> {
    let (to_group, to_student): (Option<GroupId>, Option<PersonId>) = assignment::table
        .filter(assignment::controller_id.eq(me.controller))
        .filter(assignment::id.eq(id))
        .select((assignment::group_id, assignment::student_id))
        .first(tx.connection())?;
    let all = [Resource::Assignment];
    let (to, by) = match (to_group, to_student) {
        (Some(to), _) => {
            let groups = groups_for(tx, me, action, &all, now)?;
            (Subject::Group(to), groups.iter().find(|sight| sight.group == to).and_then(|sight| sight.by))
        }
        (None, Some(to)) => (Subject::Person(to), teaches(tx, me, to, (action, &all), now)?),
        (None, None) => (Subject::Nobody, None),
    };
    let by = by.ok_or(Refusal::NotFound)?;
    Ok(AssignmentSight { controller: me.controller, assignment: id, to, by, _made: Made(()) })
}

/// A distance of a student whom I teach, to be decided about. One's own is somebody else's to approve.
pub fn distance(tx: &mut Tx, me: &Me, id: DistanceId, now: Millis) -> Result<DistanceSight, Refusal> {
    let traveller: PersonId = distance::table
        .filter(distance::controller_id.eq(me.controller))
        .filter(distance::id.eq(id))
        .select(distance::student_id)
        .first(tx.connection())?;
    if traveller == me.person {
        return Err(Refusal::NotFound);
    }
    let by = teaches(tx, me, traveller, (Action::Decide, &[Resource::Distance]), now)?.ok_or(Refusal::NotFound)?;
    Ok(DistanceSight { controller: me.controller, distance: id, student: traveller, by, _made: Made(()) })
}

/// The schools whose administrator I am now.
pub fn administered(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<SchoolSight>, Fault> {
    let may = |held: &Held| held.may(Action::Read, &[Resource::School], Relation::MySchool);
    let schools = held(tx, me, now)?.into_iter().filter(may).filter_map(|held| held.school);
    Ok(schools.map(|school| SchoolSight { controller: me.controller, school, _made: Made(()) }).collect())
}

/// The controller, if I am its officer now.
pub fn controller(tx: &mut Tx, me: &Me, now: Millis) -> Result<ControllerSight, Refusal> {
    let may = |held: &Held| held.may(Action::Read, &[Resource::Controller], Relation::MyController);
    let sight = ControllerSight { controller: me.controller, _made: Made(()) };
    if held(tx, me, now)?.iter().any(may) { Ok(sight) } else { Err(Refusal::NotFound) }
}

/// The children that I have a confirmed link to now. A child with a protected identity is not among them.
pub fn children(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<ChildSight>, Fault> {
    let children = linked(tx, me, now)?;
    Ok(children.into_iter().map(|child| seen_as_guardian(tx, me, child, Class::Names, now)).collect())
}

fn seen_as_guardian(tx: &mut Tx, me: &Me, child: PersonId, class: Class, now: Millis) -> ChildSight {
    let by = Some(me.as_actor(Some(Role::Guardian)));
    let noted = tx.look(me.controller, by, class, Subject::Person(child), now);
    ChildSight { controller: me.controller, child, noted }
}

/// The children that a guardian has a confirmed link to now.
fn linked(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<PersonId>, Fault> {
    let may = |held: &Held| held.may(Action::Read, &SUMMARY, Relation::MyChild);
    if !held(tx, me, now)?.iter().any(may) {
        return Ok(Vec::new());
    }
    Ok(guardian_link::table
        .inner_join(
            person::table
                .on(person::controller_id.eq(guardian_link::controller_id).and(person::id.eq(guardian_link::child_id))),
        )
        .filter(guardian_link::controller_id.eq(me.controller))
        .filter(guardian_link::guardian_id.eq(me.person))
        .filter(guardian_link::confirmed_by.is_not_null())
        .filter(guardian_link::from_at.le(now))
        .filter(guardian_link::to_at.is_null().or(guardian_link::to_at.gt(now)))
        .filter(person::protected.eq(false))
        .select(guardian_link::child_id)
        .distinct()
        .load(tx.connection())?)
}

/// A child that I have a confirmed link to now.
pub fn child(tx: &mut Tx, me: &Me, child: PersonId, now: Millis) -> Result<ChildSight, Refusal> {
    child_for(tx, me, child, Class::Summary, now)
}

/// The same, to see who looked at the child's data.
pub fn child_looked_at(tx: &mut Tx, me: &Me, child: PersonId, now: Millis) -> Result<ChildSight, Refusal> {
    child_for(tx, me, child, Class::Looks, now)
}

fn child_for(tx: &mut Tx, me: &Me, child: PersonId, class: Class, now: Millis) -> Result<ChildSight, Refusal> {
    let is_mine = linked(tx, me, now)?.contains(&child);
    if is_mine { Ok(seen_as_guardian(tx, me, child, class, now)) } else { Err(Refusal::NotFound) }
}

/// Everything of mine, if I am an individual now and nobody else hangs under the same controller: what one may decide
/// about all that a controller has, nobody may who shares it.
pub fn individual(tx: &mut Tx, me: &Me, now: Millis) -> Result<IndividualSight, Refusal> {
    let may = |held: &Held| {
        held.may(Action::Read, &[Resource::Consent, Resource::Account], Relation::Own)
            && held.may(Action::Write, &[Resource::Consent], Relation::Own)
            && held.may(Action::Decide, &[Resource::Account], Relation::Own)
    };
    let kind: String =
        controller::table.filter(controller::id.eq(me.controller)).select(controller::kind).first(tx.connection())?;
    let persons: i64 =
        person::table.filter(person::controller_id.eq(me.controller)).count().get_result(tx.connection())?;
    if kind == INDIVIDUAL && persons == 1 && held(tx, me, now)?.iter().any(may) {
        return Ok(IndividualSight { controller: me.controller, person: me.person, _made: Made(()) });
    }
    Err(Refusal::NotFound)
}

/// The error reports that are open, oldest first. The only sight that reaches over controllers: whoever sent the
/// report has asked for it.
pub fn reports(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<ReportSight>, Fault> {
    open_reports(tx, me, None, Class::Names, now)
}

/// One error report that is open, to be read and closed.
pub fn report(tx: &mut Tx, me: &Me, id: ReportId, now: Millis) -> Result<ReportSight, Refusal> {
    open_reports(tx, me, Some(id), Class::Report, now)?.pop().ok_or(Refusal::NotFound)
}

fn open_reports(
    tx: &mut Tx,
    me: &Me,
    only: Option<ReportId>,
    class: Class,
    now: Millis,
) -> Result<Vec<ReportSight>, Fault> {
    type Row = (ControllerId, ReportId, PersonId, Option<CalculationId>, Millis, bool);
    let may = |held: &Held| {
        held.may(Action::Read, &REPORTED, Relation::TheReport)
            && held.may(Action::Decide, &[Resource::ErrorReport], Relation::TheReport)
    };
    if !held(tx, me, now)?.iter().any(may) {
        return Ok(Vec::new());
    }
    let mut open = error_report::table
        .inner_join(
            person::table
                .on(person::controller_id.eq(error_report::controller_id).and(person::id.eq(error_report::person_id))),
        )
        .filter(error_report::closed_at.is_null())
        .filter(error_report::sent_at.gt(now.plus(-SEEN_FOR)))
        .select((
            error_report::controller_id,
            error_report::id,
            error_report::person_id,
            error_report::calculation_id,
            error_report::sent_at,
            person::protected,
        ))
        .order(error_report::sent_at)
        .limit(MOST_REPORTS)
        .into_boxed();
    if let Some(id) = only {
        open = open.filter(error_report::id.eq(id));
    }
    let rows: Vec<Row> = open.load(tx.connection())?;
    let by = me.as_actor(Some(Role::Support));
    let sight = |(controller, report, sender, calculation, sent_at, protected): Row| {
        let noted = tx.look(controller, Some(by), class, Subject::Person(sender), now);
        ReportSight { controller, report, sender, calculation, sent_at, protected, by, noted }
    };
    Ok(rows.into_iter().map(sight).collect())
}
