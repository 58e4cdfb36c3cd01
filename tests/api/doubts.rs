//! What a teacher is asked to look at, and that «all» leaves it where it is; distances counted from minutes, and such as
//! a student takes back.

use serde_json::{Value, json};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    v1::must_be_problem,
    world,
};

on_both!(
    minutes_alone_count_three_kilometres_an_hour,
    neither_kilometres_nor_minutes_is_asked_for_again,
    all_are_approved_but_the_doubtful,
    programs_approve_all_too,
    what_was_given_back_is_no_double,
    another_teacher_s_group_is_not_found,
    reasons_are_the_teacher_s_alone,
    a_student_takes_back_what_waits,
    what_is_decided_stays,
);

fn report(who: &Client, kilometres: &str, minutes: &str, number: u32) -> Answer {
    let fields = [("kilometres", kilometres), ("minutes", minutes), ("day", ""), ("key", &key(number))];
    who.post("/maraton/distances", &fields)
}

/// What waits for a teacher: whose, metres, why it is worth asking.
fn waiting(teacher: &Client) -> Vec<(String, i64, Option<String>)> {
    let all = teacher.page("/api/v1/maraton/waiting?limit=100").json();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let row = |one: &Value| {
        (text(&one["student"]).unwrap_or_default(), one["distance"]["metres"].as_i64().unwrap(), text(&one["doubt"]))
    };
    all["items"].as_array().unwrap().iter().map(row).collect()
}

fn doubts(teacher: &Client) -> Vec<(i64, String)> {
    let doubtful = waiting(teacher).into_iter().filter_map(|(_, metres, doubt)| Some((metres, doubt?)));
    doubtful.collect()
}

fn group(name: &str) -> String {
    world::group(name).to_string()
}

fn minutes_alone_count_three_kilometres_an_hour(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    assert_eq!(report(&alva, "", "90", 1).location(), "/maraton#own");
    alva.page("/maraton").must_show("90 minuter, räknas som 4,5\u{a0}km");
    maria.page("/maraton").must_show("90 minuter, räknas som 4,5\u{a0}km");
    let sent = alva.post_json("/api/v1/maraton/distances", &json!({ "key": key(2), "minutes": 1 }));
    assert_eq!(sent.status, 201, "{}", sent.body);
    let body = sent.json();
    assert_eq!((&body["metres"], &body["minutes"], &body["source"]), (&50.into(), &1.into(), &"minutes".into()));
    alva.page("/maraton").must_show("En minut, räknas som 0,05\u{a0}km");
    // Half an hour in which the same metres were measured is another thing.
    report(&alva, "1,5", "30", 3);
    alva.page("/maraton").must_show("1,5\u{a0}km på 30 minuter");
    let again = alva.post_json("/api/v1/maraton/distances", &json!({ "key": key(3), "minutes": 30 }));
    must_be_problem(&again, 409, "key-used");
    assert_eq!(maria.post(&format!("/maraton/groups/{}/approve", group("7A")), &[]).status, 303);
    assert_eq!(alva.page("/api/v1/maraton").json()["own"]["approved_metres"], 4_500 + 50 + 1_500);
}

fn neither_kilometres_nor_minutes_is_asked_for_again(app: &mut TestApp) {
    let alva = app.alva();
    for empty in ["", "  "] {
        let page = report(&alva, empty, empty, 1);
        assert_eq!(page.status, 422);
        page.must_show("Sträckan saknas än. Skriv hur långt i kilometer, eller hur länge i minuter.");
    }
    for minutes in ["0", "1441", "en timme"] {
        let page = report(&alva, "", minutes, 1);
        page.must_show("Vi kan inte läsa minuterna än.");
        assert_eq!((page.status, page.field("minutes")), (422, Some(minutes)));
    }
    let nothing = alva.post_json("/api/v1/maraton/distances", &json!({ "key": key(1) }));
    must_be_problem(&nothing, 422, "distance-missing");
    assert!(waiting(&app.maria()).is_empty());
}

