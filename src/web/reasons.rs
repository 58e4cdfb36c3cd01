//! Why a task was chosen, in at most two sentences from what the model really went by.

use super::speech::Language;
use crate::{app::App, practice::Why};

/// The reason, then what we believe: «ungefär 7 av 10».
#[must_use]
pub fn sentences(app: &App, language: Language, why: &Why, probability: f64) -> Vec<String> {
    vec![reason(app, language, why), language.n("why-believe", out_of_ten(probability))]
}

/// The reason alone.
#[must_use]
pub fn reason(app: &App, language: Language, why: &Why) -> String {
    let name = |skill: &str| {
        let found = app.bank.skills().iter().find(|known| known.id.as_str() == skill);
        found.map_or_else(|| skill.to_owned(), |skill| in_sentence(language.of(&skill.name)))
    };
    match why {
        Why::Start => language.t("why-start"),
        Why::New { builds_on } => match builds_on.first() {
            Some(first) => language.with("why-new", [("skill", name(first))]),
            None => language.t("why-new-ground"),
        },
        Why::Continue => language.t("why-continue"),
        Why::Review { days } => language.n("why-review", days),
        Why::Stretch => language.t("why-stretch"),
        Why::Foundation { carries } => language.with("why-foundation", [("skill", name(carries))]),
    }
}

/// A probability as children read it; never none and never all of ten.
#[must_use]
pub fn out_of_ten(probability: f64) -> u8 {
    let tenths = (probability * 10.0).round().clamp(1.0, 9.0);
    (1..=9).find(|n| f64::from(*n) >= tenths).unwrap_or(9)
}

/// A skill's name inside a sentence begins with a small letter, but for names that are letters of algebra.
#[must_use]
pub fn in_sentence(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sure() {
        assert_eq!((out_of_ten(0.0), out_of_ten(0.72), out_of_ten(0.999)), (1, 7, 9));
    }

    #[test]
    fn a_name_bends_into_a_sentence() {
        assert_eq!(in_sentence("Ekvationer i två steg"), "ekvationer i två steg");
        assert_eq!(in_sentence("x i båda led"), "x i båda led");
    }
}
