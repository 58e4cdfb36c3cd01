//! `stegvis upgrade`: nothing is migrated without a copy.

use std::{fs, process::Command};

use crate::site::{Said, Site, on_both};

on_both!(
    a_copy_is_taken_before_tables_are_changed,
    a_migration_that_fails_leaves_everything_as_it_was,
    without_a_copy_nothing_is_migrated,
);

/// A site whose data are those of the first version.
fn old(site: &Site) {
    assert!(!site.init(&[]).ok, "nobody is named");
    site.confirm();
    site.make_old();
    assert_eq!(site.versions(), ["20261122000000"]);
}

fn is_as_it_was(site: &Site) {
    assert_eq!(site.versions(), ["20261122000000"]);
    assert_eq!(site.ask("SELECT name AS said FROM controller"), ["Gamla kommunen"]);
}

fn a_copy_is_taken_before_tables_are_changed(site: &Site) {
    old(site);
    let refused = site.stegvis(&["serve"]);
    assert!(!refused.ok && refused.err.contains("stegvis upgrade"), "{}", refused.all());
    is_as_it_was(site);
    let upgraded = site.stegvis(&["upgrade"]);
    assert!(upgraded.ok, "{}", upgraded.all());
    let [copy] = site.copies().try_into().expect("one copy");
    assert!(upgraded.out.contains(copy.to_str().unwrap()), "{}", upgraded.out);
    assert!(site.versions().len() > 2);
    assert_eq!(site.ask("SELECT name AS said FROM controller"), ["Gamla kommunen"]);
    assert_eq!(site.ask("SELECT count(*) AS said FROM class_code"), ["0"], "a table of the new version");
    site.serve(&[]).stop();
    // The copy opens in another place, and is the house as it was.
    holds_the_old_house(site, &copy);
    let again = site.stegvis(&["migrate"]);
    assert!(again.ok && again.out.contains("up to date"), "{}", again.all());
    assert_eq!(site.copies(), [copy], "nothing was to be done");
}

fn holds_the_old_house(site: &Site, copy: &std::path::Path) {
    let elsewhere = if site.is_sqlite() { None } else { Site::on_postgres() };
    fs::create_dir(site.path("elsewhere")).unwrap();
    let url = elsewhere.as_ref().map_or(format!("sqlite:{}", site.path("elsewhere/stegvis.db").display()), Site::url);
    let output =
        site.command(&["restore", copy.to_str().unwrap()]).env("STEGVIS_DATABASE__URL", &url).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("of an older Stegvis"));
    assert_eq!(
        site.ask_in(&url, "SELECT version AS said FROM __diesel_schema_migrations"),
        ["20261122000000"],
        "the old tables"
    );
    assert_eq!(site.ask_in(&url, "SELECT name AS said FROM controller"), ["Gamla kommunen"]);
}

fn a_migration_that_fails_leaves_everything_as_it_was(site: &Site) {
    old(site);
    // In the way of a migration that is not the first to come.
    site.sql("CREATE TABLE class_code (in_the_way INTEGER)");
    let failed = site.stegvis(&["upgrade"]);
    assert!(!failed.ok, "{}", failed.all());
    let [copy] = site.copies().try_into().expect("one copy");
    assert!(failed.err.contains("as they were") && failed.err.contains(copy.to_str().unwrap()), "{}", failed.err);
    is_as_it_was(site);
    site.sql("DROP TABLE class_code");
    let upgraded = site.stegvis(&["upgrade"]);
    assert!(upgraded.ok, "{}", upgraded.all());
}

fn without_a_copy_nothing_is_migrated(site: &Site) {
    old(site);
    let must_refuse = |said: Said, why: &str| {
        assert!(!said.ok && said.err.contains("nothing was migrated"), "{why}: {}", said.all());
        is_as_it_was(site);
        assert!(site.copies().is_empty(), "{why}: no half copy is left");
    };
    fs::remove_dir(site.path("copies")).unwrap();
    fs::write(site.path("copies"), "in the way of the folder").unwrap();
    must_refuse(site.stegvis(&["upgrade"]), "the folder cannot be made");
    fs::remove_file(site.path("copies")).unwrap();
    // No file may grow beyond a little: what a full disk is to a copy.
    let blocks = if site.is_sqlite() { 80 } else { 4 };
    let full = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" upgrade");
    let mut command = Command::new("sh");
    command.args(["-c", &full, env!("CARGO_BIN_EXE_stegvis")]).env("STEGVIS_CONFIG", site.path("etc/stegvis.toml"));
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = Said { ok: output.status.success(), code: None, out: text(&output.stdout), err: text(&output.stderr) };
    must_refuse(said, "the disk is full");
    let settings = fs::read_to_string(site.path("etc/stegvis.toml")).unwrap();
    let without: String = settings
        .lines()
        .filter(|line| !line.starts_with("directory"))
        .fold(String::new(), |all, line| all + line + "\n");
    fs::write(site.path("etc/stegvis.toml"), without).unwrap();
    must_refuse(site.stegvis(&["upgrade"]), "no folder is named");
}
