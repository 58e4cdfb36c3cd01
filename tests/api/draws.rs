//! MatteMaraton: the draw. Its commitment stands before anybody has finished, it is drawn once, and anyone can verify it.

use serde_json::json;
use stegvis::maraton::{Told, verify};
use vault::{
    Decided, EventId, Fault, Ticket, Tx, access,
    audit::{self, Action},
    rows::{
        accounts as credentials, erasure,
        maraton::{self, Event, Lot},
        people, students,
    },
};

use crate::{
    app::{TestApp, on_both},
    client::Client,
    courses::{SPRINT, decide, open_sprint, report},
    sharing,
    world::{self, DAY},
};

on_both!(
    the_commitment_comes_first_and_anyone_can_verify_what_comes_of_it,
    nothing_of_the_seed_is_told_before,
    a_second_press_changes_nothing,
    who_finishes_by_a_late_approval_is_in_it_until_it_is_drawn,
    nobody_but_the_organiser_draws_and_not_before_it_is_time,
    who_is_forgotten_leaves_a_number_of_nobody,
    a_teacher_sees_who_won_in_the_own_groups,
    over_several_controllers_it_is_the_host_s,
);

/// The short event, with the items of who has picked a course already done: the kilometres are left.
fn at_the_end(tx: &mut Tx, who: &str, event: &Event) -> Result<(), Fault> {
    let me = credentials::credential(tx, who)?.ok_or(Fault::NoKey)?.proven();
    let school = people::profile(tx, &me, world::morning())?.student_school().ok_or(Fault::NoKey)?;
    let own = me.own();
    let seen = students::general(tx, &own).map_err(|_| Fault::NoKey)?;
    let choice =
        maraton::Choice { seen: &seen, event, course: 2, school, items: event.goal_items, at: world::morning() };
    maraton::choose(tx, &own, &choice).map(drop)
}

/// Lets somebody finish.
pub fn finish(app: &TestApp, who: &'static str, teacher: &str, event: &Event, number: u32) {
    let of = event.clone();
    app.write(move |tx| at_the_end(tx, who, &of));
    let metres = i64::from(event.goal_metres);
    report(&app.signed_in(who), metres, number);
    assert_eq!(decide(app, who, &app.signed_in(teacher), event, true), Some(metres));
}

fn address(event: &Event) -> String {
    format!("/api/v1/maraton/events/{}/draw", event.id)
}

fn told(client: &Client, event: &Event) -> Told {
    serde_json::from_str(&client.page(&address(event)).body).unwrap()
}

fn press(app: &TestApp, event: &Event, winners: usize) -> u16 {
    app.signed_in("orvar").post_json(&address(event), &json!({ "winners": winners })).status
}

fn lot_of(
    app: &TestApp,
    who: &'static str,
    event: &Event,
) -> impl FnOnce(&mut Tx) -> Result<Option<Lot>, Fault> + use<> {
    let (own, id): (_, EventId) = (app.me(who).own(), event.id);
    move |tx| maraton::lot(tx, &own, id)
}

fn ticket(app: &TestApp, who: &'static str, event: &Event) -> Option<Ticket> {
    app.read(lot_of(app, who, event)).map(|lot| lot.ticket)
}

fn the_commitment_comes_first_and_anyone_can_verify_what_comes_of_it(app: &mut TestApp) {
    let event = open_sprint(app);
    let before = told(&app.alva(), &event);
    assert_eq!((before.commitment.len(), &before.outcome), (64, &None));
    app.alva().page("/maraton").must_show(&before.commitment);
    assert_eq!(ticket(app, "alva", &event), None);
    finish(app, "alva", "maria", &event, 1);
    finish(app, "bo", "maria", &event, 2);
    let page = app.alva().page("/maraton");
    let own = ticket(app, "alva", &event).unwrap();
    let groups: Vec<String> =
        own.to_string().as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into()).collect();
    page.must_show(&groups.join(" "));
    page.must_show("Du är med i dragningen");
    app.clock.pass(DAY);
    assert_eq!(press(app, &event, 1), 201);
    let after = told(&app.maria(), &event);
    assert_eq!(after.commitment, before.commitment, "it was fixed before");
    let verified = verify(&after).unwrap();
    assert!(
        (5..=9).contains(&verified.entries),
        "{}: how many finished where few take part is nobody's to know",
        verified.entries
    );
    assert_eq!(verified.winners, 1);
    let outcome = after.outcome.unwrap();
    let both = ["alva", "bo"].map(|who| ticket(app, who, &event).unwrap());
    assert!(both.iter().all(|ticket| outcome.entries.contains(ticket)));
    for who in ["alva", "bo"] {
        let has_won = outcome.winners == [ticket(app, who, &event).unwrap()];
        let page = app.signed_in(who).page("/maraton");
        assert_eq!(
            page.body.contains(if who == "alva" { "Din lott vann" } else { "Your ticket won" }),
            has_won,
            "{who}"
        );
        page.must_show(&outcome.seed);
    }
    app.signed_in("cleo").page("/maraton").must_show(&outcome.seed);
}

