//! Who may know how a MatteMaraton goes, and who organises it.

use super::{
    Made, Me, Refusal,
    guards::{Held, held},
    matrix::{Action, Relation, Resource},
};
use crate::{audit::Actor, connection::Tx, ids::ControllerId, time::Millis};

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
