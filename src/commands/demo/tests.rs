//! The demo is what its start promises.

use std::{collections::BTreeMap, fs, path::Path};

use clap::Parser;
use diesel::{Connection, PgConnection, connection::SimpleConnection};
use vault::{Fault, Millis, Role, rows::calculations};

use super::*;
use crate::{
    accounts, calendar, classroom,
    classroom::State,
    maraton as distances,
    practice::{self, Entry},
};

/// A Wednesday, five past eleven in Norrlida.
const NOW: Millis = Millis(1_794_996_300_000);

fn settings() -> Config {
    let command = DemoCommand { listen: "127.0.0.1:0".parse().unwrap(), data: None, database: None, keys: None };
    let mut config = command.config().unwrap();
    // The tests' machine may be busy with others.
    config.database.patience_seconds = 60;
    config
}

async fn open(folder: &Path) -> (App, Found) {
    Home::Folder(folder.to_owned()).open(&settings(), |_| {}).await.unwrap()
}

/// A demo with so many weeks of history, made at [`NOW`] and looked at then.
async fn filled(folder: &Path, weeks: i64) -> (App, Cast) {
    let (mut app, found) = open(folder).await;
    assert_eq!(found, Found::Nobody);
    fill(&app, NOW, weeks).await.unwrap();
    let cast = Cast::call(&app.vault).await.unwrap();
    live::set(&app, &cast, NOW).await.unwrap();
    app.clock = crate::clock::Clock::still(NOW);
    app.demo = Some(people::accounts());
    (app, cast)
}

async fn entries(app: &App, student: &people::Student) -> Vec<Entry> {
    let (mut entries, mut before) = (Vec::new(), None);
    loop {
        let page = practice::history(app, &student.me, before, practice::A_PAGE).await.unwrap();
        entries.extend(page.entries);
        before = page.more;
        if before.is_none() {
            return entries;
        }
    }
}

/// What everyone wrote, with when and how it was judged: all of the history that a reader could tell apart.
async fn told(app: &App, cast: &Cast) -> String {
    let mut told = String::new();
    for student in &cast.students {
        for entry in entries(app, student).await {
            told += &format!("{} {:?}\n", student.name, entry.calculation.exercise);
            for line in entry.lines {
                told += &format!("  {} {} {:?}\n", line.at.0, line.entered, line.verdict);
            }
        }
    }
    told
}

#[actix_web::test]
async fn a_new_demo_holds_what_was_promised() {
    let folder = tempfile::tempdir().unwrap();
    let (app, cast) = filled(folder.path(), 2).await;
    everyone_is_there_who_was_promised(&app, &cast).await;
    history_is_written_in_believable_hours_by_believable_hands(&app, &cast).await;
    alva_is_in_the_middle_of_yesterdays_equation_and_has_done_well(&app, &cast).await;
    the_schools_stand_differently_and_distances_wait_in_both(&app, &cast).await;
    app.close().await;
}

async fn everyone_is_there_who_was_promised(app: &App, cast: &Cast) {
    let names: Vec<_> =
        app.demo.as_deref().unwrap().iter().map(|account| (account.kind, account.name.as_str())).collect();
    let promised = [
        ("student", "Alva Bergström"),
        ("teacher", "Maria Lindqvist"),
        ("school-admin", "Jonas Ekdahl"),
        ("officer", "Samira Haddad"),
        ("guardian", "Karin Bergström"),
        ("individual", "Ellen Strand"),
        ("organiser", "Petra Ålund"),
        ("support", "Sofia Nordin"),
        ("database-staff", "Anders Viklund"),
        ("operator", "Ingrid Falk"),
        ("researcher", "Tomas Hjort"),
    ];
    assert_eq!(names, promised);
    for (kind, role) in [
        ("student", Role::Student),
        ("teacher", Role::Teacher),
        ("school-admin", Role::SchoolAdmin),
        ("officer", Role::Officer),
        ("guardian", Role::Guardian),
        ("individual", Role::Individual),
        ("organiser", Role::Organiser),
        ("support", Role::Support),
        ("database-staff", Role::DatabaseStaff),
        ("operator", Role::Operator),
        ("researcher", Role::Researcher),
    ] {
        let token = accounts::open_demo(app, kind, accounts::Visitor::default()).await.unwrap();
        let signed = accounts::signed(app, &token).await.unwrap().unwrap();
        assert!(signed.profile.is(role), "{kind}");
    }
    let samira =
        accounts::signed(app, &accounts::open_demo(app, "officer", accounts::Visitor::default()).await.unwrap())
            .await
            .unwrap()
            .unwrap();
    let (seen, of_schools) = classroom::controller(app, &samira.me).await.unwrap();
    let schools: Vec<_> =
        of_schools.iter().map(|school| (school.overview.name.as_str(), school.overview.groups.len())).collect();
    assert_eq!((seen.name.as_str(), seen.persons), ("Norrlida kommun", 67));
    assert_eq!(schools, [("Björkskolan", 2), ("Sjöviksskolan", 2)]);
    let groups = of_schools.iter().flat_map(|school| &school.overview.groups);
    assert_eq!(groups.map(|group| group.students).sum::<i64>(), 60);
    let maria = cast.teachers.first().unwrap();
    let groups = classroom::groups(app, maria).await.unwrap();
    assert_eq!(groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["6A", "8B"]);
    accounts::sign_in(app, "Alva", people::PASSWORD.to_owned(), accounts::Visitor::default()).await.unwrap();
}

