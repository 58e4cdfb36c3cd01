//! How far a group has come together: a sum, out of what its students reported while they were in it.

use std::collections::BTreeSet;

use diesel::{
    dsl::{exists, sum},
    prelude::*,
};

use crate::{
    access::{Role, TogetherSight},
    connection::Tx,
    fault::Fault,
    ids::{EventId, GroupId, PersonId, SchoolId},
    rows::people,
    schema::{distance, membership, teaching_group},
    time::Millis,
};

/// How far a group has come. Counts of a group, nobody's own figures.
#[derive(Clone)]
pub struct GroupSum {
    pub group: GroupId,
    pub name: String,
    pub school: SchoolId,
    /// Students who are in it now.
    pub students: i64,
    /// Approved, of what was reported for the group's school by a student while in the group.
    pub metres: i64,
    /// Whose metres they are.
    pub travellers: i64,
    /// The same, without the one who looks.
    pub others: i64,
    /// The one who looks teaches it; else is a student in it.
    pub is_taught: bool,
}

/// How far a group has come in an event. Who comes brings nothing along and who leaves takes nothing away, so the sum says
/// nothing of them.
pub fn together(tx: &mut Tx, sight: &TogetherSight, of: EventId, now: Millis) -> Result<GroupSum, Fault> {
    let name = teaching_group::table
        .filter(teaching_group::controller_id.eq(sight.controller))
        .filter(teaching_group::id.eq(sight.group))
        .select(teaching_group::name)
        .first(tx.connection())?;
    let each = each_of(tx, sight, of)?;
    let count = |of: usize| i64::try_from(of).unwrap_or(i64::MAX);
    Ok(GroupSum {
        group: sight.group,
        name,
        school: sight.school,
        students: people::count_students(tx, sight.controller, sight.group, now)?,
        metres: each.iter().map(|(_, metres)| metres.unwrap_or_default()).sum(),
        travellers: count(each.len()),
        others: count(each.iter().filter(|(whose, _)| *whose != sight.me).count()),
        is_taught: sight.is_taught,
    })
}

/// The metres of each; they do not leave this file.
fn each_of(tx: &mut Tx, sight: &TogetherSight, of: EventId) -> Result<Vec<(PersonId, Option<i64>)>, Fault> {
    // Who they are first, so that distances are found by student and not all looked through.
    let students: Vec<PersonId> = membership::table
        .filter(membership::controller_id.eq(sight.controller))
        .filter(membership::group_id.eq(sight.group))
        .filter(membership::role.eq(Role::Student.name()))
        .select(membership::person_id)
        .load(tx.connection())?;
    let students: BTreeSet<PersonId> = students.into_iter().collect();
    let while_in_it = membership::table
        .filter(membership::controller_id.eq(distance::controller_id))
        .filter(membership::person_id.eq(distance::student_id))
        .filter(membership::group_id.eq(sight.group))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(distance::reported_at))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(distance::reported_at.nullable())));
    Ok(distance::table
        .filter(distance::controller_id.eq(sight.controller))
        .filter(distance::student_id.eq_any(students))
        .filter(distance::event_id.eq(of))
        .filter(distance::school_id.eq(sight.school))
        .filter(distance::approved_at.is_not_null())
        .filter(exists(while_in_it))
        .group_by(distance::student_id)
        .select((distance::student_id, sum(distance::metres)))
        .load(tx.connection())?)
}
