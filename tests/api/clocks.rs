//! A clock that leaps: set right by an hour, wrong by days or years, back as at the end of summer time.

use crate::{
    app::{TestApp, on_both},
    cards, class_code,
    client::{Client, key},
    individuals, tokens,
    world::{self, DAY, HOUR},
};

on_both!(
    a_small_leap_signs_nobody_out,
    a_large_leap_ends_what_has_its_time_and_a_way_back_in_is_there,
    lines_stand_in_the_order_of_their_numbers,
    what_ended_elsewhere_is_not_believed_when_the_clock_goes_back,
    a_wait_is_no_longer_after_the_clock_went_back,
    what_is_known_stays_a_number,
    nothing_is_deleted_by_a_clock_that_leapt,
);

const YEARS: i64 = 3_652 * DAY;
/// There and back again: the clock is where it was after each.
const LEAPS: [i64; 8] = [HOUR, -HOUR, 2 * DAY, -2 * DAY, YEARS, -YEARS, -6 * YEARS, 20 * YEARS];

fn students(app: &TestApp) -> Vec<Client> {
    ["alva", "bo", "cleo", "dina"].map(|who| app.signed_in(who)).into()
}

fn a_small_leap_signs_nobody_out(app: &mut TestApp) {
    let students = students(app);
    let by_card = app.nobody();
    cards::enter(&by_card, &cards::code_of(app, "alva"));
    let program = app.nobody();
    let (_, refresh) = tokens::sign_in(&program, "bo");
    for leap in [HOUR, -HOUR, -HOUR, HOUR] {
        app.clock.pass(leap);
        app.do_round();
        for student in students.iter().chain([&by_card]) {
            student.page("/today");
        }
    }
    assert_eq!(tokens::exchange(&program, &refresh).status, 200);
}

fn a_large_leap_ends_what_has_its_time_and_a_way_back_in_is_there(app: &mut TestApp) {
    let maria = app.maria();
    let code = class_code::opened(&maria);
    for leap in LEAPS {
        let alva = app.alva();
        app.clock.pass(leap);
        let (status, ready) = (alva.get("/today").status, app.nobody().get("/ready").status);
        assert_eq!(ready, 200, "{leap}");
        // Before they came to the school they are nobody there.
        let wanted: &[u16] = if leap >= 12 * HOUR {
            &[303]
        } else if leap < -90 * DAY {
            &[200, 404]
        } else {
            &[200]
        };
        assert!(wanted.contains(&status), "{leap}: {status}");
        // Whoever is out comes in again, whatever the year; so does a class.
        app.signed_in("bo");
        let answer = app.nobody().post("/class", &[("code", &code)]);
        assert!(matches!(answer.status, 200 | 401 | 404), "{leap}: {}", answer.body);
        app.clock.pass(-leap);
    }
    app.alva().page("/today");
}

fn lines_stand_in_the_order_of_their_numbers(app: &mut TestApp) {
    let alva = app.alva();
    let (address, _) = alva.follow("/calculations", &[]);
    let lines = format!("{address}/lines");
    for (number, leap) in (1..).zip([HOUR, -HOUR, -2 * DAY, 0, 3 * HOUR, -HOUR]) {
        let student = app.alva();
        student.follow(&lines, &[("line", &format!("{number} + (")), ("key", &key(number))]);
        app.clock.pass(leap);
    }
    let page = app.alva().page(&address);
    let numbers: Vec<&str> = page.every("data-number=\"", "\"");
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6"]);
    let keys: Vec<String> = page.every("data-key=\"", "\"").into_iter().map(str::to_owned).collect();
    assert_eq!(keys, (1..=6).map(key).collect::<Vec<_>>());
}

/// A session that was looked up is trusted for two seconds: not for two seconds and the two days that the clock went back.
fn what_ended_elsewhere_is_not_believed_when_the_clock_goes_back(app: &mut TestApp) {
    let Some(beside) = app.beside() else { return };
    let alva = app.alva();
    let cookie = format!("stegvis={}", alva.cookie("stegvis").unwrap());
    let there = || beside.nobody().ask("GET", "/today", &[("cookie", &cookie)], "").status;
    assert_eq!(there(), 200);
    app.clock.pass(-2 * DAY);
    alva.post("/sign-out", &[]);
    assert_eq!(there(), 303);
}

fn a_wait_is_no_longer_after_the_clock_went_back(app: &mut TestApp) {
    let guess = |password: &str| app.nobody().post("/sign-in", &[("user_name", "alva"), ("password", password)]);
    app.clock.pass(YEARS);
    for _ in 0..5 {
        assert_eq!(guess("fel").status, 200);
    }
    assert_eq!(guess("fel").status, 429);
    app.clock.pass(-YEARS);
    let told = guess(world::PASSWORD);
    assert_eq!((told.status, told.header("retry-after")), (429, "1"));
    app.clock.pass(1_000);
    assert_eq!(guess(world::PASSWORD).status, 303);
}

fn what_is_known_stays_a_number(app: &mut TestApp) {
    for (number, leap) in (1..).zip(LEAPS) {
        let alva = app.alva();
        let (address, _) = alva.follow("/calculations", &[]);
        let item = app.item("alva", &address);
        alva.follow(&format!("{address}/lines"), &[("line", item.worked.last().unwrap()), ("key", &key(number))]);
        app.clock.pass(leap);
        let alva = app.alva();
        for page in ["/api/v1/recommendation", "/map", "/today", "/done"] {
            let page = alva.get(page);
            assert!(page.status == 200 || leap < -90 * DAY && page.status == 404, "{leap}: {}", page.body);
            page.must_not_show("NaN");
        }
        app.clock.pass(-leap);
    }
}

/// Who withdrew 30 days ago is deleted for good: not because the clock says so for a minute.
fn nothing_is_deleted_by_a_clock_that_leapt(app: &mut TestApp) {
    let client = individuals::signed_up(app);
    individuals::choose(&client, "practice", "withdraw");
    let before = app.persons();
    app.do_round();
    app.clock.pass(YEARS);
    for _ in 0..3 {
        app.do_round();
    }
    assert_eq!(app.persons(), before);
    assert!(app.nobody().get("/metrics").shows("stegvis_clock_distrusted 1"));
    app.clock.pass(-YEARS);
    app.do_round();
    assert!(app.nobody().get("/metrics").shows("stegvis_clock_distrusted 0"));
    client.page("/my-data");
    for _ in 0..17 {
        app.clock.pass(2 * DAY);
        app.do_round();
    }
    assert_eq!(app.persons(), before - 1, "the days have really passed");
}
