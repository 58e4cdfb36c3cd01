//! Individuals: consenting and withdrawing, a copy, and the end. `sign_up` is how they come.

mod sign_up;

use vault::{
    access, audit,
    rows::{
        consents::{self, Consent, Purpose, Step},
        difficulties,
    },
};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world::{self, DAY},
};

on_both!(
    who_signs_up_practises_at_once,
    who_withdraws_is_refused_at_once_and_may_come_back,
    a_withdrawal_elsewhere_counts_for_what_is_in_memory,
    what_was_sent_to_support_ends_with_the_consent,
    only_who_agreed_moves_difficulties,
    sentences_of_another_day_are_not_consented_to,
    who_deletes_themselves_is_gone_and_nobody_else,
    the_password_is_asked_for_and_guesses_are_counted,
    who_withdrew_is_deleted_after_thirty_days,
    the_copy_is_all_that_is_theirs,
    nobody_else_has_such_pages,
);

pub const NEW: &str = "Solros-17";
pub const SECRET: &str = "katt moln brev 42";

fn form(user_name: &str) -> Vec<(&str, &str)> {
    let who = [("user_name", user_name), ("password", SECRET), ("school_year", "7"), ("language", "sv")];
    [&who[..], &[("age", "enough"), ("practice", "yes"), ("difficulty", "yes"), ("text", "1")]].concat()
}

pub fn signed_up(app: &TestApp) -> Client {
    let client = app.nobody();
    let answer = client.post("/sign-up", &form(NEW));
    assert_eq!((answer.status, answer.location()), (303, "/"), "{}", answer.body);
    client
}

fn sign_in(app: &TestApp, password: &str) -> Answer {
    app.nobody().post("/sign-in", &[("user_name", NEW), ("password", password)])
}

/// Opens the recommended task: its address.
fn open(client: &Client) -> String {
    client.follow("/calculations", &[]).0
}

fn hand_in(client: &Client, calculation: &str, line: &str, number: u32) -> Answer {
    client.post(&format!("{calculation}/lines"), &[("line", line), ("key", &key(number))])
}

pub fn choose(client: &Client, purpose: &str, step: &str) -> Answer {
    let fields = [("purpose", purpose), ("step", step), ("text", "1")];
    let answer = client.post("/my-data/consent", &fields);
    assert_eq!((answer.status, answer.location()), (303, "/my-data"), "{}", answer.body);
    client.page("/my-data")
}

fn who_signs_up_practises_at_once(app: &mut TestApp) {
    let client = signed_up(app);
    let today = client.page("/today");
    today.must_show("href=\"/my-data\"");
    today.must_show(NEW);
    let calculation = open(&client);
    assert_eq!(hand_in(&client, &calculation, "7x = märke", 1).status, 303);
    client.page(&calculation).must_show("7x = märke");
    let data = client.page("/my-data");
    for said in ["<b>solros-17, årskurs 7</b>", "Du har samtyckt", "Samtycke idag 10:00, till text 1"] {
        data.must_show(said);
    }
    assert_eq!(sign_in(app, SECRET).location(), "/");
    let me: serde_json::Value = client.get("/api/v1/me").json();
    assert_eq!((&me["roles"], &me["school_year"]), (&serde_json::json!(["individual"]), &serde_json::json!(7)));
    assert_eq!(client.get("/sign-up").location(), "/", "who is signed in has an account");
}

fn who_withdraws_is_refused_at_once_and_may_come_back(app: &mut TestApp) {
    let client = signed_up(app);
    let calculation = open(&client);
    hand_in(&client, &calculation, "7x = märke", 1);
    app.clock.pass(60_000);
    let page = choose(&client, "practice", "withdraw");
    page.must_show("Övningen är pausad.");
    page.must_show("Kontot tas bort torsdag 24 december om du inte samtycker igen.");
    let asked = [
        hand_in(&client, &calculation, "7x = efteråt", 2),
        client.post("/calculations", &[]),
        client.post(&format!("{calculation}/hints"), &[("strength", "1")]),
        client.post(&format!("{calculation}/another"), &[]),
        client.post("/report", &[("about", "yes")]),
        client.post_json("/api/v1/calculations", &serde_json::json!({})),
        client.post_json(&format!("/api/v1{calculation}/lines"), &serde_json::json!({ "line": "1", "key": key(3) })),
        client.get("/api/v1/recommendation"),
    ];
    for (number, answer) in asked.iter().enumerate() {
        assert_eq!((answer.status, answer.problem().as_str()), (409, "no-consent"), "{number}: {}", answer.body);
    }
    assert_eq!(client.get("/today").location(), "/my-data");
    let desk = client.page(&calculation);
    desk.must_show("7x = märke");
    desk.must_not_show("7x = efteråt");
    client.page("/done").must_show(&calculation);
    client.page("/map");
    app.clock.pass(60_000);
    let page = choose(&client, "practice", "give");
    page.must_not_show("Övningen är pausad.");
    let practice = page.between("data-purpose=\"practice\"", "data-purpose=\"difficulty\"").unwrap();
    let steps = ["Samtycke idag 10:02", "Taget tillbaka idag 10:01", "Samtycke idag 10:00"];
    let places: Vec<_> = steps.iter().map(|step| practice.find(step).unwrap()).collect();
    assert!(places.is_sorted(), "nothing of the history is written over: {practice}");
    assert_eq!(hand_in(&client, &calculation, "7x = igen", 4).status, 303);
    client.page(&calculation).must_show("7x = igen");
    // The same button twice is one step.
    choose(&client, "practice", "give");
    assert_eq!(client.page("/my-data").every("Samtycke idag", "</li>").len(), 3);
}

