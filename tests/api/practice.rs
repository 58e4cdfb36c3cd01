//! A student at the desk: opens the recommended task, writes lines, is judged, leaves and comes back.

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world::HOUR,
};

on_both!(
    the_recommended_task_comes_with_its_reason,
    a_plain_form_is_judged_line_by_line,
    our_script_gets_the_judged_line_alone,
    a_finished_calculation_takes_no_line,
    the_same_key_is_stored_once,
    what_is_typed_is_never_markup,
    a_line_that_is_too_long_is_refused_kindly,
    there_is_an_end_to_lines,
    who_leaves_finds_everything_again,
    another_task_leaves_the_first_as_it_was,
    an_assigned_task_that_was_left_can_be_taken_up_again,
    what_would_be_read_is_shown_while_typing,
);

/// Opens the recommended task: its address.
fn open(student: &Client) -> String {
    student.follow("/calculations", &[]).0
}

/// Opens an equation that maria gave to 7A: its address.
fn open_equation(app: &TestApp, student: &Client) -> String {
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    student.follow(&format!("/assigned/{assignment}"), &[]).0
}

fn write(student: &Client, calculation: &str, line: &str, number: u32) -> Answer {
    let (to, page) = student.follow(&format!("{calculation}/lines"), &[("line", line), ("key", &key(number))]);
    assert!(to.starts_with(calculation), "{to}");
    page
}

fn the_recommended_task_comes_with_its_reason(app: &mut TestApp) {
    let alva = app.alva();
    let today = alva.page("/today");
    today.must_show("Här börjar vi, så att vi lär känna vad du kan.");
    today.must_show("Vi tror att du klarar ungefär ");
    let (address, desk) = alva.follow("/calculations", &[]);
    desk.must_show("Varför den här uppgiften?");
    desk.must_show("Här börjar vi, så att vi lär känna vad du kan.");
    let item = app.item("alva", &address);
    desk.must_show(&item.ask.sv);
    desk.must_show("id=\"next\"");
    assert_eq!(desk.verdicts(), Vec::<&str>::new());
}

fn a_plain_form_is_judged_line_by_line(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    let item = app.item("alva", &address);
    let [first, .., last] = &item.worked[..] else { panic!("two steps") };
    write(&alva, &address, first, 1);
    write(&alva, &address, &item.wrong[0].line, 2);
    write(&alva, &address, &item.start_text, 3);
    let page = write(&alva, &address, "2(x + = 3", 4);
    assert_eq!(page.verdicts(), ["right", "wrong", "unfinished", "unreadable"]);
    page.must_show("<strong>Nästan.</strong>");
    page.must_show("Rätt så långt.");
    page.must_show("Vi kan inte läsa raden än.");
    page.must_show("<mark>");
    page.must_show("Rad 5, skriv nästa steg");
    page.must_not_show("Uppgiften är klar");
    let page = write(&alva, &address, last, 5);
    assert_eq!(page.verdicts().last(), Some(&"goal"));
    page.must_show("Uppgiften är klar");
    page.must_not_show("name=\"line\"");
}

fn our_script_gets_the_judged_line_alone(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    let item = app.item("alva", &address);
    let send = |line: &str, number| {
        let fields = [("line", line), ("key", &key(number))];
        let answer = alva.post_fragment(&format!("{address}/lines"), &fields);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer
    };
    let first = send(&item.worked[0], 1);
    assert!(first.body.trim_start().starts_with("<li class=\"line"), "{}", first.body);
    first.must_not_show("<html");
    assert_eq!((first.verdicts(), first.header("x-finished")), (vec!["right"], ""));
    first.must_show("Sparad");
    assert_eq!(send(&item.wrong[0].line, 2).verdicts(), ["wrong"]);
    let last = send(item.worked.last().unwrap(), 3);
    assert_eq!((last.verdicts(), last.header("x-finished")), (vec!["goal"], "true"));
    let desk = alva.ask("GET", &address, &[("x-fragment", "desk")], "");
    desk.must_not_show("<html");
    assert_eq!(desk.verdicts(), ["right", "wrong", "goal"]);
}

fn a_finished_calculation_takes_no_line(app: &mut TestApp) {
    let alva = app.alva();
    let address = open(&alva);
    let goal = app.item("alva", &address).worked.last().unwrap().clone();
    write(&alva, &address, &goal, 1);
    let page = write(&alva, &address, "1 = 1", 2);
    assert_eq!(page.verdicts(), ["goal"]);
    let fragment = alva.post_fragment(&format!("{address}/lines"), &[("line", "1 = 1"), ("key", &key(3))]);
    assert_eq!((fragment.status, fragment.problem().as_str()), (409, "closed"));
    // The line that finished it is still known by its key, for a browser that never heard the answer.
    let again = alva.post_fragment(&format!("{address}/lines"), &[("line", &goal), ("key", &key(1))]);
    assert_eq!((again.status, again.verdicts()), (200, vec!["goal"]));
    assert_eq!(alva.post(&format!("{address}/hints"), &[("strength", "1")]).problem(), "closed");
}

fn the_same_key_is_stored_once(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    let item = app.item("alva", &address);
    let first = write(&alva, &address, &item.worked[0], 1);
    let again = write(&alva, &address, &item.worked[0], 1);
    assert_eq!(again.verdicts(), first.verdicts());
    let other_text = write(&alva, &address, &item.wrong[0].line, 1);
    assert_eq!(other_text.verdicts(), ["right"], "the first one counts");
    // The server's own key for browsers without script is good for one line as well.
    let made = other_text.field("key").unwrap().to_owned();
    let fields = [("line", item.wrong[0].line.as_str()), ("key", made.as_str())];
    alva.follow(&format!("{address}/lines"), &fields);
    let (_, page) = alva.follow(&format!("{address}/lines"), &fields);
    assert_eq!(page.verdicts(), ["right", "wrong"]);
    let bad = alva.post(&format!("{address}/lines"), &[("line", "1"), ("key", "none")]);
    assert_eq!((bad.status, bad.problem().as_str()), (400, "form-unreadable"));
}

