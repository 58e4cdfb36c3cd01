use std::process::Command;

use super::*;

/// Text of some 100 kB.
fn mark_much(tx: &mut Tx, number: i64) -> Result<(), Fault> {
    run(tx, &format!("INSERT INTO mark (number, text) VALUES ({number}, hex(zeroblob(50000)))"))
}

/// Lets the writer's own connection have little room; another connection has all of it again.
async fn narrow(vault: &Vault) {
    let narrow = |tx: &mut Tx| {
        let pages = numbers(tx, "SELECT page_count AS number FROM pragma_page_count")?[0];
        run(tx, &format!("PRAGMA max_page_count = {}", pages + 40))
    };
    vault.write(narrow).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_fails_its_batch_and_nothing_else() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    narrow(&vault).await;
    vault.write(|tx| mark(tx, 1)).await.unwrap();
    let held = Held::hold(&vault).await;
    let before = queue(&vault, |tx| mark(tx, 2)).await;
    let large = queue(&vault, |tx| mark_much(tx, 3).and_then(|()| mark_much(tx, 4))).await;
    let after = queue(&vault, |tx| mark(tx, 5)).await;
    held.let_go().await;
    for write in [before, large, after] {
        let answer = write.await.unwrap();
        assert!(matches!(answer, Err(Fault::NoRoom)), "{answer:?}");
    }
    assert_eq!(marks(&vault).await, [1]);
    vault.write(|tx| mark_much(tx, 6)).await.unwrap();
    assert_eq!(marks(&vault).await, [1, 6]);
}

#[tokio::test]
async fn a_full_disk_that_a_closure_passes_over_is_told_all_the_same() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    narrow(&vault).await;
    let answer = vault
        .write(|tx| {
            mark(tx, 1)?;
            let _passed_over = mark_much(tx, 2).and_then(|()| mark_much(tx, 3));
            Ok::<_, Fault>(())
        })
        .await;
    assert!(matches!(answer, Err(Fault::NoRoom)), "{answer:?}");
    assert_eq!(marks(&vault).await, Vec::<i64>::new());
}

/// A file system of its own, of a few MiB; only where the tests may mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let directory = TempDir::new().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"])
            .arg(directory.path())
            .output()
            .is_ok_and(|done| done.status.success());
        if !mounted {
            eprintln!("note: no right to mount a small disk, this test is left out");
        }
        mounted.then_some(Self(directory))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _unmounted = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[tokio::test]
async fn a_disk_that_is_really_full_heals_when_there_is_room_again() {
    let Some(disk) = SmallDisk::mount() else { return };
    let vault = Vault::open(options(&disk.0.path().join("stegvis.db"))).unwrap();
    lay_table(&vault).await;
    let ballast = disk.0.path().join("ballast");
    std::fs::write(&ballast, vec![1; 1 << 20]).unwrap();
    let mut kept = Vec::new();
    let fault = loop {
        let number = i64::try_from(kept.len()).unwrap();
        match vault.write(move |tx| mark_much(tx, number)).await {
            Ok(()) => kept.push(number),
            Err(fault) => break fault,
        }
        assert!(kept.len() < 100, "the disk never fills");
    };
    assert!(matches!(fault, Fault::NoRoom), "{fault:?}");
    std::fs::remove_file(ballast).unwrap();
    vault.write(|tx| mark(tx, 1000)).await.unwrap();
    kept.push(1000);
    assert_eq!(marks(&vault).await, kept);
}
