//! A copy of an SQLite file.
//!
//! SQLCipher's own export writes what one transaction sees into a second file, so the copy is of one moment, also while
//! the server's process writes: readers of other processes are as good as its own (WAL). It is one file without a log.

use std::path::Path;

use diesel::{RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query};

use super::{CareError, back::Content, look::rows};
use crate::{
    Key, OpenError,
    fault::is_no_room,
    settings::{Answer, sqlite},
    time::Millis,
};

/// The page cache of whoever copies or migrates.
pub(super) const CACHE_MIB: u32 = 64;

/// Writes the copy; `to` is there and empty. Says which migrations the tables have.
pub(super) fn make(file: &Path, key: &Key, to: &Path) -> Result<Vec<String>, CareError> {
    // The server itself may be the one who has the file open.
    let mut connection = sqlite::open_another(file, key, sqlite::Purpose::Write, CACHE_MIB)?;
    let name = to.to_str().ok_or_else(|| CareError::NotWritten("the path is not UTF-8".into()))?;
    export(&mut connection, key, name).map_err(|error| match is_no_room(&error) {
        true => CareError::NotWritten("the disk is full".into()),
        false => CareError::NotWritten(error.to_string()),
    })?;
    compare(&mut connection, to)?;
    let versions = super::look::applied_sqlite(&mut connection)?;
    let ended = connection.batch_execute("COMMIT; DETACH DATABASE copy");
    ended.map_err(|error| CareError::NotWritten(error.to_string()))?;
    Ok(versions)
}

/// Leaves the transaction open, in which the copy is then compared.
fn export(connection: &mut SqliteConnection, key: &Key, to: &str) -> Result<(), diesel::result::Error> {
    key.with_attachment(to, |statement| connection.batch_execute(statement))?;
    for setting in sqlite::cipher() {
        if let Some(value) = &setting.value {
            connection.batch_execute(&format!("PRAGMA copy.{} = {value}", setting.name))?;
        }
    }
    connection.batch_execute("PRAGMA copy.synchronous = FULL; BEGIN; SELECT sqlcipher_export('copy')")
}

/// Every table is there with as many rows.
fn compare(connection: &mut SqliteConnection, to: &Path) -> Result<(), CareError> {
    let tables = rows(connection, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0")?;
    for table in tables {
        let mut count = |of: &str| -> Result<String, CareError> {
            let query = format!("SELECT CAST(count(*) AS TEXT) FROM {of}.\"{table}\"");
            let answer: Answer = sql_query(query).get_result(connection)?;
            Ok(answer.0)
        };
        if count("main")? != count("copy").unwrap_or_default() {
            let what = format!("its table {table} has not every row");
            return Err(CareError::Damaged { file: to.to_owned(), what });
        }
    }
    Ok(())
}

/// Opens a copy, and says which migrations there are.
pub(super) fn opens(copy: &Path, key: &Key) -> Result<(SqliteConnection, Vec<String>), CareError> {
    let damaged = |what: &str| CareError::Damaged { file: copy.to_owned(), what: what.to_owned() };
    let mut connection = sqlite::open_copy(copy, key)?;
    let versions = super::look::applied_sqlite(&mut connection).map_err(|error| damaged(&error.to_string()))?;
    if versions.is_empty() { Err(damaged("it holds no tables of Stegvis'")) } else { Ok((connection, versions)) }
}

/// Reads every page and every row, and says which migrations there are.
pub(super) fn check(copy: &Path, key: &Key) -> Result<Vec<String>, CareError> {
    let damaged = |what: String| CareError::Damaged { file: copy.to_owned(), what };
    let (mut connection, versions) = opens(copy, key)?;
    match damage(&mut connection, true) {
        Ok(found) if found.is_empty() => Ok(versions),
        Ok(_) => Err(damaged("parts of it were changed or cannot be read".into())),
        Err(error) => Err(damaged(error.to_string())),
    }
}

/// Rows by table, and when somebody last signed in or handed in a line, if the tables are those that this program knows.
pub(super) fn rows_in(copy: &Path, key: &Key, is_current: bool) -> Result<Content, CareError> {
    let mut connection = sqlite::open_copy(copy, key)?;
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite%'";
    let mut held = Content::default();
    for table in rows(&mut connection, tables)? {
        let count = rows(&mut connection, &format!("SELECT CAST(count(*) AS TEXT) FROM \"{table}\""))?;
        held.rows.insert(table, count.first().and_then(|count| count.parse().ok()).unwrap_or(0));
    }
    if is_current {
        let newest = rows(&mut connection, super::look::NEWEST)?;
        held.newest = newest.last().and_then(|at| at.parse().ok()).map(Millis);
    }
    Ok(held)
}

/// Gives a file another key, in its place.
pub(super) fn exchange_key(copy: &Path, old: &Key, new: &Key) -> Result<(), CareError> {
    let mut connection = sqlite::open_alone(copy, old)?;
    let exchanged = new.with_exchange(|statement| connection.batch_execute(statement));
    exchanged.map_err(|error| CareError::NotWritten(error.to_string()))
}

/// What is wrong with a file: nothing if it is well. Thoroughly is page by page and row by row, which takes a while.
pub(super) fn damage(connection: &mut SqliteConnection, thoroughly: bool) -> Result<Vec<String>, OpenError> {
    let mut found = Vec::new();
    if thoroughly {
        found.extend(rows(connection, "PRAGMA cipher_integrity_check")?);
    }
    let check = if thoroughly { "PRAGMA integrity_check(20)" } else { "PRAGMA quick_check(20)" };
    found.extend(rows(connection, check)?.into_iter().filter(|answer| answer != "ok"));
    Ok(found)
}