fn what_is_typed_is_never_markup(app: &mut TestApp) {
    let alva = app.alva();
    let address = open(&alva);
    for (number, line) in (1..).zip(["<script>alert(1)</script>", "\"><img src=x>", "x < 3 & y > 2", "&lt;b&gt;"]) {
        let page = write(&alva, &address, line, number);
        page.must_not_show("<script>alert");
        page.must_not_show("<img");
        page.must_not_show("<b>&");
    }
    for page in ["/today", "/done"] {
        alva.page(page).must_not_show("<img");
    }
}

fn a_line_that_is_too_long_is_refused_kindly(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    let item = app.item("alva", &address);
    write(&alva, &address, &item.worked[0], 1);
    let long = "1+".repeat(251);
    let refusal = alva.post(&format!("{address}/lines"), &[("line", &long), ("key", &key(2))]);
    assert_eq!((refusal.status, refusal.problem().as_str()), (422, "line-too-long"));
    refusal.must_show("Skriv högst 500 tecken på en rad och fortsätt på nästa.");
    let refusal = alva.post_fragment(&format!("{address}/lines"), &[("line", &long), ("key", &key(2))]);
    assert_eq!((refusal.status, refusal.problem().as_str()), (422, "line-too-long"));
    let huge = "1".repeat(40_000);
    let refusal = alva.post(&format!("{address}/lines"), &[("line", &huge), ("key", &key(2))]);
    assert_eq!((refusal.status, refusal.problem().as_str()), (413, "too-big"));
    assert_eq!(alva.page(&address).verdicts(), ["right"]);
    // The same key is still good for a shorter line, and the longest that is taken is read.
    assert_eq!(write(&alva, &address, &item.worked[0], 2).verdicts().len(), 2);
    let longest = "å".repeat(500);
    assert_eq!(write(&alva, &address, &longest, 3).verdicts().last(), Some(&"unreadable"));
}

fn there_is_an_end_to_lines(app: &mut TestApp) {
    let alva = app.alva();
    let address = open(&alva);
    let path = format!("{address}/lines");
    for number in 1..=200 {
        assert_eq!(alva.post_fragment(&path, &[("line", "§"), ("key", &key(number))]).status, 200, "{number}");
    }
    let refusal = alva.post_fragment(&path, &[("line", "§"), ("key", &key(201))]);
    assert_eq!((refusal.status, refusal.problem().as_str()), (422, "too-many-lines"));
    assert_eq!(alva.page(&address).verdicts().len(), 200);
}

fn who_leaves_finds_everything_again(app: &mut TestApp) {
    let alva = app.alva();
    let address = app.open_lines("alva", &alva);
    let item = app.item("alva", &address);
    write(&alva, &address, &item.start_text, 1);
    alva.post("/sign-out", &[]);
    app.clock.pass(30 * HOUR);
    let alva = app.alva();
    let today = alva.page("/today");
    today.must_show("Du är mitt i den här. Dina rader är kvar.");
    today.must_show(&format!("href=\"{address}\""));
    assert_eq!(open(&alva), address, "the half-finished one is gone on with");
    assert_eq!(alva.page(&address).verdicts(), ["unfinished"]);
    let goal = item.worked.last().unwrap();
    assert_eq!(write(&alva, &address, goal, 2).verdicts(), ["unfinished", "goal"]);
    assert_ne!(open(&alva), address);
}

fn another_task_leaves_the_first_as_it_was(app: &mut TestApp) {
    let alva = app.alva();
    let first = open(&alva);
    write(&alva, &first, "§", 1);
    let (second, _) = alva.follow(&format!("{first}/another"), &[]);
    assert_ne!(first, second);
    let old = alva.page(&first);
    assert_eq!(old.verdicts(), ["unreadable"]);
    old.must_show("Du valde en annan uppgift. Dina rader är kvar.");
    old.must_not_show("name=\"line\"");
    let late = alva.post_fragment(&format!("{first}/lines"), &[("line", "1"), ("key", &key(2))]);
    assert_eq!(late.problem(), "closed");
    assert_eq!(open(&alva), second);
    // Pressed again on the page of the one that was left: on with the one that is open.
    assert_eq!(alva.follow(&format!("{first}/another"), &[]).0, second);
}

fn an_assigned_task_that_was_left_can_be_taken_up_again(app: &mut TestApp) {
    let alva = app.alva();
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    let (first, _) = alva.follow(&format!("/assigned/{assignment}"), &[]);
    let goal = app.item("alva", &first).worked.last().unwrap().clone();
    alva.follow(&format!("{first}/another"), &[]);
    let (again, page) = alva.follow(&format!("/assigned/{assignment}"), &[]);
    page.must_show("name=\"line\"");
    assert_eq!(write(&alva, &again, &goal, 1).verdicts(), ["goal"]);
    alva.page("/today").must_show("1 av 1 gjorda.");
}

fn what_would_be_read_is_shown_while_typing(app: &mut TestApp) {
    let alva = app.alva();
    alva.post("/read", &[("text", "2x + 3 = 7")]).must_show("<math");
    assert_eq!(alva.post("/read", &[("text", "2x + (")]).body, "");
    assert_eq!(alva.post("/read", &[("text", "<script>")]).body, "");
    assert_eq!(app.nobody().post("/read", &[("text", "1")]).location(), "/sign-in");
}
