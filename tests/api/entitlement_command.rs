//! `stegvis entitlement` as an operator uses it, on an SQLite house of its own.

use std::{
    fs,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;
use vault::{Fault, Key, KeyStore, Options, Place, Vault, keys::check_words, rows::entitlements};

use crate::world;

fn write_key(file: &Path, byte: u8) {
    use std::io::Write;
    let mut opened = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).unwrap();
    opened.write_all(format!("{byte:02x}").repeat(32).as_bytes()).unwrap();
}

/// A house with the world in it, and the keys beside it.
fn house() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["data", "keys"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    write_key(&folder.path().join("keys/database.key"), 7);
    write_key(&folder.path().join("keys/master.key"), 9);
    on(&folder, |vault, wait| {
        let words = check_words(&Key::from_bytes([9; 32])).join(" ");
        assert!(vault.keys().confirm(&words, world::morning()).unwrap());
        wait(vault).unwrap();
    });
    folder
}

type Filling = fn(&Vault) -> Result<(), Fault>;

fn on(folder: &TempDir, act: impl FnOnce(&Vault, Filling)) {
    let place = |name: &str| Place::Sqlite { file: folder.path().join(name), key: Key::from_bytes([7; 32]) };
    let keys = KeyStore::new(place("keys/keys.db"), Key::from_bytes([9; 32]));
    let vault = Vault::open(Options::new(place("data/stegvis.db"), keys)).unwrap();
    act(&vault, |vault| runtime().block_on(vault.write(world::make)));
    runtime().block_on(vault.close());
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn stegvis(folder: &TempDir, arguments: &[&str]) -> Output {
    let at = |name: &str| folder.path().join(name).display().to_string();
    Command::new(env!("CARGO_BIN_EXE_stegvis"))
        .arg("entitlement")
        .args(arguments)
        .env("STEGVIS_DATABASE__URL", format!("sqlite:{}", at("data/stegvis.db")))
        .env("STEGVIS_DATABASE__KEY_FILE", at("keys/database.key"))
        .env("STEGVIS_KEYS__URL", format!("sqlite:{}", at("keys/keys.db")))
        .env("STEGVIS_KEYS__MASTER_KEY_FILE", at("keys/master.key"))
        .output()
        .unwrap()
}

#[track_caller]
fn says(folder: &TempDir, arguments: &[&str]) -> String {
    let output = stegvis(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refuses(folder: &TempDir, arguments: &[&str], because: &str) {
    let output = stegvis(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains(because), "{arguments:?}: {said}");
}

#[test]
fn an_operator_gives_lists_and_ends() {
    let folder = house();
    let all = says(&folder, &["list"]);
    assert_eq!(all.matches("all without an end").count(), 4, "every controller: {all}");
    assert!(all.contains("Ekskolan (Aspby kommun)"), "{all}");
    says(&folder, &["end", "--controller", "Aspby kommun", "--material", "all"]);
    let given = says(&folder, &["give", "--school", "ekskolan", "--material", "algebra", "--until", "2030-06-30"]);
    assert!(given.contains("algebra until 2030-06-30"), "{given}");
    let list = says(&folder, &["list", "--school", "Ekskolan"]);
    assert!(list.contains("algebra until 2030-06-30") && !list.contains("all"), "{list}");
    says(&folder, &["give", "--school", "Ekskolan", "--material", "algebra"]);
    assert!(says(&folder, &["list", "--school", "Ekskolan"]).contains("algebra without an end"));
    says(&folder, &["end", "--school", "Ekskolan", "--material", "algebra", "--until", "2031-01-31"]);
    let list = says(&folder, &["list", "--school", "Ekskolan"]);
    assert_eq!((list.matches("algebra").count(), list.contains("until 2031-01-31")), (1, true), "{list}");
    // By hand: the 31st ends in Stockholm an hour before it does in Greenwich.
    on(&folder, |vault, _| {
        let look = vault.read(|tx| {
            let holders = entitlements::holders(tx)?;
            let of_ekskolan = holders
                .into_iter()
                .find(|holder| holder.school.as_ref().is_some_and(|(id, _)| *id == world::school("ekskolan")));
            entitlements::held_by(tx, &of_ekskolan.unwrap(), vault::Millis(1_900_000_000_000))
        });
        let held = runtime().block_on(look).unwrap();
        let end = jiff::civil::date(2031, 1, 31).at(23, 0, 0, 0).in_tz("UTC").unwrap();
        assert_eq!(held[0].to.map(|to| to.0), Some(end.timestamp().as_millisecond()));
    });
}

#[test]
fn whatever_cannot_be_done_is_said_with_what_to_do() {
    let folder = house();
    let give = |rest: &[&'static str]| [&["give"], rest].concat();
    refuses(&folder, &give(&["--material", "algebra"]), "--school or --controller");
    refuses(&folder, &give(&["--school", "Ingenstans", "--material", "algebra"]), "no such school");
    refuses(&folder, &give(&["--school", "Ekskolan", "--material", "geometri"]), "number, algebra, relations-change");
    refuses(&folder, &give(&["--school", "Ekskolan", "--material", "algebra", "--until", "2001-01-01"]), "has passed");
    refuses(&folder, &give(&["--school", "Ekskolan", "--material", "algebra", "--until", "snart"]), "--until");
    refuses(&folder, &["end", "--school", "Ekskolan", "--material", "algebra"], "no such material of their own");
}
