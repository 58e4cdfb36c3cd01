//! Every column of both stores is declared, on both databases, and everything that is declared is there.

#![expect(clippy::unwrap_used, reason = "a test that can't set itself up has failed")]
#![expect(clippy::disallowed_methods, reason = "a test has no Config to be told its database by")]

use std::{
    collections::BTreeSet,
    env,
    path::{Path, PathBuf},
};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text,
};
use vault::{
    Key, KeyStore, Options, Place, Vault,
    registry::{Category, Export, Store, Treatment, columns},
};

const SQLITE: &str = r"SELECT t.name || '.' || c.name AS told FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE '\_\_diesel%' ESCAPE '\' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'";
const POSTGRES: &str = r"SELECT table_name || '.' || column_name AS told FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name NOT LIKE '\_\_diesel%'";

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    told: String,
}

type Columns = BTreeSet<String>;

fn declared(store: Store) -> Columns {
    columns().filter(|column| column.store == store).map(|column| format!("{}.{}", column.table, column.name)).collect()
}

/// What is wrong between a catalogue and the registry, both ways.
fn differences(there: &Columns, declared: &Columns) -> Vec<String> {
    let unlisted = there.difference(declared).map(|column| format!("{column} is not in the registry"));
    let gone = declared.difference(there).map(|column| format!("{column} is in the registry only"));
    unlisted.chain(gone).collect()
}

fn open(options: Options) {
    let vault = Vault::open(options).unwrap();
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(vault.close());
}

/// The catalogues of a new SQLite house, after `and` was run on the data and on the keys.
fn on_sqlite(and: [&str; 2]) -> [Columns; 2] {
    let folder = tempfile::TempDir::new().unwrap();
    let files: [PathBuf; 2] = ["data.db", "keys.db"].map(|name| folder.path().join(name));
    let place = |file: &Path| Place::Sqlite { file: file.to_path_buf(), key: Key::from_bytes([7; 32]) };
    let keys = KeyStore { beside_data: true, ..KeyStore::new(place(&files[1]), Key::from_bytes([9; 32])) };
    open(Options::new(place(&files[0]), keys));
    [0, 1].map(|at| {
        let mut connection = SqliteConnection::establish(files[at].to_str().unwrap()).unwrap();
        let key = "07".repeat(32);
        let unlock = format!("PRAGMA key = \"x'{key}'\"; PRAGMA cipher_hmac_algorithm = HMAC_SHA256; {}", and[at]);
        connection.batch_execute(&unlock).unwrap();
        let told: Vec<Told> = sql_query(SQLITE).load(&mut connection).unwrap();
        told.into_iter().map(|row| row.told).collect()
    })
}

fn on_postgres(url: &str) -> [Columns; 2] {
    let schemas = ["", "_keys"].map(|store| format!("registry_{}{store}", std::process::id()));
    let place = |schema: &str| Place::Postgres { url: url.to_owned(), schema: Some(schema.to_owned()), connections: 1 };
    open(Options::new(place(&schemas[0]), KeyStore::new(place(&schemas[1]), Key::from_bytes([9; 32]))));
    let mut connection = PgConnection::establish(url).unwrap();
    schemas.map(|schema| {
        connection.batch_execute(&format!("SET search_path = {schema}; SET client_min_messages = warning")).unwrap();
        let told: Vec<Told> = sql_query(POSTGRES).load(&mut connection).unwrap();
        connection.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).unwrap();
        told.into_iter().map(|row| row.told).collect()
    })
}

#[test]
fn the_registry_is_the_catalogue_of_sqlite() {
    let [data, keys] = on_sqlite(["", ""]);
    assert!(data.len() > 100 && keys.len() > 20, "hardly anything to compare: {data:?} {keys:?}");
    assert_eq!(differences(&data, &declared(Store::Data)), Vec::<String>::new());
    assert_eq!(differences(&keys, &declared(Store::Keys)), Vec::<String>::new());
}

#[test]
fn the_registry_is_the_catalogue_of_postgresql() {
    let Ok(url) = env::var("STEGVIS_TEST_POSTGRES") else {
        assert!(env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_err(), "STEGVIS_TEST_POSTGRES is to name a database");
        eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so this is not tested on PostgreSQL");
        return;
    };
    let [data, keys] = on_postgres(&url);
    assert_eq!(differences(&data, &declared(Store::Data)), Vec::<String>::new());
    assert_eq!(differences(&keys, &declared(Store::Keys)), Vec::<String>::new());
}

#[test]
fn a_difference_is_seen_either_way() {
    let [data, keys] = on_sqlite([
        "ALTER TABLE person ADD COLUMN nickname TEXT; CREATE TABLE diary (page TEXT)",
        "ALTER TABLE credential DROP COLUMN password_hash",
    ]);
    assert_eq!(
        differences(&data, &declared(Store::Data)),
        ["diary.page is not in the registry", "person.nickname is not in the registry"]
    );
    assert_eq!(differences(&keys, &declared(Store::Keys)), ["credential.password_hash is in the registry only"]);
}

#[test]
fn no_column_is_declared_twice_and_each_says_where_it_goes() {
    let mut seen = BTreeSet::new();
    for column in columns() {
        let name = format!("{:?} {}.{}", column.store, column.table, column.name);
        assert!(seen.insert(name.clone()), "{name} twice");
        let (Export::Path(text) | Export::Not(text)) = column.export;
        assert!(!text.is_empty(), "{name}");
        if column.category == Category::FreeText || column.category == Category::Identity {
            assert_eq!(column.treatment, Treatment::Shred, "{name}");
        }
    }
}
