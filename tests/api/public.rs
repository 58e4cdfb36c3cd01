//! MatteMaraton: an event's page for all.

use serde_json::json;

use crate::{
    app::{TestApp, on_both},
    client::Client,
    sharing, world,
};

on_both!(
    nobody_sees_an_event_that_is_not_shown,
    the_page_for_all_is_the_same_for_all_and_leaves_nothing,
    before_it_begins_there_is_no_table,
    each_chooses_for_the_own_schools,
    nobody_else_opens_the_page,
    a_program_opens_and_closes_the_page,
);

fn address() -> String {
    format!("/maraton/public/{}/{}", world::controller("aspby"), world::event("aspby"))
}

fn choose(who: &Client, event: &str, shown: &str) -> u16 {
    who.post(&format!("/organiser/events/{event}/public"), &[("shown", shown)]).status
}

fn aspby() -> String {
    world::event("aspby").to_string()
}

fn nobody_sees_an_event_that_is_not_shown(app: &mut TestApp) {
    let (nobody, orvar) = (app.nobody(), app.signed_in("orvar"));
    let nothing = nobody.get(&format!("/maraton/public/{}/{}", world::controller("aspby"), "0".repeat(32)));
    assert_eq!(nothing.status, 404);
    let closed = nobody.get(&address());
    assert_eq!(
        (closed.status, &closed.body),
        (404, &nothing.body.replace(&"0".repeat(32), &aspby())),
        "as what is not"
    );
    assert_eq!(choose(&orvar, &aspby(), "yes"), 303);
    orvar.page("/organiser").must_show(&address());
    nobody.page(&address()).must_show("Aspby kommun springer");
    for wrong in ["/maraton/public/x/y", "/maraton/public/x", &address().to_uppercase().replace("MARATON", "maraton")] {
        assert_eq!(nobody.get(wrong).status, 404, "{wrong}");
    }
    assert_eq!(choose(&orvar, &aspby(), "no"), 303);
    assert_eq!(nobody.get(&address()).status, 404);
    orvar.page("/organiser").must_not_show(&address());
    assert_eq!(choose(&orvar, &aspby(), "perhaps"), 400);
}

fn the_page_for_all_is_the_same_for_all_and_leaves_nothing(app: &mut TestApp) {
    app.write(|tx| world::let_five_enter(tx, "aspby", "ekskolan"));
    assert_eq!(choose(&app.signed_in("orvar"), &aspby(), "yes"), 303);
    let page = app.nobody().page(&address());
    page.must_show("Ekskolan");
    page.must_show("Aspby kommun");
    for hidden in ["Linskolan", "Lillskolan", "Alva", "ekskolan-0", "din skola"] {
        page.must_not_show(hidden);
    }
    assert_eq!(page.header("set-cookie"), "");
    assert_eq!(page.header("cache-control"), "public, max-age=60");
    assert!(page.header("vary").to_ascii_lowercase().contains("accept-language"));
    // Who is signed in and has chosen a look gets the same bytes.
    let alva = app.alva();
    alva.post("/display", &[("theme", "dark"), ("back", "/")]);
    assert_eq!(alva.page(&address()).body, page.body);
    let tag = page.header("etag");
    let again = app.nobody().ask("GET", &address(), &[("if-none-match", tag)], "");
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag));
    let english = app.nobody().ask("GET", &address(), &[("accept-language", "en"), ("if-none-match", tag)], "");
    assert_eq!(english.status, 200, "another language is another page");
    assert_eq!(app.nobody().page(&format!("{}?language=en", address())).body, english.body);
    assert_eq!(app.nobody().page(&format!("{}?language=xx", address())).body, page.body);
}

fn before_it_begins_there_is_no_table(app: &mut TestApp) {
    let orvar = sharing::opened(app, "own");
    assert_eq!(choose(&orvar, sharing::ID, "yes"), 303);
    let page = app.nobody().page(&format!("/maraton/public/{}/{}", world::controller("aspby"), sharing::ID));
    page.must_show("Det har inte börjat än.");
    page.must_not_show("<table");
    page.must_not_show("Nu &#60;b&#62;kör");
    page.must_not_show("kör</b>");
}

fn each_chooses_for_the_own_schools(app: &mut TestApp) {
    sharing::run_together(app);
    let (orvar, zara) = (app.signed_in("orvar"), app.signed_in("zara"));
    let address = format!("/maraton/public/{}/{}", world::controller("aspby"), sharing::ID);
    let nobody = app.nobody();
    assert_eq!(choose(&zara, sharing::ID, "yes"), 303);
    assert_eq!(nobody.get(&address).status, 404, "the page is the host's to open");
    let of_guest = format!("/maraton/public/{}/{}", world::controller("bjorkhaga"), sharing::ID);
    assert_eq!(nobody.get(&of_guest).status, 404);
    zara.page("/organiser").must_not_show(&address);
    assert_eq!((choose(&zara, sharing::ID, "no"), choose(&orvar, sharing::ID, "yes")), (303, 303));
    let page = nobody.page(&address);
    page.must_show("Ekskolan");
    page.must_not_show("Hagens friskola");
    page.must_not_show("Björkhaga");
    zara.page("/organiser").must_show(&address);
    assert_eq!(choose(&zara, sharing::ID, "yes"), 303);
    nobody.page(&address).must_show("Hagens friskola");
    // What the host changes of the event is nobody's choice anew.
    let change = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    let told = orvar.page("/api/v1/maraton/events").json();
    let event = told["events"].as_array().unwrap().iter().find(|event| event["id"] == sharing::ID).unwrap();
    assert_eq!((&event["is_public"], &event["page"]), (&json!(true), &json!(address)));
    let path = format!("/api/v1/maraton/events/{}", sharing::ID);
    assert_eq!(orvar.ask("PUT", &path, &change, &event["plan"].to_string()).status, 204);
    nobody.page(&address).must_show("Hagens friskola");
}

fn nobody_else_opens_the_page(app: &mut TestApp) {
    let zara = sharing::zara(app);
    assert_eq!(choose(&zara, &aspby(), "yes"), 404);
    for who in ["alva", "maria", "rut"] {
        assert_eq!(choose(&app.signed_in(who), &aspby(), "yes"), 404, "{who}");
    }
    assert_eq!(app.nobody().get(&address()).status, 404);
}

fn a_program_opens_and_closes_the_page(app: &mut TestApp) {
    let orvar = app.signed_in("orvar");
    let path = format!("/api/v1/maraton/events/{}/public", aspby());
    let ask = |method: &str| orvar.ask(method, &path, &[("sec-fetch-site", "same-origin")], "").status;
    assert_eq!((ask("PUT"), ask("PUT")), (204, 204));
    let told = orvar.page("/api/v1/maraton/events").json();
    assert_eq!(told["events"][0]["page"], json!(address()));
    assert_eq!(app.nobody().get(&address()).status, 200);
    assert_eq!((ask("DELETE"), ask("DELETE")), (204, 204));
    assert_eq!(app.nobody().get(&address()).status, 404);
}
