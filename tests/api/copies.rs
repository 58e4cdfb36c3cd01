//! Copies that the server takes by itself, throws away by itself, and whom they must not bring back.

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, tz::TimeZone};
use stegvis::{
    config::Backup,
    copies::{self, LEDGER, LedgerError, Ledgers},
};
use tempfile::TempDir;
use vault::{
    Key, KeyStore, Keys, Millis, Place,
    care::{self, CopyKeys, Part, Turn},
};

use crate::{
    app::TestApp,
    individuals,
    world::{DAY, HOUR},
};

/// Where a test's copies go.
struct Shelves(TempDir);

impl Shelves {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn settings(&self) -> Vec<(&'static str, String)> {
        let path = |name: &str| self.path(name).display().to_string();
        vec![("STEGVIS_BACKUP__DIRECTORY", path("data")), ("STEGVIS_BACKUP__KEYS_DIRECTORY", path("keys"))]
    }

    fn with_second(&self) -> Vec<(&'static str, String)> {
        let path = |name: &str| self.path(name).display().to_string();
        let mut settings = self.settings();
        settings.push(("STEGVIS_BACKUP__SECOND_DIRECTORY", path("second")));
        settings.push(("STEGVIS_BACKUP__SECOND_KEYS_DIRECTORY", path("second-keys")));
        settings
    }
}

fn started(settings: &[(&str, String)]) -> TestApp {
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    TestApp::set(&settings)
}

/// When the copies in a folder were taken, the oldest first.
fn moments(folder: &Path, place: &Place, part: Part) -> Vec<Millis> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut moments: Vec<_> = names.filter_map(|name| copies::moment(&name, place, part)).collect();
    moments.sort();
    moments
}

fn day(at: Millis) -> jiff::civil::Date {
    Timestamp::from_millisecond(at.0).unwrap().to_zoned(TimeZone::UTC).date()
}

/// T-backup-floor, T-backup-ceiling: forty-five days, half a day at a time.
#[test]
fn every_day_of_the_last_thirty_has_a_copy_and_none_is_older_than_thirty_five_days() {
    let shelves = Shelves::new();
    let app = started(&shelves.settings());
    let [data, keys] = app.places();
    let began = app.clock.now();
    let mut oldest = 0;
    for half in 0..90 {
        app.do_round();
        let now = app.clock.now();
        let taken = moments(&shelves.path("data"), &data, Part::Data);
        for back in 0..=30 {
            let asked = now.plus(-back * DAY);
            if asked >= began {
                let point = taken.iter().rev().find(|at| **at <= asked).unwrap_or_else(|| panic!("{half}: day {back}"));
                assert!(
                    asked.since(*point) <= DAY,
                    "{half}: {back} days ago the newest was {} h old",
                    asked.since(*point) / HOUR
                );
            }
        }
        assert!(taken.windows(2).all(|two| day(two[0]) < day(two[1]) || two[1].since(two[0]) >= 12 * HOUR));
        assert!(taken.iter().all(|at| now.since(*at) < 35 * DAY), "{half}");
        let history = moments(&shelves.path("keys"), &keys, Part::Keys);
        assert!(history.iter().all(|at| now.since(*at) < 7 * DAY) && !history.is_empty(), "{half}");
        oldest = oldest.max(now.since(taken[0]));
        app.clock.pass(12 * HOUR);
    }
    assert!(oldest >= 30 * DAY, "{} days", oldest / DAY);
    let metrics = app.nobody().get("/metrics");
    assert!(metrics.shows("stegvis_newest_copy_time_seconds{part=\"data\",place=\"first\"} 1"), "{}", metrics.body);
}

#[test]
fn a_clock_that_leapt_throws_nothing_away() {
    let shelves = Shelves::new();
    let app = started(&shelves.settings());
    let [data, _] = app.places();
    for _ in 0..6 {
        app.do_round();
        app.clock.pass(DAY);
    }
    let before = moments(&shelves.path("data"), &data, Part::Data);
    assert_eq!(before.len(), 6);
    app.clock.pass(3_650 * DAY);
    for _ in 0..3 {
        app.do_round();
        app.clock.pass(HOUR);
    }
    assert_eq!(moments(&shelves.path("data"), &data, Part::Data), before, "none is taken and none is gone");
    app.clock.pass(-3_650 * DAY - 3 * HOUR);
    app.do_round();
    assert_eq!(moments(&shelves.path("data"), &data, Part::Data).len(), 7);
}

