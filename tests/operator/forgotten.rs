//! Of somebody who was forgotten nothing is left in any byte: not in what is stored, with every key that still exists,
//! not in the log, not in what the server gives out, and not in an older copy that is brought back. Of whoever stays,
//! everything is there: the same search finds it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use serde_json::json;
use stegvis::privacy::attack::{self, Id, Truth};
use vault::rows::plane::{self, PlaneRow};

use crate::{
    client::{Client, key},
    site::{Serving, Site, on_both},
    students::{PASSWORD, add_students, in_vault, opened},
};

on_both!(nothing_is_left_in_any_byte);

/// Whoever is forgotten, and whoever stays: a name that nobody else has, and what they write.
const GONE: (&str, &str) = ("g-5b0c7d19e2f84a6390d1c5e7f2a8b4c6", "734019265581347 + (");
const STAYS: (&str, &str) = ("s-a94e61f0375b4d28b6c7e8190f2d3a5b", "918273640551729 + (");

type Markers = BTreeMap<Id, BTreeSet<String>>;

pub fn plane(site: &Site) -> Vec<PlaneRow> {
    in_vault(site, async |vault| vault.survey(plane::all).await.unwrap())
}

/// Practises, and takes a copy of all that is known.
fn practise(serving: &Serving, (name, line): (&str, &str)) -> [String; 2] {
    let (client, at) = opened(serving, name);
    let sent = client.post_json(&format!("{at}/lines"), &json!({"line": line, "key": key(1)}));
    assert_eq!(sent.status, 201, "{}", sent.body);
    copies_of(&client)
}

fn copies_of(client: &Client) -> [String; 2] {
    ["/my-data/copy", "/my-data/copy.csv"].map(|way| client.page(way).body)
}

/// Has somebody forgotten as an officer does, by the pages; gives all that the officer's pages said afterwards.
fn forget(officer: &Client, password: &str, name: &str) -> Vec<String> {
    let (of, page) = officer.follow("/forgetting/find", &[("user_name", name)]);
    page.must_show(name);
    let done = officer.post(&format!("{of}/forget"), &[("password", password)]);
    assert_eq!(done.location(), "/forgetting#done", "{}", done.body);
    ["/forgetting", "/api/v1/forgetting", "/my-data", "/my-data/copy", "/seen", "/metrics"]
        .map(|way| officer.get(way).body)
        .to_vec()
}

/// Stops it; gives its log.
pub fn ended(serving: Serving) -> String {
    serving.signal("TERM");
    let (code, log) = serving.end();
    assert_eq!(code, Some(0), "{log}");
    log
}

/// A text as it may stand in bytes.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let bytes = text.as_bytes();
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![bytes.to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
    forms.extend([hex.to_uppercase().into_bytes(), hex.into_bytes()]);
    // Wherever in a longer text it begins: but for the ends, which hang together with what stands beside it.
    forms.extend((0..3).map(|before| {
        let coded = STANDARD_NO_PAD.encode([&vec![0; before], bytes].concat());
        coded.as_bytes()[4..coded.len() - 4].to_vec()
    }));
    // An id is digits here, and sixteen bytes in a database.
    if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        forms.push((0..16).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap()).collect());
    }
    forms
}

pub fn is_in(bytes: &[u8], text: &str) -> bool {
    forms(text).iter().any(|form| bytes.windows(form.len()).any(|window| window == form))
}

fn must_be_in(what: &str, bytes: &[u8], texts: &[&str]) {
    for text in texts {
        assert!(is_in(bytes, text), "{text} is not in {what}");
    }
}

pub fn must_not_be_in<'t>(what: &str, bytes: &[u8], texts: impl IntoIterator<Item = &'t String>) {
    for text in texts {
        assert!(!is_in(bytes, text), "{text} is in {what}");
    }
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Everybody's markers are there but those of whoever is gone.
fn must_be_without(what: &str, plane: &[PlaneRow], markers: &Markers, gone: Id) {
    for (person, (found, all)) in attack::found(plane, markers) {
        let wanted = if person == gone { 0 } else { all };
        assert_eq!(found, wanted, "{what}: {found} of {all} markers; somebody forgotten: {}", person == gone);
    }
}

/// Takes everything away that is stored, and brings copies back.
fn bring_back(site: &Site, [keys, data]: [&Path; 2]) {
    for url in [site.url(), site.key_url()] {
        match url.strip_prefix("sqlite:") {
            Some(file) => ["", "-wal", "-shm"].iter().for_each(|end| drop(fs::remove_file(format!("{file}{end}")))),
            None => site.sql_in(&url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"),
        }
    }
    let back = site.stegvis(&["restore", data.to_str().unwrap()]);
    assert!(back.ok, "{}", back.all());
    let back = site.stegvis(&["restore", "--keys", keys.to_str().unwrap()]);
    assert!(back.ok && back.out.contains("forgotten again: 1"), "{}", back.all());
}

fn nothing_is_left_in_any_byte(site: &Site) {
    let [_ada, olof] = site.set_up();
    add_students(site, &[GONE.0, STAYS.0]);
    let loud = [("STEGVIS_LOG", "trace")];
    let serving = site.serve(&loud);
    for who in [GONE, STAYS] {
        for copy in practise(&serving, who) {
            must_be_in("the copy for oneself", copy.as_bytes(), &[who.0, who.1]);
        }
    }
    let [older, older_keys] = [&["backup"][..], &["backup", "--keys"]].map(|what| {
        let said = site.stegvis(what);
        assert!(said.ok, "{}", said.all());
        PathBuf::from(said.out.trim())
    });

    let before = ended(serving);
    let truth = Truth::of(plane(site));
    let markers = truth.markers();
    let (gone, of_gone) = markers.iter().find(|(_, texts)| texts.contains(GONE.0)).expect("whoever is to be forgotten");
    assert!(of_gone.contains(GONE.1) && of_gone.len() > 5, "{of_gone:?}");
    for (_, (found, all)) in attack::found(&truth.plane, &markers) {
        assert_eq!(found, all, "before, everything is found");
    }

    let serving = site.serve(&loud);
    let officer = serving.sign_in("olof", &olof).expect("the officer signs in");
    let mut given_out = forget(&officer, &olof, GONE.0);
    let stays = serving.sign_in(STAYS.0, PASSWORD).expect("the other student signs in");
    given_out.extend(copies_of(&stays));
    must_be_in("what is given out", given_out.join("\n").as_bytes(), &[STAYS.0, STAYS.1]);
    must_not_be_in("what is given out", given_out.join("\n").as_bytes(), of_gone);
    let log = before + &ended(serving);
    assert!(log.contains("persons are forgotten"), "a log that tells something: {log}");
    must_not_be_in("the log", log.as_bytes(), of_gone);
    must_be_without("what is stored", &plane(site), &markers, *gone);

    for file in files(&site.path("")) {
        must_not_be_in(&file.display().to_string(), &fs::read(&file).unwrap(), of_gone);
    }
    bring_back(site, [&older_keys, &older]);
    let serving = site.serve(&[]);
    assert!(serving.sign_in(GONE.0, PASSWORD).is_none(), "somebody who was forgotten signs in");
    let back = serving.sign_in(STAYS.0, PASSWORD).expect("who stays is there");
    must_be_in("the copy for oneself", copies_of(&back)[0].as_bytes(), &[STAYS.0, STAYS.1]);
    serving.stop();
    must_be_without("older copies that were brought back", &plane(site), &markers, *gone);
}
