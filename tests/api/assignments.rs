//! A teacher gives work, looks at it as a student does, follows it and takes it back; the student does it.

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    world::{self, DAY, HOUR},
};

on_both!(
    the_student_gets_what_the_teacher_gives,
    an_assignment_from_tomorrow_appears_tomorrow,
    everyone_gets_the_same_numbers,
    the_teacher_follows_how_far_everyone_has_come,
    previewing_opens_nothing,
    what_was_taken_back_disappears_and_the_lines_stay,
    what_cannot_be_given_is_told_and_kept,
    the_last_day_lasts_to_its_end,
    a_button_that_is_pressed_twice_gives_it_once,
    an_exercise_that_left_the_bank_is_passed_over,
);

fn assign_path() -> String {
    format!("/groups/{}/assign", world::group("7A"))
}

const WORK: [(&str, &str); 5] = [
    ("key", "00000000000000000000000000000001"),
    ("kind", "homework"),
    ("title", "Vecka 48"),
    ("exercise", "two-step-plain"),
    ("exercise", "negative-add"),
];

/// Gives this work through the form: the assignment's address.
fn give(teacher: &Client, fields: &[(&str, &str)]) -> String {
    teacher.page(&assign_path());
    let (address, page) = teacher.follow(&assign_path(), fields);
    page.must_show("0 av 2 klara");
    address
}

/// The address at which the student opens it.
fn opened_at(assignment: &str) -> String {
    assignment.replace("/assignments/", "/assigned/")
}

/// Does the next item of an assignment.
fn solve(app: &TestApp, who: &'static str, student: &Client, assignment: &str) {
    let (address, _) = student.follow(&opened_at(assignment), &[]);
    let goal = app.item(who, &address).worked.last().unwrap().clone();
    let (_, page) = student.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(1))]);
    assert_eq!(page.verdicts(), ["goal"]);
}

fn the_student_gets_what_the_teacher_gives(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    alva.page("/today").must_show("Inga läxor just nu.");
    let assignment = give(&maria, &WORK);
    let today = alva.page("/today");
    today.must_show("Vecka 48");
    today.must_show("Läxa");
    today.must_show("Från Maria.");
    today.must_show("0 av 2 gjorda.");
    app.signed_in("cleo").page("/today").must_not_show("Vecka 48");
    let (first, desk) = alva.follow(&opened_at(&assignment), &[]);
    desk.must_show("Uppgift 1 av 2, Vecka 48");
    desk.must_show("Din lärare har delat ut den.");
    assert_eq!(alva.follow(&opened_at(&assignment), &[]).0, first, "it is gone on with");
    solve(app, "alva", &alva, &assignment);
    let (_, desk) = alva.follow(&opened_at(&assignment), &[]);
    desk.must_show("Uppgift 2 av 2, Vecka 48");
    solve(app, "alva", &alva, &assignment);
    assert_eq!(alva.post(&opened_at(&assignment), &[]).location(), "/today");
    alva.page("/today").must_show("Alla är gjorda");
}

fn an_assignment_from_tomorrow_appears_tomorrow(app: &mut TestApp) {
    let maria = app.maria();
    let assignment = give(&maria, &[&WORK[..], &[("from", "2026-11-25")]].concat());
    maria.page(&assignment).must_show("Börjar senare");
    let alva = app.alva();
    alva.page("/today").must_not_show("Vecka 48");
    assert_eq!(alva.post(&opened_at(&assignment), &[]).status, 404);
    app.clock.pass(14 * HOUR - 1);
    assert_eq!(app.alva().post(&opened_at(&assignment), &[]).status, 404);
    app.clock.pass(1);
    let alva = app.alva();
    alva.page("/today").must_show("Vecka 48");
    assert_eq!(alva.post(&opened_at(&assignment), &[]).status, 303);
    app.maria().page(&assignment).must_show("Pågår");
}

