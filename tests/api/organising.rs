//! MatteMaraton: an organiser plans events, changes them, takes them back, and sees how they go.

use jiff::{ToSpan, civil::date};
use serde_json::{Value, json};
use stegvis::web::{Language, Problem};
use vault::{
    Millis,
    audit::{self, Action},
};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    courses::pick,
    world::{self, DAY},
};

on_both!(
    what_an_organiser_plans_is_what_students_take_part_in,
    the_last_second_of_may_belongs_to_may,
    a_plan_that_cannot_be_run_says_why_and_keeps_what_was_typed,
    a_program_plans_an_event_too,
    what_is_counted_stays_when_it_has_begun,
    what_has_not_begun_can_be_taken_back,
    the_organiser_sees_totals_and_nobody,
    the_table_is_what_the_page_shows,
    what_an_organiser_does_is_written_down,
);

/// The day of so many days after the world's first.
pub fn day(after: i64) -> String {
    date(2026, 11, 24).checked_add(after.days()).unwrap().to_string()
}

/// An event from one day to another, of two courses, as the form sends it.
pub fn form<'a>(first: &'a str, last: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("key", "000000000000000000000000000000e1"),
        ("name", "Vårens maraton"),
        ("first", first),
        ("last", last),
        ("items", "3"),
        ("kilometres", "5,5"),
        ("rules", "Gå, cykla eller rulla.\n\nHjälp varandra."),
        ("announcement", "Nu <b>kör</b> vi!"),
        ("course", "Lätt"),
        ("from", "1"),
        ("to", "6"),
        ("course", "Klurig"),
        ("from", "7"),
        ("to", "9"),
        ("course", ""),
        ("from", ""),
        ("to", ""),
    ]
}

/// The same with another value in a field.
fn but<'a>(form: &[(&'static str, &'a str)], field: &str, value: &'a str) -> Vec<(&'static str, &'a str)> {
    let mut form = form.to_vec();
    form.iter_mut().find(|(name, _)| *name == field).unwrap().1 = value;
    form
}

/// What a page says of a problem.
pub fn told(code: &str) -> String {
    let problem = Problem::ALL.into_iter().find(|problem| problem.code() == code).unwrap();
    problem.title(Language::coded("sv").unwrap())
}

fn orvar(app: &TestApp) -> Client {
    app.signed_in("orvar")
}

fn made(app: &TestApp, first: &str, last: &str) -> String {
    let answer = orvar(app).post("/organiser/events", &form(first, last));
    assert_eq!((answer.status, answer.location()), (303, "/organiser"), "{}", answer.body);
    "/organiser/events/000000000000000000000000000000e1".to_owned()
}

fn what_an_organiser_plans_is_what_students_take_part_in(app: &mut TestApp) {
    let (first, last) = (day(30), day(40));
    let address = made(app, &first, &last);
    made(app, &first, &last);
    let list = orvar(app).page("/organiser");
    assert_eq!(
        list.every("href=\"/organiser/events/", "\"").len(),
        3,
        "the old one twice, the new one once: {}",
        list.body
    );
    list.must_show("Vårens maraton");
    list.must_show("har inte börjat");
    app.alva().page("/maraton").must_show("Aspby kommun springer");
    app.clock.pass(30 * DAY);
    let alva = app.alva();
    let page = alva.page("/maraton");
    page.must_show("<h1>Vårens maraton</h1>");
    page.must_show("3 uppgifter och 5,5 kilometer");
    page.must_show("Gå, cykla eller rulla.</p><p class=\"as-typed\" lang=\"\">Hjälp varandra.");
    page.must_show("Nu &#60;b&#62;kör&#60;/b&#62; vi!");
    pick(&alva, 2);
    alva.page("/maraton").must_show("Kurs: Klurig");
    orvar(app).page(&address).must_show("Det har börjat");
}

