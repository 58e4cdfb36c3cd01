//! The conventions by which lines are judged, as files and flags name them: `policy = { gaps = "refused" }`.

use serde::Deserialize;
use stepcheck::{Alternatives, Gaps, Implied, Letters, OddRoots, Policy, Rational, Statement};
use toml::Value;

use super::fault::Faults;

/// The conventions that have a word each, with their words; the recommended one first.
const WORDS: [(&str, &[&str]); 5] = [
    ("gaps", &["accepted", "refused"]),
    ("letters", &["real", "positive"]),
    ("odd_roots", &["real", "refused"]),
    ("alternatives", &["either_word", "only_or"]),
    ("implied", &["roots_and_logarithms", "refused", "accepted"]),
];

/// `policy = { … }` of a skill or an exercise; a key that is not there is left as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyTable {
    gaps: Option<Value>,
    letters: Option<Value>,
    odd_roots: Option<Value>,
    alternatives: Option<Value>,
    implied: Option<Value>,
    whole: Option<Value>,
    tolerance: Option<Value>,
}

impl PolicyTable {
    /// `policy` with what the table sets; slips are noted under `key`.
    pub(super) fn over(&self, mut policy: Policy, key: &str, faults: &mut Faults<'_>) -> Policy {
        let values = [
            ("gaps", &self.gaps),
            ("letters", &self.letters),
            ("odd_roots", &self.odd_roots),
            ("alternatives", &self.alternatives),
            ("implied", &self.implied),
            ("whole", &self.whole),
            ("tolerance", &self.tolerance),
        ];
        for (name, value) in values {
            if let Some(value) = value {
                faults.check(format!("{key}.{name}"), set(&mut policy, name, &text_of(value)));
            }
        }
        policy
    }
}

/// A value as a flag would have it.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(text_of).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Sets one convention of `policy` by its name and its value in words: `gaps` and `refused`, `whole` and `n,k`,
/// `tolerance` and `0,01`.
///
/// # Errors
/// The name or the value is not known; the text says what may be written.
pub fn set(policy: &mut Policy, name: &str, value: &str) -> Result<(), String> {
    match (name, value) {
        ("gaps", "accepted") => policy.gaps = Gaps::Accepted,
        ("gaps", "refused") => policy.gaps = Gaps::Refused,
        ("letters", "real") => policy.letters = Letters::Real,
        ("letters", "positive") => policy.letters = Letters::Positive,
        ("odd_roots", "real") => policy.odd_roots = OddRoots::Real,
        ("odd_roots", "refused") => policy.odd_roots = OddRoots::Refused,
        ("alternatives", "either_word") => policy.alternatives = Alternatives::EitherWord,
        ("alternatives", "only_or") => policy.alternatives = Alternatives::OnlyOr,
        ("implied", "roots_and_logarithms") => policy.implied = Implied::RootsAndLogarithms,
        ("implied", "refused") => policy.implied = Implied::Refused,
        ("implied", "accepted") => policy.implied = Implied::Accepted,
        ("whole", letters) => policy.whole = read_letters(letters)?,
        ("tolerance", size) => policy.tolerance = read_tolerance(size)?,
        _ => return Err(unknown(name, value)),
    }
    Ok(())
}

fn unknown(name: &str, value: &str) -> String {
    match WORDS.iter().find(|(known, _)| *known == name) {
        Some((_, words)) => format!("cannot be «{value}»; write \"{}\"", words.join("\" or \"")),
        None => format!("{name} is no convention"),
    }
}

/// Letters that stand for whole numbers, between commas.
fn read_letters(text: &str) -> Result<Vec<stepcheck::Name>, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| match (part.chars().next(), part.chars().nth(1)) {
            (Some(letter), None) if letter.is_ascii_lowercase() => Ok(letter.into()),
            _ => Err(format!("cannot be «{part}»; write single letters a–z such as [\"n\"]")),
        })
        .collect()
}

/// A part of the right value, such as `0,01` or `1 %`; nothing for 0.
fn read_tolerance(text: &str) -> Result<Option<Rational>, String> {
    let zero = Rational::from_integer(0.into());
    let size = match stepcheck::read(text) {
        Ok(Statement::Expression(size)) => stepcheck::evaluate::<stepcheck::Name>(&size, &[]),
        _ => None,
    };
    match size {
        Some(size) if size == zero => Ok(None),
        Some(size) if zero < size && size < Rational::from_integer(1.into()) => Ok(Some(size)),
        _ => Err(format!(
            "cannot be «{text}»; write a part of the right value above 0 and below 1, such as \"0,01\", or 0 for none"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_and_the_first_is_the_recommended_one() {
        for (name, words) in WORDS {
            let mut policy = Policy::default();
            set(&mut policy, name, words[1]).unwrap();
            assert_ne!(policy, Policy::default(), "{name}");
            set(&mut policy, name, words[0]).unwrap();
            assert_eq!(policy, Policy::default(), "{name}");
            let told = set(&mut policy, name, "maybe").unwrap_err();
            assert!(told.contains(words[0]) && told.contains(words[1]) && told.contains("maybe"), "{told}");
        }
    }

    #[test]
    fn letters_and_tolerances_are_read() {
        let mut policy = Policy::default();
        set(&mut policy, "whole", "n, k").unwrap();
        assert_eq!(policy.whole, ['n', 'k']);
        for (text, top, bottom) in [("0,01", 1, 100), ("0.05", 1, 20), ("1 %", 1, 100), ("1/3", 1, 3)] {
            set(&mut policy, "tolerance", text).unwrap();
            assert_eq!(policy.tolerance, Some(Rational::new(top.into(), bottom.into())), "{text}");
        }
        set(&mut policy, "tolerance", "0").unwrap();
        assert_eq!(policy.tolerance, None);
        for (name, value) in [("whole", "nk"), ("whole", "N"), ("tolerance", "2"), ("tolerance", "-0,1")] {
            assert!(set(&mut policy, name, value).is_err(), "{name} {value}");
        }
        assert!(set(&mut policy, "tolerance", "lite").is_err_and(|told| told.contains("0,01")));
        assert!(set(&mut policy, "gap", "refused").is_err_and(|told| told.contains("gap is no convention")));
    }
}
