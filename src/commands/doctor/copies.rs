//! The copies of the data: how old the newest is, and whether it opens.

use vault::{
    Place,
    care::{self, Part},
};

use super::{Patient, Report};
use crate::commands::copies;

const HOUR: i64 = 3_600_000;
/// Days after which a copy of the key store should be gone: whoever was forgotten can be read for as long as one is left.
const KEYS_DAYS: i64 = 7;

pub(super) fn look(patient: &Patient<'_>, place: &Place, report: &mut Report) {
    let folder = match copies::folder(&patient.config.backup, Part::Data) {
        Ok(folder) => folder,
        Err(error) => return report.warn("backup", "no copies are taken by Stegvis", error.to_string()),
    };
    let every = patient.config.backup.every_hours;
    match copies::newest(folder, place, Part::Data) {
        Err(error) => report.fault(
            "backup",
            format!("the folder {} cannot be read: {error}", folder.display()),
            "make it, and let the server's account write there; `stegvis backup` makes it, too",
        ),
        Ok(None) => {
            report.warn("backup", "there is no copy of the data", "run `stegvis backup`, and let a timer do it daily");
        }
        Ok(Some((copy, at))) => {
            let hours = patient.now.since(at) / HOUR;
            match copies_check(patient, place, &copy) {
                Err(error) => report.fault("backup", error, "run `stegvis backup`, and see that the disk is well"),
                Ok(how) if hours > i64::from(every) => report.warn(
                    "backup",
                    format!("the newest copy of the data is {hours} hours old; {how}"),
                    format!("run `stegvis backup`, and let a timer do it (backup.every_hours is {every})"),
                ),
                Ok(how) => report.ok("backup", format!("the newest copy of the data is {hours} hours old; {how}")),
            }
        }
    }
    old_keys(patient, place, report);
}

/// Reading all of a large copy takes a while, so the usual look is whether it opens.
fn copies_check(patient: &Patient<'_>, place: &Place, copy: &std::path::Path) -> Result<&'static str, String> {
    if patient.thorough {
        care::check(place, copy).map(|_| "it was read whole").map_err(|error| error.to_string())
    } else {
        care::opens(place, copy).map(|_| "it opens").map_err(|error| error.to_string())
    }
}

/// Copies of the key store that are kept for too long.
fn old_keys(patient: &Patient<'_>, place: &Place, report: &mut Report) {
    let Ok(folder) = copies::folder(&patient.config.backup, Part::Keys) else { return };
    let too_old = patient.now.plus(-KEYS_DAYS * 24 * HOUR);
    if let Ok(Some((_, at))) = copies::oldest(folder, place, Part::Keys)
        && at < too_old
    {
        report.warn(
            "key-backup",
            format!("a copy of the key store is {} days old", patient.now.since(at) / (24 * HOUR)),
            format!(
                "remove those in {} that are older than seven days: who was forgotten can be read as long as \
                     they are there",
                folder.display()
            ),
        );
    }
}