fn nothing_of_the_seed_is_told_before(app: &mut TestApp) {
    let event = open_sprint(app);
    finish(app, "alva", "maria", &event, 1);
    app.clock.pass(DAY);
    let own = format!("/organiser/events/{}", event.id);
    let mut said = Vec::new();
    for who in ["alva", "maria", "orvar", "olle"] {
        let client = app.signed_in(who);
        for path in ["/maraton", "/api/v1/maraton", "/organiser", "/api/v1/maraton/events", &own, &address(&event)] {
            said.push((who, path.to_owned(), client.get(path).body));
        }
    }
    assert_eq!(press(app, &event, 1), 201);
    let seed = told(&app.alva(), &event).outcome.unwrap().seed;
    for (who, path, body) in said {
        assert!(!body.contains(&seed) && !body.contains("\"seed\""), "{who} was told by {path}");
    }
    app.signed_in("orvar").page(&own).must_show(&seed);
}

fn a_second_press_changes_nothing(app: &mut TestApp) {
    let event = open_sprint(app);
    for (who, number) in [("alva", 1), ("bo", 2)] {
        finish(app, who, "maria", &event, number);
    }
    app.clock.pass(DAY);
    assert_eq!(press(app, &event, 1), 201);
    let first = told(&app.alva(), &event);
    app.clock.pass(1_000);
    assert_eq!(press(app, &event, 2), 204);
    let form = [("winners", "2")];
    let away = app.signed_in("orvar").post(&format!("/organiser/events/{}/draw", event.id), &form);
    assert_eq!((away.status, away.location()), (303, &*format!("/organiser/events/{}#draw", event.id)));
    assert_eq!(told(&app.alva(), &event), first);
    let chains = app.read(audit::verify);
    let kinds = chains.iter().flat_map(|chain| chain.kinds.iter());
    let drawn: i64 = kinds.filter(|((action, ..), _)| *action == Action::Draw).map(|(_, count)| *count).sum();
    assert_eq!(drawn, 1, "and it is written down once");
}

fn who_finishes_by_a_late_approval_is_in_it_until_it_is_drawn(app: &mut TestApp) {
    let event = open_sprint(app);
    for (who, number) in [("alva", 1), ("bo", 2), ("cleo", 3)] {
        let of = event.clone();
        app.write(move |tx| at_the_end(tx, who, &of));
        report(&app.signed_in(who), i64::from(SPRINT.1), number);
    }
    app.clock.pass(DAY);
    assert!(decide(app, "alva", &app.maria(), &event, true).is_some());
    let orvar = app.signed_in("orvar");
    let answer = orvar.post_json(&address(&event), &json!({ "winners": 1 }));
    assert_eq!((answer.status, &*answer.problem()), (409, "draw-waiting"));
    assert!(decide(app, "bo", &app.maria(), &event, true).is_some());
    orvar.page(&format!("/organiser/events/{}", event.id)).must_show("Dra fast 1 sträcka väntar");
    let form = [("winners", "1"), ("although", "yes")];
    assert_eq!(orvar.post(&format!("/organiser/events/{}/draw", event.id), &form).status, 303);
    let drawn = told(&app.alva(), &event);
    for who in ["alva", "bo"] {
        let entered = app.read(lot_of(app, who, &event)).unwrap().is_entered;
        assert!(entered, "{who} finished by a late approval and is in it");
    }
    assert!(decide(app, "cleo", &app.signed_in("johan"), &event, true).is_some());
    assert!(!app.read(lot_of(app, "cleo", &event)).unwrap().is_entered);
    assert_eq!(told(&app.alva(), &event), drawn, "and nobody comes after it");
    app.signed_in("cleo").page("/maraton").must_show("Dragningen var redan gjord");
}

