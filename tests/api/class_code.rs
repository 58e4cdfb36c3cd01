//! The class code: a door that the teacher holds open for some minutes.

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client},
    world::{self, HOUR},
};

on_both!(
    a_student_comes_in_by_code_and_name,
    the_names_stand_behind_the_right_code_only,
    the_door_closes_after_its_minutes,
    closing_ends_it_at_once_and_a_new_code_replaces_the_old,
    fifty_wrong_tries_close_it,
    a_name_is_picked_once_until_the_teacher_lets_it_out,
    only_the_group_s_students_come_in,
    who_came_in_by_a_code_stays_for_a_lesson,
    a_code_is_open_for_an_hour_at_most,
);

pub fn address() -> String {
    format!("/groups/{}/class-code", world::group("7A"))
}

/// Opens a code for 7A and gives it as it stands on the board.
pub fn opened(maria: &Client) -> String {
    let (_, page) = maria.follow(&address(), &[("minutes", "10")]);
    code(&page)
}

fn code(page: &Answer) -> String {
    page.between("<p class=\"code-text\">", "</p>").expect("an open code").to_owned()
}

pub fn enter(device: &Client, code: &str, who: &str) -> Answer {
    device.post("/class/enter", &[("code", code), ("name", &world::person(who).to_string())])
}

fn a_student_comes_in_by_code_and_name(app: &mut TestApp) {
    let maria = app.maria();
    let code = opened(&maria);
    maria.page(&address()).must_show("Öppen till 10:10");
    let device = app.nobody();
    device.page("/sign-in").must_show("href=\"/class\"");
    let names = device.post("/class", &[("code", &code.to_lowercase())]);
    assert_eq!(names.status, 200);
    names.must_show("Alva L.");
    names.must_show("Bo E.");
    names.must_not_show("Maria");
    names.must_not_show("Folke");
    assert_eq!(names.headers("set-cookie"), Vec::<&str>::new());
    assert_eq!(enter(&device, &code, "alva").location(), "/");
    device.page("/today").must_show("Hej Alva!");
    let live = maria.page(&format!("{}/now", address()));
    live.must_show("En elev är inne");
    live.must_show("Alva L.");
    live.must_show("Kom in 10:00");
}

fn the_names_stand_behind_the_right_code_only(app: &mut TestApp) {
    let code = opened(&app.maria());
    let device = app.nobody();
    let (place, _) = code.split_once(' ').unwrap();
    for wrong in ["", "AAAAAA", &format!("{place} AAA"), &format!("{place}AAA"), place, &format!("{code}A")] {
        if *wrong == code {
            continue;
        }
        let answer = device.post("/class", &[("code", wrong)]);
        assert_eq!(answer.status, 401, "{wrong}");
        answer.must_show("Koden öppnar ingenting just nu.");
        answer.must_not_show("Alva");
        assert_eq!(enter(&device, wrong, "alva").status, 401, "{wrong}");
    }
    assert_eq!(device.get("/today").location(), "/sign-in");
}

fn the_door_closes_after_its_minutes(app: &mut TestApp) {
    let code = opened(&app.maria());
    app.clock.pass(10 * 60_000 - 1);
    assert_eq!(app.nobody().post("/class", &[("code", &code)]).status, 200);
    app.clock.pass(1);
    let device = app.nobody();
    assert_eq!(device.post("/class", &[("code", &code)]).status, 401);
    assert_eq!(enter(&device, &code, "alva").status, 401);
    app.maria().page(&address()).must_show("Ingen kod är öppen.");
}

fn closing_ends_it_at_once_and_a_new_code_replaces_the_old(app: &mut TestApp) {
    let maria = app.maria();
    let first = opened(&maria);
    let second = opened(&maria);
    assert_ne!(first, second);
    let (device, inside) = (app.nobody(), app.nobody());
    assert_eq!(device.post("/class", &[("code", &first)]).status, 401);
    assert_eq!(enter(&inside, &second, "bo").status, 303);
    assert_eq!(device.post("/class", &[("code", &second)]).status, 200);
    maria.follow(&format!("{}/close", address()), &[]);
    assert_eq!(enter(&device, &second, "alva").status, 401, "also who has the names before them already");
    inside.page("/today");
}

