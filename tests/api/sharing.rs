//! MatteMaraton: an event over several controllers.

use serde_json::json;
use vault::{Fault, MembershipId, Role, access, rows::maraton, rows::people};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    courses::{pick, report},
    organising::{day, form, told},
    world::{self, DAY},
};

on_both!(
    what_is_open_to_all_can_be_joined_and_left,
    who_is_not_invited_is_offered_nothing,
    all_who_take_part_see_how_all_schools_stand_and_no_student_of_others,
    what_the_host_changes_changes_for_all,
    two_events_on_one_day_are_not_joined,
    an_event_of_the_same_id_is_another_one,
    a_program_joins_too,
);

/// Zara organises for Björkhaga, as Orvar does for Aspby.
pub fn zara(app: &TestApp) -> Client {
    let (controller, person, from) = (world::controller("bjorkhaga"), world::person("zara"), app.clock.now());
    let (id, role) = (MembershipId::from_bytes([0x5a; 16]), Role::Organiser);
    app.write(move |tx| {
        let none = (None, None);
        let (school, group) = none;
        people::add_membership(
            tx,
            &people::NewMembership { controller, id, person, school, group, role, from, to: None },
        )
    });
    app.signed_in("zara")
}

pub const ID: &str = "000000000000000000000000000000e1";

/// The event of the form, opened so by Orvar.
pub fn opened(app: &TestApp, open_to: &str) -> Client {
    let orvar = app.signed_in("orvar");
    let (first, last) = (day(30), day(40));
    let mut form = form(&first, &last);
    form.push(("open_to", open_to));
    assert_eq!(orvar.post("/organiser/events", &form).location(), "/organiser");
    orvar
}

/// Zara takes part in Orvar's event, it has begun, and a school of each is shown.
pub fn run_together(app: &TestApp) {
    let zara = zara(app);
    opened(app, "all");
    join(&zara);
    app.clock.pass(31 * DAY);
    for (of, at) in [("aspby", "ekskolan"), ("bjorkhaga", "hagen")] {
        app.write(move |tx| world::let_five_enter_after(tx, of, at, 31));
    }
}

pub fn join(who: &Client) -> u16 {
    who.post(&format!("/organiser/events/{ID}/join"), &[]).status
}

fn leave(who: &Client) -> u16 {
    who.post(&format!("/organiser/events/{ID}/leave"), &[]).status
}

fn what_is_open_to_all_can_be_joined_and_left(app: &mut TestApp) {
    let (zara, orvar) = (zara(app), opened(app, "all"));
    let page = zara.page("/organiser");
    page.must_show("Vårens maraton");
    page.must_show("Aspby kommun");
    page.must_show("3 uppgifter och 5,5");
    assert_eq!((join(&zara), join(&zara)), (303, 303), "pressed twice is once");
    let page = zara.page("/organiser");
    page.must_show("någon annans maraton");
    assert_eq!(zara.get(&format!("/organiser/events/{ID}")).status, 404, "it is not hers to change");
    orvar.page("/organiser").must_show("Björkhaga friskolor");
    assert_eq!((leave(&zara), leave(&zara)), (303, 404));
    zara.page("/organiser").must_show("/join\"");
    orvar.page("/organiser").must_not_show("Björkhaga friskolor");
    // Who has begun stays.
    join(&zara);
    app.clock.pass(31 * DAY);
    let zara = app.signed_in("zara");
    pick(&app.signed_in("xenia"), 1);
    let stays = zara.post(&format!("/organiser/events/{ID}/leave"), &[]);
    assert_eq!((stays.status, stays.problem().as_str()), (409, "event-begun"));
    let stays = app.signed_in("orvar").post(&format!("/organiser/events/{ID}/take-back"), &[]);
    assert_eq!(stays.problem(), "event-begun");
}

