use std::{
    env,
    hint::spin_loop,
    process::Command,
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    thread::{self, sleep},
    time::Duration,
};

use diesel::{Connection as _, SqliteConnection, connection::SimpleConnection};

use super::*;
use crate::{
    OpenError,
    settings::{Setting, sqlite},
};

#[tokio::test]
async fn a_file_in_use_is_refused() {
    let ground = Ground::new();
    let vault = ground.open();
    let Err(refusal) = Vault::open(ground.options()) else { panic!("opened twice") };
    assert!(matches!(refusal, OpenError::InUse { .. }));
    let text = refusal.to_string();
    assert!(text.contains("stegvis.db.lock") && text.contains("stop that one first"), "{text}");
    vault.close().await;
    drop(vault);
    ground.open();
}

#[tokio::test]
async fn a_closed_vault_has_let_go_of_its_file_though_somebody_still_holds_it() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    vault.write(|tx| mark(tx, 1)).await.unwrap();
    let reading = vault.clone();
    let read = tokio::spawn(async move { marks(&reading).await });
    assert_eq!(read.await.unwrap(), [1]);
    vault.close().await;
    let next = ground.open();
    assert_eq!(marks(&next).await, [1]);
    let late = vault.read(|tx| numbers(tx, "SELECT 1 AS number")).await;
    assert!(matches!(late, Err(Fault::Closed)));
    vault.close().await;
}

const SECOND: &str = "VAULT_TEST_FILE_OF_ANOTHER_PROCESS";

/// Also the other process of the test itself, when it is told the file.
#[test]
fn a_file_in_use_is_refused_to_another_process() {
    if let Ok(file) = env::var(SECOND) {
        let opened = Vault::open(options(Path::new(&file)));
        println!("answer: {}", opened.err().map_or("opened".to_owned(), |refusal| refusal.to_string()));
        return;
    }
    let ground = Ground::new();
    let other = || {
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "tests::opening::a_file_in_use_is_refused_to_another_process", "--nocapture"])
            .env(SECOND, ground.file())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let vault = ground.open();
    assert!(other().contains("in use by another process"));
    drop(vault);
    let answer = other();
    assert!(answer.contains("answer: opened"), "still in use: {answer}");
}

const HASTY: &str = "VAULT_TEST_FOLDER_OF_A_HASTY_PROCESS";

/// Also the processes of the test itself, when they are told their folder. They begin and end with several threads at
/// SQLite.
#[test]
fn a_process_may_open_several_files_at_once_and_end_at_once() {
    if let Ok(folder) = env::var(HASTY) {
        let ready = AtomicU32::new(0);
        std::thread::scope(|scope| {
            for number in 0..2 {
                let (ready, file) = (&ready, Path::new(&folder).join(format!("{number}.db")));
                sqlite::make_private(&file).unwrap();
                scope.spawn(move || {
                    // Spinning, because what one thread may overtake the other at takes microseconds.
                    ready.fetch_add(1, SeqCst);
                    while ready.load(SeqCst) < 2 {
                        spin_loop();
                    }
                    drop(sqlite::open(&file, &key(), sqlite::Purpose::Read, 1).unwrap());
                    drop(Vault::open(options(&file)).unwrap());
                });
            }
        });
        return;
    }
    for _ in 0..40 {
        let folder = TempDir::new().unwrap();
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", "tests::opening::a_process_may_open_several_files_at_once_and_end_at_once"])
            .env(HASTY, folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stdout));
    }
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    vault.close().await;
    drop(vault);
    let place = Place::Sqlite { file: ground.file(), key: Key::from_bytes([8; 32]) };
    let Err(refusal) = Vault::open(Options::new(place, keys_beside(&ground.file()))) else { panic!("opened") };
    assert!(matches!(refusal, OpenError::WrongKey { .. }), "{refusal:?}");
    assert!(!format!("{refusal} {refusal:?}").contains("0808"));
    assert_eq!(marks(&ground.open()).await, Vec::<i64>::new());
}

/// As the last connection of a process does while it is closed.
#[tokio::test]
async fn a_file_that_is_held_is_waited_for_and_is_no_wrong_key() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    vault.close().await;
    drop(vault);
    let key = Key::from_bytes([7; 32]);
    let mut holder = sqlite::open_alone(&ground.file(), &key).unwrap();
    holder.batch_execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").unwrap();
    let Err(refusal) = Vault::open(ground.options()) else { panic!("opened") };
    assert!(matches!(refusal, OpenError::Busy { .. }), "{refusal:?}");
    let letting_go = thread::spawn(move || {
        sleep(Duration::from_millis(300));
        drop(holder);
    });
    assert_eq!(marks(&ground.open()).await, Vec::<i64>::new());
    letting_go.join().unwrap();
}

