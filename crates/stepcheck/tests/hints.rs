//! The Markdown cases in `tests/hints`: next steps and whole worked solutions that a teacher can read and add to.
//!
//! `README.md` there explains the cells.

mod tables;
mod trees;

use proptest::prelude::*;
use stepcheck::{
    Before, Demand, Hint, Judged, Notation, Statement, Task, Verdict, hint, judge, read, standing, text, worked,
};

#[test]
fn every_row_has_the_hint_that_is_written() {
    tables::check_rows("tests/hints", 150, |_, row| check(row));
}

fn check(row: &str) -> Result<(), String> {
    let cells: Vec<&str> = row.trim().trim_matches('|').split(" | ").map(str::trim).collect();
    match cells[..] {
        [start, lines, place, step, line] => check_hint(start, lines, place, step, line),
        [start, size, lines] => check_solution(start, size, lines),
        _ => Err(format!("{} cells", cells.len())),
    }
}

fn check_hint(start: &str, lines: &str, place: &str, step: &str, line: &str) -> Result<(), String> {
    let task = task(start)?;
    let mut right = Vec::new();
    for typed in quoted(lines) {
        match judge(&task, &right, typed) {
            Judged { verdict: Verdict::Right { .. } | Verdict::Unfinished { .. }, statement: Some(known) } => {
                right.push(known);
            }
            other => return Err(format!("{typed} before it: {other:?}")),
        }
    }
    let above = text(&standing(&task, &right), Notation::Swedish);
    let found = hint(&task, Before { right: &right, wrong: None });
    let Some(found) = found else { return if step == "–" { Ok(()) } else { Err("no hint".into()) } };
    let seen: String = above.chars().skip(found.place.start).take(found.place.end - found.place.start).collect();
    let with = found.step.with.as_ref().map(|with| format!(" `{with}`")).unwrap_or_default();
    let is = format!("`{seen}` | {}{with} | `{}`", found.step.kind.id(), text(&found.line, Notation::Swedish));
    let is = is.replace('\u{a0}', " ");
    let expected = format!("{place} | {step} | {line}");
    (is == expected).then_some(()).ok_or(format!("found {is}"))
}

fn check_solution(start: &str, size: &str, lines: &str) -> Result<(), String> {
    let task = task(start)?;
    let hints = worked(&task, size.parse().map_err(|_| "no size")?).ok_or("no solution")?;
    let is: Vec<String> = hints.iter().map(|hint| format!("`{}`", text(&hint.line, Notation::Swedish))).collect();
    let is = is.join(" ").replace('\u{a0}', " ");
    (is == lines).then_some(()).ok_or(format!("found {is}"))
}

/// `` `2x = 8` lös x ``
fn task(cell: &str) -> Result<Task, String> {
    let start = quoted(cell).into_iter().next().ok_or("no task")?;
    let demand = cell.rsplit('`').next().unwrap_or_default().trim();
    Ok(Task::new(read(start).map_err(|why| format!("{start}: {why:?}"))?, demand_of(demand).ok_or(demand)?))
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn demand_of(words: &str) -> Option<Demand> {
    let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
    let variable = rest.chars().next().unwrap_or('x').into();
    Some(match name {
        "värde" => Demand::Value,
        "bråk" => Demand::LowestTerms,
        "decimal" => Demand::Decimal,
        "blandad" => Demand::Mixed,
        "bråkform" => Demand::Improper,
        "förenklat" => Demand::Simplified,
        "utvecklat" => Demand::Expanded,
        "exakt" => Demand::Exact,
        "grundpotensform" => Demand::Standard,
        "lös" => Demand::Solved { variable },
        "faktoriserat" => Demand::Factored { variable },
        "bråkstreck" => Demand::SingleFraction,
        "kvadratkompletterat" => Demand::CompletedSquare { variable },
        "decimaler" => Demand::Decimals { places: rest.parse().ok()? },
        "värdesiffror" => Demand::Significant { digits: rest.parse().ok()? },
        _ => return None,
    })
}

fn any_demand() -> impl Strategy<Value = Demand> {
    let variable = 'x'.into();
    prop::sample::select(vec![
        Demand::Value,
        Demand::LowestTerms,
        Demand::Decimal,
        Demand::Mixed,
        Demand::Improper,
        Demand::Simplified,
        Demand::Expanded,
        Demand::Exact,
        Demand::Standard,
        Demand::Unit,
        Demand::SingleFraction,
        Demand::Solved { variable },
        Demand::Factored { variable },
        Demand::CompletedSquare { variable },
        Demand::PartialFractions { variable },
        Demand::Decimals { places: 2 },
        Demand::Significant { digits: 3 },
    ])
}

fn hints_of(task: &Task, right: &[Statement]) -> Vec<Hint> {
    let next = hint(task, Before { right, wrong: None });
    next.into_iter().chain(worked(task, 2).into_iter().flatten()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Trees of every shape, also those that make no sense: silence or a right line.
    #[test]
    fn whatever_is_asked_the_hint_is_right(start in trees::statement(), demand in any_demand()) {
        let task = Task::new(start.bracketed(), demand);
        for hint in hints_of(&task, &[]) {
            let judged = judge(&task, &[], &text(&hint.line, Notation::Swedish));
            prop_assert!(matches!(judged.verdict, Verdict::Right { .. } | Verdict::Unfinished { .. }), "{judged:?}");
        }
    }

    /// The same for a line that has nothing to do with the task: the judge is asked about each line.
    #[test]
    fn a_line_from_elsewhere_is_no_trouble(start in trees::statement(), line in trees::statement(), demand in any_demand()) {
        let task = Task::new(start.bracketed(), demand);
        for hint in hints_of(&task, &[line.bracketed()]) {
            let judged = judge(&task, &[], &text(&hint.line, Notation::Swedish));
            prop_assert!(matches!(judged.verdict, Verdict::Right { .. } | Verdict::Unfinished { .. }), "{judged:?}");
        }
    }
}
