//! MatteMaraton: the course that a student picks, what counts in it, who has finished, and what is shown of it.

use std::collections::BTreeSet;

use stegvis::exercises::Bank;
use vault::{
    CalculationId, Decided, Fault, access,
    rows::{
        calculations, erasure,
        maraton::{self, Entrant, Event, Standing},
        retention,
    },
};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world::{self, DAY},
};

on_both!(
    a_course_is_suggested_and_not_taken,
    what_is_of_another_course_does_not_count_and_is_not_lost,
    what_is_finished_when_it_is_over_does_not_count,
    finishing_is_counted_once,
    the_standing_stays_when_somebody_is_forgotten,
    what_is_kept_of_an_event_goes_and_the_standing_stays,
    a_school_is_shown_when_five_take_part,
    a_program_picks_a_course_too,
);

/// An event after the world's own, which opened in the morning: three items and five kilometres.
pub const SPRINT: (i32, i32) = (3, 5_000);

pub fn open_sprint(app: &TestApp) -> Event {
    let event = Event {
        controller_id: world::controller("aspby"),
        id: world::event("sprint"),
        name: "Kort springer".to_owned(),
        opens_at: world::morning(),
        closes_at: world::morning().plus(DAY),
        goal_items: SPRINT.0,
        rules: String::new(),
        announcement: String::new(),
        host: world::controller("aspby"),
        open_to: maraton::OpenTo::Own.name().to_owned(),
        invitation: String::new(),
        is_public: false,
        goal_metres: SPRINT.1,
    };
    let new = event.clone();
    app.write(move |tx| {
        let courses = [(1, 1, 6), (2, 7, 9), (3, 11, 12)].map(|(number, from_year, to_year)| {
            let (controller_id, event_id, name) = (new.controller_id, new.id, format!("Kurs {number}"));
            maraton::Course { controller_id, event_id, number, name, from_year, to_year }
        });
        maraton::add_event(tx, &new, &courses)
    });
    event
}

pub fn pick(student: &Client, course: i16) {
    let picked = student.post("/maraton/course", &[("course", &course.to_string())]);
    assert_eq!(picked.location(), "/maraton#own");
}

/// Solves one recommended item; gives its exercise.
pub fn solve(app: &TestApp, who: &'static str, student: &Client, number: u32) -> String {
    let address = app.open_lines(who, student);
    let goal = app.item(who, &address).worked.last().unwrap().clone();
    student.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(number))]);
    let own = app.me(who).own();
    let id: CalculationId = address.rsplit('/').next().unwrap().parse().unwrap();
    // By its id: of several that were opened in the same moment none is the newest.
    let solved = app.read(move |tx| calculations::seen(tx, &own, id).map_err(|_| Fault::NoKey));
    assert!(solved.finished_at.is_some());
    solved.exercise
}

pub fn report(student: &Client, metres: i64, number: u32) {
    let kilometres = format!("{},{:03}", metres / 1_000, metres % 1_000);
    let fields = [("kilometres", kilometres.as_str()), ("minutes", ""), ("day", ""), ("key", &key(number))];
    assert_eq!(student.post("/maraton/distances", &fields).location(), "/maraton#own");
}

/// Decides about the first distance of a student's that waits; its metres, if there is one.
pub fn decide(app: &TestApp, of: &'static str, teacher: &Client, event: &Event, approve: bool) -> Option<i64> {
    let (own, id) = (app.me(of).own(), event.id);
    let all = app.read(move |tx| maraton::distances_of(tx, &own, id));
    let waits = all.iter().find(|one| one.approved_at.is_none() && one.returned_at.is_none())?;
    let word = if approve { "approve" } else { "return" };
    assert_eq!(teacher.post(&format!("/maraton/distances/{}/{word}", waits.id), &[]).location(), "/maraton#waiting");
    Some(i64::from(waits.metres))
}

