//! MatteMaraton: a distance reported, approved once, and how the schools stand.

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world::{self, DAY},
};

on_both!(
    a_distance_counts_when_the_teacher_has_approved_it,
    approving_twice_changes_nothing,
    a_distance_given_back_does_not_count,
    all_that_are_ticked_are_approved_at_once,
    the_same_key_is_one_distance,
    what_cannot_be_read_is_asked_for_again,
    the_day_lies_in_the_event,
    items_finished_during_the_event_count,
    without_an_event_there_is_nothing_to_report,
    only_students_report,
    what_waits_when_it_closes_can_still_be_approved,
);

/// Five more take part in each school, so that figures are shown.
fn show_all(app: &TestApp) {
    app.write(|tx| {
        let schools = [("aspby", "ekskolan"), ("aspby", "linskolan"), ("bjorkhaga", "hagen")];
        schools.into_iter().try_for_each(|(of, at)| world::let_five_enter(tx, of, at))
    });
}

fn report(student: &Client, kilometres: &str, number: u32) {
    let fields = [("kilometres", kilometres), ("minutes", "25"), ("day", ""), ("key", &key(number))];
    assert_eq!(student.post("/maraton/distances", &fields).location(), "/maraton#own");
}

/// The ids of the distances that wait on a teacher's page.
fn waiting(teacher: &Client) -> Vec<String> {
    let page = teacher.page("/maraton");
    page.every("name=\"distance\" value=\"", "\"").into_iter().map(str::to_owned).collect()
}

/// The row of a school: its figures as text.
fn standing(page: &Answer, school: &str) -> String {
    let row = page.every("<tr", "</tr>").into_iter().find(|row| row.contains(school));
    row.unwrap_or_else(|| panic!("{school} is not shown")).to_owned()
}

fn a_distance_counts_when_the_teacher_has_approved_it(app: &mut TestApp) {
    show_all(app);
    let (alva, maria) = (app.alva(), app.maria());
    report(&alva, "3,2", 1);
    let page = alva.page("/maraton");
    page.must_show("3,2\u{a0}km på 25 minuter");
    page.must_show("Väntar på läraren");
    assert!(standing(&page, "Ekskolan").contains(">0,0<"), "it does not count before");
    maria.page("/maraton").must_show("Alva L.");
    let [id] = &waiting(&maria)[..] else { panic!("one waits") };
    assert_eq!(maria.post(&format!("/maraton/distances/{id}/approve"), &[]).location(), "/maraton#waiting");
    let page = alva.page("/maraton");
    page.must_show("Godkänd");
    assert!(standing(&page, "Ekskolan").contains(">3,2<"), "{}", standing(&page, "Ekskolan"));
    // The other schools see it too, and stand as before.
    let page = app.signed_in("dina").page("/maraton");
    assert!(standing(&page, "Ekskolan").contains(">3,2<"));
    assert!(standing(&page, "Linskolan").contains(">0,0<"));
    page.must_not_show("Lillskolan");
    page.must_not_show("Alva");
    let elsewhere = app.signed_in("xenia").page("/maraton");
    elsewhere.must_not_show("Ekskolan");
    assert!(standing(&elsewhere, "Hagens friskola").contains(">0,0<"));
}

fn approving_twice_changes_nothing(app: &mut TestApp) {
    show_all(app);
    let (alva, maria) = (app.alva(), app.maria());
    report(&alva, "3,2", 1);
    let [id] = &waiting(&maria)[..] else { panic!("one waits") };
    for decision in ["approve", "approve", "return", "approve"] {
        assert_eq!(maria.post(&format!("/maraton/distances/{id}/{decision}"), &[]).status, 303);
    }
    maria.post("/maraton/approvals", &[("distance", id)]);
    let page = alva.page("/maraton");
    assert!(standing(&page, "Ekskolan").contains(">3,2<"), "{}", standing(&page, "Ekskolan"));
    page.must_show("Godkänd");
    assert_eq!(waiting(&maria), Vec::<String>::new());
}

fn a_distance_given_back_does_not_count(app: &mut TestApp) {
    show_all(app);
    let (alva, maria) = (app.alva(), app.maria());
    report(&alva, "30", 1);
    let [id] = &waiting(&maria)[..] else { panic!("one waits") };
    for decision in ["return", "approve"] {
        maria.post(&format!("/maraton/distances/{id}/{decision}"), &[]);
    }
    let page = alva.page("/maraton");
    page.must_show("Tillbaka, titta på den igen");
    assert!(standing(&page, "Ekskolan").contains(">0,0<"));
}

fn all_that_are_ticked_are_approved_at_once(app: &mut TestApp) {
    show_all(app);
    let (alva, bo, cleo, maria) = (app.alva(), app.signed_in("bo"), app.signed_in("cleo"), app.maria());
    report(&alva, "1,5", 1);
    report(&bo, "2", 1);
    report(&cleo, "9", 1);
    let ids = waiting(&maria);
    assert_eq!(ids.len(), 2, "cleo is in another group");
    let theirs = waiting(&app.signed_in("johan"));
    // One that is not hers among them: nothing happens.
    let fields: Vec<(&str, &str)> = ids.iter().chain(&theirs).map(|id| ("distance", id.as_str())).collect();
    assert_eq!(maria.post("/maraton/approvals", &fields).status, 404);
    assert_eq!(waiting(&maria).len(), 2);
    assert_eq!(maria.post("/maraton/approvals", &fields[..2]).status, 303);
    assert_eq!(waiting(&maria).len(), 0);
    let page = alva.page("/maraton");
    assert!(standing(&page, "Ekskolan").contains(">3,5<"), "{}", standing(&page, "Ekskolan"));
}

