//! A copy of everything that is stored of an individual, put together from the registry: every column that says where a
//! person finds it stands there, so that none that is added later is left out.
//!
//! | in the registry | in the copy |
//! |---|---|
//! | `person.name` | a field of the object `person` |
//! | `sessions.browser` | a field of each element of the list `sessions`, one a row |
//! | `calculations.lines.entered` | a field of each element of `lines` in the calculation whose row it goes with |
//! | `memberships.school` | the name of the school whose id stands in the row |

use std::collections::BTreeMap;

use diesel::{prelude::*, sql_query, sql_types::Binary, sql_types::Text};
use serde_json::{Map, Value};

use super::sealed::{LineRow, answer, ground, of_person, title};
use crate::{
    access::IndividualSight,
    connection::{Connection, Tx},
    fault::Fault,
    ids::{AssignmentId, CalculationId, ControllerId, HoldId, RequestId},
    keys::envelope::Spot,
    registry::{Column, Export, Store, Treatment, columns},
};

/// What there is one of; everything else is a list.
const SINGLE: [&str; 5] = ["controller", "person", "person.report", "model", "model.general"];
/// Truth values, which SQLite holds as numbers.
const TRUTHS: [&str; 3] = ["protected", "correct", "holds"];
/// What marks bytes in a row that came as text.
const BYTES: &str = "\\x";

type Row = Map<String, Value>;

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

/// The copy. Times are milliseconds since 1970, UTC.
pub fn of(tx: &mut Tx, sight: &IndividualSight) -> Result<Row, Fault> {
    let mut copy = Row::new();
    let mut names = BTreeMap::new();
    for columns in tables() {
        let rows = rows(tx, &columns, sight.controller)?;
        if is_named_only(&columns) {
            names.extend(rows.iter().filter_map(|row| Some((bytes_of(row, "id")?, row.get("name")?.clone()))));
            continue;
        }
        for mut row in rows {
            unseal(tx, sight, &columns, &mut row)?;
            place(&mut copy, &columns, &row, &names);
        }
    }
    Ok(copy)
}

/// The columns of each table that holds something under a controller, in the order of the registry.
fn tables() -> Vec<Vec<Column>> {
    let mut tables: Vec<Vec<Column>> = Vec::new();
    for column in columns() {
        match tables.last_mut().filter(|table| table.iter().all(|other| other.table == column.table)) {
            Some(table) => table.push(column),
            None => tables.push(vec![column]),
        }
    }
    tables.retain(|table| key_of(table).is_some() && table.iter().any(|column| path(column).is_some()));
    tables
}

/// The column that says whose the rows are.
fn key_of(table: &[Column]) -> Option<&'static str> {
    let named = |name| table.iter().find(|column| column.name == name).map(|column| column.name);
    if table.first()?.table == "controller" { named("id") } else { named("controller_id") }
}

/// Where a column stands in the copy: the container and the field. What says whose a row is says it once, above.
fn path(column: &Column) -> Option<(&'static str, &'static str)> {
    match column.export {
        Export::Path(path) => path.rsplit_once('.'),
        Export::Not(_) => None,
    }
}

/// Of a school, a group or an event the name is told, where a row of the person's names it.
fn is_named_only(table: &[Column]) -> bool {
    let told: Vec<_> = table.iter().filter(|column| path(column).is_some()).collect();
    matches!(told.as_slice(), [column] if column.name == "name" && path(column).is_some_and(|(at, _)| !SINGLE.contains(&at)))
}

/// All rows of a table under a controller; bytes as text that begins with [`BYTES`].
fn rows(tx: &mut Tx, table: &[Column], of: ControllerId) -> Result<Vec<Row>, Fault> {
    let Some((first, key)) = table.first().zip(key_of(table)) else { return Ok(Vec::new()) };
    let names: Vec<&'static str> = table.iter().map(|column| column.name).collect();
    let read = |connection: &mut Connection| read_rows(connection, first.table, &names, key, of);
    let told = match first.store {
        Store::Data => read(tx.connection())?,
        Store::Keys => tx.keys().look(read)?,
    };
    let rows = told.into_iter().map(|row| serde_json::from_str(&row.told));
    rows.collect::<Result<_, _>>().map_err(|error| Fault::Unavailable(format!("a row for a copy: {error}")))
}

fn read_rows(
    connection: &mut Connection,
    table: &'static str,
    names: &[&'static str],
    key: &'static str,
    of: ControllerId,
) -> Result<Vec<Told>, Fault> {
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
            let fields = fields.join(", ");
            sql_query(format!("SELECT json_object({fields}) AS told FROM {table} WHERE {key} = ?"))
                .bind::<Binary, _>(of)
                .load(each)?
        }
        Connection::Postgres(each) => {
            let fields = names.join(", ");
            let text =
                format!("SELECT row_to_json(t)::text AS told FROM (SELECT {fields} FROM {table} WHERE {key} = $1) t");
            sql_query(text).bind::<Binary, _>(of).load(each)?
        }
    })
}

