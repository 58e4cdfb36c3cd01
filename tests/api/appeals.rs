//! «Min rad är rätt»: the student says it, the teacher looks and answers.

use serde_json::{Value, json};

use crate::{
    app::{TestApp, on_both},
    client::{Client, key},
    world,
};

on_both!(
    a_wrong_line_goes_to_the_teacher_once,
    the_teacher_answers_and_the_student_is_told,
    only_a_wrong_line_of_ones_own_can_be_appealed,
    who_has_no_teacher_is_led_to_the_report,
    our_script_gets_what_became_of_it,
    programs_do_the_same,
);

/// Alva's equation with a wrong line and a right one: its address.
fn written(app: &TestApp, alva: &Client) -> String {
    let assignment = app.give("maria", "7A", &["two-step-plain"]);
    let address = alva.follow(&format!("/assigned/{assignment}"), &[]).0;
    let item = app.item("alva", &address);
    for (line, number) in [(&item.wrong[0].line, 1), (&item.worked[0], 2)] {
        alva.follow(&format!("{address}/lines"), &[("line", line), ("key", &key(number))]);
    }
    address
}

fn at_group(address: &str) -> String {
    format!("/groups/{}{address}", world::group("7A"))
}

fn a_wrong_line_goes_to_the_teacher_once(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.signed_in("maria"));
    let address = written(app, &alva);
    let group = format!("/groups/{}", world::group("7A"));
    maria.page(&group).must_not_show("Menar att rad");
    let page = alva.page(&address);
    assert_eq!(page.every("/appeal\"", ">").len(), 1, "the wrong line alone has the button");
    page.must_show("skickar raden till din lärare");
    for _pressed_twice in 0..2 {
        let (_, page) = alva.follow(&format!("{address}/lines/1/appeal"), &[]);
        page.must_show("Skickad till din lärare. Räkna gärna vidare så länge.");
        page.must_not_show("skickar raden till din lärare");
    }
    let page = maria.page(&group);
    assert_eq!(page.every("Menar att rad 1 är rätt.", "</p>").len(), 1);
    page.must_show(&format!("href=\"{}#appeal-1\"", at_group(&address)));
    let page = maria.page(&at_group(&address));
    page.must_show("Alva menar att raden är rätt.");
    page.must_show(&format!("Bedömd av stegkollen {}.", stepcheck::VERSION));
}

fn the_teacher_answers_and_the_student_is_told(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.signed_in("maria"));
    let address = written(app, &alva);
    alva.follow(&format!("{address}/lines/1/appeal"), &[]);
    let answer = |holds: &str| maria.follow(&format!("{}/lines/1/appeal", at_group(&address)), &[("holds", holds)]);
    let (to, page) = answer("yes");
    assert_eq!(to, format!("{}#appeal-1", at_group(&address)));
    page.must_show("Besvarad: raden är rätt.");
    maria.page(&format!("/groups/{}", world::group("7A"))).must_not_show("Menar att rad");
    let page = alva.page(&address);
    page.must_show("Din lärare har tittat: raden är rätt.");
    assert_eq!(page.verdicts(), ["wrong", "right"], "the verdict stays what it was");
    answer("no").1.must_show("Besvarad: raden stämmer inte.");
    alva.page(&address).must_show("Din lärare har tittat: raden stämmer inte. Fråga gärna varför.");
    // Sent once more it stays answered.
    alva.follow(&format!("{address}/lines/1/appeal"), &[]).1.must_show("raden stämmer inte");
    assert_eq!(maria.post(&format!("{}/lines/1/appeal", at_group(&address)), &[("holds", "kanske")]).status, 400);
}

fn only_a_wrong_line_of_ones_own_can_be_appealed(app: &mut TestApp) {
    let (alva, bo) = (app.alva(), app.signed_in("bo"));
    let address = written(app, &alva);
    for (client, line) in [(&alva, "2"), (&alva, "3"), (&alva, "0"), (&alva, "-1"), (&bo, "1")] {
        assert_eq!(client.post(&format!("{address}/lines/{line}/appeal"), &[]).status, 404, "line {line}");
    }
    alva.follow(&format!("{address}/lines/1/appeal"), &[]);
    let own = format!("{address}/lines/1/appeal");
    let through = |group| format!("/groups/{}{address}/lines/1/appeal", world::group(group));
    for (who, path) in [
        ("maria", own.clone()),
        ("maria", through("7B")),
        ("maria", through("7A").replace("lines/1", "lines/2")),
        ("johan", through("7A")),
        ("johan", through("7B")),
        ("lena", through("7A")),
        ("yngve", through("7A")),
        ("alva", through("7A")),
        ("bo", through("7A")),
        ("rut", through("7A")),
        ("olle", through("7A")),
        ("sofia", through("7A")),
    ] {
        assert_eq!(app.signed_in(who).post(&path, &[("holds", "yes")]).status, 404, "{who}: {path}");
    }
    alva.page(&address).must_show("Skickad till din lärare.");
}

fn who_has_no_teacher_is_led_to_the_report(app: &mut TestApp) {
    let ines = app.signed_in("ines");
    let address = app.open_lines("ines", &ines);
    let wrong = app.item("ines", &address).wrong[0].line.clone();
    let (_, page) = ines.follow(&format!("{address}/lines"), &[("line", &wrong), ("key", &key(1))]);
    assert_eq!(page.verdicts(), ["wrong"]);
    page.must_not_show("/appeal\"");
    assert_eq!(page.every("<a class=\"btn soft slim\" href=\"/report\">", "</a>").len(), 1);
    assert_eq!(ines.post(&format!("{address}/lines/1/appeal"), &[]).status, 404);
}

fn our_script_gets_what_became_of_it(app: &mut TestApp) {
    let alva = app.alva();
    let address = written(app, &alva);
    let item = app.item("alva", &address);
    let line = alva.post_fragment(&format!("{address}/lines"), &[("line", &item.wrong[0].line), ("key", &key(3))]);
    line.must_show(&format!("action=\"{address}/lines/3/appeal\""));
    let told = alva.post_fragment(&format!("{address}/lines/3/appeal"), &[]);
    told.must_show("autofocus");
    told.must_show("Skickad till din lärare.");
    told.must_not_show("<html");
}

fn programs_do_the_same(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.signed_in("maria"));
    let address = written(app, &alva);
    let calculation = |client: &Client, path: &str| client.get(&format!("/api/v1{path}")).json();
    assert_eq!(calculation(&alva, &address)["appeals"], json!([]));
    let made = alva.post_json(&format!("/api/v1{address}/lines/1/appeal"), &Value::Null);
    let expected = json!({
        "line": 1, "checker": stepcheck::VERSION, "at": app.clock.now().0, "answered_at": null, "holds": null,
    });
    assert_eq!((made.status, made.json()), (200, expected.clone()));
    let seen = calculation(&maria, &at_group(&address));
    assert_eq!(seen["calculation"]["appeals"], json!([expected]), "{seen}");
    let answer = format!("/api/v1{}/lines/1/appeal", at_group(&address));
    let answered = maria.post_json(&answer, &json!({ "holds": true })).json();
    assert_eq!((&answered["holds"], &answered["answered_at"]), (&true.into(), &app.clock.now().0.into()));
    assert_eq!(calculation(&alva, &address)["appeals"], json!([answered]));
}
