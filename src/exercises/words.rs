//! One text in each language the bank is written in.

use serde::Deserialize;

/// The same words in Swedish and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words<T = String> {
    /// Swedish.
    pub sv: T,
    /// English.
    pub en: T,
}

impl<T> Words<T> {
    /// Both languages with their codes, Swedish first.
    pub fn each(&self) -> [(&'static str, &T); 2] {
        [("sv", &self.sv), ("en", &self.en)]
    }

    /// The words in the language of this code; Swedish where there are none in it.
    pub fn of(&self, language: &str) -> &T {
        if language == "en" { &self.en } else { &self.sv }
    }

    /// The same for each language; stops at the first error.
    pub(super) fn try_map<U, E>(&self, mut change: impl FnMut(&T) -> Result<U, E>) -> Result<Words<U>, E> {
        Ok(Words { sv: change(&self.sv)?, en: change(&self.en)? })
    }
}
