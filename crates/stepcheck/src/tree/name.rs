//! Names of what can have any value.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The sign of a derivative: `f'`.
const PRIME: char = '\'';
const MAX_PRIMES: usize = 3;

/// The most bytes of a name in UTF-8.
const MAX_BYTES: usize = 15;

/// A letter, alone (`x`, `θ`), with primes (`f'`) or with a subscript after `_` (`x_1`, `v_max`); in
/// machine notation also several letters (`kg`).
///
/// As cheap to copy and to compare as a number. The order is alphabetical, by Unicode scalar
/// value, and a letter comes before the same letter with a subscript. A name equals a `char` if it
/// is that letter alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// UTF-8, filled up with zeros, so that the derived order is the one of the text.
    bytes: [u8; MAX_BYTES],
    length: u8,
}

impl Name {
    /// The name with this text, such as `x`, `f'` or `x_1`: letters, then perhaps up to three primes
    /// `'`, then perhaps `_` and either letters or digits. `None` for anything else and for more than 15 bytes.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let (letters, subscript) = text.split_once('_').unwrap_or((text, "0"));
        let plain = letters.trim_end_matches(PRIME);
        let is_name = !plain.is_empty()
            && letters.len() - plain.len() <= MAX_PRIMES
            && plain.chars().all(char::is_alphabetic)
            && !subscript.is_empty()
            && (subscript.chars().all(|sign| sign.is_ascii_digit()) || subscript.chars().all(char::is_alphabetic));
        if is_name { Self::from_text(text) } else { None }
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut bytes = [0; MAX_BYTES];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        let length = u8::try_from(text.len()).ok()?;
        Some(Self { bytes, length })
    }

    /// As it is written, the subscript after `_`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let text = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// The name without its subscript, with its primes.
    #[must_use]
    pub fn letters(&self) -> &str {
        self.as_str().split('_').next().unwrap_or_default()
    }

    /// The subscript, if it has one: `1` in `x_1`.
    #[must_use]
    pub fn subscript(&self) -> Option<&str> {
        self.as_str().split_once('_').map(|(_, subscript)| subscript)
    }

    /// The letter, if it is one letter without a subscript.
    #[must_use]
    pub fn letter(&self) -> Option<char> {
        let mut letters = self.as_str().chars();
        letters.next().filter(|_| letters.next().is_none())
    }
}

impl From<char> for Name {
    /// Any `char` fits, a letter or not.
    fn from(letter: char) -> Self {
        let mut bytes = [0; MAX_BYTES];
        let length = letter.len_utf8();
        // At most four bytes, so there is room.
        letter.encode_utf8(&mut bytes);
        Self { bytes, length: u8::try_from(length).unwrap_or_default() }
    }
}

impl PartialEq<char> for Name {
    fn eq(&self, other: &char) -> bool {
        *self == Self::from(*other)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| D::Error::custom(format!("«{text}» is not a name")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_knows_its_letter_and_its_subscript() {
        let name = Name::new("x_12").expect("a name");
        assert_eq!((name.letters(), name.subscript(), name.letter()), ("x", Some("12"), None));
        let plain = Name::from('θ');
        assert_eq!((plain.as_str(), plain.subscript(), plain.letter()), ("θ", None, Some('θ')));
        assert_eq!(Name::new("θ"), Some(plain));
        assert!(plain == 'θ' && name != 'x');
    }

    #[test]
    fn a_derivative_has_a_name_of_its_own() {
        let name = Name::new("f'").expect("a name");
        assert_eq!((name.letters(), name.letter()), ("f'", None));
        assert!(name != Name::from('f'));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in ["", "_1", "x_", "x__1", "2", "x 1", "x_1_2", "abcdefghijklmnop", "'", "f''''", "f'g"] {
            assert_eq!(Name::new(text), None, "{text}");
        }
    }

    #[test]
    fn names_stand_in_alphabetical_order() {
        let names = ["x", "x_1", "x_2", "y", "π"].map(|text| Name::new(text).expect("a name"));
        assert!(names.is_sorted());
    }

    #[test]
    fn a_name_is_stored_as_its_text() {
        let stored = serde_json::to_string(&Name::from('x')).expect("text");
        assert_eq!(stored, "\"x\"");
        assert_eq!(serde_json::from_str::<Name>(&stored).ok(), Some(Name::from('x')));
        assert!(serde_json::from_str::<Name>("\"x+1\"").is_err());
    }
}