/// Two students of 7A report in turn, a second apart.
fn a_day(app: &TestApp) {
    let (alva, bo) = (app.alva(), app.signed_in("bo"));
    for (number, (who, kilometres, minutes)) in (1..).zip([
        (&alva, "3,2", "40"),
        (&bo, "3,2", "40"),
        (&alva, "3,2", ""),
        (&alva, "45", ""),
        (&bo, "20", "20"),
        (&alva, "7", ""),
        (&bo, "", "600"),
        (&bo, "4", ""),
        (&bo, "4,1", "30"),
    ]) {
        assert_eq!(report(who, kilometres, minutes, number).status, 303);
        app.clock.pass(1_000);
    }
}

fn all_are_approved_but_the_doubtful(app: &mut TestApp) {
    a_day(app);
    app.signed_in("cleo").post("/maraton/distances", &[("kilometres", "9"), ("key", &key(1))]);
    let maria = app.maria();
    let page = maria.page("/maraton");
    page.must_show("Godkänn alla utom 4");
    for reason in [
        "Mer än 30 km utan tid. Är det minuter i stället?",
        "Över 40 km i timmen.",
        "Lika lång som en annan samma dag.",
        "60 km eller 12 timmar och mer på en dag.",
    ] {
        page.must_show(reason);
    }
    let held = [(3_200, "double"), (45_000, "far"), (20_000, "fast"), (4_100, "much")];
    let told = doubts(&maria);
    for (metres, why) in held {
        assert!(told.contains(&(metres, why.to_owned())), "{metres} {why}: {told:?}");
    }
    assert_eq!(maria.post(&format!("/maraton/groups/{}/approve", group("7A")), &[]).location(), "/maraton#waiting");
    let left: Vec<i64> = waiting(&maria).into_iter().map(|(_, metres, _)| metres).collect();
    assert_eq!(left, told.iter().map(|(metres, _)| *metres).collect::<Vec<_>>(), "only the doubtful wait on");
    // Cleo's waits for her own teacher; pressing it again changes nothing.
    assert_eq!(waiting(&app.signed_in("johan")).len(), 1);
    let before = app.alva().page("/maraton").body;
    maria.post(&format!("/maraton/groups/{}/approve", group("7A")), &[]);
    assert_eq!(waiting(&maria).len(), left.len());
    let again = app.alva().page("/maraton").body;
    let standing = |page: &str| page.split_once("id=\"schools\"").map(|(_, after)| after.to_owned());
    assert_eq!(standing(&before), standing(&again));
    // One by one they are hers to approve.
    let ids = maria
        .page("/maraton")
        .every("name=\"distance\" value=\"", "\"")
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    for id in &ids {
        assert_eq!(maria.post(&format!("/maraton/distances/{id}/approve"), &[]).status, 303);
    }
    assert!(waiting(&maria).is_empty());
    maria.page("/maraton").must_not_show("Godkänn alla");
}

fn programs_approve_all_too(app: &mut TestApp) {
    a_day(app);
    let maria = app.maria();
    let (all, held) = (waiting(&maria).len(), doubts(&maria).len());
    let approve = || maria.post_json(&format!("/api/v1/maraton/groups/{}/approve", group("7A")), &Value::Null);
    let answer = approve();
    assert_eq!((answer.status, answer.json()), (200, json!({ "approved": all - held, "held": held })));
    assert_eq!(approve().json(), json!({ "approved": 0, "held": held }));
    assert_eq!(doubts(&maria).len(), held, "what is approved counts for the day as before");
}

fn what_was_given_back_is_no_double(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    report(&alva, "3,2", "", 1);
    let id = maria.page("/maraton").every("name=\"distance\" value=\"", "\"")[0].to_owned();
    maria.post(&format!("/maraton/distances/{id}/return"), &[]);
    app.clock.pass(1_000);
    report(&alva, "3,2", "", 2);
    assert!(doubts(&maria).is_empty());
    // Neither is one of another day, nor somebody else's.
    alva.post("/maraton/distances", &[("kilometres", "3,2"), ("day", "2026-11-23"), ("key", &key(3))]);
    report(&app.signed_in("bo"), "3,2", "", 1);
    assert!(doubts(&maria).is_empty());
    report(&alva, "3,2", "", 4);
    assert_eq!(doubts(&maria), [(3_200, "double".to_owned())], "and of two alike the later one waits");
}

