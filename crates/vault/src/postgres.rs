//! A write on PostgreSQL: one closure, one transaction, run again when it collides with another.

use std::{thread::sleep, time::Duration};

use diesel::connection::SimpleConnection;

use crate::{Fault, Tx, fault::is_no_room, pool::Pool};

/// How often a closure that collides is run again, and the pause before the first time; it
/// doubles each time.
const AGAIN: u32 = 5;
const PAUSE: Duration = Duration::from_millis(2);

/// As [`write`]; for measurements perhaps without any transaction.
pub(crate) fn write_on<T, E: From<Fault>>(pool: &Pool, act: impl Fn(&mut Tx) -> Result<T, E>) -> Result<T, E> {
    #[cfg(feature = "left-out")]
    {
        let mut tx = pool.take()?;
        if tx.left_out() {
            return act(&mut tx);
        }
    }
    write(pool, act)
}

enum End<T, E> {
    Done(Result<T, E>),
    Collided,
}

/// Runs `act` in a transaction and commits.
fn write<T, E, F>(pool: &Pool, act: F) -> Result<T, E>
where
    F: Fn(&mut Tx) -> Result<T, E>,
    E: From<Fault>,
{
    for attempt in 0..=AGAIN {
        match attempt_once(pool, &act, attempt == AGAIN) {
            End::Done(outcome) => return outcome,
            End::Collided => sleep(PAUSE * 2_u32.pow(attempt)),
        }
    }
    Err(Fault::Commit("it collided with others each time".into()).into())
}

/// A collision of the `last` attempt is the closure's own answer.
fn attempt_once<T, E, F>(pool: &Pool, act: &F, last: bool) -> End<T, E>
where
    F: Fn(&mut Tx) -> Result<T, E>,
    E: From<Fault>,
{
    let mut tx = match pool.begin("BEGIN") {
        Ok(tx) => tx,
        Err(fault) => return End::Done(Err(fault.into())),
    };
    let outcome = act(&mut tx);
    if outcome.is_err() {
        // When it can't be rolled back the pool closes the connection, which does it.
        let _closed_instead = tx.roll_back_to(0);
        let again = tx.trouble().collision() && !last;
        return if again { End::Collided } else { End::Done(outcome) };
    }
    match commit(&mut tx) {
        Ok(()) => End::Done(outcome),
        Err(_) if tx.trouble().collision() && !last => End::Collided,
        Err(fault) => End::Done(Err(fault.into())),
    }
}

fn commit(tx: &mut Tx) -> Result<(), Fault> {
    if tx.depth() != Ok(1) {
        return Err(Fault::Unbalanced);
    }
    // A transaction that met an error the closure passed over can only be rolled back, and
    // PostgreSQL says nothing when COMMIT does that. One more statement tells.
    if tx.trouble().any()
        && let Err(error) = tx.connection().batch_execute("SELECT 1")
    {
        let _closed_instead = tx.roll_back_to(0);
        return Err(error.into());
    }
    tx.keep().map_err(|error| match error {
        full if is_no_room(&full) => Fault::NoRoom,
        other => Fault::Commit(other.to_string()),
    })?;
    if tx.depth() == Ok(0) { Ok(()) } else { Err(Fault::Unbalanced) }
}
