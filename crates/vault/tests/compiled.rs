//! How the bundled SQLite was compiled: `.cargo/config.toml` says it and why. A build that passes over that file would
//! be slower by half without a word.

use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query, sql_types::Text};

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    compile_options: String,
}

#[test]
fn sqlite_is_compiled_as_the_workspace_says() {
    let mut connection = SqliteConnection::establish(":memory:").unwrap();
    let told: Vec<Told> =
        sql_query("SELECT compile_options FROM pragma_compile_options").load(&mut connection).unwrap();
    let told: Vec<&str> = told.iter().map(|row| row.compile_options.as_str()).collect();
    for option in ["ENABLE_QPSG", "DEFAULT_MEMSTATUS=0", "THREADSAFE=2"] {
        assert!(told.contains(&option), "SQLite was compiled without {option}: {told:?}");
    }
    assert!(!told.contains(&"ENABLE_MEMORY_MANAGEMENT"), "SQLite shares its page cache: {told:?}");
}
