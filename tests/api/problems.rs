//! What people are told when something is not as they meant it, in Swedish and in English.

use std::collections::BTreeSet;

use stegvis::web::{Language, Problem};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world::PASSWORD,
};

on_both!(
    every_problem_that_a_reader_can_meet_is_told_in_both_languages,
    a_page_about_a_problem_leads_on,
    the_language_is_the_reader_s,
    what_an_address_asks_for_in_vain_is_told_kindly,
    a_server_that_is_closed_says_so,
);

const LANGUAGES: [(&str, &str); 2] = [("sv", "Kod: "), ("en", "Code: ")];

/// Asks with a form, in a language.
fn post(client: &Client, language: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let headers = [("sec-fetch-site", "same-origin"), ("accept-language", language)];
    client.post_with(path, &headers, fields)
}

fn every_problem_that_a_reader_can_meet_is_told_in_both_languages(app: &mut TestApp) {
    let mut met = BTreeSet::new();
    for (user_name, (language, word)) in ["alva", "bo"].into_iter().zip(LANGUAGES) {
        let (reader, maria) = (app.signed_in(user_name), app.maria());
        maria.post("/display", &[("language", language)]);
        let (address, _) = reader.follow("/calculations", &[]);
        let lines = format!("{address}/lines");
        let assign = format!("/groups/{}/assign", crate::world::group("7A"));
        let (long, huge, key) = ("1".repeat(501), "1".repeat(40_000), key(1));
        let mut answers = vec![
            reader.get("/nowhere"),
            reader.get("/calculations/none"),
            reader.post_with(&lines, &[("sec-fetch-site", "cross-site")], &[]),
            reader.post(&lines, &[("line", &long), ("key", &key)]),
            reader.post(&lines, &[("line", &huge), ("key", &key)]),
            reader.post(&lines, &[("line", "1")]),
            maria.post(&assign, &[("key", &key), ("kind", "test"), ("title", "X"), ("exercise", "no-such")]),
        ];
        let goal = app.item(if user_name == "alva" { "alva" } else { "bo" }, &address).worked.last().unwrap().clone();
        reader.post(&lines, &[("line", &goal), ("key", &key)]);
        answers.push(reader.post(&format!("{address}/hints"), &[("strength", "1")]));
        for answer in answers {
            let code = answer.problem();
            let problem = Problem::ALL.iter().find(|problem| problem.code() == code);
            let problem = problem.unwrap_or_else(|| panic!("no problem: {}", answer.body));
            let spoken = Language::coded(language).unwrap();
            assert_eq!(answer.status, problem.status_and_code().0.as_u16(), "{code}");
            answer.must_show(&format!("<html lang=\"{language}\""));
            let written = |sentence: String| sentence.replace('\'', "&#39;");
            answer.must_show(&format!("<h1>{}</h1>", written(problem.title(spoken))));
            answer.must_show(&format!("<p>{}</p>", written(problem.advice(spoken))));
            answer.must_show(word);
            met.insert(code);
        }
    }
    let wanted = ["closed", "cross-site", "exercise-gone", "form-unreadable", "line-too-long", "not-found", "too-big"];
    assert_eq!(met, wanted.map(str::to_owned).into());
}

fn a_page_about_a_problem_leads_on(app: &mut TestApp) {
    let page = app.alva().get("/nowhere");
    page.must_show("href=\"/\"");
    page.must_show("action=\"/sign-out\"");
    page.must_not_show("href=\"/sign-in\"");
    let page = app.nobody().get("/nowhere");
    assert_eq!(page.status, 404);
    page.must_show("href=\"/sign-in\"");
    page.must_not_show("action=\"/sign-out\"");
}

