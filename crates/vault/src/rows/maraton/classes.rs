//! How many in a class have finished: counts of a group, nobody's own figures.

use std::collections::BTreeMap;

use diesel::{
    dsl::{count_star, exists},
    prelude::*,
};

use super::Event;
use crate::{
    access::{OrganiserSight, Role, TogetherSight},
    connection::Tx,
    fault::Fault,
    ids::GroupId,
    rows::people,
    schema::{entrant, membership, school, teaching_group},
    time::Millis,
};

/// How many in a class have finished.
#[derive(Clone)]
pub struct ClassFinish {
    pub group: GroupId,
    pub name: String,
    /// The school's name.
    pub school: String,
    /// Who are students in it; when the event has closed, who were then.
    pub students: i64,
    /// Those of them who have finished.
    pub finishers: i64,
    /// The one who looks is one of the finishers.
    pub am_finisher: bool,
    /// The one who looks teaches it; else is a student in it.
    pub is_taught: bool,
}

/// When it is counted who is in a class: now, or when the event closed.
fn counted_at(of: &Event, now: Millis) -> Millis {
    now.min(of.closes_at.plus(-1))
}

/// How many in a class have finished an event.
pub fn class_finish(tx: &mut Tx, sight: &TogetherSight, of: &Event, now: Millis) -> Result<ClassFinish, Fault> {
    let at = counted_at(of, now);
    let (name, school): (String, String) =
        teaching_group::table
            .inner_join(school::table.on(
                school::controller_id.eq(teaching_group::controller_id).and(school::id.eq(teaching_group::school_id)),
            ))
            .filter(teaching_group::controller_id.eq(sight.controller))
            .filter(teaching_group::id.eq(sight.group))
            .select((teaching_group::name, school::name))
            .first(tx.connection())?;
    let in_it = membership::table
        .filter(membership::controller_id.eq(entrant::controller_id))
        .filter(membership::person_id.eq(entrant::student_id))
        .filter(membership::group_id.eq(sight.group))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(at))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(at)));
    let finishers = entrant::table
        .filter(entrant::controller_id.eq(sight.controller))
        .filter(entrant::event_id.eq(of.id))
        .filter(entrant::finished_at.is_not_null())
        .filter(exists(in_it));
    let mine: i64 = finishers.filter(entrant::student_id.eq(sight.me)).count().get_result(tx.connection())?;
    Ok(ClassFinish {
        group: sight.group,
        name,
        school,
        students: people::count_students(tx, sight.controller, sight.group, at)?,
        finishers: finishers.count().get_result(tx.connection())?,
        am_finisher: mine > 0,
        is_taught: sight.is_taught,
    })
}

/// In how many classes of the controller so many have finished that `is_enough` says so, of how many students and how
/// many finishers.
pub fn qualified(
    tx: &mut Tx,
    sight: &OrganiserSight,
    of: &Event,
    now: Millis,
    is_enough: impl Fn(i64, i64) -> bool,
) -> Result<usize, Fault> {
    let at = counted_at(of, now);
    let students = membership::table
        .filter(membership::controller_id.eq(sight.controller))
        .filter(membership::group_id.is_not_null())
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(at))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(at)));
    let in_each: Vec<(Option<GroupId>, i64)> =
        students.group_by(membership::group_id).select((membership::group_id, count_star())).load(tx.connection())?;
    let has_finished = entrant::table
        .filter(entrant::controller_id.eq(membership::controller_id))
        .filter(entrant::student_id.eq(membership::person_id))
        .filter(entrant::event_id.eq(of.id))
        .filter(entrant::finished_at.is_not_null());
    let finished: BTreeMap<Option<GroupId>, i64> = students
        .filter(exists(has_finished))
        .group_by(membership::group_id)
        .select((membership::group_id, count_star()))
        .load::<(Option<GroupId>, i64)>(tx.connection())?
        .into_iter()
        .collect();
    let is_there = |(group, students): &&(Option<GroupId>, i64)| {
        finished.get(group).is_some_and(|finishers| is_enough(*students, *finishers))
    };
    Ok(in_each.iter().filter(is_there).count())
}
