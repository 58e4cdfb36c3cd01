//! PostgreSQL: durable commits whatever the server's default, and no statement that waits for ever.

use diesel::{Connection as _, PgConnection, RunQueryDsl, connection::SimpleConnection, sql_query};

use super::{Answer, Setting};
use crate::OpenError;

/// Seconds until an address that doesn't answer is given up.
const CONNECT_SECONDS: u32 = 5;

/// Server processes that start together take turns at the tables with this advisory lock; the
/// number is the ASCII of «stegvis».
pub(crate) const TURN: i64 = 0x0073_7465_6776_6973;

/// Connects to `url`, with `schema` in front of everything when it is given.
///
/// # Errors
/// [`OpenError::Unreachable`], [`OpenError::Setting`].
pub(crate) fn open(url: &str, schema: Option<&str>) -> Result<PgConnection, OpenError> {
    let mut connection = connect(url)?;
    apply(&mut connection, &settings(schema))?;
    Ok(connection)
}

/// A connection for migrations: they may take longer than a request. It has waited for any other
/// process that is at them, and keeps others waiting until it is closed. Makes the schema when it
/// isn't there.
pub(crate) fn open_for_migration(url: &str, schema: Option<&str>, turn: i64) -> Result<PgConnection, OpenError> {
    let mut connection = connect(url)?;
    connection.batch_execute(&format!("SELECT pg_advisory_lock({turn})"))?;
    if let Some(schema) = schema {
        check_name(schema)?;
        connection.batch_execute(&format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\""))?;
    }
    let settings: Vec<_> = settings(schema)
        .into_iter()
        .filter(|setting| !["statement_timeout", "lock_timeout"].contains(&setting.name))
        .collect();
    apply(&mut connection, &settings)?;
    Ok(connection)
}

/// Tells and asks the settings in order.
pub(crate) fn apply(connection: &mut PgConnection, settings: &[Setting]) -> Result<(), OpenError> {
    for setting in settings {
        if let Some(value) = &setting.value {
            connection.batch_execute(&format!("SET {} = {value}", setting.name))?;
        }
    }
    for setting in settings {
        let found =
            sql_query(format!("SELECT current_setting('{}')", setting.name)).get_result::<Answer>(connection)?.0;
        setting.compare(found)?;
    }
    Ok(())
}

pub(crate) fn settings(schema: Option<&str>) -> Vec<Setting> {
    let mut settings = vec![
        Setting::found("server_encoding", "UTF8"),
        Setting::found("fsync", "on"),
        Setting::new("synchronous_commit", "on", "on"),
        // A plan does not depend on what is bound, as on SQLite: no statement is planned anew each time it runs.
        Setting::new("plan_cache_mode", "'force_generic_plan'", "force_generic_plan"),
        Setting::new("statement_timeout", "'30s'", "30s"),
        Setting::new("lock_timeout", "'5s'", "5s"),
        Setting::new("idle_in_transaction_session_timeout", "'1min'", "1min"),
        Setting::new("application_name", "'stegvis'", "stegvis"),
    ];
    if let Some(schema) = schema {
        settings.push(Setting::new("search_path", format!("\"{schema}\""), schema));
    }
    settings
}

/// Only plain lowercase names, so that quoting them is enough.
pub(crate) fn check_name(schema: &str) -> Result<(), OpenError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if (1..=63).contains(&schema.len()) && schema.chars().all(plain) {
        return Ok(());
    }
    Err(OpenError::Schema(schema.to_owned()))
}

fn connect(url: &str) -> Result<PgConnection, OpenError> {
    PgConnection::establish(&with_time_limit(url)).map_err(|error| OpenError::Unreachable(error.to_string()))
}

/// libpq waits for minutes on an address that swallows packets unless told otherwise.
fn with_time_limit(url: &str) -> String {
    let setting = format!("connect_timeout={CONNECT_SECONDS}");
    if url.contains("connect_timeout=") {
        url.to_owned()
    } else if !url.contains("://") {
        format!("{url} {setting}")
    } else if url.contains('?') {
        format!("{url}&{setting}")
    } else {
        format!("{url}?{setting}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_limit_is_added_unless_there_is_one() {
        for (given, made) in [
            ("postgres://a/b", "postgres://a/b?connect_timeout=5"),
            ("postgres://a/b?host=/tmp", "postgres://a/b?host=/tmp&connect_timeout=5"),
            ("host=a dbname=b", "host=a dbname=b connect_timeout=5"),
            ("postgres://a/b?connect_timeout=1", "postgres://a/b?connect_timeout=1"),
        ] {
            assert_eq!(with_time_limit(given), made);
        }
    }

    #[test]
    fn only_plain_names_are_schemas() {
        assert!(check_name("school_1").is_ok());
        for name in ["", "a\"b", "Å", "a b", &"a".repeat(64)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
