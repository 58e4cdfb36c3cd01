//! Cases about numbers: how precise they are, and how they are typed.

use super::{Case, CaseVerdict, Setting, policy, verdict};
use crate::compare::compare;
use crate::exact::Rational;
use crate::forms::{Sameness, same};
use crate::numeric::{Literal, Nearness, Precision};
use crate::read::{read, read_notation};
use crate::tree::{Expr, Statement};
use crate::units::{Conversion, Measure, Outcome, compare_measures, has_unit};

/// Judges a number in machine notation, or for `numeric:sv` as it is typed.
pub(super) fn judge(case: &Case) -> CaseVerdict {
    let kind = case.kind.split_once(':').map_or("", |(_, kind)| kind);
    if kind == "sv" {
        return judge_typed(case);
    }
    let Some(precision) = precision_of(kind, case.opt.as_ref()) else { return CaseVerdict::NoAnswer };
    let key = case.a.as_deref().and_then(literal).map(|key| key.value);
    let needs_key = !matches!(precision, Precision::Written { .. } | Precision::Significant { correct: 0, .. });
    if needs_key && key.is_none() {
        return CaseVerdict::NoAnswer;
    }
    let answer = case.b.as_deref().and_then(literal);
    right(answer.is_some_and(|answer| precision.judge(key.as_ref(), &answer) == Nearness::Right))
}

pub(super) fn right(right: bool) -> CaseVerdict {
    if right { CaseVerdict::Right } else { CaseVerdict::Wrong }
}

/// What the kind and its setting ask for. Without a tolerance it is a twentieth.
pub(super) fn precision_of(kind: &str, opt: Option<&Setting>) -> Option<Precision> {
    let numbers = opt.map(numbers).unwrap_or_default();
    let count = |at: usize| numbers.get(at).map(Rational::to_integer).and_then(|size| usize::try_from(size).ok());
    let tolerance = || numbers.first().cloned().unwrap_or_else(|| Rational::new(1.into(), 20.into()));
    Some(match kind {
        "sigfigs" => {
            let digits = count(0)?;
            match numbers.len() {
                1 => Precision::Significant { digits, correct: digits },
                _ => {
                    count(1).map_or(Precision::AtLeast { digits }, |correct| Precision::Significant { digits, correct })
                }
            }
        }
        "sigfigs_strict" => Precision::Written { digits: count(0)? },
        "decimals" => Precision::Decimals { places: count(0)? },
        "relative" => Precision::Relative(tolerance()),
        "absolute" => Precision::Absolute(tolerance()),
        _ => return None,
    })
}

/// The numbers of a setting: `3`, `[4,-1]`, `0.05`.
fn numbers(setting: &Setting) -> Vec<Rational> {
    match setting {
        Setting::Number(value) => Rational::from_float(*value).into_iter().collect(),
        Setting::Several(parts) => parts.iter().flat_map(numbers).collect(),
        Setting::Text(text) => {
            let parts = text.trim().trim_matches(['[', ']']).split(',');
            parts.filter_map(|part| Some(literal(part)?.value)).collect()
        }
    }
}

/// A number in digits, or an expression with a value.
fn literal(text: &str) -> Option<Literal> {
    Literal::parse(text).or_else(|| match read_notation(text).ok()? {
        Statement::Expression(expr) => Literal::of(&expr),
        _ => None,
    })
}

/// Judges what is typed in Swedish notation: with a unit any unit will do, otherwise the values have
/// to be the same. What cannot be read is no right answer.
pub(super) fn judge_typed(case: &Case) -> CaseVerdict {
    let typed = |text: &Option<String>| text.as_deref().and_then(|text| read(text).ok());
    let (Some(key), Some(answer)) = (typed(&case.a), typed(&case.b)) else { return CaseVerdict::Wrong };
    match (&key, &answer) {
        (Statement::Expression(a), Statement::Expression(b)) if [a, b].into_iter().any(has_unit) => {
            match (Measure::of(a), Measure::of(b)) {
                (Some(a), Some(b)) => {
                    right(compare_measures(&a, &b, &Precision::Exact, Conversion::Any, None) == Outcome::Right)
                }
                _ => CaseVerdict::NoAnswer,
            }
        }
        // Numbers need no more than their values.
        (Statement::Expression(a), Statement::Expression(b)) if exact(a).is_some() && exact(b).is_some() => {
            right(exact(a) == exact(b))
        }
        // Of points and lists nothing is known but how they are written.
        _ => match verdict(&compare(&key, &answer, &policy(case))) {
            CaseVerdict::NoAnswer => right(same(&key, &answer, Sameness::Written)),
            decided => decided,
        },
    }
}

fn exact(expr: &Expr) -> Option<Rational> {
    crate::exact::evaluate::<crate::tree::Name>(expr, &[])
}
