//! Assignments: set work for a group or one student.

use std::collections::BTreeMap;

use diesel::{dsl, prelude::*};

use crate::{
    access::{AssigningSight, AssignmentSight, GroupSight, Me, OwnSight, Role, StudentSight, TakeBackSight},
    audit::{Action, Class, Note, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{AssignmentId, CalculationId, ControllerId, GroupId, PersonId, SchoolId},
    rows::sealed,
    schema::{assignment, assignment_item, calculation, membership, person},
    time::Millis,
};

/// What the teacher gives. Items in the order in which they are shown.
pub struct NewAssignment {
    pub id: AssignmentId,
    /// homework, bookmark, test or discussion
    pub kind: String,
    pub title: String,
    pub given_at: Millis,
    pub active_from: Millis,
    pub due_at: Option<Millis>,
    pub items: Vec<SetItem>,
}

/// An exercise with its seed: the same numbers for everyone.
#[derive(Clone, PartialEq, Eq)]
pub struct SetItem {
    pub exercise: String,
    pub seed: i64,
}

#[derive(Insertable)]
#[diesel(table_name = assignment)]
struct AssignmentRow<'a> {
    controller_id: ControllerId,
    id: AssignmentId,
    school_id: SchoolId,
    group_id: Option<GroupId>,
    student_id: Option<PersonId>,
    kind: &'a str,
    title: Vec<u8>,
    given_by: PersonId,
    given_at: Millis,
    active_from: Millis,
    due_at: Option<Millis>,
}

/// Gives work to a group, or to one student of that group; once, however often the same id is sent.
pub fn give(
    tx: &mut Tx,
    me: &Me,
    group: &AssigningSight,
    to: Option<&StudentSight>,
    new: &NewAssignment,
) -> Result<(), Fault> {
    let row = AssignmentRow {
        controller_id: group.controller,
        id: new.id,
        school_id: group.school,
        group_id: to.is_none().then_some(group.group),
        student_id: to.map(|sight| sight.student),
        kind: &new.kind,
        title: tx.keys().seal(&sealed::title(group.controller, me.person, &new.id), &new.title)?,
        given_by: me.person,
        given_at: new.given_at,
        active_from: new.active_from,
        due_at: new.due_at,
    };
    let given = on_each!(tx.connection(), each => diesel::insert_into(assignment::table)
        .values(&row)
        .on_conflict_do_nothing()
        .execute(each))?;
    if given == 0 {
        return Ok(());
    }
    for (number, item) in (1_i16..).zip(&new.items) {
        diesel::insert_into(assignment_item::table)
            .values((
                assignment_item::controller_id.eq(group.controller),
                assignment_item::assignment_id.eq(new.id),
                assignment_item::number.eq(number),
                assignment_item::exercise.eq(&item.exercise),
                assignment_item::seed.eq(item.seed),
            ))
            .execute(tx.connection())?;
    }
    let subject = to.map_or(Subject::Group(group.group), |sight| Subject::Person(sight.student));
    let note = Note::act(group.controller, group.by, (Action::Assign, Class::Assignment), subject, new.given_at);
    tx.note(note.about(*new.id.as_bytes()));
    Ok(())
}

/// Takes an assignment back. What students already wrote stays theirs. False if it was taken back before.
pub fn take_back(tx: &mut Tx, sight: &TakeBackSight, now: Millis) -> Result<bool, Fault> {
    let changed = diesel::update(assignment::table)
        .filter(assignment::controller_id.eq(sight.controller))
        .filter(assignment::id.eq(sight.assignment))
        .filter(assignment::taken_back_at.is_null())
        .set(assignment::taken_back_at.eq(now))
        .execute(tx.connection())?;
    if changed > 0 {
        let what = (Action::TakeBack, Class::Assignment);
        let note = Note::act(sight.controller, Some(sight.by), what, sight.to, now);
        tx.note(note.about(*sight.assignment.as_bytes()));
    }
    Ok(changed > 0)
}

