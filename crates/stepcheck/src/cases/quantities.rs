//! Cases about quantities in machine notation, where every name is a unit.

use super::numbers::{precision_of, right};
use super::{Case, CaseVerdict, Setting};
use crate::numeric::Precision;
use crate::read::read_notation;
use crate::tree::Statement;
use crate::units::{Conversion, Measure, Outcome, compare_measures};

pub(super) fn judge(case: &Case) -> CaseVerdict {
    let kind = case.kind.split_once(':').map_or("", |(_, kind)| kind);
    let (conversion, test) = match kind.strip_prefix("strict") {
        Some(rest) => (Conversion::None, rest.trim_start_matches('_')),
        None => (Conversion::Any, kind),
    };
    let leeway = match &case.opt {
        Some(Setting::Text(text)) => measure(text),
        _ => None,
    };
    let precision = match (test, &case.opt, &leeway) {
        ("" | "sigfigs", None, _) => Precision::Exact,
        ("" | "sigfigs", opt, _) => match precision_of("sigfigs", opt.as_ref()) {
            Some(precision) => precision,
            None => Precision::Exact,
        },
        ("absolute", _, Some(size)) => Precision::Absolute(size.number.value.clone()),
        (test, opt, _) => match precision_of(test, opt.as_ref()) {
            Some(precision) => precision,
            None => return CaseVerdict::NoAnswer,
        },
    };
    let read = |text: &Option<String>| text.as_deref().and_then(measure);
    let Some(key) = read(&case.a) else { return CaseVerdict::NoAnswer };
    let Some(answer) = read(&case.b) else { return CaseVerdict::Wrong };
    let leeway = leeway.filter(Measure::has_unit);
    right(compare_measures(&key, &answer, &precision, conversion, leeway.as_ref()) == Outcome::Right)
}

/// Reads a quantity; spaces between words may stand for multiplication.
fn measure(text: &str) -> Option<Measure> {
    let statement = read_notation(text).or_else(|_| read_notation(&with_times(text))).ok()?;
    match statement {
        Statement::Expression(expr) => Measure::of_product(&expr),
        _ => None,
    }
}

/// `9.8 kg m / s^2` as `9.8*kg*m/s^2`.
fn with_times(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        let joins = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || matches!(sign, '(' | ')'));
        if joins(out.chars().last()) && joins(word.chars().next()) {
            out.push('*');
        }
        out.push_str(word);
    }
    out
}