fn nobody_but_the_organiser_draws_and_not_before_it_is_time(app: &mut TestApp) {
    let event = open_sprint(app);
    let code = |app: &TestApp, winners: u64| {
        app.signed_in("orvar").post_json(&address(&event), &json!({ "winners": winners })).problem()
    };
    assert_eq!(code(app, 1), "draw-too-early");
    app.clock.pass(DAY);
    assert_eq!([code(app, 0), code(app, 101)], ["draw-winners", "draw-winners"]);
    for who in ["alva", "maria", "rut", "olle", "xenia", "sofia"] {
        let client = app.signed_in(who);
        assert_eq!(client.post_json(&address(&event), &json!({ "winners": 1 })).status, 404, "{who}");
        let by_page = client.post(&format!("/organiser/events/{}/draw", event.id), &[("winners", "1")]);
        assert_eq!(by_page.status, 404, "{who}");
    }
    assert_eq!(app.signed_in("xenia").get(&address(&event)).status, 404, "another controller's");
    assert_eq!(told(&app.alva(), &event).outcome, None);
}

fn who_is_forgotten_leaves_a_number_of_nobody(app: &mut TestApp) {
    let event = open_sprint(app);
    for (who, number) in [("alva", 1), ("bo", 2)] {
        finish(app, who, "maria", &event, number);
    }
    app.clock.pass(DAY);
    assert_eq!(press(app, &event, 100), 201);
    let before = told(&app.maria(), &event);
    let (who, now, id) = (app.me("alva"), app.clock.now(), event.id);
    app.write(move |tx| {
        let sight = access::due_to_be_forgotten(who.controller(), who.person());
        erasure::forget(tx, &sight, &Decided { at: now, rule: "inactive".to_owned() }).map(|_| ())
    });
    let own = who.own();
    assert!(app.read(move |tx| maraton::lot(tx, &own, id)).is_none(), "whose it was is gone");
    assert_eq!(told(&app.maria(), &event), before, "and the draw can still be verified");
    let page = app.maria().page("/maraton");
    page.must_show("Bo Ek, plats");
    page.must_not_show("Alva Lind");
}

fn a_teacher_sees_who_won_in_the_own_groups(app: &mut TestApp) {
    let event = open_sprint(app);
    finish(app, "alva", "maria", &event, 1);
    finish(app, "selma", "johan", &event, 2);
    app.clock.pass(DAY);
    assert_eq!(press(app, &event, 100), 201);
    app.maria().page("/maraton").must_show("Alva Lind, plats");
    let johan = app.signed_in("johan").page("/maraton");
    johan.must_show("En elev, plats");
    for name in ["Alva Lind", "Selma Skyddad"] {
        johan.must_not_show(name);
        for page in ["/maraton", &format!("/organiser/events/{}", event.id)] {
            app.signed_in("orvar").page(page).must_not_show(name);
        }
        app.signed_in("bo").page("/maraton").must_not_show(name);
    }
    app.alva().page("/seen").must_show("Maria Sund");
}

/// The event that runs, as somebody's controller has it.
fn running(app: &TestApp, who: &'static str) -> Event {
    let (me, now) = (app.me(who), app.clock.now());
    app.read(move |tx| {
        let sight = access::event(tx, &me, now).map_err(|_| Fault::NoKey)?;
        maraton::latest_event(tx, &sight, now)
    })
    .unwrap()
}

fn over_several_controllers_it_is_the_host_s(app: &mut TestApp) {
    let zara = sharing::zara(app);
    sharing::opened(app, "all");
    sharing::join(&zara);
    app.clock.pass(31 * DAY);
    let (own, of_guest) = (running(app, "alva"), running(app, "xenia"));
    let before = told(&app.alva(), &own);
    assert_eq!(told(&app.signed_in("xenia"), &of_guest), before, "one commitment for all");
    finish(app, "alva", "maria", &own, 1);
    finish(app, "xenia", "yngve", &of_guest, 2);
    app.clock.pass(20 * DAY);
    let zara = app.signed_in("zara");
    assert_eq!(zara.post_json(&address(&of_guest), &json!({ "winners": 1 })).status, 404, "a guest does not draw");
    assert_eq!(press(app, &own, 100), 201);
    let drawn = told(&app.alva(), &own);
    assert_eq!(told(&app.signed_in("xenia"), &of_guest), drawn);
    verify(&drawn).unwrap();
    for (who, event) in [("alva", &own), ("xenia", &of_guest)] {
        let lot = app.read(lot_of(app, who, event)).unwrap();
        assert!(lot.is_entered && lot.place.is_some(), "{who}");
    }
    app.signed_in("yngve").page("/maraton").must_show("Xenia Hemligsson, plats");
    app.maria().page("/maraton").must_not_show("Xenia");
}
