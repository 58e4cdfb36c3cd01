//! Of all the skills in the graph, those that are shown: what can be practised, and what somebody needs to see of it.

use std::collections::BTreeSet;

use serde_json::json;
use stegvis::exercises::Bank;

use crate::{
    app::{TestApp, on_both},
    client::{Answer, key},
    world,
};

on_both!(
    the_map_is_of_what_can_be_practised,
    far_from_the_students_year_it_is_folded_away,
    what_has_no_exercises_cannot_be_pinned,
    the_table_of_a_group_has_what_it_is_to_practise,
);

fn names(bank: &Bank) -> BTreeSet<&str> {
    bank.practised().map(|(_, skill)| skill.id.as_str()).collect()
}

fn the_map_is_of_what_can_be_practised(app: &mut TestApp) {
    let (alva, bank) = (app.alva(), Bank::shipped().unwrap());
    let map = alva.get("/api/v1/map").json();
    let map = map.as_array().unwrap();
    let skills: BTreeSet<&str> = map.iter().map(|one| one["skill"].as_str().unwrap()).collect();
    assert_eq!(skills, names(&bank));
    for one in map {
        let below = one["builds_on"].as_array().unwrap();
        assert!(below.iter().all(|need| skills.contains(need.as_str().unwrap())), "{one}");
    }
    let page = alva.page("/map");
    assert_eq!(nodes(&page.body), skills.len(), "each once");
}

fn nodes(page: &str) -> usize {
    page.matches("<li class=\"node\"").count()
}

fn far_from_the_students_year_it_is_folded_away(app: &mut TestApp) {
    let page = app.alva().page("/map");
    let folded: Vec<&str> = page.every("<details class=\"more\">", "</details>");
    let of_other_years = "<h3>Addition och subtraktion av decimaltal</h3>";
    assert!(folded.iter().any(|part| part.contains(of_other_years)), "{}", page.body);
    let of_their_year = "<h3>Ekvationer i två steg</h3>";
    assert!(page.shows(of_their_year) && !folded.iter().any(|part| part.contains(of_their_year)));
    assert!(folded.iter().all(|part| !part.contains("data-state=\"now\"")));
}

fn what_has_no_exercises_cannot_be_pinned(app: &mut TestApp) {
    let (maria, bank) = (app.maria(), Bank::shipped().unwrap());
    let path = format!("/groups/{}/steering", world::group("7A"));
    let page: Answer = maria.page(&path);
    let offered: BTreeSet<&str> = page.every("<option value=\"", "\"").into_iter().collect();
    assert_eq!(offered, names(&bank));
    let waits = bank.skills().iter().find(|skill| !offered.contains(skill.id.as_str()));
    if let Some(waits) = waits {
        let pin = json!({ "wish": "pin", "of": { "skill": waits.id.as_str() } });
        assert_eq!(maria.post_json(&format!("/api/v1{path}"), &pin).status, 404, "{}", waits.id);
    }
}

fn the_table_of_a_group_has_what_it_is_to_practise(app: &mut TestApp) {
    let (alva, maria) = (app.alva(), app.maria());
    let work = app.give("maria", "7A", &["negative-add", "two-step-plain"]);
    let (address, _) = alva.follow(&format!("/assigned/{work}"), &[]);
    let goal = app.item("alva", &address).worked.last().unwrap().clone();
    alva.follow(&format!("{address}/lines"), &[("line", &goal), ("key", &key(1))]);
    let group = format!("/groups/{}", world::group("7A"));
    maria.post(&format!("{group}/steering"), &[("skill", "percent-of-quantity"), ("wish", "pin")]);

    let page = maria.page(&group);
    let head = page.between("<thead>", "</thead>").unwrap();
    let columns: Vec<&str> =
        head.split("<th scope=\"col\">").skip(2).map(|part| part.split('<').next().unwrap()).collect();
    let answered_given_and_pinned = ["Addera och subtrahera negativa tal", "Ekvationer i två steg", "Procent av antal"];
    assert_eq!(columns, answered_given_and_pinned, "by strand, and nothing else");
}
