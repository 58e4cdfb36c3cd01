//! A copy of everything that is stored of somebody, put together from the registry: every column that says where a person
//! finds it stands there, so that none that is added later is left out.
//!
//! | in the registry | in the copy |
//! |---|---|
//! | `person.name` | a field of the object `person` |
//! | `sessions.browser` | a field of each element of the list `sessions`, one a row |
//! | `calculations.lines.entered` | a field of each element of `lines` in the calculation whose row it goes with |
//! | `memberships.school` | the name of the school whose id stands in the row |
//!
//! Which rows are somebody's is taken from the registry as well: those that go with them, and what hangs under such rows.
//! Of the rows that only name who did something there is what somebody made themselves ([`MADE`]); what they decided about
//! things of others is told by the audit, under `did`. Nobody else's id stands in it.

mod put;

use std::collections::BTreeMap;

use diesel::{prelude::*, sql_query, sql_types::Binary, sql_types::Text};
use serde_json::{Map, Value};

use self::put::Copied;
use super::sealed::{LineRow, answer, ground, of_person, title};
use crate::{
    Me,
    connection::{Connection, Tx},
    fault::Fault,
    ids::{AssignmentId, CalculationId, HoldId, PersonId, RequestId},
    keys::envelope::Spot,
    registry::{BRANCHES, Category, Column, Export, Store, Treatment, columns},
};

/// What there is one of; everything else is a list.
const SINGLE: [&str; 5] = ["controller", "person", "person.report", "model", "model.general"];
/// Tables whose rows are also in the copy of who made them: work that was given, and what was said of what is to be
/// recommended.
const MADE: [&str; 2] = ["assignment", "steering"];
/// Columns that name people without being theirs.
const NAMING: [&str; 2] = ["actor_id", "subject_id"];
/// What marks bytes in a row that came as text.
const BYTES: &str = "\\x";

type Row = Map<String, Value>;
/// Names of places and events, by their ids.
type Names = BTreeMap<Vec<u8>, Value>;

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

/// The copy. Times are milliseconds since 1970, UTC.
pub fn of(tx: &mut Tx, me: &Me) -> Result<Row, Fault> {
    let mut copied = Copied::of(me);
    let mut names = Names::new();
    for table in tables() {
        let rows = rows(tx, &table, me)?;
        if is_named_only(&table) {
            names.extend(rows.iter().filter_map(|row| Some((bytes_of(row, "id")?, row.get("name")?.clone()))));
            continue;
        }
        for mut row in rows {
            unseal(tx, me, &table, &mut row)?;
            leave_out_others(me, &table, &mut row);
            copied.put(&table, &row, &names);
        }
    }
    Ok(copied.finish())
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

/// The column that says under which controller the rows are.
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

/// The columns by which rows of a table are somebody's.
fn ties(table: &[Column]) -> Vec<&'static str> {
    let name = table.first().map_or("", |column| column.table);
    let is_tie = |column: &&Column| {
        column.category == Category::Person && (column.treatment != Treatment::Null || MADE.contains(&name))
    };
    table.iter().filter(is_tie).map(|column| column.name).collect()
}

/// Which rows of a table go into the copy, as SQL: `$1` is the controller, `$2` the person. Nothing where none can.
fn mine(table: &[Column]) -> Option<String> {
    let (name, key) = (table.first()?.table, key_of(table)?);
    let any_of = |columns: &[&str]| {
        let each: Vec<_> = columns.iter().map(|column| format!("{column} = $2")).collect();
        (!each.is_empty()).then(|| each.join(" OR "))
    };
    let whose = if name == "controller" || is_named_only(table) {
        "$2 IS NOT NULL".to_owned()
    } else if name == "audit_personal" {
        any_of(&NAMING)?
    } else if name == "audit_event" {
        format!("seq IN (SELECT seq FROM audit_personal WHERE controller_id = $1 AND ({}))", any_of(&NAMING)?)
    } else if let Some(branch) = BRANCHES.iter().find(|branch| branch.table == name) {
        let under: Vec<Column> = columns().filter(|column| column.table == branch.under).collect();
        let (by, of, id) = (branch.column, branch.under, branch.key);
        format!("{by} IN (SELECT {id} FROM {of} WHERE controller_id = $1 AND ({}))", any_of(&ties(&under))?)
    } else {
        any_of(&ties(table))?
    };
    Some(format!("{key} = $1 AND ({whose})"))
}

