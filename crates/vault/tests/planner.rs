//! SQLite's planner finds one person's rows without reading the whole municipality.
//!
//! It knows nothing of how the rows lie but what the migration tells it. Without that it takes the controller's part of
//! a primary key for selective: with 40,000 students, one sign-in then read 40,000 memberships.

#![expect(clippy::unwrap_used, reason = "a test that can't set itself up has failed")]

use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text,
};
use vault::{Key, KeyStore, Options, Place, Vault};

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

/// A new database, and the folder that goes with it when it is dropped.
fn fresh() -> (tempfile::TempDir, SqliteConnection) {
    let directory = tempfile::TempDir::new().unwrap();
    let file = directory.path().join("plans.db");
    let place = |file| Place::Sqlite { file, key: Key::from_bytes([7; 32]) };
    let keys = KeyStore::new(place(directory.path().join("keys.db")), Key::from_bytes([9; 32]));
    drop(Vault::open(Options::new(place(file.clone()), KeyStore { beside_data: true, ..keys })).unwrap());
    let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    let key = "07".repeat(32);
    connection
        .batch_execute(&format!(
            "PRAGMA key = \"x'{key}'\"; PRAGMA cipher_hmac_algorithm = HMAC_SHA256; PRAGMA busy_timeout = 5000;"
        ))
        .unwrap();
    (directory, connection)
}

#[test]
fn every_index_that_begins_with_the_controller_has_its_figures() {
    let (_folder, mut connection) = fresh();
    let without: Vec<Told> = sql_query(
        "SELECT t.name || ': ' || l.name AS told
         FROM sqlite_schema t, pragma_index_list(t.name) l, pragma_index_info(l.name) i
         WHERE t.type = 'table' AND i.seqno = 0 AND i.name = 'controller_id'
           AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 s
                           WHERE s.tbl = t.name AND s.idx = iif(l.origin = 'pk', t.name, l.name))",
    )
    .load(&mut connection)
    .unwrap();
    assert!(without.is_empty(), "{:?}", without.first().map(|row| &row.told));
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// How SQLite goes about a query.
fn plan_of(query: &str) -> Vec<String> {
    let (_folder, mut connection) = fresh();
    let steps: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(&mut connection).unwrap();
    steps.into_iter().map(|step| step.detail).collect()
}

#[test]
fn somebodys_memberships_are_found_by_the_person() {
    let plan = plan_of(
        "SELECT role FROM membership WHERE controller_id = x'00' AND person_id = x'01' AND from_at <= 1 AND (to_at IS NULL OR \
         to_at > 1)",
    );
    assert!(plan.iter().all(|step| step.contains("person_id=?")), "{plan:?}");
}

/// Each recommendation asks for it; somebody who has finished thousands has one or none.
#[test]
fn what_somebody_has_begun_is_found_without_what_they_have_finished() {
    let plan = plan_of(
        "SELECT id, exercise FROM calculation WHERE controller_id = x'00' AND student_id = x'01' AND finished_at IS NULL AND \
         left_at IS NULL ORDER BY opened_at DESC LIMIT 20",
    );
    let [step] = plan.as_slice() else { panic!("{plan:?}") };
    assert!(step.contains("calculation_unfinished (controller_id=? AND student_id=?)"), "{step}");
}
