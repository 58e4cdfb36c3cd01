//! `stegvis backup` and `stegvis restore`.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::site::{Said, Site, on_both};

on_both!(
    a_copy_is_taken_while_the_server_serves_and_comes_back_into_an_empty_place_only,
    a_copy_is_tried_out_and_nothing_of_it_is_left,
    a_copy_opens_for_who_keeps_an_identity,
    the_server_takes_copies_by_itself,
    who_is_killed_while_copying_leaves_nothing_that_can_be_read,
    a_program_that_only_says_that_it_copied_is_found_out,
    of_nothing_there_is_no_copy,
    the_first_copy_after_a_long_while_throws_nothing_away,
);

fn a_copy_is_taken_while_the_server_serves_and_comes_back_into_an_empty_place_only(site: &Site) {
    let [ada, olof] = site.set_up();
    let serving = site.serve(&[]);
    assert!(serving.sign_in("ada", &ada).is_some(), "what the log alone has");
    let said = site.stegvis(&["backup"]);
    assert!(said.ok, "{}", said.all());
    let [copy] = site.copies().try_into().expect("one copy");
    assert_eq!(said.out.trim(), copy.to_str().unwrap());
    // The server goes on as if nothing had been.
    assert!(serving.sign_in("olof", &olof).is_some());
    let keys = site.stegvis(&["backup", "--keys"]);
    assert!(keys.ok && keys.out.contains("copies-of-keys"), "{}", keys.all());
    assert_eq!(site.ask("SELECT count(*) AS said FROM session"), ["2"]);
    serving.stop();
    assert_eq!(site.ask("SELECT count(*) AS said FROM session"), ["2"]);

    let over = site.stegvis(&["restore", copy.to_str().unwrap()]);
    assert!(!over.ok && over.err.contains("not empty"), "{}", over.all());
    if site.is_sqlite() {
        fs::rename(site.path("data"), site.path("lost")).unwrap();
        fs::create_dir(site.path("data")).unwrap();
    } else {
        site.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }
    let wrong = site.stegvis(&["restore", keys.out.trim()]);
    assert!(!wrong.ok && wrong.err.contains("copy of something else"), "{}", wrong.all());
    let bytes = fs::read(&copy).unwrap();
    fs::write(&copy, &bytes[..bytes.len() / 2]).unwrap();
    let half = site.stegvis(&["restore", copy.to_str().unwrap()]);
    assert!(!half.ok && half.err.contains("is not brought back"), "{}", half.all());
    fs::write(&copy, bytes).unwrap();
    let back = site.stegvis(&["restore", copy.to_str().unwrap()]);
    assert!(back.ok, "{}", back.all());
    assert_eq!(site.ask("SELECT count(*) AS said FROM session"), ["1"], "as it was when the copy was taken");
    let serving = site.serve(&[]);
    serving.sign_in("ada", &ada).expect("with the keys as they are").page("/school").must_show("Provskolan");
    serving.stop();
}

/// So long after the one before, the clock may have leapt; the next one, minutes later, can be sure of it.
fn the_first_copy_after_a_long_while_throws_nothing_away(site: &Site) {
    site.set_up();
    assert!(site.stegvis(&["backup"]).ok);
    let [copy] = site.copies().try_into().expect("one copy");
    let name = copy.file_name().unwrap().to_str().unwrap();
    let year = name.find("20").expect("a name has its moment");
    let old = copy.with_file_name(format!("{}2006{}", &name[..year], &name[year + 4..]));
    fs::rename(&copy, &old).unwrap();
    assert!(site.stegvis(&["backup"]).ok);
    assert_eq!((site.copies().len(), old.exists()), (2, true), "{:?}", site.copies());
    assert!(site.stegvis(&["backup"]).ok);
    assert_eq!((site.copies().len(), old.exists()), (2, false), "{:?}", site.copies());
}

