//! What the model sees of lines, how it is stored and made anew, and what follows for what is next.

use serde_json::{Value, json};
use stegvis::{
    exercises::Bank,
    practice::{Rebuilt, rebuild},
};
use vault::{
    Fault,
    rows::students::{self, General, SeenResponse},
};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    world,
};

on_both!(
    every_line_is_evidence,
    a_line_that_says_nothing_moves_nothing,
    a_model_is_made_anew_to_the_last_bit,
    what_cannot_be_read_is_made_anew_before_anything_is_stored,
    a_student_begins_where_the_group_stands,
    what_is_pinned_is_opened_and_what_is_excluded_is_not,
    the_plan_begins_with_what_is_opened,
    what_was_declined_is_not_offered_again,
);

/// Opens an exercise that maria gave to 7A: its address.
fn open(app: &TestApp, student: &Client, exercise: &str) -> String {
    let assignment = app.give("maria", "7A", &[exercise]);
    student.follow(&format!("/assigned/{assignment}"), &[]).0
}

fn write(student: &Client, calculation: &str, line: &str, number: u32) {
    student.follow(&format!("{calculation}/lines"), &[("line", line), ("key", &key(number))]);
}

fn seen(app: &TestApp, who: &'static str) -> Vec<SeenResponse> {
    let own = app.me(who).own();
    app.read(move |tx| students::responses(tx, &own))
}

fn made_anew(app: &TestApp, who: &'static str) -> Rebuilt {
    let (own, bank) = (app.me(who).own(), Bank::shipped().unwrap());
    app.write(move |tx| rebuild(tx, &bank, &own).map_err(|_| Fault::NoKey))
}

/// Works through an exercise with a wrong line first.
fn work(app: &TestApp, who: &'static str, student: &Client, exercise: &str) {
    let address = open(app, student, exercise);
    let item = app.item(who, &address);
    write(student, &address, &item.wrong[0].line, 1);
    for (number, line) in (2..).zip(&item.worked) {
        write(student, &address, line, number);
    }
}

fn every_line_is_evidence(app: &mut TestApp) {
    let alva = app.alva();
    let address = open(app, &alva, "brackets-one-side");
    let item = app.item("alva", &address);
    write(&alva, &address, &item.wrong[0].line, 1);
    write(&alva, &address, "1 = 2", 2);
    for (number, line) in (3..).zip(&item.worked) {
        write(&alva, &address, line, number);
    }
    let seen = seen(app, "alva");
    let told: Vec<(bool, bool)> = seen.iter().map(|one| (one.is_line, one.correct)).collect();
    assert_eq!(told[..2], [(false, false), (true, false)], "the first wrong line answers the item, the next is a line");
    assert_eq!(told.last(), Some(&(false, true)), "the last one solves it");
    assert!(told[2..told.len() - 1].iter().all(|one| *one == (true, true)), "the others are steps: {told:?}");
    assert_eq!(seen[0].skill, "equations-brackets");
    let of_steps: Vec<&str> = seen[2..].iter().filter(|one| one.is_line).map(|one| one.skill.as_str()).collect();
    assert!(of_steps.contains(&"expressions-expand"), "the bracket is multiplied out: {of_steps:?}");
    assert_eq!(seen.last().map(|one| one.attempt), Some(3), "after two wrong lines");
    // What a line tells of another skill is on the map too.
    alva.page("/map").must_show("Multiplicera in i parentes");
    let known = alva.get("/api/v1/map").json();
    assert!(known.to_string().contains("expressions-expand"));
}

fn a_line_that_says_nothing_moves_nothing(app: &mut TestApp) {
    let alva = app.alva();
    let address = open(app, &alva, "two-step-plain");
    let first = app.item("alva", &address).worked[0].clone();
    write(&alva, &address, &first, 1);
    let before = seen(app, "alva").len();
    for number in 2..6 {
        write(&alva, &address, &first, number);
        write(&alva, &address, "?", 10 + number);
    }
    assert_eq!(seen(app, "alva").len(), before, "the same line again, and what cannot be read");
}

fn a_model_is_made_anew_to_the_last_bit(app: &mut TestApp) {
    let alva = app.alva();
    for exercise in ["two-step-plain", "one-step-plus", "two-step-plain", "brackets-one-side"] {
        work(app, "alva", &alva, exercise);
        app.clock.pass(world::HOUR);
    }
    assert!(seen(app, "alva").len() > 8);
    assert_eq!(made_anew(app, "alva"), Rebuilt::Same);
    let map = app.alva().get("/api/v1/map").json();
    let own = app.me("alva").own();
    app.write(move |tx| students::put_anew(tx, &own, &[], &[]));
    assert_eq!(made_anew(app, "alva"), Rebuilt::Mended);
    assert_eq!(made_anew(app, "alva"), Rebuilt::Same);
    assert_eq!(app.alva().get("/api/v1/map").json(), map, "what she can is as it was");
}

