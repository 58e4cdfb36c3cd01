//! What a student did and when, what they can, and what is next and why.

use std::collections::BTreeSet;

use vault::{
    CalculationId,
    rows::calculations::{self, NewCalculation},
};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    world::{DAY, HOUR},
};

on_both!(
    the_history_shows_what_and_when,
    the_week_counts_minutes,
    the_model_moves_and_says_why,
    right_answers_raise_and_wrong_ones_lower,
    what_is_shown_is_what_is_opened,
    after_weeks_it_is_time_to_repeat,
    who_has_done_nothing_is_shown_the_way,
    all_that_was_done_can_be_reached,
    a_task_that_left_the_bank_keeps_nobody_from_the_next,
);

/// Finishes the task that is open or recommended: its address.
fn finish(app: &TestApp, who: &'static str, student: &Client) -> String {
    let (address, _) = student.follow("/calculations", &[]);
    let item = app.item(who, &address);
    // The last line of a solution says it all; where several things are handed in, each has to be.
    let from = if item.task().is_some() { item.worked.len() - 1 } else { 0 };
    for (number, line) in (100..).zip(&item.worked[from..]) {
        student.follow(&format!("{address}/lines"), &[("line", line), ("key", &key(number))]);
    }
    address
}

fn the_history_shows_what_and_when(app: &mut TestApp) {
    let alva = app.alva();
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    let (address, _) = alva.follow(&format!("/assigned/{assignment}"), &[]);
    let item = app.item("alva", &address);
    app.clock.pass(2 * 60_000);
    alva.follow(&format!("{address}/lines"), &[("line", &item.wrong[0].line), ("key", &key(1))]);
    alva.follow(&format!("{address}/hints"), &[("strength", "1")]);
    app.clock.pass(40 * 60_000);
    finish(app, "alva", &alva);
    let page = alva.page("/done");
    page.must_show("<h2 id=\"day-1\">idag</h2>");
    page.must_show("10:42");
    page.must_show("2 rader, ett sidosteg, en ledtråd.");
    page.must_show("Klar");
    page.must_show(&format!("href=\"{address}\""));
    assert_eq!(alva.page(&address).verdicts(), ["wrong", "goal"], "every line can be read again");
    app.clock.pass(DAY);
    let alva = app.alva();
    let second = finish(app, "alva", &alva);
    let page = alva.page("/done");
    assert_eq!(page.every("<h2 id=\"day-", "</h2>"), ["1\">idag", "2\">igår"]);
    let entries = page.every("href=\"/calculations/", "\"");
    assert_eq!(entries.len(), 2);
    assert!(second.ends_with(entries[0]) && address.ends_with(entries[1]), "newest first");
    app.clock.pass(5 * DAY);
    app.alva().page("/done").must_show("tisdag 24 november");
    app.signed_in("bo").page("/done").must_not_show("/calculations/");
}

fn the_week_counts_minutes(app: &mut TestApp) {
    let alva = app.alva();
    alva.page("/today").must_show("Inget än den här veckan.");
    let (address, _) = alva.follow("/calculations", &[]);
    for number in 1..=3 {
        app.clock.pass(60_000);
        alva.follow(&format!("{address}/lines"), &[("line", "§"), ("key", &key(number))]);
    }
    alva.page("/today").must_show("3 minuter på en dag den här veckan.");
    // A long break is not practice: five minutes of it count.
    app.clock.pass(3 * HOUR);
    alva.follow(&format!("{address}/lines"), &[("line", "§"), ("key", &key(4))]);
    alva.page("/today").must_show("8 minuter på en dag den här veckan.");
    app.clock.pass(7 * DAY);
    app.alva().page("/today").must_show("Inget än den här veckan.");
}

fn the_model_moves_and_says_why(app: &mut TestApp) {
    let alva = app.alva();
    let recommended = |client: &Client| client.get("/api/v1/recommendation").json();
    let first = recommended(&alva);
    assert_eq!(first["why"]["kind"], "start");
    alva.page("/map").must_not_show("Ungefär");
    for _ in 0..6 {
        finish(app, "alva", &alva);
        app.clock.pass(60_000);
    }
    let next = recommended(&alva);
    assert_ne!(next["why"]["kind"], "start", "{next}");
    assert_ne!(next["exercise"], first["exercise"], "{next}");
    let probability = next["probability"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&probability), "{next}");
    let today = alva.page("/today");
    today.must_not_show("Här börjar vi, så att vi lär känna vad du kan.");
    let because = today.between("<div class=\"because\"><p>", "</p>").unwrap();
    assert!(because.contains("Vi tror att du klarar ungefär") && because.len() > 80, "{because}");
    let map = alva.page("/map");
    assert!(map.shows("Ungefär") || map.shows("Vi vet inte säkert än."), "{}", map.body);
    assert!(map.shows("data-state=\"now\""));
}

