//! People on their own with something in every table, beside a school.

use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Text},
};

use super::*;
use crate::{
    access::{self, IndividualSight},
    connection::{Connection, on_each},
    keys::envelope::Spot,
    registry::{Category, Column, Store, Treatment, columns, under_a_controller},
    rows::{
        consents,
        sealed::{LineRow, answer, ground, of_person, title},
    },
};

/// Somebody on their own, or one of two under a controller: the number tells them from others.
#[derive(Clone, Copy)]
pub(super) struct Alone {
    number: u8,
    controller: u8,
    /// Who did what was done for them.
    by: u8,
}

const fn alone(number: u8) -> Alone {
    Alone { number, controller: number, by: number }
}

impl Alone {
    pub(super) const fn controller(self) -> ControllerId {
        ControllerId::from_bytes([self.controller; 16])
    }

    pub(super) const fn person(self) -> PersonId {
        PersonId::from_bytes([self.number + 1; 16])
    }

    const fn by(self) -> PersonId {
        PersonId::from_bytes([self.by + 1; 16])
    }

    pub(super) fn user_name(self) -> String {
        format!("alone{}", self.number)
    }

    pub(super) fn me(self) -> Me {
        Me { controller: self.controller(), person: self.person() }
    }

    /// The id of what a table has of theirs.
    pub(super) fn id(self, table: &str) -> [u8; 16] {
        match table {
            "controller" => [self.controller; 16],
            "person" => *self.person().as_bytes(),
            "by" => *self.by().as_bytes(),
            _ => {
                let mut id = [self.number; 16];
                for (at, letter) in table.bytes().enumerate() {
                    id[1 + at % 15] = id[1 + at % 15].wrapping_mul(31).wrapping_add(letter);
                }
                id
            }
        }
    }

    /// What stands as text in a column of theirs.
    pub(super) fn text(self, column: &Column) -> String {
        format!("märke {} {} {}", self.number, column.table, column.name)
    }

    pub(super) fn sight(self, tx: &mut Tx) -> Result<IndividualSight, Fault> {
        access::individual(tx, &self.me(), NOW).map_err(|_| Fault::NoKey)
    }
}

pub(super) const INES: Alone = alone(40);
pub(super) const EVA: Alone = alone(60);
/// Two of one controller; what was done for Dina, Cleo did.
pub(super) const CLEO: Alone = Alone { number: 80, controller: 100, by: 80 };
pub(super) const DINA: Alone = Alone { number: 90, controller: 100, by: 80 };

