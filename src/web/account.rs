//! What is said of a line beyond its verdict, in sentences of the house.

use stepcheck::{Account, Cause, Misconception, Place, Slip, Step, StepKind};

use super::speech::Language;

/// So many steps are named; of more the first, and how many came after it.
const NAMED: usize = 2;

/// The sentence of one step: «Du subtraherade 2x från båda leden». No full stop stands after it.
#[must_use]
pub fn step(step: &Step, language: Language) -> String {
    told("step", step, language)
}

/// The rule of a step that is still to be taken: «Subtrahera 2x från båda leden». No full stop stands after it.
#[must_use]
pub fn rule(step: &Step, language: Language) -> String {
    told("rule", step, language)
}

fn told(what: &str, step: &Step, language: Language) -> String {
    let id = step.kind.id();
    match &step.with {
        Some(with) if takes_what(step.kind) => {
            let with =
                stepcheck::read(with).map_or_else(|_| with.clone(), |read| stepcheck::text(&read, language.notation()));
            language.with(&format!("{what}-{id}-with"), [("with", with)])
        }
        _ => language.t(&format!("{what}-{id}")),
    }
}

/// The kinds whose sentence can say what the step was done with.
#[must_use]
pub const fn takes_what(kind: StepKind) -> bool {
    matches!(
        kind,
        StepKind::AddToBothSides
            | StepKind::SubtractFromBothSides
            | StepKind::MultiplyBothSides
            | StepKind::DivideBothSides
            | StepKind::DivideAndTurn
            | StepKind::MultiplyAndTurn
            | StepKind::FactorOut
            | StepKind::SubstituteEquation
            | StepKind::InsertValue
    )
}

/// What was done on a right line, in two sentences at most; empty if it is not told.
#[must_use]
pub fn steps(account: Option<&Account>, language: Language) -> String {
    let Some(Account::Step { steps, .. }) = account else { return String::new() };
    let mut told: Vec<String> = steps.iter().map(|one| step(one, language)).collect();
    told.dedup();
    let more = told.len().saturating_sub(1);
    match told.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, ..] if told.len() > NAMED => format!("{first}. {}", language.n("step-more", more)),
        several => format!("{}.", several.join(". ")),
    }
}

/// What there is to look at on a wrong line; nothing if it is not told.
#[must_use]
pub fn mistake(account: Option<&Account>, language: Language) -> Option<String> {
    let Some(Account::Mistake { cause, broken, follows }) = account else { return None };
    match cause {
        _ if *follows => Some(language.t("line-follows")),
        Some(Cause::Misconception { id }) => Some(language.t(&misconception_key(*id))),
        Some(Cause::Slip { slip: Slip::Sign }) => Some(language.t("slip-sign")),
        Some(Cause::Slip { slip: Slip::Number }) => Some(language.t("slip-number")),
        None => broken.map(|_| language.t("line-broken")),
    }
}

fn misconception_key(id: Misconception) -> String {
    format!("misconception-{}", id.id())
}

/// The part of a wrong line that is marked.
#[must_use]
pub const fn broken(account: Option<&Account>) -> Option<Place> {
    match account {
        Some(Account::Mistake { broken, .. }) => *broken,
        _ => None,
    }
}

/// The marked part in words, for who does not see the mark.
#[must_use]
pub fn marked(typed: &str, account: Option<&Account>, language: Language) -> String {
    let Some(Place { start, end }) = broken(account) else { return String::new() };
    let part: String = typed.chars().skip(start).take(end.saturating_sub(start)).collect();
    match part.trim() {
        "" => String::new(),
        part => language.with("line-marked", [("part", part)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters and signs that a sentence under a line may have.
    const LONGEST: usize = 90;

    #[test]
    fn every_step_has_its_sentence_and_its_rule_in_every_language() {
        for (language, what) in Language::ALL.into_iter().flat_map(|one| [(one, "step"), (one, "rule")]) {
            for kind in StepKind::ALL.iter().copied() {
                let plain = told(what, &Step::new(kind), language);
                assert!(!plain.starts_with(what) && !plain.contains('$') && !plain.ends_with('.'), "{kind:?}: {plain}");
                assert!(plain.chars().count() <= LONGEST, "{kind:?}: {plain}");
                let with = told(what, &Step { kind, with: Some("2,5x".to_owned()) }, language);
                let shown = if language == Language::English { "2.5x" } else { "2,5x" };
                assert_eq!(with.contains(shown), takes_what(kind), "{kind:?}: {with}");
                assert!(!with.starts_with(what) && with.chars().count() <= LONGEST, "{kind:?}: {with}");
            }
        }
    }

    #[test]
    fn every_mistake_has_its_sentence_in_every_language_and_calls_nothing_wrong() {
        for language in Language::ALL {
            let causes = Misconception::ALL.iter().map(|id| Cause::Misconception { id: *id });
            let slips = [Slip::Sign, Slip::Number].map(|slip| Cause::Slip { slip });
            for cause in causes.chain(slips).map(Some).chain([None]) {
                for follows in [false, true] {
                    let account = Account::Mistake { cause, broken: Some(Place::new(0, 1)), follows };
                    let told = mistake(Some(&account), language).expect("it is told");
                    let key = ["misconception-", "slip-", "line-"].iter().any(|key| told.starts_with(key));
                    assert!(!key && told.ends_with('.'), "{cause:?}: {told}");
                    let sentences = told.split(['.', '?', '!']).filter(|part| !part.trim().is_empty()).count();
                    assert!(sentences <= 2 && told.chars().count() <= 2 * LONGEST, "{cause:?}: {told}");
                    let words = told.to_lowercase();
                    let hard = ["fel", "tyvärr", "wrong", "sorry", "mistake", "enkel", "bara", "simply", "—", "–"];
                    assert!(!words.split([' ', '.', ',']).any(|word| hard.contains(&word)), "{cause:?}: {told}");
                }
            }
        }
    }

    #[test]
    fn several_steps_are_two_sentences_at_most() {
        let kinds = [StepKind::Distribute, StepKind::CollectTerms, StepKind::SwapSides];
        let told = |count: usize| {
            let steps = kinds.iter().take(count).map(|kind| Step::new(*kind)).collect();
            super::steps(Some(&Account::Step { steps, size: 1 }), Language::Swedish)
        };
        let first = step(&Step::new(StepKind::Distribute), Language::Swedish);
        let second = step(&Step::new(StepKind::CollectTerms), Language::Swedish);
        assert_eq!(told(1), first);
        assert_eq!(told(2), format!("{first}. {second}."));
        assert_eq!(told(3), format!("{first}. Och två steg till."));
        assert_eq!(super::steps(None, Language::Swedish), "");
    }

    #[test]
    fn the_marked_part_is_told_in_words() {
        let broken =
            |start, end| Account::Mistake { cause: None, broken: Some(Place::new(start, end)), follows: false };
        assert_eq!(marked("5x + 2x = 8", Some(&broken(5, 7)), Language::Swedish), "Markerat: 2x.");
        assert_eq!(marked("−2x < 6", Some(&broken(3, 6)), Language::English), "Marked: <.");
        assert_eq!(marked("5x", Some(&broken(7, 9)), Language::Swedish), "");
    }
}
