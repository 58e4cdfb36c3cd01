//! A judged line as people see it: the mark, the maths, one or two sentences, what a screen reader says.

use stepcheck::{Left, Missing, Place, Unreadable, Verdict, Witness};
use vault::Millis;

use super::{
    account,
    appeals::AppealShown,
    days,
    frame::Html,
    handed_in::{self, HandedIn},
    maths::{escaped, maths, maths_marked},
    speech::Language,
};
use crate::{
    exercises::Answer,
    practice::{Written, verdict_name},
};

/// What `templates/lines.html` needs of a line.
pub struct LineShown {
    pub number: i16,
    pub key: String,
    /// right, goal, unfinished, wrong or unreadable
    pub verdict: &'static str,
    /// The icon in the mark.
    pub icon: &'static str,
    /// MathML, or the typed text with the unreadable place marked.
    pub written: Html,
    /// One word before everything, such as «Rätt.».
    pub word: String,
    /// Under the line: what was done, what is left to do or what there is to look at.
    pub sentence: String,
    /// The sentence says it all to who sees the mark; the word is for who does not.
    pub quiet_word: bool,
    /// «Min rad är rätt» under a wrong one, where that can be said or was.
    pub appeal: Option<AppealShown>,
    /// Opened by «Varför?».
    pub why: Option<Html>,
    /// The whole line in one sentence, for the screen reader.
    pub say: String,
    pub at: Millis,
    /// The time of day, where it is shown.
    pub time: Option<String>,
    /// The hints that were opened before it, where that is shown.
    pub helped: Option<String>,
}

impl LineShown {
    #[must_use]
    pub fn of(line: &Written, answer: Option<&Answer>, language: Language) -> Self {
        let verdict = verdict_name(&line.verdict);
        let told = line.account.as_ref();
        let number = line.number;
        let (written, sentence, plain) = match answer.and_then(|answer| handed_in::shown(answer, line, language)) {
            Some(HandedIn { written, sentence, plain }) => (written, sentence, plain),
            None => (line_written(line, language), sentence(line, language), line.entered.clone()),
        };
        let word = match answer {
            Some(answer) if verdict == "goal" && !answer.is_judged() => language.t("answer-handed-in"),
            Some(Answer::Lines(_)) | None => language.t(&format!("line-{verdict}")),
            Some(_) if verdict == "unreadable" => language.t("answer-unreadable"),
            Some(_) => language.t(&format!("line-{verdict}")),
        };
        let say = [
            language.n("line-number", number),
            format!("{}.", plain.trim()),
            word.clone(),
            ended(&sentence),
            account::marked(&line.entered, told, language),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
        Self {
            number,
            key: line.key.to_string(),
            verdict,
            icon: icon(&line.verdict),
            written,
            word,
            quiet_word: verdict == "right" && !sentence.is_empty(),
            sentence,
            appeal: None,
            why: why(&line.verdict, language),
            say,
            at: line.at,
            time: None,
            helped: None,
        }
    }

    /// The same with the time of day beside it.
    #[must_use]
    pub fn timed(mut self, time_zone: &str) -> Self {
        self.time = Some(days::clock(self.at, time_zone));
        self
    }

    /// The same with the hints that were opened before it.
    #[must_use]
    pub fn helped(self, helped: Option<String>) -> Self {
        Self { helped, ..self }
    }

    /// The same with «Sparad.» said after it, for a line that was stored just now.
    #[must_use]
    pub fn saved(mut self, language: Language) -> Self {
        self.say = format!("{} {}.", self.say, language.t("line-saved"));
        self
    }

    /// The same with what can be said against the verdict under it, if that is «wrong».
    #[must_use]
    pub fn appealed(self, appeal: impl FnOnce() -> Option<AppealShown>) -> Self {
        let appeal = if self.verdict == "wrong" { appeal() } else { None };
        Self { appeal, ..self }
    }

    #[must_use]
    pub fn is(&self, verdict: &str) -> bool {
        self.verdict == verdict
    }
}

/// A line of mathematics, with the part that is not right or could not be read marked.
fn line_written(line: &Written, language: Language) -> Html {
    match &line.verdict {
        Verdict::Unreadable(unreadable) => Html(marked(&line.entered, unreadable.place)),
        _ => maths_marked(&line.entered, account::broken(line.account.as_ref()), language),
    }
}

const fn icon(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Right { finished: true } => "flag",
        Verdict::Right { finished: false } | Verdict::Unfinished { .. } => "check",
        Verdict::Wrong { .. } => "undo-2",
        Verdict::Unreadable(_) => "text-cursor-input",
    }
}

