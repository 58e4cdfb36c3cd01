//! Everything that is stored, as somebody would have it who has the databases and every key that still exists: what an
//! attack on forgotten data starts from. For a copy of one's own data, read by whoever runs the server; nothing of it is
//! shown.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub use super::told::BYTES;
use super::told::{self, tables};
use crate::{
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, PersonId},
};

/// A row of any table.
#[derive(Clone)]
pub struct PlaneRow {
    pub table: &'static str,
    /// By column. Bytes are [`BYTES`] and hexadecimal digits; what is sealed is opened, and is nothing where no key opens
    /// it any more.
    pub values: Map<String, Value>,
}

type Id = [u8; 16];

/// All rows of both stores, table by table.
pub fn all(tx: &mut Tx) -> Result<Vec<PlaneRow>, Fault> {
    let mut plane = Vec::new();
    // By calculation: a line hangs under one, and is sealed for its student.
    let mut students: BTreeMap<Id, Id> = BTreeMap::new();
    let keys = tx.keys().clone();
    for columns in tables() {
        let Some(table) = columns.first().map(|column| column.table) else { continue };
        for mut values in told::all(tx, &columns)? {
            let id = |column: &str| told::id(&values, column);
            if let ("calculation", Some(id), Some(student)) = (table, id("id"), id("student_id")) {
                students.insert(id, student);
            }
            let whose = match table {
                "person" => id("id"),
                "line" => id("calculation_id").and_then(|calculation| students.get(&calculation).copied()),
                "assignment" => id("given_by"),
                _ => id("person_id"),
            };
            if let Some(controller) = id("controller_id") {
                let (of, whose) = (ControllerId::from_bytes(controller), whose.map(PersonId::from_bytes));
                told::unseal(&keys, of, whose, &columns, &mut values)?;
            }
            plane.push(PlaneRow { table, values });
        }
    }
    Ok(plane)
}

impl PlaneRow {
    /// The id that stands in a column.
    #[must_use]
    pub fn id(&self, column: &str) -> Option<Id> {
        told::id(&self.values, column)
    }
}
