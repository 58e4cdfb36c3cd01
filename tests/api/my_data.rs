//! What is kept of whoever is signed in: shown, counted down, handed out, and asked about.

use serde_json::Value;

use crate::{
    app::{TestApp, on_both},
    client::Client,
    things::{THINGS, mark, practise},
    world::{self, DAY},
};

on_both!(
    a_student_is_told_what_is_kept_and_until_when,
    who_comes_back_is_counted_from_then,
    the_copy_is_all_of_ones_own_and_nothing_of_others,
    a_teacher_has_what_they_gave,
    asking_is_a_question_and_is_taken_back,
    programs_ask_too,
);

fn a_student_is_told_what_is_kept_and_until_when(app: &mut TestApp) {
    practise(app, THINGS[0]);
    app.maria().page(&format!("/groups/{}/students/{}", world::group("7A"), world::person("alva")));
    let page = app.alva().page("/my-data");
    for said in [
        "Det här vet vi om dig",
        "Aspby kommun bestämmer över det",
        "<b>Alva Lind, alva, alva@post.example, årskurs 7, Ekskolan, 7A</b>",
        "<b>1 uppgift, 2 rader</b>",
        "<b>1 sträcka</b>",
        "Om du slutar använda Stegvis idag glöms allt om dig den",
        "<span class=\"big\">24 maj 2028</span>",
        "Det är 18 månader.",
        "0 av 547 dagar har gått",
        "Maria Sund",
        "href=\"/seen\"",
        "Fråga din skola om namn",
        "href=\"/my-data/ask\"",
    ] {
        page.must_show(said);
    }
    page.must_not_show("data-purpose");
    page.must_not_show("/my-data/delete");
    let teacher = app.maria().page("/my-data");
    teacher.must_show("<b>Maria Sund, maria, maria@post.example, Ekskolan, 7A, lärare</b>");
    teacher.must_show("<b>1 arbete</b>");
    teacher.must_not_show("Sträckor i maraton");
    app.alva().page("/today").must_show("href=\"/my-data\"");
}

fn who_comes_back_is_counted_from_then(app: &mut TestApp) {
    app.alva().page("/my-data").must_show("24 maj 2028");
    app.clock.pass(30 * DAY);
    app.alva().page("/my-data").must_show("24 juni 2028");
}

/// Every text of a copy that says when something was or how much is left out: what others might recognize.
fn copy(client: &Client) -> Value {
    client.page("/my-data/copy").json()
}

fn the_copy_is_all_of_ones_own_and_nothing_of_others(app: &mut TestApp) {
    THINGS[..3].iter().for_each(|thing| drop(practise(app, *thing)));
    let alva = app.alva();
    let json = alva.page("/my-data/copy");
    assert_eq!(json.header("content-disposition"), "attachment; filename=\"stegvis-2026-11-24.json\"");
    let copied = json.json();
    assert_eq!(copied["person"]["name"], "Alva Lind");
    assert_eq!(copied["person"]["email"], "alva@post.example");
    assert_eq!(copied["person"]["external_id"], "roster-alva");
    assert_eq!(copied["controller"]["name"], "Aspby kommun");
    assert_eq!(
        (&copied["memberships"][0]["school"], &copied["memberships"][0]["group"]),
        (&"Ekskolan".into(), &"7A".into())
    );
    assert_eq!(copied["calculations"][0]["lines"][0]["entered"], mark("alva"));
    assert_eq!(copied["calculations"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&copied["distances"][0]["event"], &copied["distances"][0]["metres"]),
        (&"Aspby kommun springer".into(), &3200.into())
    );
    let table = alva.page("/my-data/copy.csv");
    assert_eq!(table.header("content-disposition"), "attachment; filename=\"stegvis-2026-11-24.csv\"");
    assert!(table.header("content-type").starts_with("text/csv"));
    table.must_show("\"person\";\"\";\"name\";\"Alva Lind\"\r\n");
    table.must_show(&format!("\"calculations.lines\";\"1.1\";\"entered\";\"{}\"\r\n", mark("alva")));
    for (whose, others) in [("bo", "Bo Ek"), ("cleo", "Cleo"), ("dina", "Dina"), ("maria", "Maria"), ("xenia", "Xenia")]
    {
        let id = world::person(whose).to_string();
        for other in [others, &id, &mark(whose), "argon2id", "Hagen"] {
            json.must_not_show(other);
            table.must_not_show(other);
        }
    }
    (0..3).for_each(|_| drop(copy(&alva)));
    assert_eq!(alva.get("/my-data/copy.csv").status, 429, "five a day are enough");
}

