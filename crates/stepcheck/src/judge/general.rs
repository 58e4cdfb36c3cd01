//! Lines with roots, functions, inequalities or several statements: compared as [`compare`] does.

use super::{above, equation, rounded, value, witness};
use crate::compare::{Comparison, Difference, Reason, compare, compare_within};
use crate::forms::{Form, form};
use crate::numeric::{Precision, certain_part};
use crate::policy::{Letters, Policy};
use crate::standing;
use crate::tree::{Expr, Name, Node, Sign, Statement};
use crate::units::{Conversion, Measure, Outcome, compare_measures, has_unit};
use crate::unreadable::{Missing, Place, Unreadable};
use crate::verdict::{Demand, Left, Task, Verdict, Witness};

/// Judges a line that is more than quotients of polynomials, or whose task is.
pub(super) fn judge(task: &Task, earlier: &[Statement], line: &Statement) -> Result<Verdict, Unreadable> {
    if rounded::is_rounded(line) {
        return rounded::judge(task, earlier, line);
    }
    match task.demand {
        Demand::Solved { variable } => solved(task, variable, earlier, line),
        _ => valued(task, earlier, line),
    }
}

/// A comparison that decided: nothing if equal, otherwise the difference.
fn decided(a: &Statement, b: &Statement, policy: &Policy, place: Place) -> Result<Option<Difference>, Unreadable> {
    match compare(a, b, policy) {
        Comparison::Equal(_) => Ok(None),
        Comparison::Different(difference) => Ok(Some(difference)),
        Comparison::Undecided(Reason::TooLarge) => Err(Unreadable::new(place, Missing::TooLarge)),
        Comparison::Undecided(_) => Err(Unreadable::new(place, Missing::Undecided)),
    }
}

fn valued(task: &Task, earlier: &[Statement], line: &Statement) -> Result<Verdict, Unreadable> {
    if let (Some(_), Some(coordinates)) = (point(&task.start), point(line)) {
        if decided(&task.start, line, &task.policy, line.place())?.is_some() {
            return Ok(Verdict::Wrong { witness: None });
        }
        let mut forms = coordinates.into_iter().map(|side| form(side, task.demand));
        return Ok(match forms.find(|form| *form != Form::Finished) {
            None => Verdict::Right { finished: true },
            Some(Form::Left(left)) => Verdict::Unfinished { left },
            Some(_) => Verdict::Right { finished: false },
        });
    }
    let of_sides = match line {
        Statement::Expression(_) => true,
        Statement::Relation { rest, .. } => rest.iter().all(|(sign, _)| *sign == Sign::Equal),
        _ => false,
    };
    let target = task.start.sides().next().filter(|_| of_sides);
    let Some(target) = target.map(|side| Statement::Expression(side.clone())) else {
        return Err(Unreadable::new(line.place(), Missing::Undecided));
    };
    for side in line.sides() {
        if let Some(outcome) = task.start.sides().next().and_then(|start| quantities(start, side)) {
            match outcome {
                Outcome::Right => continue,
                Outcome::MissingUnit => return Ok(Verdict::Unfinished { left: Left::Unit }),
                _ => return Ok(Verdict::Wrong { witness: None }),
            }
        }
        let here = Statement::Expression(side.clone());
        if let Some(difference) = decided(&target, &here, &task.policy, side.place)? {
            let above = above(task, earlier);
            let witness = of_value(above, line, side, &difference, &task.policy);
            return Ok(Verdict::Wrong { witness });
        }
    }
    Ok(value::rate(task, earlier, line))
}

/// The coordinates of a point.
fn point(statement: &Statement) -> Option<Vec<&Expr>> {
    let Statement::List(parts) = statement else { return None };
    parts.iter().map(|part| if let Statement::Expression(value) = part { Some(value) } else { None }).collect()
}

/// How two expressions stand to each other if one of them has units. A bare number that is none of
/// the number with a unit is wrong, not only without its unit.
fn quantities(start: &Expr, side: &Expr) -> Option<Outcome> {
    if !has_unit(start) && !has_unit(side) {
        return None;
    }
    let (key, answer) = (Measure::of(start)?, Measure::of(side)?);
    // What π, roots and functions are worth is known to so many digits only.
    let is_real = |side: &Expr| side.any(&|part| matches!(part.node, Node::Constant(_) | Node::Call(_)));
    let precision =
        if is_real(start) || is_real(side) { Precision::Relative(certain_part()) } else { Precision::Exact };
    let outcome = compare_measures(&key, &answer, &precision, Conversion::Any, None);
    let same_number = precision.is_near(&key.number.value, &answer.number.value);
    Some(if outcome == Outcome::MissingUnit && !same_number { Outcome::WrongNumber } else { outcome })
}

