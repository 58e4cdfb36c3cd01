//! Judges one typed line against its task.

mod equation;
mod value;
mod witness;

use std::borrow::Cow;

use crate::exact::{Fraction, Rational, normal};
use crate::read::parse;
use crate::tree::{Name, Sign, Statement};
use crate::unreadable::{Missing, Unreadable};
use crate::verdict::{Demand, Judged, Task, Verdict};
use equation::Equation;

/// Judges `typed` as the next line of a solution of `task`, after the student's right lines so
/// far, `earlier`, oldest first.
///
/// Expression tasks: every side of the line must be worth what the start is worth. Equations: the
/// line must have the same real solutions as the start. A start that has no value itself (it
/// divides by zero, say) makes every readable line wrong.
///
/// Three things are read kindly: a leading `=` in an expression task, a capital letter for the
/// task's small one, and `x` between numbers as a times sign where the task has no letters.
#[must_use]
pub fn judge(task: &Task, earlier: &[Statement], typed: &str) -> Judged {
    let typed = kindly(task, typed);
    let line = parse(&typed, &task.start.names()).and_then(|statement| {
        let values = values(&statement)?;
        Ok((statement, values))
    });
    let (statement, values) = match line {
        Ok(line) => line,
        Err(unreadable) => {
            return Judged { verdict: Verdict::Unreadable(unreadable), statement: None };
        }
    };
    let line = Line { statement: &statement, values: &values };
    let verdict = match task.demand {
        Demand::Solved { variable } => equation::judge(task, variable, earlier, &line),
        _ => value::judge(task, earlier, &line),
    };
    Judged { verdict: verdict.unwrap_or_else(Verdict::Unreadable), statement: Some(statement) }
}

/// True if both are expressions of the same value, or both relations with the same real solutions
/// (in several letters: one difference of the sides is a constant multiple of the other).
/// False also when that cannot be decided.
#[must_use]
pub fn equivalent(a: &Statement, b: &Statement) -> bool {
    let (Ok(first), Ok(second)) = (values(a), values(b)) else {
        return false;
    };
    match (a, b) {
        (Statement::Expression(_), Statement::Expression(_)) => first[0].equals(&second[0]).unwrap_or(false),
        (Statement::Relation { .. }, Statement::Relation { .. }) => {
            let equations = Equation::new(&first).zip(Equation::new(&second));
            equations.is_some_and(|(a, b)| a.same_solutions(&b).unwrap_or(false))
        }
        _ => false,
    }
}

/// The only solution of an equation in `variable` that comes down to a linear one.
/// `None` if there are other letters, or none or several solutions.
#[must_use]
pub fn solve(statement: &Statement, variable: impl Into<Name>) -> Option<Rational> {
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

/// The line above the one that is judged.
fn above<'s>(task: &'s Task, earlier: &'s [Statement]) -> &'s Statement {
    earlier.last().unwrap_or(&task.start)
}

/// The typed text with kind replacements, one character for one so that places still hold.
fn kindly<'t>(task: &Task, typed: &'t str) -> Cow<'t, str> {
    let solving = matches!(task.demand, Demand::Solved { .. });
    let suspicious = |c: char| c.is_ascii_uppercase() || c == 'x' || c == '=';
    if !typed.contains(suspicious) {
        return Cow::Borrowed(typed);
    }
    let letters = task.start.names();
    let mut signs: Vec<char> = typed.chars().collect();
    if !solving
        && let Some(first) = signs.iter_mut().find(|c| !c.is_whitespace())
        && *first == '='
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
