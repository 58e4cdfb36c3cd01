//! Copies, and what another process may do while a server has the file.

use std::{env, os::unix::fs::MetadataExt, process::Command};

use super::*;
use crate::{
    Millis, OpenError,
    care::{self, CareError, CopyKeys, Part, Refusal, Tables},
    settings::sqlite,
};

fn place(file: &Path) -> Place {
    Place::Sqlite { file: file.to_path_buf(), key: key() }
}

fn copy_keys() -> CopyKeys {
    CopyKeys::of(&master()).unwrap()
}

fn copy(of: &Path, part: Part, to: &Path) -> Result<(), CareError> {
    care::copy(&place(of), part, to, &copy_keys(), Millis(1_795_655_700_123))
}

fn back(from: &Path, part: Part, to: &Ground, keys: &CopyKeys) -> Result<(), CareError> {
    care::bring_back(&place(&to.file()), part, from, keys)
}

fn why(outcome: Result<(), CareError>) -> Option<Refusal> {
    match outcome.err()? {
        CareError::Refused { why, .. } => Some(why),
        _ => None,
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_copy_holds_what_was_written_and_opens_elsewhere() {
    let (ground, elsewhere) = (Ground::new(), Ground::new());
    let vault = ground.open();
    lay_table(&vault).await;
    vault.write(|tx| mark(tx, 1)).await.unwrap();
    let folder = ground.directory.path().join("copies");
    std::fs::create_dir(&folder).unwrap();
    let made = folder.join("it's a copy.db.age");
    // The vault is open, in this very process: what was written last is in its log only.
    copy(&ground.file(), Part::Data, &made).unwrap();
    vault.write(|tx| mark(tx, 2)).await.unwrap();
    assert_eq!(marks(&vault).await, [1, 2]);
    assert_eq!(made.metadata().unwrap().mode() & 0o777, 0o600);
    assert_eq!(names(&folder), ["it's a copy.db.age"], "nothing beside it");
    let bytes = std::fs::read(&made).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    vault.close().await;
    drop(vault);
    let tried = care::try_out(&place(&ground.file()), Part::Data, &made, &copy_keys(), &folder).unwrap();
    assert_eq!((tried.rows["mark"], tried.taken), (1, Some(Millis(1_795_655_700_123))));
    assert_eq!(names(&folder), ["it's a copy.db.age"], "a trial leaves nothing");
    back(&made, Part::Data, &elsewhere, &copy_keys()).unwrap();
    std::fs::copy(ground.file().with_extension("keys"), elsewhere.file().with_extension("keys")).unwrap();
    let there = elsewhere.open();
    assert_eq!(marks(&there).await, [1]);
    // The key store's copy is another thing, and the other way round.
    let keys = ground.directory.path().join("keys-copy.db.age");
    copy(&ground.file().with_extension("keys"), Part::Keys, &keys).unwrap();
    assert_eq!(why(back(&keys, Part::Data, &Ground::new(), &copy_keys())), Some(Refusal::OtherPart));
    assert_eq!(why(back(&made, Part::Keys, &Ground::new(), &copy_keys())), Some(Refusal::OtherPart));
    // And never over what is there.
    let again = back(&made, Part::Data, &elsewhere, &copy_keys());
    assert!(matches!(again, Err(CareError::NotEmpty(_))), "{again:?}");
    assert!(matches!(copy(&ground.file(), Part::Data, &made), Err(CareError::File { .. })));
}

#[tokio::test]
async fn a_copy_opens_for_those_it_was_made_for_and_nobody_else() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    let mine = age::x25519::Identity::generate();
    let (theirs, secret) = (mine.to_public().to_string(), mine.to_string());
    let secret = age::secrecy::ExposeSecret::expose_secret(&secret);
    let made = ground.directory.path().join("copy.db.age");
    let for_both = copy_keys().with_recipients(std::slice::from_ref(&theirs)).unwrap();
    care::copy(&place(&ground.file()), Part::Data, &made, &for_both, Millis(1)).unwrap();
    let opens = |keys: &CopyKeys| why(back(&made, Part::Data, &Ground::new(), keys));
    let other = CopyKeys::of(&Key::from_bytes([1; 32])).unwrap();
    assert_eq!(opens(&other), Some(Refusal::OtherKeys));
    assert_eq!(opens(&CopyKeys::without_master()), Some(Refusal::OtherKeys));
    let identity = format!("# made for a test\n{secret}\n");
    let digits: String = master().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    for text in [identity.as_str(), &digits] {
        let with = CopyKeys::without_master().with_identities(text).unwrap();
        back(&made, Part::Data, &Ground::new(), &with).unwrap();
        // Into a place whose files have another key than those of the place it comes from.
        let elsewhere = Ground::new();
        let there = Place::Sqlite { file: elsewhere.file(), key: Key::from_bytes([3; 32]) };
        care::bring_back(&there, Part::Data, &made, &other.clone().with_identities(text).unwrap()).unwrap();
        assert_eq!(care::tables(&there, Part::Data).unwrap(), Tables::Current);
        assert!(care::look(&there, true).unwrap().damage.is_empty());
        assert!(care::tables(&place(&elsewhere.file()), Part::Data).is_err(), "the key of before opens it no more");
    }
    for none in ["", "# nothing", "AGE-SECRET-KEY-1", "zz"] {
        assert!(CopyKeys::without_master().with_identities(none).is_err(), "{none}");
    }
    assert!(care::is_recipient(&theirs) && !care::is_recipient(secret) && !care::is_recipient("age1"));
    let without = care::copy(
        &place(&ground.file()),
        Part::Data,
        &made.with_extension("x"),
        &CopyKeys::without_master(),
        Millis(1),
    );
    assert!(matches!(without, Err(CareError::NotWritten(_))), "{without:?}");
}

/// Copies of before were SQLite files as they are. They come back, and what was changed in them shows by SQLCipher's sums.
#[tokio::test]
async fn a_copy_of_the_time_before_is_still_read() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    vault.write(|tx| mark(tx, 1)).await.unwrap();
    vault.close().await;
    drop(vault);
    let old = ground.directory.path().join("copy.db");
    std::fs::copy(ground.file(), &old).unwrap();
    let whole = std::fs::read(&old).unwrap();
    let (made_for, keys) = (place(&old), copy_keys());
    assert!(care::check(&made_for, Part::Data, &old, &keys).is_ok());
    for at in (100..whole.len()).step_by(4096) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        std::fs::write(&old, changed).unwrap();
        assert!(care::check(&made_for, Part::Data, &old, &keys).is_err(), "a bit at {at} was changed");
        let elsewhere = Ground::new();
        assert!(back(&old, Part::Data, &elsewhere, &keys).is_err());
        assert!(names(elsewhere.directory.path()).is_empty());
    }
    for short in [0, 16, 4096, whole.len() - 4096] {
        std::fs::write(&old, &whole[..short]).unwrap();
        assert!(care::check(&made_for, Part::Data, &old, &keys).is_err(), "only {short} bytes are left");
    }
    std::fs::write(&old, &whole).unwrap();
    let other = Place::Sqlite { file: old.clone(), key: Key::from_bytes([8; 32]) };
    let refused = care::check(&other, Part::Data, &old, &keys);
    assert!(matches!(refused, Err(CareError::Open(OpenError::WrongKey { .. }))));
    let elsewhere = Ground::new();
    back(&old, Part::Data, &elsewhere, &keys).unwrap();
    std::fs::copy(ground.file().with_extension("keys"), elsewhere.file().with_extension("keys")).unwrap();
    assert_eq!(marks(&elsewhere.open()).await, [1]);
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
        copy(Path::new(&file), Part::Data, &Path::new(&file).with_extension("copy")).unwrap();
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
