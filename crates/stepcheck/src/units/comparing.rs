//! Quantities held against a key.

use super::Measure;
use crate::numeric::{Literal, Nearness, Precision};

/// Whether another unit may be used than that of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// Any unit that measures the same.
    Any,
    /// Only the unit of the key: the same words with the same exponents, in any order.
    None,
}

/// How a quantity stands to the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Right,
    /// The unit will do; the number is too far away.
    WrongNumber,
    /// The unit will do; the number is written with another number of digits.
    WrongDigits,
    /// The number of the key with another unit that measures the same: `3,5 g` for `3,5 kg`.
    RightNumberWrongUnit,
    /// As much as the key, but in another unit than the one that is asked for.
    OtherUnit,
    /// The key has a unit, this has none.
    MissingUnit,
    /// The key has no unit, this has one.
    NeedlessUnit,
    /// The unit measures something else, or it is not known.
    Incompatible,
}

/// Holds `answer` against `key`, with the precision applied in the unit of the key if both have the
/// same, otherwise in base units. `leeway` is the quantity that a [`Precision::Absolute`] is in; the
/// key if there is none.
#[must_use]
pub fn compare_measures(
    key: &Measure,
    answer: &Measure,
    precision: &Precision,
    conversion: Conversion,
    leeway: Option<&Measure>,
) -> Outcome {
    match (key.has_unit(), answer.has_unit()) {
        (true, false) => return Outcome::MissingUnit,
        (false, true) => return Outcome::NeedlessUnit,
        _ => {}
    }
    let same_unit = key.unit == answer.unit;
    if same_unit && (!key.unit.is_empty() || !key.has_unit()) {
        return of_number(precision.judge(Some(&key.number.value), &answer.number));
    }
    let (key, answer) = as_temperatures(key, answer);
    let (Some((expected, dimension)), Some((found, other))) = (key.in_base(), answer.in_base()) else {
        return Outcome::Incompatible;
    };
    if dimension != other {
        return Outcome::Incompatible;
    }
    let precision = match precision {
        Precision::Absolute(size) => match leeway.unwrap_or(&key).difference_in_base(size) {
            Some(size) => Precision::Absolute(size),
            None => return Outcome::Incompatible,
        },
        other => other.clone(),
    };
    let in_base = Literal { value: found, written: answer.number.written };
    let nearness = precision.judge(Some(&expected), &in_base);
    match (nearness, conversion) {
        (Nearness::Right, Conversion::Any) => Outcome::Right,
        (Nearness::Right, Conversion::None) => Outcome::OtherUnit,
        (Nearness::Far, _) if precision.is_near(&key.number.value, &answer.number.value) => {
            Outcome::RightNumberWrongUnit
        }
        (nearness, _) => of_number(nearness),
    }
}

/// «20 grader» is an angle, but a temperature where the other one is.
fn as_temperatures(key: &Measure, answer: &Measure) -> (Measure, Measure) {
    let is_only = |measure: &Measure, unit: &str| matches!(measure.unit.as_slice(), [(word, 1)] if word == unit);
    let celsius = |measure: &Measure| {
        let mut changed = measure.clone();
        changed.unit = vec![("°C".into(), 1)];
        changed
    };
    if is_only(key, "°C") && is_only(answer, "°") {
        return (key.clone(), celsius(answer));
    }
    if is_only(key, "°") && is_only(answer, "°C") {
        return (celsius(key), answer.clone());
    }
    (key.clone(), answer.clone())
}

fn of_number(nearness: Nearness) -> Outcome {
    match nearness {
        Nearness::Right => Outcome::Right,
        Nearness::Far => Outcome::WrongNumber,
        Nearness::Digits => Outcome::WrongDigits,
    }
}
