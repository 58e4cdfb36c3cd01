//! Rows of any table as JSON, with what is sealed in them opened: for whoever goes by the registry instead of by a table's
//! own types.

use diesel::{prelude::*, sql_query, sql_types::Binary, sql_types::Text};
use serde_json::{Map, Value};

use super::sealed::{LineRow, answer, ground, of_person, title};
use crate::{
    Keys, Me,
    connection::{Connection, Tx},
    fault::Fault,
    ids::{AssignmentId, CalculationId, ControllerId, HoldId, PersonId, RequestId},
    registry::{Column, Store, Treatment, columns},
};

/// What marks bytes in a row that came as text; hexadecimal digits follow.
pub const BYTES: &str = "\\x";

/// By column.
pub(super) type Row = Map<String, Value>;

/// The columns of each table, in the order of the registry.
pub(super) fn tables() -> Vec<Vec<Column>> {
    let mut tables: Vec<Vec<Column>> = Vec::new();
    for column in columns() {
        match tables.last_mut().filter(|table| table.iter().all(|other| other.table == column.table)) {
            Some(table) => table.push(column),
            None => tables.push(vec![column]),
        }
    }
    tables
}

/// All rows of a table.
pub(super) fn all(tx: &mut Tx, table: &[Column]) -> Result<Vec<Row>, Fault> {
    rows(tx, table, "", |connection, sql| {
        Ok(match connection {
            Connection::Sqlite(each) => sql_query(sql).load(each)?,
            Connection::Postgres(each) => sql_query(sql).load(each)?,
        })
    })
}

/// Those rows of which `whose` holds, as SQL: `$1` is the controller, `$2` the person.
pub(super) fn those(tx: &mut Tx, table: &[Column], whose: &str, me: &Me) -> Result<Vec<Row>, Fault> {
    rows(tx, table, &format!(" WHERE {whose}"), |connection, sql| {
        Ok(match connection {
            Connection::Sqlite(each) => sql_query(sql.replace('$', "?"))
                .bind::<Binary, _>(me.controller)
                .bind::<Binary, _>(me.person)
                .load(each)?,
            Connection::Postgres(each) => {
                sql_query(sql).bind::<Binary, _>(me.controller).bind::<Binary, _>(me.person).load(each)?
            }
        })
    })
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

fn rows(
    tx: &mut Tx,
    table: &[Column],
    only: &str,
    load: impl FnOnce(&mut Connection, &str) -> Result<Vec<Told>, Fault>,
) -> Result<Vec<Row>, Fault> {
    let Some(first) = table.first() else { return Ok(Vec::new()) };
    let name = first.table;
    let names: Vec<&'static str> = table.iter().map(|column| column.name).collect();
    let read = |connection: &mut Connection| {
        let sql = match connection {
            Connection::Sqlite(_) => {
                let field = |name: &&str| {
                    format!(
                        "'{name}', CASE typeof({name}) WHEN 'blob' THEN '{BYTES}' || lower(hex({name})) ELSE {name} END"
                    )
                };
                let fields: Vec<_> = names.iter().map(field).collect();
                format!("SELECT json_object({}) AS told FROM {name}{only}", fields.join(", "))
            }
            Connection::Postgres(_) => {
                format!("SELECT row_to_json(t)::text AS told FROM (SELECT {} FROM {name}{only}) t", names.join(", "))
            }
        };
        load(connection, &sql)
    };
    let told = match first.store {
        Store::Data => read(tx.connection())?,
        Store::Keys => tx.keys().clone().look(read)?,
    };
    let rows = told.into_iter().map(|row| serde_json::from_str(&row.told));
    rows.collect::<Result<_, _>>().map_err(|error| Fault::Unavailable(format!("a row of {name}: {error}")))
}

/// The bytes in a column; nothing where there are none.
pub(super) fn bytes(row: &Row, column: &str) -> Option<Vec<u8>> {
    let digits = row.get(column)?.as_str()?.strip_prefix(BYTES)?;
    (0..digits.len() / 2).map(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()).collect()
}

/// The id in a column; nothing where there is none.
pub(super) fn id(row: &Row, column: &str) -> Option<[u8; 16]> {
    bytes(row, column)?.try_into().ok()
}

/// Opens what is sealed in a row of `whose`. What nobody's key opens any more is nothing.
///
/// # Errors
/// [`Fault::Sealed`] for a sealed column that this does not know; what the key store answers.
pub(super) fn unseal(
    keys: &Keys,
    of: ControllerId,
    whose: Option<PersonId>,
    table: &[Column],
    row: &mut Row,
) -> Result<(), Fault> {
    let own = id(row, "id").unwrap_or_default();
    let number = row.get("number").and_then(Value::as_i64).and_then(|number| i16::try_from(number).ok());
    let calculation = CalculationId::from_bytes(id(row, "calculation_id").unwrap_or_default());
    let line = LineRow::new(calculation, number.unwrap_or(0));
    let (assignment, request, hold) =
        (AssignmentId::from_bytes(own), RequestId::from_bytes(own), HoldId::from_bytes(own));
    for column in table.iter().filter(|column| column.treatment == Treatment::Shred) {
        let Some(sealed) = bytes(row, column.name) else { continue };
        let spot = |whose: PersonId| match column.table {
            "person" => Ok(of_person(of, whose, column.name)),
            "line" => Ok(line.spot(of, whose, column.name)),
            "assignment" => Ok(title(of, whose, &assignment)),
            "request" => Ok(answer(of, whose, &request)),
            "hold" => Ok(ground(of, whose, &hold)),
            _ => Err(Fault::Sealed),
        };
        let text = match whose {
            Some(whose) => keys.unseal(&spot(whose)?, &sealed)?,
            None => None,
        };
        row.insert(column.name.to_owned(), text.map_or(Value::Null, Value::String));
    }
    Ok(())
}
