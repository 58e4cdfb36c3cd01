//! Two processes on one PostgreSQL, with a clock that both have: what happens in one is seen in the other.

use crate::{
    app::{Beside, TestApp},
    cards, class_code,
    client::{Client, key},
    world,
};

fn two() -> Option<(TestApp, Beside)> {
    let app = TestApp::on_postgres()?;
    let beside = app.beside().expect("PostgreSQL has room for two");
    Some((app, beside))
}

fn cookie(of: &Client) -> String {
    format!("stegvis={}", of.cookie("stegvis").unwrap())
}

/// Whether the one who has the cookie is signed in there as well.
fn is_in(there: &Beside, cookie: &str) -> bool {
    let answer = there.nobody().ask("GET", "/today", &[("cookie", cookie)], "");
    assert!(matches!(answer.status, 200 | 303), "{}", answer.body);
    answer.status == 200
}

/// What ends in one process has ended in the other two seconds later at the latest.
#[test]
fn what_ends_here_ends_there_within_two_seconds() {
    let Some((app, beside)) = two() else { return };
    let maria = app.maria();
    let card = cards::code_of(&app, "bo");
    let code = class_code::opened(&maria);
    let (by_password, by_card, by_code) = (app.alva(), app.nobody(), app.nobody());
    cards::enter(&by_card, &card);
    assert_eq!(class_code::enter(&by_code, &code, "alva").status, 303);
    let cookies = [&by_password, &by_card, &by_code].map(cookie);
    for cookie in &cookies {
        assert!(is_in(&beside, cookie));
    }
    let group = world::group("7A");
    assert_eq!(by_password.post("/sign-out", &[]).status, 303);
    maria.follow(&format!("/groups/{group}/students/{}/card/end", world::person("bo")), &[]);
    maria.follow(&format!("{}/students/{}/out", class_code::address(), world::person("alva")), &[]);
    app.clock.pass(2_000);
    for cookie in &cookies {
        assert!(!is_in(&beside, cookie));
    }
    assert_eq!(cards::enter(&beside.nobody(), &card).status, 401, "the card opens nothing there, at once");
}

/// The live view asks the database, not the memory of the process that judged the line.
#[test]
fn a_teacher_there_sees_what_a_student_does_here() {
    let Some((app, beside)) = two() else { return };
    let maria = beside.nobody();
    let answer = maria.post("/sign-in", &[("user_name", "maria"), ("password", world::PASSWORD)]);
    assert_eq!(answer.status, 303);
    let group = format!("/groups/{}", world::group("7A"));
    maria.page(&format!("{group}/now")).must_show("0 av 2 är här.");
    let alva = app.alva();
    let (address, _) = alva.follow("/calculations", &[]);
    alva.follow(&format!("{address}/lines"), &[("line", "§"), ("key", &key(1))]);
    maria.page(&format!("{group}/now")).must_not_show("0 av 2 är här.");
    let page = maria.page(&format!("{group}/students/{}", world::person("alva")));
    assert_eq!(page.verdicts(), ["unreadable"]);
}

/// What is kept in memory of a student is gone by only as long as nothing was learned elsewhere.
#[test]
fn what_a_student_does_there_is_in_the_plan_here() {
    let Some((app, beside)) = two() else { return };
    let alva = app.alva();
    let address = app.open_lines("alva", &alva);
    let there = beside.nobody();
    let answer = there.post("/sign-in", &[("user_name", "alva"), ("password", world::PASSWORD)]);
    assert_eq!(answer.status, 303);
    let plan = |client: &Client| client.get("/api/v1/plan").json();
    let before = plan(&alva);
    assert_eq!(plan(&there), before);
    let wrong = app.item("alva", &address).wrong[0].line.clone();
    there.follow(&format!("{address}/lines"), &[("line", &wrong), ("key", &key(1))]);
    assert_ne!(plan(&there), before, "the line told of what the student can");
    assert_eq!(plan(&alva), plan(&there));
}
