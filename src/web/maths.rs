//! Mathematics in pages: MathML from our own printer, in the notation of the page's language.

use stepcheck::{Place, Statement};

use super::{frame::Html, speech::Language};
use crate::exercises::Item;

/// What was typed, as MathML; as plain text where it cannot be read.
#[must_use]
pub fn maths(typed: &str, language: Language) -> Html {
    match stepcheck::read(typed) {
        Ok(statement) => written(&statement, language),
        Err(_) => Html(escaped(typed)),
    }
}

/// The same with the part of it that holds `broken` marked.
#[must_use]
pub fn maths_marked(typed: &str, broken: Option<Place>, language: Language) -> Html {
    match (stepcheck::read(typed), broken) {
        (Ok(statement), Some(place)) => Html(stepcheck::mathml_marked(&statement, language.notation(), place)),
        _ => maths(typed, language),
    }
}

/// A statement as MathML.
#[must_use]
pub fn written(statement: &Statement, language: Language) -> Html {
    Html(stepcheck::mathml_in(statement, language.notation()))
}

/// What an item is about in one line: the mathematics that it shows, or what it asks where there is none.
#[must_use]
pub fn task(item: &Item, language: Language) -> Html {
    if item.start_text.is_empty() {
        return Html(format!("<span class=\"words\">{}</span>", escaped(language.of(&item.ask))));
    }
    maths(&item.start_text, language)
}

/// Text in which nothing is markup.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_shown_without_being_believed() {
        assert_eq!(maths("<script>", Language::Swedish).0, "&lt;script&gt;");
        assert!(maths("2x = 3,5", Language::Swedish).0.starts_with("<math"));
    }

    #[test]
    fn numbers_and_words_are_those_of_the_language() {
        for typed in ["x = 3,5 eller x = 2", "x = 3.5 or x = 2"] {
            let (sv, en) = (maths(typed, Language::Swedish).0, maths(typed, Language::English).0);
            assert!(sv.contains("<mn>3,5</mn>") && sv.contains("eller"), "{sv}");
            assert!(en.contains("<mn>3.5</mn>") && en.contains("or") && !en.contains("eller"), "{en}");
        }
    }
}
