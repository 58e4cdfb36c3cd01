//! The API as a document (OpenAPI 3.1), made of what stands beside each address, and what all addresses have in common.
//!
//! An operation names the problems that are its own under `x-problems`; those that follow from what it is (signed in or
//! not, with a body, with an id, a change) are added here, so that no address forgets one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use actix_web::{HttpRequest, HttpResponse, get, http::Method, web::Bytes};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::{
    answers, assignments, calculations, children, courses, devices, doors, draws, events, forgetting, groups, maraton,
    my_data, overviews, parts, practice, seen, session, steering, support, tokens, tracks,
};
use crate::web::{
    etag::ETag,
    problem::{Problem, ProblemBody},
};

const DESCRIPTION: &str = "\
Adaptive mathematics practice, judged line by line. Everything that a page shows or does has an address here that does \
the same. Sign in by `POST /tokens` and send `Authorization: Bearer ACCESS_TOKEN`; a browser's own script may send the \
cookie of `POST /session` instead, and never both. What is somebody else's is not found, exactly as what does not exist. \
What goes wrong is `application/problem+json` with a stable `code`. A method that an address does not take is answered \
with 405 and `Allow`. Times are milliseconds UTC since 1970.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Stegvis", description = DESCRIPTION, license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    servers((url = "/api/v1")),
    components(schemas(ProblemBody)),
    tags(
        (name = "document", description = "This document."),
        (name = "signing in", description = "By tokens or by a cookie, and out again."),
        (name = "practice", description = "The student's own work."),
        (name = "maraton", description = "Courses, distances, and how the schools stand."),
        (name = "teaching", description = "Groups, students line by line, and the work that is given."),
        (name = "letting in", description = "Class codes, login cards and new passwords."),
        (name = "guardian", description = "A child's practice in short."),
        (name = "own data", description = "Who looked, where one is signed in, what is kept and until when, what one has consented to."),
        (name = "administration", description = "Groups and counts; who is to be forgotten."),
        (name = "support", description = "Error reports."),
    ),
    paths(
        show,
        session::open, session::end, session::me,
        tokens::open, tokens::refresh, tokens::end,
        calculations::recommendation, calculations::open, calculations::open_another, calculations::open_assigned, calculations::show, calculations::submit, calculations::open_hint, calculations::appeal,
        practice::today, practice::plan, practice::done, practice::map,
        maraton::show, courses::pick, maraton::list, maraton::report, maraton::take_back, tracks::report, maraton::waiting, maraton::approve, maraton::give_back, maraton::approve_group,
        events::list, events::make, events::change, events::take_back, parts::join, parts::join_invited, parts::leave, parts::show, parts::hide, draws::show, draws::draw,
        groups::list, groups::show, groups::show_live, groups::student, groups::calculation, groups::answer_appeal,
        steering::list, steering::say, steering::end, steering::list_of_student, steering::say_of_student, steering::end_of_student,
        assignments::exercises, assignments::give, assignments::list, assignments::show, assignments::preview, assignments::take_back,
        doors::show, doors::open, doors::close, doors::let_out, doors::cards, doors::make_cards, doors::end_cards, doors::end_card, doors::give_password,
        children::list, children::show,
        seen::list, seen::list_of_child, seen::sight,
        devices::list, devices::end_others, devices::end,
        my_data::show, my_data::ask, my_data::take_back, my_data::choose, my_data::copy, my_data::delete, my_data::sign_up,
        overviews::schools, overviews::controller,
        forgetting::list, forgetting::find, forgetting::show, forgetting::keep, forgetting::lift, forgetting::refuse, forgetting::forget,
        support::draft, support::send, support::list, support::show, support::close,
    ),
)]
struct Document;

/// The document as it is sent, with its tag.
static DOCUMENT: LazyLock<(Bytes, ETag)> = LazyLock::new(|| {
    let text = serde_json::to_vec(&document()).unwrap_or_default();
    let tag = ETag::of(&text);
    (text.into(), tag)
});

/// Path templates below `/api/v1` and the methods that each takes.
static METHODS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let document = document();
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .map(|(path, operations)| {
            let methods = operations.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase());
            (path.clone(), methods.collect::<Vec<_>>().join(", "))
        })
        .collect()
});