/// It opens at midnight and closes at midnight where the controller is, in winter and in summer time.
fn the_last_second_of_may_belongs_to_may(app: &mut TestApp) {
    made(app, "2027-03-01", "2027-05-31");
    let at = |day: jiff::civil::DateTime| Millis(day.in_tz("Europe/Stockholm").unwrap().timestamp().as_millisecond());
    let go_to = |app: &TestApp, moment: Millis| app.clock.pass(moment.since(app.clock.now()));
    let report = |app: &TestApp, number: u32| {
        app.alva().post("/maraton/distances", &[("kilometres", "1"), ("key", &key(number))])
    };
    go_to(app, at(date(2027, 2, 28).at(23, 59, 59, 0)));
    assert_eq!(report(app, 1).problem(), "no-event");
    go_to(app, at(date(2027, 3, 1).at(0, 0, 0, 0)));
    assert_eq!(report(app, 2).status, 303);
    go_to(app, at(date(2027, 5, 31).at(23, 59, 59, 0)));
    assert_eq!(report(app, 3).status, 303);
    app.alva().page("/maraton").must_show("Sista dagen är idag.");
    go_to(app, at(date(2027, 6, 1).at(0, 0, 0, 0)));
    assert_eq!(report(app, 4).problem(), "no-event");
}

fn a_plan_that_cannot_be_run_says_why_and_keeps_what_was_typed(app: &mut TestApp) {
    let (first, last, long) = (day(30), day(40), "x".repeat(81));
    let words = "x".repeat(501);
    let well = form(&first, &last);
    let (yesterday, running, years) = (day(-1), day(20), day(30 + 366));
    for (field, value, code) in [
        ("name", " ", "event-name"),
        ("name", &long[..], "event-name"),
        ("first", "snart", "event-days"),
        ("first", &yesterday[..], "event-days"),
        ("last", &running[..], "event-days"),
        ("last", &years[..], "event-days"),
        ("first", &running[..], "event-overlaps"),
        ("items", "många", "event-items"),
        ("items", "0", "event-items"),
        ("items", "2001", "event-items"),
        ("kilometres", "långt", "event-kilometres"),
        ("kilometres", "201", "event-kilometres"),
        ("course", "", "event-course"),
        ("from", "0", "event-course"),
        ("from", "7", "event-course"),
        ("to", "14", "event-course"),
        ("announcement", &words[..], "event-words"),
    ] {
        let answer = orvar(app).post("/organiser/events", &but(&well, field, value));
        assert!(matches!(answer.status, 409 | 422), "{field} {value}: {}", answer.status);
        let advice = told(code);
        answer.must_show(&advice);
        answer.must_show("Klurig");
        if field != "announcement" && field != "course" && !value.trim().is_empty() {
            answer.must_show(&format!("value=\"{value}\""));
        }
    }
    let none: Vec<_> = well.iter().copied().filter(|(name, _)| !["course", "from", "to"].contains(name)).collect();
    orvar(app).post("/organiser/events", &none).must_show(&told("event-courses"));
    assert_eq!(
        orvar(app).page("/organiser").every("href=\"/organiser/events/", "\"").len(),
        2,
        "none of these was made"
    );
}

fn plan(first: &str, last: &str) -> Value {
    json!({
        "name": "Kommunens maraton", "first_day": first, "last_day": last, "goal_items": 200, "goal_metres": 42_195,
        "courses": [{ "name": "Alla", "from_year": 1, "to_year": 13 }], "rules": "Tillsammans.", "announcement": "", "open_to": "own"
    })
}

fn put(client: &Client, path: &str, body: &Value) -> Answer {
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    client.ask("PUT", path, &headers, &body.to_string())
}

fn a_program_plans_an_event_too(app: &mut TestApp) {
    let orvar = orvar(app);
    let events = "/api/v1/maraton/events";
    let new = |plan: Value| json!({ "id": key(9), "plan": plan });
    assert_eq!(orvar.post_json(events, &new(plan(&day(30), &day(31)))).status, 201);
    assert_eq!(orvar.post_json(events, &new(plan(&day(50), &day(51)))).status, 204, "made before");
    let listed = orvar.page(events).json();
    let listed = listed["events"].as_array().unwrap();
    assert_eq!(listed.iter().map(|event| event["stage"].as_str().unwrap()).collect::<Vec<_>>(), ["planned", "open"]);
    assert_eq!(listed[0]["plan"], plan(&day(30), &day(31)));
    let own = format!("{events}/{}", key(9));
    let mut other = plan(&day(32), &day(33));
    other["goal_items"] = json!(10);
    assert_eq!(put(&orvar, &own, &other).status, 204);
    assert_eq!(orvar.page(events).json()["events"][0]["plan"], other);
    let mut spoilt = plan(&day(32), &day(33));
    spoilt["courses"] = json!([{ "name": "Alla", "from_year": 3, "to_year": 2 }]);
    assert_eq!(put(&orvar, &own, &spoilt).problem(), "event-course");
    spoilt["colour"] = json!("red");
    assert_eq!(put(&orvar, &own, &spoilt).problem(), "form-unreadable");
    let delete = || orvar.ask("DELETE", &own, &[("sec-fetch-site", "same-origin")], "");
    assert_eq!([delete().status, delete().status], [204, 404]);
}

