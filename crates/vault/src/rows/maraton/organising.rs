//! An organiser makes events, changes them and takes them back.

use diesel::{dsl::exists, prelude::*, select};

use super::{Course, Event, add_event};
use crate::{
    access::OrganiserSight,
    audit::{Action, Class, Note, Subject},
    connection::Tx,
    fault::Fault,
    ids::EventId,
    schema::{course, distance, entrant, event, standing},
    time::Millis,
};

/// All events of the controller, the one that opens last first.
pub fn events(tx: &mut Tx, sight: &OrganiserSight) -> Result<Vec<Event>, Fault> {
    Ok(event::table
        .filter(event::controller_id.eq(sight.controller))
        .order((event::opens_at.desc(), event::id))
        .select(Event::as_select())
        .load(tx.connection())?)
}

/// Makes an event with its courses, once for each id: false if it was made before.
pub fn make_event(
    tx: &mut Tx,
    sight: &OrganiserSight,
    new: &Event,
    courses: &[Course],
    now: Millis,
) -> Result<bool, Fault> {
    let is_there = event::table.filter(event::controller_id.eq(sight.controller)).filter(event::id.eq(new.id));
    if select(exists(is_there)).get_result(tx.connection())? {
        return Ok(false);
    }
    add_event(tx, new, courses)?;
    note(tx, sight, Action::MakeEvent, new.id, now);
    Ok(true)
}

/// Writes an event anew, and its courses where they are given; what counts of it is for the caller to know.
pub fn change_event(
    tx: &mut Tx,
    sight: &OrganiserSight,
    to: &Event,
    courses: Option<&[Course]>,
    now: Millis,
) -> Result<(), Fault> {
    diesel::update(event::table)
        .filter(event::controller_id.eq(sight.controller))
        .filter(event::id.eq(to.id))
        .set((
            event::name.eq(&to.name),
            event::opens_at.eq(to.opens_at),
            event::closes_at.eq(to.closes_at),
            event::goal_metres.eq(to.goal_metres),
            event::goal_items.eq(to.goal_items),
            event::rules.eq(&to.rules),
            event::announcement.eq(&to.announcement),
        ))
        .execute(tx.connection())?;
    if let Some(courses) = courses {
        drop_courses(tx, sight, to.id)?;
        for course in courses {
            diesel::insert_into(course::table).values(course).execute(tx.connection())?;
        }
    }
    note(tx, sight, Action::ChangeEvent, to.id, now);
    Ok(())
}

/// Takes an event back in which nobody takes part. False, and nothing done, if somebody does.
pub fn drop_event(tx: &mut Tx, sight: &OrganiserSight, of: EventId, now: Millis) -> Result<bool, Fault> {
    let entrants = entrant::table.filter(entrant::controller_id.eq(sight.controller)).filter(entrant::event_id.eq(of));
    let standings =
        standing::table.filter(standing::controller_id.eq(sight.controller)).filter(standing::event_id.eq(of));
    let has_entrants: bool = select(exists(entrants)).get_result(tx.connection())?;
    let has_standings: bool = select(exists(standings)).get_result(tx.connection())?;
    if has_entrants || has_standings {
        return Ok(false);
    }
    drop_courses(tx, sight, of)?;
    diesel::delete(event::table)
        .filter(event::controller_id.eq(sight.controller))
        .filter(event::id.eq(of))
        .execute(tx.connection())?;
    note(tx, sight, Action::DropEvent, of, now);
    Ok(true)
}

fn drop_courses(tx: &mut Tx, sight: &OrganiserSight, of: EventId) -> Result<(), Fault> {
    diesel::delete(course::table)
        .filter(course::controller_id.eq(sight.controller))
        .filter(course::event_id.eq(of))
        .execute(tx.connection())?;
    Ok(())
}

/// How many distances wait for their teachers in all schools together.
pub fn number_waiting(tx: &mut Tx, sight: &OrganiserSight, of: EventId) -> Result<i64, Fault> {
    Ok(distance::table
        .filter(distance::controller_id.eq(sight.controller))
        .filter(distance::event_id.eq(of))
        .filter(distance::approved_at.is_null())
        .filter(distance::returned_at.is_null())
        .count()
        .get_result(tx.connection())?)
}

fn note(tx: &mut Tx, sight: &OrganiserSight, action: Action, of: EventId, now: Millis) {
    let note = Note::act(sight.controller, Some(sight.by), (action, Class::Event), Subject::Nobody, now);
    tx.note(note.about(*of.as_bytes()));
}
