//! After their migrations both databases have the same tables: columns with kind, nullability and
//! default, primary and foreign keys, indexes.
//!
//! Each catalogue is asked to tell its tables in the same sentences, which are then compared.

#![expect(clippy::unwrap_used, reason = "a test that can't set itself up has failed")]
#![expect(clippy::disallowed_methods, reason = "a test has no Config to be told its database by")]

use std::{collections::BTreeSet, env, path::Path};

use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text,
};
use vault::{Key, KeyStore, Options, Place, Vault};

const SQLITE: [&str; 4] = [
    r#"SELECT 'column ' || t.name || '.' || c.name || ' '
           || CASE c.type WHEN 'BLOB' THEN 'bytes' WHEN 'INTEGER' THEN 'whole' WHEN 'TEXT' THEN 'text' WHEN 'REAL' THEN 'real' ELSE c.type END
           || iif(c."notnull", ' not null', '') || iif(c.dflt_value IS NULL, '', ' default') AS sentence
       FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE '\_\_diesel%' ESCAPE '\' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'"#,
    r"SELECT 'primary ' || t.name || ' (' || group_concat(c.name, ', ' ORDER BY c.pk) || ')' AS sentence
       FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE '\_\_diesel%' ESCAPE '\' AND c.pk > 0 GROUP BY t.name",
    r#"SELECT 'foreign ' || t.name || ' (' || group_concat(f."from", ', ' ORDER BY f.seq) || ') to ' || f."table"
           || ' (' || group_concat(f."to", ', ' ORDER BY f.seq) || ') on delete ' || lower(f.on_delete) AS sentence
       FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' GROUP BY t.name, f.id"#,
    r#"SELECT iif(l."unique", 'unique ', '') || 'index ' || t.name || ' ('
           || (SELECT group_concat(coalesce(i.name, 'expression'), ', ' ORDER BY i.seqno) FROM pragma_index_info(l.name) i)
           || ')' || iif(l.partial, ' for some rows', '') AS sentence
       FROM sqlite_schema t, pragma_index_list(t.name) l
       WHERE t.type = 'table' AND l.origin <> 'pk'"#,
];

const POSTGRES: [&str; 4] = [
    r"SELECT 'column ' || table_name || '.' || column_name || ' '
           || CASE WHEN data_type = 'bytea' THEN 'bytes' WHEN data_type IN ('bigint', 'integer', 'smallint', 'boolean') THEN 'whole'
                   WHEN data_type = 'text' THEN 'text' WHEN data_type = 'double precision' THEN 'real' ELSE data_type END
           || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
           || CASE WHEN column_default IS NULL THEN '' ELSE ' default' END AS sentence
       FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\_\_diesel%'",
    r"SELECT 'primary ' || t.relname || ' (' || string_agg(a.attname, ', ' ORDER BY k.place) || ')' AS sentence
       FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid, unnest(c.conkey) WITH ORDINALITY k (number, place), pg_attribute a
       WHERE c.contype = 'p' AND c.connamespace = current_schema()::regnamespace AND t.relname NOT LIKE '\_\_diesel%'
           AND a.attrelid = t.oid AND a.attnum = k.number
       GROUP BY t.relname, c.oid",
    r"SELECT 'foreign ' || t.relname || ' (' || string_agg(a.attname, ', ' ORDER BY k.place) || ') to ' || f.relname
           || ' (' || string_agg(b.attname, ', ' ORDER BY k.place) || ') on delete '
           || CASE c.confdeltype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
                                 WHEN 'n' THEN 'set null' ELSE 'set default' END AS sentence
       FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid,
           unnest(c.conkey, c.confkey) WITH ORDINALITY k (number, other, place), pg_attribute a, pg_attribute b
       WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace
           AND a.attrelid = t.oid AND a.attnum = k.number AND b.attrelid = f.oid AND b.attnum = k.other
       GROUP BY t.relname, f.relname, c.oid",
    r"SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || 'index ' || t.relname || ' ('
           || (SELECT string_agg(coalesce(a.attname, 'expression'), ', ' ORDER BY k.place)
               FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
               LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number AND k.number > 0)
           || ')' || CASE WHEN i.indpred IS NULL THEN '' ELSE ' for some rows' END AS sentence
       FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
       WHERE NOT i.indisprimary AND t.relnamespace = current_schema()::regnamespace",
];

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    sentence: String,
}

