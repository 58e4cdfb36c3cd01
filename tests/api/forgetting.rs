//! What an officer sees of who is to be forgotten, and what they decide: nobody else does, and nothing happens twice.

use serde_json::{Value, json};
use vault::{REQUEST, rows::accounts};

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world::{self, DAY},
};

on_both!(
    who_asks_is_answered_with_reasons,
    who_asks_again_is_forgotten_and_nobody_else,
    a_hold_stops_the_officer_and_the_night,
    what_cannot_be_is_said_kindly_and_nothing_typed_is_lost,
    who_is_due_is_listed_and_told_that_one_looked,
    somebody_is_found_by_their_whole_user_name,
    nobody_else_decides,
    two_presses_of_the_button_are_one,
    programs_decide_too,
);

fn of(who: &str) -> String {
    format!("/forgetting/{}", world::person(who))
}

fn forget(officer: &Client, who: &str, password: &str) -> Answer {
    officer.post(&format!("{}/forget", of(who)), &[("password", password)])
}

fn is_there(app: &TestApp, who: &'static str) -> bool {
    app.read(move |tx| accounts::credential(tx, who)).is_some()
}

fn certificates(officer: &Client) -> Vec<Value> {
    officer.page("/api/v1/forgetting").json()["certificates"].as_array().unwrap().clone()
}

/// The address at which Alva's request is refused.
fn refusal(officer: &Client) -> String {
    let page = officer.page(&of("alva"));
    let request = page.between("/requests/", "/refuse\"").unwrap().to_owned();
    format!("{}/requests/{request}/refuse", of("alva"))
}

fn who_asks_is_answered_with_reasons(app: &mut TestApp) {
    let (alva, olle) = (app.alva(), app.signed_in("olle"));
    olle.page("/forgetting").must_show("Ingen väntar på svar.");
    alva.follow("/my-data/ask", &[]);
    let list = olle.page("/forgetting");
    for said in ["Alva Lind", "Elev, Ekskolan, 7A", "Bad om det idag"] {
        list.must_show(said);
    }
    let refuse = refusal(&olle);
    let empty = olle.post(&refuse, &[("why", "  ")]);
    assert_eq!(empty.status, 422);
    empty.must_show("Skälet saknas eller är för långt.");
    let long = "lång ".repeat(120);
    olle.post(&refuse, &[("why", &long)]).must_show(&long);
    alva.page("/my-data").must_show("svarar inom en månad");
    let (to, page) = olle.follow(&refuse, &[("why", "Du går kvar hos oss till juni.")]);
    assert_eq!(to, format!("{}#asked", of("alva")));
    page.must_show("Du går kvar hos oss till juni.");
    olle.page("/forgetting").must_show("Ingen väntar på svar.");
    // The same answer once more changes nothing, and neither does another.
    olle.follow(&refuse, &[("why", "Något annat.")]);
    let told = alva.page("/my-data");
    told.must_show("Svaret kom idag: nej, inte nu.");
    told.must_show("«Du går kvar hos oss till juni.»");
    told.must_not_show("Något annat.");
    let seen = alva.page("/seen");
    seen.must_show("Olle Ombud");
    seen.must_show("Svarade nej på att glömma dina uppgifter");
    alva.page("/today");
}

