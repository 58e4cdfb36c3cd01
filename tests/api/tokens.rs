//! Programs that sign in by tokens: pairs, their exchange, and every way in which a family of tokens ends.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use vault::audit::{self, Action, Class, Outcome};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world::{self, DAY, HOUR},
};

on_both!(
    every_call_takes_an_access_token,
    a_token_says_nobodys_name,
    wrong_passwords_are_counted_as_at_the_form,
    an_access_token_ends_after_a_quarter_of_an_hour,
    a_refresh_token_is_good_once_and_gives_the_next_pair,
    a_token_used_again_ends_the_family_for_both_sides,
    the_same_moment_gives_the_same_next_token,
    many_at_once_get_one_next_token,
    what_is_older_than_the_last_exchange_has_no_grace,
    a_family_ends_unused_after_a_week_and_at_last_after_thirty_days,
    made_up_refresh_tokens_end_nothing,
    a_program_signs_itself_out,
    families_are_listed_and_ended_among_the_devices,
    a_new_password_signs_programs_out,
    pages_take_cookies_and_nothing_else,
    cookie_and_token_together_are_refused,
    a_token_needs_no_page_of_ours,
    whoever_is_refused_is_told_how_to_get_in,
    the_key_is_exchanged_while_everyone_works,
    a_role_that_ends_is_gone_from_a_token_too,
);

const QUARTER: i64 = 900_000;

pub fn pair(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = answer.json();
    assert_eq!((&body["token_type"], &body["expires_in"]), (&"Bearer".into(), &900.into()));
    assert_eq!((answer.headers("set-cookie").len(), answer.header("cache-control")), (0, "no-store"));
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

pub fn sign_in(client: &Client, user_name: &str) -> (String, String) {
    pair(&client.post_json("/api/v1/tokens", &json!({ "user_name": user_name, "password": world::PASSWORD })))
}

pub fn exchange(client: &Client, refresh: &str) -> Answer {
    client.post_json("/api/v1/tokens/refresh", &json!({ "refresh_token": refresh }))
}

fn with(client: &Client, method: &str, path: &str, access: &str, body: &Value) -> Answer {
    let bearer = format!("Bearer {access}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    client.ask(method, &format!("/api/v1{path}"), &headers, &body.to_string())
}

fn me(client: &Client, access: &str) -> u16 {
    with(client, "GET", "/me", access, &Value::Null).status
}

fn must_be(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.problem().as_str()), (status, code), "{}", answer.body);
}

fn every_call_takes_an_access_token(app: &mut TestApp) {
    let client = app.nobody();
    let (access, _) = sign_in(&client, "alva");
    assert_eq!(with(&client, "GET", "/me", &access, &Value::Null).json()["name"], "Alva Lind");
    assert_eq!(with(&client, "GET", "/recommendation", &access, &Value::Null).status, 200);
    let opened = with(&client, "POST", "/calculations", &access, &Value::Null);
    assert_eq!(opened.status, 201);
    let at = opened.location().trim_start_matches("/api/v1").to_owned();
    let line = json!({ "line": "2 + (", "key": key(1) });
    assert_eq!(with(&client, "POST", &format!("{at}/lines"), &access, &line).status, 201);
    let seen = with(&client, "GET", &at, &access, &Value::Null).json();
    assert_eq!(seen["lines"].as_array().map(Vec::len), Some(1));
    assert_eq!(app.alva().page(&at).verdicts(), ["unreadable"], "it is the one that the pages show");
    let (others, _) = sign_in(&client, "bo");
    must_be(&with(&client, "GET", &at, &others, &Value::Null), 404, "not-found");
}

