//! How the schools stand: sums, raised in the transaction of what raises them. They stay when somebody is forgotten.

use diesel::prelude::*;

use super::sharing::together_with;
use crate::{
    access::EventSight,
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, EventId, SchoolId},
    schema::{controller, school, standing},
};

/// What a school has more than before.
pub(super) struct Raise {
    pub metres: i64,
    pub distances: i64,
    pub entrants: i64,
}

/// Raises a school's standing in an event; makes it if it is the first thing there.
pub(super) fn raise(tx: &mut Tx, (by, of, at): (ControllerId, EventId, SchoolId), more: &Raise) -> Result<(), Fault> {
    on_each!(tx.connection(), conn => diesel::insert_into(standing::table)
        .values((
            standing::controller_id.eq(by),
            standing::event_id.eq(of),
            standing::school_id.eq(at),
            standing::metres.eq(more.metres),
            standing::distances.eq(more.distances),
            standing::entrants.eq(more.entrants),
        ))
        .on_conflict((standing::controller_id, standing::event_id, standing::school_id))
        .do_update()
        .set((
            standing::metres.eq(standing::metres + more.metres),
            standing::distances.eq(standing::distances + more.distances),
            standing::entrants.eq(standing::entrants + more.entrants),
        ))
        .execute(conn))?;
    Ok(())
}

/// How a school stands. Counts of a school, nobody's own figures.
#[derive(Clone)]
pub struct Standing {
    pub school: SchoolId,
    pub name: String,
    /// The name of its controller.
    pub controller: String,
    pub number_of_students: i32,
    /// Approved.
    pub metres: i64,
    pub distances: i64,
    /// Students who take part.
    pub entrants: i64,
    /// Those of them who reached both goals.
    pub finishers: i64,
    /// Finished by entrants, each in the own course.
    pub items: i64,
}

type Sums = (Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
type Row = (SchoolId, String, String, i32, Sums);

/// All schools of the controllers that take part in an event of the own controller, also those that have not begun.
pub fn standings(tx: &mut Tx, sight: &EventSight, of: EventId) -> Result<Vec<Standing>, Fault> {
    let sum = |of: Option<i64>| of.unwrap_or_default();
    let rows: Vec<Row> = school::table
        .inner_join(controller::table.on(controller::id.eq(school::controller_id)))
        .left_join(
            standing::table.on(standing::controller_id
                .eq(school::controller_id)
                .and(standing::school_id.eq(school::id))
                .and(standing::event_id.eq(of))),
        )
        .filter(school::controller_id.eq_any(together_with(sight.controller, of)))
        .select((
            school::id,
            school::name,
            controller::name,
            school::number_of_students,
            (
                standing::metres.nullable(),
                standing::distances.nullable(),
                standing::entrants.nullable(),
                standing::finishers.nullable(),
                standing::items.nullable(),
            ),
        ))
        .order(school::name)
        .load(tx.connection())?;
    let standing =
        |(school, name, controller, number_of_students, (metres, distances, entrants, finishers, items)): Row| {
            Standing {
                school,
                name,
                controller,
                number_of_students,
                metres: sum(metres),
                distances: sum(distances),
                entrants: sum(entrants),
                finishers: sum(finishers),
                items: sum(items),
            }
        };
    Ok(rows.into_iter().map(standing).collect())
}
