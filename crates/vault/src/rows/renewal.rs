//! Sealing anew what was sealed with a person's older key, a little at a time.

use std::collections::HashSet;

use diesel::{
    prelude::*,
    sql_types::{Binary, Integer},
};

use crate::{
    connection::Tx,
    fault::Fault,
    ids::{CalculationId, ControllerId, PersonId},
    keys::envelope::{HEADER, Spot, header, version},
    rows::sealed::{self, LineRow, of_person},
    schema::{assignment, calculation, line, person},
    time::Millis,
};

diesel::define_sql_function! {
    /// The bytes of a field from the place `from` on, counted from 1, on both databases.
    fn substr(field: Binary, from: Integer, length: Integer) -> Binary;
}

/// Persons that one call looks after, and rows of each: the writer is not held for longer than some milliseconds.
const PERSONS: i64 = 20;
const ROWS: i64 = 100;

/// How long an older key is kept after nothing is sealed with it any more, milliseconds: other processes may have held it
/// for a minute, and a reader may still look at an older moment of the data.
const KEPT: i64 = 3_600_000;

/// The turn of whoever seals anew: two processes at the same rows would do the work twice.
const RENEWING: i64 = 5_384_701_232;

/// What a call has done.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Renewal {
    /// Rows that were sealed anew. When there were any, there may be more.
    pub rows: usize,
    /// Persons whose older keys were deleted.
    pub finished: usize,
}

/// Seals some of what is left with older keys anew, and deletes the keys that nothing needs any more.
pub fn renew(tx: &mut Tx, now: Millis) -> Result<Renewal, Fault> {
    tx.take_turn(RENEWING)?;
    let keys = tx.keys().clone();
    keys.refresh()?;
    let mut persons = keys.unfinished(PERSONS)?;
    // Once each, however many older keys: those that were not retired come first.
    let mut seen = HashSet::new();
    persons.retain(|(controller, person, _)| seen.insert((*controller, *person)));
    let mut done = Renewal::default();
    for (controller, person, retired) in persons {
        let rows = renew_person(tx, controller, person)?;
        done.rows += rows;
        match retired {
            _ if rows > 0 => {}
            None => keys.retire(controller, person, now)?,
            Some(retired) if now.since(retired) > KEPT => {
                keys.drop_retired(controller, person, now.plus(-KEPT))?;
                done.finished += 1;
            }
            Some(_) => {}
        }
    }
    Ok(done)
}

/// At most [`ROWS`] lines and assignments of a person's, and their own row. Says how many rows were sealed anew.
fn renew_person(tx: &mut Tx, controller: ControllerId, of: PersonId) -> Result<usize, Fault> {
    let Some(newest) = tx.keys().newest_version(controller, of)? else { return Ok(0) };
    Ok(renew_row(tx, controller, of, newest)?
        + renew_lines(tx, controller, of, newest)?
        + renew_titles(tx, controller, of, newest)?)
}

fn again(tx: &Tx, spot: &Spot<'_>, field: &[u8]) -> Result<Vec<u8>, Fault> {
    let text = tx.keys().unseal(spot, field)?.ok_or(Fault::NoKey)?;
    tx.keys().seal(spot, &text)
}

fn renew_row(tx: &mut Tx, controller: ControllerId, of: PersonId, newest: i32) -> Result<usize, Fault> {
    type Row = (Vec<u8>, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>);
    let row: Option<Row> = person::table
        .filter(person::controller_id.eq(controller))
        .filter(person::id.eq(of))
        .select((person::name, person::user_name, person::email, person::external_id))
        .first(tx.connection())
        .optional()?;
    let Some((name, user_name, email, external_id)) = row else { return Ok(0) };
    if version(&name)? == newest {
        return Ok(0);
    }
    let spot = |column| of_person(controller, of, column);
    let some = |column, field: Option<Vec<u8>>| field.map(|field| again(tx, &spot(column), &field)).transpose();
    let (email, external_id) = (some("email", email)?, some("external_id", external_id)?);
    let (name, user_name) = (again(tx, &spot("name"), &name)?, again(tx, &spot("user_name"), &user_name)?);
    diesel::update(person::table)
        .filter(person::controller_id.eq(controller))
        .filter(person::id.eq(of))
        .set((
            person::name.eq(name),
            person::user_name.eq(user_name),
            person::email.eq(email),
            person::external_id.eq(external_id),
        ))
        .execute(tx.connection())?;
    Ok(1)
}

fn renew_lines(tx: &mut Tx, controller: ControllerId, of: PersonId, newest: i32) -> Result<usize, Fault> {
    let rows: Vec<(CalculationId, i16, Vec<u8>, Vec<u8>)> = line::table
        .inner_join(
            calculation::table
                .on(calculation::controller_id.eq(line::controller_id).and(calculation::id.eq(line::calculation_id))),
        )
        .filter(calculation::controller_id.eq(controller))
        .filter(calculation::student_id.eq(of))
        .filter(substr(line::entered, 1, HEADER as i32).ne(header(newest).to_vec()))
        .select((line::calculation_id, line::number, line::entered, line::answer))
        .limit(ROWS)
        .load(tx.connection())?;
    for (id, number, entered, answer) in &rows {
        let row = LineRow::new(*id, *number);
        let (entered, answer) = (
            again(tx, &row.spot(controller, of, "entered"), entered)?,
            again(tx, &row.spot(controller, of, "answer"), answer)?,
        );
        diesel::update(line::table)
            .filter(line::controller_id.eq(controller))
            .filter(line::calculation_id.eq(id))
            .filter(line::number.eq(number))
            .set((line::entered.eq(entered), line::answer.eq(answer)))
            .execute(tx.connection())?;
    }
    Ok(rows.len())
}

fn renew_titles(tx: &mut Tx, controller: ControllerId, of: PersonId, newest: i32) -> Result<usize, Fault> {
    let rows = assignment::table
        .filter(assignment::controller_id.eq(controller))
        .filter(assignment::given_by.eq(of))
        .filter(substr(assignment::title, 1, HEADER as i32).ne(header(newest).to_vec()))
        .select((assignment::id, assignment::title))
        .limit(ROWS)
        .load::<(crate::ids::AssignmentId, Vec<u8>)>(tx.connection())?;
    for (id, title) in &rows {
        let title = again(tx, &sealed::title(controller, of, id), title)?;
        diesel::update(assignment::table)
            .filter(assignment::controller_id.eq(controller))
            .filter(assignment::id.eq(id))
            .set(assignment::title.eq(title))
            .execute(tx.connection())?;
    }
    Ok(rows.len())
}
