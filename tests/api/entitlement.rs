//! Which school has which material until when: what it does not have is not found, and what was begun is one's own.

use std::collections::BTreeSet;

use jiff::civil::date;
use serde_json::Value;
use stegvis::exercises::Bank;
use vault::{
    EntitlementId, Millis,
    rows::entitlements::{self, Entitlement},
};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    world::{self, DAY},
};

on_both!(
    whoever_is_new_has_everything,
    only_what_the_school_has_is_recommended,
    another_school_has_its_own,
    who_moves_has_what_the_new_school_has,
    who_practises_alone_has_what_their_own_controller_has,
    set_work_of_a_material_that_ended_is_not_found,
    a_teacher_chooses_among_what_the_school_has,
    what_was_begun_is_finished_but_takes_no_more_hints,
    the_last_moment_and_the_first_after_it,
    it_begins_at_its_first_moment,
    administrator_and_officer_see_until_when,
);

/// Ends all that a controller has, as from a moment ago.
fn end_all(app: &TestApp, controller: &'static str) {
    let now = app.clock.now();
    let ended = app.write(move |tx| entitlements::end(tx, world::controller(controller), None, entitlements::ALL, now));
    assert_eq!(ended, 1);
}

/// Gives a material to a school, or to a whole controller.
fn give(
    app: &TestApp,
    (controller, school): (&'static str, Option<&'static str>),
    material: &str,
    when: [Option<Millis>; 2],
) {
    let [from, to] = when;
    let new = Entitlement {
        id: EntitlementId::from_bytes(*world::school(&format!("{controller} {school:?} {material}")).as_bytes()),
        school: school.map(world::school),
        material: material.to_owned(),
        from: from.unwrap_or(app.clock.now()),
        to,
    };
    app.write(move |tx| entitlements::give(tx, world::controller(controller), &new));
}

const NOW: [Option<Millis>; 2] = [None, None];
const EKSKOLAN: (&str, Option<&str>) = ("aspby", Some("ekskolan"));

/// Opens so many recommended exercises one after the other, and says of which strands they were.
fn opened(client: &Client, times: usize) -> BTreeSet<String> {
    let bank = Bank::shipped().unwrap();
    (0..times)
        .map(|_| {
            let opened = client.post_json("/api/v1/calculations", &Value::Null).json();
            client.post(&format!("/calculations/{}/another", opened["id"].as_str().unwrap()), &[]);
            let exercise = bank.exercise(&opened["exercise"].as_str().unwrap().into()).unwrap();
            bank.skill(exercise.skill).unwrap().strand.clone()
        })
        .collect()
}

/// Leaves what is half finished, which is otherwise gone on with whatever the school has.
fn leave(client: &Client) {
    let begun = client.post_json("/api/v1/calculations", &Value::Null).json();
    client.post(&format!("/calculations/{}/another", begun["id"].as_str().unwrap()), &[]);
}

fn has_nothing(client: &Client) {
    let answer = client.post_json("/api/v1/calculations", &Value::Null);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "nothing-to-open"), "{}", answer.body);
    assert_eq!(client.get("/api/v1/recommendation").json(), Value::Null);
    client.page("/today");
    client.page("/map");
}

fn not_found(client: &Client, method: &str, path: &str, fields: &[(&str, &str)]) {
    let answer = if method == "GET" { client.get(path) } else { client.post(path, fields) };
    assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"), "{method} {path}");
}

fn whoever_is_new_has_everything(app: &mut TestApp) {
    for who in ["alva", "dina", "xenia", "ines"] {
        assert!(!app.signed_in(who).get("/api/v1/recommendation").json().is_null(), "{who}");
    }
    app.signed_in("rut").page("/school").must_show("Allt material");
}

fn only_what_the_school_has_is_recommended(app: &mut TestApp) {
    end_all(app, "aspby");
    let alva = app.alva();
    has_nothing(&alva);
    for material in ["algebra", "number"] {
        give(app, EKSKOLAN, material, NOW);
        assert_eq!(opened(&alva, 14), BTreeSet::from([material.to_owned()]));
        let now = app.clock.now();
        let end = move |tx: &mut vault::Tx| {
            entitlements::end(tx, world::controller("aspby"), Some(world::school("ekskolan")), material, now)
        };
        app.write(end);
        leave(&alva);
    }
    has_nothing(&alva);
}

