//! What the house remembers of forgetting: the last moment that was believed, the last day whose forgetting is done, the
//! last term that is summed up.

use diesel::prelude::*;

use crate::{connection::Tx, fault::Fault, schema::house, time::Millis};

/// Milliseconds by which a clock may be ahead of the last moment that was believed: 48 hours. When it is further, nothing
/// is forgotten by it until somebody says that it is right.
pub const LEAP: i64 = 48 * 3_600_000;

/// What is remembered.
#[derive(Queryable, Clone, PartialEq, Eq)]
pub struct Night {
    /// 0 in a house that has not run yet.
    pub trusted: Millis,
    /// ISO date, UTC; empty before the first.
    pub forgot_on: String,
    /// Such as `2026-spring`; empty before the first.
    pub summed_term: String,
}

pub fn last(tx: &mut Tx) -> Result<Night, Fault> {
    Ok(house::table.select((house::trusted_at, house::forgot_on, house::summed_term)).first(tx.connection())?)
}

/// Whether `now` can be believed; then it is remembered. A clock that went back is believed and remembered by the later
/// moment.
pub fn believe(tx: &mut Tx, now: Millis) -> Result<bool, Fault> {
    let before = last(tx)?.trusted;
    if before.0 > 0 && now.since(before) > LEAP {
        return Ok(false);
    }
    if now > before {
        trust(tx, now)?;
    }
    Ok(true)
}

/// Takes it from somebody that this is the time, also when it is earlier than what was believed.
pub fn trust(tx: &mut Tx, now: Millis) -> Result<(), Fault> {
    diesel::update(house::table).set(house::trusted_at.eq(now)).execute(tx.connection())?;
    Ok(())
}

/// The forgetting of this day is done.
pub fn forgot(tx: &mut Tx, day: &str) -> Result<(), Fault> {
    diesel::update(house::table).set(house::forgot_on.eq(day)).execute(tx.connection())?;
    Ok(())
}

/// This term is summed up.
pub fn summed(tx: &mut Tx, term: &str) -> Result<(), Fault> {
    diesel::update(house::table).set(house::summed_term.eq(term)).execute(tx.connection())?;
    Ok(())
}
