//! Guessing passwords: few wrong guesses are looked at, and nobody is locked out by those of others.

use crate::{
    app::{TestApp, on_both},
    client::Answer,
    world,
};

on_both!(
    after_five_slips_there_is_a_wait_and_then_the_right_one_works,
    a_wait_tells_nothing_of_who_exists,
    the_program_is_told_to_wait_too,
);

fn guess(app: &TestApp, name: &str, password: &str) -> Answer {
    app.nobody().post("/sign-in", &[("user_name", name), ("password", password)])
}

fn after_five_slips_there_is_a_wait_and_then_the_right_one_works(app: &mut TestApp) {
    for _ in 0..5 {
        assert_eq!(guess(app, "alva", "fel").status, 200);
    }
    let checked = app.checked_passwords();
    let told = guess(app, "alva", world::PASSWORD);
    assert_eq!((told.status, told.header("retry-after")), (429, "1"));
    told.must_show("Det blev många försök.");
    told.must_show("Vänta en sekund och försök igen.");
    assert_eq!(told.field("user_name"), Some("alva"));
    assert_eq!(app.checked_passwords(), checked, "during the wait nothing is looked at");
    assert_eq!(guess(app, "bo", world::PASSWORD).status, 303, "others are not held up");
    app.clock.pass(1_000);
    guess(app, "alva", "fel");
    let told = guess(app, "alva", world::PASSWORD);
    told.must_show("Vänta 2 sekunder och försök igen.");
    app.clock.pass(2_000);
    assert_eq!(guess(app, "alva", world::PASSWORD).status, 303);
}

fn a_wait_tells_nothing_of_who_exists(app: &mut TestApp) {
    let told = |name: &str| -> Vec<(u16, String)> {
        let answers = (0..8).map(|_| guess(app, name, "fel"));
        answers.map(|answer| (answer.status, answer.body.replace(name, "…"))).collect()
    };
    let known = told("alva");
    assert_eq!(known, told("alvaro"));
    assert_eq!(known.iter().filter(|(status, _)| *status == 429).count(), 3);
}

fn the_program_is_told_to_wait_too(app: &mut TestApp) {
    let body = serde_json::json!({ "user_name": "alva", "password": "fel" });
    let program = app.nobody();
    for _ in 0..5 {
        assert_eq!(program.post_json("/api/v1/session", &body).status, 401);
    }
    let told = program.post_json("/api/v1/session", &body);
    assert_eq!((told.status, told.problem().as_str(), told.header("retry-after")), (429, "wait", "1"));
}

#[test]
fn a_guess_at_each_of_many_accounts_from_one_address_is_stopped() {
    let app = TestApp::set(&[("STEGVIS_SIGN_IN__WRONG_FROM_ONE_ADDRESS", "20")]);
    let alva = app.alva();
    let before = app.checked_passwords();
    let refused = (0..1_000).filter(|number| guess(&app, &format!("namn-{number}"), "fel").status == 429).count();
    assert_eq!((app.checked_passwords() - before, refused), (21, 979));
    alva.page("/today");
    assert_eq!(guess(&app, "alva", world::PASSWORD).status, 303, "she has been here before");
    assert_eq!(guess(&app, "bo", world::PASSWORD).status, 429);
    app.clock.pass(world::HOUR);
    assert_eq!(guess(&app, "bo", world::PASSWORD).status, 303);
}

#[test]
fn a_class_of_thirty_signs_in_from_one_address() {
    let app = TestApp::on_sqlite();
    for number in 0..30 {
        let name = ["alva", "bo", "cleo", "dina", "folke"][number % 5];
        assert_eq!(guess(&app, name, "fel").status, 200);
        assert_eq!(guess(&app, name, world::PASSWORD).status, 303);
    }
}

/// Behind a proxy it is counted for whom it speaks, by what it added itself.
#[test]
fn a_proxy_says_for_whom_it_asks() {
    let settings = [("STEGVIS_PROXY__SPEAKS_TLS", "true"), ("STEGVIS_SIGN_IN__WRONG_FROM_ONE_ADDRESS", "3")];
    let app = TestApp::set(&settings);
    let guess = |number: u32, said: &str| {
        let headers = [("sec-fetch-site", "same-origin"), ("x-forwarded-for", said)];
        let fields = [("user_name", &format!("namn-{number}")[..]), ("password", "fel")];
        app.nobody().post_with("/sign-in", &headers, &fields).status
    };
    let statuses: Vec<u16> = (0..6).map(|number| guess(number, &format!("10.0.0.{number}, 192.0.2.1"))).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 429, 429], "what the one who asks says of themselves changes nothing");
    assert_eq!(guess(7, "192.0.2.2"), 200);
}
