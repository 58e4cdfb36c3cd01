//! Many at once, each reading before it writes: nothing may be lost.

use std::thread;

use super::*;

const THREADS: i64 = 8;
const EACH: i64 = 250;
const STUDENTS: i64 = 40;

/// Reads a student's sum and version, then writes the next; refused when somebody else was first.
async fn add_one(vault: &Vault, student: i64) -> Result<bool, Fault> {
    let (sum, version) = vault
        .read(move |tx| {
            let sum = numbers(tx, &format!("SELECT sum AS number FROM tally WHERE id = {student}"))?;
            let version = numbers(tx, &format!("SELECT version AS number FROM tally WHERE id = {student}"))?;
            Ok::<_, Fault>((sum[0], version[0]))
        })
        .await?;
    vault
        .write(move |tx| {
            let taken = sql_query(format!(
                "UPDATE tally SET sum = {}, version = {} WHERE id = {student} AND version = {version}",
                sum + 1,
                version + 1
            ))
            .execute(tx.connection())?;
            Ok(taken == 1)
        })
        .await
}

async fn crowd(vault: Vault) {
    vault
        .write(|tx| {
            run(tx, "CREATE TABLE tally (id BIGINT PRIMARY KEY, sum BIGINT NOT NULL, version BIGINT NOT NULL)")?;
            (0..STUDENTS).try_for_each(|id| run(tx, &format!("INSERT INTO tally VALUES ({id}, 0, 0)")))
        })
        .await
        .unwrap();
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            let vault = vault.clone();
            thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    for step in 0..EACH {
                        while !add_one(&vault, (thread * 7 + step) % STUDENTS).await.unwrap() {}
                    }
                });
            })
        })
        .collect();
    for thread in threads {
        tokio::task::spawn_blocking(move || thread.join().unwrap()).await.unwrap();
    }
    let sum =
        "SELECT CAST(SUM(sum) AS BIGINT) AS number FROM tally UNION ALL SELECT CAST(SUM(version) AS BIGINT) FROM tally";
    let kept = vault.read(move |tx| numbers(tx, sum)).await.unwrap();
    assert_eq!(kept, [THREADS * EACH, THREADS * EACH]);
}

#[test]
fn nothing_is_lost_in_a_crowd() {
    on_both(crowd);
}
