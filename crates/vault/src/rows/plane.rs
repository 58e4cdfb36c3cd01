//! Everything that is stored, as somebody would have it who has the databases and every key that still exists: what an
//! attack on forgotten data starts from. For a copy of one's own data, read by whoever runs the server; nothing of it is
//! shown.

use std::collections::BTreeMap;

use diesel::{prelude::*, sql_query, sql_types::Text};
use serde_json::{Map, Value};

use super::sealed::{LineRow, answer, ground, of_person, title};
use crate::{
    Keys,
    connection::{Connection, Tx},
    fault::Fault,
    ids::{AssignmentId, CalculationId, ControllerId, HoldId, PersonId, RequestId},
    keys::envelope::Spot,
    registry::{Column, Store, Treatment, columns},
};

/// What marks bytes in a row that came as text.
pub const BYTES: &str = "\\x";

/// A row of any table.
#[derive(Clone)]
pub struct PlaneRow {
    pub table: &'static str,
    /// By column. Bytes are [`BYTES`] and hexadecimal digits; what is sealed is opened, and is nothing where no key opens
    /// it any more.
    pub values: Map<String, Value>,
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

type Id = [u8; 16];

/// All rows of both stores, table by table.
pub fn all(tx: &mut Tx) -> Result<Vec<PlaneRow>, Fault> {
    let mut plane = Vec::new();
    let mut students: BTreeMap<Id, Id> = BTreeMap::new();
    let keys = tx.keys().clone();
    for table in tables() {
        let Some(first) = table.first() else { continue };
        let names: Vec<&'static str> = table.iter().map(|column| column.name).collect();
        let told = match first.store {
            Store::Data => read(tx.connection(), first.table, &names)?,
            Store::Keys => keys.look(|connection| read(connection, first.table, &names))?,
        };
        for row in told {
            let values: Map<String, Value> = serde_json::from_str(&row.told)
                .map_err(|error| Fault::Unavailable(format!("a row of {}: {error}", first.table)))?;
            let mut row = PlaneRow { table: first.table, values };
            if first.table == "calculation"
                && let (Some(id), Some(student)) = (row.id("id"), row.id("student_id"))
            {
                students.insert(id, student);
            }
            open(&keys, &mut row, &table, &students)?;
            plane.push(row);
        }
    }
    Ok(plane)
}

fn tables() -> Vec<Vec<Column>> {
    let mut tables: Vec<Vec<Column>> = Vec::new();
    for column in columns() {
        match tables.last_mut().filter(|table| table.iter().all(|other| other.table == column.table)) {
            Some(table) => table.push(column),
            None => tables.push(vec![column]),
        }
    }
    tables
}

fn read(connection: &mut Connection, table: &'static str, names: &[&'static str]) -> Result<Vec<Told>, Fault> {
    Ok(match connection {
        Connection::Sqlite(each) => {
            let fields: Vec<_> = names
                .iter()
                .map(|name| {
                    format!(
                        "'{name}', CASE typeof({name}) WHEN 'blob' THEN '{BYTES}' || lower(hex({name})) ELSE {name} END"
                    )
                })
                .collect();
            sql_query(format!("SELECT json_object({}) AS told FROM {table}", fields.join(", "))).load(each)?
        }
        Connection::Postgres(each) => {
            let fields = names.join(", ");
            sql_query(format!("SELECT row_to_json(t)::text AS told FROM (SELECT {fields} FROM {table}) t"))
                .load(each)?
        }
    })
}

impl PlaneRow {
    /// The id that stands in a column.
    #[must_use]
    pub fn id(&self, column: &str) -> Option<Id> {
        bytes(self.values.get(column)?)?.try_into().ok()
    }
}

fn bytes(value: &Value) -> Option<Vec<u8>> {
    let digits = value.as_str()?.strip_prefix(BYTES)?;
    (0..digits.len() / 2).map(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()).collect()
}

/// Opens what is sealed in a row; what cannot be opened is nothing.
fn open(keys: &Keys, row: &mut PlaneRow, table: &[Column], students: &BTreeMap<Id, Id>) -> Result<(), Fault> {
    let Some(controller) = row.id("controller_id").map(ControllerId::from_bytes) else { return Ok(()) };
    let (id, named) = (row.id("id").unwrap_or_default(), |column: &str| row.id(column).map(PersonId::from_bytes));
    let calculation = row.id("calculation_id").unwrap_or_default();
    let number = row.values.get("number").and_then(Value::as_i64).and_then(|number| i16::try_from(number).ok());
    let line = LineRow::new(CalculationId::from_bytes(calculation), number.unwrap_or(0));
    let (of_assignment, of_request, of_hold) =
        (AssignmentId::from_bytes(id), RequestId::from_bytes(id), HoldId::from_bytes(id));
    let whose = match row.table {
        "person" => named("id"),
        "line" => students.get(&calculation).copied().map(PersonId::from_bytes),
        "assignment" => named("given_by"),
        _ => named("person_id"),
    };
    for column in table.iter().filter(|column| column.treatment == Treatment::Shred) {
        let Some(sealed) = row.values.get(column.name).and_then(bytes) else { continue };
        let spot: Option<Spot<'_>> = whose.and_then(|whose| match row.table {
            "person" => Some(of_person(controller, whose, column.name)),
            "line" => Some(line.spot(controller, whose, column.name)),
            "assignment" => Some(title(controller, whose, &of_assignment)),
            "request" => Some(answer(controller, whose, &of_request)),
            "hold" => Some(ground(controller, whose, &of_hold)),
            _ => None,
        });
        let text = match spot {
            Some(spot) => keys.unseal(&spot, &sealed)?,
            None => None,
        };
        row.values.insert(column.name.to_owned(), text.map_or(Value::Null, Value::String));
    }
    Ok(())
}
