//! Lines with `≈`: what stands after the sign is the value before it, rounded.

use super::{general, value};
use crate::forms::Written;
use crate::numeric::real_value;
use crate::rewrite::with_sign;
use crate::solve::{self, Unknown};
use crate::tree::{Expr, Name, Node, PlusMinus, Sign, Statement};
use crate::unreadable::{Missing, Unreadable};
use crate::value::{Line, lower};
use crate::verdict::{Demand, Task, Verdict};

/// How far the value of something that is no decimal number may be from what it stands for, as a
/// part of it: that of `3,14·2²` from `π·2²`.
const ROUGHLY: f64 = 0.005;
/// What doubles leave in doubt, as a part of half a unit.
const DOUBT: f64 = 1e-6;

/// True if `≈` stands in the line.
pub(super) fn is_rounded(line: &Statement) -> bool {
    match line {
        Statement::Relation { rest, .. } => rest.iter().any(|(sign, _)| *sign == Sign::Approximately),
        _ => line.joined().len() > 1 && line.joined().iter().any(is_rounded),
    }
}

/// Judges such a line: what is exact in it as ever, the rest by its digits. It is done only where
/// the task asks for decimals or significant digits: elsewhere the exact value is the answer.
pub(super) fn judge(task: &Task, earlier: &[Statement], line: &Statement) -> Result<Verdict, Unreadable> {
    let wrong = Verdict::Wrong { witness: None };
    let step = Verdict::Right { finished: false };
    match exact_part(line) {
        Some((_, false)) => Ok(wrong),
        Some((exact, true)) => Ok(match general::judge(task, earlier, &exact)? {
            Verdict::Right { .. } | Verdict::Unfinished { .. } => match task.demand {
                Demand::Decimals { .. } | Demand::Significant { .. } => value::rate(task, earlier, line),
                _ => step,
            },
            other => other,
        }),
        None => match are_solutions(task, line) {
            Some(all) => Ok(if all { step } else { wrong }),
            None => Err(Unreadable::new(line.place(), Missing::Undecided)),
        },
    }
}

/// The line without what was rounded, `x = √2` for `x = √2 ≈ 1,41`, and whether all of that is what
/// stands before it, rounded. Nothing if only rounded values are left, or if it cannot be told.
fn exact_part(line: &Statement) -> Option<(Statement, bool)> {
    match line {
        Statement::Relation { first, rest } => {
            let kept: Vec<(Sign, Expr)> =
                rest.iter().take_while(|(sign, _)| *sign != Sign::Approximately).cloned().collect();
            let exact = kept.last().map_or(first, |(_, side)| side);
            let mut before = exact;
            let all = rest.iter().skip(kept.len()).all(|(sign, side)| {
                let beside = std::mem::replace(&mut before, side);
                match sign {
                    Sign::Approximately => stands_for(side, exact) || stands_for(side, beside),
                    Sign::Equal => is_same(side, beside),
                    _ => false,
                }
            });
            let known = exact.is_numeric();
            let statement = match kept.is_empty() {
                true => Statement::Expression(first.clone()),
                false => Statement::Relation { first: first.clone(), rest: kept },
            };
            (known || rest.iter().all(|(sign, _)| *sign != Sign::Approximately)).then_some((statement, all))
        }
        Statement::And(parts) | Statement::Or(parts) | Statement::List(parts) => {
            let parts: Vec<(Statement, bool)> = parts.iter().map(exact_part).collect::<Option<_>>()?;
            let all = parts.iter().all(|(_, right)| *right);
            let parts = parts.into_iter().map(|(part, _)| part).collect();
            let joined = match line {
                Statement::And(_) => Statement::And(parts),
                Statement::Or(_) => Statement::Or(parts),
                _ => Statement::List(parts),
            };
            Some((joined, all))
        }
        other => Some((other.clone(), true)),
    }
}

/// True if both are worth the same: `3,14·4 = 12,56` after `≈`.
fn is_same(a: &Expr, b: &Expr) -> bool {
    pairs(a, b).is_some_and(|pairs| pairs.iter().all(|(a, b)| (a - b).abs() <= DOUBT * DOUBT * b.abs()))
}