/// An assignment as it stands.
pub struct Assignment {
    pub id: AssignmentId,
    pub group: Option<GroupId>,
    pub student: Option<PersonId>,
    pub kind: String,
    pub title: String,
    pub given_by: String,
    pub given_at: Millis,
    pub active_from: Millis,
    pub due_at: Option<Millis>,
    pub taken_back_at: Option<Millis>,
}

/// The same as it is stored.
#[derive(Queryable)]
struct Stored {
    id: AssignmentId,
    group: Option<GroupId>,
    student: Option<PersonId>,
    kind: String,
    title: Vec<u8>,
    giver: Option<PersonId>,
    given_by: Option<Vec<u8>>,
    given_at: Millis,
    active_from: Millis,
    due_at: Option<Millis>,
    taken_back_at: Option<Millis>,
}

impl Stored {
    fn open(self, tx: &Tx, controller: ControllerId) -> Result<Assignment, Fault> {
        Ok(Assignment {
            id: self.id,
            group: self.group,
            student: self.student,
            kind: self.kind,
            title: open_title(tx, controller, self.giver, self.id, &self.title)?,
            given_by: match self.giver.zip(self.given_by) {
                Some((giver, name)) => sealed::name(tx.keys(), controller, giver, &name)?,
                None => sealed::FORGOTTEN.to_owned(),
            },
            given_at: self.given_at,
            active_from: self.active_from,
            due_at: self.due_at,
            taken_back_at: self.taken_back_at,
        })
    }
}

fn open_title(
    tx: &Tx,
    controller: ControllerId,
    given_by: Option<PersonId>,
    id: AssignmentId,
    title: &[u8],
) -> Result<String, Fault> {
    let Some(given_by) = given_by else { return Ok(sealed::FORGOTTEN.to_owned()) };
    let title = tx.keys().unseal(&sealed::title(controller, given_by, &id), title)?;
    Ok(title.unwrap_or_else(|| sealed::FORGOTTEN.to_owned()))
}

type Columns = (
    assignment::id,
    assignment::group_id,
    assignment::student_id,
    assignment::kind,
    assignment::title,
    assignment::given_by,
    dsl::Nullable<person::name>,
    assignment::given_at,
    assignment::active_from,
    assignment::due_at,
    assignment::taken_back_at,
);
fn columns() -> Columns {
    (
        assignment::id,
        assignment::group_id,
        assignment::student_id,
        assignment::kind,
        assignment::title,
        assignment::given_by,
        person::name.nullable(),
        assignment::given_at,
        assignment::active_from,
        assignment::due_at,
        assignment::taken_back_at,
    )
}

/// Assignments beside who gave them.
#[dsl::auto_type(no_type_alias)]
fn with_giver() -> _ {
    assignment::table.left_join(
        person::table.on(person::controller_id
            .eq(assignment::controller_id)
            .and(person::id.nullable().eq(assignment::given_by))),
    )
}

pub fn seen(tx: &mut Tx, sight: &AssignmentSight) -> Result<Assignment, Fault> {
    let stored: Stored = with_giver()
        .filter(assignment::controller_id.eq(sight.controller))
        .filter(assignment::id.eq(sight.assignment))
        .select(columns())
        .first(tx.connection())?;
    stored.open(tx, sight.controller)
}

/// What has been given to a group as a whole, newest first.
pub fn given_to(tx: &mut Tx, group: &GroupSight) -> Result<Vec<Assignment>, Fault> {
    let stored: Vec<Stored> = with_giver()
        .filter(assignment::controller_id.eq(group.controller))
        .filter(assignment::group_id.eq(group.group))
        .select(columns())
        .order(assignment::given_at.desc())
        .load(tx.connection())?;
    stored.into_iter().map(|stored| stored.open(tx, group.controller)).collect()
}

