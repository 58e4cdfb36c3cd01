//! `stegvis backup` and `stegvis restore`.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::site::{Said, Site, on_both};

on_both!(
    a_copy_is_taken_while_the_server_serves_and_comes_back_into_an_empty_place_only,
    a_program_that_only_says_that_it_copied_is_found_out,
    of_nothing_there_is_no_copy,
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
    let script = format!(
        "#!/bin/sh\nfor word do [ \"$before\" = --file ] && file=$word; before=$word; done\n'{}' \"$@\" && truncate -s 9000 \"$file\"\n",
        real.display()
    );
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