fn what_cannot_be_read_is_made_anew_before_anything_is_stored(app: &mut TestApp) {
    let alva = app.alva();
    work(app, "alva", &alva, "two-step-plain");
    let known =
        |app: &TestApp| app.maria().get(&format!("/api/v1/groups/{}", world::group("7A"))).json()["known"].clone();
    let before = known(app);
    let own = app.me("alva").own();
    let spoil = move |tx: &mut vault::Tx| {
        let seen = students::general(tx, &own).map_err(|_| Fault::NoKey)?;
        assert!(students::take(tx, &own, &General { state: "{\"of\":\"another time\"}".to_owned(), ..seen })?);
        students::put_anew(tx, &own, &[], &[])
    };
    app.write(spoil);
    assert_eq!(known(app), before, "the teacher sees what the responses say");
    work(app, "alva", &app.alva(), "one-step-plus");
    assert_eq!(made_anew(app, "alva"), Rebuilt::Same);
}

fn a_student_begins_where_the_group_stands(app: &mut TestApp) {
    let alva = app.alva();
    open(app, &alva, "two-step-plain");
    let own = app.me("alva").own();
    let start = app.read(move |tx| Ok(students::general(tx, &own).map_err(|_| Fault::NoKey)?.start));
    assert_eq!(start, Some(0.0), "of a group of two nothing is told");
}

fn what_is_pinned_is_opened_and_what_is_excluded_is_not(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    let group = format!("/api/v1/groups/{}/steering", world::group("7A"));
    let own = format!("/api/v1/groups/{}/students/{}/steering", world::group("7A"), world::person("alva"));
    let next = || alva.get("/api/v1/recommendation").json();
    let usual = next();
    let skill = |of: &Value| of["skill"].as_str().unwrap().to_owned();
    let exclude = json!({ "wish": "exclude", "of": { "skill": skill(&usual) } });
    let said = maria.post_json(&group, &exclude).json()["id"].as_str().unwrap().to_owned();
    assert_ne!(skill(&next()), skill(&usual), "excluded for the whole group");
    maria.ask("DELETE", &format!("{group}/{said}"), &[("sec-fetch-site", "same-origin")], "");
    assert_eq!(next(), usual, "and no longer");
    let pin = json!({ "wish": "pin", "of": { "skill": "percent-of-quantity" } });
    maria.post_json(&own, &pin);
    let pinned = next();
    assert_eq!((skill(&pinned), &pinned["why"]["kind"]), ("percent-of-quantity".to_owned(), &"pinned".into()));
    let bo = app.signed_in("bo").get("/api/v1/recommendation").json();
    assert_ne!(bo["why"]["kind"], "pinned", "for Alva alone");
    let opened = alva.post_json("/api/v1/calculations", &Value::Null).json();
    assert_eq!(opened["exercise"], pinned["exercise"]);
    // The other wish takes the place of the first.
    let not = json!({ "wish": "exclude", "of": { "skill": "percent-of-quantity" } });
    maria.post_json(&own, &not);
    let said = maria.get(&own).json();
    assert_eq!((said.as_array().map(Vec::len), &said[0]["wish"]), (Some(1), &"exclude".into()));
    let unknown = maria.post_json(&own, &json!({ "wish": "pin", "of": { "skill": "no-such" } }));
    assert_eq!(unknown.status, 404);
}

fn the_plan_begins_with_what_is_opened(app: &mut TestApp) {
    let alva = app.alva();
    for number in 0..6 {
        let plan = alva.get("/api/v1/plan").json();
        let plan = plan.as_array().unwrap();
        assert_eq!(plan.len(), 5 - number % 5, "one less for each that is done");
        assert_eq!(plan[0]["exercise"], alva.get("/api/v1/recommendation").json()["exercise"]);
        let mut exercises: Vec<&Value> = plan.iter().map(|one| &one["exercise"]).collect();
        exercises.sort_by_key(ToString::to_string);
        exercises.dedup();
        assert_eq!(exercises.len(), plan.len(), "no exercise twice");
        let (address, _) = alva.follow("/calculations", &[]);
        let goal = app.item("alva", &address).worked.last().unwrap().clone();
        write(&alva, &address, &goal, 1);
    }
}

fn what_was_declined_is_not_offered_again(app: &mut TestApp) {
    let alva = app.alva();
    let (mut offered, mut skills): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let bank = Bank::shipped().unwrap();
    let mut address = alva.follow("/calculations", &[]).0;
    for _ in 0..5 {
        let id = address.trim_start_matches("/calculations/");
        let calculation = alva.get(&format!("/api/v1/calculations/{id}")).json();
        let exercise = calculation["exercise"].as_str().unwrap().to_owned();
        assert!(!offered.contains(&exercise), "{exercise} was declined just now");
        let skill = bank.skill(bank.exercise(&exercise.as_str().into()).unwrap().skill).unwrap().id.to_string();
        let declined = skills.iter().filter(|one| **one == skill).count();
        assert!(declined < 2, "{skill} was declined {declined} times, and rests");
        offered.push(exercise);
        skills.push(skill);
        address = alva.follow(&format!("{address}/another"), &[]).0;
    }
}
