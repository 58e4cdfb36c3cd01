//! What stands in a figure's keys: numbers as formulas, texts as templates.

use std::collections::BTreeSet;

use serde::Deserialize;
use stepcheck::Rational;
use toml::Value;

use crate::exercises::formula::{Formula, Values};
use crate::exercises::notation::Form;
use crate::exercises::template::Template;
use crate::exercises::words::Words;

/// Larger numbers can't be told apart in a drawing, and drawings calculate with floating point.
const LARGEST: f64 = 1e12;

/// Declares what may stand in one table of a figure: its keys, and that it needs the numbers that they need.
macro_rules! keys {
    ($(#[$about:meta])* $name:ident { $($(#[$key_about:meta])* $key:ident: $of:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$key_about])* pub(super) $key: $of,)*
        }

        impl $crate::exercises::figure::source::Named for $name {
            fn names(&self, found: &mut std::collections::BTreeSet<char>) {
                $($crate::exercises::figure::source::Named::names(&self.$key, found);)*
            }
        }
    };
}
pub(super) use keys;

/// What needs numbers of the exercise.
pub(super) trait Named {
    /// Adds the names that it needs.
    fn names(&self, found: &mut BTreeSet<char>);
}

impl<T: Named> Named for Option<T> {
    fn names(&self, found: &mut BTreeSet<char>) {
        if let Some(one) = self {
            one.names(found);
        }
    }
}

impl<T: Named> Named for Vec<T> {
    fn names(&self, found: &mut BTreeSet<char>) {
        self.iter().for_each(|one| one.names(found));
    }
}

impl<T: Named, const N: usize> Named for [T; N] {
    fn names(&self, found: &mut BTreeSet<char>) {
        self.iter().for_each(|one| one.names(found));
    }
}

/// Says of types without formulas that they need no numbers.
macro_rules! nameless {
    ($($of:ty),*) => {
        $(impl $crate::exercises::figure::source::Named for $of {
            fn names(&self, _: &mut std::collections::BTreeSet<char>) {}
        })*
    };
}
pub(super) use nameless;

nameless!(bool, usize, char, String);

/// A number: `3`, `0.5` or a formula over the exercise's numbers, `"a*x + b"`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Value")]
pub(super) struct Number {
    written: String,
    formula: Formula,
}

impl TryFrom<Value> for Number {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let written = match value {
            Value::String(text) => text,
            Value::Integer(_) | Value::Float(_) => value.to_string(),
            other => return Err(format!("{other} is not a number; write 3, 0.5 or a formula such as \"a*x + b\"")),
        };
        let formula = Formula::read(&written)?;
        Ok(Self { written, formula })
    }
}

impl From<i64> for Number {
    fn from(n: i64) -> Self {
        let written = n.to_string();
        // A whole number can always be read.
        let formula = Formula::read(&written).unwrap_or_else(|error| unreachable!("{error}"));
        Self { written, formula }
    }
}

impl Named for Number {
    fn names(&self, found: &mut BTreeSet<char>) {
        found.extend(self.formula.names());
    }
}

impl Number {
    /// Its exact value.
    pub(super) fn exact(&self, values: &Values) -> Result<Rational, String> {
        let value = self.formula.value(values).ok_or_else(|| format!("«{}» has no value", self.written))?;
        if real(&value).abs() > LARGEST {
            return Err(format!("«{}» is {value}, which is too large to draw", self.written));
        }
        Ok(value)
    }

    /// Its value for drawing.
    pub(super) fn real(&self, values: &Values) -> Result<f64, String> {
        self.exact(values).map(|value| real(&value))
    }

    /// Its value, which must be above zero: a length.
    pub(super) fn length(&self, values: &Values) -> Result<f64, String> {
        let value = self.real(values)?;
        match value > 0.0 {
            true => Ok(value),
            false => Err(format!("«{}» is {value}, but a length is above 0", self.written)),
        }
    }

