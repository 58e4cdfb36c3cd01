//! Where copies of the data go, when they are taken, and who can open them.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use vault::{
    Millis,
    care::{Part, is_recipient},
};

use super::ConfigError;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Where copies go and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Backup {
    /// The folder for copies of the data.
    pub directory: Option<PathBuf>,
    /// Another folder for copies of the key store; they are kept for days only.
    pub keys_directory: Option<PathBuf>,
    /// A folder on another machine's disk, to which each copy of the data goes as well.
    pub second_directory: Option<PathBuf>,
    /// The same for copies of the key store.
    pub second_keys_directory: Option<PathBuf>,
    /// When the server takes copies, each day.
    pub at: Daily,
    /// Who can open copies, beside whoever has the master key: `age1…`.
    pub recipients: Vec<String>,
    /// Hours after which `stegvis doctor` asks for another copy.
    pub every_hours: u32,
}

impl Default for Backup {
    fn default() -> Self {
        Self {
            directory: None,
            keys_directory: None,
            second_directory: None,
            second_keys_directory: None,
            at: Daily::At(90),
            recipients: Vec::new(),
            every_hours: 26,
        }
    }
}

/// A time of the day in UTC, so that it comes once a day also when summer time begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Daily {
    Never,
    /// Minutes after midnight.
    At(u16),
}

impl TryFrom<String> for Daily {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const WANTED: &str = "write a time of the day in UTC, such as \"01:30\", or \"never\"";
        if text == "never" {
            return Ok(Self::Never);
        }
        let (hours, minutes) = text.split_once(':').ok_or(WANTED)?;
        let number = |digits: &str, below: u16| {
            let is_written = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
            digits.parse::<u16>().ok().filter(|number| is_written && *number < below).ok_or(WANTED)
        };
        Ok(Self::At(number(hours, 24)? * 60 + number(minutes, 60)?))
    }
}

impl Daily {
    /// Whether it is time for another one, where the newest is of `newest`. What was missed is made good once.
    #[must_use]
    pub fn is_due(self, newest: Option<Millis>, now: Millis) -> bool {
        let Self::At(minutes) = self else { return false };
        let last = now.0 - (now.0 - i64::from(minutes) * MINUTE).rem_euclid(DAY);
        newest.is_none_or(|newest| newest.0 < last)
    }
}

impl Backup {
    /// The two folders for copies of a part.
    #[must_use]
    pub fn folders(&self, part: Part) -> [Option<&Path>; 2] {
        match part {
            Part::Data => [self.directory.as_deref(), self.second_directory.as_deref()],
            Part::Keys => [self.keys_directory.as_deref(), self.second_keys_directory.as_deref()],
        }
    }

    /// Every folder that copies go to.
    pub fn all_folders(&self) -> impl Iterator<Item = &Path> {
        [Part::Data, Part::Keys].into_iter().flat_map(|part| self.folders(part)).flatten()
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if let Some(recipient) = self.recipients.iter().find(|recipient| !is_recipient(recipient)) {
            return Err(ConfigError::Recipient(recipient.clone()));
        }
        for part in [Part::Data, Part::Keys] {
            if matches!(self.folders(part), [None, Some(_)]) {
                return Err(ConfigError::OnlySecond);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn daily(text: &str) -> Result<Daily, &'static str> {
        text.to_owned().try_into()
    }

    #[test]
    fn a_time_of_the_day_is_written_in_one_way() {
        assert_eq!((daily("00:00"), daily("23:59")), (Ok(Daily::At(0)), Ok(Daily::At(1439))));
        assert_eq!(daily("never"), Ok(Daily::Never));
        for text in ["", "24:00", "1:30", "01:60", "01.30", "01:30:00", "+1:30", "01:3\u{664}", "always"] {
            assert!(daily(text).is_err_and(|told| told.contains("01:30")), "{text}");
        }
    }

    #[test]
    fn it_is_due_once_a_day_and_made_good_once() {
        let at = |day: i64, minutes: i64| Millis(day * DAY + minutes * MINUTE);
        let daily = Daily::At(90);
        assert!(daily.is_due(None, at(9, 0)), "there is none at all");
        assert!(!daily.is_due(Some(at(8, 91)), at(9, 89)));
        assert!(daily.is_due(Some(at(8, 91)), at(9, 90)));
        assert!(!daily.is_due(Some(at(9, 90)), at(9, 91)));
        assert!(daily.is_due(Some(at(9, 89)), at(9, 90)), "one that was taken by hand before that");
        assert!(daily.is_due(Some(at(3, 90)), at(9, 10)), "the server stood still");
        assert!(!Daily::Never.is_due(None, at(9, 90)));
    }
}