pub fn entrant(app: &TestApp, who: &'static str, event: &Event) -> Option<Entrant> {
    let (own, id) = (app.me(who).own(), event.id);
    app.read(move |tx| maraton::entrant(tx, &own, id))
}

pub fn standings(app: &TestApp, event: &Event) -> Vec<Standing> {
    let (maria, id, now) = (app.me("maria"), event.id, app.clock.now());
    app.read(move |tx| {
        let sight = access::event(tx, &maria, now).map_err(|_| Fault::NoKey)?;
        maraton::standings(tx, &sight, id)
    })
}

fn standing(app: &TestApp, event: &Event, school: &str) -> Standing {
    standings(app, event).into_iter().find(|standing| standing.school == world::school(school)).unwrap()
}

pub fn sums(of: &Standing) -> [i64; 5] {
    [of.metres, of.distances, of.entrants, of.finishers, of.items]
}

fn a_course_is_suggested_and_not_taken(app: &mut TestApp) {
    let alva = app.alva();
    let page = alva.page("/maraton");
    page.must_show("Välj din kurs");
    page.must_show("passar din årskurs");
    page.must_show("allt du har räknat finns kvar, och vi räknar om det för kursen du väljer");
    assert_eq!(page.every("name=\"course\" value=\"", "\""), ["1", "2"]);
    assert!(page.shows("value=\"2\" checked"), "year 7 is in the second course");
    solve(app, "alva", &alva, 1);
    alva.page("/maraton").must_show("<span class=\"big\">0</span> av 200 uppgifter");
    pick(&alva, 2);
    let page = alva.page("/maraton");
    page.must_show("Kurs: Leden");
    page.must_show("Byt kurs");
    for (course, status) in [("3", 404), ("-1", 404), ("x", 400), ("", 400), ("99999", 400)] {
        assert_eq!(alva.post("/maraton/course", &[("course", course)]).status, status, "{course}");
    }
    for who in ["maria", "rut", "gunnar", "orvar", "ines", "sofia"] {
        assert_eq!(app.signed_in(who).post("/maraton/course", &[("course", "1")]).status, 404, "{who}");
    }
    app.clock.pass(22 * DAY);
    let alva = app.alva();
    let late = alva.post("/maraton/course", &[("course", "1")]);
    assert_eq!((late.status, late.problem().as_str()), (409, "no-event"));
    let page = alva.page("/maraton");
    page.must_show("Kurs: Leden");
    page.must_not_show("action=\"/maraton/course\"");
}

fn what_is_of_another_course_does_not_count_and_is_not_lost(app: &mut TestApp) {
    let event = open_sprint(app);
    let (alva, bank) = (app.alva(), Bank::shipped().unwrap());
    app.clock.pass(1_000);
    solve(app, "alva", &alva, 1);
    pick(&alva, 3);
    solve(app, "alva", &alva, 2);
    assert_eq!(entrant(app, "alva", &event).unwrap().items, 0, "no exercise is of year 11 alone");
    let own = app.me("alva").own();
    let done: Vec<String> =
        app.read(move |tx| calculations::latest(tx, &own, 99)).into_iter().map(|one| one.exercise).collect();
    assert_eq!(standing(app, &event, "ekskolan").items, 0);
    let mut counted = Vec::new();
    for course in [2, 1, 3, 2] {
        pick(&alva, course);
        let items = entrant(app, "alva", &event).unwrap().items;
        assert_eq!(standing(app, &event, "ekskolan").items, i64::from(items));
        counted.push(items);
    }
    assert!(counted[0] == counted[3] && counted[0] + counted[1] >= 2, "{counted:?} of {done:?}");
    let [from, to] = [7, 9];
    let of_second = done.iter().filter(|exercise| bank.is_of_years(&exercise.as_str().into(), (from, to))).count();
    assert!(of_second >= usize::try_from(counted[0]).unwrap());
}