fn a_token_says_nobodys_name(app: &mut TestApp) {
    let client = app.nobody();
    let ((access, refresh), (second, other)) = (sign_in(&client, "alva"), sign_in(&client, "alva"));
    let parts: Vec<Value> = access
        .split('.')
        .take(2)
        .map(|part| serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect();
    assert_eq!((&parts[0]["alg"], &parts[0]["typ"]), (&"EdDSA".into(), &"at+jwt".into()));
    let mut names: Vec<&String> = parts[1].as_object().unwrap().keys().collect();
    names.sort_unstable();
    assert_eq!(names, ["aud", "exp", "iat", "iss", "jti", "sid", "sub"]);
    assert_eq!(parts[1]["sub"], world::person("alva").to_string());
    let begins = app.clock.now().0 / 1000;
    assert_eq!((&parts[1]["iat"], &parts[1]["exp"]), (&begins.into(), &(begins + 900).into()));
    assert!(!parts[1].to_string().to_lowercase().contains("alva"));
    assert_ne!((&access, &refresh), (&second, &other), "every sign-in is a family of its own");
    assert!(BASE64_URL_SAFE_NO_PAD.decode(&refresh).unwrap().len() >= 32);
}

fn wrong_passwords_are_counted_as_at_the_form(app: &mut TestApp) {
    let nobody = app.nobody();
    let wrong = json!({ "user_name": "alva", "password": "blå-onsdag-7" });
    let unknown = json!({ "user_name": "alvaro", "password": "blå-onsdag-7" });
    for _ in 0..5 {
        let (known, unknown) =
            (nobody.post_json("/api/v1/tokens", &wrong), nobody.post_json("/api/v1/tokens", &unknown));
        must_be(&known, 401, "no-match");
        assert_eq!(known.body, unknown.body);
    }
    let checked = app.checked_passwords();
    let waits = nobody.post_json("/api/v1/tokens", &wrong);
    must_be(&waits, 429, "wait");
    assert_eq!(waits.header("retry-after"), "1");
    let form = nobody.post("/sign-in", &[("user_name", "alva"), ("password", world::PASSWORD)]);
    assert_ne!(form.status, 303, "the same count stands at the form");
    assert_eq!(app.checked_passwords(), checked);
    for body in [json!({}), json!({ "user_name": "alva" }), json!({ "user_name": "a", "password": "b", "more": 1 })] {
        must_be(&nobody.post_json("/api/v1/tokens", &body), 400, "form-unreadable");
    }
}

fn an_access_token_ends_after_a_quarter_of_an_hour(app: &mut TestApp) {
    let client = app.nobody();
    let (access, refresh) = sign_in(&client, "alva");
    app.clock.pass(QUARTER - 1);
    assert_eq!(me(&client, &access), 200);
    app.clock.pass(1);
    let ended = with(&client, "GET", "/me", &access, &Value::Null);
    must_be(&ended, 401, "token-not-taken");
    let (next, _) = pair(&exchange(&client, &refresh));
    assert_eq!((me(&client, &next), me(&client, &access)), (200, 401));
}

fn a_refresh_token_is_good_once_and_gives_the_next_pair(app: &mut TestApp) {
    let client = app.nobody();
    let (first, mut refresh) = sign_in(&client, "alva");
    let mut seen = vec![refresh.clone()];
    for _ in 0..5 {
        app.clock.pass(60_000);
        let (access, next) = pair(&exchange(&client, &refresh));
        assert_eq!((me(&client, &access), me(&client, &first)), (200, 200), "an exchange ends no access token");
        assert!(!seen.contains(&next));
        seen.push(next.clone());
        refresh = next;
    }
    app.start_again();
    pair(&exchange(&app.nobody(), &refresh));
}

fn a_token_used_again_ends_the_family_for_both_sides(app: &mut TestApp) {
    let (owner, thief, browser) = (app.nobody(), app.nobody(), app.alva());
    let (_, stolen) = sign_in(&owner, "alva");
    let (other, _) = sign_in(&owner, "alva");
    let (theirs, next) = pair(&exchange(&thief, &stolen));
    app.clock.pass(10_001);
    assert_eq!(me(&thief, &theirs), 200);
    must_be(&exchange(&owner, &stolen), 401, "refresh-not-taken");
    assert_eq!(me(&thief, &theirs), 401, "at once, although it would be good for minutes");
    must_be(&exchange(&thief, &next), 401, "refresh-not-taken");
    must_be(&exchange(&owner, &stolen), 401, "refresh-not-taken");
    assert_eq!(me(&owner, &other), 200, "another family goes on");
    browser.page("/today");
    let again = (Action::UseTokenAgain, Class::Session, Outcome::Refused);
    let noted: i64 = app.read(audit::verify).iter().filter_map(|chain| chain.kinds.get(&again)).sum();
    assert_eq!(noted, 1, "the audit tells of it");
}

fn the_same_moment_gives_the_same_next_token(app: &mut TestApp) {
    let client = app.nobody();
    let (_, refresh) = sign_in(&client, "alva");
    let (first, next) = pair(&exchange(&client, &refresh));
    app.clock.pass(10_000);
    let (second, same) = pair(&exchange(&client, &refresh));
    assert_eq!(next, same);
    assert_eq!((me(&client, &first), me(&client, &second)), (200, 200));
    let (_, third) = pair(&exchange(&client, &next));
    assert_ne!(third, next);
}

fn many_at_once_get_one_next_token(app: &mut TestApp) {
    let (_, refresh) = sign_in(&app.nobody(), "alva");
    let app = &*app;
    let mut next: Vec<String> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(|| pair(&exchange(&app.nobody(), &refresh)).1)).collect();
        asking.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    next.dedup();
    assert_eq!(next.len(), 1, "the same for all");
    pair(&exchange(&app.nobody(), &next[0]));
}

