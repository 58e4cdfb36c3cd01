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
//! Of the rows that only name who did something there is what somebody made themselves (`MADE`); what they decided about
//! things of others is told by the audit, under `did`. Nobody else's id stands in it.

mod put;

use std::collections::BTreeMap;

use serde_json::Value;

use self::put::Copied;
use super::told::{self, Row, bytes};
use crate::{
    Me,
    connection::Tx,
    fault::Fault,
    ids::PersonId,
    registry::{BRANCHES, Category, Column, Export, Treatment, columns},
};

/// What there is one of; everything else is a list.
const SINGLE: [&str; 5] = ["controller", "person", "person.report", "model", "model.general"];
/// Tables whose rows are also in the copy of who made them: work that was given, and what was said of what is to be
/// recommended.
const MADE: [&str; 2] = ["assignment", "steering"];
/// Columns that name people without being theirs.
const NAMING: [&str; 2] = ["actor_id", "subject_id"];
/// Names of places and events, by their ids.
type Names = BTreeMap<Vec<u8>, Value>;

/// The copy. Times are milliseconds since 1970, UTC.
pub fn of(tx: &mut Tx, me: &Me) -> Result<Row, Fault> {
    let mut copied = Copied::of(me);
    let mut names = Names::new();
    for table in tables() {
        let Some(whose) = mine(&table) else { continue };
        let rows = told::those(tx, &table, &whose, me)?;
        if is_named_only(&table) {
            names.extend(rows.iter().filter_map(|row| Some((bytes(row, "id")?, row.get("name")?.clone()))));
            continue;
        }
        for mut row in rows {
            // A title is in the words of who gave the work.
            let whose = if table.first().is_some_and(|column| column.table == "assignment") {
                told::id(&row, "given_by").map(PersonId::from_bytes)
            } else {
                Some(me.person)
            };
            told::unseal(tx.keys(), me.controller, whose, &table, &mut row)?;
            leave_out_others(me, &table, &mut row);
            copied.put(&table, &row, &names);
        }
    }
    Ok(copied.finish())
}

/// The columns of each table that holds something under a controller, in the order of the registry.
fn tables() -> Vec<Vec<Column>> {
    let mut tables = told::tables();
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

/// Takes the ids of others out of a row.
fn leave_out_others(me: &Me, table: &[Column], row: &mut Row) {
    let me = me.person.as_bytes().as_slice();
    for column in table {
        let is_naming = column.category == Category::Person || NAMING.contains(&column.name);
        if is_naming && bytes(row, column.name).is_some_and(|id| id != me) {
            row.insert(column.name.to_owned(), Value::Null);
        }
    }
}
