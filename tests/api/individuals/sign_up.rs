//! Signing up: little is asked for, nothing is ticked beforehand, and a form that is refused leaves nothing.

use super::{NEW, SECRET, form, sign_in, signed_up};
use crate::{
    app::{TestApp, on_both},
    world,
};

on_both!(
    the_form_asks_for_little_and_ticks_nothing,
    a_form_that_is_refused_stores_nothing,
    who_is_too_young_is_told_kindly_and_nothing_is_stored,
    a_taken_name_tells_nothing_of_whose_it_is,
);

/// The same form with one field otherwise, or without it.
fn with<'a>(field: &'a str, value: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
    let mut fields = form(NEW);
    fields.retain(|(name, _)| *name != field);
    fields.extend(value.map(|value| (field, value)));
    fields
}

fn the_form_asks_for_little_and_ticks_nothing(app: &mut TestApp) {
    let page = app.nobody().page("/sign-up");
    let mut names = page.every(" name=\"", "\"");
    names.sort_unstable();
    names.dedup();
    let asked = [
        "age",
        "back",
        "difficulty",
        "language",
        "password",
        "practice",
        "school_year",
        "text",
        "user_name",
        "viewport",
    ];
    assert_eq!(names, asked, "nothing more is asked for");
    page.must_not_show(" checked");
    page.must_not_show("email");
    app.nobody().page("/").must_show("href=\"/sign-up\"");
    app.nobody().page("/sign-in").must_show("href=\"/sign-up\"");
}

fn a_form_that_is_refused_stores_nothing(app: &mut TestApp) {
    for (field, value, status, title) in [
        ("user_name", Some("ab"), 422, "Användarnamnet går inte att använda."),
        ("user_name", Some("7solros"), 422, "Användarnamnet går inte att använda."),
        ("user_name", Some("sol ros"), 422, "Användarnamnet går inte att använda."),
        ("user_name", Some("<b>solros"), 422, "Användarnamnet går inte att använda."),
        ("user_name", Some("s234567890123456789012345678901"), 422, "Användarnamnet går inte att använda."),
        ("password", Some("katt moln"), 422, "Lösenordet är lätt att gissa."),
        ("password", Some("mitt Solros-17"), 422, "Lösenordet är lätt att gissa."),
        ("password", Some("aaaaaaaaaaaa"), 422, "Lösenordet är lätt att gissa."),
        ("password", Some("1234567890"), 422, "Lösenordet är lätt att gissa."),
        ("practice", None, 422, "Samtycket till att öva saknas."),
        ("school_year", Some("13"), 422, "Något är inte valt än."),
        ("school_year", Some("sju"), 422, "Något är inte valt än."),
        ("language", Some("xx"), 422, "Något är inte valt än."),
        ("age", None, 422, "Något är inte valt än."),
        ("age", Some("13"), 422, "Något är inte valt än."),
        ("text", Some("0"), 409, "Texten om samtycke har ändrats."),
        ("text", None, 400, ""),
        ("user_name", None, 400, ""),
    ] {
        let client = app.nobody();
        let answer = client.post("/sign-up", &with(field, value));
        assert_eq!(answer.status, status, "{field} {value:?}: {}", answer.body);
        answer.must_show(title);
        answer.must_not_show(SECRET);
        assert!(client.cookie("stegvis").is_none(), "{field} {value:?} signed somebody in");
        if status == 422 && field != "user_name" {
            assert_eq!(answer.field("user_name"), Some(NEW), "what was typed stands there still");
        }
    }
    signed_up(app);
}

fn who_is_too_young_is_told_kindly_and_nothing_is_stored(app: &mut TestApp) {
    let before = app.persons();
    let client = app.nobody();
    let answer = client.post("/sign-up", &with("age", Some("younger")));
    assert_eq!(answer.status, 200);
    answer.must_show("Bra att du vill räkna!");
    answer.must_show("yngre än 13");
    answer.must_not_show(NEW);
    assert!(client.cookie("stegvis").is_none());
    assert_eq!(app.persons(), before);
    assert_eq!(sign_in(app, SECRET).status, 200, "there is no such account");
    signed_up(app);
    assert_eq!(app.persons(), before + 1);
}

fn a_taken_name_tells_nothing_of_whose_it_is(app: &mut TestApp) {
    signed_up(app);
    let told = |name: &str| {
        let answer = app.nobody().post("/sign-up", &form(name));
        assert_eq!(answer.status, 409, "{name}");
        answer.must_show("Användarnamnet är upptaget.");
        let suggestion = answer.between("till exempel ", ".").unwrap_or_default().to_owned();
        answer.body.replace(name, "…").replace(&suggestion, "…")
    };
    let (student, teacher, individual, shouted) = (told("alva"), told("maria"), told("solros-17"), told("ALVA"));
    assert!(student == teacher && teacher == individual && individual == shouted, "the answer tells who it is");
    assert!(!student.contains("Alva Lind"));
}

#[test]
fn where_individuals_do_not_sign_up_there_is_no_such_page() {
    let app = TestApp::set(&[("STEGVIS_ACCOUNTS__INDIVIDUALS", "false")]);
    assert_eq!(app.nobody().get("/sign-up").status, 404);
    assert_eq!(app.nobody().post("/sign-up", &form(NEW)).status, 404);
    for page in ["/", "/sign-in"] {
        app.nobody().page(page).must_not_show("/sign-up");
    }
    app.signed_in("ines").page("/my-data").must_show("Du har samtyckt");
}

#[test]
fn a_class_signs_up_from_one_address_and_not_ten_thousand() {
    let app = TestApp::set(&[("STEGVIS_ACCOUNTS__SIGN_UPS_FROM_ONE_ADDRESS", "31")]);
    let names: Vec<String> = (0..40).map(|number| format!("klass{number}")).collect();
    let statuses: Vec<u16> = names.iter().map(|name| app.nobody().post("/sign-up", &form(name)).status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 31);
    assert!(statuses[31..].iter().all(|status| *status == 429), "{statuses:?}");
    let taken = app.nobody().post("/sign-up", &form("alva"));
    assert_eq!(taken.status, 429, "nor are names asked for by the thousand");
    app.clock.pass(world::HOUR);
    assert_eq!(app.nobody().post("/sign-up", &form("klass35")).status, 303);
}

#[test]
fn the_age_is_that_of_the_country() {
    let app = TestApp::set(&[("STEGVIS_ACCOUNTS__CONSENT_AGE", "15")]);
    app.nobody().page("/sign-up").must_show("Har du fyllt 15 år?");
    app.nobody().post("/sign-up", &with("age", Some("younger"))).must_show("yngre än 15");
}
