//! `stegvis doctor`: what is not well shows, with what to do, and nothing else.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use serde_json::Value;

use crate::site::{Said, Site, on_both};

on_both!(
    a_server_that_is_well_is_said_to_be,
    what_is_wrong_with_the_keys_shows,
    what_is_wrong_with_the_data_shows,
    what_is_wrong_with_the_copies_shows,
    before_there_is_anything_it_says_what_to_do,
);

/// How one check went, and everything that was said about it.
struct Checked(Said, Value);

impl Checked {
    fn new(site: &Site, words: &[&str]) -> Self {
        let mut all = vec!["doctor", "--json"];
        all.extend(words);
        let said = site.stegvis(&all);
        let found: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("no JSON: {}", said.all()));
        let worst = match found["state"].as_str().unwrap() {
            "ok" => 0,
            "warning" => 1,
            _ => 2,
        };
        assert_eq!(said.code, Some(worst), "{}", said.all());
        Self(said, found)
    }

    fn state(&self, check: &str) -> &str {
        let all = self.1["checks"].as_array().unwrap();
        let found = all.iter().find(|found| found["check"] == check);
        let found = found.unwrap_or_else(|| panic!("no check {check}: {}", self.0.out));
        if found["state"] != "ok" {
            let told = format!("{}{}", found["says"], found["do"]);
            assert!(told.len() > 40, "what is wrong and what to do: {told}");
        }
        found["state"].as_str().unwrap()
    }
}

fn doctor(site: &Site) -> Checked {
    Checked::new(site, &[])
}

fn a_server_that_is_well_is_said_to_be(site: &Site) {
    let [ada, _] = site.set_up();
    assert!(site.stegvis(&["backup"]).ok);
    let serving = site.serve(&[]);
    assert!(serving.sign_in("ada", &ada).is_some());
    for words in [&[][..], &["--thorough"]] {
        let found = Checked::new(site, words);
        let well =
            ["settings", "rights", "database", "tables", "integrity", "master-key", "key-store", "recovery-sheet"];
        for check in well.into_iter().chain(["backup", "listen"]) {
            assert_eq!(found.state(check), "ok", "{check}: {}", found.0.out);
        }
        assert_ne!(found.state("clock"), "fault", "{}", found.0.out);
        let master = fs::read_to_string(site.path("etc/master.key")).unwrap();
        for secret in [ada.as_str(), master.trim(), "Ada", "ada", "Provskolan", "Provkommunen"] {
            assert!(!found.0.out.contains(secret), "{}", found.0.out);
        }
    }
    let lines = site.stegvis(&["doctor"]);
    assert!(lines.out.contains("ok       tables"), "{}", lines.out);
    // The server did not notice.
    assert!(serving.sign_in("ada", &ada).is_some());
    serving.stop();
}

fn what_is_wrong_with_the_keys_shows(site: &Site) {
    assert!(site.init(&crate::site::FIRST).ok);
    assert_eq!(doctor(site).state("recovery-sheet"), "fault", "nobody has confirmed");
    site.confirm();
    let key = site.path("etc/master.key");
    let allow = |mode| fs::set_permissions(&key, Permissions::from_mode(mode)).unwrap();
    allow(0o644);
    assert_eq!(doctor(site).state("master-key"), "fault", "others can read it");
    allow(0o600);
    let right = fs::read_to_string(&key).unwrap();
    fs::write(&key, "2b".repeat(32)).unwrap();
    let found = doctor(site);
    assert_eq!(found.state("key-store"), "fault", "another key");
    assert!(!found.0.out.contains("2b2b"), "{}", found.0.out);
    fs::remove_file(&key).unwrap();
    assert_eq!(doctor(site).state("master-key"), "fault", "no key");
    fs::write(&key, right).unwrap();
    allow(0o600);
    assert_eq!(doctor(site).state("key-store"), "ok");
    if site.is_sqlite() {
        fs::rename(site.path("keys"), site.path("lost")).unwrap();
        fs::create_dir(site.path("keys")).unwrap();
        assert_eq!(doctor(site).state("key-store"), "fault", "it is missing");
        assert!(!site.path("keys/keys.db").exists(), "and none is made");
        fs::rename(site.path("etc/database.key"), site.path("etc/lost.key")).unwrap();
        assert_eq!(doctor(site).state("database-key"), "fault");
    }
}

