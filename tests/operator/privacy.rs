//! What is due to be forgotten, in the operator's hands.

use std::fs;

use serde_json::Value;
use stegvis::{app::App, chance::Chance, clock::Clock, config::Config, privacy::attack::school};

use crate::{
    site::{Said, Site, on_both},
    students::{in_place, opened, site_with_students},
};

on_both!(
    what_is_due_is_told_by_rule_and_day,
    who_comes_back_is_counted_from_then,
    a_controller_chooses_its_rules,
    who_is_due_is_forgotten_and_nobody_else,
    a_clock_that_went_on_too_far_forgets_nobody,
    what_is_only_proposed_is_not_done,
    an_attack_on_copies_leaves_ones_own_data_alone,
);

fn listed(said: &Said) -> Vec<Value> {
    assert!(said.ok, "{}", said.all());
    serde_json::from_str::<Value>(&said.out).expect("JSON").as_array().expect("a list").clone()
}

fn due(site: &Site) -> Vec<Value> {
    listed(&site.stegvis(&["privacy", "due", "--json"]))
}

fn count(site: &Site, table: &str) -> usize {
    site.ask(&format!("SELECT COUNT(*) AS said FROM {table}")).remove(0).parse().expect("a count")
}

fn what_is_due_is_told_by_rule_and_day(site: &Site) {
    let _told = site_with_students(site);
    // Of these days the machine's clock says nothing: the one has long been over, the other is far ahead.
    site.sql("UPDATE person SET active_on = '2999-01-15'");
    let entries = due(site);
    assert_eq!(entries.len(), count(site, "person"), "everybody once");
    for entry in &entries {
        assert_eq!((&entry["rule"], &entry["anchor"]), (&"inactive".into(), &"last_activity".into()), "{entry}");
        assert_eq!((&entry["action"], &entry["mode"]), (&"anonymise".into(), &"auto".into()), "{entry}");
        assert_eq!(entry["is_overdue"], false, "{entry}");
    }
    // The last of August and eighteen months: the last of February.
    site.sql("UPDATE person SET active_on = '2020-08-31' WHERE id = (SELECT id FROM person ORDER BY id LIMIT 1)");
    let first = &due(site)[0];
    assert_eq!((&first["from"], &first["on"]), (&"2020-08-31".into(), &"2022-02-28".into()), "{first}");
    assert_eq!(first["is_overdue"], true);
    let until = listed(&site.stegvis(&["privacy", "due", "--until", "2022-02-28", "--json"]));
    assert_eq!(until, std::slice::from_ref(first));
    let told = site.stegvis(&["privacy", "due", "--until", "2022-02-28"]);
    let id = first["person"].as_str().expect("an id");
    assert!(told.out.starts_with(&format!("2022-02-28  anonymise  person {id}")), "{}", told.all());
    assert!(told.out.contains("inactive: last_activity 2020-08-31") && told.out.contains("overdue"), "{}", told.all());
    assert_eq!(
        site.stegvis(&["privacy", "due", "--until", "2022-02-27"]).out.trim(),
        "Nothing is due until 2022-02-27."
    );
    // The agreement ended before that: 31 January 2019, noon.
    site.sql("UPDATE entitlement SET from_at = 0, to_at = 1548932400000");
    let entries = due(site);
    assert!(
        entries.iter().all(|entry| entry["rule"] == "agreement-ended" && entry["on"] == "2020-07-31"),
        "{entries:?}"
    );
    assert_eq!(entries.len(), count(site, "person"));
}

fn who_comes_back_is_counted_from_then(site: &Site) {
    let _told = site_with_students(site);
    site.sql("UPDATE person SET active_on = '2020-08-31'");
    let serving = site.serve(&[]);
    let _session = opened(&serving, "alva");
    serving.stop();
    // Not the session, which may have gone, but the person has the day.
    site.sql("DELETE FROM token_family");
    site.sql("DELETE FROM session");
    let entries = due(site);
    let (away, back): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry["from"] == "2020-08-31");
    assert_eq!((back.len(), away.len()), (1, count(site, "person") - 1), "{entries:?}");
    assert!(back[0]["from"].as_str() > Some("2026-01-01") && back[0]["is_overdue"] == false, "{}", back[0]);
    // Practice counts as a visit, whatever sessions tell: 1 June 2021.
    site.sql("UPDATE person SET active_on = '2020-08-31'");
    site.sql("UPDATE student SET last_at = 1622541600000");
    let days: Vec<Value> = due(site).iter().map(|entry| entry["from"].clone()).collect();
    let practised = days.iter().filter(|day| **day == "2021-06-01").count();
    assert_eq!(practised, count(site, "student"), "{days:?}");
    assert_eq!(days.iter().filter(|day| **day == "2020-08-31").count(), days.len() - practised);
}

fn a_controller_chooses_its_rules(site: &Site) {
    let _told = site_with_students(site);
    site.sql("UPDATE person SET active_on = '2020-08-31'");
    let chosen = |settings: &[(&str, &str)], words: &[&str]| {
        Said::of(site.command(words).envs(settings.iter().copied()).output().expect("a run"))
    };
    let preset = |name| [("STEGVIS_RETENTION__PRESET", name)];
    let asked = listed(&chosen(&preset("nextgen"), &["privacy", "due", "--json"]));
    assert_eq!(asked[0]["on"], "2022-08-31");
    assert_eq!(asked[0]["notices"], serde_json::json!(["2021-08-31", "2022-02-28", "2022-07-31"]));
    let nothing = chosen(&preset("infomentor"), &["privacy", "due"]);
    assert_eq!(nothing.out.trim(), "Nothing is due.", "{}", nothing.all());
    let unknown = chosen(&preset("canvas"), &["privacy", "due"]);
    assert!(!unknown.ok && unknown.all().contains("choose one of kikora"), "{}", unknown.all());
    let shorter = [("STEGVIS_RETENTION__RULES__INACTIVE__AFTER", "P12M")];
    assert_eq!(listed(&chosen(&shorter, &["privacy", "due", "--json"]))[0]["on"], "2021-08-31");
    let longer = [("STEGVIS_RETENTION__RULES__INACTIVE__AFTER", "P3Y")];
    let refused = chosen(&longer, &["privacy", "due"]);
    assert!(!refused.ok && refused.all().contains("write a ground"), "{}", refused.all());
    // Neither does a server start with it.
    let served = chosen(&longer, &["serve"]);
    assert!(!served.ok && served.all().contains("write a ground"), "{}", served.all());
}

