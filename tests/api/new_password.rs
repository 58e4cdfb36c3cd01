//! A password was forgotten, and the teacher gives another.

use crate::{
    app::{TestApp, on_both},
    client::Answer,
    world,
};

on_both!(
    the_teacher_gives_a_password_that_works,
    the_old_one_and_every_session_end_at_once,
    wrong_guesses_are_forgotten_with_the_old_one,
    it_is_for_the_group_s_students_only,
    nobody_is_given_one_while_names_are_hidden,
);

fn address(group: &str, of: &str) -> String {
    format!("/groups/{}/students/{}/password", world::group(group), world::person(of))
}

fn given(page: &Answer) -> String {
    page.every("<b class=\"code-text\">", "</b>")[1].to_owned()
}

fn the_teacher_gives_a_password_that_works(app: &mut TestApp) {
    let maria = app.maria();
    let student = format!("/groups/{}/students/{}", world::group("7A"), world::person("alva"));
    maria.page(&student).must_show(&address("7A", "alva"));
    let before = maria.page(&address("7A", "alva"));
    before.must_show("Alva får ett nytt lösenord");
    let page = maria.post(&address("7A", "alva"), &[]);
    assert_eq!(page.status, 200);
    page.must_show("<b class=\"code-text\">alva</b>");
    let password = given(&page);
    assert_eq!(password.split('-').count(), 4, "{password}");
    maria.page(&address("7A", "alva")).must_not_show(&password);
    let alva = app.nobody();
    let answer = alva.post("/sign-in", &[("user_name", "alva"), ("password", &password)]);
    assert_eq!(answer.location(), "/");
    alva.page("/today").must_show("Hej Alva!");
    assert_ne!(given(&maria.post(&address("7A", "alva"), &[])), password);
}

fn the_old_one_and_every_session_end_at_once(app: &mut TestApp) {
    let (alva, bo) = (app.alva(), app.signed_in("bo"));
    alva.page("/today");
    app.maria().post(&address("7A", "alva"), &[]);
    assert_eq!(alva.get("/today").location(), "/sign-in");
    let old = app.nobody().post("/sign-in", &[("user_name", "alva"), ("password", world::PASSWORD)]);
    old.must_show("Det stämde inte.");
    bo.page("/today");
}

fn wrong_guesses_are_forgotten_with_the_old_one(app: &mut TestApp) {
    // Known here, and locked here as well.
    app.alva();
    let try_with = |password: &str| app.nobody().post("/sign-in", &[("user_name", "alva"), ("password", password)]);
    for _ in 0..6 {
        try_with("fel");
    }
    assert_eq!(try_with("fel").status, 429);
    let password = given(&app.maria().post(&address("7A", "alva"), &[]));
    assert_eq!(try_with(&password).status, 303);
}

fn it_is_for_the_group_s_students_only(app: &mut TestApp) {
    let maria = app.maria();
    for (group, of) in
        [("7A", "cleo"), ("7A", "maria"), ("7A", "folke"), ("7B", "cleo"), ("7A", "tore"), ("7X", "xenia")]
    {
        for answer in [maria.get(&address(group, of)), maria.post(&address(group, of), &[])] {
            assert_eq!(answer.status, 404, "{of} in {group}");
        }
    }
    for who in ["cleo", "xenia", "tore"] {
        app.signed_in(who);
    }
}

fn nobody_is_given_one_while_names_are_hidden(app: &mut TestApp) {
    let student = format!("/groups/{}/students/{}?names=hidden", world::group("7A"), world::person("alva"));
    let page = app.maria().page(&student);
    page.must_not_show("Alva");
    page.must_not_show("Nytt lösenord");
}