#[derive(QueryableByName)]
pub(super) struct Told {
    #[diesel(sql_type = Text)]
    pub(super) told: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

fn tables() -> Vec<Vec<Column>> {
    let mut tables: Vec<Vec<Column>> = Vec::new();
    for column in columns().filter(|column| column.store == Store::Data) {
        match tables.last_mut().filter(|table| table[0].table == column.table) {
            Some(table) => table.push(column),
            None => tables.push(vec![column]),
        }
    }
    tables.retain(|table| table.iter().any(|column| column.name == "controller_id"));
    tables
}

fn count(connection: &mut Connection, table: &str, of: ControllerId) -> i64 {
    let is_postgres = matches!(connection, Connection::Postgres(_));
    let text =
        format!("SELECT count(*) AS rows FROM {table} WHERE controller_id = {}", literal(is_postgres, of.as_bytes()));
    on_each!(connection, each => sql_query(text).get_result::<Count>(each)).unwrap().rows
}

/// How many rows each table of both stores has under a controller.
pub(super) fn counts(vault: &Vault, tx: &mut Tx, of: ControllerId) -> Vec<(&'static str, i64)> {
    // What is chained tells of nobody, and outlasts everybody.
    let data =
        tables().into_iter().map(|table| table[0].table).filter(|name| !["audit_head", "audit_event"].contains(name));
    let mut counts: Vec<_> = data.map(|table| (table, count(tx.connection(), table, of))).collect();
    for table in under_a_controller(Store::Keys) {
        counts.push((table, vault.keys().look(|connection| Ok(count(connection, table, of))).unwrap()));
    }
    counts
}

pub(super) async fn counted(vault: &Vault, of: Alone) -> Vec<(&'static str, i64)> {
    let inner = vault.clone();
    vault.read(move |tx| Ok::<_, Fault>(counts(&inner, tx, of.controller()))).await.unwrap()
}

/// «name type» of the columns of a table.
fn types(tx: &mut Tx, table: &str) -> Vec<String> {
    let told: Vec<Told> = match tx.connection() {
        Connection::Sqlite(each) => {
            sql_query(format!("SELECT name || ' ' || lower(type) AS told FROM pragma_table_info('{table}')")).load(each)
        }
        Connection::Postgres(each) => sql_query(format!(
            "SELECT column_name || ' ' || data_type AS told FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = '{table}'"
        ))
        .load(each),
    }
    .unwrap();
    told.into_iter().map(|row| row.told).collect()
}

/// A value for a column, as SQL: an id of theirs, sealed words, a marker, a moment or a number.
fn value(tx: &Tx, of: Alone, column: &Column, kind: &str, is_postgres: bool) -> String {
    let seal = |spot: &Spot<'_>| literal(is_postgres, &tx.keys().seal(spot, &of.text(column)).unwrap());
    let line = LineRow::new(CalculationId::from_bytes(of.id("calculation")), 1);
    let assignment = crate::AssignmentId::from_bytes(of.id("assignment"));
    let id = |table: &str| literal(is_postgres, &of.id(table));
    match (column.table, column.name, kind) {
        ("person", ..) if column.treatment == Treatment::Shred => {
            seal(&of_person(of.controller(), of.person(), column.name))
        }
        ("line", ..) if column.treatment == Treatment::Shred => {
            seal(&line.spot(of.controller(), of.person(), column.name))
        }
        ("assignment", ..) if column.treatment == Treatment::Shred => {
            seal(&title(of.controller(), of.by(), &assignment))
        }
        ("request", ..) if column.treatment == Treatment::Shred => {
            seal(&answer(of.controller(), of.person(), &crate::RequestId::from_bytes(of.id("request"))))
        }
        ("hold", ..) if column.treatment == Treatment::Shred => {
            seal(&ground(of.controller(), of.person(), &crate::HoldId::from_bytes(of.id("hold"))))
        }
        _ if column.category == Category::Person && column.treatment == Treatment::Null => id("by"),
        (table, "id", "blob" | "bytea") => id(table),
        (_, "controller_id", _) => id("controller"),
        (_, "group_id", _) => id("teaching_group"),
        (_, "student_id" | "guardian_id" | "child_id", _) => id("person"),
        (_, "session_hash", _) => id("token_hash"),
        ("audit_personal", "subject_id", _) => id("person"),
        ("audit_personal", "actor_id", _) => id("by"),
        ("audit_personal", "actor_controller_id", _) => id("controller"),
        ("audit_personal", "subject_kind", _) => "'person'".to_owned(),
        (_, name, "blob" | "bytea") => id(name.strip_suffix("_id").unwrap_or(name)),
        (_, "seq", _) => of.number.to_string(),
        (_, name, "integer" | "bigint") if name.ends_with("at") => NOW.0.to_string(),
        (.., "text") => format!("'{}'", of.text(column)),
        (.., "boolean") => "true".to_owned(),
        (.., "real" | "double precision") => "0.5".to_owned(),
        _ => "1".to_owned(),
    }
}

/// Something in every table that hangs under a controller; a table that is added later gets its row here by itself.
pub(super) fn plant(tx: &mut Tx, of: Alone) -> Result<(), Fault> {
    let new = NewController {
        id: of.controller(),
        kind: consents::INDIVIDUAL.to_owned(),
        name: "individual".to_owned(),
        time_zone: "Europe/Stockholm".to_owned(),
        created_at: NOW,
    };
    if !people::controllers(tx)?.contains(&of.controller()) {
        people::add_controller(tx, &new)?;
    }
    let user_name = of.user_name();
    let person = NewPerson { controller_id: of.controller(), ..new_person(of.person(), &user_name, &user_name) };
    people::add_person(tx, &person)?;
    accounts::set_password(tx, of.controller(), of.person(), "$argon2id$hash", NOW)?;
    let group = GroupId::from_bytes(of.id("teaching_group"));
    tx.keys().make_cards(of.controller(), group, &[(of.person(), of.number.to_string())], (NOW, NOW.plus(1)))?;
    tx.keys().rotate_controller(of.controller(), NOW)?;
    let id = MembershipId::from_bytes(of.id("membership"));
    let member = NewMembership {
        controller: of.controller(),
        school: None,
        group: None,
        ..in_group(of.person(), 1, Role::Individual)
    };
    people::add_membership(tx, &NewMembership { id, ..member })?;
    let is_postgres = matches!(tx.connection(), Connection::Postgres(_));
    for table in tables() {
        let name = table[0].table;
        // Those have been added; a chain has one end.
        if ["controller", "person", "student", "membership"].contains(&name)
            || (name == "audit_head" && count(tx.connection(), name, of.controller()) > 0)
        {
            continue;
        }
        let types = types(tx, name);
        let values: Vec<String> = table
            .iter()
            .map(|column| {
                let kind = types.iter().find_map(|told| told.strip_prefix(&format!("{} ", column.name))).unwrap();
                value(tx, of, column, kind, is_postgres)
            })
            .collect();
        let names: Vec<_> = table.iter().map(|column| column.name).collect();
        run(tx, &format!("INSERT INTO {name} ({}) VALUES ({})", names.join(", "), values.join(", ")))?;
    }
    Ok(())
}

/// Alva and Bo at their school, Ines and Eva on their own with something in every table.
pub(super) async fn settle_all(options: &Options) -> Vault {
    let vault = Vault::open(options.clone()).unwrap();
    settle(&vault).await;
    vault
        .write(|tx| {
            plant(tx, INES)?;
            plant(tx, EVA)
        })
        .await
        .unwrap();
    let counts = counted(&vault, INES).await;
    assert!(counts.len() > 20);
    let empty: Vec<_> = counts.iter().filter(|(_, rows)| *rows == 0).collect();
    assert!(empty.is_empty(), "nothing was planted in {empty:?}");
    vault
}

pub(super) async fn school(vault: &Vault) -> Vec<(&'static str, i64)> {
    let inner = vault.clone();
    vault.read(move |tx| Ok::<_, Fault>(counts(&inner, tx, CONTROLLER))).await.unwrap()
}

pub(super) fn left(counts: &[(&'static str, i64)]) -> Vec<(&'static str, i64)> {
    counts.iter().filter(|(_, rows)| *rows > 0).copied().collect()
}