fn another_school_has_its_own(app: &mut TestApp) {
    end_all(app, "aspby");
    give(app, EKSKOLAN, "number", NOW);
    has_nothing(&app.signed_in("dina"));
    assert!(!app.signed_in("xenia").get("/api/v1/recommendation").json().is_null(), "another controller's");
    give(app, ("aspby", None), "algebra", NOW);
    assert_eq!(opened(&app.signed_in("dina"), 8), BTreeSet::from(["algebra".to_owned()]));
    let both = opened(&app.alva(), 30);
    assert!(both.contains("number") && !both.contains("relations-change"), "{both:?}");
}

fn who_moves_has_what_the_new_school_has(app: &mut TestApp) {
    end_all(app, "aspby");
    give(app, EKSKOLAN, "number", NOW);
    has_nothing(&app.signed_in("folke"));
    give(app, ("aspby", Some("linskolan")), "algebra", NOW);
    assert_eq!(opened(&app.signed_in("folke"), 8), BTreeSet::from(["algebra".to_owned()]));
}

fn who_practises_alone_has_what_their_own_controller_has(app: &mut TestApp) {
    let ines = app.signed_in("ines");
    end_all(app, "ensam");
    has_nothing(&ines);
    give(app, ("ensam", None), "algebra", NOW);
    assert_eq!(opened(&ines, 8), BTreeSet::from(["algebra".to_owned()]));
}

fn set_work_of_a_material_that_ended_is_not_found(app: &mut TestApp) {
    let work = app.give("maria", "7A", &["two-step-plain", "negative-add"]);
    let algebra = app.give("maria", "7A", &["two-step-plain"]);
    let (alva, maria) = (app.alva(), app.maria());
    maria.page(&format!("/assignments/{work}/preview?item=1"));
    end_all(app, "aspby");
    give(app, EKSKOLAN, "number", NOW);
    not_found(&alva, "POST", &format!("/assigned/{algebra}"), &[]);
    let today = alva.page("/today");
    today.must_not_show(&format!("action=\"/assigned/{algebra}\""));
    today.must_show(&format!("action=\"/assigned/{work}\""));
    alva.follow(&format!("/assigned/{work}"), &[]).1.must_show("Uppgift 2 av 2");
    not_found(&maria, "GET", &format!("/assignments/{work}/preview?item=1"), &[]);
    not_found(&maria, "GET", &format!("/assignments/{work}/preview"), &[]);
    maria.page(&format!("/assignments/{work}/preview?item=2"));
    maria.page(&format!("/assignments/{work}"));
    give(app, EKSKOLAN, "algebra", NOW);
    alva.follow(&format!("/assigned/{algebra}"), &[]);
    maria.page(&format!("/assignments/{work}/preview?item=1"));
}

fn a_teacher_chooses_among_what_the_school_has(app: &mut TestApp) {
    end_all(app, "aspby");
    give(app, EKSKOLAN, "number", NOW);
    let maria = app.maria();
    let at = format!("/groups/{}/assign", world::group("7A"));
    let opened = |client: &Client, at: &str, skill: &str| client.post(at, &[("show", skill)]).body;
    let (had, lacked) = ("value=\"negative-add\"", "value=\"two-step-plain\"");
    maria.page(&at).must_not_show(had);
    assert!(opened(&maria, &at, "negative-add-sub").contains(had));
    assert!(!opened(&maria, &at, "equations-two-step").contains(lacked));
    let send = |number: u32, exercises: &[&str]| {
        let key = key(number);
        let mut fields = vec![("key", key.as_str()), ("kind", "homework"), ("title", "Vecka 48")];
        fields.extend(exercises.iter().map(|id| ("exercise", *id)));
        let answer = maria.post(&at, &fields);
        (answer.status, answer.problem())
    };
    assert_eq!(send(1, &["two-step-plain"]), (404, "not-found".to_owned()));
    assert_eq!(send(2, &["negative-add", "two-step-plain"]), (404, "not-found".to_owned()));
    assert_eq!(send(3, &["negative-add"]).0, 303);
    assert_eq!(maria.page("/assignments").every("href=\"/assignments/", "\"").len(), 1, "nothing was half given");
    let lena = app.signed_in("lena");
    assert!(!opened(&lena, &format!("/groups/{}/assign", world::group("8C")), "negative-add-sub").contains(had));
}

