//! The Markdown cases in `tests/steps`: which steps lead from a line to the next.
//!
//! A row is `| line above | line | steps | size |`; `README.md` explains it.

mod tables;

use std::cell::RefCell;
use std::collections::BTreeSet;

use stepcheck::{Account, Before, Demand, Statement, Step, StepKind, Task, explain, read};

#[test]
fn every_row_is_named_as_written() {
    let seen: RefCell<BTreeSet<String>> = RefCell::default();
    tables::check_rows("tests/steps", 150, |_, row| check(row, &seen));
    let seen = seen.into_inner();
    // What has no name is in no table.
    let missing: Vec<&str> = StepKind::ALL
        .iter()
        .filter(|kind| **kind != StepKind::Rewrite && !seen.contains(kind.id()))
        .map(|kind| kind.id())
        .collect();
    assert!(missing.is_empty(), "no row has {missing:?}");
}

fn check(row: &str, seen: &RefCell<BTreeSet<String>>) -> Result<(), String> {
    let cells: Vec<&str> = row.trim().trim_matches('|').split('|').map(str::trim).collect();
    let [above, line, steps, size] = cells[..] else { return Err("not four cells".into()) };
    let (above, line) = (above.trim_matches('`'), line.trim_matches('`'));
    let start = read(above).map_err(|why| format!("line above: {why:?}"))?;
    let demand = match (&start, start.names().as_slice()) {
        (Statement::Expression(_), _) | (_, []) => Demand::Simplified,
        (_, names) => Demand::Solved { variable: if names.contains(&'x'.into()) { 'x'.into() } else { names[0] } },
    };
    let demand = if matches!(start, Statement::Relation { .. }) && start.names().is_empty() {
        Demand::Solved { variable: 'x'.into() }
    } else {
        demand
    };
    let task = Task::new(start, demand);
    let (judged, account) = explain(&task, Before::default(), line);
    let found = match &account {
        Some(Account::Step { steps, size }) => {
            seen.borrow_mut().extend(steps.iter().map(|step| step.kind.id().to_owned()));
            (steps.iter().map(told).collect::<Vec<_>>().join(", "), size.to_string())
        }
        None => ("–".into(), "1".into()),
        other => return Err(format!("{other:?}, {:?}", judged.verdict)),
    };
    if account.is_none() && steps != "–" {
        return Err(format!("nothing is told, {:?}", judged.verdict));
    }
    (found == (steps.to_owned(), size.to_owned())).then_some(()).ok_or(format!("found {} | {}", found.0, found.1))
}

fn told(step: &Step) -> String {
    match &step.with {
        Some(with) => format!("{}[{with}]", step.kind.id()),
        None => step.kind.id().to_owned(),
    }
}
