//! An event over several controllers. Each that takes part has the event and its courses for itself, under the same id and
//! with the same host, so that lines and distances are counted as in an event of one's own; only how the schools stand is
//! read of all of them.

use diesel::{
    alias,
    dsl::{exists, not},
    prelude::*,
    select,
};

use super::{
    Course, Event, OpenTo, add_event,
    organising::{note, remove},
};
use crate::{
    access::OrganiserSight,
    audit::Action,
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, EventId},
    schema::{controller, course, event},
    time::Millis,
};

alias!(event as mine: Mine, event as shared: Shared);

/// The controllers that take part in an event of this controller, itself included: a query, for others to be part of. Who
/// has made an event of the same id has another host, and is none of them.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn together_with(own: ControllerId, of: EventId) -> _ {
    let host = mine
        .filter(mine.field(event::controller_id).eq(own))
        .filter(mine.field(event::id).eq(of))
        .select(mine.field(event::host));
    shared
        .filter(shared.field(event::id).eq(of))
        .filter(shared.field(event::host).eq_any(host))
        .select(shared.field(event::controller_id))
}

/// The names of the controllers that take part in an event of the own controller, the own one left out.
pub fn taking_part(tx: &mut Tx, sight: &OrganiserSight, of: EventId) -> Result<Vec<String>, Fault> {
    Ok(controller::table
        .filter(controller::id.eq_any(together_with(sight.controller, of)))
        .filter(controller::id.ne(sight.controller))
        .order(controller::name)
        .select(controller::name)
        .load(tx.connection())?)
}

/// An event of another controller that the own one may take part in.
pub struct Offered {
    event: Event,
    host: String,
}

impl Offered {
    #[must_use]
    pub const fn event(&self) -> &Event {
        &self.event
    }

    /// The host's name.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// The events of others that are open to all, have not ended and that the own controller does not take part in, the next
/// first.
pub fn offered(tx: &mut Tx, sight: &OrganiserSight, now: Millis) -> Result<Vec<Offered>, Fault> {
    let rows: Vec<(Event, String)> = event::table
        .inner_join(controller::table.on(controller::id.eq(event::controller_id)))
        .filter(event::host.eq(event::controller_id))
        .filter(event::open_to.eq(OpenTo::All.name()))
        .filter(event::closes_at.gt(now))
        .filter(not(exists(has(sight.controller))))
        .order((event::opens_at, event::id))
        .select((Event::as_select(), controller::name))
        .load(tx.connection())?;
    Ok(rows.into_iter().map(|(event, host)| Offered { event, host }).collect())
}

/// The event of another to which this is the invitation, if it has not ended and the own controller does not take part yet.
pub fn invited(tx: &mut Tx, sight: &OrganiserSight, by: &str, now: Millis) -> Result<Option<Offered>, Fault> {
    let row: Option<(Event, String)> = event::table
        .inner_join(controller::table.on(controller::id.eq(event::controller_id)))
        .filter(event::host.eq(event::controller_id))
        .filter(event::open_to.eq(OpenTo::Invited.name()))
        .filter(event::invitation.eq(by).and(event::invitation.ne("")))
        .filter(event::closes_at.gt(now))
        .filter(not(exists(has(sight.controller))))
        .select((Event::as_select(), controller::name))
        .first(tx.connection())
        .optional()?;
    Ok(row.map(|(event, host)| Offered { event, host }))
}

/// An event of this id that a controller has, its own or another's: a query, for others to be part of.
#[diesel::dsl::auto_type(no_type_alias)]
fn has(own: ControllerId) -> _ {
    mine.filter(mine.field(event::controller_id).eq(own)).filter(mine.field(event::id).eq(event::id))
}

/// Takes part in an event that is offered: the own controller has it from now on, as the host has it.
pub fn join(tx: &mut Tx, sight: &OrganiserSight, Offered { event, .. }: Offered, now: Millis) -> Result<(), Fault> {
    let courses: Vec<Course> = course::table
        .filter(course::controller_id.eq(event.host))
        .filter(course::event_id.eq(event.id))
        .select(Course::as_select())
        .load(tx.connection())?;
    let own = |course: Course| Course { controller_id: sight.controller, ..course };
    let courses = courses.into_iter().map(own);
    let event = Event { controller_id: sight.controller, invitation: String::new(), is_public: false, ..event };
    add_event(tx, &event, &courses.collect::<Vec<_>>())?;
    note(tx, sight, Action::MakeEvent, event.id, now);
    Ok(())
}

/// Lets go of another's event in which nobody of the own controller takes part. False, and nothing done, if somebody does.
pub fn leave(tx: &mut Tx, sight: &OrganiserSight, of: EventId, now: Millis) -> Result<bool, Fault> {
    let is_gone = remove(tx, &[sight.controller], of)?;
    if is_gone {
        note(tx, sight, Action::DropEvent, of, now);
    }
    Ok(is_gone)
}

/// Whether one of the controllers that take part has another event while this one runs.
pub fn meets_another(tx: &mut Tx, sight: &OrganiserSight, of: &Event) -> Result<bool, Fault> {
    let others = event::table
        .filter(event::controller_id.eq_any(together_with(sight.controller, of.id)))
        .filter(event::id.ne(of.id))
        .filter(event::opens_at.lt(of.closes_at))
        .filter(event::closes_at.gt(of.opens_at));
    Ok(select(exists(others)).get_result(tx.connection())?)
}
