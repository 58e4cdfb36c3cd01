//! Keys are exchanged while everyone reads and writes, and an exchange that is cut short leaves everything readable.

use std::{
    env,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use super::*;
use crate::{
    keys::check_words,
    rows::renewal::{Renewal, renew},
};

const HOUR: i64 = 3_600_000;

fn master_number(number: u8) -> Key {
    Key::from_bytes([number; 32])
}

fn exchange_master(keys: &Keys, new: &Key) {
    let words = check_words(new).join(" ");
    assert!(keys.rotate_master(new, &words, NOW).unwrap().is_some());
}

async fn renew_all(vault: &Vault, now: Millis) -> Renewal {
    let mut all = Renewal::default();
    loop {
        let done = vault.write(move |tx| renew(tx, now)).await.unwrap();
        all.rows += done.rows;
        all.finished += done.finished;
        if done.rows == 0 {
            return all;
        }
    }
}

/// How many rows of a table's column are sealed with a version of Alva's key.
async fn sealed_with(vault: &Vault, version: i32) -> i64 {
    let count = move |tx: &mut Tx| {
        let postgres = matches!(tx.connection(), crate::connection::Connection::Postgres(_));
        let header = literal(postgres, &crate::keys::envelope::header(version));
        let id = literal(postgres, calculation(ALVA).as_bytes());
        let sql = format!(
            "SELECT CAST(count(*) AS BIGINT) AS number FROM line WHERE calculation_id = {id} AND substr(entered, 1, 6) = {header}
                 AND substr(answer, 1, 6) = {header}"
        );
        Ok::<_, Fault>(numbers(tx, &sql)?[0])
    };
    vault.read(count).await.unwrap()
}

#[test]
fn a_persons_key_is_exchanged_and_the_old_one_goes_at_last() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options).unwrap();
        settle(&vault).await;
        let add = |from: i16| {
            vault.write(move |tx| {
                let of = seen(tx, ALVA)?;
                (from..from + 150).try_for_each(|number| hand_in(tx, &of, &line(number, "x = 4")))
            })
        };
        add(2).await.unwrap();
        vault.keys().rotate_person(CONTROLLER, ALVA, NOW).unwrap();
        add(152).await.unwrap();
        assert_eq!((sealed_with(&vault, 1).await, sealed_with(&vault, 2).await), (151, 150));
        assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap().len(), 301, "both are read");
        let done = renew_all(&vault, NOW).await;
        assert_eq!((done.rows, done.finished), (152, 0), "151 lines and her own row");
        assert_eq!((sealed_with(&vault, 1).await, sealed_with(&vault, 2).await), (0, 301));
        // Bo's are as they were.
        assert_eq!(vault.read(|tx| entered(tx, BO)).await.unwrap(), ["4x = 20"]);
        assert!(renew_all(&vault, NOW.plus(HOUR)).await == Renewal::default(), "kept for an hour");
        assert!(renew_all(&vault, NOW.plus(2 * HOUR)).await == Renewal { rows: 0, finished: 1 });
        assert_eq!(vault.read(|tx| entered(tx, ALVA)).await.unwrap().len(), 301);
        assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), "Alva Lind");
    });
}

#[test]
fn an_old_master_key_opens_nothing_any_more() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options.clone()).unwrap();
        settle(&vault).await;
        let new = master_number(33);
        assert!(vault.keys().rotate_master(&new, "not its words at all", NOW).unwrap().is_none());
        exchange_master(vault.keys(), &new);
        assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), "Alva Lind");
        let cleo = PersonId::from_bytes([7; 16]);
        vault.write(move |tx| people::add_person(tx, &new_person(cleo, "Cleo Ask", "cleo"))).await.unwrap();
        vault.close().await;
        drop(vault);
        assert!(matches!(Vault::open(options.clone()).err(), Some(crate::OpenError::WrongMasterKey)));
        let mut with_new = options;
        with_new.keys.master = new;
        let vault = Vault::open(with_new).unwrap();
        assert_eq!(vault.read(move |tx| name_of(tx, cleo)).await.unwrap(), "Cleo Ask");
    });
}

#[test]
fn a_process_with_the_old_master_key_goes_on_with_whom_it_knows() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options.clone()).unwrap();
        settle(&vault).await;
        let other = Keys::open(&options.keys).unwrap();
        exchange_master(&other, &master_number(34));
        vault.keys().refresh().unwrap();
        assert_eq!(vault.read(|tx| name_of(tx, ALVA)).await.unwrap(), "Alva Lind");
        vault
            .write(|tx| people::add_person(tx, &new_person(PersonId::from_bytes([7; 16]), "Cleo", "cleo")))
            .await
            .unwrap();
        let stranger = NewController {
            id: ControllerId::from_bytes([77; 16]),
            kind: "company".to_owned(),
            name: "Ny".to_owned(),
            time_zone: "UTC".to_owned(),
            created_at: NOW,
        };
        let added = vault.write(move |tx| people::add_controller(tx, &stranger)).await;
        assert!(matches!(added, Err(Fault::MasterKeyExchanged)), "{added:?}");
    });
}