/// The values of both with the upper and with the lower signs.
fn pairs(a: &Expr, b: &Expr) -> Option<[(f64, f64); 2]> {
    let [upper, lower] = [PlusMinus::Plus, PlusMinus::Minus].map(|sign| Some((near(a, sign)?, near(b, sign)?)));
    Some([upper?, lower?])
}

/// True if `rounded` is `exact` rounded to as many decimals as it is written with.
fn stands_for(rounded: &Expr, exact: &Expr) -> bool {
    let unit = last_digit(rounded);
    pairs(rounded, exact).is_some_and(|pairs| pairs.into_iter().all(|pair| is_near(pair, unit)))
}

fn is_near((rounded, exact): (f64, f64), unit: Option<f64>) -> bool {
    let most = unit.map_or(ROUGHLY * exact.abs(), |unit| unit / 2.0 * (1.0 + DOUBT));
    (rounded - exact).abs() <= most
}

/// What a unit of the last written digit is worth; nothing for what is no decimal number.
fn last_digit(expr: &Expr) -> Option<f64> {
    match &expr.unwrapped().node {
        Node::EitherSign(_, inner) => last_digit(inner),
        _ => {
            let written = Written::of(expr)?;
            // The digits say how many there are, the value where the first one stands.
            let size = real_value(expr).and_then(|value| num_traits::ToPrimitive::to_f64(&value))?.abs();
            // Zeros at the end of a whole number need not be significant.
            let digits = i32::try_from(written.significant.0).ok()?;
            if size == 0.0 {
                return Some(10_f64.powi(-i32::try_from(written.decimals).ok()?));
            }
            #[expect(clippy::cast_possible_truncation, reason = "the place of the first digit")]
            let first = size.log10().floor() as i32;
            Some(10_f64.powi(first + 1 - digits))
        }
    }
}

/// The value with every `±` taken with this sign.
fn near(expr: &Expr, sign: PlusMinus) -> Option<f64> {
    let one = with_sign(expr, sign);
    real_value(&one).and_then(|value| num_traits::ToPrimitive::to_f64(&value))
}

/// True if the rounded values of `x ≈ 1,41 eller x ≈ −1,41` stand for all solutions of the task and
/// for nothing else; nothing if that cannot be told.
fn are_solutions(task: &Task, line: &Statement) -> Option<bool> {
    let Demand::Solved { variable } = task.demand else { return None };
    let Ok(Line::Claim(claim)) = lower(&task.start) else { return None };
    if task.start.names() != [variable] {
        return None;
    }
    let solutions: Vec<f64> =
        solve::solve(&claim, Unknown::from(variable)).ok()?.as_points()?.iter().map(solve::Coordinate::near).collect();
    let mut values = Vec::new();
    for part in line.joined() {
        values.extend(rounded_values(variable, part)?);
    }
    let stands = |(value, unit): &(f64, Option<f64>), solution: f64| is_near((*value, solution), *unit);
    let all = solutions.iter().all(|solution| values.iter().any(|value| stands(value, *solution)));
    Some(all && values.iter().all(|value| solutions.iter().any(|solution| stands(value, *solution))))
}

/// The values of `x ≈ 1,41`, or `x = 2`, which has to be exact, with their last digits.
fn rounded_values(variable: Name, part: &Statement) -> Option<Vec<(f64, Option<f64>)>> {
    let Statement::Relation { first, rest } = part else { return None };
    let [(sign, value)] = rest.as_slice() else { return None };
    if first.unwrapped().node != Node::Name(variable) || !value.is_numeric() {
        return None;
    }
    let unit = match sign {
        Sign::Approximately => last_digit(value),
        Sign::Equal => Some(0.0),
        _ => return None,
    };
    let mut values = Vec::new();
    for sign in [PlusMinus::Plus, PlusMinus::Minus] {
        let value = near(value, sign)?;
        if !values.contains(&(value, unit)) {
            values.push((value, unit));
        }
    }
    Some(values)
}
