//! `stegvis init`: from nothing to somebody who signs in.

use std::fs;

use crate::site::{FIRST, Site, mode, on_both};

on_both!(
    the_first_administrator_signs_in,
    run_again_it_changes_nothing,
    what_was_cut_short_is_gone_on_with,
    a_key_that_is_missing_is_not_made_anew,
    a_lost_password_is_given_anew,
    what_cannot_be_is_refused_and_nobody_is_added,
);

fn the_first_administrator_signs_in(site: &Site) {
    let [ada, olof] = site.set_up();
    let serving = site.serve(&[]);
    assert!(serving.sign_in("ada", &olof).is_none(), "with somebody else's password");
    let administrator = serving.sign_in("ada", &ada).expect("the administrator signs in");
    administrator.page("/school").must_show("Provskolan");
    assert_eq!(administrator.get("/controller").status, 404, "no officer");
    let officer = serving.sign_in("olof", &olof).expect("the officer signs in");
    officer.page("/controller").must_show("Provkommunen");
    serving.stop();
    for key in ["etc/master.key", "etc/stegvis.toml"].into_iter().chain(site.is_sqlite().then_some("etc/database.key"))
    {
        assert_eq!(mode(&site.path(key)), 0o600, "{key}");
    }
    for folder in ["etc", "copies"].into_iter().chain(["data", "keys"].into_iter().filter(|_| site.is_sqlite())) {
        assert_eq!(mode(&site.path(folder)), 0o700, "{folder}");
    }
}

fn run_again_it_changes_nothing(site: &Site) {
    let [ada, _] = site.set_up();
    let files = ["etc/stegvis.toml", "etc/master.key"];
    let before = files.map(|file| fs::read(site.path(file)).unwrap());
    // Also while a server has the data.
    let serving = site.serve(&[]);
    let again = site.init(&FIRST);
    assert!(again.ok, "{}", again.all());
    assert!(again.out.contains("are there; nobody was added"), "{}", again.out);
    assert!(!again.out.contains("shown now"), "{}", again.out);
    assert_eq!(files.map(|file| fs::read(site.path(file)).unwrap()), before);
    assert_eq!(site.ask("SELECT count(*) AS said FROM person"), ["2"]);
    assert!(serving.sign_in("ada", &ada).is_some(), "the password is still the first one");
    serving.stop();
}

fn what_was_cut_short_is_gone_on_with(site: &Site) {
    // Settings, keys and tables are made before it shows that nobody is named.
    let half = site.init(&[]);
    assert!(!half.ok && half.err.contains("--controller"), "{}", half.all());
    let master = fs::read(site.path("etc/master.key")).unwrap();
    assert_eq!(site.ask("SELECT count(*) AS said FROM controller"), ["0"]);
    let [ada, _] = site.set_up();
    assert_eq!(fs::read(site.path("etc/master.key")).unwrap(), master);
    let serving = site.serve(&[]);
    assert!(serving.sign_in("ada", &ada).is_some());
    serving.stop();
}

fn a_key_that_is_missing_is_not_made_anew(site: &Site) {
    site.set_up();
    let keys = ["etc/master.key"].into_iter().chain(site.is_sqlite().then_some("etc/database.key"));
    for key in keys {
        let elsewhere = site.path("elsewhere.key");
        fs::rename(site.path(key), &elsewhere).unwrap();
        let refused = site.init(&FIRST);
        assert!(!refused.ok && refused.err.contains("Bring the key back"), "{key}: {}", refused.all());
        assert!(!site.path(key).exists(), "{key}");
        fs::rename(elsewhere, site.path(key)).unwrap();
    }
    assert!(site.init(&FIRST).ok);
}

fn a_lost_password_is_given_anew(site: &Site) {
    let [old, olof] = site.set_up();
    let serving = site.serve(&[]);
    let before = serving.sign_in("ada", &old).unwrap();
    let cookie = format!("stegvis={}", before.cookie("stegvis").unwrap());
    serving.stop();
    let said = site.init(&["--new-password", "Ada"]);
    assert!(said.ok, "{}", said.all());
    let new = said.password("ada");
    let serving = site.serve(&[]);
    assert!(serving.sign_in("ada", &old).is_none());
    assert!(serving.sign_in("ada", &new).is_some());
    assert!(serving.sign_in("olof", &olof).is_some(), "nobody else's is changed");
    let shown = serving.client().ask("GET", "/school", &[("cookie", &cookie)], "");
    assert_ne!(shown.status, 200, "where she was signed in has ended");
    serving.stop();
    let nobody = site.init(&["--new-password", "nobody"]);
    assert!(!nobody.ok && nobody.err.contains("nobody"), "{}", nobody.all());
}

fn what_cannot_be_is_refused_and_nobody_is_added(site: &Site) {
    for (flags, told) in [
        (vec!["--controller", "Provkommunen"], "--officer"),
        (vec!["--controller", " ", "--officer", "olof"], "a name is missing"),
        (vec!["--controller", "P", "--officer", "olof berg"], "no spaces"),
        (vec!["--controller", "P", "--officer", "olof", "--time-zone", "Mars/Olympus"], "Europe/Stockholm"),
        (vec!["--controller", "P", "--officer", "x", "--school", "S", "--administrator", "X"], "each their own"),
        (vec!["--controller", "P", "--school", "S"], "--administrator"),
        (vec!["--controller", "P", "--officer", "olof", "--language", "de"], "possible values: sv, en"),
    ] {
        let refused = site.init(&flags);
        assert!(!refused.ok && refused.err.contains(told), "{flags:?}: {}", refused.all());
        assert!(!refused.out.contains("shown now"), "{}", refused.out);
    }
    assert_eq!(site.ask("SELECT count(*) AS said FROM controller"), ["0"]);
    let elsewhere = ["--database", "postgres://127.0.0.1/elsewhere", "--key-database", "postgres://127.0.0.1/keys"];
    let mut words = vec!["init"];
    words.extend(elsewhere);
    let refused = site.stegvis(&words);
    assert!(!refused.ok && refused.err.contains("names another database"), "{}", refused.all());
}
