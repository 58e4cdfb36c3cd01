//! Who the people are whose data are due, who asked, or who are held: for the officer, who has to know whom it is about.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::sealed;
use crate::{
    access::{ForgettingSight, Role},
    audit::{Class, Subject},
    connection::Tx,
    fault::Fault,
    ids::PersonId,
    schema::{membership, person, school, teaching_group},
    time::Millis,
};

/// Somebody, as far as an officer needs it.
#[derive(Clone)]
pub struct Known {
    pub id: PersonId,
    pub name: String,
    pub user_name: String,
    /// A list does not name them.
    pub is_protected: bool,
    /// What they are, or were last.
    pub role: Option<Role>,
    pub school: Option<String>,
    pub group: Option<String>,
}

/// Who these are, in no order; those who are not under my controller are not among them. A look at each.
pub fn known(tx: &mut Tx, sight: &ForgettingSight, whom: &[PersonId], now: Millis) -> Result<Vec<Known>, Fault> {
    type Row = (PersonId, Vec<u8>, Vec<u8>, bool);
    let rows: Vec<Row> = person::table
        .filter(person::controller_id.eq(sight.controller))
        .filter(person::id.eq_any(whom))
        .select((person::id, person::name, person::user_name, person::protected))
        .load(tx.connection())?;
    let mut places = places(tx, sight, whom)?;
    let mut known = Vec::with_capacity(rows.len());
    for (id, name, user_name, is_protected) in rows {
        let user_name = tx.keys().unseal(&sealed::of_person(sight.controller, id, "user_name"), &user_name)?;
        let (role, school, group) = places.remove(&id).unwrap_or_default();
        tx.look(sight.controller, Some(sight.by), Class::Due, Subject::Person(id), now);
        known.push(Known {
            id,
            name: sealed::name(tx.keys(), sight.controller, id, &name)?,
            user_name: user_name.unwrap_or_else(|| sealed::FORGOTTEN.to_owned()),
            is_protected,
            role,
            school,
            group,
        });
    }
    Ok(known)
}

type Where = (Option<Role>, Option<String>, Option<String>);

/// Where each is, or was last.
fn places(tx: &mut Tx, sight: &ForgettingSight, whom: &[PersonId]) -> Result<BTreeMap<PersonId, Where>, Fault> {
    type Row = (PersonId, String, Option<String>, Option<String>);
    let rows: Vec<Row> = membership::table
        .left_join(school::table.on(
            school::controller_id.eq(membership::controller_id).and(school::id.nullable().eq(membership::school_id)),
        ))
        .left_join(
            teaching_group::table.on(teaching_group::controller_id
                .eq(membership::controller_id)
                .and(teaching_group::id.nullable().eq(membership::group_id))),
        )
        .filter(membership::controller_id.eq(sight.controller))
        .filter(membership::person_id.eq_any(whom))
        .select((membership::person_id, membership::role, school::name.nullable(), teaching_group::name.nullable()))
        .order((membership::from_at, membership::id))
        .load(tx.connection())?;
    let place = |(id, role, school, group): Row| (id, (Role::named(&role), school, group));
    Ok(rows.into_iter().map(place).collect())
}

/// Whose user name this is, if they are under my controller.
pub fn found(tx: &Tx, sight: &ForgettingSight, user_name: &str) -> Result<Option<PersonId>, Fault> {
    let owner = tx.keys().owner_of(user_name)?;
    Ok(owner.filter(|(controller, _)| *controller == sight.controller).map(|(_, person)| person))
}
