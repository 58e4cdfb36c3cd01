//! How fast an event goes: at every full hour, what the schools that are shown have done since the one before. Sums of
//! schools, kept when somebody is forgotten.

use std::collections::BTreeMap;

use diesel::{
    dsl::{exists, max},
    prelude::*,
    select,
};

use super::sharing::together_with;
use crate::{
    access::OrganiserSight,
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, EventId},
    schema::{event, pace, school, standing},
    time::Millis,
};

/// An hour in milliseconds.
const HOUR: i64 = 3_600_000;
/// The turn that processes take with each other, so that one of them counts an hour.
const COUNTING: i64 = 5_384_701_233;

/// What the schools that are shown came to in an hour, or in more of them if nobody counted in between.
#[derive(Clone, Copy)]
pub struct Pace {
    pub starts_at: Millis,
    pub ends_at: Millis,
    pub items: i64,
    /// Approved.
    pub metres: i64,
}

/// Schools of fewer are not shown, and in no sum.
#[derive(Clone, Copy)]
pub struct Fewest {
    pub students: i32,
    pub entrants: i64,
}

/// Counts, for every event that ran in the hour that is over at `hour`, what the schools that were shown at its beginning
/// and are at its end have done in between. Once an hour; again it does nothing. A school's first hour in sight is in no
/// sum, as what it did before is not an hour's work; so the first count of an event is only where the next begins.
pub fn count_pace(tx: &mut Tx, hour: Millis, fewest: Fewest) -> Result<(), Fault> {
    tx.take_turn(COUNTING)?;
    let running: Vec<(ControllerId, EventId)> = event::table
        .filter(event::opens_at.lt(hour))
        .filter(event::closes_at.gt(Millis(hour.0 - HOUR)))
        .select((event::controller_id, event::id))
        .load(tx.connection())?;
    for (by, of) in running {
        let is_counted =
            pace::table.filter(pace::controller_id.eq(by)).filter(pace::event_id.eq(of)).filter(pace::ends_at.ge(hour));
        if !select(exists(is_counted)).get_result::<bool>(tx.connection())? {
            count_hour(tx, (by, of), hour, fewest)?;
        }
    }
    Ok(())
}

fn count_hour(tx: &mut Tx, (by, of): (ControllerId, EventId), hour: Millis, fewest: Fewest) -> Result<(), Fault> {
    let last: Option<Millis> = pace::table
        .filter(pace::controller_id.eq(by))
        .filter(pace::event_id.eq(of))
        .select(max(pace::ends_at))
        .first(tx.connection())?;
    // What the hour began with moves on in one statement, so that nothing that is counted meanwhile falls between two.
    let of_event = || standing::table.filter(standing::controller_id.eq(by)).filter(standing::event_id.eq(of));
    diesel::update(of_event())
        .set((
            standing::before_items.eq(standing::hour_items),
            standing::before_metres.eq(standing::hour_metres),
            standing::hour_items.eq(None::<i64>),
            standing::hour_metres.eq(None::<i64>),
        ))
        .execute(tx.connection())?;
    let large = school::table
        .filter(school::controller_id.eq(by))
        .filter(school::number_of_students.ge(fewest.students))
        .select(school::id);
    diesel::update(of_event())
        .filter(standing::entrants.ge(fewest.entrants))
        .filter(standing::school_id.eq_any(large))
        .set((
            standing::hour_items.eq(standing::items.nullable()),
            standing::hour_metres.eq(standing::metres.nullable()),
        ))
        .execute(tx.connection())?;
    type Row = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let rows: Vec<Row> = of_event()
        .filter(standing::hour_items.is_not_null())
        .filter(standing::before_items.is_not_null())
        .select((standing::hour_items, standing::before_items, standing::hour_metres, standing::before_metres))
        .load(tx.connection())?;
    let more = |now: Option<i64>, before: Option<i64>| now.unwrap_or_default() - before.unwrap_or_default();
    let (items, metres) =
        rows.into_iter().fold((0, 0), |(items, metres), row| (items + more(row.0, row.1), metres + more(row.2, row.3)));
    diesel::insert_into(pace::table)
        .values((
            pace::controller_id.eq(by),
            pace::event_id.eq(of),
            pace::ends_at.eq(hour),
            pace::starts_at.eq(last.unwrap_or(hour)),
            pace::items.eq(items),
            pace::metres.eq(metres),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The hours of an event that ended after `since`, the first first: of all who take part in it together.
pub fn pace(tx: &mut Tx, sight: &OrganiserSight, of: EventId, since: Millis) -> Result<Vec<Pace>, Fault> {
    let rows: Vec<(Millis, Millis, i64, i64)> = pace::table
        .filter(pace::controller_id.eq_any(together_with(sight.controller, of)))
        .filter(pace::event_id.eq(of))
        .filter(pace::ends_at.gt(since))
        .filter(pace::starts_at.lt(pace::ends_at))
        .select((pace::ends_at, pace::starts_at, pace::items, pace::metres))
        .load(tx.connection())?;
    let mut hours: BTreeMap<Millis, Pace> = BTreeMap::new();
    for (ends_at, starts_at, items, metres) in rows {
        let hour = hours.entry(ends_at).or_insert(Pace { starts_at, ends_at, items: 0, metres: 0 });
        hour.starts_at = hour.starts_at.min(starts_at);
        hour.items += items;
        hour.metres += metres;
    }
    Ok(hours.into_values().collect())
}