fn what_is_older_than_the_last_exchange_has_no_grace(app: &mut TestApp) {
    let client = app.nobody();
    let (access, first) = sign_in(&client, "alva");
    let (_, second) = pair(&exchange(&client, &first));
    let (_, third) = pair(&exchange(&client, &second));
    must_be(&exchange(&client, &first), 401, "refresh-not-taken");
    must_be(&exchange(&client, &third), 401, "refresh-not-taken");
    assert_eq!(me(&client, &access), 401);
}

fn a_family_ends_unused_after_a_week_and_at_last_after_thirty_days(app: &mut TestApp) {
    let client = app.nobody();
    let (_, mut refresh) = sign_in(&client, "alva");
    let (_, unused) = sign_in(&client, "alva");
    app.clock.pass(7 * DAY - 1);
    refresh = pair(&exchange(&client, &refresh)).1;
    app.clock.pass(1);
    must_be(&exchange(&client, &unused), 401, "refresh-not-taken");
    for passes in [7 * DAY - 2, 7 * DAY - 1, 7 * DAY - 1] {
        app.clock.pass(passes);
        refresh = pair(&exchange(&client, &refresh)).1;
    }
    app.clock.pass(2 * DAY + 3);
    let (access, refresh) = pair(&exchange(&client, &refresh));
    assert_eq!(me(&client, &access), 200, "the last millisecond of thirty days");
    app.clock.pass(1);
    must_be(&exchange(&client, &refresh), 401, "refresh-not-taken");
    assert_eq!(me(&client, &access), 401, "no access token outlives its family");
}

fn made_up_refresh_tokens_end_nothing(app: &mut TestApp) {
    let client = app.nobody();
    let (access, refresh) = sign_in(&client, "alva");
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&refresh).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        must_be(&exchange(&client, &BASE64_URL_SAFE_NO_PAD.encode(&changed)), 401, "refresh-not-taken");
        must_be(&exchange(&client, &BASE64_URL_SAFE_NO_PAD.encode(&bytes[..at])), 401, "refresh-not-taken");
    }
    for text in ["", "x", "å", &format!("{refresh}="), &format!(" {refresh}"), &format!("{refresh}A"), &access] {
        must_be(&exchange(&client, text), 401, "refresh-not-taken");
    }
    assert_eq!(me(&client, &access), 200);
    pair(&exchange(&client, &refresh));
}

fn a_program_signs_itself_out(app: &mut TestApp) {
    let (client, browser) = (app.nobody(), app.alva());
    let ((access, refresh), (other, _)) = (sign_in(&client, "alva"), sign_in(&client, "alva"));
    assert_eq!(me(&client, &access), 200);
    assert_eq!(with(&client, "DELETE", "/tokens", &access, &Value::Null).status, 204);
    assert_eq!((me(&client, &access), me(&client, &other)), (401, 200));
    must_be(&exchange(&client, &refresh), 401, "refresh-not-taken");
    must_be(&with(&client, "DELETE", "/tokens", &access, &Value::Null), 401, "token-not-taken");
    must_be(&client.ask("DELETE", "/api/v1/tokens", &[], ""), 401, "sign-in-first");
    browser.page("/today");
}

