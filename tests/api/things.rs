//! What everybody in the world has that somebody else might try: a calculation with a marked line, a distance, an error
//! report, a second device. The addresses of it are filled in from here.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vault::{
    access,
    rows::{holds, maraton, requests},
};

use crate::{
    app::TestApp,
    client::{Answer, Client, key},
    world,
};

/// Whose things there are: student, group, who teaches it, who is in the class.
pub type Thing = (&'static str, &'static str, &'static str, &'static [&'static str]);
pub const THINGS: [Thing; 5] = [
    ("alva", "7A", "maria", &["alva", "bo"]),
    ("cleo", "7B", "johan", &["cleo", "selma"]),
    ("dina", "8C", "lena", &["dina", "folke"]),
    ("xenia", "7X", "yngve", &["xenia"]),
    ("selma", "7B", "johan", &["cleo", "selma"]),
];

/// Skills of the bank, two for each.
const SKILLS: [[&str; 2]; THINGS.len()] = [
    ["decimals-add-sub", "percent-of-quantity"],
    ["expressions-expand", "expressions-simplify"],
    ["equations-brackets", "equations-both-sides"],
    ["fraction-simplify", "fraction-add-sub-like"],
    ["fraction-add-sub-unlike", "negative-add-sub"],
];

/// What the parts in braces stand for.
pub type Ids = BTreeMap<&'static str, String>;

/// Lets a student do something of everything, and send a report about it.
pub fn live(app: &TestApp, thing: Thing) -> Ids {
    let mut ids = practise(app, thing);
    ids.insert("report", report(app, thing.0));
    ids.extend(ask_and_hold(app, thing.0));
    ids
}

/// Lets a student ask to be forgotten, and keeps their data all the same.
fn ask_and_hold(app: &TestApp, who: &'static str) -> Ids {
    assert_eq!(app.signed_in(who).post("/my-data/ask", &[]).status, 303);
    let (me, now, id) = (app.me(who), app.clock.now(), hold_of(&world::person(who).to_string()));
    let sight = access::due_to_be_forgotten(me.controller(), me.person());
    let new = move || holds::NewHold {
        id: id.parse().unwrap(),
        kind: "archive".to_owned(),
        ground: "skäl".to_owned(),
        review_on: "2026-12-24".to_owned(),
    };
    let hold = new().id.to_string();
    app.write(move |tx| holds::set(tx, &sight, &new(), now));
    let request = app.read(move |tx| requests::of_me(tx, &me))[0].id.to_string();
    [("request", request), ("hold", hold)].into()
}

/// The id of a hold on somebody, made of theirs.
fn hold_of(person: &str) -> String {
    person.chars().rev().collect()
}

/// Sends a report about what a student is at, and finds it where support does.
pub fn report(app: &TestApp, who: &str) -> String {
    let support = app.signed_in("sofia");
    let before = support.page("/support");
    let answer = app.signed_in(who).post_with("/report", &CHROMEBOOK, &[("about", "yes")]);
    assert_eq!((answer.status, answer.location()), (303, "/report#sent"));
    let after = support.page("/support");
    let known = before.every("/support/reports/", "\"");
    let new = after.every("/support/reports/", "\"").into_iter().find(|id| !known.contains(id));
    new.unwrap().to_owned()
}

/// What a school's computer says of itself.
const CHROMEBOOK: [(&str, &str); 2] = [
    ("sec-fetch-site", "same-origin"),
    (
        "user-agent",
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
    ),
];

/// Lets a student do something of everything: a given task with a marked line, and a distance.
pub fn practise(app: &TestApp, (who, group, teacher, _): Thing) -> Ids {
    let (student, _elsewhere) = (app.signed_in(who), app.signed_in(who));
    let assignment = app.give(teacher, group, &["two-step-plain"]);
    let (address, _) = student.follow(&format!("/assigned/{assignment}"), &[]);
    student.follow(&format!("{address}/lines"), &[("line", &mark(who)), ("key", &key(1))]);
    // The second line is wrong and held to be right.
    student.follow(&format!("{address}/lines"), &[("line", "1 = 2"), ("key", &key(2))]);
    student.follow(&format!("{address}/lines/2/appeal"), &[]);
    student.post("/maraton/distances", &[("kilometres", "3,2"), ("key", &key(1))]);
    let (own, event) = (app.me(who).own(), world::event(world::controller_of(who)));
    let distance = app.read(move |tx| maraton::distances_of(tx, &own, event)).first().unwrap().id.to_string();
    let session = session(&student);
    come_in(app, &app.signed_in(teacher), group, who);
    let mut ids: Ids = [
        ("calculation", address.trim_start_matches("/calculations/").to_owned()),
        ("student", world::person(who).to_string()),
        ("group", world::group(group).to_string()),
        ("assignment", assignment.to_string()),
        ("distance", distance),
        ("event", event.to_string()),
        ("session", session),
        ("line", "2".to_owned()),
    ]
    .into();
    ids.extend(steer(&app.signed_in(teacher), who, group));
    ids
}

/// An event of another controller, a month away, in which all may take part; another one for each that is asked for.
pub fn offer(app: &TestApp, name: &str) -> String {
    let (host, id, now) = (world::controller("bjorkhaga"), world::event(name), app.clock.now());
    let event = maraton::Event {
        controller_id: host,
        id,
        name: "Alla springer".to_owned(),
        opens_at: now.plus(30 * world::DAY),
        closes_at: now.plus(40 * world::DAY),
        goal_metres: 5_000,
        goal_items: 3,
        rules: String::new(),
        announcement: String::new(),
        host,
        open_to: maraton::OpenTo::All.name().to_owned(),
        invitation: String::new(),
        is_public: false,
    };
    let (controller_id, event_id, name) = (host, id, "Alla".to_owned());
    let course = maraton::Course { controller_id, event_id, number: 1, name, from_year: 1, to_year: 9 };
    app.write(move |tx| maraton::add_event(tx, &event, std::slice::from_ref(&course)));
    id.to_string()
}

/// A distance more that waits, reported behind the server's back.
pub fn report_distance(app: &TestApp, who: &'static str) -> String {
    let (own, event, now) = (app.me(who).own(), world::event(world::controller_of(who)), app.clock.now());
    let group = THINGS.into_iter().find(|thing| thing.0 == who).map_or("", |thing| thing.1);
    let school = world::school(match group {
        "8C" => "linskolan",
        "7X" => "hagen",
        _ => "ekskolan",
    });
    app.write(move |tx| {
        let number = maraton::distances_of(tx, &own, event)?.len();
        let id = format!("{number:08x}{}", &world::person(who).to_string()[8..]);
        let new = maraton::NewDistance {
            id: id.parse().map_err(|_| vault::Fault::Panicked)?,
            key: id.parse().map_err(|_| vault::Fault::Panicked)?,
            event,
            school,
            metres: 1_000,
            seconds: None,
            source: maraton::Source::Kilometres,
            travelled_on: "2026-11-24".to_owned(),
            reported_at: now,
        };
        maraton::report(tx, &own, &new)?;
        Ok(id)
    })
}

/// Lets a teacher say something for a student and for the group, two of each.
pub fn steer(teacher: &Client, who: &str, group: &str) -> Ids {
    let say = |of: &str, skill: &str| {
        let address = format!("/api/v1/groups/{}{of}/steering", world::group(group));
        let new = json!({ "wish": "exclude", "of": { "skill": skill } });
        teacher.post_json(&address, &new).json()["id"].as_str().unwrap().to_owned()
    };
    // Others of the same group have others.
    let [one, other] = SKILLS[THINGS.iter().position(|thing| thing.0 == who).unwrap_or_default()];
    let own = format!("/students/{}", world::person(who));
    [
        ("steering", say("", one)),
        ("other_steering", say("", other)),
        ("own_steering", say(&own, one)),
        ("other_own_steering", say(&own, other)),
    ]
    .into()
}

/// The student with a protected identity: not among the names at the door, and never in by the code.
pub const PROTECTED: &str = "selma";

/// Lets a student in by a class code too, so that there is somebody to let out.
pub fn come_in(app: &TestApp, teacher: &Client, group: &str, who: &str) {
    let (_, page) = teacher.follow(&format!("/groups/{}/class-code", world::group(group)), &[]);
    let code = page.between("<p class=\"code-text\">", "</p>").unwrap();
    let name = world::person(who).to_string();
    let door = app.nobody().post("/class", &[("code", code)]);
    let enters = app.nobody().post("/class/enter", &[("code", code), ("name", &name)]);
    let is_protected = who == PROTECTED;
    assert_eq!(door.body.contains(&name), !is_protected, "{}", door.body);
    assert_eq!(enters.status, if is_protected { 409 } else { 303 });
}

/// The session of somebody on a second device.
pub fn session(of: &Client) -> String {
    of.page("/devices").between("action=\"/devices/", "/end\"").unwrap().to_owned()
}

/// The line that a student's calculation can be told by.
pub fn mark(who: &str) -> String {
    format!("märke {who} §")
}

pub fn nobodys() -> Ids {
    let ids = ["calculation", "student", "group", "assignment", "distance", "event", "report", "session"];
    let more = ["request", "hold"];
    let steering = ["steering", "other_steering", "own_steering", "other_own_steering"];
    let ids: Vec<_> = ids.into_iter().chain(steering).chain(more).collect();
    ids.into_iter().map(|name| (name, key(77))).chain([("line", "2".to_owned())]).collect()
}

pub fn filled(path: &str, ids: &Ids) -> String {
    ids.iter().fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
}

/// Asks for an address of the table as its page or program would.
pub fn ask(client: &Client, method: &str, path: &str, ids: &Ids) -> Answer {
    let mut path = filled(path, ids);
    if path == "/api/v1/maraton/tracks" {
        path = format!("{path}?key={}", key(78));
    }
    match (method, path.starts_with("/api/")) {
        ("GET", _) => client.get(&path),
        ("DELETE", true) => client.ask("DELETE", &path, &[("sec-fetch-site", "same-origin")], ""),
        ("PUT", true) => {
            let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
            client.ask("PUT", &path, &headers, &sent(&path, ids).to_string())
        }
        (_, true) => client.post_json(&path, &sent(&path, ids)),
        (_, false) => {
            let mut fields = vec![
                ("line", "hit"),
                ("key", "0000000000000000000000000000004f"),
                ("kilometres", "1"),
                ("course", "1"),
                ("text", "1"),
                ("strength", "1"),
                ("holds", "yes"),
            ];
            fields.extend([("wish", "exclude"), ("skill", "order-of-operations")]);
            fields.extend([("kind", "test"), ("title", "Hit"), ("exercise", "negative-add"), ("all", "yes")]);
            fields.extend([("why", "Hit")]);
            if path.ends_with("/holds") {
                let keep = [("kind", "archive"), ("ground", "Hit"), ("review", "2026-12-24")];
                return client.post(&path, &[&keep[..], &[("key", &ids["student"])]].concat());
            }
            if path.starts_with("/organiser/") {
                let day = ("first", "2027-02-01");
                fields = vec![("name", "Hit"), day, ("last", "2027-02-02"), ("items", "1"), ("kilometres", "1")];
                fields.extend([
                    ("key", "0000000000000000000000000000004f"),
                    ("course", "Hit"),
                    ("from", "1"),
                    ("to", "9"),
                    ("winners", "1"),
                ]);
            }
            if path.ends_with("/public") {
                fields = vec![("shown", "no")];
            }
            if path == "/maraton/approvals" {
                fields = vec![("distance", &ids["distance"])];
            }
            client.post(&path, &fields)
        }
    }
}

/// What a program sends to an address of the API.
fn sent(path: &str, ids: &Ids) -> Value {
    let last = path.rsplit('/').next().unwrap_or_default();
    if path.ends_with("/draw") {
        return json!({ "winners": 1 });
    }
    if path.contains("/maraton/events/") {
        return json!({
            "name": "Hit", "first_day": "2027-02-01", "last_day": "2027-02-02", "goal_items": 1, "goal_metres": 1,
            "courses": [{ "name": "Hit", "from_year": 1, "to_year": 9 }]
        });
    }
    match last {
        "lines" => json!({ "line": "hit", "key": key(78) }),
        "invitations" => json!({ "invitation": "hit" }),
        "hints" => json!({ "strength": 1 }),
        "appeal" => json!({ "holds": true }),
        "assignments" => json!({ "key": key(78), "kind": "test", "title": "Hit", "exercises": ["negative-add"] }),
        "steering" => json!({ "wish": "exclude", "of": { "skill": "order-of-operations" } }),
        "cards" => json!({ "seen": 0 }),
        "course" => json!({ "number": 1 }),
        "distances" => json!({ "key": key(78), "metres": 1_000 }),
        "consent" => json!({ "purpose": "practice", "give": false, "text": 1 }),
        "delete" | "forget" => json!({ "password": "" }),
        "holds" => {
            json!({ "key": ids["student"], "kind": "archive", "ground": "Hit", "review_on": "2026-12-24" })
        }
        "refuse" => json!({ "why": "Hit" }),
        "find" => json!({ "user_name": "nobody-is" }),
        "report" => json!({ "about": true }),
        _ => json!({}),
    }
}

pub fn name(user_name: &str) -> &'static str {
    match user_name {
        "alva" => "Alva Lind",
        "cleo" => "Cleo Granparallell",
        "dina" => "Dina Annorstädes",
        "selma" => "Selma Skyddad",
        _ => "Xenia Hemligsson",
    }
}

/// As lists write it.
pub fn short(name: &str) -> String {
    let (first, last) = name.split_once(' ').unwrap();
    format!("{first} {}.", last.chars().next().unwrap())
}