#[test]
fn both_databases_have_the_same_tables() {
    let Ok(url) = env::var("STEGVIS_TEST_POSTGRES") else {
        assert!(env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_err(), "STEGVIS_TEST_POSTGRES is to name a database");
        eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so the tables are not compared");
        return;
    };
    let sqlite = tables_of_sqlite("");
    let postgres = tables_of_postgres(&url);
    assert!(sqlite.len() > 100, "hardly anything to compare: {sqlite:#?}");
    let only_sqlite: Vec<_> = sqlite.difference(&postgres).collect();
    let only_postgres: Vec<_> = postgres.difference(&sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only on SQLite: {only_sqlite:#?}\nonly on PostgreSQL: {only_postgres:#?}"
    );
}

#[test]
fn every_kind_of_difference_is_told() {
    let plain = tables_of_sqlite("");
    let changed = tables_of_sqlite(
        "CREATE TABLE extra (a BLOB NOT NULL, b INTEGER DEFAULT 1, c REAL REFERENCES extra (a) ON DELETE CASCADE, PRIMARY KEY (a, b), UNIQUE (c));
         CREATE INDEX extra_b ON extra (b, c) WHERE b > 0;",
    );
    let told: Vec<_> = changed.difference(&plain).map(String::as_str).collect();
    let expected = [
        "column extra.a bytes not null",
        "column extra.b whole default",
        "column extra.c real",
        "foreign extra (c) to extra (a) on delete cascade",
        "index extra (b, c) for some rows",
        "primary extra (a, b)",
        "unique index extra (c)",
    ];
    assert_eq!(told, expected);
}

fn tables_of_sqlite(and: &str) -> BTreeSet<String> {
    let directory = tempfile::TempDir::new().unwrap();
    let (data, keys) = (directory.path().join("tables.db"), directory.path().join("keys.db"));
    let place = |file: &Path| Place::Sqlite { file: file.to_path_buf(), key: Key::from_bytes([7; 32]) };
    let store = KeyStore { beside_data: true, ..KeyStore::new(place(&keys), Key::from_bytes([9; 32])) };
    make(Options::new(place(&data), store));
    let mut sentences = BTreeSet::new();
    for (store, file, and) in [("", data, and), ("keys: ", keys, "")] {
        let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
        let key = "07".repeat(32);
        connection
            .batch_execute(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA cipher_hmac_algorithm = HMAC_SHA256; {and}"))
            .unwrap();
        for query in SQLITE {
            let told: Vec<Told> = sql_query(query).load(&mut connection).unwrap();
            sentences.extend(told.into_iter().map(|told| format!("{store}{}", told.sentence)));
        }
    }
    sentences
}

fn tables_of_postgres(url: &str) -> BTreeSet<String> {
    let schema = format!("same_tables_{}", std::process::id());
    let place = |schema: String| Place::Postgres { url: url.to_owned(), schema: Some(schema), connections: 1 };
    let keys = KeyStore::new(place(format!("{schema}_keys")), Key::from_bytes([9; 32]));
    make(Options::new(place(schema.clone()), keys));
    let mut connection = PgConnection::establish(url).unwrap();
    let mut sentences = BTreeSet::new();
    for (store, schema) in [("", schema.clone()), ("keys: ", format!("{schema}_keys"))] {
        connection.batch_execute(&format!("SET search_path = {schema}; SET client_min_messages = warning")).unwrap();
        for query in POSTGRES {
            let told: Vec<Told> = sql_query(query).load(&mut connection).unwrap();
            sentences.extend(told.into_iter().map(|told| format!("{store}{}", told.sentence)));
        }
    }
    connection.batch_execute(&format!("DROP SCHEMA {schema}, {schema}_keys CASCADE")).unwrap();
    sentences
}

fn make(options: Options) {
    let vault = Vault::open(options).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(vault.close());
}