/// Reads and writes as a class does until it is told to stop. Says how much it did.
fn class(vault: &Vault, stop: &Arc<AtomicBool>) -> Vec<JoinHandle<usize>> {
    let number = Arc::new(AtomicUsize::new(2));
    (0..4)
        .map(|who| {
            let (vault, stop, number) = (vault.clone(), Arc::clone(stop), Arc::clone(&number));
            tokio::spawn(async move {
                let mut done = 0;
                while !stop.load(SeqCst) {
                    if who == 0 {
                        let number = i16::try_from(number.fetch_add(1, SeqCst)).unwrap();
                        let write = move |tx: &mut Tx| {
                            let of = seen(tx, ALVA)?;
                            hand_in(tx, &of, &line(number, "3x = 12"))
                        };
                        vault.write(write).await.unwrap();
                    } else {
                        let lines = vault.read(|tx| entered(tx, ALVA)).await.unwrap();
                        assert!(!lines.is_empty() && lines.iter().all(|line| line == "3x = 12"));
                        assert_eq!(vault.read(|tx| name_of(tx, BO)).await.unwrap(), "Bo Ek");
                        assert!(vault.read(|tx| accounts::credential(tx, "alva")).await.unwrap().is_some());
                    }
                    done += 1;
                }
                done
            })
        })
        .collect()
}

#[test]
fn every_level_is_exchanged_under_load_without_a_failed_read() {
    on_both_grounds(|options| async move {
        let vault = Vault::open(options).unwrap();
        settle(&vault).await;
        let stop = Arc::new(AtomicBool::new(false));
        let class = class(&vault, &stop);
        for round in 1..=12_u8 {
            let keys = vault.keys().clone();
            tokio::task::spawn_blocking(move || {
                exchange_master(&keys, &master_number(40 + round));
                assert_eq!(keys.rotate_controller(CONTROLLER, NOW).unwrap() % 2, 0, "Alva's and Bo's");
                keys.rotate_person(CONTROLLER, ALVA, NOW).unwrap();
                keys.rotate_person(CONTROLLER, BO, NOW).unwrap();
                keys.refresh().unwrap();
            })
            .await
            .unwrap();
            // The clock stands still: an old key is kept for an hour, so that a reader may still need it.
            renew_all(&vault, NOW).await;
        }
        stop.store(true, SeqCst);
        for one in class {
            assert!(one.await.unwrap() > 5);
        }
        assert_eq!(renew_all(&vault, NOW.plus(2 * HOUR)).await.finished, 2);
        assert!(vault.read(|tx| entered(tx, ALVA)).await.unwrap().len() > 5);
    });
}

const HOUSE: &str = "VAULT_TEST_HOUSE_OF_AN_EXCHANGE";

fn options_of(house: &str) -> Options {
    match house.strip_prefix("postgres:") {
        None => options(Path::new(house)),
        Some(schema) => {
            let url = env::var("STEGVIS_TEST_POSTGRES").unwrap();
            let place = |schema: String| Place::Postgres { url: url.clone(), schema: Some(schema), connections: 2 };
            Options::new(place(schema.to_owned()), KeyStore::new(place(format!("{schema}_keys")), master()))
        }
    }
}

/// The process that is killed: exchanges keys without end, the master key back and forth.
fn exchange_for_ever(house: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut options = options_of(house);
    let mut vault = Vault::open(options.clone());
    if vault.is_err() {
        options.keys.master = master_number(66);
        vault = Vault::open(options);
    }
    let vault = vault.unwrap();
    println!("begun");
    loop {
        for master in [master_number(66), master()] {
            exchange_master(vault.keys(), &master);
            vault.keys().rotate_controller(CONTROLLER, NOW).unwrap();
            vault.keys().rotate_person(CONTROLLER, ALVA, NOW).unwrap();
            runtime.block_on(renew_all(&vault, NOW));
        }
    }
}

/// Also the other process of the test itself, when it is told the house.
#[test]
fn an_exchange_that_is_killed_leaves_everything_readable() {
    if let Ok(house) = env::var(HOUSE) {
        return exchange_for_ever(&house);
    }
    let ground = Ground::new();
    let schema = Schema::new();
    let mut houses = vec![ground.file().to_str().unwrap().to_owned()];
    if let Some(Place::Postgres { schema: Some(name), .. }) = schema.as_ref().map(|schema| schema.options().place) {
        houses.push(format!("postgres:{name}"));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for house in houses {
        let vault = Vault::open(options_of(&house)).unwrap();
        runtime.block_on(async {
            settle(&vault).await;
            vault.close().await;
        });
        drop(vault);
        for round in 0..12_u64 {
            kill_after(&house, Duration::from_millis(3 + 7 * round));
            runtime.block_on(everything_reads(&house));
        }
    }
}

fn kill_after(house: &str, pause: Duration) {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "tests::keys::rotation::an_exchange_that_is_killed_leaves_everything_readable",
            "--nocapture",
        ])
        .env(HOUSE, house)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    assert!(lines.any(|line| line.unwrap().contains("begun")), "it begins");
    std::thread::sleep(pause);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Opens the house with whichever of the two master keys it is, reads everything, and finishes what was begun.
async fn everything_reads(house: &str) {
    let first = Vault::open(options_of(house));
    let vault = first.or_else(|_| {
        let mut other = options_of(house);
        other.keys.master = master_number(66);
        Vault::open(other)
    });
    let vault = vault.unwrap();
    let whole = ("Alva Lind".to_owned(), vec!["3x = 12".to_owned()], "Bo Ek".to_owned(), vec!["4x = 20".to_owned()]);
    assert_eq!(all_of(&vault).await, whole);
    vault.keys().finish_controller(CONTROLLER).unwrap();
    renew_all(&vault, NOW).await;
    renew_all(&vault, NOW.plus(2 * HOUR)).await;
    assert_eq!(all_of(&vault).await, whole);
    vault.close().await;
}

/// Both names and both persons' lines.
async fn all_of(vault: &Vault) -> (String, Vec<String>, String, Vec<String>) {
    let look =
        |tx: &mut Tx| Ok::<_, Fault>((name_of(tx, ALVA)?, entered(tx, ALVA)?, name_of(tx, BO)?, entered(tx, BO)?));
    vault.read(look).await.unwrap()
}
