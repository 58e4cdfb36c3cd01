//! MatteMaraton: how fast an event goes, hour by hour.

use serde_json::{Value, json};
use vault::{
    Millis,
    rows::maraton::{self, Fewest},
};

use crate::{
    app::{TestApp, on_both},
    courses::{decide, open_sprint, pick, report, solve},
    sharing,
    world::{self, DAY},
};

on_both!(
    an_hour_is_what_the_schools_that_are_shown_did_in_it,
    a_school_too_small_is_in_no_hour,
    hours_that_nobody_counted_are_one,
    the_hours_of_all_who_take_part_are_one,
);

const HOUR: i64 = 3_600_000;

/// The last hour that is over.
fn full_hour(now: Millis) -> Millis {
    Millis(now.0 / HOUR * HOUR)
}

/// Lets so much time pass, and counts.
fn pass(app: &TestApp, millis: i64) {
    app.clock.pass(millis);
    app.do_round();
}

/// Items and metres of each hour, the first first.
fn hours(app: &TestApp) -> Vec<[i64; 2]> {
    let told = app.signed_in("orvar").page("/api/v1/maraton/events").json();
    let figure = |hour: &Value, name: &str| hour[name].as_i64().unwrap();
    told["pace"].as_array().unwrap().iter().map(|hour| [figure(hour, "items"), figure(hour, "metres")]).collect()
}

fn an_hour_is_what_the_schools_that_are_shown_did_in_it(app: &mut TestApp) {
    let event = open_sprint(app);
    app.write(|tx| world::let_five_enter(tx, "aspby", "ekskolan"));
    let alva = app.alva();
    pick(&alva, 2);
    solve(app, "alva", &alva, 1);
    let organiser = app.signed_in("orvar");
    organiser.page("/organiser").must_show("Takten syns när den första hela timmen har gått.");
    pass(app, HOUR);
    assert_eq!(hours(app), [[0; 2]; 0], "what was done before the counting began is in no hour");
    solve(app, "alva", &alva, 2);
    solve(app, "alva", &alva, 3);
    report(&alva, 2_500, 4);
    decide(app, "alva", &app.maria(), &event, true).unwrap();
    pass(app, HOUR / 2);
    assert_eq!(hours(app), [[0; 2]; 0], "an hour is counted when it is over");
    pass(app, HOUR / 2);
    app.do_round();
    solve(app, "alva", &alva, 5);
    let (over, fewest) = (full_hour(app.clock.now()), Fewest { students: 5, entrants: 5 });
    app.write(move |tx| maraton::count_pace(tx, over, fewest));
    assert_eq!(hours(app), [[2, 2_500]], "and once, also where another process counts too");
    pass(app, HOUR);
    assert_eq!(hours(app), [[2, 2_500], [1, 0]]);
    let page = app.signed_in("orvar").page("/organiser");
    page.must_show("Flest under ett dygn: 2 uppgifter mellan");
    page.must_not_show("Alva");
    // A day later it is out of sight, and after the end nothing is counted.
    pass(app, 2 * DAY);
    assert_eq!(hours(app), [[0; 2]; 0]);
    app.signed_in("orvar").page("/organiser").must_show("Takten syns när den första hela timmen har gått.");
}

fn a_school_too_small_is_in_no_hour(app: &mut TestApp) {
    open_sprint(app);
    let alva = app.alva();
    pick(&alva, 2);
    for round in 0..2 {
        pass(app, HOUR);
        solve(app, "alva", &alva, 10 + round);
    }
    pass(app, HOUR);
    assert_eq!(hours(app), [[0, 0]; 2], "Alva is alone");
    // The hour in which others come is the first in which the school is seen, and what it did before is no hour's work.
    app.write(|tx| world::let_five_enter(tx, "aspby", "ekskolan"));
    pass(app, HOUR);
    assert_eq!(hours(app), [[0, 0]; 3]);
    solve(app, "alva", &alva, 13);
    pass(app, HOUR);
    assert_eq!(hours(app).last(), Some(&[1, 0]));
}

fn hours_that_nobody_counted_are_one(app: &mut TestApp) {
    open_sprint(app);
    app.write(|tx| world::let_five_enter(tx, "aspby", "ekskolan"));
    let alva = app.alva();
    pick(&alva, 2);
    pass(app, HOUR);
    solve(app, "alva", &alva, 1);
    pass(app, 3 * HOUR);
    let told = app.signed_in("orvar").page("/api/v1/maraton/events").json();
    let hour = &told["pace"][0];
    assert_eq!(hour["ends_at"].as_i64().unwrap() - hour["starts_at"].as_i64().unwrap(), 3 * HOUR);
    assert_eq!((&hour["items"], told["pace"].as_array().unwrap().len()), (&json!(1), 1));
}

fn the_hours_of_all_who_take_part_are_one(app: &mut TestApp) {
    sharing::run_together(app);
    let (alva, xenia) = (app.alva(), app.signed_in("xenia"));
    pick(&alva, 2);
    pick(&xenia, 2);
    app.do_round();
    solve(app, "alva", &alva, 1);
    solve(app, "xenia", &xenia, 2);
    pass(app, HOUR);
    assert_eq!(hours(app), [[2, 0]]);
    let zara = app.signed_in("zara").page("/api/v1/maraton/events").json();
    assert_eq!(zara["pace"][0]["items"], 2);
}
