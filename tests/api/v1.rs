//! The JSON API under `/api/v1`: the same acts as the pages, problems as `application/problem+json`.

use serde_json::{Value, json};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, key},
    world,
};

on_both!(
    a_calculation_from_opening_to_the_end,
    the_same_key_gets_the_same_answer,
    pages_and_api_share_one_calculation,
    bodies_that_cannot_be_read_are_told,
    nobody_is_asked_to_sign_in,
    what_is_not_there_is_a_problem_too,
);

#[track_caller]
pub fn must_be_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.problem().as_str()), (status, code), "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let body = answer.json();
    assert_eq!((&body["status"], &body["type"]), (&status.into(), &format!("/docs/api#{code}").into()));
    for name in ["title", "detail"] {
        let sentence = body[name].as_str().unwrap_or_default();
        assert!(sentence.ends_with('.') && !sentence.contains("problem-"), "{name}: {sentence}");
    }
}

fn a_calculation_from_opening_to_the_end(app: &mut TestApp) {
    let alva = app.alva();
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    alva.follow(&format!("/assigned/{assignment}"), &[]);
    let opened = alva.post_json("/api/v1/calculations", &Value::Null);
    assert_eq!(opened.status, 201);
    let (at, opened) = (opened.location().to_owned(), opened.json());
    assert_eq!(at, format!("/api/v1/calculations/{}", opened["id"].as_str().unwrap()));
    let item = app.item("alva", &at);
    assert_eq!((&opened["exercise"], &opened["ask"]), (&"two-step-plain".into(), &item.ask.sv.as_str().into()));
    assert_eq!((&opened["finished_at"], &opened["lines"]), (&Value::Null, &json!([])));
    assert_eq!(opened["opened_at"], world::morning().0);
    let path = format!("{at}/lines");
    let send = |line: &str, number| alva.post_json(&path, &json!({ "line": line, "key": key(number) }));
    for (number, line, verdict) in [
        (1, item.worked[0].as_str(), json!({ "kind": "right", "finished": false })),
        (2, &item.start_text, json!({ "kind": "unfinished", "left": "answer" })),
        (3, item.worked.last().unwrap(), json!({ "kind": "right", "finished": true })),
    ] {
        let answer = send(line, number);
        assert_eq!(answer.status, 201, "{}", answer.body);
        let body = answer.json();
        assert_eq!((&body["number"], &body["entered"]), (&number.into(), &line.into()));
        assert_eq!((&body["verdict"], &body["finished"]), (&verdict, &(number == 3).into()));
    }
    must_be_problem(&send("1", 4), 409, "closed");
    let shown = alva.get(&at).json();
    assert_eq!(shown["lines"].as_array().map(Vec::len), Some(3));
    assert_eq!(shown["finished_at"], world::morning().0);
}

fn the_same_key_gets_the_same_answer(app: &mut TestApp) {
    let alva = app.alva();
    let at = alva.post_json("/api/v1/calculations", &Value::Null).location().to_owned();
    let send =
        |line: &str, number| alva.post_json(&format!("{at}/lines"), &json!({ "line": line, "key": key(number) }));
    let first = send("2 + (", 1);
    assert_eq!((first.status, &first.json()["verdict"]["kind"]), (201, &"unreadable".into()));
    send("3 + (", 2);
    app.clock.pass(60_000);
    must_be_problem(&send("2 + )", 1), 409, "key-used");
    let again = send("2 + (", 1);
    assert_eq!((again.status, again.body), (200, first.body));
    assert_eq!(alva.get(&at).json()["lines"].as_array().map(Vec::len), Some(2));
}

fn pages_and_api_share_one_calculation(app: &mut TestApp) {
    let alva = app.alva();
    let (address, _) = alva.follow("/calculations", &[]);
    let opened = alva.post_json("/api/v1/calculations", &Value::Null).json();
    assert_eq!(address, format!("/calculations/{}", opened["id"].as_str().unwrap()));
    alva.post_json(&format!("/api/v1{address}/lines"), &json!({ "line": "§", "key": key(1) }));
    assert_eq!(alva.page(&address).verdicts(), ["unreadable"]);
}

fn bodies_that_cannot_be_read_are_told(app: &mut TestApp) {
    let alva = app.alva();
    let (address, _) = alva.follow("/calculations", &[]);
    let path = format!("/api/v1{address}/lines");
    let send = |body: &str| {
        alva.ask("POST", &path, &[("sec-fetch-site", "same-origin"), ("content-type", "application/json")], body)
    };
    for body in ["", "{", "[]", r#"{"line":"1"}"#, r#"{"line":"1","key":"x"}"#, r#"{"line":1,"key":"00"}"#] {
        must_be_problem(&send(body), 400, "form-unreadable");
    }
    must_be_problem(&send(&json!({ "line": "1", "key": key(1), "more": 1 }).to_string()), 400, "form-unreadable");
    must_be_problem(&send(&json!({ "line": "1".repeat(20_000), "key": key(1) }).to_string()), 413, "too-big");
    must_be_problem(&send(&json!({ "line": "1".repeat(501), "key": key(1) }).to_string()), 422, "line-too-long");
    let form = alva.post(&path, &[("line", "1"), ("key", &key(1))]);
    must_be_problem(&form, 415, "type-not-taken");
    assert_eq!(alva.get(&format!("/api/v1{address}")).json()["lines"], json!([]));
}

fn nobody_is_asked_to_sign_in(app: &mut TestApp) {
    let nobody = app.nobody();
    let id = world::person("alva");
    for path in ["/me", "/recommendation", &format!("/calculations/{id}")] {
        must_be_problem(&nobody.get(&format!("/api/v1{path}")), 401, "sign-in-first");
    }
    must_be_problem(&nobody.post_json("/api/v1/calculations", &Value::Null), 401, "sign-in-first");
    let line = json!({ "line": "1", "key": key(1) });
    must_be_problem(&nobody.post_json(&format!("/api/v1/calculations/{id}/lines"), &line), 401, "sign-in-first");
}

fn what_is_not_there_is_a_problem_too(app: &mut TestApp) {
    let alva = app.alva();
    for path in ["", "/", "/nowhere", "/calculations/none", "/calculations/00", "/calculations/nowhere/lines"] {
        let answer = alva.get(&format!("/api/v1{path}"));
        let is_lines = path.ends_with("/lines");
        must_be_problem(
            &answer,
            if is_lines { 405 } else { 404 },
            if is_lines { "method-not-allowed" } else { "not-found" },
        );
    }
}
