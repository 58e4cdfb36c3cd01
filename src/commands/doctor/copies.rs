//! The copies, in both places: how old the newest are, whether they open, and whether one is kept for too long.

use std::{os::unix::fs::MetadataExt, path::Path};

use jiff::{Timestamp, tz::TimeZone};
use vault::{
    Millis, Place,
    care::{self, CopyKeys, Part},
};

use super::{Patient, Report};
use crate::{
    config::Daily,
    copies,
    keys::{self, KeyError},
    privacy::retention::Standing,
};

const HOUR: i64 = 3_600_000;

/// Copies of one part in one place.
struct Shelf<'a> {
    check: &'static str,
    /// «the data», «the key store»
    of: &'static str,
    part: Part,
    place: &'a Place,
    folder: &'a Path,
}

pub(super) fn look(patient: &Patient<'_>, data: &Place, report: &mut Report) {
    let backup = &patient.config.backup;
    if let Err(error) = copies::folder(backup, Part::Data) {
        return report.warn("backup", "no copies are taken by Stegvis", error.to_string());
    }
    if backup.at == Daily::Never {
        report.warn(
            "backup-schedule",
            "the server takes no copies by itself",
            "set backup.at, or let a timer run `stegvis backup`",
        );
    }
    let opening = keys::store(patient.config, data).map_err(|error| match error {
        KeyError::NoMasterKey => None,
        error => Some(format!("{error}")),
    });
    let opening =
        opening.and_then(|store| copies::keys_for(&store, backup).map_err(|error| Some(format!("{error:#}"))));
    let keys_place = keys::store_place(patient.config, data).ok();
    let [first, second] = backup.folders(Part::Data);
    let [first_keys, second_keys] = backup.folders(Part::Keys);
    let all = [
        ("backup", "the data", Part::Data, Some(data), first),
        ("second-backup", "the data in the second place", Part::Data, Some(data), second),
        ("key-backup", "the key store", Part::Keys, keys_place.as_ref(), first_keys),
        ("second-key-backup", "the key store in the second place", Part::Keys, keys_place.as_ref(), second_keys),
    ];
    for (check, of, part, place, folder) in all {
        let (Some(place), Some(folder)) = (place, folder) else { continue };
        let shelf = Shelf { check, of, part, place, folder };
        match &opening {
            Ok(keys) => shelf.look(patient, keys, report),
            // The checks of the keys have said what is wrong; only an error of ours is new.
            Err(None) => {}
            Err(Some(error)) => {
                report.fault(check, format!("it cannot be seen whether copies open: {error}"), "see above");
            }
        }
    }
    for (first, second) in [(first, second), (first_keys, second_keys)] {
        let (Some(first), Some(second)) = (first, second) else { continue };
        let disk = |folder: &Path| folder.metadata().ok().map(|found| found.dev());
        if disk(first).is_some() && disk(first) == disk(second) {
            report.warn(
                "second-backup",
                format!("{} is on the same disk as {}, and is lost with it", second.display(), first.display()),
                "mount another machine's disk there; if one should be, it is not mounted",
            );
        }
    }
}

impl Shelf<'_> {
    fn look(&self, patient: &Patient<'_>, keys: &CopyKeys, report: &mut Report) {
        let (check, of, every) = (self.check, self.of, patient.config.backup.every_hours);
        let folder = self.folder.display();
        match copies::newest(self.folder, self.place, self.part) {
            Err(error) => report.fault(
                check,
                format!("the folder {folder} cannot be read: {error}"),
                "mount or make it, and let the server's account write there; `stegvis backup` makes the first place, too",
            ),
            Ok(None) => report.warn(
                check,
                format!("there is no copy of {of}"),
                "the server takes one within a minute of its start; or run `stegvis backup`, with --keys for the keys",
            ),
            Ok(Some((copy, at))) => {
                let hours = patient.now.since(at).div_euclid(HOUR);
                let told = format!("the newest copy of {of} is {hours} hours old");
                match self.check(patient, keys, &copy) {
                    Err(error) => report.fault(check, error, "run `stegvis backup`, and see that the disk is well"),
                    Ok(_) if hours < 0 => report.warn(
                        check,
                        format!("the newest copy of {of} is from the future: {}", copy.display()),
                        "see that the clock is right; when it is, remove that copy, which would never be old enough to go",
                    ),
                    Ok(how) if hours > i64::from(every) => report.warn(
                        check,
                        format!("{told}; {how}"),
                        format!("see in the log why, or run `stegvis backup` (backup.every_hours is {every})"),
                    ),
                    Ok(how) => report.ok(check, format!("{told}; {how}")),
                }
            }
        }
        self.look_for_old(patient, report);
    }

    /// Reading all of a large copy takes a while, so the usual look is whether it opens.
    fn check(&self, patient: &Patient<'_>, keys: &CopyKeys, copy: &Path) -> Result<&'static str, String> {
        let told = |error: care::CareError| error.to_string();
        if patient.thorough {
            care::check(self.place, self.part, copy, keys).map(|()| "it was read whole").map_err(told)
        } else {
            care::opens(self.place, self.part, copy, keys).map(|_| "it opens").map_err(told)
        }
    }

    /// Copies that are kept for too long: who was forgotten is in them.
    fn look_for_old(&self, patient: &Patient<'_>, report: &mut Report) {
        let day = |at: Millis| Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(TimeZone::UTC).date();
        let Ok(keeping) = patient.config.retention.keeping() else { return };
        let Ok(Some((copy, at))) = copies::oldest(self.folder, self.place, self.part) else { return };
        let standing = match self.part {
            Part::Data => keeping.of_data(day(at), day(patient.now)),
            Part::Keys => keeping.of_keys(day(at), day(patient.now)),
        };
        if standing == Standing::MustGo {
            report.warn(
                self.check,
                format!(
                    "a copy of {} is {} days old: {}",
                    self.of,
                    patient.now.since(at) / (24 * HOUR),
                    copy.display()
                ),
                "it should be gone. See in the log why the server did not throw it away; who was forgotten is in it",
            );
        }
    }
}