fn families_are_listed_and_ended_among_the_devices(app: &mut TestApp) {
    let (client, browser) = (app.nobody(), app.alva());
    let (access, refresh) = sign_in(&client, "alva");
    sign_in(&client, "bo");
    let page = browser.page("/devices");
    page.must_show("Ett program");
    let ends = page.every("action=\"/devices/", "/end\"");
    assert_eq!(ends.len(), 1, "one's own and nobody else's");
    assert_eq!(me(&client, &access), 200);
    assert_eq!(browser.post(&format!("/devices/{}/end", ends[0]), &[]).status, 303);
    assert_eq!(me(&client, &access), 401);
    must_be(&exchange(&client, &refresh), 401, "refresh-not-taken");
    browser.page("/devices").must_not_show("Ett program");
}

fn a_new_password_signs_programs_out(app: &mut TestApp) {
    let client = app.nobody();
    let (access, refresh) = sign_in(&client, "alva");
    assert_eq!(me(&client, &access), 200);
    let (group, alva) = (world::group("7A"), world::person("alva"));
    assert_eq!(app.maria().post(&format!("/groups/{group}/students/{alva}/password"), &[]).status, 200);
    assert_eq!(me(&client, &access), 401);
    must_be(&exchange(&client, &refresh), 401, "refresh-not-taken");
}

fn pages_take_cookies_and_nothing_else(app: &mut TestApp) {
    let client = app.nobody();
    let (access, refresh) = sign_in(&client, "alva");
    for text in [&access, &refresh] {
        let page = client.ask("GET", "/today", &[("authorization", &format!("Bearer {text}"))], "");
        assert_eq!((page.status, page.location()), (303, "/sign-in"));
        for name in ["stegvis", "__Host-stegvis", "access_token"] {
            let cookie = format!("{name}={text}");
            assert_eq!(client.ask("GET", "/today", &[("cookie", &cookie)], "").location(), "/sign-in");
            must_be(&client.ask("GET", "/api/v1/me", &[("cookie", &cookie)], ""), 401, "sign-in-first");
        }
    }
    must_be(&client.get(&format!("/api/v1/me?access_token={access}")), 401, "sign-in-first");
    let session = app.alva().cookie("stegvis").unwrap();
    assert_eq!(me(&client, &session), 401, "and a cookie's token is no access token");
}

fn cookie_and_token_together_are_refused(app: &mut TestApp) {
    let browser = app.alva();
    let (access, _) = sign_in(&app.nobody(), "alva");
    let cookie = format!("stegvis={}", browser.cookie("stegvis").unwrap());
    let both = |token: &str| {
        let bearer = format!("Bearer {token}");
        app.nobody().ask("GET", "/api/v1/me", &[("cookie", &cookie), ("authorization", &bearer)], "")
    };
    for token in [access.as_str(), "made-up"] {
        let refused = both(token);
        must_be(&refused, 400, "two-credentials");
        assert!(refused.header("www-authenticate").contains("invalid_request"));
    }
    let basic = app.nobody().ask("GET", "/api/v1/me", &[("cookie", &cookie), ("authorization", "Basic eDp5")], "");
    assert_eq!(basic.status, 200, "a proxy's own password is not for us");
}

fn a_token_needs_no_page_of_ours(app: &mut TestApp) {
    let client = app.nobody();
    let (access, _) = sign_in(&client, "alva");
    let bearer = format!("Bearer {access}");
    let elsewhere = [("sec-fetch-site", "cross-site"), ("origin", "https://example.org")];
    let open = |more: &[(&str, &str)]| client.ask("POST", "/api/v1/calculations", &[&elsewhere, more].concat(), "");
    assert_eq!(open(&[("authorization", &bearer)]).status, 201);
    must_be(&open(&[]), 403, "cross-site");
    let cookie = format!("stegvis={}", app.alva().cookie("stegvis").unwrap());
    must_be(&open(&[("cookie", &cookie)]), 403, "cross-site");
    must_be(&open(&[("cookie", &cookie), ("authorization", &bearer)]), 400, "two-credentials");
    let sign_out = [&elsewhere, [("cookie", cookie.as_str()), ("authorization", &bearer)].as_slice()].concat();
    assert_eq!(client.ask("POST", "/sign-out", &sign_out, "").status, 403, "pages are not opened by a token");
}

