//! The running figures reckoned anew from what they were counted from: calculations and approved distances.

use std::collections::{BTreeMap, HashMap};

use diesel::{
    connection::DefaultLoadingMode,
    dsl::{count_star, sum},
    pg::PgRowByRowLoadingMode,
    prelude::*,
};

use super::{Course, Event, courses};
use crate::{
    access::EventSight,
    connection::{Connection, Tx},
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

/// How an entrant stands as it is stored, and what has been counted of theirs so far.
struct Counted {
    school: SchoolId,
    /// Which of the event's courses.
    course: Option<usize>,
    stored: (i32, i32),
    has_finished: bool,
    items: i64,
    metres: i64,
}

/// Reckons an event anew. `belongs` says of a course and an exercise whether it is one of the course's. Who has been
/// forgotten is in the standings and no longer in this. That somebody finished stays where they changed their course after
/// it, so it is taken as it is stored.
///
/// What is held meanwhile grows with the entrants, and not with what they did: calculations pass by one after the other.
pub fn recount(
    tx: &mut Tx,
    sight: &EventSight,
    of: &Event,
    belongs: impl Fn(&Course, &str) -> bool,
) -> Result<Recount, Fault> {
    let courses = courses(tx, sight, of.id)?;
    let mut entrants = entrants(tx, sight, of, &courses)?;
    let mut schools: BTreeMap<SchoolId, Sums> = BTreeMap::new();
    for (student, school, metres, distances) in approved(tx, sight, of)? {
        let sums = schools.entry(school).or_default();
        sums.metres += metres;
        sums.distances += distances;
        if let Some(entrant) = entrants.get_mut(&student) {
            entrant.metres += metres;
        }
    }
    let mut of_courses: HashMap<String, Vec<bool>> = HashMap::new();
    each_finished(tx, sight, of, |student, exercise| {
        let Some(entrant) = entrants.get_mut(&student) else { return };
        let Some(course) = entrant.course else { return };
        if !of_courses.contains_key(&exercise) {
            let counts = courses.iter().map(|course| belongs(course, &exercise)).collect();
            of_courses.insert(exercise.clone(), counts);
        }
        entrant.items += i64::from(of_courses.get(&exercise).is_some_and(|counts| counts[course]));
    })?;
    let mut astray = 0;
    for entrant in entrants.values() {
        let &Counted { school, stored, has_finished, items, metres, .. } = entrant;
        let is_there = items >= i64::from(of.goal_items) && metres >= i64::from(of.goal_metres);
        let is_so = (items, metres) == (i64::from(stored.0), i64::from(stored.1));
        astray += usize::from(!is_so || (is_there && !has_finished));
        let sums = schools.entry(school).or_default();
        sums.entrants += 1;
        sums.finishers += i64::from(is_there || has_finished);
        sums.items += items;
    }
    Ok(Recount { schools, astray })
}

type Row = (PersonId, SchoolId, Option<i16>, i32, i32, Option<Millis>);

fn entrants(
    tx: &mut Tx,
    sight: &EventSight,
    of: &Event,
    courses: &[Course],
) -> Result<HashMap<PersonId, Counted>, Fault> {
    let rows: Vec<Row> = entrant::table
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
        .load(tx.connection())?;
    let counted = |(student, school, number, items, metres, finished_at): Row| {
        let course = courses.iter().position(|course| Some(course.number) == number);
        let (stored, has_finished) = ((items, metres), finished_at.is_some());
        (student, Counted { school, course, stored, has_finished, items: 0, metres: 0 })
    };
    Ok(rows.into_iter().map(counted).collect())
}

/// Tells of every item that was finished while the event was open whose it is and of which exercise, in the order in which
/// they are stored: by student they would be read from all over the table.
fn each_finished(
    tx: &mut Tx,
    sight: &EventSight,
    of: &Event,
    mut tell: impl FnMut(PersonId, String),
) -> Result<(), Fault> {
    let finished = calculation::table
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::finished_at.ge(of.opens_at))
        .filter(calculation::finished_at.lt(of.closes_at))
        .select((calculation::student_id, calculation::exercise));
    match tx.connection() {
        Connection::Sqlite(each) => {
            for row in finished.load_iter::<(PersonId, String), DefaultLoadingMode>(each)? {
                let (student, exercise) = row?;
                tell(student, exercise);
            }
        }
        Connection::Postgres(each) => {
            for row in finished.load_iter::<(PersonId, String), PgRowByRowLoadingMode>(each)? {
                let (student, exercise) = row?;
                tell(student, exercise);
            }
        }
    }
    Ok(())
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
