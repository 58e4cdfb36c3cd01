//! The ledger of erasures: a file beside the copies, one line for each, that is only added to.
//!
//! An older copy of the key store that is brought back does not know who was forgotten since. The ledger does, and nothing
//! in it says who they were: marks that only the key store can compare.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use vault::{Fault, Keys, Millis, rows::erasure::REMEMBERED};

use crate::{
    config::Backup,
    keys::{sync_folder_of, write_private},
};

/// What it is called in each folder of copies.
pub const LEDGER: &str = "erasures.ledger";

/// Why the ledger could not be gone by, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error("the ledger of erasures {file} cannot be read or written: {cause}", file = file.display())]
    File { file: PathBuf, cause: io::Error },
    #[error(
        "the key store does not remember what its ledger does, so it was brought back from a copy, and no ledger can be read \
         whole: {file}, line {line}. Put one there that can, from another place for copies; only if there is none, take the \
         line out",
        file = file.display()
    )]
    Damaged { file: PathBuf, line: usize },
    #[error("the key store does not answer: {0}")]
    Fault(#[from] Fault),
}

/// Marks, and when whose they are was forgotten.
type Marks = BTreeMap<Vec<u8>, Millis>;

/// What a file says.
#[derive(Default)]
struct Said {
    marks: Marks,
    /// The first line that cannot be read.
    damaged: Option<usize>,
    /// Where the last line ends. What follows was being added when somebody was cut off.
    end: usize,
}

/// A line, with what tells whether it is as it was written.
fn line(mark: &[u8], at: Millis) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    let text = format!("{moment:.3} {}", hexadecimal(mark));
    format!("{text} {}\n", check(&text))
}

fn check(text: &str) -> String {
    hexadecimal(Sha256::digest(text).get(..8).unwrap_or_default())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read_line(line: &str) -> Option<(Vec<u8>, Millis)> {
    let (text, told) = line.rsplit_once(' ')?;
    let (at, mark) = text.split_once(' ').filter(|_| check(text) == told)?;
    let at: jiff::Timestamp = at.parse().ok()?;
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let mark = mark.as_bytes().chunks(2).map(byte).collect::<Option<Vec<u8>>>()?;
    Some((mark, Millis(at.as_millisecond())))
}

/// What the text of a ledger says. A last line without an end is one that was being added; its erasure is in the store.
fn said(text: &[u8]) -> Said {
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let mut said = Said { end, ..Said::default() };
    let lines = text.get(..end).unwrap_or_default().split(|byte| *byte == b'\n');
    for (number, line) in (1..).zip(lines).filter(|(_, line)| !line.is_empty()) {
        match std::str::from_utf8(line).ok().and_then(read_line) {
            Some((mark, at)) => drop(said.marks.insert(mark, at)),
            None => said.damaged = said.damaged.or(Some(number)),
        }
    }
    said
}

/// One file, and how long it was when it was read or written last.
struct Ledger {
    file: PathBuf,
    marks: Marks,
    length: Option<u64>,
}

/// The ledger in each of its places.
#[derive(Default)]
pub struct Ledgers(Vec<Ledger>);

impl Ledgers {
    /// In every folder that copies go to.
    #[must_use]
    pub fn of(backup: &Backup) -> Self {
        let ledger = |folder: &Path| Ledger { file: folder.join(LEDGER), marks: Marks::new(), length: None };
        Self(backup.all_folders().map(ledger).collect())
    }

    /// Lets a key store that was brought back know whom it has to forget. To be done before anybody is let in. Says how many
    /// it did not know.
    ///
    /// # Errors
    /// When it does not know somebody and no ledger is whole, and when the key store does not answer.
    pub fn bring_forward(&self, keys: &Keys, now: Millis) -> Result<usize, LedgerError> {
        let (mut marks, mut whole, mut damaged) = (Marks::new(), 0, None);
        for ledger in &self.0 {
            match read(&ledger.file) {
                Ok(None) => {}
                Ok(Some(text)) => {
                    let said = said(&text);
                    whole += usize::from(said.damaged.is_none());
                    damaged = damaged.or(said.damaged.map(|line| (ledger.file.clone(), line)));
                    marks.extend(said.marks);
                }
                Err(cause) => {
                    tracing::error!(file = %ledger.file.display(), %cause, "a ledger of erasures cannot be read");
                }
            }
        }
        if let Some((file, line)) = &damaged {
            tracing::error!(file = %file.display(), line, "a line of the ledger of erasures is damaged");
        }
        let known: Marks = keys.ledger()?.into_iter().collect();
        let missing: Vec<_> =
            marks.into_iter().filter(|(mark, at)| now.since(*at) < REMEMBERED && !known.contains_key(mark)).collect();
        if missing.is_empty() {
            return Ok(0);
        }
        if let Some((file, line)) = damaged.filter(|_| whole == 0) {
            return Err(LedgerError::Damaged { file, line });
        }
        let new = keys.take_ledger(&missing)?;
        tracing::warn!(new, "the key store did not remember erasures that its ledger does: they are done again");
        Ok(new)
    }

    /// Adds what the key store remembers and a file does not have, each on the disk when this comes back.
    ///
    /// # Errors
    /// When the key store does not answer, or a file cannot be written; the others are.
    pub fn write(&mut self, keys: &Keys) -> Result<(), LedgerError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let remembered = keys.ledger()?;
        let mut failed = Ok(());
        for ledger in &mut self.0 {
            // A disk that is not there is told of by whoever brings copies there.
            if !ledger.file.parent().is_some_and(Path::is_dir) {
                continue;
            }
            if let Err(cause) = ledger.add(&remembered) {
                failed = Err(LedgerError::File { file: ledger.file.clone(), cause });
            }
        }
        failed
    }

    /// Takes out what is so long ago that no copy holds anything of it.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn forget(&mut self, now: Millis) -> Result<(), LedgerError> {
        for ledger in &mut self.0 {
            if ledger.marks.values().any(|at| now.since(*at) >= REMEMBERED) {
                let file = ledger.file.clone();
                ledger.rewrite(now).map_err(|cause| LedgerError::File { file, cause })?;
            }
        }
        Ok(())
    }
}

