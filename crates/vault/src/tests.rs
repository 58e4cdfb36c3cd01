//! The engine on real databases: an encrypted file in a directory of its own, and PostgreSQL in a
//! schema of its own.

#![expect(clippy::disallowed_methods, reason = "a test has no Config, and may look at a real clock")]

mod audit;
mod care;
mod crowd;
mod full_disk;
mod keys;
mod opening;
mod postgres;
mod reading;
mod writing;

use std::{
    future::Future,
    path::{Path, PathBuf},
    sync::{Mutex, mpsc},
};

use diesel::{RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::BigInt};
use tempfile::TempDir;
use tokio::task::{JoinHandle, yield_now};

use crate::{Fault, Key, KeyStore, Keys, Options, Place, Tx, Vault};

/// What a test's closure may refuse with, besides the engine's faults.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("not wanted")]
    Unwanted,
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A directory with room for one SQLite file.
struct Ground {
    directory: TempDir,
}

impl Ground {
    fn new() -> Self {
        Self { directory: TempDir::new().unwrap() }
    }

    fn file(&self) -> PathBuf {
        self.directory.path().join("stegvis.db")
    }

    fn options(&self) -> Options {
        options(&self.file())
    }

    fn open(&self) -> Vault {
        Vault::open(self.options()).unwrap()
    }
}

fn key() -> Key {
    Key::from_bytes([7; 32])
}

fn master() -> Key {
    Key::from_bytes([9; 32])
}

/// A key store beside the file, as only a test's may.
fn keys_beside(file: &Path) -> KeyStore {
    let place = Place::Sqlite { file: file.with_extension("keys"), key: key() };
    KeyStore { beside_data: true, ..KeyStore::new(place, master()) }
}

fn options(file: &Path) -> Options {
    Options::new(Place::Sqlite { file: file.to_path_buf(), key: key() }, keys_beside(file))
}

/// A table for the tests alone.
async fn lay_table(vault: &Vault) {
    vault.write(|tx| run(tx, "CREATE TABLE mark (number BIGINT PRIMARY KEY, text TEXT NOT NULL)")).await.unwrap();
}

fn run(tx: &mut Tx, sql: &str) -> Result<(), Fault> {
    Ok(tx.connection().batch_execute(sql)?)
}

fn mark(tx: &mut Tx, number: i64) -> Result<(), Fault> {
    run(tx, &format!("INSERT INTO mark (number, text) VALUES ({number}, 'klotter')"))
}

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The answer to a query with one column called `number`.
fn numbers(tx: &mut Tx, sql: &str) -> Result<Vec<i64>, Fault> {
    let rows: Vec<Number> = sql_query(sql).load(tx.connection())?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}

async fn marks(vault: &Vault) -> Vec<i64> {
    vault.read(|tx| numbers(tx, "SELECT number FROM mark ORDER BY number")).await.unwrap()
}

/// A write that holds the writer until it is let go, so that what is queued meanwhile shares the
/// next commit.
struct Held {
    go: mpsc::Sender<()>,
    write: JoinHandle<Result<(), Fault>>,
}

impl Held {
    async fn hold(vault: &Vault) -> Self {
        let (go, wait) = mpsc::channel();
        let (begun, has_begun) = mpsc::channel();
        let (wait, begun) = (Mutex::new(wait), Mutex::new(begun));
        let write = queue(vault, move |_| {
            begun.lock().unwrap().send(()).unwrap();
            wait.lock().unwrap().recv().unwrap();
            Ok(())
        })
        .await;
        has_begun.recv().unwrap();
        Self { go, write }
    }

    async fn let_go(self) {
        self.go.send(()).unwrap();
        self.write.await.unwrap().unwrap();
    }
}

/// Puts a write into the queue, in the order of the calls, without waiting for its answer.
async fn queue<T, E, F>(vault: &Vault, act: F) -> JoinHandle<Result<T, E>>
where
    F: Fn(&mut Tx) -> Result<T, E> + Send + Sync + 'static,
    T: Send + 'static,
    E: From<Fault> + Send + 'static,
{
    let vault = vault.clone();
    let queued = tokio::spawn(async move { vault.write(act).await });
    yield_now().await;
    queued
}

/// Runs a test on both databases: `test` gets a vault with the table of [`lay_table`].
fn on_both<F: Future<Output = ()>>(test: impl Fn(Vault) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ground = Ground::new();
        let vault = ground.open();
        lay_table(&vault).await;
        test(vault).await;
        if let Some(schema) = postgres::Schema::new() {
            let vault = schema.open();
            lay_table(&vault).await;
            test(vault).await;
        }
    });
}