fn who_is_not_invited_is_offered_nothing(app: &mut TestApp) {
    let zara = zara(app);
    let orvar = opened(app, "own");
    zara.page("/organiser").must_not_show("Vårens maraton");
    assert_eq!(join(&zara), 404);
    let address = format!("/organiser/events/{ID}");
    orvar.page(&address).must_not_show("Inbjudan:");
    let (first, last) = (day(30), day(40));
    let change = |open_to: &'static str| {
        let mut form = form(&first, &last);
        form.push(("open_to", open_to));
        assert_eq!(orvar.post(&address, &form).status, 303);
    };
    change("invited");
    let page = orvar.page(&address);
    let invitation = page.between("Inbjudan: <b class=\"code-text\">", "<").unwrap().to_owned();
    orvar.page("/organiser").must_show(&invitation);
    zara.page("/organiser").must_not_show("Vårens maraton");
    assert_eq!(join(&zara), 404, "by its id nobody comes in");
    let invited = |by: &str| zara.post("/organiser/invitations", &[("invitation", by)]);
    for wrong in ["", "-", "ACDE-FGHJ-KMNP", &invitation[1..]] {
        assert_eq!(invited(wrong).problem(), "event-invitation", "{wrong}");
    }
    assert_eq!(invited(&invitation.to_lowercase().replace('-', " ")).status, 303);
    assert_eq!(invited(&invitation).problem(), "event-invitation", "there already");
    // Whoever has joined stays, also when the door is closed behind them, and does not let others in.
    change("own");
    let page = zara.page("/organiser");
    page.must_show("Vårens maraton");
    page.must_not_show(&invitation);
    assert_eq!(leave(&zara), 303);
    assert_eq!(invited(&invitation).problem(), "event-invitation");
}

fn all_who_take_part_see_how_all_schools_stand_and_no_student_of_others(app: &mut TestApp) {
    run_together(app);
    for (who, own, other) in [("maria", "Ekskolan", "Hagens friskola"), ("yngve", "Hagens friskola", "Ekskolan")] {
        let page = app.signed_in(who).page("/maraton");
        page.must_show(own);
        page.must_show(other);
        page.must_show("Björkhaga friskolor");
        page.must_show("Kommuner och andra som är med");
        page.must_show("din skola");
        page.must_not_show("Linskolan");
    }
    let schools = app.signed_in("yngve").page("/api/v1/maraton").json();
    let by = |school: &str| {
        let all = schools["schools"].as_array().unwrap().iter();
        all.clone().find(|row| row["school"] == school).unwrap()["controller"].as_str().unwrap().to_owned()
    };
    assert_eq!((by("Ekskolan").as_str(), by("Hagens friskola").as_str()), ("Aspby kommun", "Björkhaga friskolor"));
    assert_eq!(schools["folded"], 2, "Linskolan and Lillskolan");
    // Distances are their own teacher's to approve, and how many wait is one number.
    report(&app.signed_in("xenia"), 2_000, 1);
    let maria = app.maria().page("/maraton");
    maria.must_not_show("Xenia");
    app.signed_in("yngve").page("/maraton").must_show("Xenia");
    let orvar = app.signed_in("orvar").page("/organiser");
    orvar.must_show("Sträckor som väntar på lärare</dt><dd class=\"big\">1<");
    orvar.must_not_show("Xenia");
}

fn what_the_host_changes_changes_for_all(app: &mut TestApp) {
    let (zara, orvar) = (zara(app), opened(app, "all"));
    join(&zara);
    let (first, last) = (day(31), day(41));
    let mut moved = form(&first, &last);
    moved.retain(|(name, _)| !matches!(*name, "course" | "from" | "to" | "items"));
    moved.extend([("items", "4"), ("course", "Bara en"), ("from", "1"), ("to", "9"), ("open_to", "all")]);
    assert_eq!(orvar.post(&format!("/organiser/events/{ID}"), &moved).status, 303);
    app.clock.pass(31 * DAY);
    let xenia = app.signed_in("xenia");
    let page = xenia.page("/maraton");
    page.must_show("4 uppgifter och 5,5 kilometer");
    page.must_show("Bara en");
    page.must_not_show("Klurig");
    // Taken back, it is gone for all.
    app.clock.pass(11 * DAY);
    let orvar = app.signed_in("orvar");
    let (first, last) = (day(60), day(61));
    let mut later = form(&first, &last);
    later[0].1 = "000000000000000000000000000000e2";
    later.push(("open_to", "all"));
    assert_eq!(orvar.post("/organiser/events", &later).status, 303);
    let zara = app.signed_in("zara");
    assert_eq!(zara.post("/organiser/events/000000000000000000000000000000e2/join", &[]).status, 303);
    assert_eq!(orvar.post("/organiser/events/000000000000000000000000000000e2/take-back", &[]).status, 303);
    assert_eq!(zara.page("/organiser").every("000000000000000000000000000000e2", "/").len(), 0);
}

