//! What a school's administrator and a controller's officer see: groups and counts, nobody's name and nobody's lines.

use crate::app::{TestApp, on_both};

/// Students of the world whose names must not be shown to who only counts.
const NAMES: [&str; 5] = ["Alva", "Bo Ek", "Cleo", "Dina", "Xenia"];

fn the_administrator_sees_the_school_s_groups_and_counts(app: &mut TestApp) {
    let page = app.signed_in("rut").page("/school");
    page.must_show("Ekskolan");
    page.must_show("7A</th><td class=\"n\">2</td>");
    page.must_show("7B</th><td class=\"n\">2</td>");
    page.must_not_show("Linskolan");
    NAMES.iter().for_each(|name| page.must_not_show(name));
}

fn the_officer_sees_schools_and_counts_but_no_names(app: &mut TestApp) {
    let page = app.signed_in("olle").page("/controller");
    for shown in ["Aspby kommun", "Ekskolan", "Linskolan", "7A</th><td class=\"n\">2</td>", "Personer med konto: 18"] {
        page.must_show(shown);
    }
    page.must_not_show("Hagens friskola");
    NAMES.iter().for_each(|name| page.must_not_show(name));
}

fn for_everybody_else_these_pages_are_not_found(app: &mut TestApp) {
    for (who, page) in [
        ("alva", "/school"),
        ("maria", "/school"),
        ("olle", "/school"),
        ("alva", "/controller"),
        ("maria", "/controller"),
        ("rut", "/controller"),
    ] {
        assert_eq!(app.signed_in(who).get(page).status, 404, "{who} at {page}");
    }
    for page in ["/school", "/controller", "/maraton"] {
        assert_eq!(app.nobody().get(page).location(), "/sign-in", "{page}");
    }
}

on_both!(
    the_administrator_sees_the_school_s_groups_and_counts,
    the_officer_sees_schools_and_counts_but_no_names,
    for_everybody_else_these_pages_are_not_found,
);