/// The rows of a table that go into the copy; bytes as text that begins with [`BYTES`].
fn rows(tx: &mut Tx, table: &[Column], me: &Me) -> Result<Vec<Row>, Fault> {
    let Some((first, whose)) = table.first().zip(mine(table)) else { return Ok(Vec::new()) };
    let names: Vec<&'static str> = table.iter().map(|column| column.name).collect();
    let read = |connection: &mut Connection| read_rows(connection, first.table, &names, &whose, me);
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
    whose: &str,
    me: &Me,
) -> Result<Vec<Told>, Fault> {
    Ok(match connection {
        Connection::Sqlite(each) => {
            let field = |name: &&str| {
                format!(
                    "'{name}', CASE typeof({name}) WHEN 'blob' THEN '{BYTES}' || lower(hex({name})) ELSE {name} END"
                )
            };
            let fields = names.iter().map(field).collect::<Vec<_>>().join(", ");
            let whose = whose.replace('$', "?");
            sql_query(format!("SELECT json_object({fields}) AS told FROM {table} WHERE {whose}"))
                .bind::<Binary, _>(me.controller)
                .bind::<Binary, _>(me.person)
                .load(each)?
        }
        Connection::Postgres(each) => {
            let fields = names.join(", ");
            let text =
                format!("SELECT row_to_json(t)::text AS told FROM (SELECT {fields} FROM {table} WHERE {whose}) t");
            sql_query(text).bind::<Binary, _>(me.controller).bind::<Binary, _>(me.person).load(each)?
        }
    })
}

/// Opens what is sealed. What cannot be opened any more is told as nothing.
fn unseal(tx: &Tx, me: &Me, table: &[Column], row: &mut Row) -> Result<(), Fault> {
    let (of, person) = (me.controller, me.person);
    let parent = bytes_of(row, "calculation_id").and_then(|id| id.try_into().ok()).map(CalculationId::from_bytes);
    let number = row.get("number").and_then(Value::as_i64).and_then(|number| i16::try_from(number).ok());
    let line = parent.zip(number).map(|(calculation, number)| LineRow::new(calculation, number));
    let id: Option<[u8; 16]> = bytes_of(row, "id").and_then(|id| id.try_into().ok());
    let assignment = id.map(AssignmentId::from_bytes);
    let (request, hold) = (id.map(RequestId::from_bytes), id.map(HoldId::from_bytes));
    // A title is in the words of who gave the work.
    let giver = bytes_of(row, "given_by").and_then(|id| id.try_into().ok()).map(PersonId::from_bytes);
    for column in table.iter().filter(|column| column.treatment == Treatment::Shred) {
        let Some(field) = bytes_of(row, column.name) else { continue };
        let spot: Option<Spot<'_>> = match (column.table, &line, &assignment) {
            ("person", ..) => Some(of_person(of, person, column.name)),
            ("line", Some(line), _) => Some(line.spot(of, person, column.name)),
            ("assignment", _, Some(_)) if giver.is_none() => {
                row.insert(column.name.to_owned(), Value::Null);
                continue;
            }
            ("assignment", _, Some(id)) => giver.map(|giver| title(of, giver, id)),
            ("request", ..) => request.as_ref().map(|id| answer(of, person, id)),
            ("hold", ..) => hold.as_ref().map(|id| ground(of, person, id)),
            _ => None,
        };
        let text = tx.keys().unseal(&spot.ok_or(Fault::Sealed)?, &field)?;
        row.insert(column.name.to_owned(), text.map_or(Value::Null, Value::String));
    }
    Ok(())
}

/// Takes the ids of others out of a row.
fn leave_out_others(me: &Me, table: &[Column], row: &mut Row) {
    let me = me.person.as_bytes().as_slice();
    for column in table {
        let is_naming = column.category == Category::Person || NAMING.contains(&column.name);
        if is_naming && bytes_of(row, column.name).is_some_and(|id| id != me) {
            row.insert(column.name.to_owned(), Value::Null);
        }
    }
}

fn bytes_of(row: &Row, name: &str) -> Option<Vec<u8>> {
    let digits = row.get(name)?.as_str()?.strip_prefix(BYTES)?;
    (0..digits.len() / 2).map(|at| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()).collect()
}