#[test]
fn what_the_second_place_missed_is_brought_there_and_what_is_not_ours_stays() {
    let shelves = Shelves::new();
    let app = started(&shelves.with_second());
    let [data, keys] = app.places();
    app.do_round();
    assert!(!shelves.path("second").exists(), "a disk that is away is not made");
    assert_eq!(moments(&shelves.path("data"), &data, Part::Data).len(), 1, "the first copy stands");
    let mine = shelves.path("data/stegvis-20200101T000000000Z.db.age.txt");
    fs::write(&mine, "a note").unwrap();
    let left = shelves.path("data/stegvis-20200101T000000000Z.db.age.part");
    fs::write(&left, "half a copy").unwrap();
    let old = shelves.path("data/stegvis-20200101T000000000Z.db");
    fs::write(&old, "a copy of years ago").unwrap();
    for name in ["second", "second-keys"] {
        fs::create_dir(shelves.path(name)).unwrap();
    }
    app.clock.pass(DAY);
    app.do_round();
    for (first, second, place, part) in
        [("data", "second", &data, Part::Data), ("keys", "second-keys", &keys, Part::Keys)]
    {
        let [first, second] = [first, second].map(|name| moments(&shelves.path(name), place, part));
        assert_eq!((first.len(), &first), (2, &second));
    }
    assert!(mine.exists() && !left.exists() && !old.exists());
    let name = |folder: &str| {
        let mut names: Vec<_> =
            fs::read_dir(shelves.path(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names.into_iter().rev().find(|path| path.extension().is_some_and(|end| end == "age")).unwrap()
    };
    assert_eq!(fs::read(name("data")).unwrap(), fs::read(name("second")).unwrap());
}

/// T-ledger: yesterday's copies of both after today's erasure.
#[test]
fn who_was_forgotten_since_is_forgotten_again_before_anybody_is_let_in() {
    let shelves = Shelves::new();
    let mut app = started(&shelves.settings());
    let [data, keys] = app.places();
    let before = app.persons();
    let client = individuals::signed_up(&app);
    app.do_round();
    assert_eq!(app.persons(), before + 1);
    app.clock.pass(HOUR);
    client.post("/my-data/delete", &[("password", individuals::SECRET)]).must_show("Hej då");
    assert_eq!(app.persons(), before);
    let ledger = fs::read_to_string(shelves.path("keys").join(LEDGER)).unwrap();
    assert_eq!(ledger.lines().count(), 1, "at once, and not only with the next round");
    assert_eq!(ledger, fs::read_to_string(shelves.path("data").join(LEDGER)).unwrap());
    app.stop();
    let copy_keys = CopyKeys::of(&Key::from_bytes([9; 32])).unwrap();
    for (name, place, part) in [("data", &data, Part::Data), ("keys", &keys, Part::Keys)] {
        let Place::Sqlite { file, .. } = place else { panic!("SQLite") };
        for end in ["", "-wal", "-shm"] {
            let _there_or_not = fs::remove_file(format!("{}{end}", file.display()));
        }
        let (copy, _) = copies::newest(&shelves.path(name), place, part).unwrap().unwrap();
        care::bring_back(place, part, &copy, &copy_keys).unwrap();
    }
    app.start_again();
    assert_eq!(app.persons(), before, "their keys are gone again");
    assert_eq!(app.keys().ledger().unwrap().len(), 1);
    let left = app.read(|tx| vault::rows::erasure::finish(tx, Millis(0)));
    assert_eq!(left, 0, "and so are their data");
    let again = app.nobody().post("/sign-in", &[("user_name", individuals::NEW), ("password", individuals::SECRET)]);
    assert_eq!(again.status, 200, "nobody is let in by that name");
}

/// A key store in a folder, as another that is brought back.
fn key_store(folder: &Path, name: &str) -> Keys {
    let place = Place::Sqlite { file: folder.join(name), key: Key::from_bytes([7; 32]) };
    Keys::open(&KeyStore::new(place, Key::from_bytes([9; 32]))).unwrap()
}

#[test]
fn an_older_key_store_does_not_serve_by_a_ledger_that_cannot_be_read() {
    let shelves = Shelves::new();
    let folders = ["data", "keys"].map(|name| shelves.path(name));
    folders.iter().for_each(|folder| fs::create_dir(folder).unwrap());
    let backup =
        Backup { directory: Some(folders[0].clone()), keys_directory: Some(folders[1].clone()), ..Backup::default() };
    let now = Millis(100 * DAY);
    let current = key_store(shelves.0.path(), "current");
    let marks = [(vec![1; 16], now.plus(-HOUR)), (vec![2; 16], now.plus(-DAY)), (vec![3; 16], now.plus(-95 * DAY))];
    assert_eq!(current.take_ledger(&marks).unwrap(), 3);
    Ledgers::of(&backup).write(&current).unwrap();
    let files = folders.map(|folder| folder.join(LEDGER));
    let whole = fs::read_to_string(&files[0]).unwrap();
    assert_eq!(whole.lines().count(), 3);
    let learn = |name: &str| {
        let older = key_store(shelves.0.path(), name);
        Ledgers::of(&backup).bring_forward(&older, now).map(|new| (new, older.ledger().unwrap().len()))
    };
    assert_eq!(learn("one").unwrap(), (2, 2), "what is longer ago than copies are kept is not needed");
    let damage = |file: &Path, line: usize| {
        let lines = whole
            .lines()
            .enumerate()
            .map(|(at, text)| if at == line { text.replace('2', "3") } else { text.to_owned() });
        fs::write(file, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    };
    damage(&files[0], 1);
    assert_eq!(learn("two").unwrap(), (2, 2), "the other one is whole");
    damage(&files[1], 2);
    assert!(matches!(learn("three"), Err(LedgerError::Damaged { .. })));
    // Who remembers all of it goes on, and mends it.
    assert_eq!(Ledgers::of(&backup).bring_forward(&current, now).unwrap(), 0);
    let mut mended = Ledgers::of(&backup);
    mended.write(&current).unwrap();
    assert_eq!(learn("four").unwrap(), (2, 2));
    mended.forget(now).unwrap();
    assert_eq!(fs::read_to_string(&files[1]).unwrap().lines().count(), 2, "what is long ago goes");
    assert_eq!(learn("five").unwrap(), (2, 2));
}

/// On PostgreSQL several processes may be at it: one takes the copy, the others see that it is there.
#[test]
fn on_postgresql_a_copy_is_taken_by_one_process_at_a_time() {
    let shelves = Shelves::new();
    let settings = shelves.settings();
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let Some(app) = TestApp::set_on_postgres(&settings) else { return };
    let [data, keys] = app.places();
    let turn = Turn::take(&data).unwrap().expect("nobody has it");
    assert!(Turn::take(&data).unwrap().is_none());
    app.do_round();
    assert!(moments(&shelves.path("data"), &data, Part::Data).is_empty());
    drop(turn);
    // PostgreSQL's own program stumbles when another test takes its tables away meanwhile; an hour later it is tried again.
    for copies in 1..=3 {
        for _ in 0..8 {
            app.do_round();
            let all = [(&data, "data", Part::Data), (&keys, "keys", Part::Keys)];
            if all.iter().all(|(place, folder, part)| moments(&shelves.path(folder), place, *part).len() == copies) {
                break;
            }
            app.clock.pass(HOUR);
        }
        app.clock.pass(DAY);
    }
    assert_eq!(moments(&shelves.path("data"), &data, Part::Data).len(), 3);
    assert_eq!(moments(&shelves.path("keys"), &keys, Part::Keys).len(), 3);
    let (copy, _) = copies::newest(&shelves.path("data"), &data, Part::Data).unwrap().unwrap();
    let copy_keys = CopyKeys::of(&Key::from_bytes([9; 32])).unwrap();
    let content = care::try_out(&data, Part::Data, &copy, &copy_keys, &shelves.path("data")).unwrap();
    assert!(content.rows["person"] > 5, "{:?}", content.rows);
}
