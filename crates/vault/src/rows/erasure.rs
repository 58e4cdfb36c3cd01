//! Deleting whoever is their own controller, with everything that hangs under them.
//!
//! The decision is one commit in the key store: the keys are gone, and it is remembered whose data are to go. Then the
//! data go. Whatever cuts in between, and whatever older copy of the data is opened later, [`finish`] does the rest.
//! Which tables there are is taken from the registry, so that none that is added later is forgotten.

use diesel::{prelude::*, sql_query, sql_types::Binary};

use super::sessions::TokenHash;
use crate::{
    access::IndividualSight,
    connection::{Connection, Tx},
    fault::Fault,
    ids::ControllerId,
    registry::{Store, under_a_controller},
    schema::{controller, session},
    time::Millis,
};

/// How long it is remembered whose data went, milliseconds: 90 days. Copies of the data are kept for less, so none that
/// is put back later still holds somebody.
pub const REMEMBERED: i64 = 90 * 24 * 3_600_000;

/// Deletes the one in sight: keys, credentials, sessions and every row. It cannot be undone. Gives the sessions that
/// ended with it.
pub fn erase(tx: &mut Tx, sight: &IndividualSight, now: Millis) -> Result<Vec<TokenHash>, Fault> {
    let tokens: Vec<Vec<u8>> = session::table
        .filter(session::controller_id.eq(sight.controller))
        .select(session::token_hash)
        .load(tx.connection())?;
    tx.keys().erase_controller(sight.controller, now)?;
    delete_all(tx, sight.controller)?;
    Ok(tokens.into_iter().filter_map(|token| token.try_into().ok()).collect())
}

/// Deletes what is left of those whose keys are gone. Says of how many something was left.
pub fn finish(tx: &mut Tx, now: Millis) -> Result<usize, Fault> {
    let keys = tx.keys().clone();
    let mut left = 0;
    for of in keys.erased()? {
        let there: i64 = controller::table.filter(controller::id.eq(of)).count().get_result(tx.connection())?;
        if there > 0 {
            delete_all(tx, of)?;
            left += 1;
        }
    }
    keys.forget_erased(now.plus(-REMEMBERED))?;
    Ok(left)
}

fn delete_all(tx: &mut Tx, of: ControllerId) -> Result<(), Fault> {
    for table in under_a_controller(Store::Data) {
        delete_under(tx.connection(), table, "controller_id", of)?;
    }
    delete_under(tx.connection(), "controller", "id", of)
}

/// Deletes the rows of a table whose `column` names the controller. Table and column are the registry's words.
pub(crate) fn delete_under(
    connection: &mut Connection,
    table: &'static str,
    column: &'static str,
    of: ControllerId,
) -> Result<(), Fault> {
    match connection {
        Connection::Sqlite(each) => {
            sql_query(format!("DELETE FROM {table} WHERE {column} = ?")).bind::<Binary, _>(of).execute(each)?
        }
        Connection::Postgres(each) => {
            sql_query(format!("DELETE FROM {table} WHERE {column} = $1")).bind::<Binary, _>(of).execute(each)?
        }
    };
    Ok(())
}