/// This document.
///
/// Needs nobody. It changes only with the server's version.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "getOpenapi", tag = "document", security(()),
    params(answers::IfNoneMatch),
    responses(
        (status = 200, description = "The document.", content_type = "application/json", body = Object,
            headers(("etag" = String, description = "Changes when the document does."))),
        (status = 304, description = "It is as it was."),
    ),
)]
#[get("/openapi.json")]
pub async fn show(request: HttpRequest) -> HttpResponse {
    let (text, tag) = &*DOCUMENT;
    answers::unless_known(&request, tag, || text.clone())
}

/// The methods that an address below `/api/v1` takes, as `Allow` lists them; none when there is no such address. `path`
/// is the whole path of a request.
pub fn allowed(path: &str) -> Option<&'static str> {
    let asked = path.strip_prefix("/api/v1")?;
    let is_like = |template: &str| {
        template.split('/').count() == asked.split('/').count()
            && template.split('/').zip(asked.split('/')).all(|(part, asked)| part == asked || part.starts_with('{'))
    };
    // An address without braces is meant before one with them.
    let mut found: Vec<_> = METHODS.iter().filter(|(template, _)| is_like(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    found.first().map(|(_, methods)| methods.as_str())
}

/// The whole document.
pub fn document() -> Value {
    let mut document = serde_json::to_value(Document::openapi()).unwrap_or_default();
    document["components"]["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "description": "An access token of `POST /tokens`." },
        "cookie": {
            "type": "apiKey", "in": "cookie", "name": "__Host-stegvis",
            "description": "The session of `POST /session`. Without TLS, on loopback, the cookie is called `stegvis`.",
        },
    });
    document["security"] = json!([{ "bearer": [] }, { "cookie": [] }]);
    let mut answers = Map::new();
    for (path, operations) in document["paths"].as_object_mut().into_iter().flatten() {
        for (method, operation) in operations.as_object_mut().into_iter().flatten() {
            if let Some(operation) = operation.as_object_mut() {
                complete(method, path, operation, &mut answers);
            }
        }
    }
    document["components"]["responses"] = Value::Object(answers);
    document
}

/// Adds the problems that an operation may give to its answers, by status. The same problems stand in `answers` once.
fn complete(method: &str, path: &str, operation: &mut Map<String, Value>, answers: &mut Map<String, Value>) {
    let own = operation.remove("x-problems").unwrap_or_default();
    let mut codes: BTreeSet<String> = serde_json::from_value(own).unwrap_or_default();
    let is_open = operation.get("security") == Some(&json!([{}]));
    let has_query = operation
        .get("parameters")
        .and_then(Value::as_array)
        .is_some_and(|all| all.iter().any(|parameter| parameter["in"] == "query"));
    let mut add = |when: bool, problems: &[Problem]| {
        if when {
            codes.extend(problems.iter().map(|problem| problem.code().to_owned()));
        }
    };
    add(true, &[Problem::Busy, Problem::Unavailable, Problem::Failed]);
    add(!is_open, &[Problem::SignInFirst, Problem::TokenNotTaken, Problem::TwoCredentials]);
    add(!method.eq_ignore_ascii_case(Method::GET.as_str()), &[Problem::CrossSite]);
    add(operation.contains_key("requestBody"), &[Problem::FormUnreadable, Problem::TooBig, Problem::TypeNotTaken]);
    add(path.contains('{'), &[Problem::NotFound]);
    add(has_query, &[Problem::QueryUnreadable]);
    let mut by_status: BTreeMap<u16, Vec<&Problem>> = BTreeMap::new();
    for problem in Problem::ALL.iter().filter(|problem| codes.contains(problem.code())) {
        by_status.entry(problem.status_and_code().0.as_u16()).or_default().push(problem);
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for (status, problems) in by_status {
        let name = problems.iter().map(|problem| problem.code()).collect::<Vec<_>>().join(".");
        responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }));
        answers.entry(name).or_insert_with(|| response(status, &problems));
    }
}

fn response(status: u16, problems: &[&Problem]) -> Value {
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code()).collect();
    let mut response = json!({
        "description": format!("A problem: {}.", codes.join(", ")),
        "content": { "application/problem+json": { "schema": { "allOf": [
            { "$ref": "#/components/schemas/Problem" },
            { "type": "object", "properties": { "status": { "const": status }, "code": { "enum": codes } } },
        ] } } },
    });
    let header = match status {
        401 => Some(("www-authenticate", "string", "How a program gets in (RFC 6750).")),
        429 | 503 => Some(("retry-after", "integer", "Seconds after which the same request is worth sending again.")),
        _ => None,
    };
    if let Some((name, kind, description)) = header {
        response["headers"] =
            json!({ name: { "required": true, "description": description, "schema": { "type": kind } } });
    }
    response
}