/// Opens what is sealed. What cannot be opened any more is told as nothing.
fn unseal(tx: &Tx, sight: &IndividualSight, table: &[Column], row: &mut Row) -> Result<(), Fault> {
    let parent = bytes_of(row, "calculation_id").and_then(|id| id.try_into().ok()).map(CalculationId::from_bytes);
    let number = row.get("number").and_then(Value::as_i64).and_then(|number| i16::try_from(number).ok());
    let line = parent.zip(number).map(|(calculation, number)| LineRow::new(calculation, number));
    let id: Option<[u8; 16]> = bytes_of(row, "id").and_then(|id| id.try_into().ok());
    let assignment = id.map(AssignmentId::from_bytes);
    let (request, hold) = (id.map(RequestId::from_bytes), id.map(HoldId::from_bytes));
    for column in table.iter().filter(|column| column.treatment == Treatment::Shred) {
        let Some(field) = bytes_of(row, column.name) else { continue };
        let spot: Option<Spot<'_>> = match (column.table, &line, &assignment) {
            ("person", ..) => Some(of_person(sight.controller, sight.person, column.name)),
            ("line", Some(line), _) => Some(line.spot(sight.controller, sight.person, column.name)),
            ("assignment", _, Some(id)) => Some(title(sight.controller, sight.person, id)),
            ("request", ..) => request.as_ref().map(|id| answer(sight.controller, sight.person, id)),
            ("hold", ..) => hold.as_ref().map(|id| ground(sight.controller, sight.person, id)),
            _ => None,
        };
        let text = tx.keys().unseal(&spot.ok_or(Fault::Sealed)?, &field)?;
        row.insert(column.name.to_owned(), text.map_or(Value::Null, Value::String));
    }
    Ok(())
}

/// Puts a row into the copy, where its columns say.
fn place(copy: &mut Row, table: &[Column], row: &Row, names: &BTreeMap<Vec<u8>, Value>) {
    let told: Vec<_> = table.iter().filter_map(|column| Some((path(column)?, column))).collect();
    let Some(home) =
        told.iter().map(|((at, _), _)| *at).max_by_key(|at| at.matches('.').count() * 100 + own(at, &told))
    else {
        return;
    };
    let mut fields = Row::new();
    let mut parent = None;
    for ((at, field), column) in &told {
        let value = readable(column, row, names);
        if *at == home {
            fields.insert((*field).to_owned(), value);
        } else if SINGLE.contains(at) {
            if let Some(object) = object_at(copy, at) {
                object.entry(*field).or_insert(value);
            }
        } else if *field == "id" {
            parent = Some(value);
        }
    }
    if SINGLE.contains(&home) {
        if let Some(object) = object_at(copy, home) {
            object.extend(fields);
        }
        return;
    }
    let (above, last) = home.rsplit_once('.').unwrap_or(("", home));
    let within = if above.is_empty() {
        Some(copy)
    } else if SINGLE.contains(&above) {
        object_at(copy, above)
    } else {
        parent.and_then(|id| element(copy.entry(above).or_insert_with(|| Value::Array(Vec::new())), &id))
    };
    let Some(within) = within else { return };
    let list = within.entry(last).or_insert_with(|| Value::Array(Vec::new()));
    match fields.get("id").cloned().and_then(|id| element(list, &id)) {
        Some(same) => same.extend(fields),
        None => {
            if let Value::Array(list) = list {
                list.push(Value::Object(fields));
            }
        }
    }
}

/// How many of a table's columns stand there: where most do, its rows are at home.
fn own(at: &str, told: &[((&str, &str), &Column)]) -> usize {
    told.iter().filter(|((other, _), _)| *other == at).count()
}

fn object_at<'a>(copy: &'a mut Row, at: &str) -> Option<&'a mut Row> {
    let mut object = copy;
    for part in at.split('.') {
        object = object.entry(part).or_insert_with(|| Value::Object(Row::new())).as_object_mut()?;
    }
    Some(object)
}

/// The element of a list with this id.
fn element<'a>(list: &'a mut Value, id: &Value) -> Option<&'a mut Row> {
    let objects = list.as_array_mut()?.iter_mut().rev().filter_map(Value::as_object_mut);
    objects.into_iter().find(|object| object.get("id") == Some(id))
}

/// A field as somebody can read it: a name for the id of a place, what is JSON as such.
fn readable(column: &Column, row: &Row, names: &BTreeMap<Vec<u8>, Value>) -> Value {
    let value = row.get(column.name).cloned().unwrap_or_default();
    match &value {
        Value::String(text) if text.starts_with(BYTES) => {
            let name = bytes_of(row, column.name).and_then(|id| names.get(&id).cloned());
            name.unwrap_or_else(|| Value::String(text[BYTES.len()..].to_owned()))
        }
        Value::String(text) if text.starts_with('{') => serde_json::from_str(text).unwrap_or(value),
        Value::Number(number) if TRUTHS.contains(&column.name) => Value::Bool(number.as_i64() != Some(0)),
        _ => value,
    }
}

fn bytes_of(row: &Row, name: &str) -> Option<Vec<u8>> {
    let digits = row.get(name)?.as_str()?.strip_prefix(BYTES)?;
    (0..digits.len() / 2).map(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()).collect()
}
