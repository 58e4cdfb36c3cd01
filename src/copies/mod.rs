//! Copies of the data and of the key store: taken on a schedule, kept for as long as the rules say, in two places.
//!
//! | file | what stands there |
//! |---|---|
//! | `take.rs` | taking a copy, now |
//! | `second.rs` | the second place: what is in the first and not there |
//! | `keep.rs` | what is thrown away, and what is not |
//! | `ledger.rs` | the ledger of erasures, which lies outside the key store |
//! | `rounds.rs` | what the server does of all that by itself |

mod keep;
mod ledger;
mod rounds;
mod second;
mod take;

use std::path::{Path, PathBuf};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use vault::{
    Millis, Place,
    care::{self, Part},
};

pub use self::{
    ledger::{LEDGER, LedgerError, Ledgers},
    rounds::Rounds,
    take::{Copier, Taken, folder, free_bytes, keys_for},
};

/// How a copy's name shows its moment, in UTC.
const MOMENT: &str = "%Y%m%dT%H%M%S%3fZ";

const fn beginning(part: Part) -> &'static str {
    match part {
        Part::Data => "stegvis-",
        Part::Keys => "stegvis-keys-",
    }
}

/// `stegvis-20261126T011500123Z.db.age`
fn name(part: Part, now: Millis, ending: &str) -> String {
    let moment = Timestamp::from_millisecond(now.0).unwrap_or_default().strftime(MOMENT).to_string();
    format!("{}{moment}.{ending}", beginning(part))
}

/// When the copy with this name was taken; nothing if it is no copy's name.
#[must_use]
pub fn moment(name: &str, place: &Place, part: Part) -> Option<Millis> {
    let rest = name.strip_prefix(beginning(part))?;
    let of = |ending: &str| {
        let text = rest.strip_suffix(ending)?.strip_suffix('.')?;
        let at = DateTime::strptime(MOMENT, text).ok()?.to_zoned(TimeZone::UTC).ok()?;
        let at = Millis(at.timestamp().as_millisecond());
        // The library reads more than it writes, such as a sign before the year.
        (self::name(part, at, ending) == name).then_some(at)
    };
    of(care::ending(place)).or_else(|| of(care::old_ending(place)))
}

/// The newest copy in a folder, and when it was taken.
///
/// # Errors
/// When the folder cannot be read.
pub fn newest(folder: &Path, place: &Place, part: Part) -> std::io::Result<Option<(PathBuf, Millis)>> {
    Ok(all(folder, place, part)?.pop())
}

/// The oldest copy in a folder, and when it was taken.
///
/// # Errors
/// When the folder cannot be read.
pub fn oldest(folder: &Path, place: &Place, part: Part) -> std::io::Result<Option<(PathBuf, Millis)>> {
    Ok(all(folder, place, part)?.into_iter().next())
}

/// All copies in a folder, the oldest first.
fn all(folder: &Path, place: &Place, part: Part) -> std::io::Result<Vec<(PathBuf, Millis)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let at = entry.file_name().to_str().and_then(|name| moment(name, place, part));
        // A folder or a link of that name is somebody else's.
        if let Some(at) = at.filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())) {
            found.push((entry.path(), at));
        }
    }
    found.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use vault::Key;

    use super::*;

    #[test]
    fn a_copy_tells_by_its_name_when_it_was_taken() {
        let place = Place::Sqlite { file: "x".into(), key: Key::from_bytes([1; 32]) };
        let now = Millis(1_795_655_700_123);
        for (part, ending) in [(Part::Data, "db.age"), (Part::Keys, "db.age"), (Part::Data, "db")] {
            let called = name(part, now, ending);
            assert_eq!(moment(&called, &place, part), Some(now), "{called}");
            for other in [format!("{called}.part"), called.replace("2026", "+2026"), called.replace("T", "t")] {
                assert_eq!(moment(&other, &place, part), None, "{other}");
            }
        }
        assert_eq!(moment(&name(Part::Keys, now, "db.age"), &place, Part::Data), None, "not the keys' copies");
        assert_eq!(moment(&name(Part::Data, now, "dump.age"), &place, Part::Data), None, "not PostgreSQL's");
        let folder = tempfile::tempdir().unwrap();
        assert!(newest(folder.path(), &place, Part::Data).unwrap().is_none());
        for at in [5_000, 9_000, 7_000] {
            std::fs::write(folder.path().join(name(Part::Data, Millis(at), "db.age")), "").unwrap();
        }
        std::fs::create_dir(folder.path().join(name(Part::Data, Millis(99_000), "db.age"))).unwrap();
        let moments = all(folder.path(), &place, Part::Data).unwrap().into_iter().map(|(_, at)| at.0);
        assert_eq!(moments.collect::<Vec<_>>(), [5_000, 7_000, 9_000]);
    }
}
