//! Judges one typed line against its task.

mod digits;
mod equation;
mod general;
mod implied;
mod numbered;
mod rounded;
mod value;
mod witness;

use std::borrow::Cow;

use crate::budget;
use crate::compare::compare;
use crate::exact::{Fraction, Rational, normal};
use crate::policy::{Gaps, Letters, Policy};
use crate::read::parse;
use crate::tree::{Name, Sign, Statement};
use crate::unreadable::{Missing, Unreadable};
use crate::verdict::{Demand, Judged, Task, Verdict};
use equation::Equation;
pub(crate) use equation::reached;

/// Judges `typed` as the next line of a solution of `task`, after the student's right lines so
/// far, `earlier`, oldest first, by the conventions of the task.
///
/// Expression tasks: every side of the line must be worth what the start is worth. Equations: the
/// line must have the same real solutions as the start. A start that has no value itself (it
/// divides by zero, say) makes every readable line wrong.
///
/// Four things are read kindly: a leading `=` in an expression task, a capital letter for the
/// task's small one, `x` between numbers as a times sign where the task has no letters, and
/// solutions with numbers, `x₁ = 4, x₂ = −4`.
#[must_use]
pub fn judge(task: &Task, earlier: &[Statement], typed: &str) -> Judged {
    budget::begin();
    let typed = kindly(task, typed);
    let mut names = task.start.names();
    names.extend(&task.policy.whole);
    let statement = match parse(&typed, &names) {
        Ok(statement) => numbered::as_alternatives(task, &statement).into_owned(),
        Err(unreadable) => return Judged { verdict: Verdict::Unreadable(unreadable), statement: None },
    };
    match of_statement(task, earlier, &statement) {
        Ok(verdict) => Judged { verdict, statement: Some(statement) },
        Err(unreadable) => Judged { verdict: Verdict::Unreadable(unreadable), statement: None },
    }
}

/// The verdict on a line that was read.
fn of_statement(task: &Task, earlier: &[Statement], statement: &Statement) -> Result<Verdict, Unreadable> {
    let found = match digits::precision(task.demand) {
        Some(precision) => digits::judge(task, &precision, earlier, statement),
        None => exactly(task, earlier, statement),
    };
    match found {
        Ok(Verdict::Wrong { witness }) if task.may_imply() => {
            Ok(implied::judge(task, earlier, statement).unwrap_or(Verdict::Wrong { witness }))
        }
        found => found,
    }
}

/// The verdict on a line that is right only if it is equal.
fn exactly(task: &Task, earlier: &[Statement], statement: &Statement) -> Result<Verdict, Unreadable> {
    let beyond = |missing: &Missing| matches!(missing, Missing::Undecided | Missing::WholeExponent);
    match values(statement) {
        Err(unreadable) if !beyond(&unreadable.missing) => Err(unreadable),
        Ok(values)
            if by_polynomials(task, statement)
                && !values_of_start(task).is_err_and(|unreadable| beyond(&unreadable.missing)) =>
        {
            let line = Line { statement, values: &values };
            match task.demand {
                Demand::Solved { variable } => equation::judge(task, variable, earlier, &line),
                _ => value::judge(task, earlier, &line),
            }
        }
        _ => general::judge(task, earlier, statement),
    }
}

/// True if quotients of polynomials alone may decide: no convention of the task asks for more than
/// whether they are the same quotients, or have the same roots.
fn by_polynomials(task: &Task, line: &Statement) -> bool {
    let Policy { gaps, letters, whole, tolerance, .. } = &task.policy;
    let conventional = match task.demand {
        Demand::Solved { .. } => *letters == Letters::Positive,
        _ => *gaps == Gaps::Refused || tolerance.is_some(),
    };
    let has_whole = || line.names().iter().any(|name| whole.contains(name));
    !conventional && (whole.is_empty() || !has_whole())
}

/// True if both are expressions of the same value, or both claims with the same real solutions.
/// False also when that cannot be decided; [`compare`] tells more.
#[must_use]
pub fn equivalent(a: &Statement, b: &Statement) -> bool {
    compare(a, b, &Policy::default()).is_equal()
}

/// The only solution of an equation in `variable` that comes down to a linear one.
/// `None` if there are other letters, or none or several solutions.
#[must_use]
pub fn solve(statement: &Statement, variable: impl Into<Name>) -> Option<Rational> {
    budget::begin();
    Equation::new(&values(statement).ok()?)?.roots(variable.into())?.single()
}

/// A line that was read: what was written, and each side worked out.
struct Line<'l> {
    statement: &'l Statement,
    values: &'l [Fraction],
}

/// The sides of an expression or equation, worked out.
fn values(statement: &Statement) -> Result<Vec<Fraction>, Unreadable> {
    let decided = match statement {
        Statement::Expression(_) => true,
        Statement::Relation { rest, .. } => rest.iter().all(|(sign, _)| *sign == Sign::Equal),
        _ => false,
    };
    if !decided {
        return Err(Unreadable::new(statement.place(), Missing::Undecided));
    }
    statement.sides().map(normal).collect()
}

fn values_of_start(task: &Task) -> Result<Vec<Fraction>, Unreadable> {
    values(&task.start)
}

/// The line above the one that is judged.
fn above<'s>(task: &'s Task, earlier: &'s [Statement]) -> &'s Statement {
    earlier.last().unwrap_or(&task.start)
}

/// The typed text with kind replacements, one character for one so that places still hold.
fn kindly<'t>(task: &Task, typed: &'t str) -> Cow<'t, str> {
    let solving = matches!(task.demand, Demand::Solved { .. });
    let suspicious = |c: char| c.is_ascii_uppercase() || matches!(c, 'x' | '=' | '≈');
    if !typed.contains(suspicious) {
        return Cow::Borrowed(typed);
    }
    let letters = task.start.names();
    let mut signs: Vec<char> = typed.chars().collect();
    if !solving
        && let Some(first) = signs.iter_mut().find(|c| !c.is_whitespace())
        && (*first == '=' || *first == '≈' && digits::precision(task.demand).is_some())
    {
        *first = ' ';
    }
    for sign in &mut signs {
        let small = sign.to_ascii_lowercase();
        if letters.contains(&Name::from(small)) && !letters.contains(&Name::from(*sign)) {
            *sign = small;
        }
    }
    if letters.is_empty() && !solving {
        for at in 0..signs.len() {
            if matches!(signs[at], 'x' | 'X') && stands_between_numbers(&signs, at) {
                signs[at] = '×';
            }
        }
    }
    Cow::Owned(signs.into_iter().collect())
}

fn stands_between_numbers(signs: &[char], at: usize) -> bool {
    let mut before = signs[..at].iter().rev().filter(|c| !c.is_whitespace());
    let mut after = signs[at + 1..].iter().filter(|c| !c.is_whitespace());
    let ends = |c: &char| c.is_ascii_digit() || matches!(c, ')' | '%');
    let begins = |c: &char| c.is_ascii_digit() || matches!(c, '(' | '-' | '−');
    before.next().is_some_and(ends) && after.next().is_some_and(begins)
}
