//! Credentials.

use diesel::prelude::*;

use crate::{
    access::{Me, StudentSight},
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::{credential, person},
    time::Millis,
};

/// What sign-in compares. The hash is a PHC string.
pub struct Credential {
    me: Me,
    pub password_hash: String,
}

impl Credential {
    /// To be called only after the password was found to match.
    #[must_use]
    pub const fn proven(&self) -> Me {
        self.me
    }
}

pub fn set_password(tx: &mut Tx, controller: ControllerId, of: PersonId, hash: &str, now: Millis) -> Result<(), Fault> {
    let changed = diesel::update(credential::table)
        .filter(credential::controller_id.eq(controller))
        .filter(credential::person_id.eq(of))
        .set((credential::password_hash.eq(hash), credential::changed_at.eq(now)))
        .execute(tx.connection())?;
    if changed == 0 {
        diesel::insert_into(credential::table)
            .values((
                credential::controller_id.eq(controller),
                credential::person_id.eq(of),
                credential::password_hash.eq(hash),
                credential::changed_at.eq(now),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// By what a student signs in, for the student and their teacher.
pub fn user_name(tx: &mut Tx, of: &StudentSight) -> Result<String, Fault> {
    Ok(person::table
        .filter(person::controller_id.eq(of.controller))
        .filter(person::id.eq(of.student))
        .select(person::user_name)
        .first(tx.connection())?)
}

/// `user_name` in lower case.
pub fn credential(tx: &mut Tx, user_name: &str) -> Result<Option<Credential>, Fault> {
    let row: Option<(ControllerId, PersonId, String)> = person::table
        .inner_join(
            credential::table
                .on(credential::controller_id.eq(person::controller_id).and(credential::person_id.eq(person::id))),
        )
        .filter(person::user_name.eq(user_name))
        .select((person::controller_id, person::id, credential::password_hash))
        .first(tx.connection())
        .optional()?;
    Ok(row.map(|(controller, person, password_hash)| Credential { me: Me { controller, person }, password_hash }))
}