fn two_events_on_one_day_are_not_joined(app: &mut TestApp) {
    let (zara, orvar) = (zara(app), opened(app, "all"));
    let (first, last) = (day(40), day(45));
    let mut own = form(&first, &last);
    own[0].1 = "000000000000000000000000000000e3";
    assert_eq!(zara.post("/organiser/events", &own).status, 303);
    let answer = zara.post(&format!("/organiser/events/{ID}/join"), &[]);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "event-overlaps"));
    // Nor does the host move it onto a day of somebody who takes part.
    let (first, last) = (day(50), day(55));
    assert_eq!(zara.post("/organiser/events/000000000000000000000000000000e3", &form(&first, &last)).status, 303);
    assert_eq!(join(&zara), 303);
    let answer = orvar.post(&format!("/organiser/events/{ID}"), &form(&first, &last));
    answer.must_show(&told("event-overlaps"));
}

/// Who knows the id of another's event cannot use it to come to its schools.
fn an_event_of_the_same_id_is_another_one(app: &mut TestApp) {
    let (zara, _) = (zara(app), opened(app, "own"));
    let (first, last) = (day(30), day(40));
    assert_eq!(zara.post("/organiser/events", &form(&first, &last)).status, 303);
    app.clock.pass(31 * DAY);
    app.write(|tx| world::let_five_enter_after(tx, "aspby", "ekskolan", 31));
    app.signed_in("yngve").page("/maraton").must_not_show("Ekskolan");
    let (me, now) = (app.me("yngve"), app.clock.now());
    let schools = app.read(move |tx| {
        let sight = access::event(tx, &me, now).map_err(|_| Fault::NoKey)?;
        maraton::standings(tx, &sight, ID.parse().map_err(|_| Fault::NoKey)?)
    });
    assert_eq!(schools.iter().map(|school| school.name.as_str()).collect::<Vec<_>>(), ["Hagens friskola"]);
}

fn a_program_joins_too(app: &mut TestApp) {
    let (zara, orvar) = (zara(app), app.signed_in("orvar"));
    let plan = json!({
        "name": "Länets maraton", "first_day": day(30), "last_day": day(31), "goal_items": 200, "goal_metres": 42_195,
        "courses": [{ "name": "Alla", "from_year": 1, "to_year": 13 }], "open_to": "all"
    });
    let events = "/api/v1/maraton/events";
    assert_eq!(orvar.post_json(events, &json!({ "id": key(9), "plan": plan })).status, 201);
    let offers = zara.page(events).json()["offers"].clone();
    assert_eq!((&offers[0]["host"], &offers[0]["name"]), (&json!("Aspby kommun"), &json!("Länets maraton")));
    let part = format!("{events}/{}/part", key(9));
    let ask = |method: &str| zara.ask(method, &part, &[("sec-fetch-site", "same-origin")], "").status;
    assert_eq!((ask("PUT"), ask("PUT")), (204, 204));
    let own = &zara.page(events).json()["events"];
    assert_eq!((&own[0]["is_own"], &own[0]["plan"]["goal_items"]), (&json!(false), &json!(200)));
    assert_eq!(orvar.page(events).json()["events"][0]["guests"], json!(["Björkhaga friskolor"]));
    assert_eq!((ask("DELETE"), ask("DELETE")), (204, 404));
    let mut closed = plan.clone();
    closed["open_to"] = json!("invited");
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    let path = format!("{events}/{}", key(9));
    assert_eq!(orvar.ask("PUT", &path, &headers, &closed.to_string()).status, 204);
    let invitation = orvar.page(events).json()["events"][0]["invitation"].clone();
    let join = || zara.post_json("/api/v1/maraton/invitations", &json!({ "invitation": invitation })).status;
    assert_eq!((join(), join()), (204, 422));
}
