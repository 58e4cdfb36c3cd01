//! The running figures reckoned anew from what they were counted from: calculations and approved distances.

use std::collections::BTreeMap;

use diesel::{
    dsl::{count_star, sum},
    prelude::*,
};

use super::{Course, Event, courses};
use crate::{
    access::EventSight,
    connection::Tx,
    fault::Fault,
    ids::{PersonId, SchoolId},
    schema::{calculation, distance, entrant},
    time::Millis,
};

/// What the figures of an event come to.
pub struct Recount {
    /// The sums of the schools in which somebody takes part or went a distance.
    pub schools: BTreeMap<SchoolId, Sums>,
    /// Entrants whose own figures are not what was reckoned, or who have finished without its being said.
    pub astray: usize,
}

/// What a school comes to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub metres: i64,
    pub distances: i64,
    pub entrants: i64,
    pub finishers: i64,
    pub items: i64,
}

type Row = (PersonId, SchoolId, Option<i16>, i32, i32, Option<Millis>);

/// Reckons an event anew. `belongs` says of a course and an exercise whether it is one of the course's. Who has been
/// forgotten is in the standings and no longer in this. That somebody finished stays where they changed their course after
/// it, so it is taken as it is stored.
pub fn recount(
    tx: &mut Tx,
    sight: &EventSight,
    of: &Event,
    belongs: impl Fn(&Course, &str) -> bool,
) -> Result<Recount, Fault> {
    let courses = courses(tx, sight, of.id)?;
    let finished = finished(tx, sight, of)?;
    let approved = approved(tx, sight, of)?;
    let mut schools: BTreeMap<SchoolId, Sums> = BTreeMap::new();
    let mut metres_of: BTreeMap<PersonId, i64> = BTreeMap::new();
    for (student, school, metres, distances) in approved {
        let sums = schools.entry(school).or_default();
        sums.metres += metres;
        sums.distances += distances;
        *metres_of.entry(student).or_default() += metres;
    }
    let mut astray = 0;
    for (student, school, number, items_stored, metres_stored, finished_at) in entrants(tx, sight, of)? {
        let course = courses.iter().find(|course| Some(course.number) == number);
        let counts = |exercise: &str| course.is_some_and(|course| belongs(course, exercise));
        let done = finished.get(&student).map_or(&[][..], Vec::as_slice).iter();
        let items: i64 = done.filter(|(exercise, _)| counts(exercise)).map(|(_, count)| count).sum();
        let metres = metres_of.get(&student).copied().unwrap_or_default();
        let is_there = items >= i64::from(of.goal_items) && metres >= i64::from(of.goal_metres);
        let is_so = items == i64::from(items_stored) && metres == i64::from(metres_stored);
        astray += usize::from(!is_so || (is_there && finished_at.is_none()));
        let sums = schools.entry(school).or_default();
        sums.entrants += 1;
        sums.finishers += i64::from(is_there || finished_at.is_some());
        sums.items += items;
    }
    Ok(Recount { schools, astray })
}

fn entrants(tx: &mut Tx, sight: &EventSight, of: &Event) -> Result<Vec<Row>, Fault> {
    Ok(entrant::table
        .filter(entrant::controller_id.eq(sight.controller))
        .filter(entrant::event_id.eq(of.id))
        .select((
            entrant::student_id,
            entrant::school_id,
            entrant::course,
            entrant::items,
            entrant::metres,
            entrant::finished_at,
        ))
        .load(tx.connection())?)
}

/// The exercises of which each student finished items while the event was open, and how many of each.
fn finished(tx: &mut Tx, sight: &EventSight, of: &Event) -> Result<BTreeMap<PersonId, Vec<(String, i64)>>, Fault> {
    let rows: Vec<(PersonId, String, i64)> = calculation::table
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::finished_at.ge(of.opens_at))
        .filter(calculation::finished_at.lt(of.closes_at))
        .group_by((calculation::student_id, calculation::exercise))
        .select((calculation::student_id, calculation::exercise, count_star()))
        .load(tx.connection())?;
    let mut finished: BTreeMap<PersonId, Vec<(String, i64)>> = BTreeMap::new();
    for (student, exercise, count) in rows {
        finished.entry(student).or_default().push((exercise, count));
    }
    Ok(finished)
}

/// The approved metres of each student from each school, and of how many distances.
fn approved(tx: &mut Tx, sight: &EventSight, of: &Event) -> Result<Vec<(PersonId, SchoolId, i64, i64)>, Fault> {
    let rows: Vec<(PersonId, SchoolId, Option<i64>, i64)> = distance::table
        .filter(distance::controller_id.eq(sight.controller))
        .filter(distance::event_id.eq(of.id))
        .filter(distance::approved_at.is_not_null())
        .group_by((distance::student_id, distance::school_id))
        .select((distance::student_id, distance::school_id, sum(distance::metres), count_star()))
        .load(tx.connection())?;
    Ok(rows.into_iter().map(|(student, school, metres, n)| (student, school, metres.unwrap_or_default(), n)).collect())
}
