use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use diesel::{Connection as _, result::Error as DieselError};

use super::*;
use crate::{connection::Connection, settings::sqlite};

/// Lives as long as the writer's connection does.
async fn sign_connection(vault: &Vault) {
    vault.write(|tx| run(tx, "CREATE TEMP TABLE sign (number INTEGER)")).await.unwrap();
}

async fn is_same_connection(vault: &Vault) -> bool {
    let signs = |tx: &mut Tx| numbers(tx, "SELECT count(*) AS number FROM sqlite_temp_schema");
    vault.write(signs).await.unwrap() == [1]
}

#[tokio::test]
async fn a_panic_loses_its_own_write_only() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    sign_connection(&vault).await;
    let held = Held::hold(&vault).await;
    let first = queue(&vault, |tx| mark(tx, 1)).await;
    let second = queue(&vault, |tx| {
        mark(tx, 2)?;
        tx.connection().transaction(|_| -> Result<(), DieselError> { panic!("on purpose") })?;
        Ok::<_, Fault>(())
    })
    .await;
    let third = queue(&vault, |tx| mark(tx, 3)).await;
    held.let_go().await;
    first.await.unwrap().unwrap();
    assert!(matches!(second.await.unwrap(), Err(Fault::Panicked)));
    third.await.unwrap().unwrap();
    assert_eq!(marks(&vault).await, [1, 3]);
    assert!(is_same_connection(&vault).await);
    // In a job of its own: the batch and the job's savepoint, nothing left over.
    assert_eq!(vault.write(|tx| Ok::<_, Fault>(tx.depth()?)).await.unwrap(), 2);
}

#[tokio::test]
async fn a_refusal_loses_its_own_write_only() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    sign_connection(&vault).await;
    let held = Held::hold(&vault).await;
    let first = queue(&vault, |tx| mark(tx, 1)).await;
    let unwanted = queue(&vault, |tx| {
        mark(tx, 2)?;
        Err::<(), _>(Refused::Unwanted)
    })
    .await;
    let twice = queue(&vault, |tx| {
        mark(tx, 4)?;
        mark(tx, 1)
    })
    .await;
    let last = queue(&vault, |tx| mark(tx, 3)).await;
    held.let_go().await;
    first.await.unwrap().unwrap();
    assert!(matches!(unwanted.await.unwrap(), Err(Refused::Unwanted)));
    assert!(matches!(twice.await.unwrap(), Err(Fault::Database(_))));
    last.await.unwrap().unwrap();
    assert_eq!(marks(&vault).await, [1, 3]);
    assert!(is_same_connection(&vault).await);
}

/// Queues `bad` between two honest writes: all three have to fail, and nothing else afterwards.
async fn spoils_the_batch(bad: fn(&mut Tx) -> Result<(), Fault>) {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    sign_connection(&vault).await;
    let held = Held::hold(&vault).await;
    let first = queue(&vault, |tx| mark(tx, 1)).await;
    let spoiling = queue(&vault, bad).await;
    let third = queue(&vault, |tx| mark(tx, 3)).await;
    held.let_go().await;
    for write in [first, spoiling, third] {
        let answer = write.await.unwrap();
        assert!(matches!(answer, Err(Fault::Unbalanced)), "{answer:?}");
    }
    assert_eq!(marks(&vault).await, Vec::<i64>::new());
    assert!(!is_same_connection(&vault).await);
    vault.write(|tx| mark(tx, 4)).await.unwrap();
    assert_eq!(marks(&vault).await, [4]);
}

