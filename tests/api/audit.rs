//! Who looked at whose data: noted before it is shown, told to the one whom it is about.

use std::collections::BTreeMap;

use vault::{
    audit::{self, Action, Class, Outcome},
    rows::people,
};

use crate::{
    addresses::{
        May::{Guardian, Support, Teacher},
        ROUTES,
    },
    app::{TestApp, on_both},
    cards::{code_of, enter},
    client::{Answer, key},
    things::{THINGS, come_in, filled, mark, practise, report},
    world,
};

on_both!(
    who_looked_is_told_to_whom_it_is_about,
    a_page_that_fetches_itself_anew_is_one_look,
    a_guardian_sees_who_looked_at_the_child,
    support_is_told_by_its_role_alone,
    a_protected_identity_has_no_name_here,
    whoever_is_taken_out_stands_nowhere,
    a_group_s_looks_are_told_to_who_was_in_it_then,
    every_address_that_shows_somebody_leaves_an_entry,
    nothing_is_noted_of_what_is_not_found,
    every_act_that_matters_is_noted,
    a_long_list_has_pages,
);

const NOBODY: &str = "Ingen har tittat än";

fn group() -> String {
    format!("/groups/{}", world::group("7A"))
}

fn student(who: &str) -> String {
    format!("{}/students/{}", group(), world::person(who))
}

/// Entries of all chains together, by kind.
fn kinds(app: &TestApp) -> BTreeMap<(Action, Class, Outcome), i64> {
    let chains = app.read(audit::verify);
    let mut kinds = BTreeMap::new();
    for chain in chains {
        assert_eq!(chain.broken, None);
        for (kind, count) in chain.kinds {
            *kinds.entry(kind).or_default() += count;
        }
    }
    kinds
}

fn looks(app: &TestApp) -> i64 {
    kinds(app).into_iter().filter(|((action, ..), _)| *action == Action::Look).map(|(_, count)| count).sum()
}

fn who_looked_is_told_to_whom_it_is_about(app: &mut TestApp) {
    let (alva, bo, maria) = (app.alva(), app.signed_in("bo"), app.maria());
    // Who confirmed her guardians, long ago, and nobody else.
    let before = alva.page("/seen");
    before.must_show("Bekräftade vem som är vårdnadshavare");
    before.must_not_show("Såg");
    maria.page(&student("alva"));
    let page = alva.page("/seen");
    page.must_show("Maria Sund");
    page.must_show("Lärare");
    page.must_show("Såg rader, svar och karta");
    page.must_show("10:00");
    page.must_show("idag");
    bo.page("/seen").must_show("Nobody has looked yet");
    app.clock.pass(60_000);
    maria.page(&group());
    alva.page("/seen").must_show("Såg rader, svar och kartor i 7A");
    let of_bo = bo.page("/seen");
    of_bo.must_show("Saw lines, answers and maps in 7A");
    of_bo.must_show("10:01");
    of_bo.must_not_show("Alva");
    app.signed_in("cleo").page("/seen").must_not_show("Maria");
    maria.page("/seen").must_show(NOBODY);
    assert_eq!(app.nobody().get("/seen").location(), "/sign-in");
}

fn a_page_that_fetches_itself_anew_is_one_look(app: &mut TestApp) {
    let maria = app.maria();
    let address = format!("{}/now", group());
    for _ in 0..10 {
        assert_eq!(maria.get(&address).status, 200);
        app.clock.pass(4_000);
    }
    assert_eq!(looks(app), 1);
    app.start_again();
    maria_again(app, &address);
    assert_eq!(looks(app), 1, "another process knows it from the database");
    app.clock.pass(world::HOUR);
    maria_again(app, &address);
    assert_eq!(looks(app), 2);
}

fn maria_again(app: &TestApp, address: &str) {
    assert_eq!(app.maria().get(address).status, 200);
}

fn a_guardian_sees_who_looked_at_the_child(app: &mut TestApp) {
    let (alva, gunnar) = (app.alva(), app.signed_in("gunnar"));
    app.maria().page(&student("alva"));
    app.clock.pass(60_000);
    let child = format!("/children/{}", world::person("alva"));
    gunnar.page(&child).must_show(&format!("{child}/seen"));
    let page = gunnar.page(&format!("{child}/seen"));
    page.must_show("Vem har tittat på uppgifter om Alva Lind?");
    page.must_show("Maria Sund");
    page.must_show("<b>Du</b>");
    // Who confirmed the link, long ago.
    page.must_show("Rut Rektor");
    page.must_not_show("Gunnar Vårdnad");
    let of_alva = alva.page("/seen");
    of_alva.must_show("Gunnar Vårdnad");
    of_alva.must_show("Vårdnadshavare");
    of_alva.must_show("Såg vad som har övats, och kartan. Inga rader");
    of_alva.must_show("Såg listan över vem som har tittat");
    for who in ["maria", "bo", "gerd", "olle", "sofia"] {
        assert_eq!(app.signed_in(who).get(&format!("{child}/seen")).status, 404, "{who}");
    }
    let other = format!("/children/{}/seen", world::person("cleo"));
    assert_eq!(gunnar.get(&other).status, 404);
}

