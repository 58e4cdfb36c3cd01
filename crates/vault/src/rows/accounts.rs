//! Credentials and sessions.

use diesel::prelude::*;

use crate::{
    access::Me,
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::{credential, person, session},
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

/// The SHA-256 of a session's token.
pub type TokenHash = [u8; 32];

pub fn open_session(tx: &mut Tx, token: &TokenHash, me: &Me, now: Millis, expires: Millis) -> Result<(), Fault> {
    diesel::insert_into(session::table)
        .values((
            session::token_hash.eq(token.as_slice()),
            session::controller_id.eq(me.controller),
            session::person_id.eq(me.person),
            session::created_at.eq(now),
            session::expires_at.eq(expires),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Who holds the session, and until when, if it has not ended.
pub fn session(tx: &mut Tx, token: &TokenHash, now: Millis) -> Result<Option<(Me, Millis)>, Fault> {
    let row: Option<(ControllerId, PersonId, Millis)> = on_each!(tx.connection(), each => session::table
        .filter(session::token_hash.eq(token.as_slice()))
        .filter(session::expires_at.gt(now))
        .select((session::controller_id, session::person_id, session::expires_at))
        .first(each))
    .optional()?;
    Ok(row.map(|(controller, person, expires)| (Me { controller, person }, expires)))
}

pub fn end_session(tx: &mut Tx, token: &TokenHash) -> Result<(), Fault> {
    diesel::delete(session::table).filter(session::token_hash.eq(token.as_slice())).execute(tx.connection())?;
    Ok(())
}

/// Clears away what has ended. Says how many sessions went.
pub fn clear_ended_sessions(tx: &mut Tx, now: Millis) -> Result<usize, Fault> {
    Ok(diesel::delete(session::table).filter(session::expires_at.le(now)).execute(tx.connection())?)
}
