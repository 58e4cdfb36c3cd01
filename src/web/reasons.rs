//! Why a task was chosen, in at most two sentences from what the model really went by.

use super::speech::Language;
use crate::{
    app::App,
    practice::{Part, Why},
};

/// The reason, then what we believe: «ungefär 7 av 10».
#[must_use]
pub fn sentences(app: &App, language: Language, why: &Why, probability: f64) -> Vec<String> {
    vec![reason(app, language, why), language.n("why-believe", out_of_ten(probability))]
}

/// The reason alone: one sentence, or two short ones.
#[must_use]
pub fn reason(app: &App, language: Language, why: &Why) -> String {
    let first = part(app, language, &why.main);
    let Some(also) = &why.also else { return first };
    let goes_on = match also {
        Part::Assigned => Some(language.t("why-and-assigned")),
        Part::LeadsTo { goal } => Some(language.with("why-and-leads-to", [("skill", name(app, language, goal))])),
        Part::Opens { skill } => Some(language.with("why-and-opens", [("skill", name(app, language, skill))])),
        _ => None,
    };
    match goes_on {
        Some(clause) => format!("{}, {clause}", first.strip_suffix('.').unwrap_or(&first)),
        None => format!("{first} {}", part(app, language, also)),
    }
}

/// A skill's name in a sentence.
fn name(app: &App, language: Language, skill: &str) -> String {
    let found = app.bank.skill_index(skill).and_then(|index| app.bank.skill(index));
    found.map_or_else(|| skill.to_owned(), |skill| in_sentence(language.of(&skill.name)))
}

fn part(app: &App, language: Language, part: &Part) -> String {
    let name = |skill: &str| name(app, language, skill);
    match part {
        Part::Pinned => language.t("why-pinned"),
        Part::WarmUp => language.t("why-warm-up"),
        Part::Stretch => language.t("why-stretch"),
        Part::Varied => language.t("why-varied"),
        Part::Start => language.t("why-start"),
        Part::New { builds_on } => match builds_on.first() {
            Some(first) => language.with("why-new", [("skill", name(first))]),
            None => language.t("why-new-ground"),
        },
        Part::Foundation { carries } => language.with("why-foundation", [("skill", name(carries))]),
        Part::Review { days } => language.n("why-review", days),
        Part::Easier { misses } => language.n("why-easier", misses),
        Part::Progress => language.t("why-progress"),
        Part::Continue => language.t("why-continue"),
        Part::Assigned => language.t("why-assigned"),
        Part::LeadsTo { goal } => language.with("why-leads-to", [("skill", name(goal))]),
        Part::Opens { skill } => language.with("why-opens", [("skill", name(skill))]),
        Part::NothingElse => language.t("why-nothing-else"),
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
