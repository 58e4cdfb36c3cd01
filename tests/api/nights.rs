//! What a night forgets, with a clock that is put forward.

use vault::{
    ControllerId, Fault, HoldId, PersonId, Tx,
    access::due_to_be_forgotten,
    rows::{accounts, holds},
};

use crate::{
    app::{TestApp, on_both},
    client::Client,
    world::DAY,
};

on_both!(
    eighteen_months_after_the_last_visit_somebody_is_forgotten,
    a_hold_keeps_somebody_and_what_was_due_is_done_when_it_ends,
    a_day_is_done_once,
);

/// A month is 31 days at most.
const MONTHS: i64 = 31 * DAY;

fn is_there(app: &TestApp, user_name: &'static str) -> bool {
    app.read(move |tx| Ok(accounts::credential(tx, user_name)?.is_some()))
}

fn whose(app: &TestApp, user_name: &'static str) -> (ControllerId, PersonId) {
    let me = app.me(user_name);
    (me.controller(), me.person())
}

fn eighteen_months_after_the_last_visit_somebody_is_forgotten(app: &mut TestApp) {
    let lines = app.open_lines("alva", &app.alva());
    app.alva().follow(&format!("{lines}/lines"), &[("line", "4x = 20"), ("key", &crate::client::key(1))]);
    app.signed_in("bo").page("/today");
    app.forget_due();
    app.clock.pass(17 * 30 * DAY);
    app.forget_due();
    assert!(is_there(app, "alva") && is_there(app, "bo"), "seventeen months");
    app.signed_in("bo").page("/today");
    app.clock.pass(30 * DAY);
    app.forget_due();
    assert!(is_there(app, "alva"), "less than eighteen months");
    app.clock.pass(MONTHS);
    let night = app.forget_due();
    assert!(night.forgotten > 0 && !is_there(app, "alva"), "{night:?}");
    assert!(is_there(app, "bo"), "who came back in the seventeenth month is counted from then");
    let refused = Client::post(&app.nobody(), "/sign-in", &[("user_name", "alva"), ("password", "alva-password")]);
    assert_ne!(refused.status, 303);
    app.signed_in("bo").page("/today");
    assert_eq!(app.forget_due().forgotten, 0, "nobody is left who is due");
}

fn a_hold_keeps_somebody_and_what_was_due_is_done_when_it_ends(app: &mut TestApp) {
    let (of, alva) = whose(app, "alva");
    let sight = due_to_be_forgotten(of, alva);
    let (id, now) = (HoldId::from_bytes([5; 16]), app.clock.now());
    app.write(move |tx: &mut Tx| {
        let (kind, ground, review_on) = ("legal_claim".to_owned(), "A claim.".to_owned(), "2027-05-01".to_owned());
        holds::set(tx, &sight, &holds::NewHold { id, kind, ground, review_on }, now)
    });
    app.clock.pass(19 * MONTHS);
    let night = app.forget_due();
    assert_eq!((night.held, app.persons()), (1, 1), "{night:?}");
    assert!(is_there(app, "alva"));
    let now = app.clock.now();
    assert!(app.write(move |tx| holds::lift(tx, &sight, id, now)));
    assert_eq!(app.forget_due().forgotten, 1);
    assert!(!is_there(app, "alva"));
}

fn a_day_is_done_once(app: &mut TestApp) {
    app.forget_due();
    assert_eq!(app.forget_today(), None, "it is done");
    app.clock.pass(DAY);
    assert!(app.forget_today().is_some());
    let summed = app.read(|tx| Ok::<_, Fault>(vault::rows::nights::last(tx)?.forgot_on));
    assert_eq!(summed, stegvis::calendar::day(app.clock.now(), "UTC").to_string());
}

/// A rule that asks three times before it forgets after two years.
const ASKING: [(&str, &str); 1] = [("STEGVIS_RETENTION__PRESET", "nextgen")];

#[test]
fn a_server_that_comes_late_asks_before_it_forgets_on_sqlite() {
    comes_late(&TestApp::set(&ASKING));
}

#[test]
fn a_server_that_comes_late_asks_before_it_forgets_on_postgres() {
    if let Some(app) = TestApp::set_on_postgres(&ASKING) {
        comes_late(&app);
    }
}

/// Three years without a night: everybody is overdue, and nobody was asked.
fn comes_late(app: &TestApp) {
    let everybody = app.persons();
    app.clock.pass(36 * MONTHS);
    let night = app.forget_due();
    assert_eq!((night.forgotten, app.persons()), (0, everybody), "{night:?}");
    assert_eq!(night.asked, everybody, "{night:?}");
    assert_eq!(app.forget_due().asked, 0, "not twice in a night");
    app.clock.pass(MONTHS);
    assert_eq!(app.forget_due().asked, 0, "half a year lies between the first and the second, by the rule");
    for _ in 0..2 {
        app.clock.pass(6 * MONTHS);
        let night = app.forget_due();
        assert_eq!((night.forgotten, night.asked), (0, everybody), "{night:?}");
    }
    // Alva comes and sees that it was asked; that is an answer.
    app.alva().page("/my-data").must_show("Vi frågade");
    app.clock.pass(2 * MONTHS);
    let night = app.forget_due();
    assert_eq!((night.forgotten, app.persons()), (everybody - 1, 1), "{night:?}");
    assert!(is_there(app, "alva"));
}