fn another_teacher_s_group_is_not_found(app: &mut TestApp) {
    report(&app.alva(), "3,2", "", 1);
    for who in ["johan", "lena", "mona", "yngve", "alva", "rut", "olle", "orvar", "tore", "frida"] {
        let client = app.signed_in(who);
        assert_eq!(client.post(&format!("/maraton/groups/{}/approve", group("7A")), &[]).status, 404, "{who}");
        let answer = client.post_json(&format!("/api/v1/maraton/groups/{}/approve", group("7A")), &Value::Null);
        must_be_problem(&answer, 404, "not-found");
    }
    assert_eq!(waiting(&app.maria()).len(), 1);
}

fn reasons_are_the_teacher_s_alone(app: &mut TestApp) {
    a_day(app);
    app.maria().page("/maraton").must_show("Lika lång som en annan");
    for who in ["alva", "bo"] {
        let client = app.signed_in(who);
        let paths = ["/maraton", "/my-data", "/my-data/copy", "/my-data/copy.csv", "/seen"];
        let programs = ["/api/v1/maraton", "/api/v1/maraton/distances", "/api/v1/my-data/copy"];
        for path in paths.into_iter().chain(programs) {
            let answer = client.page(path);
            for reason in
                ["doubt", "Lika lång", "i stället?", "Kan det stämma", "\"far\"", "\"fast\"", "\"much\"", "\"double\""]
            {
                answer.must_not_show(reason);
            }
        }
    }
    // What the copy has instead is what the metres were counted from.
    let copy = app.signed_in("bo").page("/my-data/copy").json();
    let sources: Vec<_> = copy["distances"].as_array().unwrap().iter().map(|one| &one["source"]).collect();
    assert!(sources.contains(&&"minutes".into()), "{sources:?}");
}

/// The ids of one's own distances, newest first.
fn own(who: &Client) -> Vec<String> {
    let all = who.page("/api/v1/maraton/distances").json();
    all["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

fn delete(who: &Client, id: &str) -> Answer {
    who.ask("DELETE", &format!("/api/v1/maraton/distances/{id}"), &[("sec-fetch-site", "same-origin")], "")
}

fn a_student_takes_back_what_waits(app: &mut TestApp) {
    let (alva, bo, maria) = (app.alva(), app.signed_in("bo"), app.maria());
    report(&alva, "3,2", "", 1);
    app.clock.pass(1_000);
    report(&alva, "4", "", 2);
    let ids = own(&alva);
    for other in [&bo, &maria, &app.signed_in("xenia")] {
        assert_eq!(other.post(&format!("/maraton/distances/{}/take-back", ids[0]), &[]).status, 404);
        must_be_problem(&delete(other, &ids[0]), 404, "not-found");
    }
    assert_eq!(own(&alva), ids);
    alva.page("/maraton").must_show("aria-label=\"Ta tillbaka: 4\u{a0}km, idag\"");
    let answer = alva.post(&format!("/maraton/distances/{}/take-back", ids[0]), &[]);
    assert_eq!(answer.location(), "/maraton#distances");
    assert_eq!((own(&alva), waiting(&maria).len()), (vec![ids[1].clone()], 1));
    assert_eq!(delete(&alva, &ids[1]).status, 204);
    assert!(own(&alva).is_empty() && waiting(&maria).is_empty());
    must_be_problem(&delete(&alva, &ids[1]), 404, "not-found");
    assert_eq!(maria.post(&format!("/maraton/distances/{}/approve", ids[0]), &[]).status, 404);
    assert_eq!(alva.page("/api/v1/maraton").json()["own"]["waiting_metres"], 0);
}

fn what_is_decided_stays(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    for (number, decision) in [(1, "approve"), (2, "return")] {
        report(&alva, "3,2", "", number);
        app.clock.pass(1_000);
        let id = own(&alva)[0].clone();
        maria.post(&format!("/maraton/distances/{id}/{decision}"), &[]);
        must_be_problem(&delete(&alva, &id), 409, "distance-decided");
        let page = alva.post(&format!("/maraton/distances/{id}/take-back"), &[]);
        assert_eq!(page.status, 409, "{decision}");
        page.must_show("Din lärare har redan svarat på sträckan.");
    }
    assert_eq!(own(&alva).len(), 2);
    alva.page("/maraton").must_not_show("Ta tillbaka");
    assert_eq!(alva.page("/api/v1/maraton").json()["own"]["approved_metres"], 3_200);
}
