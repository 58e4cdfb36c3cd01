//! A bank from a folder on disk, for authors who try their files before they are built in.

use std::io;
use std::path::{Path, PathBuf};

use super::bank::Bank;
use super::fault::BankError;
use super::material::FILE;

/// Why a folder is no bank.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("could not read the folder {}: {why}", folder.display())]
    Unreadable { folder: PathBuf, why: io::Error },
    #[error("{} holds no <strand>/<skill>.toml; name the folder that holds the strands", _0.display())]
    Empty(PathBuf),
    #[error(transparent)]
    Bank(#[from] BankError),
}

/// The bank that a folder holds.
///
/// # Errors
/// When it cannot be read, holds nothing, or something in it keeps it from being a bank.
pub fn bank_of(folder: &Path) -> Result<Bank, FolderError> {
    Ok(Bank::read(&texts_of(folder)?)?)
}

/// The texts that the bank of a folder is read from, one at least.
///
/// # Errors
/// When it cannot be read or holds nothing.
pub fn texts_of(folder: &Path) -> Result<Vec<(String, String)>, FolderError> {
    let texts = read_folder(folder).map_err(|why| FolderError::Unreadable { folder: folder.to_owned(), why })?;
    if texts.is_empty() { Err(FolderError::Empty(folder.to_owned())) } else { Ok(texts) }
}

/// The texts of `folder/<strand>/<skill>.toml` and, if it is there, of `folder/materials.toml`, as [`Bank::read`](super::Bank::read) takes them.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_folder(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for strand in folder.read_dir()? {
        let strand = strand?;
        if strand.file_name() == FILE {
            texts.push((FILE.to_owned(), std::fs::read_to_string(strand.path())?));
        }
        if !strand.file_type()?.is_dir() {
            continue;
        }
        for file in strand.path().read_dir()? {
            let file = file?;
            if file.path().extension().is_some_and(|e| e == "toml") {
                let place = format!("{}/{}", strand.file_name().to_string_lossy(), file.file_name().to_string_lossy());
                texts.push((place, std::fs::read_to_string(file.path())?));
            }
        }
    }
    texts.sort();
    Ok(texts)
}