fn who_asks_again_is_forgotten_and_nobody_else(app: &mut TestApp) {
    let (alva, olle) = (app.alva(), app.signed_in("olle"));
    let group = format!("/groups/{}", world::group("7A"));
    app.maria().page(&group).must_show("Alva");
    alva.follow("/my-data/ask", &[]);
    olle.follow(&refusal(&olle), &[("why", "Inte än.")]);
    alva.follow("/my-data/ask", &[]);
    let before = app.persons();
    olle.page(&format!("{}/forget", of("alva"))).must_show("Ditt eget lösenord");
    for wrong in ["", "fel"] {
        let answer = forget(&olle, "alva", wrong);
        assert_eq!(answer.status, 200);
        answer.must_show("Det stämde inte.");
        answer.must_show("Glöm Alva Lind");
    }
    assert_eq!(app.persons(), before);
    alva.page("/today");
    let done = forget(&olle, "alva", world::PASSWORD);
    assert_eq!((done.status, done.location()), (303, "/forgetting#done"), "{}", done.body);
    assert_eq!(app.persons(), before - 1);
    assert_eq!(alva.get("/today").location(), "/sign-in");
    let again = app.nobody().post("/sign-in", &[("user_name", "alva"), ("password", world::PASSWORD)]);
    again.must_show("Det stämde inte.");
    app.maria().page(&group).must_not_show("Alva");
    app.maria().page(&group).must_show("Bo");
    app.signed_in("bo").page("/today");
    let list = olle.page("/forgetting");
    list.must_not_show("Alva");
    for said in ["24 november 2026", "På begäran", "1 december 2026"] {
        list.must_show(said);
    }
    assert_eq!(forget(&olle, "alva", world::PASSWORD).status, 404, "nobody is forgotten twice");
    assert_eq!(certificates(&olle).len(), 1);
    for chain in app.read(vault::audit::verify) {
        assert_eq!(chain.broken, None);
    }
}

fn keep(officer: &Client, who: &str, fields: &[(&str, &str)]) -> Answer {
    officer.post(&format!("{}/holds", of(who)), fields)
}

const KEPT: [(&str, &str); 3] = [("kind", "archive"), ("ground", "Ska till arkivet."), ("review", "2027-11-24")];

fn a_hold_stops_the_officer_and_the_night(app: &mut TestApp) {
    let (alva, olle) = (app.alva(), app.signed_in("olle"));
    let key = key(7);
    let set = [&KEPT[..], &[("key", &key)]].concat();
    for _ in 0..2 {
        let answer = keep(&olle, "alva", &set);
        assert_eq!(
            (answer.status, answer.location()),
            (303, format!("{}#held", of("alva")).as_str()),
            "{}",
            answer.body
        );
    }
    let page = olle.page(&of("alva"));
    assert_eq!(page.every("Ska till arkivet.", "</p>").len(), 1, "the button twice is one hold");
    alva.page("/my-data").must_show("Just nu behålls allt om dig, för att Aspby kommun behöver det.");
    alva.page("/my-data").must_show("senast den 24 november 2027");
    let refused = forget(&olle, "alva", world::PASSWORD);
    assert_eq!(refused.status, 409, "{}", refused.body);
    refused.must_show("Uppgifterna behålls.");
    assert!(is_there(app, "alva"));
    app.clock.pass(700 * DAY);
    let olle = app.signed_in("olle");
    let list = olle.page("/forgetting");
    list.must_show("Titta på det här nu.");
    list.must_show("Behålls");
    let night = app.forget_due();
    assert_eq!((night.held, is_there(app, "alva"), is_there(app, "bo")), (1, true, false));
    let hold = olle.page(&of("alva")).between("/holds/", "/lift\"").unwrap().to_owned();
    let lift = format!("{}/holds/{hold}/lift", of("alva"));
    (0..2).for_each(|_| drop(olle.follow(&lift, &[])));
    app.forget_due();
    assert!(!is_there(app, "alva"), "what is due by then is forgotten the next night");
}

