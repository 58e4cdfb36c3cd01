//! Signing in and out, sessions and their cookie.

use crate::{
    app::{TestApp, on_both},
    world::{self, HOUR},
};

on_both!(
    the_right_password_signs_in,
    a_wrong_password_and_an_unknown_name_look_the_same,
    the_user_name_is_read_as_people_write_it,
    the_cookie_is_for_the_server_alone,
    signing_out_ends_the_session_at_once,
    a_device_is_handed_over_to_the_next_student,
    a_session_ends_after_its_hours,
    a_made_up_token_is_nobody,
    a_demo_button_signs_in_without_a_password,
    the_api_signs_in_and_out,
);

fn the_right_password_signs_in(app: &mut TestApp) {
    let page = app.alva().page("/today");
    page.must_show("Hej Alva!");
    assert_eq!(app.signed_in("bo").page("/today").between("<html lang=\"", "\""), Some("en"));
}

fn a_wrong_password_and_an_unknown_name_look_the_same(app: &mut TestApp) {
    let nobody = app.nobody();
    let try_with = |user_name: &str, password: &str| {
        let answer = nobody.post("/sign-in", &[("user_name", user_name), ("password", password)]);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers("set-cookie"), Vec::<&str>::new());
        answer.must_show("Det stämde inte.");
        assert_eq!(answer.field("user_name"), Some(user_name), "what was typed is kept");
        answer.must_not_show(password);
        answer.body.replace(user_name, "…")
    };
    assert_eq!(try_with("alva", "blå-onsdag-7"), try_with("alvaro", "blå-onsdag-7"));
    assert_eq!(nobody.get("/today").location(), "/sign-in");
}

fn the_user_name_is_read_as_people_write_it(app: &mut TestApp) {
    let nobody = app.nobody();
    let answer = nobody.post("/sign-in", &[("user_name", " Alva "), ("password", world::PASSWORD)]);
    assert_eq!(answer.location(), "/");
    nobody.page("/today").must_show("Hej Alva!");
}

fn the_cookie_is_for_the_server_alone(app: &mut TestApp) {
    let answer = app.nobody().post("/sign-in", &[("user_name", "alva"), ("password", world::PASSWORD)]);
    let [cookie] = answer.headers("set-cookie")[..] else { panic!("one cookie") };
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.split("; ").any(|found| found == part), "{part} is missing in {cookie}");
    }
    // Neither a lifetime, so that it goes with the browser, nor a domain, so that neighbours never see it.
    for part in ["Max-Age", "Expires", "Domain"] {
        assert!(!cookie.contains(part), "{part} stands in {cookie}");
    }
}

fn signing_out_ends_the_session_at_once(app: &mut TestApp) {
    let alva = app.alva();
    alva.page("/today");
    let cookie = format!("stegvis={}", alva.cookie("stegvis").unwrap());
    assert_eq!(alva.post("/sign-out", &[]).location(), "/");
    assert_eq!(alva.cookie("stegvis"), None);
    // Somebody who kept a copy of the cookie is out as well, without any time passing.
    let copied = app.nobody().ask("GET", "/today", &[("cookie", &cookie)], "");
    assert_eq!((copied.status, copied.location()), (303, "/sign-in"));
}

fn a_device_is_handed_over_to_the_next_student(app: &mut TestApp) {
    let device = app.alva();
    device.post("/display", &[("reading", "roomy"), ("language", "en")]);
    device.page("/today").must_show("action=\"/change-student\"");
    assert_eq!(device.post("/change-student", &[]).status, 303);
    // What was easier to read for Alva is nobody else's business.
    assert_eq!((device.cookie("display"), device.cookie("language")), (None, None));
    device.page("/sign-in").must_show("<html lang=\"sv\">");
    assert_eq!(device.get("/today").location(), "/sign-in");
    device.post("/sign-in", &[("user_name", "cleo"), ("password", world::PASSWORD)]);
    let page = device.page("/today");
    page.must_show("Hej Cleo!");
    page.must_not_show("Alva");
    app.maria().page("/display").must_not_show("action=\"/change-student\"");
}

fn a_session_ends_after_its_hours(app: &mut TestApp) {
    let alva = app.alva();
    app.clock.pass(12 * HOUR - 1);
    alva.page("/today");
    app.clock.pass(1);
    assert_eq!(alva.get("/today").location(), "/sign-in");
    assert_eq!(alva.get("/api/v1/me").problem(), "sign-in-first");
}

fn a_made_up_token_is_nobody(app: &mut TestApp) {
    let nobody = app.nobody();
    for token in ["", "x", &"A".repeat(43), &"A".repeat(5_000)] {
        let answer = nobody.ask("GET", "/today", &[("cookie", &format!("stegvis={token}"))], "");
        assert_eq!((answer.status, answer.location()), (303, "/sign-in"), "{token}");
    }
}

fn a_demo_button_signs_in_without_a_password(app: &mut TestApp) {
    let visitor = app.nobody();
    assert_eq!(visitor.post("/demo/student", &[]).location(), "/");
    visitor.page("/today").must_show("Bo");
    let other = app.nobody().post("/demo/officer", &[]);
    assert_eq!(other.status, 404, "an account that the start page does not offer");
}

fn the_api_signs_in_and_out(app: &mut TestApp) {
    let program = app.nobody();
    let wrong = program.post_json("/api/v1/session", &serde_json::json!({ "user_name": "alva", "password": "nej" }));
    assert_eq!((wrong.status, wrong.problem().as_str()), (401, "no-match"));
    let body = serde_json::json!({ "user_name": "alva", "password": world::PASSWORD });
    assert_eq!(program.post_json("/api/v1/session", &body).status, 204);
    let me = program.get("/api/v1/me").json();
    assert_eq!(me["id"], world::person("alva").to_string());
    assert_eq!((&me["name"], &me["school_year"]), (&"Alva Lind".into(), &7.into()));
    assert_eq!(me["roles"], serde_json::json!(["student"]));
    assert_eq!(program.ask("DELETE", "/api/v1/session", &[("sec-fetch-site", "same-origin")], "").status, 204);
    assert_eq!(program.get("/api/v1/me").status, 401);
}
