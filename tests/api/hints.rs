//! Hints: from the task, from the student's own newest right line, and what a teacher sees of them.

use crate::{
    app::{TestApp, on_both},
    client::{Answer, Client, key},
    world,
};

on_both!(
    at_the_task_they_are_those_of_the_exercise,
    a_right_line_brings_its_own,
    one_press_opens_up_to_its_strength_once,
    where_no_way_on_is_known_those_of_the_task_stay,
    our_script_gets_them_alone,
    a_teacher_sees_when_they_were_opened,
);

/// Opens an equation that maria gave to 7A: its address.
fn open_equation(app: &TestApp, student: &Client) -> String {
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    student.follow(&format!("/assigned/{assignment}"), &[]).0
}

fn write(student: &Client, calculation: &str, line: &str, number: u32) -> Answer {
    student.follow(&format!("{calculation}/lines"), &[("line", line), ("key", &key(number))]).1
}

fn take(student: &Client, calculation: &str, strength: &str) -> (String, Answer) {
    student.follow(&format!("{calculation}/hints"), &[("strength", strength)])
}

/// What stands in the opened hints, without markup.
fn told(page: &Answer) -> Vec<String> {
    page.every("<details class=\"hint\"", "</details>").iter().map(|hint| without_tags(hint)).collect()
}

fn without_tags(html: &str) -> String {
    let said = html.split_once("<div>").map_or(html, |(_, said)| said);
    said.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text)).collect()
}

fn at_the_task_they_are_those_of_the_exercise(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    let item = app.item("alva", &address);
    let page = alva.page(&address);
    page.must_show("De hör till uppgiften. Ta så många du vill.");
    assert_eq!((told(&page).len(), page.every("<form class=\"hint\"", "</form>").len()), (0, 3));
    let [look, rule] = &item.hints[..] else { panic!("two hints") };
    assert_eq!(told(&take(&alva, &address, "1").1), [look.sv.as_str()]);
    assert_eq!(told(&take(&alva, &address, "2").1), [look.sv.as_str(), rule.sv.as_str()]);
    let last = told(&take(&alva, &address, "3").1).pop().unwrap();
    let first_line = stepcheck::read(&item.worked[0]).unwrap();
    let mathml = stepcheck::mathml_in(&first_line, stepcheck::Notation::Swedish);
    assert_eq!(last, without_tags(&format!("<div>{mathml}")));
}

fn a_right_line_brings_its_own(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    let item = app.item("alva", &address);
    take(&alva, &address, "2");
    let page = write(&alva, &address, &item.worked[1], 1);
    page.must_show("De utgår från din senaste rätta rad. Ta så många du vill.");
    assert_eq!(told(&page), Vec::<String>::new(), "those of the task are not those of the line");
    let shown = told(&take(&alva, &address, "3").1);
    // `8x = 16` of an equation in two steps.
    let coefficient = item.worked[1].split_once('x').unwrap().0;
    assert!(shown[0].starts_with("Titta på ") && shown[0].contains(coefficient), "{shown:?}");
    assert_eq!(shown[1], format!("Dividera båda leden med {coefficient}."));
    let goal: String = item.worked[2].chars().filter(|sign| !sign.is_whitespace()).collect();
    assert_eq!(shown[2], goal);
    // A wrong line has none of its own: one goes on from the newest that holds.
    assert_eq!(told(&write(&alva, &address, "x = 1000", 2)), shown);
    let page = write(&alva, &address, &item.worked[2], 3);
    assert_eq!(page.verdicts(), ["right", "wrong", "goal"]);
    page.must_not_show("class=\"hints\"");
}

fn one_press_opens_up_to_its_strength_once(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    for _pressed_twice in 0..2 {
        let (to, page) = take(&alva, &address, "2");
        assert_eq!((to, told(&page).len()), (format!("{address}#hint-2"), 2));
    }
    assert_eq!(take(&alva, &address, "9").0, format!("{address}#hint-3"), "there are no more than three");
    assert_eq!(take(&alva, &address, "-5").0, format!("{address}#hint-3"), "none is closed again");
    let item = app.item("alva", &address);
    write(&alva, &address, &item.worked[0], 1);
    take(&alva, &address, "1");
    let opened = alva.page(&format!("/api/v1{address}")).json()["opened_hints"].clone();
    let opened: Vec<_> = opened.as_array().unwrap().iter().map(|one| (&one["from_line"], &one["strength"])).collect();
    let expected = [(0, 1), (0, 2), (0, 3), (1, 1)];
    assert!(
        opened
            .iter()
            .copied()
            .eq(expected.map(|(line, strength)| (line.into(), strength.into())).iter().map(|(a, b)| (a, b))),
        "{opened:?}"
    );
    alva.page("/done").must_show("1 rad, 4 ledtrådar");
}

fn where_no_way_on_is_known_those_of_the_task_stay(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    take(&alva, &address, "1");
    let item = app.item("alva", &address);
    // It holds, and leads nowhere that the hints know of.
    let page = write(&alva, &address, &format!("{} eller sin(x)² + cos(x)² = 2", item.worked[0]), 1);
    assert_eq!(page.verdicts(), ["right"], "{}", item.worked[0]);
    page.must_show("De hör till uppgiften. Ta så många du vill.");
    assert_eq!(told(&page), [item.hints[0].sv.as_str()]);
}

fn our_script_gets_them_alone(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    let item = app.item("alva", &address);
    let hints = alva.post_fragment(&format!("{address}/hints"), &[("strength", "1")]);
    assert!(hints.body.starts_with("<section class=\"hints\""), "{}", hints.body);
    assert_eq!(hints.every("<summary autofocus>", "</summary>").len(), 1, "the focus goes to what was opened");
    // A right line brings the hints that go on from it, a wrong one leaves them as they are.
    let send =
        |line: &str, number| alva.post_fragment(&format!("{address}/lines"), &[("line", line), ("key", &key(number))]);
    assert!(!send("x = 1000", 1).shows("class=\"hints\""));
    let right = send(&item.worked[0], 2);
    assert!(right.shows("class=\"hints\"") && told(&right).is_empty(), "{}", right.body);
    // Told once more after a lost answer, they are those that there are now.
    take(&alva, &address, "1");
    assert_eq!(told(&send(&item.worked[0], 2)).len(), 1);
    assert!(!send(&item.worked[2], 3).shows("class=\"hints\""));
}

fn a_teacher_sees_when_they_were_opened(app: &mut TestApp) {
    let alva = app.alva();
    let address = open_equation(app, &alva);
    let item = app.item("alva", &address);
    take(&alva, &address, "2");
    write(&alva, &address, &item.worked[0], 1);
    app.clock.pass(3 * 60_000);
    take(&alva, &address, "1");
    let maria = app.signed_in("maria");
    let page = maria.page(&format!("/groups/{}{address}", world::group("7A")));
    let marks = page.every("<li class=\"used\">", "</li>");
    let marks: Vec<_> = marks.iter().filter_map(|mark| mark.rsplit_once("</svg>").map(|(_, told)| told)).collect();
    assert_eq!(marks, ["Öppnade ledtråd 1–2, 10:00", "Öppnade ledtråd 1, 10:03"]);
    let (before, after) = page.body.split_once("data-verdict=\"right\"").unwrap();
    assert!(before.contains("ledtråd 1–2") && after.contains("ledtråd 1, "), "they stand where they were opened");
}
