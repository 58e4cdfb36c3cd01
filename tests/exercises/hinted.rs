//! Every exercise of the shipped bank has hints all the way to its goal.

use std::path::Path;

use stegvis::exercises::{Bank, draw, read_folder};
use stepcheck::{Before, Demand, Notation, Statement, Task, Verdict, hint, judge, text};

const SEEDS: i64 = 20;

/// The most steps that a task of the bank may take.
const MOST_STEPS: usize = 30;

/// Follows the hints from the start; true if the last line is finished.
fn reaches_its_goal(task: &Task) -> bool {
    let mut right: Vec<Statement> = Vec::new();
    while let Some(next) = hint(task, Before { right: &right, wrong: None }).filter(|_| right.len() < MOST_STEPS) {
        right.push(next.line);
    }
    let last = right.last().unwrap_or(&task.start);
    judge(task, &[], &text(last, Notation::Swedish)).verdict == Verdict::Right { finished: true }
}

#[test]
fn from_every_start_the_hints_lead_to_the_goal() {
    let bank = Bank::read(&read_folder(Path::new("exercises")).unwrap()).unwrap();
    let mut without = Vec::new();
    for exercise in bank.exercises() {
        for seed in 0..SEEDS {
            let item = draw(exercise, seed).unwrap();
            // Roundings are taken from a calculator, which no rule leads to.
            let is_rounded = |task: &&Task| matches!(task.demand, Demand::Decimals { .. } | Demand::Significant { .. });
            if !item.task().filter(|task| !is_rounded(task)).is_none_or(reaches_its_goal) {
                without.push(format!("{:?} {seed}: {}", exercise.id, item.start_text));
            }
        }
    }
    assert!(without.is_empty(), "{} without a way\n{}", without.len(), without.join("\n"));
}