fn support_is_told_by_its_role_alone(app: &mut TestApp) {
    let alva = app.alva();
    alva.follow("/calculations", &[]);
    let id = report(app, "alva");
    app.signed_in("sofia").page(&format!("/support/reports/{id}"));
    let page = alva.page("/seen");
    page.must_show("<b>Support</b>");
    page.must_show("Läste felrapporten och det som följde med");
    page.must_not_show("Sofia");
}

fn a_protected_identity_has_no_name_here(app: &mut TestApp) {
    app.maria().page(&student("alva"));
    app.write(|tx| people::protect(tx, world::controller("aspby"), world::person("maria"), true));
    let page = app.alva().page("/seen");
    page.must_show("<b>Lärare</b>");
    page.must_not_show("Maria");
}

fn whoever_is_taken_out_stands_nowhere(app: &mut TestApp) {
    let maria = app.maria();
    maria.page(&student("alva"));
    maria.page(&student("bo"));
    let alva = app.alva();
    alva.page("/seen").must_show("Maria Sund");
    let home = world::controller("aspby");
    app.write(move |tx| {
        audit::redact_subject(tx, home, world::person("alva"))?;
        audit::redact_actor(tx, home, world::person("alva"))
    });
    alva.page("/seen").must_show(NOBODY);
    app.signed_in("bo").page("/seen").must_show("Maria Sund");
    app.write(move |tx| audit::redact_actor(tx, home, world::person("maria")));
    let page = app.signed_in("bo").page("/seen");
    page.must_show("Somebody who is no longer here");
    page.must_not_show("Maria");
    kinds(app);
}

fn a_group_s_looks_are_told_to_who_was_in_it_then(app: &mut TestApp) {
    app.maria().page(&group());
    let johan = app.signed_in("johan");
    let other = format!("/groups/{}", world::group("7B"));
    johan.page(&other);
    // Folke left 7A ten days ago, and is in 8C.
    app.signed_in("folke").page("/seen").must_show(NOBODY);
    // Selma's identity is protected: her teacher sees her, the names at the door are without hers.
    come_in(app, &johan, "7B", "cleo");
    app.signed_in("cleo").page("/seen").must_show("Skrev klasskoden till 7B och såg namnen");
    let selma = app.signed_in("selma").page("/seen");
    selma.must_show("Såg rader, svar och kartor i 7B");
    selma.must_not_show("klasskoden till 7B");
}

/// Those that show nobody: what could be given, and a task as a student gets it.
const SHOW_NOBODY: [&str; 6] = [
    "/groups/{group}/assign",
    "/groups/{group}/steering",
    "/api/v1/groups/{group}/steering",
    "/assignments/{assignment}/preview",
    "/api/v1/groups/{group}/exercises",
    "/api/v1/assignments/{assignment}/preview",
];

/// Walks over the table of addresses, so that a new one is not forgotten.
fn every_address_that_shows_somebody_leaves_an_entry(app: &mut TestApp) {
    let mut ids = practise(app, THINGS[0]);
    ids.insert("report", report(app, "alva"));
    let rooms = [
        ("GET", "/maraton", Teacher),
        ("GET", "/children", Guardian),
        ("GET", "/support", Support),
        ("GET", "/api/v1/maraton/waiting", Teacher),
        ("GET", "/api/v1/children", Guardian),
        ("GET", "/api/v1/support/reports", Support),
    ];
    let mut walked = 0;
    for (method, path, may) in ROUTES.into_iter().chain(rooms) {
        let who = match may {
            Teacher => "maria",
            Guardian => "gunnar",
            Support => "sofia",
            _ => continue,
        };
        if method != "GET" || path.contains("class-code") {
            continue;
        }
        app.clock.pass(world::HOUR);
        let client = app.signed_in(who);
        let before = looks(app);
        assert_eq!(client.get(&filled(path, &ids)).status, 200, "{path}");
        let new = looks(app) - before;
        if SHOW_NOBODY.contains(&path) {
            assert_eq!(new, 0, "{path} shows nobody");
        } else {
            assert!(new > 0, "{path} shows somebody and leaves no entry");
        }
        walked += 1;
    }
    assert!(walked >= 26, "{walked}");
    // The names of those who came in by the code, while somebody is in by it.
    for path in ["", "/now"] {
        app.clock.pass(world::HOUR);
        let maria = app.maria();
        come_in(app, &maria, "7A", "bo");
        let before = looks(app);
        app.clock.pass(world::HOUR);
        maria.page(&format!("{}/class-code{path}", group())).must_show("Bo E.");
        assert_eq!(looks(app) - before, 1, "{path}");
    }
}

