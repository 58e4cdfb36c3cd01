//! What the server says, in the reader's language. All sentences stand in `locales/`.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid, static_loader};

use stepcheck::Notation;

use crate::exercises::Words;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "sv",
        // Isolation marks would stand between numbers and words and be read aloud by some screen readers.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that the whole house speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    Swedish,
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Swedish, Self::English];

    /// For the `lang` attribute and the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// How mathematics is written in it.
    #[must_use]
    pub const fn notation(self) -> Notation {
        match self {
            Self::Swedish => Notation::Swedish,
            Self::English => Notation::English,
        }
    }

    /// Its own name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Swedish => "Svenska",
            Self::English => "English",
        }
    }

    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The best of an `Accept-Language` header; the order in the header decides.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| Self::coded(part.trim().get(..2)?))
    }

    const fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Swedish => langid!("sv"),
            Self::English => langid!("en"),
        }
    }

    /// The sentence with this key.
    #[must_use]
    pub fn t(self, key: &str) -> String {
        LOCALES.try_lookup(&self.identifier(), key).unwrap_or_else(|| missing(key))
    }

    /// The sentence with values put in. What reads as a whole number chooses the plural.
    #[must_use]
    pub fn with<V: ToString>(self, key: &str, values: impl IntoIterator<Item = (&'static str, V)>) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .into_iter()
            .map(|(name, value)| {
                let text = value.to_string();
                let value = number(&text).map_or(FluentValue::from(text), FluentValue::from);
                (Cow::Borrowed(name), value)
            })
            .collect();
        LOCALES.try_lookup_with_args(&self.identifier(), key, &values).unwrap_or_else(|| missing(key))
    }

    /// The sentence that counts something: `{ $n }` in it.
    #[must_use]
    pub fn n<V: ToString>(self, key: &str, n: V) -> String {
        self.with(key, [("n", n)])
    }

    /// Words that the bank holds in several languages.
    #[must_use]
    pub fn of(self, words: &Words) -> &str {
        match self {
            Self::Swedish => &words.sv,
            Self::English => &words.en,
        }
    }
}

fn missing(key: &str) -> String {
    tracing::error!(key, "a sentence is missing");
    key.to_owned()
}
/// A value that is a number picks the word that goes with it. The `+3` of a line stays as it is written.
fn number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|_| !text.starts_with('+'))
}