/// What a student has to do now: to them or to a group they are in, active and not taken back, due first.
pub fn waiting_for(tx: &mut Tx, own: &OwnSight, now: Millis) -> Result<Vec<Assignment>, Fault> {
    let groups: Vec<Option<GroupId>> = membership::table
        .filter(membership::controller_id.eq(own.controller))
        .filter(membership::person_id.eq(own.student))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select(membership::group_id)
        .load(tx.connection())?;
    let stored: Vec<Stored> = with_giver()
        .filter(assignment::controller_id.eq(own.controller))
        .filter(assignment::group_id.eq_any(groups).or(assignment::student_id.eq(own.student)))
        .filter(assignment::active_from.le(now))
        .filter(assignment::taken_back_at.is_null())
        .select(columns())
        .order((assignment::due_at.asc(), assignment::given_at.desc()))
        .load(tx.connection())?;
    stored.into_iter().map(|stored| stored.open(tx, own.controller)).collect()
}

/// The items of an assignment that the caller has already been shown to exist.
pub fn items(tx: &mut Tx, me: &Me, of: AssignmentId) -> Result<Vec<SetItem>, Fault> {
    let rows: Vec<(String, i64)> = assignment_item::table
        .filter(assignment_item::controller_id.eq(me.controller))
        .filter(assignment_item::assignment_id.eq(of))
        .select((assignment_item::exercise, assignment_item::seed))
        .order(assignment_item::number)
        .load(tx.connection())?;
    Ok(rows.into_iter().map(|(exercise, seed)| SetItem { exercise, seed }).collect())
}

/// One student's calculation of one item of an assignment.
#[derive(Queryable, Selectable)]
#[diesel(table_name = calculation)]
pub struct Work {
    #[diesel(column_name = student_id)]
    pub student: PersonId,
    #[diesel(column_name = id)]
    pub calculation: CalculationId,
    #[diesel(column_name = assignment_number)]
    pub number: Option<i16>,
    pub finished_at: Option<Millis>,
    /// when the student chose another task
    pub left_at: Option<Millis>,
}

/// All calculations that the students made of an assignment. A look at how far everyone came.
pub fn work(tx: &mut Tx, sight: &AssignmentSight, now: Millis) -> Result<Vec<Work>, Fault> {
    let _noted = tx.look(sight.controller, Some(sight.by), Class::Work, sight.to, now);
    Ok(calculation::table
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::assignment_id.eq(sight.assignment))
        .select(Work::as_select())
        .load(tx.connection())?)
}

/// How many students who are in the group now have finished every one of so many items of an assignment. A number,
/// nobody's work.
pub fn finished(tx: &mut Tx, group: &GroupSight, of: AssignmentId, items: usize, now: Millis) -> Result<usize, Fault> {
    let done: Vec<(PersonId, Option<i16>)> = calculation::table
        .inner_join(
            membership::table.on(membership::controller_id
                .eq(calculation::controller_id)
                .and(membership::person_id.eq(calculation::student_id))),
        )
        .filter(calculation::controller_id.eq(group.controller))
        .filter(calculation::assignment_id.eq(of))
        .filter(calculation::finished_at.is_not_null())
        .filter(membership::group_id.eq(group.group))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select((calculation::student_id, calculation::assignment_number))
        .distinct()
        .load(tx.connection())?;
    let mut by_student: BTreeMap<PersonId, usize> = BTreeMap::new();
    for (student, _) in done.iter().filter(|(_, number)| number.is_some()) {
        *by_student.entry(*student).or_default() += 1;
    }
    Ok(by_student.values().filter(|finished| **finished == items).count())
}

/// A student's own calculations of an assignment.
pub fn own_work(tx: &mut Tx, own: &StudentSight, of: AssignmentId) -> Result<Vec<Work>, Fault> {
    Ok(calculation::table
        .filter(calculation::controller_id.eq(own.controller))
        .filter(calculation::student_id.eq(own.student))
        .filter(calculation::assignment_id.eq(of))
        .select(Work::as_select())
        .order(calculation::opened_at)
        .load(tx.connection())?)
}

/// The title of an assignment that the caller has already been shown to exist.
pub fn title(tx: &mut Tx, me: &Me, of: AssignmentId) -> Result<String, Fault> {
    let (given_by, title): (Option<PersonId>, Vec<u8>) = assignment::table
        .filter(assignment::controller_id.eq(me.controller))
        .filter(assignment::id.eq(of))
        .select((assignment::given_by, assignment::title))
        .first(tx.connection())?;
    open_title(tx, me.controller, given_by, of, &title)
}
