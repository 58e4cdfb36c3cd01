//! Credentials and sessions.

use diesel::prelude::*;

use crate::{
    access::Me,
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, PersonId},
    rows::arrival,
    schema::session,
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

/// Holds at once, whatever becomes of the transaction: the key store has it.
pub fn set_password(tx: &mut Tx, controller: ControllerId, of: PersonId, hash: &str, now: Millis) -> Result<(), Fault> {
    set_passwords(tx, controller, &[of], hash, now)
}

/// The same hash for several persons, as in a demo.
pub fn set_passwords(
    tx: &mut Tx,
    controller: ControllerId,
    of: &[PersonId],
    hash: &str,
    now: Millis,
) -> Result<(), Fault> {
    tx.keys().set_passwords(controller, of, hash, now)
}

/// Found by the blind index of the user name. A key that a crash left behind without a person lets nobody in.
pub fn credential(tx: &mut Tx, user_name: &str) -> Result<Option<Credential>, Fault> {
    let Some((controller, person, password_hash)) = tx.keys().credential(user_name)? else { return Ok(None) };
    let there = arrival::is_there(tx, controller, person)?;
    Ok(there.then_some(Credential { me: Me { controller, person }, password_hash }))
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
