//! What the operator's settings and limits do to cards.

use stegvis::accounts::CardCode;

use super::{address, code_of, codes, enter, opens, scanned};
use crate::{
    app::TestApp,
    world::{self, HOUR},
};

#[test]
fn ten_thousand_guesses_are_stopped_and_a_class_is_not() {
    let app = TestApp::on_sqlite();
    let code = code_of(&app, "alva");
    let guesses =
        (0..10_000_u32).map(|number| CardCode::from_bytes([number.to_be_bytes(); 4].concat().try_into().unwrap()));
    let device = app.nobody();
    for _ in 0..30 {
        assert_eq!(enter(&app.nobody(), "en slant med fingret").status, 422);
        assert!(opens(&app, &code), "a class of thirty from one address, each with a slip");
    }
    let taken = guesses.filter(|guess| enter(&device, &guess.to_text()).status == 401).count();
    assert!(taken <= 300, "{taken} were looked at");
    let told = enter(&device, &code);
    assert_eq!(told.status, 429);
    told.must_show("Det blev många försök.");
    app.clock.pass(HOUR);
    assert!(opens(&app, &code));
}

/// What is printed is what the operator has set, whatever a request says of itself.
#[test]
fn a_card_holds_the_set_address_and_no_other() {
    let app = TestApp::set(&[("STEGVIS_PUBLIC_ADDRESS", "https://stegvis.example.se/")]);
    let maria = app.maria();
    let poisoned =
        [("host", "onda.example.org"), ("sec-fetch-site", "same-origin"), ("x-forwarded-host", "onda.example.org")];
    let page = maria.post_with(&address("7A"), &poisoned, &[("all", "yes")]);
    assert_eq!(page.status, 200);
    page.must_not_show("onda");
    assert!(scanned(&page).iter().all(|address| address.starts_with("https://stegvis.example.se/card#")));
    page.must_show("stegvis.example.se/card");
}

#[test]
fn without_a_set_address_only_this_machine_is_believed() {
    let app = TestApp::on_sqlite();
    let maria = app.maria();
    for host in ["onda.example.org", "10.0.0.7", "localhost.example.org", "127.0.0.1@onda.example.org", ""] {
        let poisoned = [("host", host), ("sec-fetch-site", "same-origin"), ("x-forwarded-host", "localhost")];
        let page = maria.post_with(&address("7A"), &poisoned, &[("all", "yes")]);
        assert!(matches!(page.status, 400 | 409), "{host}: {}", page.status);
        assert!(codes(&page).is_empty());
    }
    maria.page(&address("7A")).must_not_show("Har ett kort");
    let behind = TestApp::set(&[("STEGVIS_PROXY__SPEAKS_TLS", "true")]);
    let maria = behind.nobody();
    let fields = [("user_name", "maria"), ("password", world::PASSWORD)];
    let signed = maria.post("/sign-in", &fields);
    let cookie = signed.header("set-cookie").split(';').next().unwrap().to_owned();
    let page = maria.ask("GET", &address("7A"), &[("cookie", &cookie)], "");
    page.must_show("public_address");
}
