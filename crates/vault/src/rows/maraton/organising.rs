//! An organiser makes events, changes them and takes them back.

use diesel::{dsl::exists, prelude::*, select};

use super::{Course, Event, add_event, draws, sharing::together_with};
use crate::{
    access::OrganiserSight,
    audit::{Action, Class, Note, Subject},
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, EventId},
    schema::{course, distance, entrant, event, pace, standing},
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

/// Writes an event of the own controller anew, for all who take part, and its courses where they are given; what counts of
/// it is for the caller to know.
pub fn change_event(
    tx: &mut Tx,
    sight: &OrganiserSight,
    to: &Event,
    courses: Option<&[Course]>,
    now: Millis,
) -> Result<(), Fault> {
    let all = all_of(tx, sight, to.id)?;
    diesel::update(event::table)
        .filter(event::controller_id.eq_any(&all))
        .filter(event::id.eq(to.id))
        .set((
            event::name.eq(&to.name),
            event::opens_at.eq(to.opens_at),
            event::closes_at.eq(to.closes_at),
            event::goal_metres.eq(to.goal_metres),
            event::goal_items.eq(to.goal_items),
            event::rules.eq(&to.rules),
            event::announcement.eq(&to.announcement),
            event::open_to.eq(&to.open_to),
        ))
        .execute(tx.connection())?;
    if let Some(courses) = courses {
        drop_courses(tx, &all, to.id)?;
        for controller_id in all {
            for course in courses {
                let own = Course { controller_id, ..course.clone() };
                diesel::insert_into(course::table).values(&own).execute(tx.connection())?;
            }
        }
    }
    draws::add_to_older(tx, sight.controller, to.id)?;
    note(tx, sight, Action::ChangeEvent, to.id, now);
    Ok(())
}

/// Takes an event of the own controller back, for all who take part. False, and nothing done, if somebody has begun.
pub fn drop_event(tx: &mut Tx, sight: &OrganiserSight, of: EventId, now: Millis) -> Result<bool, Fault> {
    let all = all_of(tx, sight, of)?;
    let is_gone = remove(tx, &all, of)?;
    if is_gone {
        note(tx, sight, Action::DropEvent, of, now);
    }
    Ok(is_gone)
}

/// The controllers that have an event, if it is an event of the own controller: all who take part.
fn all_of(tx: &mut Tx, sight: &OrganiserSight, of: EventId) -> Result<Vec<ControllerId>, Fault> {
    Ok(event::table
        .filter(event::id.eq(of))
        .filter(event::host.eq(sight.controller))
        .order(event::controller_id)
        .select(event::controller_id)
        .load(tx.connection())?)
}

/// Removes an event from these controllers. False, and nothing done, if somebody takes part in one of them.
pub(super) fn remove(tx: &mut Tx, from: &[ControllerId], of: EventId) -> Result<bool, Fault> {
    let entrants = entrant::table.filter(entrant::controller_id.eq_any(from)).filter(entrant::event_id.eq(of));
    let standings = standing::table.filter(standing::controller_id.eq_any(from)).filter(standing::event_id.eq(of));
    let has_entrants: bool = select(exists(entrants)).get_result(tx.connection())?;
    let has_standings: bool = select(exists(standings)).get_result(tx.connection())?;
    if has_entrants || has_standings {
        return Ok(false);
    }
    drop_courses(tx, from, of)?;
    draws::drop(tx, from, of)?;
    diesel::delete(pace::table)
        .filter(pace::controller_id.eq_any(from))
        .filter(pace::event_id.eq(of))
        .execute(tx.connection())?;
    diesel::delete(event::table)
        .filter(event::controller_id.eq_any(from))
        .filter(event::id.eq(of))
        .execute(tx.connection())?;
    Ok(true)
}

fn drop_courses(tx: &mut Tx, from: &[ControllerId], of: EventId) -> Result<(), Fault> {
    diesel::delete(course::table)
        .filter(course::controller_id.eq_any(from))
        .filter(course::event_id.eq(of))
        .execute(tx.connection())?;
    Ok(())
}

/// Whether the host of an event of the own controller shows it to everybody.
pub fn has_page(tx: &mut Tx, sight: &OrganiserSight, of: EventId) -> Result<bool, Fault> {
    let shown = event::table
        .filter(event::controller_id.eq_any(together_with(sight.controller, of)))
        .filter(event::id.eq(of))
        .filter(event::controller_id.eq(event::host))
        .filter(event::is_public);
    Ok(select(exists(shown)).get_result(tx.connection())?)
}

/// Shows the own controller's schools on the event's page for all, or no more. False if the controller has no such event.
pub fn show_to_all(
    tx: &mut Tx,
    sight: &OrganiserSight,
    of: EventId,
    is_public: bool,
    now: Millis,
) -> Result<bool, Fault> {
    let changed = diesel::update(event::table)
        .filter(event::controller_id.eq(sight.controller))
        .filter(event::id.eq(of))
        .set(event::is_public.eq(is_public))
        .execute(tx.connection())?;
    if changed > 0 {
        note(tx, sight, Action::ChangeEvent, of, now);
    }
    Ok(changed > 0)
}

/// How many distances wait for their teachers in all schools together, those of others who take part as well.
pub fn number_waiting(tx: &mut Tx, sight: &OrganiserSight, of: EventId) -> Result<i64, Fault> {
    Ok(distance::table
        .filter(distance::controller_id.eq_any(together_with(sight.controller, of)))
        .filter(distance::event_id.eq(of))
        .filter(distance::approved_at.is_null())
        .filter(distance::returned_at.is_null())
        .count()
        .get_result(tx.connection())?)
}

pub(super) fn note(tx: &mut Tx, sight: &OrganiserSight, action: Action, of: EventId, now: Millis) {
    let note = Note::act(sight.controller, Some(sight.by), (action, Class::Event), Subject::Nobody, now);
    tx.note(note.about(*of.as_bytes()));
}