fn nothing_is_noted_of_what_is_not_found(app: &mut TestApp) {
    let ids = practise(app, THINGS[0]);
    app.clock.pass(world::HOUR);
    for who in ["maria", "johan", "bo", "rut", "olle", "dag"] {
        let client = app.signed_in(who);
        let before = looks(app);
        // The teacher of the group may see the lines, but not from the student's desk or through another group.
        let other = format!("/groups/{}/calculations/{}", world::group("7B"), ids["calculation"]);
        for path in [format!("/calculations/{}", ids["calculation"]), other] {
            let answer: Answer = client.get(&path);
            assert_eq!(answer.status, 404, "{who} {path}");
            answer.must_not_show(&mark("alva"));
        }
        assert_eq!(looks(app), before, "{who}");
    }
}

fn every_act_that_matters_is_noted(app: &mut TestApp) {
    let before = kinds(app);
    let ids = practise(app, THINGS[0]);
    let maria = app.maria();
    let post = |path: &str, fields: &[(&str, &str)]| {
        let answer = maria.post(path, fields);
        assert!(answer.status < 400, "{path}: {} {}", answer.status, answer.body);
    };
    for who in ["alva", "nobody-of-that-name"] {
        app.nobody().post("/sign-in", &[("user_name", who), ("password", "fel")]);
    }
    post(&format!("/maraton/distances/{}/approve", ids["distance"]), &[]);
    post(&format!("/assignments/{}/take-back", ids["assignment"]), &[]);
    app.alva().post("/maraton/distances", &[("kilometres", "1,1"), ("key", &key(5))]);
    let (own, event) = (app.me("alva").own(), world::event("aspby"));
    let distances = app.read(move |tx| vault::rows::maraton::distances_of(tx, &own, event));
    let waiting = distances.iter().find(|distance| distance.approved_at.is_none()).unwrap();
    post(&format!("/maraton/distances/{}/return", waiting.id), &[]);
    let id = report(app, "alva");
    app.signed_in("sofia").post(&format!("/support/reports/{id}/close"), &[]);
    post(&format!("{}/class-code", group()), &[("minutes", "10")]);
    post(&format!("{}/class-code/students/{}/out", group(), world::person("alva")), &[]);
    post(&format!("{}/class-code/close", group()), &[]);
    post(&format!("{}/password", student("alva")), &[]);
    enter(&app.nobody(), &code_of(app, "alva"));
    post(&format!("{}/cards/end", group()), &[]);
    let after = kinds(app);
    let new = |action, class, outcome| {
        let kind = (action, class, outcome);
        after.get(&kind).copied().unwrap_or_default() - before.get(&kind).copied().unwrap_or_default()
    };
    for (action, class, outcome, at_least) in [
        (Action::SignIn, Class::Session, Outcome::Done, 5),
        (Action::SignIn, Class::ClassCode, Outcome::Done, 1),
        (Action::SignIn, Class::Session, Outcome::Refused, 2),
        (Action::Assign, Class::Assignment, Outcome::Done, 1),
        (Action::TakeBack, Class::Assignment, Outcome::Done, 1),
        (Action::Approve, Class::Distance, Outcome::Done, 1),
        (Action::GiveBack, Class::Distance, Outcome::Done, 1),
        (Action::SendReport, Class::Report, Outcome::Done, 1),
        (Action::CloseReport, Class::Report, Outcome::Done, 1),
        (Action::OpenCode, Class::ClassCode, Outcome::Done, 1),
        (Action::ThrowOut, Class::ClassCode, Outcome::Done, 1),
        (Action::CloseCode, Class::ClassCode, Outcome::Done, 1),
        (Action::GivePassword, Class::Password, Outcome::Done, 1),
        (Action::MakeCard, Class::LoginCard, Outcome::Done, 1),
        (Action::SignIn, Class::LoginCard, Outcome::Done, 1),
        (Action::EndCard, Class::LoginCard, Outcome::Done, 1),
    ] {
        assert!(new(action, class, outcome) >= at_least, "{action:?} {class:?} {outcome:?}");
    }
    assert_eq!(new(Action::SignIn, Class::Session, Outcome::Refused), 2, "each refused one, whoever's name it was");
    assert!(before.contains_key(&(Action::ConfirmGuardian, Class::GuardianLink, Outcome::Done)));
}

fn a_long_list_has_pages(app: &mut TestApp) {
    for _ in 0..(stegvis::privacy::PLACES / 4 + 1) {
        // An hour apart, so that each is an entry; four of them at the same moment.
        app.clock.pass(world::HOUR);
        let maria = app.maria();
        maria.page(&student("alva"));
        maria.page(&group());
        maria.page(&format!("{}/password", student("alva")));
        app.signed_in("gunnar").page("/children");
    }
    let alva = app.alva();
    let mut address = "/seen".to_owned();
    let mut entries = 0;
    for _ in 0..3 {
        let page = alva.page(&address);
        entries += page.every("<li><span class=\"num quiet-text\">", "</span>").len();
        match page.between("<a class=\"btn soft\" href=\"/seen?", "\"") {
            Some(next) => address = format!("/seen?{}", next.replace("&#38;", "&").replace("&amp;", "&")),
            None => break,
        }
    }
    // And the two who confirmed her guardians.
    assert_eq!(entries, (stegvis::privacy::PLACES / 4 + 1) * 4 + 2);
    assert_eq!(alva.get("/seen?at=x").status, 404);
}