/// Something to show beside a side that is not worth what it should be.
fn of_value(
    above: &Statement,
    line: &Statement,
    side: &Expr,
    difference: &Difference,
    policy: &Policy,
) -> Option<Witness> {
    if !above.names().is_empty() || !side.is_numeric() {
        return witness::evaluated(above, side);
    }
    let sides: Vec<&Expr> = line.sides().collect();
    let differ = |pair: &&[&Expr]| match pair {
        [a, b] => {
            let [a, b] = [*a, *b].map(|side| Statement::Expression(side.clone()));
            matches!(compare(&a, &b, policy), Comparison::Different(_))
        }
        _ => false,
    };
    if let Some([left, right]) = sides.windows(2).find(differ) {
        return Some(witness::sides(left, right));
    }
    match difference {
        Difference::Values { first, second, .. } if first > second => Some(Witness::Larger),
        Difference::Values { first, second, .. } if first < second => Some(Witness::Smaller),
        _ => None,
    }
}

fn solved(task: &Task, variable: Name, earlier: &[Statement], line: &Statement) -> Result<Verdict, Unreadable> {
    let wrong = Verdict::Wrong { witness: None };
    if let Statement::Expression(value) = line {
        let name = Expr::new(Place::before(value.place.start), Node::Name(variable));
        let equation = Statement::Relation { first: name, rest: vec![(Sign::Equal, value.clone())] };
        let right = decided(&task.start, &equation, &task.policy, line.place())?.is_none();
        return Ok(if right { Verdict::Unfinished { left: Left::Equation } } else { wrong });
    }
    let named = coordinates(task, line);
    let line = named.as_ref().unwrap_or(line);
    let compared = decided(&task.start, line, &task.policy, line.place());
    if !matches!(compared, Ok(None))
        && standing::is_system(task)
        && let Some(verdict) = part_of_system(task, variable, earlier, line)?
    {
        return Ok(verdict);
    }
    let Some(difference) = compared?.or_else(|| impossible(task, variable, line)) else {
        return Ok(equation::rate(task, variable, earlier, line));
    };
    Ok(Verdict::Wrong { witness: of_solutions(task, variable, earlier, &difference) })
}

/// The verdict on a line that says a part of what a system says, if it follows: it has come as far as what stands with it.
fn part_of_system(
    task: &Task,
    variable: Name,
    earlier: &[Statement],
    line: &Statement,
) -> Result<Option<Verdict>, Unreadable> {
    if standing::is_settled(line) {
        return Ok(Some(Verdict::Wrong { witness: None }));
    }
    let known = standing::within(task, earlier);
    match standing::follows(task, &known, line) {
        Comparison::Equal(_) => {}
        Comparison::Different(_) => return Ok(None),
        Comparison::Undecided(Reason::TooLarge) => return Err(Unreadable::new(line.place(), Missing::TooLarge)),
        Comparison::Undecided(_) => return Err(Unreadable::new(line.place(), Missing::Undecided)),
    }
    // From equations that contradict each other anything follows.
    if compare_within(&task.start, &Statement::None(Place::before(0)), &task.policy).is_equal() {
        return Ok(None);
    }
    if earlier.contains(line) {
        return Ok(Some(Verdict::Unfinished { left: Left::Answer }));
    }
    let stands = standing::after(task, &known, line);
    if stands == task.start {
        return Ok(Some(Verdict::Right { finished: false }));
    }
    Ok(Some(equation::rate(task, variable, &[], &stands)))
}

/// Where letters are positive, values that are not have no weight in a comparison. One that is
/// written down and solves the task for no real number at all is wrong all the same.
fn impossible(task: &Task, variable: Name, line: &Statement) -> Option<Difference> {
    let gives_values = || line.joined().iter().any(|part| witness::isolates(part, variable));
    if task.policy.letters == Letters::Real || !gives_values() {
        return None;
    }
    let real = Policy { letters: Letters::Real, ..task.policy.clone() };
    match compare(&task.start, line, &real) {
        Comparison::Different(found @ Difference::Solutions { extra: Some(_), .. }) => Some(found),
        _ => None,
    }
}

/// The point `(2; 3)` as an answer to a task in two letters: `x = 2, y = 3`, in alphabetical order.
fn coordinates(task: &Task, line: &Statement) -> Option<Statement> {
    let values = point(line)?;
    let names = task.start.names();
    let named = |(name, value): (&Name, &&Expr)| {
        let name = Expr::new(Place::before(value.place.start), Node::Name(*name));
        Statement::Relation { first: name, rest: vec![(Sign::Equal, (*value).clone())] }
    };
    (names.len() == values.len()).then(|| Statement::List(names.iter().zip(&values).map(named).collect()))
}

/// A solution of the line that is none of the task, put into the line above. A solution that was
/// lost is never shown: it is the answer.
fn of_solutions(task: &Task, variable: Name, earlier: &[Statement], difference: &Difference) -> Option<Witness> {
    let Difference::Solutions { extra: Some(extra), .. } = difference else { return None };
    let value = match extra.as_slice() {
        [(name, value)] if *name == variable => value.exact.clone()?,
        _ => return None,
    };
    let mut lines = earlier.iter().rev().chain([&task.start]);
    let above = lines.find(|line| !witness::isolates(line, variable))?;
    witness::substitute(above, variable, &value)
}
