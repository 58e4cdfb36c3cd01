//! MatteMaraton: how far oneself, one's group and one's school have come on the route, and who may see it.

use serde_json::Value;
use vault::{
    Decided, Fault, access,
    rows::{erasure, people},
};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    courses::report,
    world::{self, group, person},
};

on_both!(
    one_s_own_way_is_said_in_towns,
    a_group_is_shown_when_five_others_have_a_part_in_it,
    a_group_is_not_shown_where_the_rest_of_the_school_is_few,
    who_comes_brings_nothing_and_who_leaves_takes_nothing,
    of_two_groups_a_student_is_shown_the_first,
    the_group_s_way_forgets_who_is_forgotten_and_the_school_s_does_not,
);

const GOAL: i64 = 42_195;

/// What the API says of the ways that are shown: of what, whose, metres and goal.
fn ways(client: &Client) -> Vec<(String, Option<String>, i64, i64)> {
    let told = client.page("/api/v1/maraton").json();
    let way = |way: &Value| {
        let text = |name: &str| way[name].as_str().map(str::to_owned);
        let number = |name: &str| way[name].as_i64().unwrap();
        (text("of").unwrap(), text("name"), number("metres"), number("goal_metres"))
    };
    // Who has no role in an event is told of none.
    told["routes"].as_array().into_iter().flatten().map(way).collect()
}

/// The metres and the goal of a group or a school, if its way is shown.
fn way_of(client: &Client, name: &str) -> Option<(i64, i64)> {
    let mut found = ways(client).into_iter().filter(|(_, of, ..)| of.as_deref() == Some(name));
    found.next().map(|(.., metres, goal)| (metres, goal))
}

/// So many more students in a group of Ekskolan's, called `7a-FROM` and so on; each reports 2 km, and the teacher approves.
fn let_travel(app: &TestApp, from: usize, to: usize) {
    for number in from..to {
        let user_name = format!("7a-{number}");
        let name = user_name.clone();
        app.write(move |tx| world::add_student(tx, "aspby", &name, ("ekskolan", Some("7A"))));
        report(&app.signed_in(&user_name), 2_000, 1);
    }
    approve(&app.maria(), "7A");
}

fn approve(teacher: &Client, of: &str) {
    assert_eq!(teacher.post(&format!("/maraton/groups/{}/approve", group(of)), &[]).status, 303);
}

/// Five who are in no group take part at Ekskolan.
fn fill_the_school(app: &TestApp) {
    app.write(|tx| world::let_five_enter(tx, "aspby", "ekskolan"));
}

fn one_s_own_way_is_said_in_towns(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    alva.page("/maraton").must_show("Du står vid starten i Århus, och nästa ort är Köpenhamn. <b class=\"num\">0,0 av");
    for (number, (kilometres, says, past, next)) in (1..).zip([
        ("1", "Du har gett dig av från Århus på väg mot Köpenhamn.", Some("Århus"), Some("Köpenhamn")),
        ("20", "Du har kommit förbi Helsingfors på väg mot Tammerfors.", Some("Helsingfors"), Some("Tammerfors")),
        ("29", "Du är framme vid Nordkap!", Some("Nordkap"), None),
    ]) {
        let fields = [("kilometres", kilometres), ("minutes", ""), ("day", ""), ("key", &key(number))];
        assert_eq!(alva.post("/maraton/distances", &fields).status, 303);
        approve(&maria, "7A");
        let page = alva.page("/maraton");
        page.must_show(says);
        page.must_show("Den heldragna vägen är så långt du har kommit.");
        assert!(page.shows("role=\"img\" aria-labelledby=\"route route-told\"") && page.shows("#land\""));
        let told = alva.page("/api/v1/maraton").json()["routes"][0].clone();
        assert_eq!((told["of"].as_str(), told["name"].as_str()), (Some("me"), None));
        assert_eq!((told["past"].as_str(), told["next"].as_str()), (past, next));
    }
    let told = alva.page("/api/v1/maraton").json()["routes"][0].clone();
    assert_eq!((told["metres"].as_i64(), told["share"].as_f64()), (Some(50_000), Some(1.0)), "and no farther");
    let bo = app.signed_in("bo");
    bo.page("/maraton").must_show("You are at the start in Aarhus, and Copenhagen comes next.");
    assert!(ways(&app.signed_in("orvar")).is_empty(), "who organises has no way of their own");
    app.signed_in("orvar").page("/maraton").must_not_show("id=\"route\"");
}