fn what_cannot_be_is_said_kindly_and_nothing_typed_is_lost(app: &mut TestApp) {
    let olle = app.signed_in("olle");
    let tries: [(&str, &str, &str); 6] = [
        ("", "2026-12-24", "Skälet saknas eller är för långt."),
        ("   ", "2026-12-24", "Skälet saknas eller är för långt."),
        ("Ett bra skäl.", "2026-11-23", "Välj en dag från idag till om ett år."),
        ("Ett bra skäl.", "2027-11-25", "Välj en dag från idag till om ett år."),
        ("Ett bra skäl.", "", "Välj en dag från idag till om ett år."),
        ("Ett bra skäl.", "snart", "Välj en dag från idag till om ett år."),
    ];
    for (ground, review, said) in tries {
        let answer = keep(&olle, "alva", &[("kind", "accounting"), ("ground", ground), ("review", review)]);
        assert_eq!(answer.status, 422, "{ground} {review}");
        answer.must_show(said);
        answer.must_show(&format!(">{ground}</textarea>"));
        answer.must_show("value=\"accounting\" selected");
        assert_eq!(answer.field("review"), Some(review));
    }
    let kind = keep(&olle, "alva", &[("kind", "because"), ("ground", "Skäl."), ("review", "2026-12-24")]);
    assert_eq!((kind.status, kind.problem().as_str()), (400, "form-unreadable"));
    olle.page("/forgetting").must_show("Inget behålls.");
    // The first and the last day that can be.
    for (who, day) in [("alva", "2026-11-24"), ("bo", "2027-11-24")] {
        assert_eq!(keep(&olle, who, &[("kind", "archive"), ("ground", "Skäl."), ("review", day)]).status, 303);
    }
    // A key that stands for another's.
    let key = key(9);
    let set = [&KEPT[..], &[("key", &key)]].concat();
    assert_eq!(keep(&olle, "cleo", &set).status, 303);
    assert_eq!(keep(&olle, "dina", &set).problem(), "key-used");
}

fn who_is_due_is_listed_and_told_that_one_looked(app: &mut TestApp) {
    app.alva().page("/today");
    app.signed_in("olle").page("/forgetting").must_show("Ingen ska glömmas inom 60 dagar.");
    // The last days that Alva has are 60 ahead.
    app.clock.pass(487 * DAY);
    let olle = app.signed_in("olle");
    let list = olle.page("/forgetting");
    for said in ["Alva Lind", "Elev, Ekskolan, 7A", "24 maj", "Var här senast tisdag 24 november 2026."] {
        list.must_show(said);
    }
    list.must_show("Någon med skyddade personuppgifter");
    list.must_not_show("Selma");
    list.must_not_show("Xenia");
    olle.page(&of("selma")).must_show("Selma Skyddad");
    let seen = app.alva().page("/seen");
    seen.must_show("Olle Ombud");
    seen.must_show("Såg när dina uppgifter ska glömmas");
    let list = olle.page("/forgetting");
    list.must_not_show("Alva Lind");
    list.must_show("Bo Ek");
}

fn somebody_is_found_by_their_whole_user_name(app: &mut TestApp) {
    let olle = app.signed_in("olle");
    let find = |name: &str| olle.post("/forgetting/find", &[("user_name", name)]);
    for name in ["alva", " ALVA "] {
        assert_eq!(find(name).location(), of("alva"));
    }
    olle.page(&of("alva")).must_show("<h1>Alva Lind</h1>");
    for name in ["alv", "", "xenia", "ines", "olle", "nobody-is"] {
        let answer = find(name);
        assert_eq!(answer.status, 422, "{name}");
        answer.must_show("Ingen här har det användarnamnet.");
        assert_eq!(answer.field("user_name"), Some(name));
    }
    assert_eq!(find("xenia").body.replace("xenia", "…"), find("nobody-is").body.replace("nobody-is", "…"));
}

fn nobody_else_decides(app: &mut TestApp) {
    let before = app.persons();
    for who in
        ["alva", "maria", "mona", "rut", "gunnar", "orvar", "yngve", "sofia", "dag", "ove", "rita", "ines", "zara"]
    {
        let client = app.signed_in(who);
        for path in ["/forgetting".to_owned(), of("bo"), format!("{}/forget", of("bo"))] {
            assert_eq!(client.get(&path).status, 404, "{who} {path}");
        }
        assert_eq!(client.post("/forgetting/find", &[("user_name", "bo")]).status, 404, "{who}");
        assert_eq!(keep(&client, "bo", &KEPT).status, 404, "{who}");
        assert_eq!(forget(&client, "bo", world::PASSWORD).status, 404, "{who}");
        client.page("/my-data").must_not_show("href=\"/forgetting\"");
    }
    let olle = app.signed_in("olle");
    for whom in ["xenia", "ines", "sofia", "olle"] {
        assert_eq!(olle.get(&of(whom)).status, 404, "{whom}");
        assert_eq!(keep(&olle, whom, &KEPT).status, 404, "{whom}");
        assert_eq!(forget(&olle, whom, world::PASSWORD).status, 404, "{whom}");
    }
    assert_eq!(app.persons(), before);
}

