//! Reading copies: whether they are whole, bringing them back, and trying that without touching anything.

use std::{
    fs::{DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use super::{
    CareError, CopyKeys, Part, Refusal, Tables, dump, file, look,
    sealed::{self, Label, Opened},
    take::{Scrap, settle},
};
use crate::{Key, OpenError, Place, lock::Lock, time::Millis};

/// What a copy holds.
#[derive(Clone, Debug, Default)]
pub struct Content {
    pub(super) versions: Vec<String>,
    /// Rows by table.
    pub rows: std::collections::BTreeMap<String, u64>,
    /// When somebody last signed in or handed in a line; nothing of older tables.
    pub newest: Option<Millis>,
    /// When the copy was taken; nothing of those of the time before they were encrypted.
    pub taken: Option<Millis>,
}

/// Opens a copy that is to be one of `part` for `place`.
fn open(place: &Place, part: Part, from: &Path, keys: &CopyKeys) -> Result<Opened, CareError> {
    let opened = sealed::open(from, keys)?;
    opened.label.is_for(place, part).map_err(|why| why.of(from))?;
    Ok(opened)
}

/// Whether a copy opens and is one of Stegvis', by its beginning and its end. Says when it was taken; nothing of those of
/// the time before they were encrypted.
///
/// # Errors
/// [`CareError::Refused`] and [`CareError::Damaged`] when it does not.
pub fn opens(place: &Place, part: Part, from: &Path, keys: &CopyKeys) -> Result<Option<Millis>, CareError> {
    if !sealed::is_sealed(from)? {
        match place {
            Place::Sqlite { key, .. } => drop(file::opens(from, key)?),
            Place::Postgres { .. } => dump::opens(from)?,
        }
        return Ok(None);
    }
    let Opened { label, mut body } = open(place, part, from, keys)?;
    // The last piece says that it is the last: that nothing was cut off shows without reading all.
    io::Seek::seek(&mut body, io::SeekFrom::End(0)).map_err(|cause| sealed::broken(from, cause))?;
    Ok(Some(label.at))
}

/// Reads a copy whole.
///
/// # Errors
/// As [`opens`].
pub fn check(place: &Place, part: Part, from: &Path, keys: &CopyKeys) -> Result<(), CareError> {
    if sealed::is_sealed(from)? {
        return sealed::drain(from, open(place, part, from, keys)?, &mut io::sink()).map(drop);
    }
    match place {
        Place::Sqlite { key, .. } => file::check(from, key).map(drop),
        Place::Postgres { .. } => scan(from).map(drop),
    }
}

fn scan(plain: &Path) -> Result<Content, CareError> {
    let dump = File::open(plain).map_err(|cause| CareError::File { path: plain.to_owned(), cause })?;
    dump::scan(dump).map_err(|error| error.of(plain))
}

/// Whether the tables are those of `part`, and none that this program does not know.
fn are_known(versions: &[String], part: Part, from: &Path) -> Result<Tables, CareError> {
    let known = part.known().versions()?;
    // The first tells them apart; later ones of both may have been written at the same moment.
    if versions.first() != known.first() {
        return Err(Refusal::OtherPart.of(from));
    }
    match Tables::of(versions, &known) {
        Tables::Newer(version) => Err(OpenError::Newer(version).into()),
        tables => Ok(tables),
    }
}

/// Brings a copy back into a place where there is nothing. All of it is read before anything is written.
///
/// # Errors
/// [`CareError::NotEmpty`], and what makes a copy unusable; the place is then as it was.
pub fn bring_back(place: &Place, part: Part, from: &Path, keys: &CopyKeys) -> Result<(), CareError> {
    let is_sealed = sealed::is_sealed(from)?;
    match place {
        Place::Sqlite { file, key } => {
            check(place, part, from, keys)?;
            refuse_filled(file)?;
            let scrap = Scrap::make(file.with_added_extension("part"))?;
            let of = unpack(place, part, from, keys, &scrap.0)?;
            are_known(&check_within(&scrap.0, &of, from)?, part, from)?;
            if of != *key {
                file::exchange_key(&scrap.0, &of, key)?;
                check_within(&scrap.0, key, from)?;
            }
            let _lock = Lock::take(file)?;
            refuse_filled(file)?;
            settle(&scrap.0, file).map_err(|cause| CareError::File { path: file.clone(), cause })
        }
        Place::Postgres { url, schema, .. } => {
            let content = match is_sealed {
                true => {
                    let opened = open(place, part, from, keys)?;
                    dump::scan(opened.body).map_err(|error| error.of(from))?
                }
                false => scan(from)?,
            };
            are_known(&content.versions, part, from)?;
            if !look::is_empty(url, schema.as_deref())? {
                return Err(CareError::NotEmpty("the PostgreSQL database".into()));
            }
            let brought = match is_sealed {
                true => dump::bring_back(url, open(place, part, from, keys)?.body),
                false => match File::open(from) {
                    Ok(plain) => dump::bring_back(url, plain),
                    Err(cause) => return Err(CareError::File { path: from.to_owned(), cause }),
                },
            };
            brought.map_err(|error| error.of_bringing(from))
        }
    }
}

fn refuse_filled(file: &Path) -> Result<(), CareError> {
    for there in ["", "-wal", "-journal"].map(|end| PathBuf::from(format!("{}{end}", file.display()))) {
        if there.exists() {
            return Err(CareError::NotEmpty(there.display().to_string()));
        }
    }
    Ok(())
}

/// Reads every page and row of the SQLite file that was in a copy, and says which migrations there are.
fn check_within(unpacked: &Path, key: &Key, from: &Path) -> Result<Vec<String>, CareError> {
    file::check(unpacked, key).map_err(|error| match error {
        CareError::Damaged { .. } | CareError::Open(OpenError::WrongKey { .. } | OpenError::NotEncrypted { .. }) => {
            Refusal::Within.of(from)
        }
        CareError::Open(OpenError::Database(_)) => Refusal::Within.of(from),
        other => other,
    })
}

/// Writes the SQLite file that is in a copy, and says what opens it.
fn unpack(place: &Place, part: Part, from: &Path, keys: &CopyKeys, to: &Path) -> Result<Key, CareError> {
    let failed = |cause| CareError::File { path: to.to_owned(), cause };
    let mut out = File::options().write(true).open(to).map_err(failed)?;
    let key = if sealed::is_sealed(from)? {
        let Opened { label, body } = open(place, part, from, keys)?;
        let key = label.key.clone().ok_or_else(|| Refusal::OtherDatabase.of(from))?;
        sealed::drain(from, Opened { label, body }, &mut out)?;
        key
    } else {
        let Place::Sqlite { key, .. } = place else { return Err(Refusal::OtherDatabase.of(from)) };
        File::open(from).and_then(|mut plain| io::copy(&mut plain, &mut out)).map_err(failed)?;
        key.clone()
    };
    out.sync_all().map_err(failed)?;
    Ok(key)
}

/// Brings a copy back for a trial: SQLite into a new folder within `within`, of which nothing is left; PostgreSQL's dump is
/// read to its end, row for row, into nothing, because a database of its own for that is not ours to make.
///
/// # Errors
/// What would keep it from being brought back.
pub fn try_out(place: &Place, part: Part, from: &Path, keys: &CopyKeys, within: &Path) -> Result<Content, CareError> {
    let is_sealed = sealed::is_sealed(from)?;
    let mut taken = None;
    let mut content = match place {
        Place::Sqlite { .. } => {
            if is_sealed {
                taken = opens(place, part, from, keys)?;
            }
            let folder = Trial::make(within)?;
            let scrap = Scrap::make(folder.0.join("trial.db"))?;
            let key = unpack(place, part, from, keys, &scrap.0)?;
            let versions = check_within(&scrap.0, &key, from)?;
            let tables = are_known(&versions, part, from)?;
            let is_current = part == Part::Data && tables == Tables::Current;
            Content { versions, ..file::rows_in(&scrap.0, &key, is_current)? }
        }
        Place::Postgres { .. } if is_sealed => {
            let Opened { label: Label { at, .. }, body } = open(place, part, from, keys)?;
            taken = Some(at);
            dump::scan(body).map_err(|error| error.of(from))?
        }
        Place::Postgres { .. } => scan(from)?,
    };
    are_known(&content.versions, part, from)?;
    content.taken = taken;
    Ok(content)
}

/// A folder that goes with this.
struct Trial(PathBuf);

/// How a folder for a trial is called; a number follows.
pub const TRIAL: &str = "stegvis-trial-";

impl Trial {
    fn make(within: &Path) -> Result<Self, CareError> {
        let folder = within.join(format!("{TRIAL}{}", std::process::id()));
        let _of_a_process_before = std::fs::remove_dir_all(&folder);
        DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .map_err(|cause| CareError::File { path: folder.clone(), cause })?;
        Ok(Self(folder))
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "what was tried out stays");
        }
    }
}