    /// Its value, which must be a whole number within `bounds`, both ends in.
    pub(super) fn count(&self, values: &Values, bounds: [usize; 2]) -> Result<usize, String> {
        let value = self.exact(values)?;
        let [least, most] = bounds;
        let whole = value.is_integer().then(|| usize::try_from(value.numer()).ok()).flatten();
        whole.filter(|n| (least..=most).contains(n)).ok_or_else(|| {
            format!("«{}» is {value}; it must be a whole number from {least} to {most} here", self.written)
        })
    }

    /// Its value where the letter `name` is `at`; `None` where it has none.
    pub(super) fn value_with(&self, values: &Values, name: char, at: &Rational) -> Option<f64> {
        let mut all: Values = values.iter().filter(|(known, _)| *known != name).cloned().collect();
        all.push((name, at.clone()));
        self.formula.value(&all).map(|value| real(&value)).filter(|value| value.abs() <= LARGEST)
    }
}

/// A text: the same in both languages, or `{ sv = "…", en = "…" }`. A number alone is written with a decimal comma.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Value")]
pub(super) struct Text(Words<Template>);

impl TryFrom<Value> for Text {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let words = match value {
            Value::String(text) => Words { sv: text.clone(), en: text },
            Value::Integer(n) => Words { sv: with_minus(&n), en: with_minus(&n) },
            Value::Float(n) => Words { sv: with_minus(&n), en: with_minus(&n) },
            Value::Table(_) => Words::<String>::deserialize(value)
                .map_err(|error| format!("{}; write {{ sv = \"…\", en = \"…\" }}", error.message()))?,
            other => return Err(format!("{other} is not a text; write \"…\" or {{ sv = \"…\", en = \"…\" }}")),
        };
        Ok(Self(words.try_map(|text| Template::read(text))?))
    }
}

fn with_minus(n: &dyn ToString) -> String {
    n.to_string().replace('.', ",").replace('-', "−")
}

impl Named for Text {
    fn names(&self, found: &mut BTreeSet<char>) {
        for (_, template) in self.0.each() {
            found.extend(template.names());
        }
    }
}

impl Text {
    /// The text with its numbers in place.
    pub(super) fn fill(&self, values: &Values) -> Result<Words, String> {
        self.0.try_map(|template| template.fill(values))
    }
}

/// The texts of an optional list with their numbers in place.
pub(super) fn fill_all(texts: &[Text], values: &Values) -> Result<Vec<Words>, String> {
    texts.iter().map(|text| text.fill(values)).collect()
}

/// As near as floating point comes.
pub(super) fn real(value: &Rational) -> f64 {
    let part = |text: String| text.parse::<f64>().unwrap_or(f64::INFINITY);
    part(value.numer().to_string()) / part(value.denom().to_string())
}

/// A number as it stands on an axis: decimal comma, real minus, thousands apart; a fraction where the decimals never end.
pub(super) fn printed(value: &Rational) -> String {
    let mut text = String::new();
    let decimal = Form::read("d").and_then(|form| form.print(value, &mut text));
    if decimal.is_none() {
        text.clear();
        Form::default().print(value, &mut text);
        return text;
    }
    let whole = text.find(',').unwrap_or(text.len());
    let first = text.find(|sign: char| sign.is_ascii_digit()).unwrap_or(0);
    let spaced = whole - first > 4;
    let mut out = String::new();
    for (at, sign) in text.char_indices() {
        if spaced && at > first && at < whole && (whole - at).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(sign);
    }
    out
}

/// A number as a mixed number, `1 3/4`.
pub(super) fn mixed(value: &Rational) -> String {
    let whole = value.trunc();
    let rest = value - &whole;
    let zero = Rational::from_integer(0.into());
    let print = |value: &Rational| {
        let mut text = String::new();
        // Without a wish for decimals every number can be printed.
        let _ = Form::default().print(value, &mut text);
        text
    };
    if whole == zero || rest == zero {
        return print(value);
    }
    let size = if rest < zero { -rest } else { rest };
    format!("{} {}", print(&whole), print(&size))
}

/// The same text in both languages.
pub(super) fn both(text: impl Into<String>) -> Words {
    let text = text.into();
    Words { sv: text.clone(), en: text }
}