fn the_language_is_the_reader_s(app: &mut TestApp) {
    let nobody = app.nobody();
    let spoken = |answer: &Answer| answer.between("<html lang=\"", "\"").unwrap_or_default().to_owned();
    for (accepted, language) in [("en-GB,en;q=0.9", "en"), ("de, sv;q=0.5", "sv"), ("de", "sv"), ("", "sv")] {
        let page = nobody.ask("GET", "/sign-in", &[("accept-language", accepted)], "");
        assert_eq!(spoken(&page), language, "{accepted}");
    }
    let refused = post(&nobody, "en", "/sign-in", &[("user_name", "alva"), ("password", "no")]);
    refused.must_show("lang=\"en\"");
    // Chosen on the device it holds, also for who signs in with another language.
    assert_eq!(nobody.post("/language", &[("language", "en"), ("back", "/sign-in")]).location(), "/sign-in");
    assert_eq!(spoken(&nobody.page("/sign-in")), "en");
    nobody.post("/sign-in", &[("user_name", "alva"), ("password", PASSWORD)]);
    assert_eq!(spoken(&nobody.page("/today")), "en");
    // A way back that leads out of the house is not followed.
    for back in ["https://other.example/", "//other.example", "/\\other.example"] {
        assert_eq!(nobody.post("/language", &[("language", "sv"), ("back", back)]).location(), "/");
    }
    let asked = |language| app.nobody().ask("GET", "/api/v1/me", &[("accept-language", language)], "").json();
    assert_eq!(
        (&asked("sv")["title"], &asked("en")["title"]),
        (&"Du är inte inloggad.".into(), &"You are not signed in.".into())
    );
}

fn what_an_address_asks_for_in_vain_is_told_kindly(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    let group = format!("/groups/{}", crate::world::group("7A"));
    for (client, path) in [
        (&maria, format!("{group}?names=often")),
        (&maria, format!("{group}/now?since=yesterday")),
        (&maria, format!("{group}/students/{}?before=x", crate::world::person("alva"))),
    ] {
        let answer = client.get(&path);
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"), "{path}: {}", answer.body);
    }
    for path in ["/calculations/%FF", "/calculations/..", "/assets/..%2Fsrc", "/%00"] {
        assert_eq!(alva.get(path).status, 404, "{path}");
    }
    let multipart = [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")];
    let (address, _) = alva.follow("/calculations", &[]);
    let answer = alva.ask("POST", &format!("{address}/lines"), &multipart, "--x--");
    assert_eq!((answer.status, answer.problem().as_str()), (400, "form-unreadable"), "{}", answer.body);
}

fn a_server_that_is_closed_says_so(app: &mut TestApp) {
    let alva = app.alva();
    let (address, _) = alva.follow("/calculations", &[]);
    let line = [("line", "1"), ("key", &key(1)[..])];
    app.close_vault();
    let answer = alva.post(&format!("{address}/lines"), &line);
    assert_eq!((answer.status, answer.problem().as_str()), (503, "unavailable"), "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "5");
    answer.must_show("Inget är borta.");
    let health = app.nobody().get("/ready");
    assert_eq!((health.status, health.problem().as_str()), (503, "unavailable"));
    app.start_again();
    let alva = app.alva();
    alva.follow(&format!("{address}/lines"), &line);
    assert_eq!(alva.page(&address).verdicts().len(), 1, "sent again it is stored once");
    assert_eq!(app.nobody().get("/ready").body, "ok");
}

/// The script lets a line go only on these; a code that was renamed would make it send the line for ever.
#[test]
fn the_script_knows_the_problems_after_which_a_line_is_never_taken() {
    let script = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/src/post.ts")).unwrap();
    let (_, rest) = script.split_once("NEVER = new Set([").unwrap();
    let (never, _) = rest.split_once("])").unwrap();
    let never: Vec<&str> = never.split(',').map(|code| code.trim().trim_matches('"')).collect();
    assert!(never.contains(&"closed"), "{never:?}");
    for code in never {
        assert!(Problem::ALL.iter().any(|problem| problem.code() == code), "no problem has the code {code}");
    }
}
