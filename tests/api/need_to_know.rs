//! Need to know: what is somebody else's is not found, exactly as what does not exist. Every address with an id stands in
//! the table of `addresses`, with who may use it; everybody in the world tries all of them on everybody's things.

use vault::{
    Fault, ReportId, access,
    rows::{
        people,
        reports::{self, NewReport},
    },
};

use crate::{
    addresses::{
        May::{self, Class, Guardian, InEvent, Officer, Organiser, Student, Support, Teacher, Together},
        ROOMS, ROUTES,
    },
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    things::{
        Ids, PROTECTED, THINGS, ask, come_in, filled, live, mark, name, nobodys, offer, report_distance, session,
        short, steer,
    },
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
const NAMES_ONLY: [(&str, &str); 5] =
    [("gunnar", "alva"), ("olle", "alva"), ("olle", "cleo"), ("olle", "dina"), ("olle", "selma")];

/// Who is something now at a controller with an event, and at which.
const IN_AN_EVENT: [(&str, &str); 16] = [
    ("alva", "aspby"),
    ("bo", "aspby"),
    ("cleo", "aspby"),
    ("dina", "aspby"),
    ("folke", "aspby"),
    ("selma", "aspby"),
    ("xenia", "bjorkhaga"),
    ("maria", "aspby"),
    ("johan", "aspby"),
    ("mona", "aspby"),
    ("lena", "aspby"),
    ("yngve", "bjorkhaga"),
    ("rut", "aspby"),
    ("olle", "aspby"),
    ("gunnar", "aspby"),
    ("orvar", "aspby"),
];

fn what_is_somebody_elses_is_not_found(app: &mut TestApp) {
    let things: Vec<Ids> = THINGS.into_iter().map(|thing| live(app, thing)).collect();
    let may = |viewer: &str, thing: usize, may: May| match (may, THINGS[thing]) {
        (Student, (student, ..)) => viewer == student,
        (Class, (.., class)) => class.contains(&viewer),
        (Teacher, (_, group, teacher, _)) => viewer == teacher || (viewer, group) == ("mona", "7B"),
        (Guardian, (student, ..)) => (viewer, student) == ("gunnar", "alva"),
        (Support, _) => viewer == "sofia",
        (Officer, (student, ..)) => viewer == "olle" && world::controller_of(student) == "aspby",
        (Organiser, (student, ..)) => viewer == "orvar" && world::controller_of(student) == "aspby",
        (InEvent, (student, ..)) => IN_AN_EVENT.contains(&(viewer, world::controller_of(student))),
        (Together, (_, group, teacher, class)) => {
            viewer == teacher || class.contains(&viewer) || (viewer, group) == ("mona", "7B")
        }
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
            let mut ids = ids.clone();
            for (method, path, _) in ROUTES.into_iter().filter(|(.., who)| may(viewer, thing, *who)) {
                let (who, group, ..) = THINGS[thing];
                let is_out = path.ends_with("/out") || path.contains("/class-code/students/");
                let mut answer = ask(&client, method, path, &ids);
                if answer.status == 404 {
                    // It was over before, by its page or by a colleague: let out, signed out, closed.
                    renew(app, &client, path, &mut ids, (who, group));
                    answer = ask(&client, method, path, &ids);
                }
                // One with a protected identity is never in.
                let is_well = if is_out && who == PROTECTED {
                    answer.status == 404
                } else {
                    matches!(answer.status, 200 | 201 | 204 | 303 | 409)
                };
                assert!(is_well, "{viewer}: {method} {path}: {}", answer.status);
            }
        }
    }
}

/// What was over is there once more, where there is something that can be over.
fn renew(app: &TestApp, teacher: &Client, path: &str, ids: &mut Ids, (who, group): (&'static str, &str)) {
    if path.contains("steering}") {
        ids.extend(steer(teacher, who, group));
    }
    if path.ends_with("/join") || path.ends_with("/leave") || path.ends_with("/part") {
        ids.insert("event", offer(app, &format!("{who} {path}")));
    }
    if path.contains("/class-code/students/") {
        come_in(app, teacher, group, who);
    } else if path.contains("/distances/") || path.ends_with("/approvals") {
        ids.insert("distance", report_distance(app, who));
    } else if path.contains("/devices/") {
        let (student, _elsewhere) = (app.signed_in(who), app.signed_in(who));
        ids.insert("session", session(&student));
    } else if path.contains("/support/reports/") {
        // Behind the server's back: by now the student has another password.
        let (me, sent_at, another) = (app.me(who), app.clock.now(), ids["report"].chars().rev().collect::<String>());
        let id: ReportId = another.parse().unwrap();
        app.write(move |tx| {
            let (system, browser) = ("ChromeOS".to_owned(), "Chrome 139".to_owned());
            reports::send(tx, &me, &NewReport { id, calculation: None, system, browser, sent_at })
        });
        ids.insert("report", another);
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
            answers.push((path.to_owned(), without_assets(ask(&client, method, path, &nobodys()))));
        }
        for (path, ids) in ROUTES
            .iter()
            .filter(|route| route.0 == "GET")
            .flat_map(|route| things.iter().map(move |ids| (route.1, ids)))
        {
            answers.push((path.to_owned(), without_assets(ask(&client, "GET", path, ids))));
        }
        for (whose, group, ..) in THINGS {
            // Those in the class are given the same work.
            let title = format!("Läxa till {group}");
            let in_no_answer = ["roster-{}", "{}@post.example", "form-{}"].map(|mark| mark.replace("{}", whose));
            for mark in in_no_answer {
                // But in what is handed out to whose it is.
                for (path, answer) in answers.iter().filter(|(path, _)| viewer != whose || !path.contains("my-data")) {
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

/// The answer without the addresses of assets: a hash among them may happen to hold a class's name.
fn without_assets(mut answer: Answer) -> Answer {
    let mut parts = answer.body.split("/assets/");
    let mut body = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        body.push_str(part.trim_start_matches(|sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign)));
    }
    answer.body = body;
    answer
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
    assert_eq!(alva.page(&filled("/calculations/{calculation}", &ids)).verdicts(), ["unreadable", "wrong"]);
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
