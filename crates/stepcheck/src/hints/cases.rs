//! Several relations in one unknown, joined by «eller», «och» or a comma.

use super::change::Move;
use super::equation::{Relation, is_solved, relation};
use crate::account::StepKind;
use crate::tree::{Name, Statement};
use crate::unreadable::Place;
use crate::verdict::Demand;

/// The next step: all cases at once if each is one step from its answer, otherwise the first that is not solved.
pub(super) fn next(line: &Statement, variable: Name, demand: Demand) -> Option<Move> {
    let parts = line.joined();
    let open: Vec<usize> =
        parts.iter().enumerate().filter(|(_, part)| !is_solved(part, variable, demand)).map(|(at, _)| at).collect();
    if let Some(empty) = parts.iter().position(|part| matches!(part, Statement::None(_)))
        && matches!(line, Statement::Or(_))
    {
        let place = parts.get(empty)?.place();
        return Some(Move::new(StepKind::DropCase, place, joined(line, parts, &[(empty, None)])));
    }
    let steps: Vec<(usize, Move)> =
        open.iter().map(|at| Some((*at, of_part(parts.get(*at)?, variable, demand)?))).collect::<Option<_>>()?;
    let all_solved = steps.len() > 1 && steps.iter().all(|(_, step)| is_solved(&step.line, variable, demand));
    if all_solved {
        let place = steps.iter().filter_map(|(at, _)| Some(parts.get(*at)?.place())).reduce(Place::to)?;
        let new: Vec<_> = steps.into_iter().map(|(at, step)| (at, Some(step.line))).collect();
        return Some(Move::new(StepKind::SolveEachCase, place, joined(line, parts, &new)));
    }
    let (at, step) = steps.into_iter().next()?;
    if matches!(step.line, Statement::None(_)) && matches!(line, Statement::Or(_)) {
        return Some(Move { step: crate::account::Step::new(StepKind::DropCase), ..step })
            .map(|step| step.map(|_| joined(line, parts, &[(at, None)])));
    }
    Some(step.map(|new| joined(line, parts, &[(at, Some(new))])))
}

fn of_part(part: &Statement, variable: Name, demand: Demand) -> Option<Move> {
    match part {
        Statement::Relation { .. } => relation(&Relation::of(part)?, variable, demand),
        Statement::Or(_) | Statement::And(_) | Statement::List(_) => next(part, variable, demand),
        _ => None,
    }
}

/// The line with new parts; equal ones once.
fn joined(line: &Statement, parts: &[Statement], new: &[(usize, Option<Statement>)]) -> Statement {
    let mut all: Vec<Statement> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let part = match new.iter().find(|(changed, _)| *changed == at) {
            Some((_, new)) => new.clone(),
            None => Some(part.clone()),
        };
        all.extend(part.filter(|part| !all.contains(part)));
    }
    match line {
        Statement::And(_) => Statement::all_of(all),
        Statement::Or(_) => Statement::any_of(all),
        _ => Statement::list_of(all),
    }
}
