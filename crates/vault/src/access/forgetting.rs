//! Forgetting people: what an officer sees of a controller, and the one person whose data go or are held.

use diesel::prelude::*;

use super::{
    Made, Me, Refusal,
    guards::held,
    matrix::{Action, Relation, Resource, Who, holds},
};
use crate::{
    audit::Actor,
    connection::Tx,
    ids::{ControllerId, PersonId},
    schema::person,
    time::Millis,
};

/// What everyone may, of themselves, with [`Me`] alone: ask, see the answer, and fetch a copy.
const _: () = assert!(
    holds(Who::Anyone, Resource::WholeCopy, Action::Read, Relation::Own)
        && holds(Who::Anyone, Resource::Forgetting, Action::Read, Relation::Own)
        && holds(Who::Anyone, Resource::Forgetting, Action::Write, Relation::Own)
);

/// Everybody under my controller, as far as it is about being forgotten.
#[derive(Clone, Copy)]
pub struct ForgettingSight {
    pub(crate) controller: ControllerId,
    pub(crate) by: Actor,
    _made: Made,
}

impl ForgettingSight {
    #[must_use]
    pub const fn controller(&self) -> ControllerId {
        self.controller
    }
}

/// One person, to be forgotten or held.
#[derive(Clone, Copy)]
pub struct ForgetSight {
    pub(crate) controller: ControllerId,
    pub(crate) person: PersonId,
    /// Nobody where a rule decides.
    pub(crate) by: Option<Actor>,
    pub(super) _made: Made,
}

impl ForgetSight {
    #[must_use]
    pub const fn controller(&self) -> ControllerId {
        self.controller
    }

    #[must_use]
    pub const fn person(&self) -> PersonId {
        self.person
    }
}

/// What is due under my controller, if I am its officer.
pub fn forgetting(tx: &mut Tx, me: &Me, now: Millis) -> Result<ForgettingSight, Refusal> {
    let may =
        |action| move |held: &super::guards::Held| held.may(action, &[Resource::Forgetting], Relation::MyController);
    let roles = held(tx, me, now)?;
    let all = [Action::Read, Action::Write, Action::Decide];
    match roles.iter().find(|role| all.into_iter().all(|action| may(action)(role))) {
        Some(role) => {
            Ok(ForgettingSight { controller: me.controller, by: me.as_actor(Some(role.role)), _made: Made(()) })
        }
        None => Err(Refusal::NotFound),
    }
}

/// Somebody under my controller, if I am its officer; never myself, of whom somebody else has to decide.
pub fn to_forget(tx: &mut Tx, me: &Me, whom: PersonId, now: Millis) -> Result<ForgetSight, Refusal> {
    let sight = forgetting(tx, me, now)?;
    let there: i64 = person::table
        .filter(person::controller_id.eq(me.controller))
        .filter(person::id.eq(whom))
        .count()
        .get_result(tx.connection())?;
    if there == 0 || whom == me.person {
        return Err(Refusal::NotFound);
    }
    Ok(ForgetSight { controller: me.controller, person: whom, by: Some(sight.by), _made: Made(()) })
}
