//! What a page lets somebody do, a program can do too; each strand once from end to end.

use serde_json::{Value, json};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    things::{THINGS, live, mark, practise},
    v1::must_be_problem,
    world,
};

on_both!(
    a_student_reads_today_the_map_and_hints,
    a_teacher_follows_a_group_line_by_line,
    a_teacher_gives_work_and_takes_it_back,
    a_teacher_lets_students_in,
    a_teacher_decides_about_distances,
    a_guardian_sees_the_child_in_short,
    somebody_sees_who_looked_and_where_they_are_signed_in,
    who_is_their_own_controller_decides,
    counts_are_for_who_administers,
    support_reads_a_report_until_it_is_closed,
);

fn get(client: &Client, path: &str) -> Value {
    client.page(&format!("/api/v1{path}")).json()
}

fn delete(client: &Client, path: &str) -> u16 {
    client.ask("DELETE", &format!("/api/v1{path}"), &[("sec-fetch-site", "same-origin")], "").status
}

fn post(client: &Client, path: &str, body: &Value) -> crate::client::Answer {
    client.post_json(&format!("/api/v1{path}"), body)
}

fn a_student_reads_today_the_map_and_hints(app: &mut TestApp) {
    let alva = app.alva();
    let today = get(&alva, "/today");
    assert_eq!((&today["paused"], &today["unfinished"]), (&false.into(), &Value::Null));
    assert!(today["next"]["exercise"].is_string());
    let opened = post(&alva, "/calculations", &Value::Null);
    let id = opened.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(get(&alva, "/today")["unfinished"]["id"], id.as_str());
    assert_eq!(opened.json()["hints"][0]["text"], Value::Null);
    for _ in 0..2 {
        // There is no hint below the gentlest.
        let none = post(&alva, &format!("/calculations/{id}/hints"), &json!({ "strength": 0 }));
        assert_eq!((none.status, none.problem().as_str()), (400, "form-unreadable"));
        let hints = post(&alva, &format!("/calculations/{id}/hints"), &json!({ "strength": 1 })).json();
        assert!(hints["hints"][0]["text"].is_string() && hints["hints"][1]["text"].is_null(), "{hints}");
        assert_eq!(hints["from_line"], 0);
    }
    let map = get(&alva, "/map");
    assert!(map.as_array().unwrap().len() > 10);
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    assert_eq!(get(&alva, "/today")["assigned"][0]["assignment"]["id"], assignment.to_string());
    let begun = post(&alva, &format!("/assigned/{assignment}"), &Value::Null);
    assert_eq!((begun.status, &begun.json()["exercise"]), (201, &"two-step-plain".into()));
    assert_eq!(begun.json()["assignment"]["number"], 1);
    let again = post(&alva, &format!("/assigned/{assignment}"), &Value::Null);
    assert_eq!(again.json()["id"], begun.json()["id"]);
}

fn a_teacher_follows_a_group_line_by_line(app: &mut TestApp) {
    let ids = live(app, THINGS[0]);
    let (maria, group) = (app.maria(), world::group("7A"));
    let groups = get(&maria, "/groups");
    assert!(groups["items"].as_array().unwrap().iter().any(|of| of["id"] == group.to_string()), "{groups}");
    let shown = get(&maria, &format!("/groups/{group}"));
    assert_eq!(shown["known"].as_array().map(Vec::len), shown["students"].as_array().map(Vec::len));
    let now = get(&maria, &format!("/groups/{group}/now"));
    let students = now["students"].as_array().unwrap();
    let alva = students.iter().find(|of| of["student"]["id"] == ids["student"].as_str()).unwrap();
    assert_eq!((&alva["state"], &alva["at"]["lines"][0]["entered"]), (&"working".into(), &mark("alva").into()));
    let path = format!("/groups/{group}/calculations/{}", ids["calculation"]);
    let calculation = get(&maria, &path);
    assert_eq!(calculation["student"]["name"], "Alva Lind");
    assert_eq!(calculation["calculation"]["lines"][0]["verdict"]["kind"], "unreadable");
    let student = get(&maria, &format!("/groups/{group}/students/{}", ids["student"]));
    assert_eq!(student["done"]["items"][0]["id"], ids["calculation"].as_str());
    must_be_problem(&app.signed_in("lena").get(&format!("/api/v1{path}")), 404, "not-found");
}

fn a_teacher_gives_work_and_takes_it_back(app: &mut TestApp) {
    let (maria, group) = (app.maria(), world::group("7A"));
    let work =
        json!({ "key": key(1), "kind": "test", "title": "Prov", "exercises": ["two-step-plain", "two-step-plain"] });
    let given = post(&maria, &format!("/groups/{group}/assignments"), &work);
    assert_eq!(given.status, 201, "{}", given.body);
    let at = given.location().trim_start_matches("/api/v1").to_owned();
    let report = get(&maria, &at);
    assert_eq!(report["items"].as_array().map(Vec::len), Some(2));
    assert!(report["students"].as_array().unwrap().iter().all(|of| of["items"] == json!([null, null])));
    let preview = get(&maria, &format!("{at}/preview"));
    assert!(preview[0]["worked"].as_array().is_some_and(|worked| !worked.is_empty()), "{preview}");
    for _ in 0..2 {
        assert_eq!(post(&maria, &format!("{at}/take-back"), &Value::Null).status, 204);
    }
    assert!(get(&maria, &at)["assignment"]["taken_back_at"].is_i64());
    let unknown = json!({ "key": key(2), "kind": "test", "title": "Prov", "exercises": ["no-such"] });
    must_be_problem(&post(&maria, &format!("/groups/{group}/assignments"), &unknown), 410, "exercise-gone");
}

