//! Who may know how far a group has come together in a MatteMaraton.

use super::{
    Made, Me,
    guards::held,
    matrix::{Action, Relation, Resource},
};
use crate::{
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, GroupId, PersonId, SchoolId},
    time::Millis,
};

/// How far one group has come together: a sum, and never whose part in it is which.
#[derive(Clone, Copy)]
pub struct TogetherSight {
    pub(crate) controller: ControllerId,
    pub(crate) group: GroupId,
    pub(crate) school: SchoolId,
    /// Who looks.
    pub(crate) me: PersonId,
    /// I teach it; else I am a student in it.
    pub(crate) is_taught: bool,
    _made: Made,
}

impl TogetherSight {
    #[must_use]
    pub const fn group(&self) -> GroupId {
        self.group
    }
}

/// All groups that I teach now or am a student in now, each once.
pub fn together(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<TogetherSight>, Fault> {
    let mut sights: Vec<TogetherSight> = Vec::new();
    for held in held(tx, me, now)? {
        let (Some(group), Some(school)) = (held.group, held.school) else { continue };
        let is_taught = held.may(Action::Read, &[Resource::Together], Relation::GroupITeach);
        let is_mine = held.may(Action::Read, &[Resource::Together], Relation::GroupIAmIn);
        match sights.iter_mut().find(|sight| sight.group == group) {
            Some(sight) => sight.is_taught |= is_taught,
            None if is_taught || is_mine => {
                let (controller, me) = (me.controller, me.person);
                sights.push(TogetherSight { controller, group, school, me, is_taught, _made: Made(()) });
            }
            None => {}
        }
    }
    Ok(sights)
}