fn what_is_wrong_with_the_data_shows(site: &Site) {
    site.set_up();
    // What was stored last is from next century.
    let token = if site.is_sqlite() { "X'00'" } else { "'\\x00'" };
    site.sql(&format!(
        "INSERT INTO session (token_hash, controller_id, id, person_id, created_at, used_on, expires_at) \
         SELECT {token}, controller_id, id, id, 4102444800000, '2100-01-01', 4102444800001 FROM person LIMIT 1"
    ));
    assert_eq!(doctor(site).state("clock"), "fault");
    site.sql("DELETE FROM session");
    assert_ne!(doctor(site).state("clock"), "fault");
    if site.is_sqlite() {
        let data = site.path("data");
        let allow = |mode| fs::set_permissions(&data, Permissions::from_mode(mode)).unwrap();
        allow(0o755);
        let found = doctor(site);
        assert_eq!(found.state("rights"), "fault");
        assert!(found.0.out.contains("chmod 750") || found.0.out.contains("chmod 7"), "{}", found.0.out);
        allow(0o700);
        // A bit of a page in the middle.
        let file = site.path("data/stegvis.db");
        let mut bytes = fs::read(&file).unwrap();
        let at = bytes.len() / 4096 / 2 * 4096 + 1000;
        bytes[at] ^= 1;
        fs::write(&file, &bytes).unwrap();
        let found = Checked::new(site, &["--thorough"]);
        let states = ["database", "integrity"].map(|check| {
            found.1["checks"].as_array().unwrap().iter().any(|c| c["check"] == check && c["state"] == "fault")
        });
        assert!(states.contains(&true), "{}", found.0.out);
        bytes[at] ^= 1;
        fs::write(&file, &bytes).unwrap();
    }
    site.make_old();
    assert_eq!(doctor(site).state("tables"), "fault");
    site.sql("INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000')");
    assert_eq!(doctor(site).state("tables"), "fault");
    assert_eq!(site.versions().len(), 2, "nothing was migrated");
}

fn what_is_wrong_with_the_copies_shows(site: &Site) {
    site.set_up();
    assert_eq!(doctor(site).state("backup"), "warning", "there is none");
    assert!(site.stegvis(&["backup"]).ok);
    assert_eq!(doctor(site).state("backup"), "ok");
    let [copy] = site.copies().try_into().unwrap();
    let bytes = fs::read(&copy).unwrap();
    fs::write(&copy, b"not a copy any more").unwrap();
    assert_eq!(doctor(site).state("backup"), "fault");
    let end = if site.is_sqlite() { "db.age" } else { "dump.age" };
    let older = copy.with_file_name(format!("stegvis-20200101T000000000Z.{end}"));
    fs::write(&older, bytes).unwrap();
    fs::set_permissions(&older, Permissions::from_mode(0o600)).unwrap();
    fs::remove_file(&copy).unwrap();
    assert_eq!(doctor(site).state("backup"), "warning", "years old");
    assert!(doctor(site).0.out.contains("should be gone"));
    let second = site.path("second");
    let with_second = |words: &[&str]| {
        Said::of(site.command(words).env("STEGVIS_BACKUP__SECOND_DIRECTORY", &second).output().unwrap())
    };
    let said = with_second(&["backup"]);
    assert!(!said.ok && said.err.contains("second place") && said.err.contains("Mount it"), "{}", said.all());
    assert_eq!(doctor(site).state("backup"), "ok", "the first copy stands");
    let away = with_second(&["doctor"]);
    assert!(away.code == Some(2) && away.out.contains("second-backup"), "{}", away.out);
    fs::create_dir(&second).unwrap();
    fs::set_permissions(&second, Permissions::from_mode(0o700)).unwrap();
    let said = with_second(&["backup"]);
    assert!(said.ok, "{}", said.all());
    let there = with_second(&["doctor"]);
    assert!(there.out.contains("ok       second-backup") && there.out.contains("the same disk"), "{}", there.out);
    fs::remove_dir_all(site.path("copies")).unwrap();
    assert_eq!(doctor(site).state("backup"), "fault", "no folder");
    let output = site.command(&["doctor", "--json"]).env("STEGVIS_NOSUCH", "1").output().unwrap();
    assert_eq!(output.status.code(), Some(2), "settings that cannot be read");
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"settings\""));
}

fn before_there_is_anything_it_says_what_to_do(site: &Site) {
    let missing = doctor(site);
    assert_eq!(missing.state("settings"), "fault");
    assert!(!site.init(&[]).ok, "nobody is named");
    let found = doctor(site);
    assert_eq!(found.state("people"), "warning");
    assert!(found.0.out.contains("stegvis init"), "{}", found.0.out);
}