fn two_presses_of_the_button_are_one(app: &mut TestApp) {
    let (one, other) = (app.signed_in("olle"), app.signed_in("olle"));
    let before = app.persons();
    let mut statuses = std::thread::scope(|scope| {
        let presses = [&one, &other].map(|client| scope.spawn(move || forget(client, "bo", world::PASSWORD).status));
        presses.map(|press| press.join().unwrap())
    });
    statuses.sort_unstable();
    assert_eq!((statuses, app.persons()), ([303, 404], before - 1));
    let certificates = certificates(&one);
    assert_eq!((certificates.len(), &certificates[0]["rule"]), (1, &REQUEST.into()));
}

fn programs_decide_too(app: &mut TestApp) {
    let (alva, olle) = (app.alva(), app.signed_in("olle"));
    alva.post_json("/api/v1/my-data/request", &Value::Null);
    let list = olle.page("/api/v1/forgetting").json();
    assert_eq!((&list["requests"][0]["whom"]["name"], &list["due"]), (&"Alva Lind".into(), &json!([])));
    let found = olle.post_json("/api/v1/find-person", &json!({ "user_name": "alva" })).json();
    assert_eq!(found["id"], world::person("alva").to_string());
    let none = olle.post_json("/api/v1/find-person", &json!({ "user_name": "xenia" }));
    assert_eq!((none.status, none.problem().as_str()), (404, "not-found"));
    let at = format!("/api/v1/forgetting/{}", world::person("alva"));
    let one = olle.page(&at).json();
    assert_eq!((&one["whom"]["group"], &one["due"]["on"]), (&"7A".into(), &"2028-05-24".into()));
    let refuse = format!("{at}/requests/{}/refuse", one["requests"][0]["id"].as_str().unwrap());
    assert_eq!(olle.post_json(&refuse, &json!({ "why": "" })).problem(), "ground-unusable");
    assert_eq!(olle.post_json(&refuse, &json!({ "why": "Inte än." })).status, 204);
    assert_eq!(alva.page("/api/v1/my-data").json()["requests"][0]["answer"], "Inte än.");
    let mut hold =
        json!({ "key": key(8), "kind": "restriction", "ground": "Hen vill ha kvar dem.", "review_on": "2026-11-01" });
    assert_eq!(olle.post_json(&format!("{at}/holds"), &hold).problem(), "review-unusable");
    hold["review_on"] = "2027-01-01".into();
    assert_eq!(olle.post_json(&format!("{at}/holds"), &hold).status, 204);
    assert_eq!(alva.page("/api/v1/my-data").json()["held_until"], "2027-01-01");
    let forget = |password: &str| olle.post_json(&format!("{at}/forget"), &json!({ "password": password }));
    assert_eq!(forget(world::PASSWORD).problem(), "held");
    let own = [("sec-fetch-site", "same-origin")];
    assert_eq!(olle.ask("DELETE", &format!("{at}/holds/{}", key(8)), &own, "").status, 204);
    assert_eq!(olle.page(&at).json()["holds"], json!([]));
    assert_eq!(forget("fel").problem(), "no-match");
    assert_eq!(forget(world::PASSWORD).status, 204);
    assert_eq!(forget(world::PASSWORD).problem(), "not-found");
    assert_eq!(certificates(&olle).len(), 1);
}