async fn history_is_written_in_believable_hours_by_believable_hands(app: &App, cast: &Cast) {
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    let today = calendar::day(NOW, roster::TIME_ZONE);
    for student in &cast.students {
        let entries = entries(app, student).await;
        assert!(entries.len() >= 3, "{} has {} calculations", student.name, entries.len());
        for entry in &entries {
            for line in &entry.lines {
                *verdicts.entry(practice::verdict_name(&line.verdict)).or_default() += 1;
                let at = calendar::local(line.at, roster::TIME_ZONE);
                assert!(at.date() == today || (8..21).contains(&at.hour()), "{} wrote at {at}", student.name);
                assert!(line.at <= NOW);
            }
        }
    }
    let of = |verdict| verdicts.get(verdict).copied().unwrap_or_default();
    let all: usize = verdicts.values().sum();
    assert!(of("goal") > 300 && of("right") > 200 && of("unreadable") > 10, "{verdicts:?}");
    assert!((5..40).contains(&(of("wrong") * 100 / all)), "{verdicts:?}");
}

async fn alva_is_in_the_middle_of_yesterdays_equation_and_has_done_well(app: &App, cast: &Cast) {
    let alva = cast.students.first().unwrap();
    let today = practice::today(app, &alva.me).await.unwrap();
    let (id, ..) = today.unfinished.unwrap();
    let shown = practice::show(app, &alva.me, id).await.unwrap();
    assert_eq!(shown.desk.calculation.exercise, "both-sides-plain");
    assert!(!shown.desk.standing.is_empty() && shown.desk.is_open());
    let yesterday = calendar::day(NOW, roster::TIME_ZONE).yesterday().unwrap();
    let begun = shown.desk.lines.last().unwrap().at;
    assert_eq!(calendar::day(begun, roster::TIME_ZONE), yesterday);
    assert_eq!(today.assigned.first().map(|given| (given.items, given.finished)), Some((6, 2)));
    let history = entries(app, alva).await;
    let finished: Vec<_> = history.iter().filter(|entry| entry.calculation.finished_at.is_some()).collect();
    let at_once = finished.iter().filter(|entry| entry.lines.iter().all(|line| !line.is_wrong())).count();
    assert!(finished.len() >= 8 && at_once * 2 > finished.len(), "{at_once} of {}", finished.len());
}

#[actix_web::test]
async fn marias_lesson_lives_at_every_start() {
    let folder = tempfile::tempdir().unwrap();
    let (mut app, cast) = filled(folder.path(), 1).await;
    let tomorrow = NOW.plus(24 * 3_600_000);
    for now in [NOW, NOW.plus(60_000), tomorrow] {
        live::set(&app, &cast, now).await.unwrap();
        app.clock = crate::clock::Clock::still(now);
        let states = states(&app, &cast).await;
        let count = |state| states.iter().filter(|(_, found)| *found == state).count();
        assert_eq!((count(State::Stuck), count(State::Silent), count(State::Done)), (1, 1, 3), "{states:?}");
        assert_eq!((count(State::Working), count(State::Away)), (7, 4), "{states:?}");
    }
    app.close().await;
}

