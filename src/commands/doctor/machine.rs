//! The machine: rights on files, room on disks, and the clock.

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use jiff::civil::DateTime;
use vault::{
    Millis, Place,
    care::{Look, Part, newest_migration},
};

use super::{Patient, Report};
use crate::copies;

const MIB: u64 = 1 << 20;
/// Room on a disk below which somebody should look, and below which lines will soon not be stored.
const LITTLE: u64 = 2_048 * MIB;
const TOO_LITTLE: u64 = 256 * MIB;
/// Milliseconds that two clocks may differ: what is stored is put in order by them.
const APART: i64 = 5_000;
const FAR_APART: i64 = 60_000;

/// Where something lies in files, if it does.
fn file(url: Option<&str>) -> Option<PathBuf> {
    url?.strip_prefix("sqlite:").map(|file| std::path::absolute(file).unwrap_or(file.into()))
}

/// Who can read what.
pub(super) fn rights(patient: &Patient<'_>, report: &mut Report) {
    let config = patient.config;
    let mut open = Vec::new();
    let mut look = |path: &Path, forbidden: u32| {
        let mode = path.metadata().map_or(0, |found| found.permissions().mode());
        if mode & forbidden != 0 {
            open.push((path.to_owned(), mode & 0o777 & !forbidden));
        }
    };
    for database in [file(Some(&config.database.url)), file(config.keys.url.as_deref())].into_iter().flatten() {
        look(&database, 0o077);
        if let Some(folder) = database.parent() {
            look(folder, 0o027);
        }
    }
    for folder in config.backup.all_folders() {
        look(folder, 0o027);
    }
    // An address of PostgreSQL's holds a password.
    if let Some(settings) = patient.settings.config.as_deref().filter(|_| !config.database.url.starts_with("sqlite:")) {
        look(settings, 0o007);
    }
    match open.as_slice() {
        [] => report.ok("rights", "data, keys and copies are closed to others"),
        open => {
            let commands: Vec<_> =
                open.iter().map(|(path, mode)| format!("chmod {mode:o} {}", path.display())).collect();
            let paths: Vec<_> = open.iter().map(|(path, _)| path.display().to_string()).collect();
            report.fault("rights", format!("others can get at {}", paths.join(", ")), commands.join("; "));
        }
    }
}

/// Room on the disks of the data, the keys and the copies.
pub(super) fn disks(patient: &Patient<'_>, place: &Place, report: &mut Report) {
    let config = patient.config;
    let folder = |url: Option<&str>| file(url).and_then(|file| file.parent().map(Path::to_owned));
    let data = if matches!(place, Place::Sqlite { .. }) { folder(Some(&config.database.url)) } else { None };
    let places = [
        ("disk-data", data),
        ("disk-keys", folder(config.keys.url.as_deref())),
        ("disk-backup", config.backup.directory.clone()),
        ("disk-second", config.backup.second_directory.clone()),
    ];
    for (check, folder) in places {
        let Some(folder) = folder.filter(|folder| folder.exists()) else { continue };
        match copies::free_bytes(&folder) {
            Ok(free) => room(check, &folder, free, report),
            Err(error) => report.error(check, &error),
        }
    }
}

fn room(check: &'static str, folder: &Path, free: u64, report: &mut Report) {
    let says = format!("{} MiB are free at {}", free / MIB, folder.display());
    let todo = "make room, or give it a larger disk; when it is full, nothing more is stored until there is room again";
    match free {
        free if free < TOO_LITTLE => report.fault(check, says, todo),
        free if free < LITTLE => report.warn(check, says, todo),
        _ => report.ok(check, says),
    }
}

/// Whether the clock can be right.
pub(super) fn clock(patient: &Patient<'_>, look: Option<&Look>, report: &mut Report) {
    let program = newest_migration(Part::Data).ok().and_then(|version| made(&version));
    let todo = "set the clock, and let it be kept right: timedatectl set-ntp true";
    let before = report.0.len();
    if program.is_some_and(|made| patient.now < made) {
        report.fault("clock", "is before the time at which this program was made", todo);
    } else if look.and_then(|look| look.newest).is_some_and(|newest| newest.0 > patient.now.0 + FAR_APART) {
        report.fault("clock", "is before what was stored last, so either was wrong", todo);
    } else if let Some(there) = look.and_then(|look| look.clock) {
        let apart = (there.0 - patient.now.0).abs();
        let says = format!("is {} s from that of PostgreSQL's machine", apart / 1000);
        match apart {
            apart if apart > FAR_APART => report.fault("clock", says, todo),
            apart if apart > APART => report.warn("clock", says, todo),
            _ => {}
        }
    }
    if report.0.len() == before {
        match is_synchronised() {
            Some(false) => report.warn("clock", "nothing keeps it right (NTP)", todo),
            Some(true) => report.ok("clock", "is kept right by NTP"),
            None => report.ok("clock", "can be right"),
        }
    }
}

/// When a migration was written, by its version: a program that has it is no older.
fn made(version: &str) -> Option<Millis> {
    let at = DateTime::strptime("%Y%m%d%H%M%S", version).ok()?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    // A day's grace, because those who write them live in time zones.
    Some(Millis(at.timestamp().as_millisecond() - 24 * 3_600_000))
}

/// What systemd says; nothing where there is none.
fn is_synchronised() -> Option<bool> {
    let output = Command::new("timedatectl").args(["show", "--property=NTPSynchronized", "--value"]).output().ok()?;
    match String::from_utf8_lossy(&output.stdout).trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::State, *};

    #[test]
    fn little_room_is_told_before_there_is_none() {
        let state = |mib: u64| {
            let mut report = Report::default();
            room("disk-data", Path::new("/x"), mib * MIB, &mut report);
            report.worst()
        };
        assert!(state(2_048) == State::Ok);
        assert!(state(2_047) == State::Warning);
        assert!(state(255) == State::Fault);
    }

    #[test]
    fn a_migration_tells_how_old_a_program_is_at_most() {
        assert_eq!(made("20261122000000"), Some(Millis(1_795_219_200_000)));
        assert!(newest_migration(Part::Data).ok().and_then(|version| made(&version)).is_some());
    }
}