fn everyone_gets_the_same_numbers(app: &mut TestApp) {
    let assignment = give(&app.maria(), &WORK);
    let task = |who: &str| {
        let (_, page) = app.signed_in(who).follow(&opened_at(&assignment), &[]);
        page.between("class=\"task-math\">", "</p>").unwrap().to_owned()
    };
    assert_eq!(task("alva"), task("bo"));
}

fn the_teacher_follows_how_far_everyone_has_come(app: &mut TestApp) {
    let (alva, bo, maria) = (app.alva(), app.signed_in("bo"), app.maria());
    let assignment = give(&maria, &WORK);
    solve(app, "alva", &alva, &assignment);
    solve(app, "alva", &alva, &assignment);
    bo.follow(&opened_at(&assignment), &[]);
    let page = maria.page(&assignment);
    page.must_show("1 av 2 klara");
    let row =
        |name: &str| page.every("<tr><th scope=\"row\">", "</tr>").into_iter().find(|row| row.contains(name)).unwrap();
    assert_eq!(row("Alva").matches("Klar</span>").count(), 2, "{}", row("Alva"));
    assert!(row("Bo").contains("Börjat") && row("Bo").contains("Inte börjat"), "{}", row("Bo"));
    maria.page("/assignments").must_show("1 av 2 klara");
    maria.page(&format!("/groups/{}", world::group("7A"))).must_show("Vecka 48");
    // A colleague in another group has none of it.
    app.signed_in("johan").page("/assignments").must_not_show("Vecka 48");
}

fn previewing_opens_nothing(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    let assignment = give(&maria, &WORK);
    let first = maria.page(&format!("{assignment}/preview"));
    first.must_show("Så här möter eleverna uppgiften.");
    first.must_show("<math");
    first.must_not_show("name=\"line\"");
    let second = maria.page(&format!("{assignment}/preview?item=2"));
    assert_ne!(first.between("class=\"task-math\">", "</p>"), second.between("class=\"task-math\">", "</p>"));
    for item in ["0", "3", "99999999999"] {
        assert_eq!(maria.get(&format!("{assignment}/preview?item={item}")).status, 404, "{item}");
    }
    maria.page(&assignment).must_show("0 av 2 klara");
    maria.page(&assignment).must_not_show("Börjat<");
    assert_eq!(alva.get(&format!("{assignment}/preview")).status, 404, "the way to the answer is for teachers");
    assert_eq!(alva.get(&assignment).status, 404);
}

fn what_was_taken_back_disappears_and_the_lines_stay(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    let assignment = give(&maria, &WORK);
    solve(app, "alva", &alva, &assignment);
    let (open, _) = alva.follow(&opened_at(&assignment), &[]);
    for _ in 0..2 {
        assert_eq!(maria.post(&format!("{assignment}/take-back"), &[]).location(), assignment);
    }
    let page = maria.page(&assignment);
    page.must_show("Arbetet är tillbakataget.");
    page.must_not_show("/take-back\"");
    let today = alva.page("/today");
    today.must_show("Inga läxor just nu.");
    today.must_not_show("action=\"/assigned/");
    assert_eq!(alva.post(&opened_at(&assignment), &[]).status, 404);
    assert_eq!(alva.page("/done").every("href=\"/calculations/", "\"").len(), 2);
    // What was begun can still be finished: nothing that somebody is at is pulled away.
    let goal = app.item("alva", &open).worked.last().unwrap().clone();
    let (_, page) = alva.follow(&format!("{open}/lines"), &[("line", &goal), ("key", &key(1))]);
    assert_eq!(page.verdicts(), ["goal"]);
}

