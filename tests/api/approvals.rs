//! Who decides about a distance, what a teacher is asked to look at, and what a student typed.

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
};

on_both!(
    nobody_decides_about_a_distance_but_the_student_s_teachers,
    what_hardly_can_be_is_asked_about_and_not_ticked,
    what_cannot_be_read_comes_back_as_it_was_typed,
    who_is_no_student_has_no_form_and_who_teaches_nobody_no_list,
);

fn report(who: &Client, kilometres: &str, minutes: &str, day: &str, number: u32) -> Answer {
    let fields = [("kilometres", kilometres), ("minutes", minutes), ("day", day), ("key", &key(number))];
    who.post("/maraton/distances", &fields)
}

/// The ids of the distances that wait on a teacher's page.
fn waiting(teacher: &Client) -> Vec<String> {
    let page = teacher.page("/maraton");
    page.every("name=\"distance\" value=\"", "\"").into_iter().map(str::to_owned).collect()
}

fn nobody_decides_about_a_distance_but_the_student_s_teachers(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    report(&alva, "2", "", "", 1);
    let id = waiting(&maria).remove(0);
    for who in ["alva", "bo", "johan", "tore", "frida", "rut", "olle", "yngve"] {
        for way in ["approve", "return"] {
            let answer = app.signed_in(who).post(&format!("/maraton/distances/{id}/{way}"), &[]);
            assert_eq!(answer.status, 404, "{who} may not {way}");
        }
        assert_eq!(app.signed_in(who).post("/maraton/approvals", &[("distance", &id)]).status, 404, "{who}");
    }
    assert_eq!(maria.post("/maraton/distances/nothing/approve", &[]).status, 404);
    assert_eq!(waiting(&maria), [id]);
}

fn what_hardly_can_be_is_asked_about_and_not_ticked(app: &mut TestApp) {
    let alva = app.alva();
    for (number, (kilometres, minutes)) in (1..).zip([("25", ""), ("45", ""), ("20", "20")]) {
        report(&alva, kilometres, minutes, "", number);
        app.clock.pass(1_000);
    }
    let page = app.maria().page("/maraton");
    let ticked = page.every("name=\"distance\"", ">").iter().map(|tag| tag.contains(" checked")).collect::<Vec<_>>();
    assert_eq!(ticked, [true, false, false]);
    page.must_show("Är det minuter i stället?");
    page.must_show("Över 40 km i timmen.");
    alva.page("/maraton").must_not_show("i stället?");
}

fn what_cannot_be_read_comes_back_as_it_was_typed(app: &mut TestApp) {
    let alva = app.alva();
    for (kilometres, minutes, day, told) in [
        ("tre", "25", "2026-11-23", "Vi kan inte läsa sträckan än."),
        ("3", "en timme", "2026-11-23", "Vi kan inte läsa minuterna än."),
        ("3", "25", "2026-11-25", "Dagen går inte att använda."),
        ("3", "25", "2026-11-16", "Dagen går inte att använda."),
    ] {
        let page = report(&alva, kilometres, minutes, day, 1);
        assert_eq!(page.status, 422, "{told}");
        page.must_show(told);
        page.must_show("aria-invalid=\"true\"");
        let kept = (page.field("kilometres"), page.field("minutes"), page.field("day"));
        assert_eq!(kept, (Some(kilometres), Some(minutes), Some(day)));
    }
    assert!(waiting(&app.maria()).is_empty());
    let page = report(&alva, "<b>", "", "", 1);
    page.must_show("&#60;b&#62;");
    assert_eq!(alva.post("/maraton/distances", &[("kilometres", "3"), ("key", "x")]).status, 400);
}

fn who_is_no_student_has_no_form_and_who_teaches_nobody_no_list(app: &mut TestApp) {
    let (alva, rut) = (app.alva().page("/maraton"), app.signed_in("rut").page("/maraton"));
    alva.must_show("action=\"/maraton/distances\"");
    alva.must_not_show("Väntar på dig");
    for absent in ["action=\"/maraton/distances\"", "Väntar på dig", "Linskolan springer"] {
        rut.must_not_show(absent);
    }
    rut.must_show("Aspby kommun springer");
    assert_eq!(report(&app.signed_in("rut"), "3", "", "", 1).status, 404);
}