fn what_is_finished_when_it_is_over_does_not_count(app: &mut TestApp) {
    let event = open_sprint(app);
    let alva = app.alva();
    pick(&alva, 2);
    report(&alva, 5_000, 1);
    let address = app.open_lines("alva", &alva);
    let goal = app.item("alva", &address).worked.last().unwrap().clone();
    let before = sums(&standing(app, &event, "ekskolan"));
    app.clock.pass(DAY);
    // The desk was read while it was open.
    let (alva, maria) = (app.alva(), app.maria());
    alva.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(1))]);
    let own = app.me("alva").own();
    let newest = app.read(move |tx| calculations::latest(tx, &own, 1)).pop().unwrap();
    assert_eq!(newest.finished_at, Some(app.clock.now()), "it is finished all the same");
    assert_eq!(entrant(app, "alva", &event).unwrap().items, 0);
    assert_eq!(sums(&standing(app, &event, "ekskolan")), before);
    // What waited can still be approved.
    assert_eq!(decide(app, "alva", &maria, &event, true), Some(5_000));
    assert_eq!(sums(&standing(app, &event, "ekskolan")), [5_000, 1, 1, 0, 0]);
}

fn finishing_is_counted_once(app: &mut TestApp) {
    let event = open_sprint(app);
    let (alva, maria) = (app.alva(), app.maria());
    pick(&alva, 2);
    let mut number = 0;
    while entrant(app, "alva", &event).unwrap().items < SPRINT.0 {
        number += 1;
        solve(app, "alva", &alva, number);
    }
    assert_eq!(standing(app, &event, "ekskolan").finishers, 0, "the kilometres are missing");
    report(&alva, 4_999, 101);
    decide(app, "alva", &maria, &event, true);
    assert_eq!(standing(app, &event, "ekskolan").finishers, 0);
    assert_eq!(alva.get("/maraton/diploma").status, 404, "one metre is missing");
    report(&alva, 1, 102);
    decide(app, "alva", &maria, &event, true);
    let at = entrant(app, "alva", &event).unwrap().finished_at;
    assert_eq!((standing(app, &event, "ekskolan").finishers, at), (1, Some(app.clock.now())));
    alva.page("/maraton").must_show("Du är i mål!");
    let diploma = alva.page("/maraton/diploma");
    for words in ["Alva Lind", "Kort springer", "3 uppgifter och 5 kilometer", "24 november 2026"] {
        diploma.must_show(words);
    }
    assert_eq!([app.signed_in("bo"), app.maria()].map(|other| other.get("/maraton/diploma").status), [404, 404]);
    // More of both, in the same moment and later, and the way out of the course and back.
    report(&alva, 1_000, 103);
    decide(app, "alva", &maria, &event, true);
    solve(app, "alva", &alva, 201);
    app.clock.pass(60_000);
    for course in [3, 2] {
        pick(&alva, course);
    }
    solve(app, "alva", &alva, 202);
    assert_eq!(
        (standing(app, &event, "ekskolan").finishers, entrant(app, "alva", &event).unwrap().finished_at),
        (1, at)
    );
}

fn the_standing_stays_when_somebody_is_forgotten(app: &mut TestApp) {
    let event = open_sprint(app);
    let (alva, maria) = (app.alva(), app.maria());
    pick(&alva, 2);
    solve(app, "alva", &alva, 1);
    report(&alva, 3_000, 1);
    decide(app, "alva", &maria, &event, true);
    let before: Vec<[i64; 5]> = standings(app, &event).iter().map(sums).collect();
    let (who, now, id) = (app.me("alva"), app.clock.now(), event.id);
    assert!(entrant(app, "alva", &event).is_some());
    app.write(move |tx| {
        let sight = access::due_to_be_forgotten(who.controller(), who.person());
        erasure::forget(tx, &sight, &Decided { at: now, rule: "inactive".to_owned() }).map(|_| ())
    });
    let own = who.own();
    assert!(app.read(move |tx| maraton::entrant(tx, &own, id)).is_none(), "it goes with the person");
    assert_eq!(standings(app, &event).iter().map(sums).collect::<Vec<_>>(), before);
}

