//! Who may know how a MatteMaraton goes, and who organises it.

use diesel::{dsl::exists, prelude::*, select};

use super::{
    GroupSight, Made, Me, Refusal,
    guards::{Held, groups_for, held},
    matrix::{Action, Relation, Resource},
};
use crate::{
    audit::Actor,
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, EventId},
    schema::event,
    time::Millis,
};

/// How the schools of my controller stand: totals, nobody's own figures.
#[derive(Clone, Copy)]
pub struct EventSight {
    pub(crate) controller: ControllerId,
    _made: Made,
}

/// The events of my controller, whose organiser I am now: to make, to change, to take back.
#[derive(Clone, Copy)]
pub struct OrganiserSight {
    pub(crate) controller: ControllerId,
    pub(crate) by: Actor,
    _made: Made,
}

impl OrganiserSight {
    /// What everybody in an event may know of it.
    #[must_use]
    pub const fn event(&self) -> EventSight {
        EventSight { controller: self.controller, _made: Made(()) }
    }
}

/// How the schools of an event stand that its host shows to everybody: totals of those whose controllers show theirs.
#[derive(Clone, Copy)]
pub struct PublicSight {
    pub(crate) host: ControllerId,
    pub(crate) event: EventId,
    _made: Made,
}

/// An event of a host whose page for all is open; nobody is asked who they are. What is not shown is not found, as what
/// there is not.
pub fn public_event(tx: &mut Tx, host: ControllerId, of: EventId) -> Result<PublicSight, Refusal> {
    let shown = event::table
        .filter(event::controller_id.eq(host))
        .filter(event::id.eq(of))
        .filter(event::host.eq(host))
        .filter(event::is_public);
    let is_shown: bool = select(exists(shown)).get_result(tx.connection())?;
    if is_shown { Ok(PublicSight { host, event: of, _made: Made(()) }) } else { Err(Refusal::NotFound) }
}

/// How the schools of my controller stand, if a role of mine there may know.
pub fn event(tx: &mut Tx, me: &Me, now: Millis) -> Result<EventSight, Refusal> {
    let may = |held: &Held| held.may(Action::Read, &[Resource::Standing], Relation::MyController);
    let sight = EventSight { controller: me.controller, _made: Made(()) };
    if held(tx, me, now)?.iter().any(may) { Ok(sight) } else { Err(Refusal::NotFound) }
}

/// The events of my controller, if I organise them now.
pub fn organiser(tx: &mut Tx, me: &Me, now: Millis) -> Result<OrganiserSight, Refusal> {
    let may = |held: &Held| held.may(Action::Write, &[Resource::Event], Relation::MyController);
    let held = held(tx, me, now)?.into_iter().find(may).ok_or(Refusal::NotFound)?;
    Ok(OrganiserSight { controller: me.controller, by: me.as_actor(Some(held.role)), _made: Made(()) })
}

/// All groups that I teach now, to see who in them won in the draw.
pub fn won_where_i_teach(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<GroupSight>, Fault> {
    groups_for(tx, me, Action::Read, &[Resource::Group, Resource::Person, Resource::Entrant], now)
}
