//! What stands around every answer: headers that keep browsers strict, and changes that only our own pages may ask for.

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client},
    world::PASSWORD,
};

on_both!(
    every_answer_is_strict,
    pages_hold_neither_inline_script_nor_style,
    assets_may_be_kept_and_pages_never,
    a_change_asked_for_by_another_site_is_refused,
    a_browser_without_fetch_metadata_is_known_by_its_origin,
    a_program_without_a_cookie_passes,
    a_link_from_another_site_may_be_followed,
    nobody_is_signed_in_by_another_site,
);

fn must_be_strict(what: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for rule in [
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.split("; ").any(|found| found == rule), "{what}: {rule} is missing in «{policy}»");
    }
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
}

fn every_answer_is_strict(app: &mut TestApp) {
    let (alva, nobody) = (app.alva(), app.nobody());
    let stylesheet = stylesheet(&nobody);
    for (what, answer) in [
        ("a page", alva.page("/today")),
        ("a page for everybody", nobody.page("/sign-in")),
        ("a way on", alva.post("/calculations", &[])),
        ("a page that is not there", alva.get("/nowhere")),
        ("an asset", nobody.get(&stylesheet)),
        ("an asset that is not there", nobody.get("/assets/nothing.css")),
        ("an answer of the API", alva.get("/api/v1/me")),
        ("a problem of the API", nobody.get("/api/v1/me")),
        ("a wrong method", alva.ask("PUT", "/today", &[("sec-fetch-site", "same-origin")], "")),
        ("a refusal", alva.post_with("/calculations", &[("sec-fetch-site", "cross-site")], &[])),
    ] {
        must_be_strict(what, &answer);
    }
}

fn pages_hold_neither_inline_script_nor_style(app: &mut TestApp) {
    let alva = app.alva();
    let (_, desk) = alva.follow("/calculations", &[]);
    for (what, answer) in
        [("the desk", desk), ("today", alva.page("/today")), ("sign-in", app.nobody().page("/sign-in"))]
    {
        answer.must_not_show(" style=\"");
        answer.must_not_show("<style");
        for name in ["onclick", "onload", "onsubmit", "oninput", "javascript:"] {
            answer.must_not_show(name);
        }
        let scripts = answer.every("<script", "</script>");
        assert!(
            !scripts.is_empty() && scripts.iter().all(|script| script.contains("src=\"/assets/")),
            "{what}: {scripts:?}"
        );
    }
}

fn stylesheet(anyone: &Client) -> String {
    anyone.page("/sign-in").between("<link rel=\"stylesheet\" href=\"", "\"").unwrap().to_owned()
}

fn assets_may_be_kept_and_pages_never(app: &mut TestApp) {
    let alva = app.alva();
    let asset = alva.page(&stylesheet(&app.nobody()));
    assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
    for path in ["/today", "/done", "/api/v1/me", "/nowhere"] {
        assert_eq!(alva.get(path).header("cache-control"), "no-store", "{path}");
    }
}

fn a_change_asked_for_by_another_site_is_refused(app: &mut TestApp) {
    let alva = app.alva();
    let own = format!("http://{}", alva.host());
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", &own)],
        &[("origin", "http://other.example")],
        &[("origin", "null")],
        &[("origin", &format!("{own}.other.example"))],
        &[],
    ] {
        let answer = alva.post_with("/calculations", headers, &[]);
        assert_eq!((answer.status, answer.problem().as_str()), (403, "cross-site"), "{headers:?}");
        answer.must_show("Det kom från en annan webbplats.");
        let answer = alva.ask("POST", "/api/v1/calculations", headers, "");
        assert_eq!((answer.status, answer.problem().as_str()), (403, "cross-site"), "{headers:?}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(alva.ask("DELETE", "/api/v1/session", headers, "").status, 403, "{headers:?}");
    }
    // Nothing of it happened: no calculation was opened, and Alva is still there.
    alva.page("/done").must_show("Här kommer det du räknar.");
}

fn a_browser_without_fetch_metadata_is_known_by_its_origin(app: &mut TestApp) {
    let alva = app.alva();
    let own = format!("http://{}", alva.host());
    assert_eq!(alva.post_with("/calculations", &[("origin", &own)], &[]).status, 303);
}

fn a_program_without_a_cookie_passes(app: &mut TestApp) {
    let answer = app.nobody().post_with("/sign-in", &[], &[("user_name", "alva"), ("password", PASSWORD)]);
    assert_eq!(answer.status, 303);
    assert_eq!(app.nobody().post_with("/calculations", &[], &[]).location(), "/sign-in");
}

fn a_link_from_another_site_may_be_followed(app: &mut TestApp) {
    assert_eq!(app.alva().ask("GET", "/today", &[("sec-fetch-site", "cross-site")], "").status, 200);
}

fn nobody_is_signed_in_by_another_site(app: &mut TestApp) {
    let fields = [("user_name", "alva"), ("password", PASSWORD)];
    let answer = app.nobody().post_with("/sign-in", &[("sec-fetch-site", "cross-site")], &fields);
    assert_eq!((answer.status, answer.headers("set-cookie").len()), (403, 0));
}
