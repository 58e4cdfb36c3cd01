//! Need to know: what is somebody else's is not found, exactly as what does not exist. Every address with an id stands in
//! the table of `addresses`, with who may use it; everybody in the world tries all of them on everybody's things.

use std::collections::BTreeMap;

use vault::{
    Fault, access,
    rows::{maraton, people},
};

use crate::{
    addresses::{
        May::{self, Class, Guardian, Student, Support, Teacher},
        ROOMS, ROUTES,
    },
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world,
};

on_both!(
    what_is_somebody_elses_is_not_found,
    no_mark_of_others_stands_in_any_answer,
    a_student_is_seen_in_the_own_group_only,
    nobody_signed_in_is_led_to_the_door,
    a_teacher_who_leaves_sees_nothing_from_that_moment,
    a_student_who_leaves_is_out_of_sight,
    a_student_who_moved_is_the_new_teachers,
);

/// Whose things there are: student, group, who teaches it, who is in the class.
pub type Thing = (&'static str, &'static str, &'static str, &'static [&'static str]);
pub const THINGS: [Thing; 5] = [
    ("alva", "7A", "maria", &["alva", "bo"]),
    ("cleo", "7B", "johan", &["cleo", "selma"]),
    ("dina", "8C", "lena", &["dina", "folke"]),
    ("xenia", "7X", "yngve", &["xenia"]),
    ("selma", "7B", "johan", &["cleo", "selma"]),
];

/// Everybody, with whose lines they may see, here where everyone has sent a report.
const VIEWERS: [(&str, &[&str]); 27] = [
    ("alva", &["alva"]),
    ("bo", &[]),
    ("cleo", &["cleo"]),
    ("dina", &["dina"]),
    ("folke", &[]),
    ("selma", &["selma"]),
    ("maria", &["alva"]),
    ("johan", &["cleo", "selma"]),
    ("lena", &["dina"]),
    ("tore", &[]),
    ("frida", &[]),
    ("rut", &[]),
    ("olle", &[]),
    ("xenia", &["xenia"]),
    ("yngve", &["xenia"]),
    ("zara", &[]),
    ("mona", &["cleo", "selma"]),
    ("gunnar", &[]),
    ("gerd", &[]),
    ("orvar", &[]),
    ("petter", &[]),
    ("sofia", &["alva", "cleo", "dina", "xenia", "selma"]),
    ("sixten", &[]),
    ("dag", &[]),
    ("ove", &[]),
    ("rita", &[]),
    ("ines", &[]),
];

/// Who may see a name without the lines.
const NAMES_ONLY: [(&str, &str); 1] = [("gunnar", "alva")];

/// What the parts in braces stand for.
pub type Ids = BTreeMap<&'static str, String>;

/// Lets a student do something of everything, and send a report about it.
fn live(app: &TestApp, thing: Thing) -> Ids {
    let mut ids = practise(app, thing);
    ids.insert("report", report(app, thing.0));
    ids
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
    student.post("/maraton/distances", &[("kilometres", "3,2"), ("key", &key(1))]);
    let (own, event) = (app.me(who).own(), world::event(world::controller_of(who)));
    let distance = app.read(move |tx| maraton::distances_of(tx, &own, event)).first().unwrap().id.to_string();
    let session = session(&student);
    come_in(app, &app.signed_in(teacher), group, who);
    [
        ("calculation", address.trim_start_matches("/calculations/").to_owned()),
        ("student", world::person(who).to_string()),
        ("group", world::group(group).to_string()),
        ("assignment", assignment.to_string()),
        ("distance", distance),
        ("session", session),
    ]
    .into()
}

/// The student with a protected identity: not among the names at the door, and never in by the code.
const PROTECTED: &str = "selma";

/// Lets a student in by a class code too, so that there is somebody to let out.
fn come_in(app: &TestApp, teacher: &Client, group: &str, who: &str) {
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
fn session(of: &Client) -> String {
    of.page("/devices").between("action=\"/devices/", "/end\"").unwrap().to_owned()
}

/// The line that a student's calculation can be told by.
pub fn mark(who: &str) -> String {
    format!("märke {who} §")
}

fn nobodys() -> Ids {
    ["calculation", "student", "group", "assignment", "distance", "report", "session"]
        .map(|name| (name, key(77)))
        .into()
}

pub fn filled(path: &str, ids: &Ids) -> String {
    ids.iter().fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
}

/// Asks for an address of the table as its page or program would.
fn ask(client: &Client, method: &str, path: &str, ids: &Ids) -> Answer {
    let path = filled(path, ids);
    match (method, path.starts_with("/api/")) {
        ("GET", _) => client.get(&path),
        (_, true) => client.post_json(&path, &serde_json::json!({ "line": "hit", "key": key(78) })),
        (_, false) => {
            let mut fields = vec![
                ("line", "hit"),
                ("key", "0000000000000000000000000000004f"),
                ("kilometres", "1"),
                ("text", "1"),
                ("strength", "1"),
            ];
            fields.extend([("kind", "test"), ("title", "Hit"), ("exercise", "negative-add"), ("all", "yes")]);
            if path == "/maraton/approvals" {
                fields = vec![("distance", &ids["distance"])];
            }
            client.post(&path, &fields)
        }
    }
}

fn what_is_somebody_elses_is_not_found(app: &mut TestApp) {
    let things: Vec<Ids> = THINGS.into_iter().map(|thing| live(app, thing)).collect();
    let may = |viewer: &str, thing: usize, may: May| match (may, THINGS[thing]) {
        (Student, (student, ..)) => viewer == student,
        (Class, (.., class)) => class.contains(&viewer),
        (Teacher, (_, group, teacher, _)) => viewer == teacher || (viewer, group) == ("mona", "7B"),
        (Guardian, (student, ..)) => (viewer, student) == ("gunnar", "alva"),
        (Support, _) => viewer == "sofia",
    };
    let mut cells = 0;
    let before: Vec<Answer> = lookings(app, &things);
    for (viewer, _) in VIEWERS {
        let client = app.signed_in(viewer);
        for (method, path, who) in ROUTES {
            let missing = ask(&client, method, path, &nobodys());
            cells += 1 + things.len();
            assert_eq!((missing.status, missing.problem().as_str()), (404, "not-found"), "{viewer}: {method} {path}");
            for (thing, ids) in things.iter().enumerate().filter(|(thing, _)| !may(viewer, *thing, who)) {
                let answer = ask(&client, method, path, ids);
                let whose = THINGS[thing].0;
                assert_eq!(answer.status, 404, "{viewer} gets at {whose}'s: {method} {path}");
                assert_eq!(answer.body, missing.body, "{viewer} can tell {whose}'s: {method} {path}");
                assert_eq!(answer.header_names(), missing.header_names(), "{viewer}, {whose}: {method} {path}");
            }
        }
    }
    // Somebody, an address, and whose thing it is or that it is nobody's.
    assert_eq!(cells, VIEWERS.len() * ROUTES.len() * (1 + THINGS.len()));
    for (before, after) in before.iter().zip(lookings(app, &things)) {
        assert_eq!(before.body, after.body, "none of all that changed anything");
    }
    // And that is not because nobody gets anywhere.
    for (viewer, _) in VIEWERS {
        let client = app.signed_in(viewer);
        for (thing, ids) in things.iter().enumerate() {
            for (method, path, _) in ROUTES.into_iter().filter(|(.., who)| may(viewer, thing, *who)) {
                let answer = ask(&client, method, path, ids);
                // A colleague may have let the student out before, and one with a protected identity is never in.
                if path.ends_with("/out") && answer.status == 404 {
                    continue;
                }
                assert!(matches!(answer.status, 200 | 201 | 303 | 409), "{viewer}: {method} {path}: {}", answer.status);
            }
        }
    }
}

/// What those who may see it see of everything.
fn lookings(app: &TestApp, things: &[Ids]) -> Vec<Answer> {
    let mut seen = Vec::new();
    for ((student, _, teacher, _), ids) in THINGS.into_iter().zip(things) {
        let (student, teacher) = (app.signed_in(student), app.signed_in(teacher));
        seen.push(student.page(&filled("/api/v1/calculations/{calculation}", ids)));
        seen.extend(["/today", "/done"].map(|path| student.page(path)));
        for path in ["/groups/{group}", "/groups/{group}/calculations/{calculation}", "/assignments/{assignment}"] {
            seen.push(teacher.page(&filled(path, ids)));
        }
    }
    seen
}

fn no_mark_of_others_stands_in_any_answer(app: &mut TestApp) {
    let things: Vec<Ids> = THINGS.into_iter().map(|thing| live(app, thing)).collect();
    for (viewer, may_see) in VIEWERS {
        let client = app.signed_in(viewer);
        let mut answers: Vec<(String, Answer)> = Vec::new();
        for (method, path) in ROOMS.into_iter().filter(|(method, _)| *method == "GET") {
            answers.push((path.to_owned(), ask(&client, method, path, &nobodys())));
        }
        for (path, ids) in ROUTES
            .iter()
            .filter(|route| route.0 == "GET")
            .flat_map(|route| things.iter().map(move |ids| (route.1, ids)))
        {
            answers.push((path.to_owned(), ask(&client, "GET", path, ids)));
        }
        for (whose, group, ..) in THINGS {
            // Those in the class are given the same work.
            let title = format!("Läxa till {group}");
            let in_no_answer = ["roster-{}", "{}@post.example", "form-{}"].map(|mark| mark.replace("{}", whose));
            for mark in in_no_answer {
                for (path, answer) in &answers {
                    assert!(!answer.shows(&mark), "{viewer} reads «{mark}» at {path}");
                }
            }
            let mut marks = vec![mark(whose), title.clone(), name(whose).to_owned(), short(name(whose))];
            if may_see.contains(&whose) {
                assert!(answers.iter().any(|(_, answer)| answer.shows(&marks[0])), "{viewer} may see {whose}'s line");
                continue;
            }
            if NAMES_ONLY.contains(&(viewer, whose)) {
                marks.truncate(2);
            }
            for mark in marks {
                if mark == title && THINGS.iter().any(|(.., class)| class.contains(&viewer) && class.contains(&whose)) {
                    continue;
                }
                for (path, answer) in &answers {
                    assert!(!answer.shows(&mark), "{viewer} reads «{mark}» at {path}");
                }
            }
        }
        // The other controller does not even exist.
        let of = world::controller_of(viewer);
        let places: [(&str, &[&str]); 4] = [
            ("aspby", &["Aspby", "Ekskolan", "Linskolan"]),
            ("bjorkhaga", &["Björkhaga", "Hagens", "7X"]),
            ("drift", &["Driftbolaget"]),
            ("ensam", &["Ensam på egen hand"]),
        ];
        for (path, answer) in &answers {
            for (_, names) in places.iter().filter(|(controller, _)| *controller != of) {
                let heard = names.iter().find(|name| answer.shows(name));
                assert_eq!(heard, None, "{viewer} hears of another controller at {path}");
            }
        }
    }
}

fn name(user_name: &str) -> &'static str {
    match user_name {
        "alva" => "Alva Lind",
        "cleo" => "Cleo Granparallell",
        "dina" => "Dina Annorstädes",
        "selma" => "Selma Skyddad",
        _ => "Xenia Hemligsson",
    }
}

/// As lists write it.
fn short(name: &str) -> String {
    let (first, last) = name.split_once(' ').unwrap();
    format!("{first} {}.", last.chars().next().unwrap())
}

fn a_student_is_seen_in_the_own_group_only(app: &mut TestApp) {
    let things: Vec<Ids> = THINGS.into_iter().map(|thing| live(app, thing)).collect();
    for (own, (_, _, teacher, _)) in THINGS.into_iter().enumerate() {
        let client = app.signed_in(teacher);
        for (other, ids) in things.iter().enumerate().filter(|(other, _)| THINGS[*other].1 != THINGS[own].1) {
            let mut mixed = ids.clone();
            mixed.insert("group", things[own]["group"].clone());
            for path in ["/groups/{group}/students/{student}", "/groups/{group}/calculations/{calculation}"] {
                let answer = ask(&client, "GET", path, &mixed);
                assert_eq!(answer.status, 404, "{teacher}, {} through the own group: {path}", THINGS[other].0);
            }
        }
    }
    // A colleague is in the group too, but not as a student.
    let mut colleague = things[0].clone();
    colleague.insert("student", world::person("maria").to_string());
    assert_eq!(ask(&app.maria(), "GET", "/groups/{group}/students/{student}", &colleague).status, 404);
}

fn nobody_signed_in_is_led_to_the_door(app: &mut TestApp) {
    let ids = live(app, THINGS[0]);
    let nobody = app.nobody();
    let routes = ROUTES.into_iter().map(|(method, path, _)| (method, path));
    for (method, path) in routes.chain(ROOMS) {
        let answer = ask(&nobody, method, path, &ids);
        if path.starts_with("/api/") {
            assert_eq!((answer.status, answer.problem().as_str()), (401, "sign-in-first"), "{method} {path}");
        } else {
            assert_eq!(
                (answer.status, answer.location(), answer.body.as_str()),
                (303, "/sign-in", ""),
                "{method} {path}"
            );
            let headers = [
                ("x-fragment", "x"),
                ("sec-fetch-site", "same-origin"),
                ("content-type", "application/x-www-form-urlencoded"),
            ];
            let fragment = nobody.ask(method, &filled(path, &ids), &headers, "line=1&key=00");
            assert_eq!((fragment.status, fragment.problem().as_str()), (401, "sign-in-first"), "{method} {path}");
        }
    }
}

/// Ends what somebody is in a group, behind the server's back.
fn end(app: &TestApp, group: &'static str, who: &'static str) {
    let teacher = THINGS.into_iter().find(|(_, of, ..)| *of == group).map_or("", |(_, _, teacher, _)| teacher);
    let (me, now) = (app.me(teacher), app.clock.now());
    let ended = app.write(move |tx| {
        let sight = access::group(tx, &me, world::group(group), now).map_err(|_| Fault::Panicked)?;
        people::end_membership(tx, &sight, world::person(who), now)
    });
    assert_eq!(ended, 1);
}

fn a_teacher_who_leaves_sees_nothing_from_that_moment(app: &mut TestApp) {
    let ids = live(app, THINGS[0]);
    let maria = app.maria();
    maria.page(&filled("/groups/{group}", &ids));
    end(app, "7A", "maria");
    for (method, path, _) in ROUTES.into_iter().filter(|(.., may)| *may == Teacher) {
        assert_eq!(ask(&maria, method, path, &ids).status, 404, "{method} {path}");
    }
    app.clock.pass(world::HOUR);
    for path in ["/groups", "/assignments", "/maraton"] {
        let page = maria.get(path);
        page.must_not_show("Alva");
        page.must_not_show("7A");
    }
}

fn a_student_who_leaves_is_out_of_sight(app: &mut TestApp) {
    let ids = live(app, THINGS[0]);
    end(app, "7A", "alva");
    let maria = app.maria();
    for path in ["/groups/{group}/students/{student}", "/groups/{group}/calculations/{calculation}"] {
        assert_eq!(ask(&maria, "GET", path, &ids).status, 404, "{path}");
    }
    assert_eq!(ask(&maria, "POST", "/maraton/distances/{distance}/approve", &ids).status, 404);
    for path in ["/groups/{group}", "/groups/{group}/now", "/assignments/{assignment}", "/maraton"] {
        ask(&maria, "GET", path, &ids).must_not_show("Alva");
    }
    // What she wrote stays hers; what was given to the group is no longer for her.
    let alva = app.alva();
    assert_eq!(alva.page(&filled("/calculations/{calculation}", &ids)).verdicts(), ["unreadable"]);
    assert_eq!(ask(&alva, "POST", "/assigned/{assignment}", &ids).status, 404);
}

fn a_student_who_moved_is_the_new_teachers(app: &mut TestApp) {
    let folke = app.signed_in("folke");
    let (address, _) = folke.follow("/calculations", &[]);
    folke.follow(&format!("{address}/lines"), &[("line", &mark("folke")), ("key", &key(1))]);
    let id = address.trim_start_matches("/calculations/");
    let seen_in = |group| format!("/groups/{}/calculations/{id}", world::group(group));
    app.signed_in("lena").page(&seen_in("8C")).must_show(&mark("folke"));
    assert_eq!(app.maria().get(&seen_in("7A")).status, 404);
    assert_eq!(app.signed_in("lena").get(&seen_in("7A")).status, 404);
}