fn a_teacher_lets_students_in(app: &mut TestApp) {
    let (maria, group, alva) = (app.maria(), world::group("7A"), world::person("alva").to_string());
    let door = format!("/groups/{group}/class-code");
    assert_eq!(get(&maria, &door)["open"], Value::Null);
    let opened = post(&maria, &door, &json!({ "minutes": 5 })).json();
    let code = opened["open"]["code"].as_str().unwrap();
    assert_eq!(opened["open"]["closes_at"], world::morning().0 + 5 * 60_000);
    let entered = app.nobody().post("/class/enter", &[("code", code), ("name", &alva)]);
    assert_eq!(entered.status, 303, "{}", entered.body);
    assert_eq!(get(&maria, &door)["inside"][0]["student"]["id"], alva.as_str());
    assert_eq!(delete(&maria, &format!("{door}/students/{alva}")), 204);
    assert_eq!(delete(&maria, &format!("{door}/students/{alva}")), 404);
    assert_eq!(delete(&maria, &door), 204);
    assert_eq!(get(&maria, &door)["open"], Value::Null);

    let cards = format!("/groups/{group}/cards");
    let made = post(&maria, &cards, &json!({ "students": [alva], "seen": 0 }));
    assert_eq!(made.status, 201, "{}", made.body);
    let code = made.json()["cards"][0]["code"].as_str().unwrap().to_owned();
    assert_eq!(app.nobody().post("/card", &[("code", &code)]).status, 303);
    must_be_problem(&post(&maria, &cards, &json!({ "students": [alva], "seen": 0 })), 409, "cards-made");
    let held = get(&maria, &cards);
    let of_alva = held.as_array().unwrap().iter().find(|of| of["student"]["id"] == alva.as_str()).unwrap();
    assert_eq!(of_alva["made_at"], world::morning().0);
    assert_eq!(delete(&maria, &format!("/groups/{group}/students/{alva}/card")), 204);
    assert_eq!(delete(&maria, &cards), 204);

    let new = post(&maria, &format!("/groups/{group}/students/{alva}/password"), &Value::Null).json();
    let sign_in = json!({ "user_name": new["user_name"], "password": new["password"] });
    assert_eq!(post(&app.nobody(), "/tokens", &sign_in).status, 200);
}

fn a_teacher_decides_about_distances(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    for (number, metres) in [(1, 3_200), (2, 45_000)] {
        let body = json!({ "key": key(number), "metres": metres });
        assert_eq!(post(&alva, "/maraton/distances", &body).status, 201);
    }
    let waiting = get(&maria, "/maraton/waiting");
    let of_alva: Vec<&Value> =
        waiting["items"].as_array().unwrap().iter().filter(|of| of["student"] == "Alva Lind").collect();
    let doubts: Vec<&Value> = of_alva.iter().map(|of| &of["doubt"]).collect();
    assert_eq!((of_alva.len(), doubts.contains(&&"far".into())), (2, true), "{waiting}");
    for (of, what) in of_alva.iter().zip(["approve", "return"]) {
        let id = of["distance"]["id"].as_str().unwrap();
        must_be_problem(&post(&alva, &format!("/maraton/distances/{id}/{what}"), &Value::Null), 404, "not-found");
        assert_eq!(post(&maria, &format!("/maraton/distances/{id}/{what}"), &Value::Null).status, 204);
    }
    let own = &get(&alva, "/maraton")["own"];
    assert_eq!(own["waiting_metres"], 0);
    assert!(own["approved_metres"].as_i64().is_some_and(|metres| metres > 0));
    must_be_problem(&alva.get("/api/v1/maraton/waiting"), 404, "not-found");
}

fn a_guardian_sees_the_child_in_short(app: &mut TestApp) {
    let ids = practise(app, THINGS[0]);
    let gunnar = app.signed_in("gunnar");
    assert_eq!(get(&gunnar, "/children")["items"][0]["id"], ids["student"].as_str());
    let child = gunnar.page(&format!("/api/v1/children/{}", ids["student"]));
    assert_eq!(child.json()["done"].as_array().map(Vec::len), Some(1));
    child.must_not_show(&mark("alva"));
    app.maria().page(&format!("/api/v1/groups/{}/calculations/{}", ids["group"], ids["calculation"]));
    let seen = gunnar.page(&format!("/api/v1/children/{}/seen?limit=100", ids["student"]));
    seen.must_show("Maria Sund");
    must_be_problem(&app.alva().get("/api/v1/children"), 404, "not-found");
}