/// As another process would: the desk of this one still lies in memory, and is behind.
fn a_withdrawal_elsewhere_counts_for_what_is_in_memory(app: &mut TestApp) {
    let client = app.signed_in("ines");
    let calculation = open(&client);
    assert_eq!(hand_in(&client, &calculation, "7x = märke", 1).status, 303);
    step(app, Step::Withdrawn, Purpose::Practice);
    let refused = hand_in(&client, &calculation, "7x = efteråt", 2);
    assert_eq!((refused.status, refused.problem().as_str()), (409, "no-consent"));
    client.page(&calculation).must_not_show("7x = efteråt");
}

fn step(app: &TestApp, step: Step, purpose: Purpose) {
    let (me, now) = (app.me("ines"), app.clock.now());
    app.write(move |tx| {
        let sight = access::individual(tx, &me, now).map_err(|_| vault::Fault::NoKey)?;
        consents::add(tx, &sight, &Consent { purpose, step, text_version: consents::TEXT, at: now })
    });
}

fn what_was_sent_to_support_ends_with_the_consent(app: &mut TestApp) {
    let (ines, sofia) = (app.signed_in("ines"), app.signed_in("sofia"));
    let calculation = open(&ines);
    hand_in(&ines, &calculation, "7x = märke", 1);
    sofia.page("/support").must_not_show("Ines");
    ines.follow("/report", &[("about", "yes")]);
    let list = sofia.page("/support");
    list.must_show("Ines Ensam");
    let report = format!("/support/reports/{}", list.between("/support/reports/", "\"").unwrap());
    sofia.page(&report).must_show("7x = märke");
    choose(&ines, "practice", "withdraw");
    assert_eq!(sofia.get(&report).status, 404);
    sofia.page("/support").must_not_show("Ines");
    choose(&ines, "practice", "give");
    assert_eq!(sofia.get(&report).status, 404, "what was sent before stays closed");
}

fn only_who_agreed_moves_difficulties(app: &mut TestApp) {
    let ines = app.signed_in("ines");
    choose(&ines, "difficulty", "withdraw");
    let solve = |app: &TestApp, number| {
        let ines = app.signed_in("ines");
        let calculation = open(&ines);
        let item = app.item("ines", &calculation);
        for (at, line) in (0_u32..).zip(&item.worked) {
            assert_eq!(hand_in(&ines, &calculation, line, number + at).status, 303);
        }
    };
    solve(app, 10);
    app.start_again();
    assert!(app.read(difficulties::all).is_empty(), "she had not agreed to that");
    choose(&app.signed_in("ines"), "difficulty", "give");
    solve(app, 30);
    app.start_again();
    let moved = app.read(difficulties::all);
    assert!(!moved.is_empty() && moved.iter().all(|row| row.exercise == moved[0].exercise));
}

fn sentences_of_another_day_are_not_consented_to(app: &mut TestApp) {
    let ines = app.signed_in("ines");
    choose(&ines, "practice", "withdraw");
    let old = [("purpose", "practice"), ("step", "give"), ("text", "0")];
    let answer = ines.post("/my-data/consent", &old);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "other-text"));
    for (purpose, step) in [("marketing", "give"), ("practice", "perhaps")] {
        let answer = ines.post("/my-data/consent", &[("purpose", purpose), ("step", step), ("text", "1")]);
        assert_eq!((answer.status, answer.problem().as_str()), (400, "form-unreadable"));
    }
    ines.page("/my-data").must_show("Övningen är pausad.");
}

