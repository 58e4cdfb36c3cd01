//! How the data and the key store are. Nothing here changes anything, and none of it tells what anybody wrote.

use diesel::{
    PgConnection, QueryResult, RunQueryDsl, SqliteConnection, backend::Backend, connection::LoadConnection, sql_query,
};

use super::{Part, Tables, file, tables};
use crate::{
    KeyStore, Keys, OpenError, Place,
    settings::{Answer, postgres, sqlite},
    time::Millis,
};

/// What stands in the data, seen at one time.
pub struct Look {
    pub tables: Tables,
    /// What the database found wrong with itself.
    pub damage: Vec<String>,
    /// How many decide here; none in a new house.
    pub controllers: i64,
    /// When somebody last signed in or handed in a line.
    pub newest: Option<Millis>,
    /// What the time is at PostgreSQL's machine.
    pub clock: Option<Millis>,
    /// By what the data name their key store.
    key_store: Option<String>,
}

/// How the key store is.
pub struct KeysLook {
    pub tables: Tables,
    /// Whether the recovery sheet is kept; nothing where there are no keys yet.
    pub confirmed: Option<bool>,
}

/// Reads answers of one column of text.
pub(super) fn rows<C>(connection: &mut C, query: &str) -> QueryResult<Vec<String>>
where
    C: LoadConnection,
    diesel::query_builder::SqlQuery: for<'q> diesel::query_dsl::LoadQuery<'q, C, Answer>,
{
    let answers: Vec<Answer> = sql_query(query).load(connection)?;
    Ok(answers.into_iter().map(|answer| answer.0).collect())
}

const VERSIONS: &str = "SELECT CAST(version AS TEXT) FROM __diesel_schema_migrations ORDER BY version";

/// The migrations that a place has; none where there is nothing.
pub(super) fn applied(place: &Place) -> Result<Vec<String>, OpenError> {
    match place {
        Place::Sqlite { file, .. } if !is_there(file) => Ok(Vec::new()),
        Place::Sqlite { file, key } => {
            applied_sqlite(&mut sqlite::open(file, key, sqlite::Purpose::Read, file::CACHE_MIB)?)
        }
        Place::Postgres { url, schema, .. } => applied_postgres(&mut postgres::open(url, schema.as_deref())?),
    }
}

/// An empty file is one that SQLite was about to fill.
fn is_there(file: &std::path::Path) -> bool {
    file.metadata().is_ok_and(|found| found.len() > 0)
}

pub(super) fn applied_sqlite(connection: &mut SqliteConnection) -> Result<Vec<String>, OpenError> {
    let there = "SELECT name FROM sqlite_schema WHERE name = '__diesel_schema_migrations'";
    if rows(connection, there)?.is_empty() { Ok(Vec::new()) } else { Ok(rows(connection, VERSIONS)?) }
}

fn applied_postgres(connection: &mut PgConnection) -> Result<Vec<String>, OpenError> {
    let there = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() \
                 AND tablename = '__diesel_schema_migrations'";
    if rows(connection, there)?.is_empty() { Ok(Vec::new()) } else { Ok(rows(connection, VERSIONS)?) }
}

/// Whether a PostgreSQL database has no tables at all.
pub(super) fn is_empty(url: &str, schema: Option<&str>) -> Result<bool, OpenError> {
    let mut connection = postgres::open(url, schema)?;
    let any = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() LIMIT 1";
    Ok(rows(&mut connection, any)?.is_empty())
}

/// What is asked of the current tables.
const CONTROLLERS: &str = "SELECT CAST(count(*) AS TEXT) FROM controller";
pub(super) const NEWEST: &str = "SELECT CAST(at AS TEXT) FROM \
     (SELECT max(created_at) AS at FROM session UNION ALL SELECT max(last_at) FROM student) AS moment \
     WHERE at IS NOT NULL ORDER BY at";

