//! The start page, where each role is led from it, and whether the server is well.

use crate::app::{TestApp, on_both};

fn nobody_meets_the_start_page(app: &mut TestApp) {
    let page = app.nobody().page("/");
    page.must_show("Räkna ett steg i taget");
    assert_eq!(page.verdicts(), ["wrong", "right", "right", "goal"], "the sample is judged");
    page.must_show("action=\"/demo/student\"");
    page.must_show("data-demo-account=\"teacher\"");
    page.must_show("Börja som Bo");
    page.must_not_show("Bo Ek");
    page.must_show("href=\"/sign-in\"");
}

fn everybody_is_led_to_the_first_page_of_their_role(app: &mut TestApp) {
    for (who, to) in
        [("alva", "/today"), ("maria", "/groups"), ("rut", "/school"), ("olle", "/controller"), ("zara", "/help")]
    {
        let answer = app.signed_in(who).get("/");
        assert_eq!((answer.status, answer.location()), (303, to), "{who}");
    }
}

fn a_server_that_is_well_says_ok(app: &mut TestApp) {
    for place in ["/health", "/ready"] {
        let answer = app.nobody().get(place);
        assert_eq!((answer.status, answer.body.as_str()), (200, "ok"), "{place}");
        assert!(answer.headers("set-cookie").is_empty());
        assert_eq!(app.nobody().ask("HEAD", place, &[], "").status, 200, "{place}");
    }
}

fn a_server_whose_vault_is_closed_says_so(app: &mut TestApp) {
    app.close_vault();
    let answer = app.nobody().get("/ready");
    assert_eq!((answer.status, answer.problem().as_str()), (503, "unavailable"));
    assert_eq!(answer.header("retry-after"), "5");
    // The process itself is well: starting it again would not help.
    assert_eq!(app.nobody().get("/health").status, 200);
}

fn help_is_for_everybody(app: &mut TestApp) {
    for page in ["/help", "/accessibility"] {
        app.nobody().page(page);
        app.alva().page(page);
    }
    app.nobody().page("/help").must_show("<math");
}

on_both!(
    nobody_meets_the_start_page,
    everybody_is_led_to_the_first_page_of_their_role,
    a_server_that_is_well_says_ok,
    a_server_whose_vault_is_closed_says_so,
    help_is_for_everybody,
);