fn fifty_wrong_tries_close_it(app: &mut TestApp) {
    let maria = app.maria();
    let code = opened(&maria);
    let (place, secret) = code.split_once(' ').unwrap();
    let wrong = format!("{place}{}", if secret == "AAA" { "CCC" } else { "AAA" });
    let device = app.nobody();
    for _ in 0..49 {
        assert_eq!(device.post("/class", &[("code", &wrong)]).status, 401);
    }
    assert_eq!(device.post("/class", &[("code", &code)]).status, 200);
    device.post("/class", &[("code", &wrong)]);
    assert_eq!(device.post("/class", &[("code", &code)]).status, 401);
    assert_eq!(enter(&device, &code, "alva").status, 401);
    maria.page(&address()).must_show("Ingen kod är öppen.");
    let code = opened(&maria);
    assert_eq!(device.post("/class", &[("code", &code)]).status, 200, "a new one begins anew");
}

fn a_name_is_picked_once_until_the_teacher_lets_it_out(app: &mut TestApp) {
    let maria = app.maria();
    let code = opened(&maria);
    let (first, second) = (app.nobody(), app.nobody());
    enter(&first, &code, "alva");
    first.page("/today");
    second.post("/class", &[("code", &code)]).must_show("är inne");
    let told = enter(&second, &code, "alva");
    assert_eq!(told.status, 409);
    told.must_show("Någon har redan gått in med det namnet.");
    let out = format!("{}/students/{}/out", address(), world::person("alva"));
    maria.follow(&out, &[]);
    assert_eq!(first.get("/today").location(), "/sign-in", "out at once");
    maria.page(&address()).must_show("Ingen har kommit in än");
    assert_eq!(maria.post(&out, &[]).status, 404);
    assert_eq!(enter(&second, &code, "alva").status, 303);
    // Who signed in by password is nobody the code let in.
    let bo = app.signed_in("bo");
    assert_eq!(maria.post(&format!("{}/students/{}/out", address(), world::person("bo")), &[]).status, 404);
    bo.page("/today");
}

fn only_the_group_s_students_come_in(app: &mut TestApp) {
    let code = opened(&app.maria());
    for who in ["cleo", "folke", "maria", "tore", "xenia", "olle"] {
        let device = app.nobody();
        assert_eq!(enter(&device, &code, who).status, 409, "{who}");
        assert_eq!(device.get("/today").location(), "/sign-in", "{who}");
    }
}

fn who_came_in_by_a_code_stays_for_a_lesson(app: &mut TestApp) {
    let code = opened(&app.maria());
    let device = app.nobody();
    enter(&device, &code, "alva");
    app.clock.pass(3 * HOUR - 1);
    device.page("/today");
    app.clock.pass(1);
    assert_eq!(device.get("/today").location(), "/sign-in");
}

fn a_code_is_open_for_an_hour_at_most(app: &mut TestApp) {
    let maria = app.maria();
    maria.follow(&address(), &[("minutes", "100000")]).1.must_show("Öppen till 11:00");
    maria.follow(&address(), &[("minutes", "0")]).1.must_show("Öppen till 10:01");
}

/// Wrong codes are counted by address as wrong passwords are.
#[test]
fn codes_cannot_be_guessed_from_one_address_for_long() {
    let app = TestApp::set(&[("STEGVIS_SIGN_IN__WRONG_FROM_ONE_ADDRESS", "10")]);
    let device = app.nobody();
    let statuses: Vec<u16> = (0..12).map(|_| device.post("/class", &[("code", "AAAAAA")]).status).collect();
    assert_eq!((statuses[..11].to_vec(), statuses[11]), (vec![401; 11], 429));
}