/// Looks at the data, also while a server has them open. `thoroughly` reads every page.
///
/// # Errors
/// When they cannot be opened, are not encrypted, or a setting that keeps them safe does not take.
pub fn look(place: &Place, thoroughly: bool) -> Result<Look, OpenError> {
    let tables = tables(place, Part::Data)?;
    let mut look = Look { tables, damage: vec![], controllers: 0, newest: None, clock: None, key_store: None };
    match place {
        Place::Sqlite { .. } if look.tables == Tables::Absent => {}
        Place::Sqlite { file, key } => {
            let mut connection = sqlite::open(file, key, sqlite::Purpose::Read, file::CACHE_MIB)?;
            look.damage = file::damage(&mut connection, thoroughly)?;
            look.fill(&mut connection, "SELECT lower(hex(key_store)) FROM house")?;
        }
        Place::Postgres { url, schema, .. } => {
            let mut connection = postgres::open(url, schema.as_deref())?;
            let now = "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)::text";
            look.clock = number(&rows(&mut connection, now)?).map(Millis);
            let failures = "SELECT checksum_failures::text FROM pg_stat_database \
                            WHERE datname = current_database() AND checksum_failures > 0";
            let failures = rows(&mut connection, failures)?;
            look.damage = failures.into_iter().map(|pages| format!("{pages} pages with a wrong checksum")).collect();
            look.fill(&mut connection, "SELECT encode(key_store, 'hex') FROM house")?;
        }
    }
    Ok(look)
}

impl Look {
    fn fill<C>(&mut self, connection: &mut C, key_store: &str) -> Result<(), OpenError>
    where
        C: LoadConnection,
        C::Backend: Backend,
        diesel::query_builder::SqlQuery: for<'q> diesel::query_dsl::LoadQuery<'q, C, Answer>,
    {
        if self.tables == Tables::Current {
            self.key_store = rows(connection, key_store)?.pop();
            self.controllers = number(&rows(connection, CONTROLLERS)?).unwrap_or(0);
            self.newest = number(&rows(connection, NEWEST)?).map(Millis);
        }
        Ok(())
    }

    fn names_keys(&self) -> Option<Vec<u8>> {
        let digits = self.key_store.as_deref()?;
        (0..digits.len() / 2).map(|at| u8::from_str_radix(digits.get(at * 2..at * 2 + 2)?, 16).ok()).collect()
    }
}

fn number(answers: &[String]) -> Option<i64> {
    answers.last()?.parse().ok()
}

/// Looks whether the key store is there, opens with the master key, and is the one that the data name.
///
/// # Errors
/// [`OpenError::WrongMasterKey`], [`OpenError::KeysMissing`], [`OpenError::ForeignKeys`], and when it cannot be opened.
pub fn look_at_keys(store: &KeyStore, data: Option<&Look>) -> Result<KeysLook, OpenError> {
    let tables = tables(&store.place, Part::Keys)?;
    let named = data.and_then(Look::names_keys);
    if tables == Tables::Absent && named.is_some() {
        return Err(OpenError::KeysMissing);
    }
    let mut confirmed = None;
    // Opening would bring older tables up to date, and make keys where there are none.
    if tables == Tables::Current && has_keys(&store.place)? {
        let failed = |fault: crate::Fault| OpenError::Keys(fault.to_string());
        confirmed = Some(Keys::open_for(store, named.as_deref())?.is_confirmed().map_err(failed)?);
    }
    Ok(KeysLook { tables, confirmed })
}

fn has_keys(place: &Place) -> Result<bool, OpenError> {
    let any = "SELECT CAST(count(*) AS TEXT) FROM key_ring";
    let found = match place {
        Place::Sqlite { file, key } => rows(&mut sqlite::open(file, key, sqlite::Purpose::Read, 1)?, any)?,
        Place::Postgres { url, schema, .. } => rows(&mut postgres::open(url, schema.as_deref())?, any)?,
    };
    Ok(number(&found).is_some_and(|rings| rings > 0))
}
