//! What keeps a bank from being read, told to the one who wrote it.

use std::fmt;

/// One slip in one file, with its place and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's path inside the bank, with `/` between folders.
    pub file: String,
    /// The exercise's id, when the slip is inside one.
    pub exercise: Option<String>,
    /// The key, such as `worked[2]` or `parameters.a`; empty when it is not known.
    pub key: String,
    /// What is the matter and what to do.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(exercise) = &self.exercise {
            write!(out, ", exercise {exercise}")?;
        }
        if !self.key.is_empty() {
            write!(out, ", {}", self.key)?;
        }
        write!(out, ": {}", self.what)
    }
}

/// The bank cannot be used; every slip that was found, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankError {
    /// The slips, in the order of the files.
    pub faults: Vec<Fault>,
}

impl fmt::Display for BankError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.faults.iter().enumerate() {
            if number > 0 {
                out.write_str("\n")?;
            }
            write!(out, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BankError {}

/// Gathers slips while a file is read, so that an author sees them all at once.
pub(super) struct Faults<'a> {
    file: &'a str,
    exercise: Option<&'a str>,
    found: Vec<Fault>,
}

impl<'a> Faults<'a> {
    /// Nothing found in `file` so far.
    pub(super) fn new(file: &'a str) -> Self {
        Self { file, exercise: None, found: Vec::new() }
    }

    /// From now on slips belong to this exercise.
    pub(super) fn enter(&mut self, exercise: &'a str) {
        self.exercise = Some(exercise);
    }

    /// Notes a slip.
    pub(super) fn note(&mut self, key: impl Into<String>, what: impl Into<String>) {
        self.found.push(Fault {
            file: self.file.to_owned(),
            exercise: self.exercise.map(str::to_owned),
            key: key.into(),
            what: what.into(),
        });
    }

    /// The value, or a note of why there is none.
    pub(super) fn check<T>(&mut self, key: impl Into<String>, read: Result<T, String>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(what) => {
                self.note(key, what);
                None
            }
        }
    }

    /// How many were noted so far.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// All that was noted.
    pub(super) fn into_found(self) -> Vec<Fault> {
        self.found
    }
}
