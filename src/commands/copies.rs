//! Copies of the data and of the key store: where they go, what they are called, and which is the newest.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use vault::{
    Millis, Place,
    care::{self, Part},
};

use crate::{
    config::{Backup, Config},
    keys::make_folder,
};

/// How a copy's name shows its moment, in UTC.
const MOMENT: &str = "%Y%m%dT%H%M%S%3fZ";

const fn beginning(part: Part) -> &'static str {
    match part {
        Part::Data => "stegvis-",
        Part::Keys => "stegvis-keys-",
    }
}

/// `stegvis-20261126T011500123Z.db`
fn name(place: &Place, part: Part, now: Millis) -> String {
    let moment = Timestamp::from_millisecond(now.0).unwrap_or_default().strftime(MOMENT).to_string();
    format!("{}{moment}.{}", beginning(part), care::ending(place))
}

/// When the copy with this name was taken; nothing if it is no copy's name.
#[must_use]
pub fn moment(name: &str, place: &Place, part: Part) -> Option<Millis> {
    let text = name.strip_prefix(beginning(part))?.strip_suffix(care::ending(place))?.strip_suffix('.')?;
    let at = DateTime::strptime(MOMENT, text).ok()?.to_zoned(TimeZone::UTC).ok()?;
    let at = Millis(at.timestamp().as_millisecond());
    // The library reads more than it writes, such as a sign before the year.
    (self::name(place, part, at) == name).then_some(at)
}

/// The newest copy in a folder, and when it was taken.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn newest(folder: &Path, place: &Place, part: Part) -> std::io::Result<Option<(PathBuf, Millis)>> {
    Ok(all(folder, place, part)?.into_iter().max_by_key(|(_, at)| *at))
}

/// The oldest copy in a folder, and when it was taken.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn oldest(folder: &Path, place: &Place, part: Part) -> std::io::Result<Option<(PathBuf, Millis)>> {
    Ok(all(folder, place, part)?.into_iter().min_by_key(|(_, at)| *at))
}

fn all(folder: &Path, place: &Place, part: Part) -> std::io::Result<Vec<(PathBuf, Millis)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if let Some(at) = entry.file_name().to_str().and_then(|name| moment(name, place, part)) {
            found.push((entry.path(), at));
        }
    }
    Ok(found)
}

/// The folder that the settings have for copies of a part.
///
/// # Errors
/// When there is none, or the keys' copies would lie with the data's.
pub(super) fn folder(backup: &Backup, part: Part) -> anyhow::Result<&Path> {
    if let (Some(data), Some(keys)) = (&backup.directory, &backup.keys_directory)
        && (keys.starts_with(data) || data.starts_with(keys))
    {
        bail!(
            "backup.directory and backup.keys_directory lie in one another. Whoever has a copy of the data would have \
             the keys as well: name folders apart"
        )
    }
    match part {
        Part::Data => backup.directory.as_deref().context(
            "backup.directory is not set. Name a folder for copies of the data there, best on another disk, such as \
             /var/lib/stegvis-backups",
        ),
        Part::Keys => backup.keys_directory.as_deref().context(
            "backup.keys_directory is not set. Name a folder for copies of the key store there, apart from those of the \
             data; none is kept longer than seven days",
        ),
    }
}

/// Takes a copy into the folder that the settings have, and reads it back.
///
/// # Errors
/// When there is no such folder, no room in it, or the copy cannot be relied on; there is then none.
pub(super) fn take(config: &Config, place: &Place, part: Part, now: Millis) -> anyhow::Result<PathBuf> {
    let folder = folder(&config.backup, part)?;
    make_folder(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    refuse_full(folder, place)?;
    let to = folder.join(name(place, part, now));
    care::copy(place, &to).with_context(|| format!("cannot take a copy into {}", folder.display()))?;
    Ok(to)
}

/// A copy is at most as large as the database and its log.
fn refuse_full(folder: &Path, place: &Place) -> anyhow::Result<()> {
    let Place::Sqlite { file, .. } = place else { return Ok(()) };
    let size = |end: &str| std::fs::metadata(format!("{}{end}", file.display())).map_or(0, |found| found.len());
    let (needed, free) = (size("") + size("-wal"), free_bytes(folder)?);
    if free < needed {
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        bail!(
            "there is no room for a copy in {}: {} MiB are needed, {} MiB are free. Make room, or name another folder as \
             backup.directory",
            folder.display(),
            mib(needed),
            mib(free)
        )
    }
    Ok(())
}

/// Bytes that can still be written to the disk of a file or folder.
///
/// # Errors
/// When it is not there.
pub(super) fn free_bytes(at: &Path) -> anyhow::Result<u64> {
    let found =
        rustix::fs::statvfs(at).with_context(|| format!("cannot see how full the disk of {} is", at.display()))?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(test)]
mod tests {
    use vault::Key;

    use super::*;

    #[test]
    fn a_copy_tells_by_its_name_when_it_was_taken() {
        let place = Place::Sqlite { file: "x".into(), key: Key::from_bytes([1; 32]) };
        let now = Millis(1_795_655_700_123);
        for part in [Part::Data, Part::Keys] {
            let called = name(&place, part, now);
            assert_eq!(moment(&called, &place, part), Some(now), "{called}");
            for other in [format!("{called}.part"), called.replace("2026", "+2026"), called.replace("T", "t")] {
                assert_eq!(moment(&other, &place, part), None, "{other}");
            }
        }
        assert_eq!(moment(&name(&place, Part::Keys, now), &place, Part::Data), None, "not the keys' copies");
        let folder = tempfile::tempdir().unwrap();
        assert!(newest(folder.path(), &place, Part::Data).unwrap().is_none());
        for at in [5_000, 9_000, 7_000] {
            std::fs::write(folder.path().join(name(&place, Part::Data, Millis(at))), "").unwrap();
        }
        assert_eq!(newest(folder.path(), &place, Part::Data).unwrap().map(|(_, at)| at), Some(Millis(9_000)));
    }

    #[test]
    fn copies_of_keys_do_not_lie_with_those_of_the_data() {
        let both = |data: &str, keys: &str| Backup {
            directory: Some(data.into()),
            keys_directory: Some(keys.into()),
            ..Backup::default()
        };
        assert!(folder(&both("/b/data", "/b/keys"), Part::Keys).is_ok());
        for (data, keys) in [("/b", "/b"), ("/b", "/b/keys"), ("/b/data", "/b")] {
            assert!(folder(&both(data, keys), Part::Data).is_err(), "{data} {keys}");
        }
        assert!(folder(&Backup::default(), Part::Data).is_err_and(|error| error.to_string().contains("directory")));
    }
}
