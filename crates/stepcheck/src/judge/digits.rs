//! Lines of a task whose answer is to be rounded: to so many decimals or significant digits.
//!
//! Every line is first judged as an exact one. What is not equal may still be a value that was rounded
//! to what is asked for, or more finely; `≈` and `=` are not told apart.

use num_traits::Signed;

use super::{equation, exactly, value};
use crate::budget;
use crate::compare::compare;
use crate::exact::Rational;
use crate::forms::Written;
use crate::numeric::{Literal, Precision, real_value, unit_of_digit};
use crate::policy::{Alternatives, Letters};
use crate::solve::{Coordinate, solve};
use crate::tree::{Expr, Name, Node, Sign, Statement};
use crate::units::{Conversion, Measure, Outcome, compare_measures, has_unit};
use crate::unreadable::{Missing, Unreadable};
use crate::value::{Line, lower};
use crate::verdict::{Demand, Left, Task, Verdict};

/// Chains of more sides are not looked at.
const MAX_SIDES: usize = 4;

/// What a demand for a rounded answer asks of its value.
pub(super) fn precision(demand: Demand) -> Option<Precision> {
    match demand {
        Demand::Decimals { places } => Some(Precision::Decimals { places: places.into() }),
        Demand::Significant { digits } => {
            Some(Precision::Significant { digits: digits.into(), correct: digits.into() })
        }
        _ => None,
    }
}

/// The same with one digit more.
fn finer(precision: &Precision) -> Precision {
    match precision {
        Precision::Decimals { places } => Precision::Decimals { places: places + 1 },
        Precision::Significant { digits, correct } => {
            Precision::Significant { digits: digits + 1, correct: correct + 1 }
        }
        other => other.clone(),
    }
}

/// Judges a line of a task whose answer is to be as precise as `precision`.
pub(super) fn judge(
    task: &Task,
    precision: &Precision,
    earlier: &[Statement],
    line: &Statement,
) -> Result<Verdict, Unreadable> {
    let level = with_equal_signs(line);
    let Some(variable) = unknown(&task.start) else {
        return match exactly(task, earlier, &level) {
            Ok(Verdict::Wrong { .. }) | Err(_) if values_fit(task, precision, &level) => {
                Ok(value::rate(task, earlier, line))
            }
            found => found,
        };
    };
    let solving = Task { demand: Demand::Solved { variable }, ..task.clone() };
    let rated = || match line {
        Statement::Expression(_) => Verdict::Unfinished { left: Left::Equation },
        _ => equation::rate(task, variable, earlier, line),
    };
    let found = exactly(&solving, earlier, &level);
    if matches!(found, Ok(Verdict::Right { .. } | Verdict::Unfinished { .. })) {
        return Ok(rated());
    }
    match solutions_fit(task, variable, precision, &level) {
        Some(true) => Ok(rated()),
        None if found.is_ok() => Err(Unreadable::new(line.place(), Missing::Undecided)),
        _ => found,
    }
}

/// The one letter of an equation.
fn unknown(start: &Statement) -> Option<Name> {
    match (start, start.names().as_slice()) {
        (Statement::Expression(_), _) => None,
        (_, [only]) => Some(*only),
        _ => None,
    }
}

/// The line with `=` for every `≈`.
fn with_equal_signs(line: &Statement) -> Statement {
    let all = |parts: &[Statement]| parts.iter().map(with_equal_signs).collect();
    match line {
        Statement::Relation { first, rest } => {
            let level = |sign: Sign| if sign == Sign::Approximately { Sign::Equal } else { sign };
            let rest = rest.iter().map(|(sign, side)| (level(*sign), side.clone())).collect();
            Statement::Relation { first: first.clone(), rest }
        }
        Statement::And(parts) => Statement::And(all(parts)),
        Statement::Or(parts) => Statement::Or(all(parts)),
        Statement::List(parts) => Statement::List(all(parts)),
        other => other.clone(),
    }
}

fn has_decimals(side: &Expr) -> bool {
    side.any(&|part| matches!(&part.node, Node::Number(number) if number.decimals > 0))
}

/// True if it is written in digits or has decimals, as rounded values have.
fn looks_rounded(side: &Expr) -> bool {
    has_decimals(side) || Written::of(side).is_some()
}

/// True if every side is worth the start, exactly or rounded.
fn values_fit(task: &Task, precision: &Precision, line: &Statement) -> bool {
    let is_chain = match line {
        Statement::Expression(_) => true,
        Statement::Relation { rest, .. } => rest.iter().all(|(sign, _)| *sign == Sign::Equal),
        _ => false,
    };
    let Some(start) = task.start.sides().next().filter(|_| is_chain) else { return false };
    line.sides().all(|side| {
        if has_unit(start) || has_unit(side) {
            let measures = Measure::of(start).zip(Measure::of(side));
            return measures.is_some_and(|(key, answer)| {
                compare_measures(&key, &answer, precision, Conversion::Any, None) == Outcome::Right
            });
        }
        if looks_rounded(side) {
            return real_value(start).is_some_and(|key| side_fits(&key, side, precision));
        }
        let both = [start, side].map(|side| Statement::Expression(side.clone()));
        compare(&both[0], &both[1], &task.policy).is_equal()
    })
}

