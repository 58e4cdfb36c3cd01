//! MatteMaraton: a class qualifies together, and nobody is told who has not finished.

use vault::{
    Fault,
    rows::{
        accounts as credentials,
        maraton::{self, Event},
        students,
    },
};

use crate::{
    app::{TestApp, on_both},
    world::{self, DAY},
};

on_both!(
    a_class_qualifies_when_nine_in_ten_have_finished,
    a_class_of_nine_is_told_of_to_nobody,
    who_is_in_a_class_counts_as_it_was_when_the_event_closed,
);

/// An event in which who picks a course with an item done has finished.
fn open_stroll(app: &TestApp) -> Event {
    let event = Event {
        controller_id: world::controller("aspby"),
        id: world::event("stroll"),
        name: "Promenaden".to_owned(),
        opens_at: world::morning(),
        closes_at: world::morning().plus(DAY),
        goal_items: 1,
        goal_metres: 0,
        rules: String::new(),
        announcement: String::new(),
        host: world::controller("aspby"),
        open_to: maraton::OpenTo::Own.name().to_owned(),
        invitation: String::new(),
        is_public: false,
    };
    let new = event.clone();
    app.write(move |tx| {
        let (controller_id, event_id, name) = (new.controller_id, new.id, "Alla".to_owned());
        let course = maraton::Course { controller_id, event_id, number: 1, name, from_year: 1, to_year: 9 };
        maraton::add_event(tx, &new, &[course])
    });
    event
}

/// The first so many of those who were added to a class.
const ADDED: [&str; 8] = ["ada", "bea", "cia", "dag-erik", "eva", "fia", "gun", "hans"];

fn add(app: &TestApp, group: &'static str, number: usize) {
    app.write(move |tx| {
        ADDED[..number].iter().try_for_each(|who| world::add_student(tx, "aspby", who, ("ekskolan", Some(group))))
    });
}

fn finish(app: &TestApp, who: &'static str, event: &Event) {
    let of = event.clone();
    app.write(move |tx| {
        let me = credentials::credential(tx, who)?.ok_or(Fault::NoKey)?.proven();
        let own = me.own();
        let seen = students::general(tx, &own).map_err(|_| Fault::NoKey)?;
        let (school, at) = (world::school("ekskolan"), world::morning());
        maraton::choose(tx, &own, &maraton::Choice { seen: &seen, event: &of, course: 1, school, items: 1, at })
            .map(drop)
    });
}

fn a_class_qualifies_when_nine_in_ten_have_finished(app: &mut TestApp) {
    let event = open_stroll(app);
    add(app, "7A", 8);
    let diploma = format!("/maraton/groups/{}/diploma", world::group("7A"));
    let qualified = |app: &TestApp, number: usize| {
        let page = app.signed_in("orvar").page("/organiser");
        page.must_show(&format!("Klasser som har kvalat in</dt><dd class=\"big\">{number}<"));
    };
    for who in ADDED {
        finish(app, who, &event);
    }
    let alva = app.alva().page("/maraton");
    alva.must_show("7A är på väg.");
    alva.must_not_show("8 av 10");
    app.maria().page("/maraton").must_show("7A: 8 av 10 är i mål.");
    app.alva().page(&diploma).must_show("Klassen har inte kvalat in än");
    app.alva().page(&diploma).must_not_show("Ekskolan");
    qualified(app, 0);
    finish(app, "bo", &event);
    for who in ["alva", "maria"] {
        let page = app.signed_in(who).page("/maraton");
        page.must_show("7A har kvalat in!");
        page.must_show(&diploma);
        let diploma = app.signed_in(who).page(&diploma);
        for words in ["7A, Ekskolan", "Promenaden"] {
            diploma.must_show(words);
        }
        let article = diploma.between("<article", "</article>").unwrap().to_owned();
        for name in ["Alva Lind", "Bo Ek", "Elev ada", "9", "10"] {
            assert!(!article.contains(&format!(">{name}")), "{name}: {article}");
        }
    }
    qualified(app, 1);
    for who in ["cleo", "johan", "orvar", "rut", "xenia"] {
        assert_eq!(app.signed_in(who).get(&diploma).status, 404, "{who}");
    }
}

fn a_class_of_nine_is_told_of_to_nobody(app: &mut TestApp) {
    let event = open_stroll(app);
    add(app, "7A", 7);
    for who in ADDED[..7].iter().copied().chain(["alva", "bo"]) {
        finish(app, who, &event);
    }
    for who in ["alva", "maria"] {
        let page = app.signed_in(who).page("/maraton");
        page.must_not_show("kvalat in!");
        page.must_not_show("Kvalar klassen in?");
    }
    app.signed_in("orvar").page("/organiser").must_show("Klasser som har kvalat in</dt><dd class=\"big\">0<");
}

fn who_is_in_a_class_counts_as_it_was_when_the_event_closed(app: &mut TestApp) {
    let event = open_stroll(app);
    add(app, "7A", 8);
    for who in ADDED.into_iter().chain(["bo"]) {
        finish(app, who, &event);
    }
    app.clock.pass(2 * DAY);
    let now = app.clock.now();
    app.write(move |tx| {
        for who in ["cleo", "dina", "selma"] {
            world::join(tx, "aspby", who, ("ekskolan", Some("7A")), now)?;
        }
        Ok(())
    });
    app.maria().page("/maraton").must_show("7A har kvalat in!");
}