impl Ledger {
    fn add(&mut self, remembered: &[(Vec<u8>, Millis)]) -> io::Result<()> {
        let is_new = !self.file.exists();
        let is_as_it_was = self.length == fs::metadata(&self.file).ok().map(|found| found.len());
        if is_as_it_was && remembered.iter().all(|(mark, _)| self.marks.contains_key(mark)) {
            return Ok(());
        }
        let mut file = self.open()?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let there = said(&text);
        self.marks = there.marks;
        let new: Vec<_> = remembered.iter().filter(|(mark, _)| !self.marks.contains_key(mark)).cloned().collect();
        self.marks.extend(new.iter().cloned());
        if there.damaged.is_some() {
            // The key store remembers all of them, or it would not serve.
            return self.put();
        }
        file.set_len(there.end as u64)?;
        let lines: String = new.iter().map(|(mark, at)| line(mark, *at)).collect();
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        self.length = Some(file.metadata()?.len());
        // The name of a file that was made is on the disk once its folder is.
        if is_new { sync_folder_of(&self.file) } else { Ok(()) }
    }

    /// Opens the file for adding, and holds it.
    fn open(&self) -> io::Result<File> {
        loop {
            let mut options = File::options();
            let file = options.read(true).append(true).create(true).mode(0o600).open(&self.file)?;
            file.lock()?;
            // Another process may have written it anew meanwhile.
            if fs::metadata(&self.file).is_ok_and(|there| file.metadata().is_ok_and(|mine| mine.ino() == there.ino())) {
                return Ok(file);
            }
        }
    }

    fn rewrite(&mut self, now: Millis) -> io::Result<()> {
        let mut held = self.open()?;
        let mut text = Vec::new();
        held.read_to_end(&mut text)?;
        self.marks = said(&text).marks;
        self.marks.retain(|_, at| now.since(*at) < REMEMBERED);
        self.put()
    }

    /// Puts a file of what is known in the place of the one that is held.
    fn put(&mut self) -> io::Result<()> {
        let lines: String = self.marks.iter().map(|(mark, at)| line(mark, *at)).collect();
        write_private(&self.file, &lines)?;
        self.length = Some(lines.len() as u64);
        Ok(())
    }
}

fn read(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_changed_is_none() {
        let (mark, at) = (vec![7; 32], Millis(1_795_655_700_123));
        let line = line(&mark, at);
        assert_eq!(read_line(line.trim_end()), Some((mark, at)));
        for place in 0..line.len() - 1 {
            let mut bytes = line.clone().into_bytes();
            bytes[place] ^= 1;
            assert_eq!(std::str::from_utf8(&bytes).ok().and_then(|line| read_line(line.trim_end())), None, "{place}");
        }
    }

    #[test]
    fn a_line_that_was_cut_short_takes_no_other_with_it() {
        let (one, two) = (line(&[1; 32], Millis(1_000)), line(&[2; 32], Millis(2_000)));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(LEDGER);
        for cut in 1..one.len() {
            fs::write(&file, format!("{two}{}", &one[..cut])).unwrap();
            let mut ledger = Ledger { file: file.clone(), marks: Marks::new(), length: None };
            ledger.add(&[(vec![1; 32], Millis(1_000)), (vec![2; 32], Millis(2_000))]).unwrap();
            let told = said(&fs::read(&file).unwrap());
            assert!(told.marks.len() == 2 && told.damaged.is_none(), "{cut}");
            ledger.rewrite(Millis(REMEMBERED + 1_500)).unwrap();
            let told = said(&fs::read(&file).unwrap());
            assert!(told.marks.len() == 1 && told.damaged.is_none(), "{cut}: the older one goes");
        }
    }
}
