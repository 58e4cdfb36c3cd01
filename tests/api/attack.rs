//! Half of a made-up school is forgotten, and nobody finds them again; and what happens when a deletion is left out is
//! found by every attempt.

use std::{collections::BTreeSet, fs};

use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use serde_json::Value;
use stegvis::{
    app::App,
    chance::Chance,
    clock::Clock,
    config::Config,
    privacy::attack::{self, Ground as Target, Id, Report, Truth, school},
};
use tempfile::TempDir;
use vault::{
    Place,
    rows::{plane, plane::PlaneRow},
};

use crate::{app::wait_for, ground::Ground};

const SIZE: school::Size = school::Size { groups: 3, students: 60, weeks: 8, a_week: 6 };

fn config() -> Config {
    Config::load(None, [("STEGVIS_DATABASE__URL".to_owned(), "sqlite:none.db".to_owned())].into_iter()).unwrap()
}

/// The school in an empty place; gives all that is stored.
fn filled(ground: &Ground) -> Vec<PlaneRow> {
    filled_with(ground, SIZE);
    all(ground)
}

fn filled_with(ground: &Ground, size: school::Size) {
    let options = ground.options();
    wait_for(async move {
        let (place, keys) = (options.place, options.keys);
        let app = App::build_in(config(), place, keys, Clock::System, Chance::seeded(7)).await.unwrap();
        school::fill(&app, size).await.unwrap();
        app.vault.close().await;
    });
}

fn all(ground: &Ground) -> Vec<PlaneRow> {
    let options = ground.options();
    wait_for(async move {
        let vault = vault::Vault::open(options).unwrap();
        let plane = vault.survey(plane::all).await.unwrap();
        vault.close().await;
        plane
    })
}

fn attacked(ground: &Ground) -> Report {
    filled_with(ground, SIZE);
    let options = ground.options();
    let older = match (ground, &options.place) {
        (Ground::Sqlite(folder), Place::Sqlite { file, key }) => {
            let older = folder.path().join("older.db");
            fs::copy(file, &older).unwrap();
            Some(Place::Sqlite { file: older, key: key.clone() })
        }
        _ => None,
    };
    let target = Target { config: config(), place: options.place, keys: options.keys, older, clock: Clock::System };
    wait_for(attack::attack(target, "a made-up school", 11)).unwrap()
}

/// So many looks are kept in this school that luck is no excuse.
fn stitched(report: &Report) -> f64 {
    let stitch = report.findings.iter().find(|finding| finding.id == "stitch").unwrap();
    stitch.came.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn nobody_who_is_forgotten_is_found_again_on_sqlite() {
    let report = attacked(&Ground::Sqlite(TempDir::new().unwrap()));
    assert!(report.passes(), "{}", report.text());
    assert_eq!((report.forgotten, report.findings.len()), (30, 13), "{}", report.text());
    assert!(stitched(&report) <= 0.55, "{}", report.text());
}

#[test]
fn nobody_who_is_forgotten_is_found_again_on_postgresql() {
    let Some(ground) = Ground::postgres() else { return };
    let report = attacked(&ground);
    assert!(report.passes(), "{}", report.text());
    assert_eq!((report.forgotten, report.findings.len()), (30, 11), "{}", report.text());
    assert!(stitched(&report) <= 0.55, "{}", report.text());
}

/// As if somebody had only taken the names away, and left every row where it was.
fn without_names(mut plane: Vec<PlaneRow>) -> Vec<PlaneRow> {
    for row in &mut plane {
        for column in ["name", "user_name", "entered", "answer", "title"] {
            if row.table != "school" && row.values.contains_key(column) {
                row.values.insert(column.to_owned(), Value::Null);
            }
        }
    }
    plane
}

#[test]
fn a_deletion_that_is_left_out_is_found_by_every_attempt() {
    let truth = Truth::of(filled(&Ground::Sqlite(TempDir::new().unwrap())));
    let gone: BTreeSet<Id> = truth.events.keys().take(30).copied().collect();
    let after = without_names(truth.plane.clone());
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let found = attack::found(&after, &truth.markers());
    assert!(gone.iter().all(|one| found[one].0 > 0), "ids are markers too");
    for known in [1, 5] {
        let surely = attack::singled_out(&truth, &after, &gone, known, &mut rng);
        assert!(surely > 0.99, "{known} known: {surely}");
    }
    let attack::Stitched { auc, by_chance, rows } = attack::stitched(&truth, &after, &gone, &mut rng);
    assert!(auc > 0.9 && by_chance < 0.6 && rows > 1_000, "{auc}, {by_chance} by luck, over {rows} rows");
    let (left, salts) = attack::salts_left(&truth, &after, &gone);
    assert!(left == salts && salts > 100, "{left} of {salts} salts");
    let (hits, chance) = attack::by_moment(&truth, &after, &gone, &mut rng);
    assert!(hits > 0.99 && chance < 0.9, "{hits} against {chance}");
    // Two states of a sum that differ by one person.
    let key = || ("ex".to_owned(), "7-9".to_owned(), "2026-autumn".to_owned());
    let event = truth.events.values().flatten().next().unwrap();
    let key = |_| (event.exercise.clone(), key().1, key().2);
    let releases =
        [attack::Release::from([(key(0), (20, event.at - 1))]), attack::Release::from([(key(0), (21, event.at))])];
    let spans = [("2026-autumn".to_owned(), (0, i64::MAX))].into();
    assert_eq!(attack::smallest_difference(&truth, &releases, &spans), Some(1));
}

/// So few that no sum over them may be kept but that of the school.
const FEW: school::Size = school::Size { groups: 1, students: 9, weeks: 3, a_week: 6 };

#[test]
fn of_fewer_than_ten_no_exercise_is_summed_up() {
    let ground = Ground::Sqlite(TempDir::new().unwrap());
    filled_with(&ground, FEW);
    let options = ground.options();
    let target =
        Target { config: config(), place: options.place, keys: options.keys, older: None, clock: Clock::System };
    let report = wait_for(attack::attack(target, "nine students", 11)).unwrap();
    let plane = all(&ground);
    let sums = |table: &str| plane.iter().filter(|row| row.table == table).count();
    assert_eq!((report.forgotten, sums("item_stat")), (4, 0), "{}", report.text());
    assert!(sums("usage") >= 1, "nine are enough inside their school");
    let holds = |id: &str| report.findings.iter().any(|finding| finding.id == id && finding.passes);
    assert!(["marker", "single-5", "sums", "rest"].into_iter().all(holds), "{}", report.text());
}
