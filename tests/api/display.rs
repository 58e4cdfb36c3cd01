//! How pages look and in which language: remembered by the device, for anybody.

use crate::app::{TestApp, on_both};

fn choices_hold_on_every_page_of_the_device(app: &mut TestApp) {
    let client = app.alva();
    let chosen = [("theme", "dark"), ("contrast", ""), ("reading", "roomy"), ("motion", "still"), ("language", "en")];
    let answer = client.post("/display", &chosen);
    assert_eq!((answer.status, answer.location()), (303, "/display"));
    for cookie in answer.headers("set-cookie") {
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"] {
            assert!(cookie.contains(part), "{part} is missing in {cookie}");
        }
    }
    let page = client.page("/display");
    for shown in ["<html lang=\"en\"", "data-theme=\"dark\"", "data-reading=\"roomy\"", "data-motion=\"still\""] {
        page.must_show(shown);
    }
    page.must_not_show("data-contrast");
    page.must_show("value=\"dark\" checked");
    client.page("/help").must_show("data-theme=\"dark\"");
    app.maria().page("/help").must_not_show("data-theme");
}

fn what_is_no_choice_is_passed_over(app: &mut TestApp) {
    let client = app.nobody();
    assert_eq!(client.post("/display", &[("theme", "\"><script>"), ("language", "xx")]).status, 303);
    let page = client.page("/display");
    page.must_show("<html lang=\"sv\">");
    page.must_not_show("<script>");
}

fn the_language_leads_back_to_our_own_pages_only(app: &mut TestApp) {
    let client = app.nobody();
    let answer = client.post("/language", &[("language", "en"), ("back", "/help")]);
    assert_eq!((answer.status, answer.location()), (303, "/help"));
    client.page("/help").must_show("<html lang=\"en\"");
    for elsewhere in ["//example.org", "https://example.org", "/\\example.org", "", "/a\r\nx: y"] {
        assert_eq!(
            client.post("/language", &[("language", "sv"), ("back", elsewhere)]).location(),
            "/",
            "{elsewhere:?}"
        );
    }
}

on_both!(
    choices_hold_on_every_page_of_the_device,
    what_is_no_choice_is_passed_over,
    the_language_leads_back_to_our_own_pages_only,
);