fn what_is_counted_stays_when_it_has_begun(app: &mut TestApp) {
    let (first, last, later) = (day(30), day(40), day(41));
    let address = made(app, &first, &last);
    let well = form(&first, &last);
    let moved = form(&first, &later);
    assert_eq!(
        orvar(app).post(&address, &but(&moved, "items", "4")).status,
        303,
        "before it begins all can be changed"
    );
    assert_eq!(orvar(app).post(&address, &well).status, 303);
    app.clock.pass(35 * DAY);
    pick(&app.alva(), 1);
    for (field, value) in [("last", &later[..]), ("items", "1"), ("kilometres", "1"), ("course", "Annan"), ("to", "5")]
    {
        let answer = orvar(app).post(&address, &but(&well, field, value));
        assert_eq!(answer.status, 409, "{field}");
        answer.must_show(&told("event-begun"));
    }
    let said = but(&well, "announcement", "Halvvägs!");
    assert_eq!(orvar(app).post(&address, &but(&said, "name", "Vårmaran")).status, 303);
    let page = app.alva().page("/maraton");
    page.must_show("<h1>Vårmaran</h1>");
    page.must_show("Halvvägs!");
    page.must_show("Kurs: Lätt");
    app.clock.pass(30 * DAY);
    assert_eq!(orvar(app).post(&address, &but(&well, "announcement", "Tack!")).status, 303, "and when it is over");
}

fn what_has_not_begun_can_be_taken_back(app: &mut TestApp) {
    let (first, last) = (day(30), day(40));
    let address = made(app, &first, &last);
    let away = orvar(app).post(&format!("{address}/take-back"), &[]);
    assert_eq!(away.location(), "/organiser");
    assert_eq!(orvar(app).get(&address).status, 404);
    made(app, &first, &last);
    app.clock.pass(31 * DAY);
    let answer = orvar(app).post(&format!("{address}/take-back"), &[]);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "event-begun"));
    app.alva().page("/maraton").must_show("Vårens maraton");
}

fn the_organiser_sees_totals_and_nobody(app: &mut TestApp) {
    app.alva().post("/maraton/distances", &[("kilometres", "3,2"), ("key", &key(1))]);
    let page = orvar(app).page("/organiser");
    page.must_show("Sträckor som väntar på lärare</dt><dd class=\"big\">1<");
    page.must_show("Elever som är med</dt><dd class=\"big\">0<");
    for (_, who, name, ..) in world::PEOPLE {
        if who != "orvar" {
            page.must_not_show(name);
        }
    }
    app.write(|tx| world::let_five_enter(tx, "aspby", "ekskolan"));
    orvar(app).page("/organiser").must_show("Elever som är med</dt><dd class=\"big\">");
}

fn the_table_is_what_the_page_shows(app: &mut TestApp) {
    let table = |client: &Client| client.page("/maraton/standings.csv").body;
    assert_eq!(table(&app.maria()).lines().count(), 1, "schools of fewer than five are in no file");
    app.write(|tx| world::let_five_enter(tx, "aspby", "ekskolan"));
    let told = table(&app.maria());
    assert!(told.lines().next().unwrap().starts_with("\u{feff}Skola;") && told.lines().count() == 2, "{told}");
    assert!(told.contains("\nEkskolan;") && told.contains(";0,0000"), "{told}");
    assert_eq!(told, table(&orvar(app)), "the same for everybody in the event");
    assert_eq!(app.signed_in("ines").get("/maraton/standings.csv").status, 404);
}

fn what_an_organiser_does_is_written_down(app: &mut TestApp) {
    let number = |app: &TestApp, of: Action| -> i64 {
        let chains = app.read(audit::verify);
        let kinds = chains.iter().flat_map(|chain| chain.kinds.iter());
        kinds.filter(|((action, ..), _)| *action == of).map(|(_, count)| *count).sum()
    };
    let (first, last) = (day(30), day(40));
    let address = made(app, &first, &last);
    made(app, &first, &last);
    orvar(app).post(&address, &form(&first, &last));
    orvar(app).post(&format!("{address}/take-back"), &[]);
    let counts = [Action::MakeEvent, Action::ChangeEvent, Action::DropEvent].map(|action| number(app, action));
    assert_eq!(counts, [1, 1, 1]);
}