fn what_was_begun_is_finished_but_takes_no_more_hints(app: &mut TestApp) {
    let alva = app.alva();
    let work = app.give("maria", "7A", &["two-step-plain"]);
    let (address, _) = alva.follow(&format!("/assigned/{work}"), &[]);
    let item = app.item("alva", &address);
    let hint = |strength: &str| alva.post(&format!("{address}/hints"), &[("strength", strength)]).status;
    assert_eq!(hint("1"), 303);
    alva.follow(&format!("{address}/lines"), &[("line", "märke §"), ("key", &key(1))]);
    end_all(app, "aspby");
    assert_eq!(hint("2"), 404, "a new hint is part of the material");
    assert_eq!(hint("1"), 303, "the one that is open stays");
    alva.page(&address).must_show("märke §");
    alva.follow(&format!("/assigned/{work}"), &[]);
    let last = item.worked.last().unwrap();
    let (_, page) = alva.follow(&format!("{address}/lines"), &[("line", last), ("key", &key(2))]);
    assert_eq!(page.verdicts().last().copied(), Some("goal"), "what was begun can be finished");
    alva.page("/done").must_show(&address);
    let of_teacher = format!("/groups/{}{address}", world::group("7A"));
    app.maria().page(&of_teacher).must_show("märke §");
    has_nothing(&alva);
}

/// The first moment of a day in Aspby, by hand: Stockholm is an hour before UTC in November.
fn midnight(day: i8) -> Millis {
    let utc = date(2026, 11, day - 1).at(23, 0, 0, 0).in_tz("UTC").unwrap();
    Millis(utc.timestamp().as_millisecond())
}

fn the_last_moment_and_the_first_after_it(app: &mut TestApp) {
    end_all(app, "aspby");
    give(app, EKSKOLAN, "algebra", [None, Some(midnight(28))]);
    app.signed_in("rut").page("/school").must_show("till och med fredag 27 november");
    app.clock.pass(midnight(28).since(app.clock.now()) - 1);
    let alva = app.alva();
    let opened = alva.post_json("/api/v1/calculations", &Value::Null);
    assert_eq!(opened.status, 201, "the last moment of the 27th in Aspby: {}", opened.body);
    alva.post(&format!("/calculations/{}/another", opened.json()["id"].as_str().unwrap()), &[]);
    let begun = alva.post_json("/api/v1/calculations", &Value::Null).json();
    app.clock.pass(1);
    alva.post(&format!("/calculations/{}/another", begun["id"].as_str().unwrap()), &[]);
    has_nothing(&alva);
    app.signed_in("rut").page("/school").must_show("Skolan har inget material just nu.");
}

fn it_begins_at_its_first_moment(app: &mut TestApp) {
    end_all(app, "aspby");
    give(app, EKSKOLAN, "algebra", [Some(midnight(25)), None]);
    app.signed_in("rut").page("/school").must_show("från och med imorgon");
    app.clock.pass(midnight(25).since(app.clock.now()) - 1);
    let alva = app.alva();
    has_nothing(&alva);
    app.clock.pass(1);
    assert_eq!(opened(&alva, 3), BTreeSet::from(["algebra".to_owned()]));
}

fn administrator_and_officer_see_until_when(app: &mut TestApp) {
    end_all(app, "aspby");
    give(app, EKSKOLAN, "number", NOW);
    give(app, ("aspby", Some("linskolan")), "relations-change", [None, Some(app.clock.now().plus(400 * DAY))]);
    let school = app.signed_in("rut").page("/school");
    school.must_show("Taluppfattning och räkning <span class=\"quiet-text\">tills vidare</span>");
    school.must_not_show("Samband och förändring");
    let controller = app.signed_in("olle").page("/controller");
    controller.must_show("Taluppfattning och räkning");
    controller.must_show("Samband och förändring");
    controller.must_show("2027");
    controller.must_show("Skolan har inget material just nu.");
    assert_eq!(app.alva().get("/school").status, 404);
}
