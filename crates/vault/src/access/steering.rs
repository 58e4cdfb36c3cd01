//! Who may say what is to be chosen, and for whom.

use std::ops::Deref;

use super::{
    GroupSight, Me, Refusal,
    guards::group_with,
    matrix::{Action, Resource},
};
use crate::{
    connection::Tx,
    ids::{GroupId, PersonId},
    time::Millis,
};

/// A group that I teach now, for which I may say what is to be chosen.
#[derive(Clone, Copy)]
pub struct SteeringSight {
    group: GroupSight,
    /// Who says it.
    pub(crate) by: PersonId,
}

impl Deref for SteeringSight {
    type Target = GroupSight;

    fn deref(&self) -> &GroupSight {
        &self.group
    }
}

/// A group for which, and for whose students, I may say what is to be chosen.
pub fn group_to_steer(tx: &mut Tx, me: &Me, of: GroupId, now: Millis) -> Result<SteeringSight, Refusal> {
    let actions = [Action::Read, Action::Write, Action::Decide];
    let group = group_with(tx, me, of, &actions, Resource::Steering, now)?;
    Ok(SteeringSight { group, by: me.person })
}
