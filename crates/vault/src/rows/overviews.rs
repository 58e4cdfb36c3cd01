//! What those who count see of schools: groups and numbers, nobody's name.

use diesel::prelude::*;

use super::people::{NamedGroup, count_students};
use crate::{
    access::{ControllerSight, SchoolSight},
    connection::Tx,
    fault::Fault,
    ids::{GroupId, SchoolId},
    schema::{controller, person, school, teaching_group},
    time::Millis,
};

/// A school with its groups: counts, no names of students.
pub struct SchoolOverview {
    pub id: SchoolId,
    pub name: String,
    pub number_of_students: i32,
    pub groups: Vec<NamedGroup>,
}

/// One school.
pub fn school_overview(tx: &mut Tx, sight: &SchoolSight, now: Millis) -> Result<SchoolOverview, Fault> {
    let (name, number_of_students): (String, i32) = school::table
        .filter(school::controller_id.eq(sight.controller))
        .filter(school::id.eq(sight.school))
        .select((school::name, school::number_of_students))
        .first(tx.connection())?;
    let rows: Vec<(GroupId, String)> = teaching_group::table
        .filter(teaching_group::controller_id.eq(sight.controller))
        .filter(teaching_group::school_id.eq(sight.school))
        .select((teaching_group::id, teaching_group::name))
        .order(teaching_group::name)
        .load(tx.connection())?;
    let mut groups = Vec::with_capacity(rows.len());
    for (id, group_name) in rows {
        let students = count_students(tx, sight.controller, id, now)?;
        groups.push(NamedGroup { id, name: group_name, school: name.clone(), students });
    }
    Ok(SchoolOverview { id: sight.school, name, number_of_students, groups })
}

/// What the officer of a controller sees: who decides, and its schools.
pub struct ControllerOverview {
    pub name: String,
    pub kind: String,
    pub time_zone: String,
    pub schools: Vec<SchoolOverview>,
    /// Persons with a row, whatever their role.
    pub persons: i64,
}

/// All schools of a controller.
pub fn controller_overview(tx: &mut Tx, sight: &ControllerSight, now: Millis) -> Result<ControllerOverview, Fault> {
    let (name, kind, time_zone): (String, String, String) = controller::table
        .filter(controller::id.eq(sight.controller))
        .select((controller::name, controller::kind, controller::time_zone))
        .first(tx.connection())?;
    let persons =
        person::table.filter(person::controller_id.eq(sight.controller)).count().get_result(tx.connection())?;
    let ids: Vec<SchoolId> = school::table
        .filter(school::controller_id.eq(sight.controller))
        .select(school::id)
        .order(school::name)
        .load(tx.connection())?;
    let mut schools = Vec::with_capacity(ids.len());
    for id in ids {
        schools.push(school_overview(tx, &sight.found(id), now)?);
    }
    Ok(ControllerOverview { name, kind, time_zone, schools, persons })
}