const ONE_IS_DUE: &str =
    "UPDATE person SET active_on = '2020-08-31' WHERE id = (SELECT id FROM person ORDER BY id LIMIT 1)";

fn who_is_due_is_forgotten_and_nobody_else(site: &Site) {
    let _told = site_with_students(site);
    let persons = count(site, "person");
    site.sql("UPDATE person SET active_on = '2999-01-15'");
    site.sql(ONE_IS_DUE);
    let first = due(site)[0]["person"].as_str().expect("an id").to_owned();
    let said = site.stegvis(&["privacy", "run"]);
    assert!(said.ok && said.out.starts_with("1 persons forgotten"), "{}", said.all());
    assert_eq!((count(site, "person"), count(site, "certificate")), (persons - 1, 1));
    assert!(due(site).iter().all(|entry| entry["person"] != first.as_str()));
    let again = site.stegvis(&["privacy", "run"]);
    assert!(again.ok && again.out.starts_with("0 persons forgotten"), "{}", again.all());
}

fn a_clock_that_went_on_too_far_forgets_nobody(site: &Site) {
    let _told = site_with_students(site);
    let persons = count(site, "person");
    site.sql("UPDATE person SET active_on = '2999-01-15'");
    site.sql(ONE_IS_DUE);
    // It was last believed a second after the beginning of time.
    site.sql("UPDATE house SET trusted_at = 1000");
    let said = site.stegvis(&["privacy", "run"]);
    assert!(!said.ok && said.all().contains("trust-clock"), "{}", said.all());
    assert_eq!((count(site, "person"), count(site, "certificate")), (persons, 0));
    let trusted = site.stegvis(&["privacy", "trust-clock"]);
    assert!(trusted.ok && trusted.out.contains("UTC is taken for right"), "{}", trusted.all());
    let said = site.stegvis(&["privacy", "run"]);
    assert!(said.ok && said.out.starts_with("1 persons forgotten"), "{}", said.all());
}

fn what_is_only_proposed_is_not_done(site: &Site) {
    let _told = site_with_students(site);
    let persons = count(site, "person");
    site.sql("UPDATE person SET created_at = 1000");
    let mut command = site.command(&["privacy", "run"]);
    let said = Said::of(command.env("STEGVIS_RETENTION__PRESET", "unikum").output().expect("a run"));
    assert!(said.ok && said.out.contains(&format!("{persons} for the officer to decide")), "{}", said.all());
    assert_eq!(count(site, "person"), persons);
}

const SCHOOL: school::Size = school::Size { groups: 2, students: 40, weeks: 8, a_week: 5 };

fn an_attack_on_copies_leaves_ones_own_data_alone(site: &Site) {
    site.set_up();
    in_place(site, async |config: Config, options| {
        let (place, keys) = (options.place, options.keys);
        let app = App::build_in(config, place, keys, Clock::System, Chance::seeded(7)).await.unwrap();
        school::fill(&app, SCHOOL).await.unwrap();
        app.vault.close().await;
    });
    let copies = site.path("to-attack");
    fs::create_dir(&copies).unwrap();
    let report = site.path("report.md");
    let mut words =
        ["privacy", "attack", "--data", copies.to_str().unwrap(), "--report", report.to_str().unwrap()].to_vec();
    let into = site.more_databases(&["attacked", "attacked_keys"]);
    if let [data, keys] = into.as_slice() {
        let refused = site.stegvis(&words);
        assert!(!refused.ok && refused.err.contains("--into"), "{}", refused.all());
        words.extend(["--into", data, "--keys-into", keys]);
    }
    let refused = site.stegvis(&words);
    assert!(!refused.ok && refused.err.contains("there is no copy of the data in"), "{}", refused.all());
    for what in [&["backup"][..], &["backup", "--keys"]] {
        let copy = site.stegvis(what);
        assert!(copy.ok, "{}", copy.all());
        let copy = std::path::Path::new(copy.out.trim()).to_owned();
        fs::copy(&copy, copies.join(copy.file_name().unwrap())).unwrap();
    }
    let ledgers =
        || ["copies", "copies-of-keys"].map(|folder| fs::read(site.path(folder).join("erasures.ledger")).ok());
    let (persons, before) = (count(site, "person"), ledgers());
    let said = site.stegvis(&words);
    let written = fs::read_to_string(&report).unwrap_or_default();
    assert!(said.ok, "{}{written}", said.all());
    let verdict = said.out.lines().last().unwrap_or_default();
    assert!(verdict.starts_with("None of the 20 persons who were forgotten could be found again"), "{}", said.all());
    assert!(written.contains(verdict) && written.contains("| holds |"), "{written}");
    assert_eq!((count(site, "person"), ledgers()), (persons, before), "one's own data and ledger are as they were");
    site.serve(&[]).stop();
    assert_eq!(count(site, "person"), persons, "also once the server has begun again");
}