async fn states(app: &App, cast: &Cast) -> Vec<(String, State)> {
    let maria = cast.teachers.first().unwrap();
    let groups = classroom::groups(app, maria).await.unwrap();
    let group = groups.iter().find(|group| group.name == "8B").unwrap();
    let view = classroom::group(app, maria, group.id).await.unwrap();
    view.live.students.into_iter().map(|now| (now.student.name, now.state)).collect()
}

async fn the_schools_stand_differently_and_distances_wait_in_both(app: &App, cast: &Cast) {
    let (mut metres, mut takes_part) = (Vec::new(), Vec::new());
    for teacher in &cast.teachers {
        let open = distances::maraton(app, teacher).await.unwrap().unwrap();
        assert!(open.waiting.iter().any(|(_, waiting)| !waiting.is_empty()));
        metres = open.standings.schools.iter().map(|standing| standing.metres).collect();
        takes_part = open.standings.schools;
    }
    assert!(metres.len() == 2 && metres.iter().all(|metres| *metres > 42_200), "{metres:?}");
    assert_ne!(metres.first(), metres.last());
    assert!(takes_part.iter().all(|school| school.entrants < school.students && school.items > school.entrants));
}

#[actix_web::test]
async fn a_second_start_keeps_everything() {
    let folder = tempfile::tempdir().unwrap();
    let (app, cast) = filled(folder.path(), 1).await;
    let before = told(&app, &cast).await;
    app.close().await;
    drop(app);
    let (app, found) = open(folder.path()).await;
    assert_eq!(found, Found::Demo);
    assert_eq!(told(&app, &Cast::call(&app.vault).await.unwrap()).await, before);
    app.close().await;
}

#[actix_web::test]
async fn the_same_moment_gives_the_same_demo() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut tales = Vec::new();
    for folder in &folders {
        let (app, cast) = filled(folder.path(), 1).await;
        let alva = cast.students.first().unwrap().me.own();
        let first = app.vault.read(move |tx| Ok::<_, Fault>(calculations::latest(tx, &alva, 1)?.pop())).await.unwrap();
        tales.push((told(&app, &cast).await, first.unwrap().id));
        app.close().await;
    }
    assert!(tales.first() == tales.last());
}

#[actix_web::test]
async fn an_interrupted_filling_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = open(folder.path()).await;
    people::move_in(&app.vault, &Chance::seeded(SEED), NOW).await.unwrap();
    app.close().await;
    drop(app);
    let said = std::cell::RefCell::new(Vec::new());
    let home = Home::Folder(folder.path().to_owned());
    let (app, found) = home.open(&settings(), |what| said.borrow_mut().push(what.to_owned())).await.unwrap();
    assert_eq!(found, Found::Nobody);
    assert!(said.borrow().iter().any(|what| what.contains("interrupted")));
    app.close().await;
}

#[actix_web::test]
async fn a_strangers_folder_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.odt"), "years of work").unwrap();
    let home = Home::Folder(folder.path().to_owned());
    let refused = home.open(&settings(), |_| {}).await.err().unwrap().to_string();
    assert!(refused.contains("thesis.odt") && refused.contains("--data"), "{refused}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[actix_web::test]
async fn a_strangers_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = open(folder.path()).await;
    let real = vault::rows::people::NewController {
        id: vault::ControllerId::from_bytes([7; 16]),
        kind: "municipality".to_owned(),
        name: "A real one".to_owned(),
        time_zone: "UTC".to_owned(),
        created_at: NOW,
    };
    app.vault.write(move |tx| vault::rows::people::add_controller(tx, &real)).await.unwrap();
    app.close().await;
    drop(app);
    let home = Home::Folder(folder.path().to_owned());
    let refused = home.open(&settings(), |_| {}).await.err().unwrap().to_string();
    assert!(refused.contains("other data"), "{refused}");
}

