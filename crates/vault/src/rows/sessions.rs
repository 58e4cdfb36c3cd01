//! Sessions: who is signed in, on which of their devices.

use diesel::prelude::*;

use crate::{
    access::{Me, StudentSight},
    audit::{Action, Class, Note, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, GroupId, PersonId, SessionId},
    schema::{person, session, token_family},
    time::Millis,
};

/// The SHA-256 of a session's token.
pub type TokenHash = [u8; 32];

/// A session about to be opened. Days are ISO dates where the controller is.
pub struct NewSession {
    pub token: TokenHash,
    pub id: SessionId,
    /// A word such as Chrome.
    pub browser: Option<String>,
    /// A word such as Windows.
    pub system: Option<String>,
    /// The group whose class code opens it.
    pub by_code_of: Option<GroupId>,
    /// A login card opens it.
    pub by_card: bool,
    pub opened: Millis,
    pub used_on: String,
    pub expires: Millis,
}

pub fn open(tx: &mut Tx, me: &Me, new: &NewSession) -> Result<(), Fault> {
    diesel::insert_into(session::table)
        .values((
            session::token_hash.eq(new.token.as_slice()),
            session::controller_id.eq(me.controller),
            session::id.eq(new.id),
            session::person_id.eq(me.person),
            session::browser.eq(&new.browser),
            session::system.eq(&new.system),
            session::group_id.eq(new.by_code_of),
            session::created_at.eq(new.opened),
            session::used_on.eq(&new.used_on),
            session::expires_at.eq(new.expires),
            session::by_card.eq(new.by_card),
        ))
        .execute(tx.connection())?;
    was_here(tx, me, &new.used_on)?;
    let class = match new.by_code_of {
        Some(_) => Class::ClassCode,
        None if new.by_card => Class::LoginCard,
        None => Class::Session,
    };
    let (who, subject) = (Some(me.as_actor(None)), Subject::Person(me.person));
    tx.note(Note::act(me.controller, who, (Action::SignIn, class), subject, new.opened));
    Ok(())
}

/// Who holds a session.
pub struct Held {
    pub me: Me,
    pub expires: Millis,
    /// The day of its last use that is written down.
    pub used_on: String,
}

/// Who holds the session, if it has not ended.
pub fn held(tx: &mut Tx, token: &TokenHash, now: Millis) -> Result<Option<Held>, Fault> {
    let row: Option<(ControllerId, PersonId, Millis, String)> = on_each!(tx.connection(), each => session::table
        .filter(session::token_hash.eq(token.as_slice()))
        .filter(session::expires_at.gt(now))
        .select((session::controller_id, session::person_id, session::expires_at, session::used_on))
        .first(each))
    .optional()?;
    Ok(row.map(|(controller, person, expires, used_on)| Held { me: Me { controller, person }, expires, used_on }))
}

/// Writes down that somebody was here on a day, from which it is counted how long their data are kept.
fn was_here(tx: &mut Tx, me: &Me, day: &str) -> Result<(), Fault> {
    diesel::update(person::table)
        .filter(person::controller_id.eq(me.controller))
        .filter(person::id.eq(me.person))
        .filter(person::active_on.is_null().or(person::active_on.lt(day)))
        .set(person::active_on.eq(day))
        .execute(tx.connection())?;
    Ok(())
}

/// Writes down that my session was used on a day.
pub fn used(tx: &mut Tx, me: &Me, token: &TokenHash, day: &str) -> Result<(), Fault> {
    was_here(tx, me, day)?;
    diesel::update(session::table)
        .filter(session::token_hash.eq(token.as_slice()))
        .set(session::used_on.eq(day))
        .execute(tx.connection())?;
    Ok(())
}

/// One of my sessions, as I tell my devices apart.
pub struct Mine {
    pub id: SessionId,
    pub token: TokenHash,
    pub browser: Option<String>,
    pub system: Option<String>,
    /// By a class code.
    pub by_code: bool,
    /// By a login card.
    pub by_card: bool,
    pub opened: Millis,
    pub used_on: String,
    /// Whether it is a program's, by tokens, and not a browser's.
    pub by_tokens: bool,
}

/// My sessions that have not ended, newest first.
pub fn mine(tx: &mut Tx, me: &Me, now: Millis) -> Result<Vec<Mine>, Fault> {
    type Device = (Option<String>, Option<String>);
    type Row = (SessionId, Vec<u8>, Device, Option<GroupId>, bool, Millis, String, bool);
    let rows: Vec<Row> = session::table
        .left_join(token_family::table.on(token_family::session_hash.eq(session::token_hash)))
        .filter(session::controller_id.eq(me.controller))
        .filter(session::person_id.eq(me.person))
        .filter(session::expires_at.gt(now))
        .order((session::created_at.desc(), session::id))
        .select((
            session::id,
            session::token_hash,
            (session::browser, session::system),
            session::group_id,
            session::by_card,
            session::created_at,
            session::used_on,
            token_family::session_hash.nullable().is_not_null(),
        ))
        .load(tx.connection())?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, token, (browser, system), code_of, by_card, opened, used_on, by_tokens)| {
            let (token, by_code) = (token.try_into().ok()?, code_of.is_some());
            Some(Mine { id, token, browser, system, by_code, by_card, opened, used_on, by_tokens })
        })
        .collect())
}

/// Ends the session with this token.
pub fn end(tx: &mut Tx, token: &TokenHash) -> Result<(), Fault> {
    diesel::delete(session::table).filter(session::token_hash.eq(token.as_slice())).execute(tx.connection())?;
    Ok(())
}

/// Ends whatever a student is signed in by. Says which sessions those were.
pub fn end_all_of(tx: &mut Tx, student: &StudentSight) -> Result<Vec<TokenHash>, Fault> {
    let of = session::table
        .filter(session::controller_id.eq(student.controller))
        .filter(session::person_id.eq(student.student));
    let tokens: Vec<Vec<u8>> = of.select(session::token_hash).load(tx.connection())?;
    diesel::delete(session::table)
        .filter(session::controller_id.eq(student.controller))
        .filter(session::person_id.eq(student.student))
        .execute(tx.connection())?;
    Ok(tokens.into_iter().filter_map(|token| token.try_into().ok()).collect())
}

/// Ends what the login cards of these persons opened. Says which sessions those were.
pub(super) fn end_by_card(tx: &mut Tx, of: ControllerId, persons: &[PersonId]) -> Result<Vec<TokenHash>, Fault> {
    let by_card = session::table
        .filter(session::controller_id.eq(of))
        .filter(session::person_id.eq_any(persons))
        .filter(session::by_card.eq(true));
    let tokens: Vec<Vec<u8>> = by_card.select(session::token_hash).load(tx.connection())?;
    let tokens: Vec<TokenHash> = tokens.into_iter().filter_map(|token| token.try_into().ok()).collect();
    for token in &tokens {
        end(tx, token)?;
    }
    Ok(tokens)
}

/// Clears away what has ended. Says how many sessions went.
pub fn clear_ended(tx: &mut Tx, now: Millis) -> Result<usize, Fault> {
    Ok(diesel::delete(session::table).filter(session::expires_at.le(now)).execute(tx.connection())?)
}