fn somebody_sees_who_looked_and_where_they_are_signed_in(app: &mut TestApp) {
    let ids = practise(app, THINGS[0]);
    app.maria().page(&format!("/groups/{}/calculations/{}", ids["group"], ids["calculation"]));
    let alva = app.alva();
    let seen = get(&alva, "/seen?limit=1");
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(1));
    let next = seen["next"].as_str().expect("more than one looked");
    assert_ne!(get(&alva, &format!("/seen?limit=1&after={next}"))["items"], seen["items"]);
    assert_eq!(get(&alva, "/sight")[0]["role"], "student");
    // By a token it is the token's sign-in that is this one.
    let pair = post(&app.nobody(), "/tokens", &json!({ "user_name": "alva", "password": world::PASSWORD })).json();
    let bearer = format!("Bearer {}", pair["access_token"].as_str().unwrap());
    let program = app.nobody();
    let devices = program.ask("GET", "/api/v1/devices", &[("authorization", &bearer)], "").json();
    let this: Vec<&Value> = devices["items"].as_array().unwrap().iter().filter(|of| of["is_this"] == true).collect();
    assert_eq!((this.len(), &this[0]["by"]), (1, &"tokens".into()), "{devices}");
    assert_eq!(program.ask("DELETE", "/api/v1/devices", &[("authorization", &bearer)], "").status, 204);
    must_be_problem(&alva.get("/api/v1/me"), 401, "sign-in-first");
    let left = program.ask("GET", "/api/v1/devices", &[("authorization", &bearer)], "").json();
    assert_eq!(left["items"].as_array().map(Vec::len), Some(1));
    let id = left["items"][0]["id"].as_str().unwrap();
    let path = format!("/api/v1/devices/{id}");
    assert_eq!(program.ask("DELETE", &path, &[("authorization", &bearer)], "").status, 204);
}

fn who_is_their_own_controller_decides(app: &mut TestApp) {
    let new = json!({
        "user_name": "ada-99", "password": "en-lang-losning-med-ord", "school_year": 8, "language": "sv",
        "is_old_enough": true, "consents": ["practice"], "text": 1,
    });
    let ada = app.nobody();
    let signed_up = post(&ada, "/individuals", &new);
    assert_eq!(signed_up.status, 204, "{}", signed_up.body);
    must_be_problem(&post(&app.nobody(), "/individuals", &new), 409, "user-name-taken");
    let data = get(&ada, "/my-data");
    assert_eq!((&data["user_name"], &data["history"][0]["purpose"]), (&"ada-99".into(), &"practice".into()));
    let choose = |give: bool| {
        post(&ada, "/my-data/consent", &json!({ "purpose": "practice", "give": give, "text": data["text"] })).status
    };
    assert_eq!(choose(false), 204);
    must_be_problem(&post(&ada, "/calculations", &Value::Null), 409, "no-consent");
    assert_eq!(choose(true), 204);
    assert_eq!(post(&ada, "/calculations", &Value::Null).status, 201);
    ada.page("/api/v1/my-data/copy").must_show("ada-99");
    must_be_problem(&post(&ada, "/my-data/delete", &json!({ "password": "no" })), 401, "no-match");
    let gone = post(&ada, "/my-data/delete", &json!({ "password": "en-lang-losning-med-ord" }));
    assert_eq!(gone.status, 204, "{}", gone.body);
    let alvas = get(&app.alva(), "/my-data");
    assert_eq!((&alvas["purposes"], &alvas["controller"]), (&json!([]), &"Aspby kommun".into()));
    assert_eq!(alvas["due"]["on"], "2028-05-24");
}

fn counts_are_for_who_administers(app: &mut TestApp) {
    let schools = get(&app.signed_in("rut"), "/schools");
    assert!(schools[0]["groups"].as_array().is_some_and(|groups| !groups.is_empty()), "{schools}");
    let controller = get(&app.signed_in("olle"), "/controller");
    assert!(controller["schools"].as_array().is_some_and(|schools| schools.len() > 1), "{controller}");
    for path in ["/api/v1/schools", "/api/v1/controller"] {
        must_be_problem(&app.maria().get(path), 404, "not-found");
    }
}

fn support_reads_a_report_until_it_is_closed(app: &mut TestApp) {
    practise(app, THINGS[0]);
    let (alva, sofia) = (app.alva(), app.signed_in("sofia"));
    assert_eq!(get(&alva, "/report")["about"]["lines"][0]["entered"], mark("alva"));
    for _ in 0..2 {
        assert_eq!(post(&alva, "/report", &json!({ "about": true })).status, 204);
    }
    let list = get(&sofia, "/support/reports");
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1), "about the same there is one");
    let at = format!("/support/reports/{}", list["items"][0]["id"].as_str().unwrap());
    assert_eq!(get(&sofia, &at)["about"]["lines"][0]["entered"], mark("alva"));
    must_be_problem(&alva.get(&format!("/api/v1{at}")), 404, "not-found");
    assert_eq!(post(&sofia, &format!("{at}/close"), &Value::Null).status, 204);
    must_be_problem(&sofia.get(&format!("/api/v1{at}")), 404, "not-found");
}
