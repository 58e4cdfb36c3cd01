//! Lists piece by piece, tags, and keys that make sending again harmless.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    v1::must_be_problem,
    world,
};

on_both!(
    a_history_is_given_piece_by_piece,
    a_list_of_work_is_given_piece_by_piece,
    what_is_no_cursor_and_no_limit_is_told,
    what_has_not_changed_is_not_sent_again,
    a_distance_is_stored_once_for_each_key,
    an_assignment_is_given_once_for_each_key,
    the_same_key_at_two_servers_gives_one_assignment,
);

/// Every piece of a list, put together.
fn whole(client: &Client, path: &str, limit: usize) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = client.page(&format!("/api/v1{path}?limit={limit}{after}")).json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit, "{path}: {}", items.len());
        all.extend(items.iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return all,
        }
        assert!(all.len() < 1_000, "{path} has no end");
    }
}

fn ids(of: &[Value]) -> Vec<&str> {
    of.iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

fn a_history_is_given_piece_by_piece(app: &mut TestApp) {
    let alva = app.alva();
    let mut opened = Vec::new();
    let mut at = alva.post_json("/api/v1/calculations", &Value::Null);
    for _ in 0..7 {
        opened.insert(0, at.json()["id"].as_str().unwrap().to_owned());
        app.clock.pass(1_000);
        at = alva.post_json(&format!("{}/another", at.location()), &Value::Null);
        assert_eq!(at.status, 201, "{}", at.body);
    }
    opened.insert(0, at.json()["id"].as_str().unwrap().to_owned());
    for limit in [1, 3, 8, 100] {
        assert_eq!(ids(&whole(&alva, "/done", limit)), opened, "{limit}");
    }
    let group = world::group("7A");
    let first = app.maria().page(&format!("/api/v1/groups/{group}/students/{}?limit=2", world::person("alva"))).json();
    assert_eq!(ids(first["done"]["items"].as_array().unwrap()), &opened[..2]);
}

fn a_list_of_work_is_given_piece_by_piece(app: &mut TestApp) {
    let mut given = BTreeSet::new();
    for _ in 0..5 {
        given.insert(app.give("maria", "7A", &["two-step-plain"]).to_string());
    }
    let maria = app.maria();
    let all = whole(&maria, "/assignments", 2);
    let got: Vec<&str> = all.iter().map(|given| given["assignment"]["id"].as_str().unwrap()).collect();
    assert_eq!(got.len(), got.iter().collect::<BTreeSet<_>>().len(), "none comes twice");
    assert!(given.iter().all(|id| got.contains(&id.as_str())));
    let exercises = whole(&maria, &format!("/groups/{}/exercises", world::group("7A")), 100);
    assert!(exercises.iter().any(|exercise| exercise["id"] == "two-step-plain"));
}

fn what_is_no_cursor_and_no_limit_is_told(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    for path in ["/done", "/seen", "/devices", "/maraton/distances"] {
        must_be_problem(&alva.get(&format!("/api/v1{path}?after=nowhere!")), 400, "cursor-unusable");
        for query in ["limit=0", "limit=101", "limit=many", "limit=-1", "page=2"] {
            must_be_problem(&alva.get(&format!("/api/v1{path}?{query}")), 400, "query-unreadable");
        }
    }
    must_be_problem(&maria.get("/api/v1/assignments?after=bm93aGVyZQ"), 400, "cursor-unusable");
}

fn what_has_not_changed_is_not_sent_again(app: &mut TestApp) {
    let alva = app.alva();
    let at = alva.post_json("/api/v1/calculations", &Value::Null).location().to_owned();
    let tag = alva.page(&at).header("etag").to_owned();
    let again = || alva.ask("GET", &at, &[("if-none-match", &tag)], "");
    assert_eq!((again().status, again().body.as_str()), (304, ""));
    alva.post_json(&format!("{at}/lines"), &json!({ "line": "1 +", "key": key(1) }));
    let changed = again();
    assert_eq!((changed.status, changed.json()["lines"].as_array().map(Vec::len)), (200, Some(1)));
    assert_ne!(changed.header("etag"), tag);
    // Somebody else's is as little there for who knows its tag.
    must_be_problem(&app.signed_in("bo").ask("GET", &at, &[("if-none-match", "*")], ""), 404, "not-found");
}

fn a_distance_is_stored_once_for_each_key(app: &mut TestApp) {
    let alva = app.alva();
    let send = |number, metres: i64| {
        alva.post_json("/api/v1/maraton/distances", &json!({ "key": key(number), "metres": metres, "minutes": 25 }))
    };
    let first = send(1, 3_200);
    assert_eq!((first.status, &first.json()["metres"], &first.json()["minutes"]), (201, &3_200.into(), &25.into()));
    app.clock.pass(60_000);
    let again = send(1, 3_200);
    assert_eq!((again.status, again.body), (200, first.body));
    must_be_problem(&send(1, 3_300), 409, "key-used");
    assert_eq!(send(2, 3_200).status, 201);
    assert_eq!(whole(&alva, "/maraton/distances", 1).len(), 2);
    for metres in [0, 200_001] {
        must_be_problem(&send(3, metres), 422, "distance-unreadable");
    }
    must_be_problem(&send(3, -1), 400, "form-unreadable");
}

/// Gives work with a title and a key.
fn give(client: &Client, title: &str, number: u32) -> crate::client::Answer {
    let work = json!({ "key": key(number), "kind": "homework", "title": title, "exercises": ["two-step-plain"] });
    client.post_json(&format!("/api/v1/groups/{}/assignments", world::group("7A")), &work)
}

fn an_assignment_is_given_once_for_each_key(app: &mut TestApp) {
    let maria = app.maria();
    let before = whole(&maria, "/assignments", 100).len();
    let first = give(&maria, "Vecka 48", 1);
    assert_eq!((first.status, first.json()["id"].as_str()), (201, Some(key(1).as_str())));
    app.clock.pass(60_000);
    let again = give(&maria, "Vecka 48", 1);
    assert_eq!((again.status, again.body), (201, first.body));
    must_be_problem(&give(&maria, "Vecka 49", 1), 409, "key-used");
    must_be_problem(&give(&maria, " ", 2), 422, "title-missing");
    for at in [i64::MIN, i64::MAX] {
        let work =
            json!({ "key": key(3), "kind": "test", "title": "X", "exercises": ["two-step-plain"], "due_at": at });
        let path = format!("/api/v1/groups/{}/assignments", world::group("7A"));
        must_be_problem(&maria.post_json(&path, &work), 422, "due-unusable");
    }
    assert_eq!(whole(&maria, "/assignments", 100).len(), before + 1);
}

/// The key lies in the database with what it made: whichever server is asked knows it.
fn the_same_key_at_two_servers_gives_one_assignment(app: &mut TestApp) {
    let Some(beside) = app.beside() else { return };
    let (here, there) = (app.maria(), beside.nobody());
    there.post("/sign-in", &[("user_name", "maria"), ("password", world::PASSWORD)]);
    let before = whole(&here, "/assignments", 100).len();
    let (one, other) = (give(&here, "Vecka 48", 1), give(&there, "Vecka 48", 1));
    assert_eq!((one.status, other.status, one.body), (201, 201, other.body));
    assert_eq!(whole(&there, "/assignments", 100).len(), before + 1);
}
