use std::{
    env,
    sync::{
        Arc, Barrier,
        atomic::{AtomicU32, AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};

use diesel::{Connection as _, PgConnection};

use super::*;
use crate::{
    Millis, OpenError,
    audit::{Action, Chain, Class, Note, Subject},
    keys::Exchange,
    settings::{Setting, postgres},
};

/// A schema of a test's own, dropped with it.
pub(super) struct Schema {
    url: String,
    name: String,
}

impl Schema {
    /// None, with a note, where there is no PostgreSQL to test with; required, that is a failure.
    pub(super) fn new() -> Option<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let Ok(url) = env::var("STEGVIS_TEST_POSTGRES") else {
            assert!(env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_err(), "STEGVIS_TEST_POSTGRES is to name a database");
            eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so this is not tested on PostgreSQL");
            return None;
        };
        let name = format!("vault_{}_{}", std::process::id(), NEXT.fetch_add(1, SeqCst));
        Some(Self { url, name })
    }

    pub(super) fn open(&self) -> Vault {
        Vault::open(self.options()).unwrap()
    }

    pub(super) fn options(&self) -> Options {
        let place = |name: String| Place::Postgres { url: self.url.clone(), schema: Some(name), connections: 4 };
        Options::new(place(self.name.clone()), KeyStore::new(place(format!("{}_keys", self.name)), master()))
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let Ok(mut connection) = PgConnection::establish(&self.url) else { return };
        let _dropped = connection.batch_execute(&format!(
            "SET client_min_messages = warning; DROP SCHEMA IF EXISTS {0}, {0}_keys CASCADE",
            self.name
        ));
    }
}

#[tokio::test]
async fn an_error_that_a_closure_passes_over_is_not_answered_with_ok() {
    let Some(schema) = Schema::new() else { return };
    let vault = schema.open();
    lay_table(&vault).await;
    let answer = vault
        .write(|tx| {
            mark(tx, 1)?;
            let _passed_over = run(tx, "INSERT INTO mark VALUES (1, 'igen')");
            Ok::<_, Fault>(())
        })
        .await;
    assert!(matches!(answer, Err(Fault::Database(_))), "{answer:?}");
    assert_eq!(marks(&vault).await, Vec::<i64>::new());
    // In a savepoint of its own it may be passed over.
    let answer = vault
        .write(|tx| {
            mark(tx, 1)?;
            let again = |connection: &mut crate::connection::Connection| {
                connection.batch_execute("INSERT INTO mark VALUES (1, 'igen')")
            };
            let _passed_over = tx.connection().transaction(again);
            Ok::<_, Fault>(())
        })
        .await;
    answer.unwrap();
    assert_eq!(marks(&vault).await, [1]);
}

#[tokio::test]
async fn a_swallowed_panic_is_not_answered_with_ok() {
    let Some(schema) = Schema::new() else { return };
    let vault = schema.open();
    lay_table(&vault).await;
    let answer = vault
        .write(|tx| {
            mark(tx, 1)?;
            let nested = std::panic::AssertUnwindSafe(|| {
                tx.connection().transaction(|_| -> Result<(), diesel::result::Error> { panic!("on purpose") })
            });
            let _swallowed = std::panic::catch_unwind(nested);
            Ok::<_, Fault>(())
        })
        .await;
    assert!(matches!(answer, Err(Fault::Unbalanced)), "{answer:?}");
    assert_eq!(marks(&vault).await, Vec::<i64>::new());
}

#[tokio::test]
async fn a_collision_is_tried_again_and_not_for_ever() {
    let Some(schema) = Schema::new() else { return };
    let vault = schema.open();
    lay_table(&vault).await;
    let collide = "DO $$ BEGIN RAISE EXCEPTION 'collides' USING ERRCODE = '40001'; END $$";
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let third_time = vault.write(move |tx| {
        mark(tx, 1)?;
        if counted.fetch_add(1, SeqCst) < 2 { run(tx, collide) } else { Ok(()) }
    });
    third_time.await.unwrap();
    assert_eq!(runs.load(SeqCst), 3);
    assert_eq!(marks(&vault).await, [1]);
    runs.store(0, SeqCst);
    let counted = Arc::clone(&runs);
    let never = vault.write(move |tx| {
        counted.fetch_add(1, SeqCst);
        run(tx, collide).map_err(|_| Refused::Unwanted)
    });
    assert!(matches!(never.await, Err(Refused::Unwanted)));
    assert_eq!(runs.load(SeqCst), 6);
}

#[tokio::test]
async fn a_deadlock_is_tried_again() {
    let Some(schema) = Schema::new() else { return };
    let vault = schema.open();
    lay_table(&vault).await;
    vault.write(|tx| mark(tx, 1).and_then(|()| mark(tx, 2))).await.unwrap();
    let both_begun = Arc::new(Barrier::new(2));
    let runs = Arc::new(AtomicU32::new(0));
    let cross = |first: i64, second: i64| {
        let (vault, both_begun, runs) = (vault.clone(), Arc::clone(&both_begun), Arc::clone(&runs));
        tokio::spawn(async move {
            vault
                .write(move |tx| {
                    run(tx, &format!("UPDATE mark SET text = text || '+' WHERE number = {first}"))?;
                    if runs.fetch_add(1, SeqCst) < 2 {
                        both_begun.wait();
                    }
                    run(tx, &format!("UPDATE mark SET text = text || '+' WHERE number = {second}"))
                })
                .await
        })
    };
    let (one, other) = (cross(1, 2), cross(2, 1));
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    // Three, unless the two met again in the same way.
    assert!(runs.load(SeqCst) >= 3);
    let kept = "SELECT CAST(count(*) AS BIGINT) AS number FROM mark WHERE text = 'klotter++'";
    assert_eq!(vault.read(move |tx| numbers(tx, kept)).await.unwrap(), [2]);
}

#[tokio::test]
async fn connections_that_broke_while_idle_are_replaced() {
    let Some(schema) = Schema::new() else { return };
    let vault = schema.open();
    lay_table(&vault).await;
    let mut outside = PgConnection::establish(&schema.url).unwrap();
    let pids = |tx: &mut Tx| numbers(tx, "SELECT CAST(pg_backend_pid() AS BIGINT) AS number");
    // Every connection of the pool, one after the other.
    for _ in 0..8 {
        let pid = vault.read(pids).await.unwrap()[0];
        outside.batch_execute(&format!("SELECT pg_terminate_backend({pid})")).unwrap();
    }
    vault.write(|tx| mark(tx, 1)).await.unwrap();
    assert_eq!(marks(&vault).await, [1]);
}

#[tokio::test]
async fn as_many_wait_as_may() {
    let Some(schema) = Schema::new() else { return };
    let vault = Vault::open(Options { queue: 1, ..schema.options() }).unwrap();
    lay_table(&vault).await;
    let held = Held::hold(&vault).await;
    assert!(matches!(vault.write(|tx| mark(tx, 1)).await, Err(Fault::Full)));
    held.let_go().await;
    vault.write(|tx| mark(tx, 1)).await.unwrap();
}

#[tokio::test]
async fn closing_waits_for_what_runs_and_takes_no_more() {
    let Some(schema) = Schema::new() else { return };
    let vault = schema.open();
    lay_table(&vault).await;
    let held = Held::hold(&vault).await;
    let closing = tokio::spawn({
        let vault = vault.clone();
        async move { vault.close().await }
    });
    yield_now().await;
    assert!(!closing.is_finished());
    assert!(matches!(vault.write(|tx| mark(tx, 1)).await, Err(Fault::Closed)));
    held.let_go().await;
    closing.await.unwrap();
}

#[test]
fn several_processes_may_start_at_once() {
    let Some(schema) = Schema::new() else { return };
    let opening: Vec<_> = (0..4)
        .map(|_| {
            let options = schema.options();
            std::thread::spawn(move || Vault::open(options).map(drop))
        })
        .collect();
    for opened in opening {
        opened.join().unwrap().unwrap();
    }
}

#[test]
fn a_server_that_cannot_be_reached_is_told() {
    let url = "postgresql://stegvis@127.0.0.1:1/nowhere".to_owned();
    let place = Place::Postgres { url, schema: None, connections: 4 };
    let keys =
        KeyStore::new(Place::Postgres { url: "postgres://keys".to_owned(), schema: None, connections: 1 }, master());
    let Err(refusal) = Vault::open(Options::new(place, keys)) else { panic!("opened") };
    assert!(matches!(refusal, OpenError::Unreachable(_)), "{refusal:?}");
    assert!(refusal.to_string().contains("can't be reached"));
}

#[test]
fn a_setting_that_does_not_take_is_refused() {
    let Some(schema) = Schema::new() else { return };
    drop(schema.open());
    let mut connection = postgres::open(&schema.url, Some(&schema.name)).unwrap();
    for setting in postgres::settings(Some(&schema.name), postgres::STATEMENT) {
        let refusal = postgres::apply(&mut connection, &[Setting::found(setting.name, "something else")]);
        assert!(matches!(refusal, Err(OpenError::Setting { name, .. }) if name == setting.name));
    }
    let broken = Setting::new("synchronous_commit", "off", "on");
    let refusal = postgres::apply(&mut connection, &[broken]);
    assert!(matches!(refusal, Err(OpenError::Setting { name: "synchronous_commit", .. })), "{refusal:?}");
}

#[tokio::test]
async fn nobody_waits_longer_than_the_vault_is_patient() {
    let Some(schema) = Schema::new() else { return };
    let Place::Postgres { url, schema: name, .. } = schema.options().place else { unreachable!() };
    let place = Place::Postgres { url, schema: name, connections: 2 };
    let patience = Some(Duration::from_secs(1));
    let vault = Vault::open(Options { place, patience, ..schema.options() }).unwrap();
    lay_table(&vault).await;
    // As a server does that hangs: the statement has no end, and its own limit is not asked.
    let hangs = |tx: &mut Tx| run(tx, "SET LOCAL statement_timeout = 0; SELECT pg_sleep(600)");
    let (one, other) = tokio::join!(vault.write(hangs), vault.read(hangs));
    for answer in [one, other] {
        assert!(matches!(answer, Err(Fault::Unavailable(_))), "{answer:?}");
    }
    // Both connections are still waited for, so nobody has a turn.
    let answer = vault.write(|tx| mark(tx, 1)).await;
    assert!(matches!(answer, Err(Fault::Unavailable(_))), "{answer:?}");
    let mut outside = PgConnection::establish(&schema.url).unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' \
               AND pid <> pg_backend_pid()";
    outside.batch_execute(end).unwrap();
    while let Err(fault) = vault.write(|tx| mark(tx, 2)).await {
        assert!(matches!(fault, Fault::Unavailable(_)), "{fault:?}");
    }
    assert_eq!(marks(&vault).await, [2]);
}

/// Both look before either has told: only their turns keep the second from telling it again.
#[tokio::test]
async fn two_processes_tell_of_an_exchange_once() {
    let Some(schema) = Schema::new() else { return };
    let (one, other) = (schema.open(), schema.open());
    one.write(|tx| {
        tx.note(Note::act(
            Chain::OPERATOR.0,
            None,
            (Action::ExchangeKeys, Class::MasterKey),
            Subject::Nobody,
            Millis(1),
        ));
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
    let exchange = Exchange { id: [1; 16], level: Class::MasterKey, controller: None, at: Millis(5) };
    one.keys().exchange_again(&[exchange]).unwrap();
    // Whoever wants to go on with a chain waits.
    let mut outside = PgConnection::establish(&schema.url).unwrap();
    let lock = format!("BEGIN; LOCK TABLE {}.audit_head IN EXCLUSIVE MODE", schema.name);
    outside.batch_execute(&lock).unwrap();
    let telling = [&one, &other].map(|vault| {
        let vault = vault.clone();
        tokio::spawn(async move { vault.tell_of_exchanges().await })
    });
    let waiting = format!(
        "SELECT CAST(count(*) AS BIGINT) AS number FROM pg_stat_activity AS a WHERE a.wait_event_type = 'Lock' \
         AND EXISTS (SELECT FROM pg_locks AS l WHERE l.pid = a.pid AND NOT l.granted \
         AND (l.relation = '{}.audit_head'::regclass OR l.locktype = 'advisory' AND l.objid = 1089733935))",
        schema.name
    );
    let watch = schema.open();
    while watch
        .read({
            let waiting = waiting.clone();
            move |tx| numbers(tx, &waiting)
        })
        .await
        .unwrap()
        != [2]
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    outside.batch_execute("COMMIT").unwrap();
    for telling in telling {
        telling.await.unwrap().unwrap();
    }
    let told = "SELECT CAST(count(*) AS BIGINT) AS number FROM audit_personal WHERE at = 5";
    assert_eq!(watch.read(move |tx| numbers(tx, told)).await.unwrap(), [1]);
}
