//! Persons who are added: first their keys in the key store, then their rows.

use diesel::{prelude::*, sql_query, sql_types::BigInt};

use crate::{
    connection::{Connection, Tx},
    fault::Fault,
    ids::{ControllerId, PersonId},
    keys::{Admission, Newcomer},
    rows::sealed::of_person,
    schema::person,
    time::Millis,
};

#[derive(Clone)]
pub struct NewPerson {
    pub controller_id: ControllerId,
    pub id: PersonId,
    pub external_id: Option<String>,
    pub name: String,
    /// Lower case, unique on the server.
    pub user_name: String,
    pub email: Option<String>,
    pub school_year: Option<i16>,
    pub language: String,
    pub language_form: Option<String>,
    pub created_at: Millis,
}

/// The person's key comes first, then the row: a row without a key could not be read.
///
/// # Errors
/// [`Fault::Taken`] when somebody else has the user name, or the external id with the same controller.
pub fn add_person(tx: &mut Tx, new: &NewPerson) -> Result<(), Fault> {
    add_persons(tx, std::slice::from_ref(new))
}

/// Several persons, whose keys share one commit of the key store.
///
/// # Errors
/// As [`add_person`].
pub fn add_persons(tx: &mut Tx, new: &[NewPerson]) -> Result<(), Fault> {
    admit(tx, new)?;
    new.iter().try_for_each(|new| add_row(tx, new))
}

fn add_row(tx: &mut Tx, new: &NewPerson) -> Result<(), Fault> {
    let keys = tx.keys().clone();
    let seal = |column, text: &str| keys.seal(&of_person(new.controller_id, new.id, column), text);
    let seal_some = |column, text: &Option<String>| text.as_deref().map(|text| seal(column, text)).transpose();
    diesel::insert_into(person::table)
        .values((
            person::controller_id.eq(new.controller_id),
            person::id.eq(new.id),
            person::external_id.eq(seal_some("external_id", &new.external_id)?),
            person::name.eq(seal("name", &new.name)?),
            person::user_name.eq(seal("user_name", &new.user_name)?),
            person::email.eq(seal_some("email", &new.email)?),
            person::school_year.eq(new.school_year),
            person::language.eq(&new.language),
            person::language_form.eq(&new.language_form),
            person::created_at.eq(new.created_at),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Gives persons keys and their names. Names that a crash left behind, with a key but without a row, give way.
fn admit(tx: &mut Tx, new: &[NewPerson]) -> Result<(), Fault> {
    let keys = tx.keys().clone();
    let newcomers: Vec<_> = new
        .iter()
        .map(|new| Newcomer {
            controller: new.controller_id,
            person: new.id,
            user_name: &new.user_name,
            email: new.email.as_deref(),
            external_id: new.external_id.as_deref(),
            at: new.created_at,
        })
        .collect();
    if let Connection::Postgres(connection) = tx.connection() {
        // Whoever adds the same names waits until this transaction has ended, and its row is there or is not. On SQLite
        // there is one writer.
        for claim in keys.claims(&newcomers)? {
            sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(claim).execute(connection)?;
        }
    }
    while let Admission::Taken(controller, person) = keys.admit(&newcomers)? {
        if is_there(tx, controller, person)? || new.iter().any(|new| new.id == person) {
            return Err(Fault::Taken);
        }
        keys.take_back(controller, person)?;
    }
    Ok(())
}

/// Whether there is a row of that person's.
pub(crate) fn is_there(tx: &mut Tx, of: ControllerId, id: PersonId) -> Result<bool, Fault> {
    let found: i64 = person::table
        .filter(person::controller_id.eq(of))
        .filter(person::id.eq(id))
        .count()
        .get_result(tx.connection())?;
    Ok(found > 0)
}
