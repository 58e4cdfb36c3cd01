//! Forgetting: one person of a controller's, or whoever is their own controller, with everything that hangs under them.
//!
//! The decision is one commit in the key store: the keys are gone, and it is remembered whose data are to go. Then the
//! data go. Whatever cuts in between, and whatever older copy of the data is opened later, [`finish`] does the rest.
//! Which rows there are is taken from the registry, so that none that is added later is forgotten.

use diesel::{prelude::*, sql_query, sql_types::Binary};

use super::{certificates, sessions::TokenHash};
use crate::{
    access::{ForgetSight, IndividualSight},
    audit::{Action, Class, Note, Subject, redact_actor, redact_subject},
    connection::{Connection, Tx},
    fault::Fault,
    ids::{ControllerId, PersonId},
    keys::{Decided, Mark},
    registry::{BRANCHES, Branch, Store, Tie, ties, under_a_controller},
    schema::{controller, membership, person, session},
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
    Ok(hashes(tokens))
}

/// What became of one person.
pub struct Forgotten {
    /// Of sessions that ended with it.
    pub tokens: Vec<TokenHash>,
    pub mark: Mark,
}

/// Forgets one person: keys, credentials, sessions, every row that is theirs, and their part of the audit. What others
/// did stays, without saying to whom or by whom. It cannot be undone; the certificate says that it was done.
pub fn forget(tx: &mut Tx, sight: &ForgetSight, decided: &Decided) -> Result<Forgotten, Fault> {
    let tokens: Vec<Vec<u8>> = session::table
        .filter(session::controller_id.eq(sight.controller))
        .filter(session::person_id.eq(sight.person))
        .select(session::token_hash)
        .load(tx.connection())?;
    let mark = tx.keys().erase_person(sight.controller, sight.person, decided)?;
    delete_person(tx, sight.controller, sight.person)?;
    certificates::add(tx, sight.controller, &mark, decided)?;
    let by = sight.by.filter(|by| by.person != sight.person);
    let what = (Action::Forget, Class::Account);
    tx.note(Note::act(sight.controller, by, what, Subject::Nobody, decided.at));
    Ok(Forgotten { tokens: hashes(tokens), mark })
}

fn hashes(tokens: Vec<Vec<u8>>) -> Vec<TokenHash> {
    tokens.into_iter().filter_map(|token| token.try_into().ok()).collect()
}

/// Deletes what is left of those whose keys are gone. Says of how many something was left.
pub fn finish(tx: &mut Tx, now: Millis) -> Result<usize, Fault> {
    let keys = tx.keys().clone();
    let (erasures, mut left) = (keys.erasures()?, 0);
    let controllers: Vec<ControllerId> = if erasures.is_empty() {
        Vec::new()
    } else {
        controller::table.select(controller::id).load(tx.connection())?
    };
    for of in controllers {
        if erasures.has_controller(of)? {
            delete_all(tx, of)?;
            left += 1;
            continue;
        }
        let persons: Vec<PersonId> =
            person::table.filter(person::controller_id.eq(of)).select(person::id).load(tx.connection())?;
        for (person, mark, decided) in erasures.of_persons(of, &persons)? {
            // A copy of the key store may be older than the ledger that was taken into it.
            keys.erase_person(of, person, &decided)?;
            delete_person(tx, of, person)?;
            certificates::add(tx, of, &mark, &decided)?;
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

fn delete_person(tx: &mut Tx, of: ControllerId, person: PersonId) -> Result<(), Fault> {
    // Only who was more than a student stands in rows of others.
    let roles: Vec<String> = membership::table
        .filter(membership::controller_id.eq(of))
        .filter(membership::person_id.eq(person))
        .select(membership::role)
        .load(tx.connection())?;
    let is_student = !roles.is_empty() && roles.iter().all(|role| role == crate::Role::Student.name());
    for Tie { table, column, .. } in ties(Store::Data).filter(|tie| !tie.goes && !is_student) {
        let query = format!("UPDATE {table} SET {column} = NULL WHERE controller_id = $1 AND {column} = $2");
        run(tx.connection(), &query, of, person)?;
    }
    for Tie { table, column, .. } in ties(Store::Data).filter(|tie| tie.goes) {
        for Branch { table: branch, column: by, under, key } in BRANCHES.into_iter().filter(|of| of.under == table) {
            let query = format!(
                "DELETE FROM {branch} WHERE controller_id = $1 AND {by} IN \
                 (SELECT {key} FROM {under} WHERE controller_id = $1 AND {column} = $2)"
            );
            run(tx.connection(), &query, of, person)?;
        }
        delete_tied(tx.connection(), table, column, of, person)?;
    }
    redact_subject(tx, of, person)?;
    redact_actor(tx, of, person)?;
    Ok(())
}

/// Deletes a person's rows of a table. Table and column are the registry's words.
pub(crate) fn delete_tied(
    connection: &mut Connection,
    table: &'static str,
    column: &'static str,
    of: ControllerId,
    person: PersonId,
) -> Result<(), Fault> {
    run(connection, &format!("DELETE FROM {table} WHERE controller_id = $1 AND {column} = $2"), of, person)
}

/// A statement about `$1`, the controller, and `$2`, the person.
fn run(connection: &mut Connection, query: &str, of: ControllerId, person: PersonId) -> Result<(), Fault> {
    match connection {
        Connection::Sqlite(each) => {
            sql_query(query.replace('$', "?")).bind::<Binary, _>(of).bind::<Binary, _>(person).execute(each)?
        }
        Connection::Postgres(each) => sql_query(query).bind::<Binary, _>(of).bind::<Binary, _>(person).execute(each)?,
    };
    Ok(())
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