/// With a full stop after the last sentence.
fn ended(sentence: &str) -> String {
    if sentence.is_empty() || sentence.ends_with(['.', '?', '!']) {
        sentence.to_owned()
    } else {
        format!("{sentence}.")
    }
}

fn sentence(line: &Written, language: Language) -> String {
    let told = line.account.as_ref();
    match &line.verdict {
        Verdict::Right { .. } => account::steps(told, language),
        Verdict::Unfinished { left } => {
            let done = if *left == Left::Answer { String::new() } else { account::steps(told, language) };
            // Together two sentences: what was done, and what is left to do.
            let done = if done.contains(". ") || done.is_empty() { String::new() } else { format!("{done}. ") };
            done + &language.t(left_key(*left))
        }
        Verdict::Wrong { witness } => account::mistake(told, language)
            .unwrap_or_else(|| language.t(if witness.is_some() { "line-wrong-sentence" } else { "line-wrong-unseen" })),
        Verdict::Unreadable(Unreadable { missing, .. }) => match missing {
            Missing::Sign(sign) => language.with("missing-sign", [("sign", sign)]),
            Missing::Name(name) => language.with("missing-name", [("name", name)]),
            other => language.t(missing_key(other)),
        },
    }
}

const fn left_key(left: Left) -> &'static str {
    match left {
        Left::Shorten => "left-shorten",
        Left::WorkOut => "left-work-out",
        Left::Collect => "left-collect",
        Left::Expand => "left-expand",
        Left::DecimalForm => "left-decimal-form",
        Left::FractionForm => "left-fraction-form",
        Left::Equation => "left-equation",
        Left::Factor => "left-factor",
        Left::CompleteSquare => "left-complete-square",
        Left::SingleFraction => "left-single-fraction",
        Left::PartialFractions => "left-partial-fractions",
        Left::SimplifyRoot => "left-simplify-root",
        Left::RationalDenominator => "left-rational-denominator",
        Left::MixedForm => "left-mixed-form",
        Left::StandardForm => "left-standard-form",
        Left::Decimals => "left-decimals",
        Left::SignificantDigits => "left-significant-digits",
        Left::Unit => "left-unit",
        Left::Check => "left-check",
        Left::Answer => "left-answer",
    }
}

const fn missing_key(missing: &Missing) -> &'static str {
    match missing {
        Missing::Nothing => "missing-nothing",
        Missing::ClosingBracket => "missing-closing-bracket",
        Missing::OpeningBracket => "missing-opening-bracket",
        Missing::Operand => "missing-operand",
        Missing::Operator => "missing-operator",
        Missing::Sign(_) => "missing-sign",
        Missing::Name(_) => "missing-name",
        Missing::Digits => "missing-digits",
        Missing::WholeExponent => "missing-whole-exponent",
        Missing::TooLong => "missing-too-long",
        Missing::TooDeep => "missing-too-deep",
        Missing::TooLarge => "missing-too-large",
        Missing::Relation => "missing-relation",
        Missing::DivisionByZero => "missing-division-by-zero",
        Missing::Brackets => "missing-brackets",
        Missing::ClosingBar => "missing-closing-bar",
        Missing::Undecided => "missing-undecided",
    }
}

