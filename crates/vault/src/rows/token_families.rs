//! Families of tokens: how a program stays signed in. Each is a session, with the refresh token that is good now.

use diesel::prelude::*;

use super::sessions::{self, TokenHash};
use crate::{
    access::Me,
    audit::{Action, Class, Note, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, PersonId},
    schema::{session, token_family},
    time::Millis,
};

/// The SHA-256 of a refresh token.
pub type RefreshHash = [u8; 32];

/// A family whose session was opened just before.
pub struct NewFamily {
    pub session: TokenHash,
    pub refresh: RefreshHash,
    pub opened: Millis,
}

pub fn open(tx: &mut Tx, me: &Me, new: &NewFamily) -> Result<(), Fault> {
    diesel::insert_into(token_family::table)
        .values((
            token_family::session_hash.eq(new.session.as_slice()),
            token_family::controller_id.eq(me.controller),
            token_family::refresh_hash.eq(new.refresh.as_slice()),
            token_family::exchanged_at.eq(new.opened),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// A refresh token that was handed in, and the one that comes after it.
#[derive(Clone, Copy)]
pub struct Exchange {
    pub session: TokenHash,
    pub handed_in: RefreshHash,
    pub next: RefreshHash,
    pub now: Millis,
    /// Milliseconds after an exchange for which the same token once more gives the same one after it.
    pub grace: i64,
    /// Milliseconds for which the family holds in all, and for which it holds unused.
    pub longest: i64,
    pub idle: i64,
}

/// What became of it.
pub enum Exchanged {
    /// The next one is good now, and was perhaps a moment ago.
    Next(Me),
    /// It was exchanged before. Whoever used it first, the family is at an end.
    UsedBefore(Me),
    /// There is no such family any more.
    Ended,
}

/// Exchanges a refresh token for the next one. The one handed in has to have been one of the family's.
pub fn exchange(tx: &mut Tx, asked: &Exchange) -> Result<Exchanged, Fault> {
    // Taken first, so that of two that come at the same moment one waits for the other.
    let exchanged = diesel::update(token_family::table)
        .filter(token_family::session_hash.eq(asked.session.as_slice()))
        .filter(token_family::refresh_hash.eq(asked.handed_in.as_slice()))
        .set((
            token_family::before_hash.eq(asked.handed_in.as_slice()),
            token_family::refresh_hash.eq(asked.next.as_slice()),
            token_family::exchanged_at.eq(asked.now),
        ))
        .execute(tx.connection())?;
    let Some((me, opened)) = holder(tx, asked)? else { return Ok(Exchanged::Ended) };
    if exchanged == 1 {
        let expires = opened.plus(asked.longest).min(asked.now.plus(asked.idle));
        diesel::update(session::table)
            .filter(session::token_hash.eq(asked.session.as_slice()))
            .set(session::expires_at.eq(expires))
            .execute(tx.connection())?;
        return Ok(Exchanged::Next(me));
    }
    if is_a_moment_ago(tx, asked)? {
        return Ok(Exchanged::Next(me));
    }
    sessions::end(tx, &asked.session)?;
    let what = (Action::UseTokenAgain, Class::Session);
    tx.note(Note::act(me.controller, None, what, Subject::Person(me.person), asked.now).refused());
    Ok(Exchanged::UsedBefore(me))
}

/// Whose family it is and when it was opened, if it has not ended.
fn holder(tx: &mut Tx, asked: &Exchange) -> Result<Option<(Me, Millis)>, Fault> {
    let row: Option<(ControllerId, PersonId, Millis)> = on_each!(tx.connection(), each => session::table
        .filter(session::token_hash.eq(asked.session.as_slice()))
        .filter(session::expires_at.gt(asked.now))
        .select((session::controller_id, session::person_id, session::created_at))
        .first(each))
    .optional()?;
    Ok(row.map(|(controller, person, opened)| (Me { controller, person }, opened)))
}

fn is_a_moment_ago(tx: &mut Tx, asked: &Exchange) -> Result<bool, Fault> {
    let found: i64 = token_family::table
        .filter(token_family::session_hash.eq(asked.session.as_slice()))
        .filter(token_family::before_hash.eq(asked.handed_in.as_slice()))
        .filter(token_family::refresh_hash.eq(asked.next.as_slice()))
        .filter(token_family::exchanged_at.ge(asked.now.plus(-asked.grace)))
        .count()
        .get_result(tx.connection())?;
    Ok(found == 1)
}