fn the_same_key_is_one_distance(app: &mut TestApp) {
    let (alva, bo, maria) = (app.alva(), app.signed_in("bo"), app.maria());
    report(&alva, "3,2", 1);
    report(&alva, "3,2", 1);
    report(&alva, "4", 1);
    report(&bo, "5", 1);
    assert_eq!(waiting(&maria).len(), 2, "a key is one student's own");
    alva.page("/maraton").must_not_show("4\u{a0}km");
}

fn what_cannot_be_read_is_asked_for_again(app: &mut TestApp) {
    let alva = app.alva();
    for kilometres in ["0", "-3", "tre", "3,2,1", "201", "9999999999", "3e2", "<script>"] {
        let fields = [("kilometres", kilometres), ("minutes", "25"), ("day", ""), ("key", &key(1))];
        let page = alva.post("/maraton/distances", &fields);
        assert_eq!(page.status, 422, "{kilometres}");
        page.must_show("Vi kan inte läsa sträckan än. Skriv kilometer, till exempel 3,2.");
        page.must_show("aria-invalid=\"true\"");
        assert_eq!(page.field("minutes"), Some("25"), "what was typed is kept");
        page.must_not_show("<script>");
    }
    for minutes in ["0", "1441", "-1", "en kvart", "2,5"] {
        let page = alva.post("/maraton/distances", &[("kilometres", "3"), ("minutes", minutes), ("key", &key(1))]);
        assert_eq!(page.status, 422, "{minutes}");
        page.must_show("Vi kan inte läsa minuterna än.");
    }
    let bad = alva.post("/maraton/distances", &[("kilometres", "3"), ("key", "none")]);
    assert_eq!((bad.status, bad.problem().as_str()), (400, "form-unreadable"));
    alva.page("/maraton").must_show("Här kommer det du lägger in.");
}

fn the_day_lies_in_the_event(app: &mut TestApp) {
    let alva = app.alva();
    let report_on = |day: &str, number| {
        alva.post("/maraton/distances", &[("kilometres", "3"), ("day", day), ("key", &key(number))])
    };
    for day in ["2026-11-25", "2026-11-16", "igår", "2026-13-01"] {
        let page = report_on(day, 1);
        assert_eq!(page.status, 422, "{day}");
        page.must_show("Dagen går inte att använda.");
    }
    for (day, number) in [("2026-11-24", 1), ("2026-11-17", 2)] {
        assert_eq!(report_on(day, number).status, 303, "{day}");
    }
    app.clock.pass(DAY);
    let alva = app.alva();
    let fields = [("kilometres", "3"), ("day", "2026-11-25"), ("key", &key(3))];
    assert_eq!(alva.post("/maraton/distances", &fields).status, 303, "tomorrow has come");
}

fn items_finished_during_the_event_count(app: &mut TestApp) {
    let alva = app.alva();
    assert_eq!(alva.post("/maraton/course", &[("course", "2")]).location(), "/maraton#own");
    alva.page("/maraton").must_show("<span class=\"big\">0</span> av 200 uppgifter");
    let (address, _) = alva.follow("/calculations", &[]);
    let goal = app.item("alva", &address).worked.last().unwrap().clone();
    alva.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(1))]);
    alva.page("/maraton").must_show("<span class=\"big\">1</span> av 200 uppgifter");
}

fn without_an_event_there_is_nothing_to_report(app: &mut TestApp) {
    app.clock.pass(-30 * DAY);
    let alva = app.alva();
    alva.page("/maraton").must_show("Inget maraton är öppet just nu.");
    let answer = alva.post("/maraton/distances", &[("kilometres", "3"), ("key", &key(1))]);
    assert_eq!((answer.status, answer.problem().as_str()), (409, "no-event"));
}

fn only_students_report(app: &mut TestApp) {
    let (maria, id) = (app.maria(), world::person("maria"));
    let answer = maria.post("/maraton/distances", &[("kilometres", "3"), ("key", &id.to_string())]);
    assert_eq!(answer.status, 404);
    maria.page("/maraton").must_not_show("name=\"kilometres\"");
}

fn what_waits_when_it_closes_can_still_be_approved(app: &mut TestApp) {
    show_all(app);
    report(&app.alva(), "3,2", 1);
    app.clock.pass(30 * DAY);
    let (alva, maria) = (app.alva(), app.maria());
    let page = alva.page("/maraton");
    page.must_show("Det är slut för den här gången.");
    page.must_not_show("action=\"/maraton/distances\"");
    let late = [("kilometres", "5"), ("minutes", ""), ("day", ""), ("key", &key(2)[..])];
    assert_eq!(alva.post("/maraton/distances", &late).problem(), "no-event");
    let [id] = &waiting(&maria)[..] else { panic!("one waits") };
    maria.post(&format!("/maraton/distances/{id}/approve"), &[]);
    assert!(standing(&maria.page("/maraton"), "Ekskolan").contains(">3,2<"));
}