#[test]
fn a_plain_file_is_refused() {
    let ground = Ground::new();
    let mut plain = SqliteConnection::establish(ground.file().to_str().unwrap()).unwrap();
    plain.batch_execute("CREATE TABLE mark (number INTEGER)").unwrap();
    drop(plain);
    let Err(refusal) = Vault::open(ground.options()) else { panic!("opened") };
    assert!(matches!(refusal, OpenError::NotEncrypted { .. }), "{refusal:?}");
}

#[tokio::test]
async fn nothing_readable_reaches_the_disk() {
    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    vault.write(|tx| run(tx, "INSERT INTO mark VALUES (1, 'KLARTEXT-MARKERING')")).await.unwrap();
    assert_eq!(
        vault.read(|tx| numbers(tx, "SELECT count(*) AS number FROM mark WHERE text LIKE 'KLARTEXT%'")).await.unwrap(),
        [1]
    );
    let mut seen = 0;
    let mut search = |when: &str| {
        for entry in std::fs::read_dir(ground.directory.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            for plain in [b"KLARTEXT-MARKERING".as_slice(), b"CREATE TABLE", b"SQLite format 3"] {
                assert!(!bytes.windows(plain.len()).any(|part| part == plain), "{when}: {}", path.display());
            }
            seen += bytes.len();
        }
    };
    search("in the log");
    vault.close().await;
    search("in the file");
    assert!(seen > 100_000, "there was something to search: {seen}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;

    let ground = Ground::new();
    let vault = ground.open();
    lay_table(&vault).await;
    for name in ["stegvis.db", "stegvis.db-wal"] {
        let mode = ground.directory.path().join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_setting_that_does_not_take_is_refused() {
    let ground = Ground::new();
    drop(ground.open());
    let mut connection = sqlite::open(&ground.file(), &key(), sqlite::Purpose::Read, 1).unwrap();
    let purposes = [sqlite::Purpose::Write, sqlite::Purpose::Read];
    let all = purposes.into_iter().flat_map(|purpose| sqlite::durability(purpose, 64)).chain(sqlite::cipher());
    for setting in all {
        // As if it had stayed at another value.
        let wanted = Setting::found(setting.name, "something else");
        let refusal = sqlite::apply(&mut connection, &[wanted]);
        assert!(matches!(refusal, Err(OpenError::Setting { name, .. }) if name == setting.name));
    }
    let broken = Setting::new("synchronous", "NORMAL", "2");
    let refusal = sqlite::apply(&mut connection, &[broken]);
    assert!(matches!(refusal, Err(OpenError::Setting { name: "synchronous", .. })), "{refusal:?}");
}

#[test]
fn sqlite_without_a_cipher_would_be_noticed() {
    // What SQLite without SQLCipher answers to its settings: nothing.
    let mut plain = SqliteConnection::establish(":memory:").unwrap();
    let refusal = sqlite::apply(&mut plain, &[Setting::found("cipher_status", "1")]);
    assert!(matches!(refusal, Err(OpenError::Setting { name: "cipher_status", .. })), "{refusal:?}");
}

#[tokio::test]
async fn tables_of_a_newer_program_are_refused() {
    let ground = Ground::new();
    let vault = ground.open();
    vault
        .write(|tx| run(tx, "INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000')"))
        .await
        .unwrap();
    vault.close().await;
    drop(vault);
    let Err(refusal) = Vault::open(ground.options()) else { panic!("opened") };
    assert!(matches!(&refusal, OpenError::Newer(version) if version == "29990101000000"), "{refusal:?}");
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    let ground = Ground::new();
    let file = ground.directory.path().join("nowhere/stegvis.db");
    let Err(refusal) = Vault::open(options(&file)) else { panic!("opened") };
    assert!(refusal.to_string().contains("nowhere"), "{refusal}");
}

#[test]
fn a_key_is_never_shown() {
    assert_eq!(format!("{:?}", key()), "Key(…)");
    key().with_statement(|statement| assert_eq!(statement, format!("PRAGMA key = \"x'{}'\"", "07".repeat(32))));
}