fn what_is_kept_of_an_event_goes_and_the_standing_stays(app: &mut TestApp) {
    let event = open_sprint(app);
    let (alva, bo, maria) = (app.alva(), app.signed_in("bo"), app.maria());
    pick(&bo, 1);
    report(&alva, 3_000, 1);
    decide(app, "alva", &maria, &event, true);
    let before: Vec<[i64; 5]> = standings(app, &event).iter().map(sums).collect();
    let (of, id, now) = (event.controller_id, event.id, app.clock.now());
    let over = app.read(move |tx| retention::events_over(tx, of, now));
    assert!(over.is_empty(), "it goes on");
    let over = app.read(move |tx| retention::events_over(tx, of, now.plus(DAY)));
    assert_eq!(over.iter().map(|over| (over.event == id, over.records)).collect::<Vec<_>>(), [(true, 3)]);
    assert_eq!(app.write(move |tx| retention::forget_event(tx, of, id)), 3);
    assert!(entrant(app, "alva", &event).is_none() && entrant(app, "bo", &event).is_none());
    assert!(app.read(move |tx| retention::events_over(tx, of, now.plus(DAY))).is_empty());
    assert_eq!(standings(app, &event).iter().map(sums).collect::<Vec<_>>(), before);
}

fn rows_of(page: &Answer) -> BTreeSet<String> {
    ["Ekskolan", "Linskolan", "Lillskolan"].into_iter().filter(|name| page.shows(name)).map(str::to_owned).collect()
}

fn a_school_is_shown_when_five_take_part(app: &mut TestApp) {
    let (alva, orvar) = (app.alva(), app.signed_in("orvar"));
    report(&alva, 3_200, 1);
    decide(app, "alva", &app.maria(), &event_of_aspby(app), true);
    let page = orvar.page("/maraton");
    assert!(rows_of(&page).is_empty() && page.shows("Andra skolor"));
    page.must_not_show("3,2");
    app.write(|tx| world::let_five_enter(tx, "aspby", "ekskolan"));
    let page = orvar.page("/maraton");
    assert_eq!(rows_of(&page), ["Ekskolan".to_owned()].into());
    page.must_show("tillsammans 0 elever i mål, 0 uppgifter och 3,2 km");
    page.must_show("som om varje skola hade 20 elever till");
    let told = orvar.get("/api/v1/maraton").json();
    assert_eq!((&told["folded"], &told["schools"][0]["entrants"]), (&2.into(), &6.into()));
    assert_eq!(told["schools"].as_array().unwrap().len(), 1);
}

fn event_of_aspby(app: &TestApp) -> Event {
    let (maria, now) = (app.me("maria"), app.clock.now());
    app.read(move |tx| {
        let sight = access::event(tx, &maria, now).map_err(|_| Fault::NoKey)?;
        maraton::latest_event(tx, &sight, now)
    })
    .unwrap()
}

fn a_program_picks_a_course_too(app: &mut TestApp) {
    let alva = app.alva();
    let own = |client: &Client| client.get("/api/v1/maraton").json()["own"].clone();
    assert_eq!(
        (&own(&alva)["courses"][1]["is_suggested"], &own(&alva)["courses"][1]["is_own"]),
        (&true.into(), &false.into())
    );
    let picked = alva.post_json("/api/v1/maraton/course", &serde_json::json!({ "number": 1 }));
    assert_eq!(picked.status, 204);
    let told = own(&alva);
    assert_eq!((&told["courses"][0]["is_own"], &told["courses"][1]["is_own"]), (&true.into(), &false.into()));
    assert_eq!((&told["items"], &told["finished_at"]), (&0.into(), &serde_json::Value::Null));
    for (who, body, status) in
        [("alva", serde_json::json!({ "number": 9 }), 404), ("maria", serde_json::json!({ "number": 1 }), 404)]
    {
        assert_eq!(app.signed_in(who).post_json("/api/v1/maraton/course", &body).status, status, "{who}");
    }
}
