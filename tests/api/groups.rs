//! A teacher looks at a group: who needs help, every line, what is known, with names hidden on a projector.

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world::{self, DAY},
};

on_both!(
    one_group_leads_straight_in,
    the_group_shows_its_students_and_nobody_else,
    the_live_part_tells_who_works_and_who_is_stuck,
    the_teacher_sees_every_line,
    names_can_be_hidden_everywhere,
    what_the_group_can_grows,
    a_history_can_be_narrowed_to_a_skill,
    who_joins_later_sees_the_group_from_that_day,
);

const MINUTE: i64 = 60_000;

fn group() -> String {
    format!("/groups/{}", world::group("7A"))
}

/// Opens the recommended task and writes these lines: its address.
fn work(app: &TestApp, who: &'static str, student: &Client, lines: &[&str]) -> String {
    let address = app.open_lines(who, student);
    for (number, line) in (1..).zip(lines) {
        student.follow(&format!("{address}/lines"), &[("line", line), ("key", &key(number))]);
    }
    address
}

/// The tile of a student on the group's page.
fn tile(page: &Answer, name: &str) -> String {
    let tile = page.every("<li class=\"tile\"", "</li>").into_iter().find(|tile| tile.contains(name));
    tile.unwrap_or_else(|| panic!("{name} has no tile")).to_owned()
}

fn one_group_leads_straight_in(app: &mut TestApp) {
    let maria = app.maria();
    assert_eq!(maria.get("/").location(), "/groups");
    assert_eq!(maria.get("/groups").location(), group());
}

fn the_group_shows_its_students_and_nobody_else(app: &mut TestApp) {
    let page = app.maria().page(&group());
    for name in ["Alva L.", "Bo E."] {
        page.must_show(name);
    }
    // Folke moved ten days ago.
    for name in ["Folke", "Cleo", "Dina", "Xenia"] {
        page.must_not_show(name);
    }
    page.must_show("0 av 2 är här.");
}

fn the_live_part_tells_who_works_and_who_is_stuck(app: &mut TestApp) {
    let (alva, bo, maria) = (app.alva(), app.signed_in("bo"), app.maria());
    let address = work(app, "alva", &alva, &[]);
    work(app, "bo", &bo, &["§"]);
    let page = maria.page(&group());
    assert!(tile(&page, "Alva").contains("Räknar"), "{}", tile(&page, "Alva"));
    page.must_show("Ingen behöver dig just nu.");
    let wrong = app.item("alva", &address).wrong[0].line.clone();
    for number in 1..=3 {
        alva.follow(&format!("{address}/lines"), &[("line", &wrong), ("key", &key(number))]);
    }
    let now = maria.page(&format!("{}/now", group()));
    now.must_not_show("<html");
    now.must_show("En behöver dig.");
    now.must_show("Tre sidosteg");
    assert!(tile(&now, "Alva").contains("data-state=\"stuck\""));
    let since = format!("{}/now?since={}", group(), app.clock.now().0 - 1);
    maria.page(&since).must_show("Alva L. behöver dig.");
    app.clock.pass(7 * MINUTE);
    let page = maria.page(&group());
    assert!(tile(&page, "Bo").contains("Tyst"), "{}", tile(&page, "Bo"));
    app.clock.pass(14 * MINUTE);
    let page = maria.page(&group());
    assert!(tile(&page, "Bo").contains("Inte här") && tile(&page, "Alva").contains("Inte här"));
}