fn a_group_is_shown_when_five_others_have_a_part_in_it(app: &mut TestApp) {
    fill_the_school(app);
    let (alva, bo, maria) = (app.alva(), app.signed_in("bo"), app.maria());
    report(&alva, 3_200, 1);
    let_travel(app, 0, 3);
    for client in [&alva, &bo, &maria] {
        assert_eq!(way_of(client, "7A"), None, "four have a part in it");
        client.page("/maraton").must_not_show("7A har");
    }
    let_travel(app, 3, 4);
    assert_eq!(way_of(&alva, "7A"), None, "four others");
    assert_eq!(way_of(&bo, "7A"), Some((11_200, 6 * GOAL)), "to whom all five are others");
    assert_eq!(way_of(&maria, "7A"), Some((11_200, 6 * GOAL)));
    let_travel(app, 4, 5);
    assert_eq!(way_of(&alva, "7A"), Some((13_200, 7 * GOAL)));
    alva.page("/maraton")
        .must_show("7A har gett sig av från Århus på väg mot Köpenhamn. <b class=\"num\">13,2 av 295,4");
    assert_eq!(way_of(&alva, "Ekskolan"), Some((13_200, 200 * GOAL)));
    let order: Vec<String> = ways(&alva).into_iter().map(|(of, ..)| of).collect();
    assert_eq!(order, ["me", "group", "school"]);
    for who in ["cleo", "dina", "xenia", "johan", "lena", "rut", "olle", "gunnar"] {
        assert_eq!(way_of(&app.signed_in(who), "7A"), None, "{who} is not in it");
    }
    // What only waits or was given back has no part in it.
    report(&alva, 9_000, 2);
    assert_eq!(way_of(&alva, "7A"), Some((13_200, 7 * GOAL)));
}

fn a_group_is_not_shown_where_the_rest_of_the_school_is_few(app: &mut TestApp) {
    let alva = app.alva();
    report(&alva, 3_200, 1);
    report(&app.signed_in("cleo"), 9_000, 1);
    let_travel(app, 0, 5);
    approve(&app.signed_in("johan"), "7B");
    assert_eq!(way_of(&alva, "Ekskolan"), Some((22_200, 200 * GOAL)));
    assert_eq!(way_of(&alva, "7A"), None, "the difference would be Cleo's");
    fill_the_school(app);
    assert_eq!(way_of(&alva, "7A"), Some((13_200, 7 * GOAL)));
}

fn who_comes_brings_nothing_and_who_leaves_takes_nothing(app: &mut TestApp) {
    fill_the_school(app);
    let (bo, cleo) = (app.signed_in("bo"), app.signed_in("cleo"));
    report(&cleo, 9_000, 1);
    approve(&app.signed_in("johan"), "7B");
    let_travel(app, 0, 6);
    assert_eq!(way_of(&bo, "7A"), Some((12_000, 8 * GOAL)));
    app.clock.pass(60_000);
    let now = app.clock.now();
    app.write(move |tx| world::join(tx, "aspby", "cleo", ("ekskolan", Some("7A")), now));
    assert_eq!(way_of(&bo, "7A"), Some((12_000, 9 * GOAL)), "what she did in 7B");
    report(&cleo, 1_000, 2);
    approve(&app.maria(), "7A");
    assert_eq!(way_of(&bo, "7A"), Some((13_000, 9 * GOAL)), "what she does in 7A");
    let maria = app.me("maria");
    app.write(move |tx| {
        let sight = access::group(tx, &maria, group("7A"), now).map_err(|_| Fault::Panicked)?;
        people::end_membership(tx, &sight, person("7a-0"), now)
    });
    assert_eq!(way_of(&bo, "7A"), Some((13_000, 8 * GOAL)));
    assert_eq!(way_of(&app.signed_in("7a-0"), "7A"), None, "who has left does not see how it goes on");
}

fn of_two_groups_a_student_is_shown_the_first(app: &mut TestApp) {
    fill_the_school(app);
    let_travel(app, 0, 6);
    let now = app.clock.now();
    app.write(move |tx| world::join(tx, "aspby", "cleo", ("ekskolan", Some("7A")), now));
    assert_eq!(way_of(&app.signed_in("cleo"), "7A"), Some((12_000, 9 * GOAL)));
    app.write(move |tx| world::join(tx, "aspby", "bo", ("ekskolan", Some("7B")), now));
    assert!(way_of(&app.signed_in("bo"), "7A").is_some());
    assert_eq!(ways(&app.signed_in("bo")).iter().filter(|(of, ..)| of == "group").count(), 1);
}

fn the_group_s_way_forgets_who_is_forgotten_and_the_school_s_does_not(app: &mut TestApp) {
    fill_the_school(app);
    let bo = app.signed_in("bo");
    report(&app.alva(), 3_200, 1);
    let_travel(app, 0, 5);
    assert_eq!(way_of(&bo, "7A"), Some((13_200, 7 * GOAL)));
    let (who, now) = (app.me("alva"), app.clock.now());
    app.write(move |tx| {
        let sight = access::due_to_be_forgotten(who.controller(), who.person());
        erasure::forget(tx, &sight, &Decided { at: now, rule: "inactive".to_owned() }).map(|_| ())
    });
    assert_eq!(way_of(&bo, "7A"), Some((10_000, 6 * GOAL)));
    assert_eq!(way_of(&bo, "Ekskolan"), Some((13_200, 200 * GOAL)));
}
