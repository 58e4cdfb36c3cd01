//! Copies, and what another process may do while a server has the file.

use std::{env, os::unix::fs::MetadataExt, process::Command};

use super::*;
use crate::{
    OpenError,
    care::{self, CareError, Part, Tables},
    settings::sqlite,
};

fn place(file: &Path) -> Place {
    Place::Sqlite { file: file.to_path_buf(), key: key() }
}

#[tokio::test]
async fn a_copy_holds_what_was_written_and_opens_elsewhere() {
    let (ground, elsewhere) = (Ground::new(), Ground::new());
    let vault = ground.open();
    lay_table(&vault).await;
    vault.write(|tx| mark(tx, 1)).await.unwrap();
    let copy = ground.directory.path().join("it's a copy.db");
    // The vault is open: what was written last is in its log only.
    care::copy(&place(&ground.file()), &copy).unwrap();
    vault.write(|tx| mark(tx, 2)).await.unwrap();
    assert_eq!(marks(&vault).await, [1, 2]);
    assert_eq!(copy.metadata().unwrap().mode() & 0o777, 0o600);
    let bytes = std::fs::read(&copy).unwrap();
    assert!(!bytes.windows(12).any(|part| part == b"CREATE TABLE"), "the copy is encrypted");
    vault.close().await;
    drop(vault);
    care::bring_back(&place(&elsewhere.file()), Part::Data, &copy).unwrap();
    std::fs::copy(ground.file().with_extension("keys"), elsewhere.file().with_extension("keys")).unwrap();
    let back = elsewhere.open();
    assert_eq!(marks(&back).await, [1]);
    // The key store's copy is another thing.
    let keys = ground.directory.path().join("keys-copy.db");
    care::copy(&place(&ground.file().with_extension("keys")), &keys).unwrap();
    let wrong = care::bring_back(&place(&Ground::new().file()), Part::Data, &keys);
    assert!(matches!(wrong, Err(CareError::Damaged { .. })), "{wrong:?}");
    // And never over what is there.
    let again = care::bring_back(&place(&elsewhere.file()), Part::Data, &copy);
    assert!(matches!(again, Err(CareError::NotEmpty(_))), "{again:?}");
    assert!(matches!(care::copy(&place(&ground.file()), &copy), Err(CareError::File { .. })));
}

#[tokio::test]
async fn a_copy_that_was_changed_is_refused() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    vault.write(|tx| mark(tx, 1)).await.unwrap();
    let copy = ground.directory.path().join("copy.db");
    care::copy(&place(&ground.file()), &copy).unwrap();
    let whole = std::fs::read(&copy).unwrap();
    assert!(care::check(&place(&copy), &copy).is_ok());
    for at in (100..whole.len()).step_by(4096) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        std::fs::write(&copy, changed).unwrap();
        assert!(care::check(&place(&copy), &copy).is_err(), "a bit at {at} was changed");
        let elsewhere = Ground::new();
        assert!(care::bring_back(&place(&elsewhere.file()), Part::Data, &copy).is_err());
        assert!(!elsewhere.file().exists());
    }
    for short in [0, 16, 4096, whole.len() - 4096] {
        std::fs::write(&copy, &whole[..short]).unwrap();
        assert!(care::check(&place(&copy), &copy).is_err(), "only {short} bytes are left");
    }
    std::fs::write(&copy, &whole).unwrap();
    let other = Place::Sqlite { file: copy.clone(), key: Key::from_bytes([8; 32]) };
    assert!(matches!(care::check(&other, &copy), Err(CareError::Open(OpenError::WrongKey { .. }))));
}

const LOOKED_AT: &str = "VAULT_TEST_FILE_THAT_ANOTHER_PROCESS_LOOKS_AT";

/// Also the other process of the test itself. SQLite removes the log when the last connection closes; another process
/// has to see that it is not the last.
#[test]
fn another_process_that_looks_leaves_the_log_alone() {
    if let Ok(file) = env::var(LOOKED_AT) {
        let place = place(Path::new(&file));
        assert_eq!(care::tables(&place, Part::Data).unwrap(), Tables::Current);
        let look = care::look(&place, true).unwrap();
        assert!(look.damage.is_empty());
        assert!(care::look_at_keys(&keys_beside(Path::new(&file)), Some(&look)).unwrap().confirmed.is_some());
        care::copy(&place, &Path::new(&file).with_extension("copy")).unwrap();
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let ground = Ground::new();
        let vault = ground.open();
        lay_table(&vault).await;
        vault.write(|tx| mark(tx, 1)).await.unwrap();
        let log = ground.directory.path().join("stegvis.db-wal");
        let before = log.metadata().unwrap().ino();
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "tests::care::another_process_that_looks_leaves_the_log_alone"])
            .env(LOOKED_AT, ground.file())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(log.metadata().unwrap().ino(), before, "the log that is being written");
        vault.write(|tx| mark(tx, 2)).await.unwrap();
        assert_eq!(marks(&vault).await, [1, 2]);
        vault.close().await;
        drop(vault);
        assert_eq!(marks(&ground.open()).await, [1, 2]);
    });
}

#[test]
fn migrations_are_all_run_or_none() {
    let ground = Ground::new();
    sqlite::make_private(&ground.file()).unwrap();
    assert_eq!(care::tables(&place(&ground.file()), Part::Data).unwrap(), Tables::Absent);
    let mut old = sqlite::open(&ground.file(), &key(), sqlite::Purpose::Write, 1).unwrap();
    // The house as its first version had it, with a table in the way of a later migration.
    old.batch_execute(include_str!("../../../../migrations/sqlite/2026-11-22-000000_house/up.sql")).unwrap();
    old.batch_execute(
        "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, run_on TIMESTAMP NOT NULL \
         DEFAULT CURRENT_TIMESTAMP); INSERT INTO __diesel_schema_migrations (version) VALUES ('20261122000000'); \
         CREATE TABLE class_code (in_the_way INTEGER)",
    )
    .unwrap();
    drop(old);
    let place = place(&ground.file());
    let Tables::Older(pending) = care::tables(&place, Part::Data).unwrap() else { panic!("older tables") };
    assert!(pending.len() > 1, "the one that fails is not the first: {pending:?}");
    let mut held = care::Held::take(&place, Part::Data).unwrap();
    assert!(matches!(held.bring_up_to_date(), Err(OpenError::Migration(_))));
    assert_eq!(held.tables().unwrap(), Tables::Older(pending.clone()), "as it was");
    let mut old = sqlite::open(&ground.file(), &key(), sqlite::Purpose::Write, 1).unwrap();
    old.batch_execute("DROP TABLE class_code").unwrap();
    drop(old);
    held.bring_up_to_date().unwrap();
    assert_eq!(held.tables().unwrap(), Tables::Current);
    // Whoever is at it keeps servers out.
    assert!(matches!(Vault::open(ground.options()), Err(OpenError::InUse { .. })));
    drop(held);
    ground.open();
}
