//! What teachers want to be chosen next for a student or a group, or not at all.

use diesel::prelude::*;

use crate::{
    access::{GroupSight, SteeringSight, StudentSight},
    audit::{Action, Class, Note, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, GroupId, PersonId, SteeringId},
    schema::{membership, steering},
    time::Millis,
};

/// What is to be chosen, or not: by its name.
#[derive(Clone, PartialEq, Eq)]
pub enum What {
    Skill(String),
    Exercise(String),
}

/// One wish of a teacher's.
#[derive(Clone)]
pub struct Steering {
    pub id: SteeringId,
    /// For the whole group; otherwise for the student alone.
    pub group: Option<GroupId>,
    /// To be chosen next; otherwise not at all.
    pub pins: bool,
    pub what: What,
    pub at: Millis,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = steering)]
struct Row {
    controller_id: ControllerId,
    id: SteeringId,
    group_id: Option<GroupId>,
    student_id: Option<PersonId>,
    kind: String,
    skill: Option<String>,
    exercise: Option<String>,
    by_id: Option<PersonId>,
    at: Millis,
}

impl Row {
    fn told(self) -> Option<Steering> {
        let what = self.skill.map(What::Skill).or(self.exercise.map(What::Exercise))?;
        Some(Steering { id: self.id, group: self.group_id, pins: self.kind == PIN, what, at: self.at })
    }
}

const PIN: &str = "pin";
const EXCLUDE: &str = "exclude";

/// All that holds for the student in sight now: wishes for the student and for the groups they are in, newest first.
pub fn of(tx: &mut Tx, sight: &StudentSight, now: Millis) -> Result<Vec<Steering>, Fault> {
    let groups = membership::table
        .filter(membership::controller_id.eq(sight.controller))
        .filter(membership::person_id.eq(sight.student))
        .filter(membership::group_id.is_not_null())
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select(membership::group_id);
    let rows: Vec<Row> = on_each!(tx.connection(), each => steering::table
        .filter(steering::controller_id.eq(sight.controller))
        .filter(steering::student_id.eq(sight.student).or(steering::group_id.eq_any(groups)))
        .order((steering::at.desc(), steering::id))
        .select(Row::as_select())
        .load(each))?;
    Ok(rows.into_iter().filter_map(Row::told).collect())
}

/// What holds for the whole group, newest first.
pub fn of_group(tx: &mut Tx, sight: &GroupSight) -> Result<Vec<Steering>, Fault> {
    let rows: Vec<Row> = steering::table
        .filter(steering::controller_id.eq(sight.controller))
        .filter(steering::group_id.eq(sight.group))
        .order((steering::at.desc(), steering::id))
        .select(Row::as_select())
        .load(tx.connection())?;
    Ok(rows.into_iter().filter_map(Row::told).collect())
}

/// What holds for the students of the group one by one, newest first.
pub fn of_student(tx: &mut Tx, group: &SteeringSight, of: &StudentSight) -> Result<Vec<Steering>, Fault> {
    let rows: Vec<Row> = steering::table
        .filter(steering::controller_id.eq(group.controller))
        .filter(steering::group_id.eq(group.group).or(steering::student_id.eq(of.student)))
        .order((steering::at.desc(), steering::id))
        .select(Row::as_select())
        .load(tx.connection())?;
    Ok(rows.into_iter().filter_map(Row::told).collect())
}

/// Says what is to be chosen, or not, for the group or for one student in it. What was said of the same before is
/// replaced.
pub fn put(tx: &mut Tx, group: &SteeringSight, to: Option<&StudentSight>, new: &Steering) -> Result<(), Fault> {
    let (skill, exercise) = match &new.what {
        What::Skill(name) => (Some(name.clone()), None),
        What::Exercise(name) => (None, Some(name.clone())),
    };
    let row = Row {
        controller_id: group.controller,
        id: new.id,
        group_id: to.is_none().then_some(group.group),
        student_id: to.map(|sight| sight.student),
        kind: if new.pins { PIN } else { EXCLUDE }.to_owned(),
        skill,
        exercise,
        by_id: Some(group.by),
        at: new.at,
    };
    let before = match to {
        Some(student) => of_student(tx, group, student)?,
        None => of_group(tx, group)?,
    };
    for same in before.into_iter().filter(|one| one.what == new.what && one.group == row.group_id) {
        delete(tx, group, to, same.id)?;
    }
    diesel::insert_into(steering::table).values(&row).execute(tx.connection())?;
    note(tx, group, to, (Action::Assign, new.id), new.at);
    Ok(())
}

/// Takes back what was said for the group or for one student in it. False if it was taken back before.
pub fn take_back(
    tx: &mut Tx,
    group: &SteeringSight,
    of: Option<&StudentSight>,
    id: SteeringId,
    now: Millis,
) -> Result<bool, Fault> {
    let gone = delete(tx, group, of, id)?;
    if gone > 0 {
        note(tx, group, of, (Action::TakeBack, id), now);
    }
    Ok(gone > 0)
}

/// Deletes one of those that hold for the group, or for the student.
fn delete(tx: &mut Tx, group: &SteeringSight, of: Option<&StudentSight>, id: SteeringId) -> Result<usize, Fault> {
    let this = steering::table.filter(steering::controller_id.eq(group.controller)).filter(steering::id.eq(id));
    Ok(match of {
        Some(student) => {
            diesel::delete(this.filter(steering::student_id.eq(student.student))).execute(tx.connection())?
        }
        None => diesel::delete(this.filter(steering::group_id.eq(group.group))).execute(tx.connection())?,
    })
}

fn note(
    tx: &mut Tx,
    group: &SteeringSight,
    of: Option<&StudentSight>,
    (action, id): (Action, SteeringId),
    now: Millis,
) {
    let subject = of.map_or(Subject::Group(group.group), |sight| Subject::Person(sight.student));
    let by: &GroupSight = group;
    let note = Note::act(group.controller, by.by, (action, Class::Steering), subject, now);
    tx.note(note.about(*id.as_bytes()));
}