/// On PostgreSQL another's program writes the copy; here one that stops in the middle and says that all is well.
fn a_program_that_only_says_that_it_copied_is_found_out(site: &Site) {
    if site.is_sqlite() {
        return;
    }
    site.set_up();
    let (_, path) = std::env::vars().find(|(name, _)| name == "PATH").unwrap();
    let real = std::env::split_paths(&path).map(|folder| folder.join("pg_dump")).find(|file| file.exists()).unwrap();
    let programs = site.path("programs");
    fs::create_dir(&programs).unwrap();
    let script = format!("#!/bin/sh\n'{}' \"$@\" | head -c 9000\n", real.display());
    fs::write(programs.join("pg_dump"), script).unwrap();
    fs::set_permissions(programs.join("pg_dump"), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = site.command(&["backup"]);
    command.env("PATH", format!("{}:{path}", programs.display()));
    let said = Said::of(command.output().unwrap());
    assert!(!said.ok && said.err.contains("cannot be relied on"), "{}", said.all());
    assert!(site.copies().is_empty(), "what is no copy is not there as one");
}

fn of_nothing_there_is_no_copy(site: &Site) {
    assert!(!site.init(&["--controller", "P", "--officer", "x", "--time-zone", "Nowhere"]).ok);
    if site.is_sqlite() {
        fs::remove_file(site.path("data/stegvis.db")).unwrap();
    } else {
        site.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }
    let refused = site.stegvis(&["backup"]);
    assert!(!refused.ok && refused.err.contains("nothing to copy"), "{}", refused.all());
    assert!(site.copies().is_empty());
}

fn a_copy_is_tried_out_and_nothing_of_it_is_left(site: &Site) {
    site.set_up();
    let none = site.stegvis(&["backup", "verify"]);
    assert!(!none.ok && none.err.contains("stegvis backup"), "{}", none.all());
    assert!(site.stegvis(&["backup"]).ok && site.stegvis(&["backup", "--keys"]).ok);
    let before = site.copies();
    for words in [&["backup", "verify"][..], &["backup", "verify", "--keys"]] {
        let said = site.stegvis(words);
        assert!(said.ok, "{}", said.all());
        let wanted = if words.len() == 2 { "person 2" } else { "person_key 2" };
        for told in ["recovery point", "recovery time", wanted, "The copy is good"] {
            assert!(said.out.contains(told), "{told}: {}", said.out);
        }
    }
    assert_eq!(site.copies(), before, "a trial leaves nothing");
    let [copy] = before.try_into().unwrap();
    let mut bytes = fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&copy, &bytes).unwrap();
    let damaged = site.stegvis(&["backup", "verify", copy.to_str().unwrap()]);
    assert!(!damaged.ok && damaged.err.contains("changed, cut short"), "{}", damaged.all());
    bytes[middle] ^= 1;
    fs::write(&copy, &bytes).unwrap();
    assert!(
        site.stegvis(&["backup", "verify", "--keys", copy.to_str().unwrap()]).err.contains("copy of something else")
    );
}

fn a_copy_opens_for_who_keeps_an_identity(site: &Site) {
    site.set_up();
    let settings = site.path("etc/stegvis.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let with = |recipient: &str| text.replace("# recipients = [\"age1…\"]", &format!("recipients = [\"{recipient}\"]"));
    fs::write(&settings, with("age1nobody")).unwrap();
    let refused = site.stegvis(&["backup"]);
    assert!(!refused.ok && refused.err.contains("age-keygen"), "{}", refused.all());
    fs::write(&settings, with("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")).unwrap();
    let said = site.stegvis(&["backup"]);
    assert!(said.ok, "{}", said.all());
    let [copy] = site.copies().try_into().unwrap();
    let start = String::from_utf8_lossy(&fs::read(&copy).unwrap()[..600]).into_owned();
    assert_eq!(start.matches("-> X25519 ").count(), 2, "for the master key and for them");
    fs::write(&settings, &text).unwrap();
    assert!(site.stegvis(&["backup"]).ok);
    // The master key of another time, when the one of now is another.
    let key = site.path("etc/master.key");
    let kept = site.path("kept.key");
    fs::copy(&key, &kept).unwrap();
    fs::write(&key, "2b".repeat(32)).unwrap();
    let other = site.stegvis(&["backup", "verify"]);
    assert!(!other.ok && other.err.contains("--identity"), "{}", other.all());
    let kept = kept.to_str().unwrap();
    let said = site.stegvis(&["backup", "verify", "--identity", kept]);
    assert!(said.ok, "{}", said.all());
}

fn the_server_takes_copies_by_itself(site: &Site) {
    site.set_up();
    assert!(fs::read_to_string(site.path("etc/stegvis.toml")).unwrap().contains("at = \"01:30\""));
    let serving = site.serve(&[("STEGVIS_BACKUP__AT", "01:30")]);
    crate::site::until("there is a copy of each", || {
        let of_keys = fs::read_dir(site.path("copies-of-keys")).into_iter().flatten();
        let of_keys =
            of_keys.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|end| end == "age"));
        site.copies().iter().any(|copy| copy.extension().is_some_and(|end| end == "age")) && of_keys.count() == 1
    });
    serving.stop();
    assert!(site.stegvis(&["backup", "verify"]).ok);
}

fn who_is_killed_while_copying_leaves_nothing_that_can_be_read(site: &Site) {
    site.set_up();
    let mut unfinished = 0;
    for wait in (0..24).map(|step| step * 12) {
        let mut child = site.command(&["backup"]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        for file in site.copies() {
            let bytes = fs::read(&file).unwrap();
            for readable in [b"SQLite format 3".as_slice(), b"PGDMP", b"Provkommunen", b"stegvis-copy"] {
                assert!(!bytes.windows(readable.len()).any(|part| part == readable), "{}", file.display());
            }
            if file.extension().is_some_and(|end| end == "age") {
                assert!(
                    site.stegvis(&["backup", "verify", file.to_str().unwrap()]).ok,
                    "what has a copy's name is one"
                );
            } else {
                unfinished += 1;
            }
        }
    }
    assert!(unfinished > 0, "it was always done before it was killed, or had not begun");
    crate::site::until("PostgreSQL has seen that the one before is gone", || site.stegvis(&["backup"]).ok);
    assert!(site.copies().iter().all(|file| file.extension().is_some_and(|end| end == "age")), "{:?}", site.copies());
}