fn what_cannot_be_given_is_told_and_kept(app: &mut TestApp) {
    let maria = app.maria();
    let try_with = |fields: &[(&str, &str)], problem: &str| {
        let page = maria.post(&assign_path(), &[&WORK[..1], fields].concat());
        assert_eq!(page.status, 422, "{problem}");
        page.must_show(problem);
        page
    };
    let long = "å".repeat(81);
    try_with(&[("kind", "test"), ("title", "Kvar")], "Ingen uppgift är vald.").must_show("value=\"Kvar\"");
    try_with(&[("kind", "test"), ("title", " "), ("exercise", "two-step-plain")], "Rubriken går inte att använda.");
    try_with(&[("kind", "test"), ("title", &long), ("exercise", "two-step-plain")], "Rubriken går inte att använda.");
    for (from, due) in [("", "2026-11-23"), ("2026-12-02", "2026-12-01"), ("", "nästa vecka"), ("2026-02-30", "")] {
        let fields = [&WORK[..], &[("from", from), ("due", due)]].concat();
        try_with(&fields, "Sista dagen går inte att använda.");
    }
    let many: Vec<(&str, &str)> =
        [("kind", "test"), ("title", "Många")].into_iter().chain([("exercise", "two-step-plain"); 41]).collect();
    try_with(&many, "Det är för många uppgifter på en gång.");
    // Opening a skill gives nothing and keeps what is typed and chosen.
    let opened = maria.post(&assign_path(), &[&WORK[..], &[("show", "equations-add-sub")]].concat());
    assert_eq!(opened.status, 200);
    for kept in ["value=\"Vecka 48\"", "value=\"two-step-plain\" checked", "value=\"one-step-plus\">"] {
        opened.must_show(kept);
    }
    // One that was opened before stays open.
    let fields = [("opened", "equations-add-sub"), ("show", "equations-mult-div")];
    let both = maria.post(&assign_path(), &[&WORK[..], &fields].concat());
    for kept in
        ["value=\"one-step-plus\">", "value=\"one-step-share-out\">", "name=\"opened\" value=\"equations-add-sub\""]
    {
        both.must_show(kept);
    }
    let unknown = maria.post(&assign_path(), &[WORK[0], ("kind", "test"), ("title", "X"), ("exercise", "no-such")]);
    assert_eq!((unknown.status, unknown.problem().as_str()), (410, "exercise-gone"));
    let kind =
        maria.post(&assign_path(), &[WORK[0], ("kind", "punishment"), ("title", "X"), ("exercise", "two-step-plain")]);
    assert_eq!((kind.status, kind.problem().as_str()), (400, "form-unreadable"));
    maria.page("/assignments").must_show("Inget är utdelat än");
    // A title is text.
    let fields = [WORK[0], ("kind", "test"), ("title", "<b>Prov</b> & \"mer\""), ("exercise", "two-step-plain")];
    let address = give(&maria, &fields);
    for page in [maria.page(&address), maria.page("/assignments"), app.alva().page("/today")] {
        page.must_not_show("<b>Prov");
    }
}

fn the_last_day_lasts_to_its_end(app: &mut TestApp) {
    let maria = app.maria();
    let assignment = give(&maria, &[&WORK[..], &[("due", "2026-11-24")]].concat());
    app.alva().page("/today").must_show("Till idag.");
    app.clock.pass(14 * HOUR - 1);
    app.maria().page(&assignment).must_show("Pågår");
    app.clock.pass(1);
    app.maria().page(&assignment).must_show("Sista dagen har varit");
    // Late is better than never.
    app.clock.pass(DAY);
    assert_eq!(app.alva().post(&opened_at(&assignment), &[]).status, 303);
}

fn a_button_that_is_pressed_twice_gives_it_once(app: &mut TestApp) {
    let maria = app.maria();
    let assignment = give(&maria, &WORK);
    let given = || {
        (
            maria.page("/assignments").body.matches("Vecka 48").count(),
            app.alva().page("/today").every("action=\"/assigned/", "\"").len(),
        )
    };
    let once = given();
    assert_eq!(maria.post(&assign_path(), &WORK).location(), assignment);
    assert_eq!(given(), once);
    let unkeyed = &WORK[1..];
    assert_eq!(maria.post(&assign_path(), unkeyed).problem(), "form-unreadable");
}

fn an_exercise_that_left_the_bank_is_passed_over(app: &mut TestApp) {
    let alva = app.alva();
    let assignment = app.give("maria", "7A", &["no-longer-there", "two-step-plain"]);
    alva.follow(&format!("/assigned/{assignment}"), &[]).1.must_show("Uppgift 2 av 2");
}
