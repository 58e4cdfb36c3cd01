//! Many rows at once, past the vault, as plain SQL on either database.
#![expect(clippy::disallowed_methods, reason = "what is written is timed on the real clock")]

use std::time::{Duration, Instant};

use anyhow::Context;
use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text,
};

use crate::place::{Place, open};

/// Rows in a statement.
const TOGETHER: usize = 500;
/// Statements in a transaction.
const IN_ONE: usize = 400;
/// How often it is told how far a table has come.
const TELL: Duration = Duration::from_secs(5);

/// A connection that writes the rows of nobody's: references are not looked at and nothing is awaited on the disk.
pub enum Rows {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

/// The second indexes of a table, to be made again.
pub struct Indexes {
    table: &'static str,
    make: Vec<String>,
}

impl Rows {
    /// # Errors
    /// When the database is not there, or the account at PostgreSQL is not its own administrator.
    pub fn open(place: &Place) -> anyhow::Result<Self> {
        let [data, _] = place.urls();
        if let Some(file) = data.strip_prefix("sqlite:") {
            let mut on = open(file)?;
            on.batch_execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA foreign_keys = OFF")?;
            return Ok(Self::Sqlite(on));
        }
        let mut on = PgConnection::establish(&data)?;
        on.batch_execute("SET synchronous_commit = off; SET session_replication_role = replica")
            .context("bulk rows need an administrator of PostgreSQL")?;
        on.batch_execute("SET maintenance_work_mem = '512MB'; SET client_min_messages = warning")?;
        Ok(Self::Postgres(on))
    }

    /// # Errors
    /// What the database says.
    pub fn run(&mut self, sql: &str) -> anyhow::Result<()> {
        match self {
            Self::Sqlite(on) => on.batch_execute(sql)?,
            Self::Postgres(on) => on.batch_execute(sql)?,
        }
        Ok(())
    }

    /// Every row of `SELECT … AS said`.
    ///
    /// # Errors
    /// What the database says.
    pub fn ask(&mut self, sql: &str) -> anyhow::Result<Vec<String>> {
        let query = sql_query(sql);
        let rows: Vec<Said> = match self {
            Self::Sqlite(on) => query.load(on)?,
            Self::Postgres(on) => query.load(on)?,
        };
        Ok(rows.into_iter().map(|row| row.said).collect())
    }

    /// An id as it is written in SQL.
    pub fn id(&self) -> fn(&[u8; 16]) -> String {
        fn digits(bytes: &[u8; 16]) -> String {
            format!("{:032x}", u128::from_be_bytes(*bytes))
        }
        match self {
            Self::Sqlite(_) => |bytes| format!("X'{}'", digits(bytes)),
            Self::Postgres(_) => |bytes| format!("'\\x{}'", digits(bytes)),
        }
    }

    /// Inserts rows, each as it stands between the brackets of VALUES, into a table with its columns, and tells how far it
    /// has come.
    ///
    /// # Errors
    /// What the database says.
    pub fn insert(&mut self, into: &str, rows: impl Iterator<Item = String>) -> anyhow::Result<usize> {
        let table = into.split(' ').next().unwrap_or_default();
        let (begun, mut told) = (Instant::now(), Instant::now());
        let (mut rows, mut count, mut statements) = (rows.peekable(), 0, 0);
        self.run("BEGIN")?;
        while rows.peek().is_some() {
            let some: Vec<String> = rows.by_ref().take(TOGETHER).collect();
            count += some.len();
            self.run(&format!("INSERT INTO {into} VALUES ({})", some.join("), ("))).context(into.to_owned())?;
            statements += 1;
            if statements % IN_ONE == 0 {
                self.run("COMMIT; BEGIN")?;
            }
            if told.elapsed() > TELL {
                eprintln!("  {table}: {count} …");
                told = Instant::now();
            }
        }
        self.run("COMMIT")?;
        eprintln!("  {table}: {count} in {:.1} s", begun.elapsed().as_secs_f64());
        Ok(count)
    }

    /// Takes a table's second indexes away: made at once over all rows they cost a fraction.
    ///
    /// # Errors
    /// What the database says.
    pub fn drop_indexes(&mut self, table: &'static str) -> anyhow::Result<Indexes> {
        let (all, keep) = match self {
            Self::Sqlite(_) => (
                format!(
                    "SELECT name || '|' || sql AS said FROM sqlite_schema
                     WHERE type = 'index' AND tbl_name = '{table}' AND sql IS NOT NULL"
                ),
                // What the planner goes by would go with the index.
                format!("CREATE TEMP TABLE planned AS SELECT * FROM sqlite_stat1 WHERE tbl = '{table}'"),
            ),
            Self::Postgres(_) => (
                format!(
                    "SELECT indexname || '|' || indexdef AS said FROM pg_indexes
                     WHERE schemaname = 'public' AND tablename = '{table}' AND indexname <> '{table}_pkey'"
                ),
                "SELECT 1".to_owned(),
            ),
        };
        let all = self.ask(&all)?;
        self.run(&keep)?;
        let mut make = Vec::new();
        for one in &all {
            let (name, sql) = one.split_once('|').context("an index")?;
            self.run(&format!("DROP INDEX {name}"))?;
            make.push(sql.to_owned());
        }
        Ok(Indexes { table, make })
    }

    /// Makes them again.
    ///
    /// # Errors
    /// What the database says.
    pub fn make_indexes(&mut self, indexes: &Indexes) -> anyhow::Result<()> {
        let begun = Instant::now();
        indexes.make.iter().try_for_each(|make| self.run(make))?;
        if let Self::Sqlite(_) = self {
            let of = format!("SELECT idx FROM sqlite_stat1 WHERE tbl = '{}'", indexes.table);
            self.run(&format!(
                "INSERT INTO sqlite_stat1 SELECT * FROM planned WHERE idx NOT IN ({of}); DROP TABLE planned"
            ))?;
        }
        eprintln!("  {}: {} indexes in {:.1} s", indexes.table, indexes.make.len(), begun.elapsed().as_secs_f64());
        Ok(())
    }

    /// Leaves the database as one that has run for a while.
    ///
    /// # Errors
    /// What the database says.
    pub fn settle(&mut self) -> anyhow::Result<()> {
        match self {
            Self::Sqlite(_) => self.run("PRAGMA wal_checkpoint(TRUNCATE)"),
            Self::Postgres(_) => self.run("VACUUM ANALYZE"),
        }
    }
}