fn the_teacher_sees_every_line(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    let address = work(app, "alva", &alva, &["2 + (", "§ åäö"]);
    let goal = app.item("alva", &address).worked.last().unwrap().clone();
    app.clock.pass(3 * MINUTE);
    alva.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(3))]);
    let page = maria.page(&format!("{}/students/{}", group(), world::person("alva")));
    assert_eq!(page.verdicts(), ["unreadable", "unreadable", "goal"]);
    page.must_show("10:03");
    page.must_show("<mark>§</mark> åäö");
    let calculation = page.between(&format!("href=\"{}/calculations/", group()), "\"").unwrap().to_owned();
    assert_eq!(address, format!("/calculations/{calculation}"));
    let page = maria.page(&format!("{}/calculations/{calculation}", group()));
    assert_eq!(page.verdicts(), ["unreadable", "unreadable", "goal"]);
    page.must_show("Alva L.");
    page.must_not_show("name=\"line\"");
    // A teacher looks, but never writes for the student, and the student's own page is the student's.
    assert_eq!(maria.get(&address).status, 404);
    let written = maria.post_fragment(&format!("{address}/lines"), &[("line", "1"), ("key", &key(9))]);
    assert_eq!(written.status, 404);
}

fn names_can_be_hidden_everywhere(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    let (address, _) = alva.follow(&format!("/assigned/{assignment}"), &[]);
    let wrong = app.item("alva", &address).wrong[0].line.clone();
    for number in 1..=3 {
        alva.follow(&format!("{address}/lines"), &[("line", &wrong), ("key", &key(number))]);
    }
    let id = address.trim_start_matches("/calculations/");
    for path in [
        group(),
        format!("{}/now", group()),
        format!("{}/students/{}", group(), world::person("alva")),
        format!("{}/calculations/{id}", group()),
        format!("/assignments/{assignment}"),
    ] {
        let page = maria.page(&format!("{path}?names=hidden"));
        page.must_show("Elev 1");
        for name in ["Alva", "Lind", "Bo E"] {
            page.must_not_show(name);
        }
        // Whatever leads on keeps them hidden.
        let rest = format!("href=\"{}", group());
        for link in page
            .every(&rest, "\"")
            .into_iter()
            .filter(|link| link.contains("/students/") || link.contains("/calculations/"))
        {
            assert!(link.contains("names=hidden"), "{path}: {link}");
        }
        for link in page.every(&format!("href=\"/assignments/{assignment}"), "\"") {
            assert!(link.contains("names=hidden") || path.starts_with("/assignments"), "{path}: {link}");
        }
        maria.page(&path).must_show("Alva L.");
    }
}

fn what_the_group_can_grows(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    maria.page(&group()).must_show("Ingen i gruppen har räknat än.");
    for _ in 0..3 {
        let address = work(app, "alva", &alva, &[]);
        let goal = app.item("alva", &address).worked.last().unwrap().clone();
        alva.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(1))]);
    }
    let page = maria.page(&group());
    page.must_show("<table class=\"matrix\"");
    page.must_show("Hela gruppen");
}

fn a_history_can_be_narrowed_to_a_skill(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    for exercises in [["two-step-plain"], ["negative-add"]] {
        let assignment = app.give("maria", "7A", &exercises);
        let (address, _) = alva.follow(&format!("/assigned/{assignment}"), &[]);
        let goal = app.item("alva", &address).worked.last().unwrap().clone();
        alva.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(1))]);
    }
    let path = format!("{}/students/{}", group(), world::person("alva"));
    assert_eq!(maria.page(&path).verdicts().len(), 2);
    assert_eq!(maria.page(&format!("{path}?skill=negative-add-sub")).verdicts().len(), 1);
    assert_eq!(maria.page(&format!("{path}?skill=decimals-add-sub")).verdicts().len(), 0);
    assert_eq!(maria.page(&format!("{path}?before={}", app.clock.now().0)).verdicts().len(), 0);
}

fn who_joins_later_sees_the_group_from_that_day(app: &mut TestApp) {
    assert_eq!(app.signed_in("frida").get(&group()).status, 404);
    app.clock.pass(7 * DAY - 1);
    assert_eq!(app.signed_in("frida").get(&group()).status, 404);
    app.clock.pass(1);
    app.signed_in("frida").page(&group()).must_show("Alva L.");
}