/// True if `side` is worth `key` when both are rounded. A number with more digits than are asked for
/// must be `key` to within a unit of its last one: `0,665` is no step on the way from 2/3 to `0,67`.
fn side_fits(key: &Rational, side: &Expr, precision: &Precision) -> bool {
    let Some(literal) = Literal::of(side) else { return false };
    let Some(written) = literal.written else { return precision.is_near(key, &literal.value) };
    let last = unit_of_digit(&literal.value, written.significant.1);
    let is_close = last.is_none_or(|unit| (&literal.value - key).abs() < unit);
    precision.is_near(key, &literal.value) && (precision.accepts_digits(&literal) || is_close)
}

/// True if the solutions of the line are those of the task when they are rounded; `None` if that
/// cannot be told.
fn solutions_fit(task: &Task, variable: Name, precision: &Precision, line: &Statement) -> Option<bool> {
    if !line.sides().any(looks_rounded) || line.names().iter().any(|name| *name != variable) {
        return Some(false);
    }
    budget::begin();
    let keys = solutions(task, variable, &task.start)?;
    if keys.is_empty() {
        return Some(false);
    }
    if let Statement::Expression(value) = line {
        return Some(matches!(keys.as_slice(), [key] if side_fits(key, value, precision)));
    }
    let Some(chains) = isolated(line, variable, task.policy.alternatives) else {
        // Rounded on the way: finer than what is asked for, or the answer would not come out.
        let fits =
            line.sides().any(has_decimals) && same_rounded(&keys, &solutions(task, variable, line)?, &finer(precision));
        return Some(fits);
    };
    let longest = chains.iter().map(Vec::len).max().unwrap_or(0);
    let fits = |side: &Expr| match &side.unwrapped().node {
        Node::EitherSign(_, inner) => keys.iter().any(|key| side_fits(&key.abs(), inner, precision)),
        _ => !looks_rounded(side) || keys.iter().any(|key| side_fits(key, side, precision)),
    };
    if longest > MAX_SIDES || !chains.iter().flatten().all(|side| fits(side)) {
        return Some(false);
    }
    for at in 0..longest {
        let named = |side: &Expr| Statement::Relation {
            first: Expr::new(side.place, Node::Name(variable)),
            rest: vec![(Sign::Equal, side.clone())],
        };
        let values = chains.iter().filter_map(|sides| sides.get(at).or(sides.last()));
        let found = solutions(task, variable, &Statement::any_of(values.map(|side| named(side)).collect()))?;
        if !same_rounded(&keys, &found, precision) {
            return Some(false);
        }
    }
    Some(true)
}

/// The values that each part of a line gives the variable, if that is all it says.
fn isolated(line: &Statement, variable: Name, alternatives: Alternatives) -> Option<Vec<Vec<&Expr>>> {
    match line {
        Statement::Relation { first, rest } => {
            let mut sides: Vec<&Expr> = std::iter::once(first).chain(rest.iter().map(|(_, side)| side)).collect();
            let equal = rest.iter().all(|(sign, _)| *sign == Sign::Equal);
            let at = sides.iter().position(|side| side.unwrapped().node == Node::Name(variable))?;
            sides.remove(at);
            (equal && sides.iter().all(|side| side.is_numeric())).then(|| vec![sides])
        }
        Statement::And(_) if alternatives == Alternatives::OnlyOr => None,
        Statement::Or(parts) | Statement::List(parts) | Statement::And(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(|part| isolated(part, variable, alternatives)).collect();
            Some(all?.into_iter().flatten().collect())
        }
        _ => None,
    }
}

/// The solutions of a statement in `variable`; none if there are infinitely many, `None` if they cannot be found.
fn solutions(task: &Task, variable: Name, statement: &Statement) -> Option<Vec<Rational>> {
    let Ok(Line::Claim(claim)) = lower(statement) else { return None };
    let places = solve(&claim, variable).ok()?.as_points().unwrap_or_default();
    let values: Option<Vec<Rational>> = places.iter().map(Coordinate::to_rational).collect();
    let counts = |value: &Rational| task.policy.letters == Letters::Real || value.is_positive();
    Some(values?.into_iter().filter(counts).collect())
}

/// True if each of either is one of the others when both are rounded.
fn same_rounded(keys: &[Rational], found: &[Rational], precision: &Precision) -> bool {
    found.iter().all(|value| keys.iter().any(|key| precision.is_near(key, value)))
        && keys.iter().all(|key| found.iter().any(|value| precision.is_near(key, value)))
}
