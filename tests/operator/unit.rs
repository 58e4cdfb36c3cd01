//! What `packaging/` names is there.

use std::{fs, path::Path, process::Command};

use crate::site::Site;

const UNITS: [(&str, &str); 1] = [("stegvis.service", include_str!("../../packaging/stegvis.service"))];
const BINARY: &str = "/usr/local/bin/stegvis";

/// The values of a setting in a unit.
fn values<'a>(unit: &'a str, name: &str) -> Vec<&'a str> {
    unit.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('=')).collect()
}

#[test]
fn every_command_and_setting_of_the_units_is_the_binarys() {
    let site = Site::on_sqlite();
    let mut commands = 0;
    for (name, unit) in UNITS {
        for line in values(unit, "ExecStart").into_iter().chain(values(unit, "ExecStartPre")) {
            let words: Vec<&str> = line.strip_prefix(BINARY).expect(line).split_whitespace().collect();
            let (command, flags) = words.split_first().unwrap();
            let help = site.stegvis(&[command, "--help"]);
            assert!(help.ok, "{name}: {line}: {}", help.all());
            for flag in flags.iter().filter(|word| word.starts_with("--")) {
                assert!(help.out.contains(flag), "{name}: {flag}");
            }
            commands += 1;
        }
        // What is not ours is for the C library.
        for variable in values(unit, "Environment").into_iter().filter(|variable| variable.starts_with("STEGVIS_")) {
            // Tried with another one, which is refused if it is no setting.
            let (variable, _) = variable.split_once('=').unwrap();
            let output = site.command(&["doctor"]).env(variable, "/nowhere").output().unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(said.contains("/nowhere") && !said.contains("not a known setting"), "{variable}: {said}");
        }
    }
    assert_eq!(commands, 2);
}

#[test]
fn the_service_is_given_what_it_needs() {
    let unit = UNITS[0].1;
    assert_eq!(values(unit, "Type"), ["notify"]);
    assert_eq!(values(unit, "LoadCredentialEncrypted"), [stegvis::keys::CREDENTIAL]);
    let stopping = stegvis::config::Stopping::default();
    let needed = u32::from(stopping.notice_seconds) + u32::from(stopping.finish_seconds);
    let patience: u32 = values(unit, "TimeoutStopSec")[0].parse().unwrap();
    assert!(patience > needed + 10, "{patience} s are too few for {needed} s and writing what is queued");
    // The folders that `stegvis init` makes unless it is told others.
    let site = Site::on_sqlite();
    let help = site.stegvis(&["init", "--help"]).out;
    let folders: Vec<&str> = values(unit, "StateDirectory")[0].split(' ').collect();
    for folder in ["stegvis", "stegvis-keys", "stegvis-backups"] {
        assert!(folders.contains(&folder) && help.contains(&format!("/var/lib/{folder}]")), "{folder}: {help}");
    }
    assert!(help.contains("/etc/stegvis/stegvis.toml"), "{help}");
    assert!(values(unit, "Environment").contains(&"STEGVIS_CONFIG=/etc/stegvis/stegvis.toml"));
}

#[test]
fn systemd_takes_the_units() {
    let folder = tempfile::tempdir().unwrap();
    let files = UNITS.map(|(name, unit)| {
        let file = folder.path().join(name);
        // Where the binary is in this house; the account is made by whoever installs it.
        let unit =
            unit.replace(BINARY, env!("CARGO_BIN_EXE_stegvis")).replace("=stegvis\nGroup=stegvis", "=root\nGroup=root");
        fs::write(&file, unit).unwrap();
        file
    });
    let mut verify = Command::new("systemd-analyze");
    verify.arg("verify").args(&files);
    let Ok(output) = verify.output() else {
        eprintln!("note: there is no systemd-analyze, so the units are not verified");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let ours =
        |line: &&str| files.iter().any(|file| line.contains(&*Path::new(file).file_name().unwrap().to_string_lossy()));
    let complaints: Vec<&str> = said.lines().filter(ours).collect();
    assert!(complaints.is_empty(), "{said}");
}