fn right_answers_raise_and_wrong_ones_lower(app: &mut TestApp) {
    let (alva, bo) = (app.alva(), app.signed_in("bo"));
    let assignment = app.give("maria", "7A", &["two-step-plain"; 6]);
    for (who, student, right) in [("alva", &alva, true), ("bo", &bo, false)] {
        for _ in 0..6 {
            let (address, _) = student.follow(&format!("/assigned/{assignment}"), &[]);
            let item = app.item(who, &address);
            let path = format!("{address}/lines");
            if !right {
                student.follow(&path, &[("line", &item.wrong[0].line), ("key", &key(1))]);
            }
            student.follow(&path, &[("line", item.worked.last().unwrap()), ("key", &key(2))]);
        }
    }
    let out_of_ten = |page: &str, word: &str| -> f64 {
        let node = page.split("<li class=\"node\"").find(|node| node.contains(word)).unwrap().to_owned();
        let (_, dot) = node.split_once("<rect class=\"dot\" x=\"").unwrap_or_else(|| panic!("{node}"));
        dot.split_once('"').unwrap().0.parse().unwrap()
    };
    let (can, struggles) = (alva.page("/map").body, bo.page("/map").body);
    let (high, low) =
        (out_of_ten(&can, "<h3>Ekvationer i två steg<"), out_of_ten(&struggles, "<h3>Two-step equations<"));
    assert!(high > low + 1.0, "{high} is not more than {low}");
}

fn what_is_shown_is_what_is_opened(app: &mut TestApp) {
    let alva = app.alva();
    for _ in 0..4 {
        let shown = alva.get("/api/v1/recommendation").json();
        let title = alva.page("/today").between("<h2 id=\"next\">", "</h2>").unwrap().to_owned();
        let opened = alva.post_json("/api/v1/calculations", &serde_json::Value::Null).json();
        assert_eq!(opened["exercise"], shown["exercise"]);
        alva.page("/done").must_show(&title);
        finish(app, "alva", &alva);
    }
}

fn after_weeks_it_is_time_to_repeat(app: &mut TestApp) {
    let alva = app.alva();
    for _ in 0..12 {
        finish(app, "alva", &alva);
        app.clock.pass(60_000);
    }
    app.clock.pass(60 * DAY);
    let alva = app.alva();
    let why = alva.get("/api/v1/recommendation").json()["why"].clone();
    assert!(["warm_up", "varied"].map(serde_json::Value::from).contains(&why["kind"]), "{why}");
    assert_eq!((&why["also"]["kind"], &why["also"]["days"]), (&"review".into(), &60.into()));
    alva.page("/today").must_show("Du har inte räknat sådana här på 60 dagar.");
}

fn who_has_done_nothing_is_shown_the_way(app: &mut TestApp) {
    let alva = app.alva();
    let page = alva.page("/done");
    page.must_show("Här kommer det du räknar.");
    page.must_show("action=\"/calculations\"");
    for teacher in ["maria", "rut", "olle"] {
        assert_eq!(app.signed_in(teacher).get("/today").status, 404, "{teacher} is no student");
        assert_eq!(app.signed_in(teacher).post("/calculations", &[]).status, 404, "{teacher}");
    }
}

/// Opens a calculation of an exercise behind the server's back.
fn open_behind(app: &TestApp, who: &'static str, exercise: &str, number: u8) {
    let (own, now) = (app.me(who).own(), app.clock.now());
    let new = NewCalculation {
        id: CalculationId::from_bytes([number; 16]),
        exercise: exercise.to_owned(),
        seed: 1,
        difficulty: 0.0,
        of_assignment: None,
        opened_at: now.plus(i64::from(number)),
    };
    app.write(move |tx| calculations::open(tx, &own, &new, None));
}

fn all_that_was_done_can_be_reached(app: &mut TestApp) {
    for number in 1..=65 {
        open_behind(app, "alva", "two-step-plain", number);
    }
    let alva = app.alva();
    let (mut found, mut at) = (BTreeSet::new(), Some("/done".to_owned()));
    while let Some(address) = at {
        let page = alva.page(&address);
        found.extend(page.every("href=\"/calculations/", "\"").into_iter().map(str::to_owned));
        at = page.every("href=\"/done?before=", "\"").first().map(|before| format!("/done?before={before}"));
    }
    assert_eq!(found.len(), 65);
}

fn a_task_that_left_the_bank_keeps_nobody_from_the_next(app: &mut TestApp) {
    open_behind(app, "alva", "no-longer-there", 1);
    let alva = app.alva();
    alva.page("/today");
    alva.page("/map");
    let gone = format!("/calculations/{}", CalculationId::from_bytes([1; 16]));
    assert_eq!(alva.get(&gone).status, 410);
    let (next, _) = alva.follow(&format!("{gone}/another"), &[]);
    assert_ne!(next, gone);
    assert_eq!(alva.follow("/calculations", &[]).0, next);
}