fn a_teacher_has_what_they_gave(app: &mut TestApp) {
    let ids = practise(app, THINGS[0]);
    app.maria().page(&format!("/groups/{}/students/{}", ids["group"], ids["student"]));
    let answer = app.maria().page("/my-data/copy");
    let copied = answer.json();
    let given = &copied["assignments"][0];
    assert_eq!((&given["title"], &given["group"]), (&"Läxa till 7A".into(), &"7A".into()));
    assert_eq!(given["items"][0]["exercise"], "two-step-plain");
    let of_alva = copied["steering"].as_array().unwrap().iter().filter(|row| row["group"].is_null());
    assert!(of_alva.clone().count() == 2 && of_alva.clone().all(|row| row["student"].is_null()), "{}", answer.body);
    let did = copied["did"].as_array().unwrap();
    assert!(did.iter().any(|row| row["action"] == "look" && row["class"] == "practice"), "{did:?}");
    for other in ["Alva", &ids["student"], &mark("alva")] {
        answer.must_not_show(other);
    }
}

fn asking_is_a_question_and_is_taken_back(app: &mut TestApp) {
    let alva = app.alva();
    let before = alva.page("/my-data/ask");
    for said in ["Frågan går till Aspby kommun", "Det går inte att få tillbaka", "Ja, be att bli glömd"] {
        before.must_show(said);
    }
    let (to, page) = alva.follow("/my-data/ask", &[]);
    assert_eq!(to, "/my-data#asked");
    page.must_show("Du bad om att bli glömd idag.");
    page.must_show("svarar inom en månad");
    page.must_not_show("href=\"/my-data/ask\"");
    // The button twice, and the page once more: one question.
    let (_, page) = alva.follow("/my-data/ask", &[]);
    assert_eq!(page.every("Du bad om att bli glömd", "</b>").len(), 1);
    assert_eq!(alva.get("/my-data/ask").location(), "/my-data#asked");
    assert_eq!(sign_in(app), 303, "nothing happens before it is answered");
    let (_, page) = alva.follow("/my-data/take-back", &[]);
    page.must_not_show("Du bad om att bli glömd");
    alva.follow("/my-data/take-back", &[]).1.must_show("href=\"/my-data/ask\"");
    assert_eq!(app.signed_in("ines").post("/my-data/ask", &[]).status, 404, "who decides alone deletes");
    assert_eq!(app.signed_in("ines").get("/my-data/ask").status, 404);
}

fn sign_in(app: &TestApp) -> u16 {
    app.nobody().post("/sign-in", &[("user_name", "alva"), ("password", world::PASSWORD)]).status
}

fn programs_ask_too(app: &mut TestApp) {
    let alva = app.alva();
    let own = [("sec-fetch-site", "same-origin")];
    for _ in 0..2 {
        assert_eq!(alva.post_json("/api/v1/my-data/request", &Value::Null).status, 204);
    }
    let data = alva.page("/api/v1/my-data").json();
    assert_eq!(data["requests"].as_array().unwrap().len(), 1);
    assert_eq!(data["requests"][0]["answered_at"], Value::Null);
    assert_eq!((&data["due"]["on"], &data["due"]["anchor"]), (&"2028-05-24".into(), &"last_activity".into()));
    for _ in 0..2 {
        assert_eq!(alva.ask("DELETE", "/api/v1/my-data/request", &own, "").status, 204);
    }
    assert_eq!(alva.page("/api/v1/my-data").json()["requests"], Value::Array(Vec::new()));
    alva.page("/api/v1/my-data/copy").must_show("Alva Lind");
    alva.page("/api/v1/my-data/copy?form=csv").must_show("\"name\";\"Alva Lind\"");
    assert_eq!(alva.get("/api/v1/my-data/copy?form=pdf").problem(), "query-unreadable");
    assert_eq!(app.signed_in("ines").post_json("/api/v1/my-data/request", &Value::Null).status, 404);
}

/// Under a preset that only proposes, the page says who decides.
#[test]
fn where_a_rule_only_proposes_it_is_said_that_the_school_decides() {
    let app = TestApp::set(&[("STEGVIS_RETENTION__PRESET", "unikum")]);
    let page = app.alva().page("/my-data");
    page.must_show("Aspby kommun får frågan om allt om dig ska glömmas den");
    page.must_show("Inget händer av sig självt.");
    page.must_not_show("Om du slutar använda Stegvis idag");
}
