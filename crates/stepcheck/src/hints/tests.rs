//! Routes in full, and from generated lines.

mod families;
mod rewrites;
mod states;

use super::{hint, worked};
use crate::account::Before;
use crate::policy::{Implied, Policy};
use crate::print::{Notation, text};
use crate::read::read;
use crate::verdict::{Demand, Task};

fn task(start: &str, demand: Demand) -> Task {
    Task::new(read(start).unwrap(), demand)
}

fn solve(start: &str) -> Task {
    task(start, Demand::Solved { variable: 'x'.into() })
}

fn lines(task: &Task, size: u8) -> Vec<String> {
    let hints = worked(task, size).unwrap_or_default();
    hints.iter().map(|hint| text(&hint.line, Notation::Swedish)).collect()
}

#[test]
fn a_worked_solution_can_leave_steps_out() {
    let task = solve("3(x+4) = 18");
    assert_eq!(lines(&task, 1), ["3x+12 = 18", "3x = 6", "x = 2"]);
    assert_eq!(lines(&task, 0), lines(&task, 1));
    assert_eq!(lines(&task, 2), ["3x = 6", "x = 2"]);
    assert_eq!(lines(&task, 3), ["x = 2"]);
}

#[test]
fn a_reached_goal_and_an_unknown_way_have_no_hint() {
    let done = solve("x = 2");
    assert_eq!(hint(&done, Before::default()), None);
    assert_eq!(worked(&done, 1), None);
    let sine = solve("sin x = x");
    assert_eq!(hint(&sine, Before::default()), None);
}

#[test]
fn a_hint_goes_on_from_the_newest_line_and_shows_where() {
    let task = solve("3(x+4) = 18");
    let right = [read("18 = 3x + 12").unwrap()];
    let next = hint(&task, Before { right: &right, wrong: None }).unwrap();
    assert_eq!(text(&next.line, Notation::Swedish), "6 = 3x");
    // Counted in `18 = 3x+12`, without the spaces that were typed.
    assert_eq!((next.place.start, next.place.end), (8, 10));
}

#[test]
fn what_squaring_brought_in_is_tried_where_a_line_may_imply_more() {
    let solved = |start| lines(&solve(start), 1);
    let found = solved("√(x+2) = x");
    assert_eq!(found.first().map(String::as_str), Some("x+2 = x²"));
    assert_eq!(found.last().map(String::as_str), Some("x = 2"));
    assert!(found.contains(&"x = 2 eller x = −1".into()), "{found:?}");
    let policy = Policy { implied: Implied::Refused, ..Policy::default() };
    assert_eq!(lines(&Task { policy, ..solve("√(x+2) = x") }, 1), Vec::<String>::new());
    let found = solved("√(x+3) = x+1−2");
    assert_eq!(found.last().map(String::as_str), Some("x = 3/2+√17/2"), "{found:?}");
}

#[test]
fn long_powers_and_many_factors_are_left_alone() {
    let many = "(x−1)".repeat(30);
    for (start, demand) in [
        (format!("{many} < 0"), Demand::Solved { variable: 'x'.into() }),
        ("(x−1)^30·(x−2)^31 < 0".into(), Demand::Solved { variable: 'x'.into() }),
        ("1/(x^30)+1/x".into(), Demand::SingleFraction),
    ] {
        assert_eq!(lines(&task(&start, demand), 1), Vec::<String>::new(), "{start}");
    }
}
