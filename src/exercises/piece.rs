//! A piece of an exercise that is either mathematics, the same in every language, or words.

use serde::Deserialize;

use super::english::in_english;
use super::formula::Values;
use super::template::{Template, WordValues};
use super::words::Words;

/// As a file has it: `"{a}/{b}"` is mathematics, `{ sv = "…", en = "…" }` words.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum PieceTable {
    Maths(String),
    Words(Words),
}

/// A piece that has been read.
#[derive(Clone, Debug)]
pub(super) enum PieceTemplate {
    Maths(Template),
    Words(Words<Template>),
}

/// A piece with its numbers in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In the notation of a typed line.
    Maths(String),
    Words(Words),
}

impl PieceTable {
    pub(super) fn read(&self) -> Result<PieceTemplate, String> {
        match self {
            Self::Maths(text) => Template::read(text).map(PieceTemplate::Maths),
            Self::Words(words) => words.try_map(|text| Template::read(text)).map(PieceTemplate::Words),
        }
    }
}

impl PieceTemplate {
    /// Every template in it.
    pub(super) fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Maths(text) => vec![text],
            Self::Words(words) => vec![&words.sv, &words.en],
        }
    }

    pub(super) fn fill(&self, numbers: &Values, words: &WordValues) -> Result<Piece, String> {
        match self {
            Self::Maths(text) => text.fill(numbers).map(Piece::Maths),
            Self::Words(texts) => fill_words(texts, numbers, words).map(Piece::Words),
        }
    }
}

/// A text in each language with its numbers and words in place.
pub(super) fn fill_words(texts: &Words<Template>, numbers: &Values, words: &WordValues) -> Result<Words, String> {
    Ok(Words {
        sv: texts.sv.fill_with(numbers, words, |word| &word.sv)?,
        en: in_english(&texts.en.fill_with(numbers, words, |word| &word.en)?),
    })
}

impl Piece {
    /// As text in the language of this code; mathematics is as it is typed.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        match self {
            Self::Maths(text) => text,
            Self::Words(words) => words.of(language),
        }
    }
}
