//! How the schools stand: sums, raised in the transaction of what raises them. They stay when somebody is forgotten.

use std::collections::HashMap;

use diesel::prelude::*;

use super::sharing::together_with;
use crate::{
    access::{EventSight, PublicSight},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, EventId, SchoolId},
    schema::{controller, event, school, standing},
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

/// Which school, and its sums: metres, distances, entrants, finishers, items.
type Sums = ((ControllerId, SchoolId), (i64, i64, i64, i64, i64));
type School = (ControllerId, SchoolId, String, i32);

/// All schools of the controllers that take part in an event of the own controller, also those that have not begun, in no
/// order.
pub fn standings(tx: &mut Tx, sight: &EventSight, of: EventId) -> Result<Vec<Standing>, Fault> {
    let all = together_with(sight.controller, of).load(tx.connection())?;
    standings_in(tx, &all, of)
}

/// The same for everybody: only the schools of those controllers that show theirs to all.
pub fn public_standings(tx: &mut Tx, sight: &PublicSight) -> Result<Vec<Standing>, Fault> {
    let all: Vec<ControllerId> = event::table
        .filter(event::id.eq(sight.event))
        .filter(event::host.eq(sight.host))
        .filter(event::is_public)
        .select(event::controller_id)
        .load(tx.connection())?;
    standings_in(tx, &all, sight.event)
}

/// Three passes over rows that lie beside each other, put together here: looking each school up in the next table would
/// take some thousand descents.
fn standings_in(tx: &mut Tx, all: &[ControllerId], of: EventId) -> Result<Vec<Standing>, Fault> {
    let controllers: Vec<(ControllerId, String)> = controller::table
        .filter(controller::id.eq_any(all))
        .select((controller::id, controller::name))
        .load(tx.connection())?;
    let controllers: HashMap<ControllerId, String> = controllers.into_iter().collect();
    let sums: Vec<Sums> = standing::table
        .filter(standing::controller_id.eq_any(all))
        .filter(standing::event_id.eq(of))
        .select((
            (standing::controller_id, standing::school_id),
            (standing::metres, standing::distances, standing::entrants, standing::finishers, standing::items),
        ))
        .load(tx.connection())?;
    let sums: HashMap<_, _> = sums.into_iter().collect();
    let schools: Vec<School> = school::table
        .filter(school::controller_id.eq_any(all))
        .select((school::controller_id, school::id, school::name, school::number_of_students))
        .load(tx.connection())?;
    let standing = |(by, school, name, number_of_students): School| {
        let (metres, distances, entrants, finishers, items) = sums.get(&(by, school)).copied().unwrap_or_default();
        let controller = controllers.get(&by).cloned().unwrap_or_default();
        Standing { school, name, controller, number_of_students, metres, distances, entrants, finishers, items }
    };
    Ok(schools.into_iter().map(standing).collect())
}
