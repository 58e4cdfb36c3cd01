//! Where the exercises come from.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use crate::exercises::{Bank, FolderError, texts_of};

/// A folder of exercises, or those that are part of the program.
#[derive(Debug)]
pub struct Shelf {
    folder: Option<PathBuf>,
    newest: Mutex<Option<Known>>,
}

/// A bank with the texts that it was read from; none for the program's own.
#[derive(Debug)]
struct Known {
    texts: Vec<(String, String)>,
    bank: Arc<Bank>,
}

impl Shelf {
    /// The exercises in `folder`; the program's own without one.
    #[must_use]
    pub const fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, newest: Mutex::new(None) }
    }

    /// All of them as the files have them now.
    pub(super) fn bank(&self) -> Result<Arc<Bank>, FolderError> {
        let texts = self.folder.as_deref().map(texts_of).transpose()?.unwrap_or_default();
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = newest.as_ref().filter(|known| known.texts == texts) {
            return Ok(Arc::clone(&known.bank));
        }
        let bank = if self.folder.is_some() { Arc::new(Bank::read(&texts)?) } else { Bank::shipped()? };
        *newest = Some(Known { texts, bank: Arc::clone(&bank) });
        Ok(bank)
    }

    /// The folder as people know it.
    pub(super) fn place(&self) -> Option<String> {
        Some(self.folder.as_ref()?.display().to_string())
    }
}