fn whoever_is_refused_is_told_how_to_get_in(app: &mut TestApp) {
    let client = app.nobody();
    assert_eq!(client.get("/api/v1/me").header("www-authenticate"), r#"Bearer realm="stegvis""#);
    let made_up = with(&client, "GET", "/me", "made-up", &Value::Null);
    assert_eq!(made_up.header("www-authenticate"), r#"Bearer realm="stegvis", error="invalid_token""#);
    assert_eq!(exchange(&client, "made-up").header("www-authenticate"), r#"Bearer realm="stegvis""#);
    assert_eq!(client.get("/today").header("www-authenticate"), "");
}

fn kid(access: &str) -> String {
    let header = BASE64_URL_SAFE_NO_PAD.decode(access.split('.').next().unwrap()).unwrap();
    serde_json::from_slice::<Value>(&header).unwrap()["kid"].as_str().unwrap().to_owned()
}

fn the_key_is_exchanged_while_everyone_works(app: &mut TestApp) {
    let client = app.nobody();
    let beside = app.beside();
    let (old, refresh) = sign_in(&client, "alva");
    app.keys().rotate_signing(app.clock.now()).unwrap();
    app.refresh_signing();
    let (same, _) = sign_in(&client, "alva");
    assert_eq!(kid(&same), kid(&old), "the new key is known before it signs");
    if let Some(beside) = &beside {
        assert_eq!(me(&beside.nobody(), &old), 200);
        beside.refresh_signing();
    }
    app.clock.pass(120_000);
    let (new, refresh) = pair(&exchange(&client, &refresh));
    assert_ne!(kid(&new), kid(&old));
    assert_eq!((me(&client, &new), me(&client, &old)), (200, 200));
    if let Some(beside) = &beside {
        assert_eq!((me(&beside.nobody(), &new), me(&beside.nobody(), &old)), (200, 200));
        let (theirs, _) = sign_in(&beside.nobody(), "bo");
        assert_eq!((kid(&theirs), me(&client, &theirs)), (kid(&new), 200), "either takes the other's");
    }
    app.clock.pass(QUARTER);
    app.refresh_signing();
    assert_eq!((me(&client, &old), me(&client, &new)), (401, 401), "both were good for a quarter of an hour");
    assert_eq!(app.keys().signing_keys(app.clock.now()).unwrap().len(), 2);
    app.clock.pass(60_001);
    app.refresh_signing();
    assert_eq!(app.keys().signing_keys(app.clock.now()).unwrap().len(), 1, "the old one is deleted");
    let (access, _) = pair(&exchange(&client, &refresh));
    assert_eq!((kid(&access), me(&client, &access)), (kid(&new), 200));
    app.clock.pass(90 * DAY + HOUR);
    app.refresh_signing();
    assert_eq!(app.keys().signing_keys(app.clock.now()).unwrap().len(), 2, "exchanged by itself when it is old");
}

fn a_role_that_ends_is_gone_from_a_token_too(app: &mut TestApp) {
    let client = app.nobody();
    let (access, _) = sign_in(&client, "maria");
    let roles = || with(&client, "GET", "/me", &access, &Value::Null).json()["roles"].to_string();
    assert!(roles().contains("teacher"));
    let (maria, now) = (app.me("maria"), app.clock.now());
    for name in ["7A", "7B"] {
        app.write(move |tx| {
            let Ok(group) = vault::access::group(tx, &maria, world::group(name), now) else { return Ok(0) };
            vault::rows::people::end_membership(tx, &group, maria.person(), now)
        });
    }
    // What a page says of somebody may be as old as this; what they may see is asked anew each time.
    app.clock.pass(20_000);
    assert!(!roles().contains("teacher"), "{}", roles());
}