/// The witness in words, with its maths as MathML. It never tells the answer.
fn why(verdict: &Verdict, language: Language) -> Option<Html> {
    let Verdict::Wrong { witness: Some(witness) } = verdict else { return None };
    let equal = |worked: &str, value: &str| {
        let text = if worked == value { value.to_owned() } else { format!("{worked} = {value}") };
        maths(&text, language).0
    };
    let text = match witness {
        Witness::Substitute { variable, value, left, right, left_worked, right_worked } => language.with(
            "witness-substitute",
            [
                ("solution", maths(&format!("{variable} = {value}"), language).0),
                ("value", maths(value, language).0),
                ("left", equal(left_worked, left)),
                ("right", equal(right_worked, right)),
            ],
        ),
        Witness::Evaluate { variable, value, above, here } => language.with(
            "witness-evaluate",
            [
                ("solution", maths(&format!("{variable} = {value}"), language).0),
                ("above", maths(above, language).0),
                ("here", maths(here, language).0),
            ],
        ),
        Witness::Larger => language.t("witness-larger"),
        Witness::Smaller => language.t("witness-smaller"),
        Witness::Sides { left, right } => {
            language.with("witness-sides", [("left", maths(left, language).0), ("right", maths(right, language).0)])
        }
    };
    Some(Html(text))
}

/// What was typed, with the place where reading stopped between `<mark>`s; a place between two signs is shown as a gap.
fn marked(typed: &str, place: Place) -> String {
    let chars: Vec<char> = typed.chars().collect();
    let part = |from: usize, to: usize| -> String { chars.iter().skip(from).take(to.saturating_sub(from)).collect() };
    let within = if place.start >= place.end { "\u{2002}".to_owned() } else { part(place.start, place.end) };
    format!(
        "{}<mark>{}</mark>{}",
        escaped(&part(0, place.start)),
        escaped(&within),
        escaped(&part(place.end.max(place.start), chars.len()))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unreadable_place_is_marked_and_nothing_typed_is_markup() {
        assert_eq!(marked("2(x + 3 = <", Place::new(10, 11)), "2(x + 3 = <mark>&lt;</mark>");
        assert_eq!(marked("2 +", Place::before(3)), "2 +<mark>\u{2002}</mark>");
    }

    fn written(verdict: Verdict) -> Written {
        let key = vault::IdempotencyKey::from_bytes([0; 16]);
        Written { number: 1, key, entered: "x = 3".to_owned(), at: Millis(0), verdict, account: None }
    }

    #[test]
    fn every_verdict_has_its_sentences_in_both_languages() {
        let lefts = [
            Left::Shorten,
            Left::WorkOut,
            Left::Collect,
            Left::Expand,
            Left::DecimalForm,
            Left::FractionForm,
            Left::Equation,
            Left::Factor,
            Left::CompleteSquare,
            Left::SingleFraction,
            Left::PartialFractions,
            Left::SimplifyRoot,
            Left::RationalDenominator,
            Left::MixedForm,
            Left::StandardForm,
            Left::Decimals,
            Left::SignificantDigits,
            Left::Unit,
            Left::Check,
            Left::Answer,
        ];
        for language in Language::ALL {
            for left in lefts {
                assert_ne!(language.t(left_key(left)), left_key(left));
            }
            for missing in [
                Missing::Nothing,
                Missing::TooDeep,
                Missing::Sign('§'),
                Missing::Name("cosinus".to_owned()),
                Missing::Relation,
                Missing::Operator,
                Missing::Brackets,
                Missing::ClosingBar,
                Missing::Undecided,
            ] {
                let verdict = Verdict::Unreadable(Unreadable { place: Place::before(0), missing });
                assert!(!sentence(&written(verdict.clone()), language).starts_with("missing-"), "{verdict:?}");
            }
        }
    }
}