fn who_deletes_themselves_is_gone_and_nobody_else(app: &mut TestApp) {
    let (client, before) = (signed_up(app), app.persons());
    let calculation = open(&client);
    hand_in(&client, &calculation, "7x = märke", 1);
    let elsewhere = app.nobody();
    elsewhere.post("/sign-in", &[("user_name", NEW), ("password", SECRET)]);
    elsewhere.page("/today");
    let ines = app.signed_in("ines");
    let hers = open(&ines);
    hand_in(&ines, &hers, "märke ines", 1);
    client.page("/my-data/delete").must_show("Det går inte att ångra.");
    let gone = client.post("/my-data/delete", &[("password", SECRET)]);
    assert_eq!(gone.status, 200, "{}", gone.body);
    gone.must_show("Hej då, och tack!");
    gone.must_not_show("Logga ut");
    for other in [&client, &elsewhere] {
        assert_eq!(other.get("/today").location(), "/sign-in");
        assert_eq!(other.get(&calculation).location(), "/sign-in");
    }
    assert_eq!(app.persons(), before - 1);
    let (known, unknown) =
        (sign_in(app, SECRET), app.nobody().post("/sign-in", &[("user_name", "nobody-is"), ("password", SECRET)]));
    assert_eq!((known.status, known.body.replace(NEW, "…")), (unknown.status, unknown.body.replace("nobody-is", "…")));
    ines.page(&hers).must_show("märke ines");
    for chain in app.read(audit::verify) {
        assert_eq!(chain.broken, None, "what was recorded holds, of whomever it no longer says it was");
    }
    app.alva().page("/today");
    app.start_again();
    let again = signed_up(app);
    again.page("/done").must_not_show("/calculations/");
    app.signed_in("ines").page(&hers).must_show("märke ines");
}

fn the_password_is_asked_for_and_guesses_are_counted(app: &mut TestApp) {
    let client = signed_up(app);
    for _ in 0..5 {
        let answer = client.post("/my-data/delete", &[("password", "fel")]);
        assert_eq!(answer.status, 200);
        answer.must_show("Det stämde inte.");
    }
    let answer = client.post("/my-data/delete", &[("password", SECRET)]);
    assert_eq!((answer.status, answer.header("retry-after")), (429, "1"));
    client.page("/today");
    app.clock.pass(1_000);
    client.post("/my-data/delete", &[]).must_show("Det stämde inte.");
    app.clock.pass(2_000);
    let alvas = client.post("/my-data/delete", &[("password", world::PASSWORD)]);
    alvas.must_show("Det stämde inte.");
    client.page("/today");
    app.clock.pass(4_000);
    client.post("/my-data/delete", &[("password", SECRET)]).must_show("Hej då");
}

fn who_withdrew_is_deleted_after_thirty_days(app: &mut TestApp) {
    let client = signed_up(app);
    choose(&client, "practice", "withdraw");
    choose(&app.signed_in("ines"), "difficulty", "withdraw");
    let before = app.persons();
    app.clock.pass(30 * DAY);
    app.forget_due();
    assert_eq!(app.persons(), before);
    assert_eq!(sign_in(app, SECRET).status, 303, "there is still time to think again");
    // The thirtieth day is theirs until it is over.
    app.clock.pass(DAY);
    assert_eq!(app.forget_due().forgotten, 1);
    assert_eq!(app.persons(), before - 1);
    assert_eq!(sign_in(app, SECRET).status, 200);
    app.signed_in("ines").page("/today");
}

fn the_copy_is_all_that_is_theirs(app: &mut TestApp) {
    let client = signed_up(app);
    let calculation = open(&client);
    hand_in(&client, &calculation, "7x = märke", 1);
    let answer = client.page("/my-data/copy");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"stegvis-2026-11-24.json\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let copy = answer.json();
    assert_eq!(copy["person"]["name"], NEW);
    assert_eq!(copy["person"]["school_year"], 7);
    assert_eq!(copy["consents"].as_array().unwrap().len(), 2);
    assert_eq!(copy["consents"][0]["at"], "2026-11-24T09:00:00Z");
    let done = &copy["calculations"][0];
    assert_eq!(done["lines"][0]["entered"], "7x = märke");
    assert!(done["task"]["sv"].as_str().is_some_and(|ask| !ask.is_empty()), "{done}");
    assert_eq!(copy["memberships"][0]["role"], "individual");
    for other in ["Alva", "Ines", "argon2id", SECRET] {
        answer.must_not_show(other);
    }
    choose(&client, "practice", "withdraw");
    client.page("/my-data/copy");
    (0..3).for_each(|_| drop(client.page("/my-data/copy")));
    assert_eq!(client.get("/my-data/copy").status, 429, "five a day are enough");
}

fn nobody_else_has_such_pages(app: &mut TestApp) {
    for who in ["alva", "maria", "olle", "rut", "sofia", "dag", "ove", "gunnar"] {
        let client = app.signed_in(who);
        assert_eq!(client.get("/my-data/delete").status, 404, "{who}");
        let password = [("password", world::PASSWORD)];
        assert_eq!(client.post("/my-data/delete", &password).status, 404, "{who}");
        let step = [("purpose", "practice"), ("step", "withdraw"), ("text", "1")];
        assert_eq!(client.post("/my-data/consent", &step).status, 404, "{who}");
        client.page("/my-data").must_not_show("data-purpose");
    }
    for path in ["/my-data", "/my-data/copy", "/my-data/delete"] {
        assert_eq!(app.nobody().get(path).location(), "/sign-in");
    }
}