#[tokio::test]
async fn a_panic_swallowed_inside_nested_transactions_answers_nobody_with_ok() {
    spoils_the_batch(|tx| {
        mark(tx, 2)?;
        let nested = AssertUnwindSafe(|| {
            tx.connection().transaction(|connection| {
                connection.transaction(|_| -> Result<(), DieselError> { panic!("on purpose") })
            })
        });
        let _swallowed = catch_unwind(nested);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_closure_that_ends_the_engines_savepoint_answers_nobody_with_ok() {
    spoils_the_batch(|tx| {
        mark(tx, 2)?;
        Ok(tx.keep()?)
    })
    .await;
}

#[tokio::test]
async fn a_closure_that_commits_behind_the_engine_is_found_out() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    let answer = vault.write(|tx| run(tx, "COMMIT")).await;
    assert!(matches!(answer, Err(Fault::Unbalanced)), "{answer:?}");
    vault.write(|tx| mark(tx, 4)).await.unwrap();
}

#[tokio::test]
async fn what_is_queued_shares_a_commit_and_no_more_than_may() {
    let ground = Ground::new();
    let vault = Vault::open(Options { batch: 3, ..ground.options() }).unwrap();
    lay_table(&vault).await;
    // What is committed, seen from outside while each write runs.
    let outside = sqlite::open(&ground.file(), &key(), sqlite::Purpose::Read, 1).unwrap();
    let outside = Arc::new(Mutex::new(Tx::new(Connection::Sqlite(outside), vault.keys().clone())));
    let held = Held::hold(&vault).await;
    let mut queued = Vec::new();
    for number in 1..=7 {
        let outside = Arc::clone(&outside);
        let write = queue(&vault, move |tx| {
            mark(tx, number)?;
            numbers(&mut outside.lock().unwrap(), "SELECT count(*) AS number FROM mark")
        });
        queued.push(write.await);
    }
    held.let_go().await;
    let mut committed = Vec::new();
    for write in queued {
        committed.extend(write.await.unwrap().unwrap());
    }
    assert_eq!(committed, [0, 0, 0, 3, 3, 3, 6]);
    assert_eq!(marks(&vault).await, [1, 2, 3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn a_full_queue_says_so_at_once() {
    let ground = Ground::new();
    let vault = Vault::open(Options { queue: 2, ..ground.options() }).unwrap();
    lay_table(&vault).await;
    let held = Held::hold(&vault).await;
    let first = queue(&vault, |tx| mark(tx, 1)).await;
    let second = queue(&vault, |tx| mark(tx, 2)).await;
    assert!(matches!(vault.write(|tx| mark(tx, 3)).await, Err(Fault::Full)));
    held.let_go().await;
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    assert_eq!(marks(&vault).await, [1, 2]);
    vault.write(|tx| mark(tx, 3)).await.unwrap();
}

#[tokio::test]
async fn closing_writes_what_is_queued_and_takes_no_more() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    let held = Held::hold(&vault).await;
    let mut queued = Vec::new();
    for number in 0..600 {
        queued.push(queue(&vault, move |tx| mark(tx, number)).await);
    }
    let closing = tokio::spawn({
        let vault = vault.clone();
        async move { vault.close().await }
    });
    yield_now().await;
    assert!(matches!(vault.write(|tx| mark(tx, 1000)).await, Err(Fault::Closed)));
    held.let_go().await;
    for write in queued {
        write.await.unwrap().unwrap();
    }
    closing.await.unwrap();
    assert!(matches!(vault.read(|_| Ok::<_, Fault>(())).await, Err(Fault::Closed)));
    assert!(matches!(vault.check().await, Err(Fault::Closed)));
    let log = ground.directory.path().join("stegvis.db-wal");
    assert_eq!(log.metadata().map_or(0, |log| log.len()), 0, "the log is in the file");
    drop(vault);
    assert_eq!(marks(&ground.open()).await.len(), 600);
}

#[tokio::test]
async fn an_answer_that_nobody_waits_for_is_written_all_the_same() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    let held = Held::hold(&vault).await;
    let left = queue(&vault, |tx| mark(tx, 1)).await;
    left.abort();
    held.let_go().await;
    vault.write(|tx| mark(tx, 2)).await.unwrap();
    assert_eq!(marks(&vault).await, [1, 2]);
}

#[cfg(feature = "left-out")]
#[tokio::test]
async fn left_out_storage_runs_closures_and_nothing_else() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    vault.close().await;
    drop(vault);
    let vault = Vault::open(Options { storage_left_out: true, ..ground.options() }).unwrap();
    let seen = vault.write(|tx| Ok::<_, Fault>((tx.left_out(), tx.depth()?))).await;
    assert_eq!(seen.unwrap(), (true, 0));
    let panicked = vault.write(|_| -> Result<(), Fault> { panic!("on purpose") }).await;
    assert!(matches!(panicked, Err(Fault::Panicked)));
    vault.check().await.unwrap();
}
