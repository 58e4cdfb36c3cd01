//! PostgreSQL: durable commits whatever the server's default, and nothing that waits for ever.

use std::time::Duration;

use diesel::{Connection as _, PgConnection, RunQueryDsl, connection::SimpleConnection, sql_query};

use super::{Answer, Setting};
use crate::OpenError;

/// What libpq is told unless the address says otherwise. It waits for minutes on an address that swallows packets, and
/// for hours on one that stopped answering in the middle of a conversation.
const LIMITS: [(&str, &str); 6] = [
    // Seconds until an address that doesn't answer is given up; libpq takes no less than 2.
    ("connect_timeout", "2"),
    // Milliseconds for which what was sent may stay unacknowledged.
    ("tcp_user_timeout", "5000"),
    ("keepalives", "1"),
    // Seconds of silence until the other end is asked whether it is there, between two questions, and how many.
    ("keepalives_idle", "5"),
    ("keepalives_interval", "2"),
    ("keepalives_count", "2"),
];

/// How long a statement may run where nobody said how long they wait.
pub(crate) const STATEMENT: Duration = Duration::from_secs(30);
/// How long a statement waits for a lock, at most.
const LOCK: Duration = Duration::from_secs(5);

/// Server processes that start together take turns at the tables with this advisory lock; the
/// number is the ASCII of «stegvis».
pub(crate) const TURN: i64 = 0x0073_7465_6776_6973;

/// Connects to `url`, with `schema` in front of everything when it is given.
///
/// # Errors
/// [`OpenError::Unreachable`], [`OpenError::Setting`].
pub(crate) fn open(url: &str, schema: Option<&str>) -> Result<PgConnection, OpenError> {
    open_for(url, schema, STATEMENT)
}

/// The same for whoever waits no longer than `patience` for a statement.
///
/// # Errors
/// As [`open`].
pub(crate) fn open_for(url: &str, schema: Option<&str>, patience: Duration) -> Result<PgConnection, OpenError> {
    let mut connection = connect(url)?;
    apply(&mut connection, &settings(schema, patience))?;
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
    let settings: Vec<_> = settings(schema, STATEMENT)
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

pub(crate) fn settings(schema: Option<&str>, patience: Duration) -> Vec<Setting> {
    let timeout = |name, longest: Duration| {
        let told = told(patience.min(longest));
        Setting::new(name, format!("'{told}'"), told)
    };
    let mut settings = vec![
        Setting::found("server_encoding", "UTF8"),
        Setting::found("fsync", "on"),
        Setting::new("synchronous_commit", "on", "on"),
        // A plan does not depend on what is bound, as on SQLite: no statement is planned anew each time it runs.
        Setting::new("plan_cache_mode", "'force_generic_plan'", "force_generic_plan"),
        timeout("statement_timeout", STATEMENT),
        timeout("lock_timeout", LOCK),
        Setting::new("idle_in_transaction_session_timeout", "'1min'", "1min"),
        Setting::new("application_name", "'stegvis'", "stegvis"),
    ];
    if let Some(schema) = schema {
        settings.push(Setting::new("search_path", format!("\"{schema}\""), schema));
    }
    settings
}

/// A time as PostgreSQL says it back.
fn told(time: Duration) -> String {
    let milliseconds = time.as_millis().max(1);
    if milliseconds.is_multiple_of(1000) { format!("{}s", milliseconds / 1000) } else { format!("{milliseconds}ms") }
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
    PgConnection::establish(&with_limits(url)).map_err(|error| OpenError::Unreachable(error.to_string()))
}

/// The address with those of [`LIMITS`] that it does not set itself.
fn with_limits(url: &str) -> String {
    let mut made = url.to_owned();
    for (name, value) in LIMITS {
        let setting = format!("{name}={value}");
        if url.contains(&format!("{name}=")) {
            continue;
        }
        let between = match (url.contains("://"), made.contains('?')) {
            (false, _) => ' ',
            (true, false) => '?',
            (true, true) => '&',
        };
        made.push(between);
        made.push_str(&setting);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_added_unless_they_are_there() {
        let rest = |between: &str| {
            LIMITS[1..].iter().map(|(name, value)| format!("{between}{name}={value}")).collect::<String>()
        };
        for (given, made) in [
            ("postgres://a/b", format!("postgres://a/b?connect_timeout=2{}", rest("&"))),
            ("postgres://a/b?host=/tmp", format!("postgres://a/b?host=/tmp&connect_timeout=2{}", rest("&"))),
            ("host=a dbname=b", format!("host=a dbname=b connect_timeout=2{}", rest(" "))),
            ("postgres://a/b?connect_timeout=1", format!("postgres://a/b?connect_timeout=1{}", rest("&"))),
        ] {
            assert_eq!(with_limits(given), made);
        }
    }

    #[test]
    fn times_are_told_as_postgresql_says_them_back() {
        for (time, text) in [(30_000, "30s"), (2_000, "2s"), (1_500, "1500ms"), (0, "1ms")] {
            assert_eq!(told(Duration::from_millis(time)), text);
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
