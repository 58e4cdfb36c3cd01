//! The API's document: it has every address and no other, and what it promises of problems holds.

use std::collections::BTreeSet;

use serde_json::Value;
use stegvis::web::Problem;

use crate::{
    addresses::in_source,
    app::{TestApp, on_both},
    v1::must_be_problem,
};

on_both!(
    the_document_has_every_address_and_no_other,
    an_address_says_which_methods_it_takes,
    the_document_is_not_sent_again_to_who_has_it,
);

fn document(app: &TestApp) -> Value {
    let answer = app.nobody().get("/api/v1/openapi.json");
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    answer.json()
}

/// A path with what stands in braces left out.
fn shape(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, operations)| {
            let operations = operations.as_object().unwrap();
            operations.iter().map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
        })
        .collect()
}

/// Reviewed as a whole: what changes here changes for programs that others have written.
#[test]
fn the_document_is_as_it_was_reviewed() {
    let app = TestApp::on_sqlite();
    let document = document(&app);
    assert_eq!(document["openapi"], "3.1.0");
    let text = serde_json::to_string_pretty(&document).unwrap();
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("openapi", text);
    });
}

fn the_document_has_every_address_and_no_other(app: &mut TestApp) {
    let document = document(app);
    let told: BTreeSet<(String, String)> = operations(&document)
        .into_iter()
        .map(|(method, path, _)| (method, format!("/api/v1{}", shape(&path))))
        .collect();
    let there: BTreeSet<(String, String)> = in_source()
        .into_iter()
        .filter(|(_, path)| path.starts_with("/api/v1/"))
        .map(|(method, path)| (method, shape(&path)))
        .collect();
    assert_eq!(told, there);
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        for part in ["summary", "operationId", "tags", "responses"] {
            assert!(!operation[part].is_null(), "{method} {path} has no {part}");
        }
        assert!(ids.insert(operation["operationId"].to_string()), "{method} {path}: its id is taken");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path} is never answered");
    }
}

/// Every code that an operation names is one of ours, with its status.
#[test]
fn the_document_speaks_of_our_problems_alone() {
    let app = TestApp::on_sqlite();
    let document = document(&app);
    for (method, path, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let place = response["$ref"].as_str().unwrap_or_default().trim_start_matches('#');
            let response = document.pointer(place).unwrap_or(response);
            assert!(status.starts_with(['2', '3']) || !place.is_empty(), "{method} {path}: {status}");
            let content = &response["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"];
            for code in content["enum"].as_array().into_iter().flatten() {
                let problem = Problem::ALL.iter().find(|problem| code == problem.code());
                let problem = problem.unwrap_or_else(|| panic!("{method} {path}: {code} is no problem"));
                assert_eq!(problem.status_and_code().0.as_str(), status, "{method} {path}: {code}");
            }
        }
        let told = serde_json::to_string(operation).unwrap();
        assert!(!told.contains("x-problems"), "{method} {path}");
    }
}

/// The table in `docs/api.md` has a row for each problem, with its status, and none for anything else.
#[test]
fn every_problem_has_a_row_in_the_documentation() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/api.md")).unwrap();
    let (_, table) = text.split_once("| code | status |").expect("the table of problems");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let told: BTreeSet<(String, String)> = rows
        .map(|row| {
            let mut cells = row.split('|').skip(1).map(str::trim);
            (cells.next().unwrap().trim_matches('`').to_owned(), cells.next().unwrap().to_owned())
        })
        .collect();
    let ours = Problem::ALL.iter().map(Problem::status_and_code);
    assert_eq!(told, ours.map(|(status, code)| (code.to_owned(), status.as_str().to_owned())).collect());
}

/// As everybody reads it who has written a program: the shape and the sentences in both languages.
#[test]
fn a_problem_looks_as_it_was_reviewed() {
    let app = TestApp::on_sqlite();
    let told = ["sv", "en"].map(|language| {
        let answer = app.nobody().ask("GET", "/api/v1/me", &[("accept-language", language)], "");
        assert_eq!(answer.status, 401);
        serde_json::to_string_pretty(&answer.json()).unwrap()
    });
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("problem", told.join("\n"));
    });
}

fn an_address_says_which_methods_it_takes(app: &mut TestApp) {
    let alva = app.alva();
    let own = [("sec-fetch-site", "same-origin")];
    for (method, path, allow) in [
        ("PUT", "/me", "GET"),
        ("HEAD", "/me", "GET"),
        ("POST", "/me", "GET"),
        ("PATCH", "/devices", "GET, DELETE"),
        ("GET", "/tokens", "POST, DELETE"),
        ("DELETE", "/calculations/00/lines", "POST"),
    ] {
        let answer = alva.ask(method, &format!("/api/v1{path}"), &own, "");
        let mut allowed: Vec<&str> = answer.header("allow").split(", ").collect();
        let mut wanted: Vec<&str> = allow.split(", ").collect();
        allowed.sort_unstable();
        wanted.sort_unstable();
        assert_eq!((answer.status, allowed), (405, wanted), "{method} {path}");
        if method != "HEAD" {
            must_be_problem(&answer, 405, "method-not-allowed");
        }
    }
    must_be_problem(&alva.ask("PUT", "/api/v1/nowhere", &own, ""), 404, "not-found");
}

fn the_document_is_not_sent_again_to_who_has_it(app: &mut TestApp) {
    let nobody = app.nobody();
    let tag = nobody.get("/api/v1/openapi.json").header("etag").to_owned();
    assert!(tag.len() > 10 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    let ask = |known: &str| nobody.ask("GET", "/api/v1/openapi.json", &[("if-none-match", known)], "");
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = ask(&known);
        assert_eq!((answer.status, answer.body.as_str(), answer.header("etag")), (304, "", tag.as_str()), "{known}");
    }
    assert_eq!(ask("\"other\"").status, 200);
}