/// A schema of PostgreSQL that is a database of its own for whoever has the URL; dropped at the end.
struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// None, with a note, where there is no PostgreSQL to test with; required, that is a failure.
    #[expect(clippy::disallowed_methods, reason = "tests are told where PostgreSQL is by the environment")]
    fn new(name: &str) -> Option<Self> {
        let Ok(server) = std::env::var("STEGVIS_TEST_POSTGRES") else {
            let required = std::env::var("STEGVIS_TEST_REQUIRE_POSTGRES").is_ok_and(|required| required == "1");
            assert!(!required, "STEGVIS_TEST_POSTGRES is to name a database");
            eprintln!("note: STEGVIS_TEST_POSTGRES is not set, so this is not tested on PostgreSQL");
            return None;
        };
        let schema = Self { server, name: format!("{name}_{}", std::process::id()) };
        schema.run(&format!("CREATE SCHEMA {0}; CREATE SCHEMA {0}_keys", schema.name));
        Some(schema)
    }

    fn run(&self, statement: &str) {
        PgConnection::establish(&self.server).unwrap().batch_execute(statement).unwrap();
    }

    fn home(&self) -> Home {
        let joint = if self.server.contains('?') { '&' } else { '?' };
        let place = |name: &str| format!("{}{joint}options=-csearch_path%3D{name}", self.server);
        Home::Postgres { url: place(&self.name), keys: place(&format!("{}_keys", self.name)) }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.run(&format!("SET client_min_messages = warning; DROP SCHEMA {0}, {0}_keys CASCADE", self.name));
    }
}

#[actix_web::test]
async fn postgresql_is_filled_once_and_never_in_part() {
    let Some(schema) = Schema::new("demo") else { return };
    let home = schema.home();
    let (app, found) = home.open(&settings(), |_| {}).await.unwrap();
    assert_eq!(found, Found::Nobody);
    people::move_in(&app.vault, &Chance::seeded(SEED), NOW).await.unwrap();
    app.close().await;
    let refused = home.open(&settings(), |_| {}).await.err().unwrap().to_string();
    assert!(refused.contains("interrupted"), "{refused}");

    let schema = Schema::new("demo_whole").unwrap();
    let home = schema.home();
    let (app, _) = home.open(&settings(), |_| {}).await.unwrap();
    fill(&app, NOW, 1).await.unwrap();
    let cast = Cast::call(&app.vault).await.unwrap();
    let before = told(&app, &cast).await;
    app.close().await;
    let (app, found) = home.open(&settings(), |_| {}).await.unwrap();
    assert_eq!(found, Found::Demo);
    assert_eq!(told(&app, &cast).await, before);
    app.close().await;

    let folder = tempfile::tempdir().unwrap();
    let (in_folder, _) = open(folder.path()).await;
    fill(&in_folder, NOW, 1).await.unwrap();
    let cast = Cast::call(&in_folder.vault).await.unwrap();
    assert!(told(&in_folder, &cast).await == before, "both databases hold the same history");
    in_folder.close().await;
}

#[test]
fn only_this_machine_reaches_the_demo() {
    for open in ["0.0.0.0:8080", "192.168.1.4:80", "[::]:8080"] {
        let refused = refuse_open(open.parse().unwrap()).unwrap_err().to_string();
        assert!(refused.contains("this machine only"), "{refused}");
    }
    for own in ["127.0.0.1:0", "[::1]:8080"] {
        assert!(refuse_open(own.parse().unwrap()).is_ok());
    }
}

#[test]
fn the_usual_folder_is_among_ones_own_data() {
    let usual = |xdg: Option<&str>, home: Option<&str>| home::usual_folder(xdg.map(Into::into), home.map(Into::into));
    assert_eq!(usual(Some("/data"), Some("/home/a")).unwrap(), Path::new("/data/stegvis-demo"));
    assert_eq!(usual(Some("data"), Some("/home/a")).unwrap(), Path::new("/home/a/.local/share/stegvis-demo"));
    assert_eq!(usual(None, Some("/home/a")).unwrap(), Path::new("/home/a/.local/share/stegvis-demo"));
    assert!(usual(None, None).is_err());
}

#[test]
fn a_folder_and_a_database_exclude_each_other() {
    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        demo: DemoCommand,
    }
    assert!(Line::try_parse_from(["demo", "--data", "x", "--database", "postgres://y"]).is_err());
    let listen = Line::try_parse_from(["demo"]).unwrap().demo.listen;
    assert_eq!(listen.to_string(), "127.0.0.1:8080");
    assert!(Line::try_parse_from(["demo", "--database", "postgres://y"]).is_err(), "and no keys");
    for (database, keys) in [("mysql://y", "postgres://z"), ("postgres://y", "sqlite:z")] {
        let odd = Line::try_parse_from(["demo", "--database", database, "--keys", keys]).unwrap().demo;
        assert!(odd.home().err().unwrap().to_string().contains("postgres://"));
    }
}
