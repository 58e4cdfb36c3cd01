//! Closing the server and starting it again on the same database.

use crate::{
    app::{TestApp, on_both},
    client::key,
};

on_both!(a_half_finished_calculation_is_still_there, who_was_signed_in_still_is, what_was_learned_is_kept);

fn a_half_finished_calculation_is_still_there(app: &mut TestApp) {
    let alva = app.alva();
    let address = app.open_lines("alva", &alva);
    let item = app.item("alva", &address);
    let path = format!("{address}/lines");
    alva.follow(&path, &[("line", &item.start_text), ("key", &key(1))]);
    alva.follow(&path, &[("line", "2 + (§"), ("key", &key(2))]);
    let before = alva.page(&address);
    app.start_again();
    let alva = app.alva();
    let after = alva.page(&address);
    assert_eq!(after.verdicts(), ["unfinished", "unreadable"]);
    let lines =
        |page: &crate::client::Answer| page.between("<ol class=\"lines", "<li class=\"line writing").map(str::to_owned);
    assert_eq!(lines(&after), lines(&before), "the same lines with the same judgements");
    alva.page("/today").must_show("Du är mitt i den här. Dina rader är kvar.");
    // A line whose answer never arrived is known by its key; the next is judged against what stands there.
    let (_, page) = alva.follow(&path, &[("line", "2 + (§"), ("key", &key(2))]);
    assert_eq!(page.verdicts().len(), 2);
    let (_, page) = alva.follow(&path, &[("line", item.worked.last().unwrap()), ("key", &key(3))]);
    assert_eq!(page.verdicts(), ["unfinished", "unreadable", "goal"]);
}

fn who_was_signed_in_still_is(app: &mut TestApp) {
    let alva = app.alva();
    let cookie = format!("stegvis={}", alva.cookie("stegvis").unwrap());
    app.start_again();
    let page = app.nobody().ask("GET", "/today", &[("cookie", &cookie)], "");
    assert_eq!(page.status, 200);
    page.must_show("Hej Alva!");
}

fn what_was_learned_is_kept(app: &mut TestApp) {
    let alva = app.alva();
    for _ in 0..3 {
        let (address, _) = alva.follow("/calculations", &[]);
        let goal = app.item("alva", &address).worked.last().unwrap().clone();
        alva.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(1))]);
    }
    let (map, next) = (alva.page("/map").body, alva.get("/api/v1/recommendation").json());
    app.start_again();
    let alva = app.alva();
    assert_eq!(alva.page("/map").body, map);
    let again = alva.get("/api/v1/recommendation").json();
    assert_eq!((&again["exercise"], &again["why"]), (&next["exercise"], &next["why"]));
}
