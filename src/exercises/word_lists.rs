//! Words that are drawn with an item: who it is about, what is bought.

use serde::Deserialize;

use super::words::Words;

/// The names of the lists that every exercise has: two people, never the same.
pub(super) const NAME: &str = "name";
pub(super) const FRIEND: &str = "friend";

/// First names as they stand in Nordic class lists, of many origins. None ends in s, x or z, so that «{@name}s» is right
/// in Swedish.
const NAMES: [&str; 48] = [
    "Aino", "Ali", "Alma", "Alva", "Amina", "Ante", "Arvid", "Astrid", "Biret", "Bilal", "Ebba", "Edvin", "Elin",
    "Elsa", "Emil", "Farah", "Fatima", "Freja", "Hamza", "Hanna", "Hedda", "Hugo", "Ida", "Ilir", "Ingrid", "Jamal",
    "Juho", "Kaisa", "Lea", "Leo", "Leyla", "Liv", "Maja", "Malte", "Mariam", "Nora", "Omar", "Otto", "Saga", "Samir",
    "Sara", "Siri", "Svea", "Tage", "Tyra", "Vera", "Yusuf", "Zahra",
];

/// `who = ["…", "…"]`, or `{ sv = ["…"], en = ["…"] }` with as many in each language.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum WordsTable {
    Same(Vec<String>),
    Each(Words<Vec<String>>),
}

/// The words of a list, in each language at the same place.
#[derive(Clone, Debug)]
pub(super) struct WordList(Vec<Words>);

impl WordsTable {
    pub(super) fn read(&self) -> Result<WordList, String> {
        let list: Vec<Words> = match self {
            Self::Same(words) => words.iter().map(|word| Words { sv: word.clone(), en: word.clone() }).collect(),
            Self::Each(words) if words.sv.len() != words.en.len() => {
                return Err(format!("has {} words in Swedish and {} in English", words.sv.len(), words.en.len()));
            }
            Self::Each(Words { sv, en }) => {
                sv.iter().cloned().zip(en.iter().cloned()).map(|(sv, en)| Words { sv, en }).collect()
            }
        };
        if list.len() < 2 || list.iter().any(|word| word.sv.trim().is_empty() || word.en.trim().is_empty()) {
            return Err("write at least two words, none of them empty".into());
        }
        Ok(WordList(list))
    }
}

impl WordList {
    /// The people of [`NAME`] and [`FRIEND`].
    pub(super) fn people() -> Self {
        Self(NAMES.iter().map(|name| Words { sv: (*name).to_owned(), en: (*name).to_owned() }).collect())
    }

    pub(super) fn words(&self) -> &[Words] {
        &self.0
    }
}
