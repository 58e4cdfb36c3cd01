//! The ends of the audit's chains, written to a second place now and then, so that an end that is cut off is missed.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use vault::{
    ControllerId, Fault, Millis, Vault,
    audit::{self, Anchor},
};

use crate::keys;

/// Why the ends were not written.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    #[error("{file}: {cause}")]
    File { file: PathBuf, cause: io::Error },
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Writes the ends of the chains to a file, each when it has moved.
pub struct Anchors {
    file: PathBuf,
    written: BTreeMap<Option<ControllerId>, Anchor>,
}

impl Anchors {
    /// For the file of the settings.
    #[must_use]
    pub const fn of(file: PathBuf) -> Self {
        Self { file, written: BTreeMap::new() }
    }

    /// Adds a line for every chain that has moved since it was written before. On the disk when this comes back.
    ///
    /// # Errors
    /// When the vault does not answer or the file cannot be written; the lines are then written next time.
    pub async fn write(&mut self, vault: &Vault, now: Millis) -> Result<(), AnchorError> {
        let heads = vault.read(audit::heads).await?;
        let moved: Vec<Anchor> =
            heads.into_iter().filter(|head| self.written.get(&head.controller) != Some(head)).collect();
        if moved.is_empty() {
            return Ok(());
        }
        let at = stamp(now);
        let lines: String = moved.iter().map(|head| format!("{at} {head}\n")).collect();
        append(&self.file, &lines).map_err(|cause| AnchorError::File { file: self.file.clone(), cause })?;
        self.written.extend(moved.into_iter().map(|head| (head.controller, head)));
        Ok(())
    }
}

/// A moment as it stands first in a line: UTC, to the second.
#[must_use]
pub fn stamp(at: Millis) -> String {
    format!("{:.0}", jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH))
}

fn append(path: &Path, lines: &str) -> io::Result<()> {
    let is_new = !path.exists();
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(lines.as_bytes())?;
    file.sync_all()?;
    // The name of a file that was made is on the disk once its folder is.
    if is_new { keys::sync_folder_of(path) } else { Ok(()) }
}

/// A line with its number, and what stands in it; nothing if it cannot be read.
pub type Anchored = (usize, Option<Anchor>);

/// The lines of a file of anchors. A line is a time, a chain, a number and a hash; empty lines are passed over.
///
/// # Errors
/// When the file cannot be read.
pub fn anchored(file: &Path) -> Result<Vec<Anchored>, AnchorError> {
    let told = |cause| AnchorError::File { file: file.to_owned(), cause };
    let mut text = String::new();
    File::open(file).and_then(|mut open| open.read_to_string(&mut text)).map_err(told)?;
    Ok(anchors_in(&text))
}

/// The same for the text of such a file.
#[must_use]
pub fn anchors_in(text: &str) -> Vec<Anchored> {
    let line = |line: &str| {
        let (at, anchor) = line.trim_ascii().split_once(' ')?;
        at.parse::<jiff::Timestamp>().ok()?;
        anchor.parse().ok()
    };
    let lines = (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty());
    lines.map(|(number, text)| (number, line(text))).collect()
}
