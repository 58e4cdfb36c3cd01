//! Mathematics in pages: MathML from our own printer, in the notation of the page's language.

use stepcheck::{Place, Statement};

use super::{frame::Html, speech::Language};
use crate::exercises::{FractionInText, Item, fraction_at, is_unit_symbol};

/// What was typed, as MathML; as plain text where it cannot be read.
#[must_use]
pub fn maths(typed: &str, language: Language) -> Html {
    match stepcheck::read(typed) {
        Ok(statement) => written(&statement, language),
        Err(_) => Html(escaped(typed)),
    }
}

/// Mathematics of the bank, with the signs of the language too.
#[must_use]
pub fn printed(text: &str, language: Language) -> Html {
    match stepcheck::read(text) {
        Ok(statement) => written(&language.notation().with_signs(&statement), language),
        Err(_) => Html(escaped(text)),
    }
}

/// What was typed with the part of it that holds `broken` marked.
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
        return Html(format!("<span class=\"words\">{}</span>", sentence(language.of(&item.ask))));
    }
    printed(&item.start_text, language)
}

/// A sentence of the bank: `3/4` with a bar, and a number on the line of its unit.
#[must_use]
pub fn sentence(text: &str) -> Html {
    let signs: Vec<char> = text.chars().collect();
    let mut html = String::new();
    let mut at = 0;
    while let Some(sign) = signs.get(at) {
        if let Some(FractionInText { over, under, length }) = fraction_at(&signs, at) {
            html.push_str(&format!("<math class=\"in-text\"><mfrac><mn>{over}</mn><mn>{under}</mn></mfrac></math>"));
            at += length;
            continue;
        }
        let stays = *sign == ' ' && at > 0 && signs[at - 1].is_ascii_digit() && belongs(&signs, at + 1);
        html.push_str(&if stays { "\u{a0}".to_owned() } else { escaped(&sign.to_string()) });
        at += 1;
    }
    Html(html)
}

/// Whether what begins at `at` belongs to the number before: a unit, or the fraction of a mixed number.
fn belongs(signs: &[char], at: usize) -> bool {
    let word: String = signs[at..].iter().take_while(|sign| !sign.is_whitespace()).collect();
    let word = word.trim_end_matches(['.', ',', '?', '!', ')', ':', ';']);
    is_unit_symbol(word) || fraction_at(signs, at).is_some()
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
    fn a_sentence_has_fractions_with_bars_and_units_beside_their_numbers() {
        let html = |text: &str| sentence(text).0;
        assert_eq!(html("Av 12 kr & 6 <b>"), "Av 12\u{a0}kr &amp; 6 &lt;b&gt;");
        assert_eq!(html("3/4 av kakan"), "<math class=\"in-text\"><mfrac><mn>3</mn><mn>4</mn></mfrac></math> av kakan");
        assert_eq!(
            html("2 1/2 dl."),
            "2\u{a0}<math class=\"in-text\"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>\u{a0}dl."
        );
        for date in ["24/12/2026", "1/2/3"] {
            assert_eq!(html(date), date);
        }
        assert_eq!(html("80 km/h"), "80\u{a0}km/h");
        assert_eq!(html("6 mot 4"), "6 mot 4");
    }

    #[test]
    fn numbers_and_words_are_those_of_the_language() {
        for typed in ["x = 3,5 eller x = 2", "x = 3.5 or x = 2"] {
            let (sv, en) = (maths(typed, Language::Swedish).0, maths(typed, Language::English).0);
            assert!(sv.contains("<mn>3,5</mn>") && sv.contains("eller"), "{sv}");
            assert!(en.contains("<mn>3.5</mn>") && en.contains("or") && !en.contains("eller"), "{en}");
        }
    }

    #[test]
    fn signs_of_tasks_are_those_of_the_language_and_those_of_students_stay() {
        let (task, typed) = (printed("2 · 3 : x", Language::English).0, maths("2 · 3 : x", Language::English).0);
        assert!(task.contains("<mo>×</mo>") && task.contains("<mo>÷</mo>"), "{task}");
        assert!(!typed.contains('×') && !typed.contains('÷'), "{typed}");
    }
}
