//! The way from a line to the goal.

use super::change::{Move, tidied};
use super::{Hint, equation, expression, factoring, fractions, square, system};
use crate::budget;
use crate::judge::judge;
use crate::print::{Notation, text};
use crate::read::parse;
use crate::tree::{Expr, Name, Sign, Statement};
use crate::verdict::{Demand, Task, Verdict};

/// The most small steps of a route. The longest that were met in school tasks have some 30.
const MOST_STEPS: usize = 60;
/// The most nodes of all lines on the way together: a school task has a few hundred, and each costs some microseconds.
const MOST_NODES: usize = 1200;
/// The most steps of computation (see `budget`) for finding and judging all lines of the way, the last of them aside: some
/// one millisecond; a school task takes a few hundred steps.
const MOST_COMPUTED: u64 = 8_000;

/// The steps from `from` to the goal, each line held to the judge. `None` if the goal is reached already, or no way is known.
pub(super) fn route(task: &Task, earlier: &[Statement], from: &Statement) -> Option<Vec<Hint>> {
    let begun = budget::taken();
    let mut line = printed(task, from)?;
    if matches!(judge(task, &[], &text(from, Notation::Swedish)).verdict, Verdict::Right { finished: true }) {
        return None;
    }
    let mut way: Vec<Hint> = Vec::new();
    // Where a line may imply more than it says, values are held to the line above them.
    let mut earlier = earlier.to_vec();
    let mut nodes = 0;
    while way.len() < MOST_STEPS {
        nodes += line.sides().map(Expr::size).sum::<usize>();
        if nodes > MOST_NODES || budget::taken().wrapping_sub(begun) > MOST_COMPUTED {
            return None;
        }
        let Move { step, place, line: next } = next(task, &line)?;
        let next = next.map_sides(&mut tidied);
        let judged = judge(task, &earlier, &text(&next, Notation::Swedish));
        let finished = match judged.verdict {
            Verdict::Right { finished } => finished,
            Verdict::Unfinished { .. } => false,
            Verdict::Wrong { .. } | Verdict::Unreadable(_) => return None,
        };
        // What was printed is what is gone on from, so that the route from any of its lines is the rest of it.
        let next = judged.statement?;
        if next == line || way.iter().any(|hint| hint.line == next) {
            return None;
        }
        line = next.clone();
        if task.may_imply() {
            earlier.push(next.clone());
        }
        way.push(Hint { place, step, line: next });
        if finished {
            return Some(way);
        }
    }
    None
}

/// The line as it is printed, with the places that it has there.
fn printed(task: &Task, line: &Statement) -> Option<Statement> {
    let mut names = task.start.names();
    names.extend(&task.policy.whole);
    parse(&text(line, Notation::Swedish), &names).ok()
}

/// The letter that a line is solved for.
pub(super) fn unknown(task: &Task) -> Option<Name> {
    match (task.demand, task.start.names().as_slice()) {
        (Demand::Solved { variable }, _) => Some(variable),
        (Demand::Decimals { .. } | Demand::Significant { .. }, [only]) => Some(*only),
        _ => None,
    }
}

fn next(task: &Task, line: &Statement) -> Option<Move> {
    if !matches!(task.start, Statement::Expression(_)) {
        let variable = unknown(task)?;
        let several = task.start.joined().len() > 1;
        return if several { system::next(task, line) } else { equation::next(task, variable, line) };
    }
    let last = last_exact(line)?;
    let change = match task.demand {
        Demand::Factored { variable } => factoring::next(last, variable)?,
        Demand::SingleFraction => fractions::one_fraction(last).or_else(|| expression::next(last, task.demand))?,
        Demand::CompletedSquare { variable } => square::next(last, variable)?,
        demand => expression::next(last, demand)?,
    };
    Some(change.into_move(Statement::Expression))
}

/// The last side of an expression or of equal expressions, those after a `≈` left out.
fn last_exact(line: &Statement) -> Option<&Expr> {
    match line {
        Statement::Expression(only) => Some(only),
        Statement::Relation { first, rest } => {
            let equal = rest.iter().take_while(|(sign, _)| *sign == Sign::Equal);
            let known = rest.iter().all(|(sign, _)| matches!(sign, Sign::Equal | Sign::Approximately));
            known.then(|| equal.last().map_or(first, |(_, side)| side))
        }
        _ => None,
    }
}
