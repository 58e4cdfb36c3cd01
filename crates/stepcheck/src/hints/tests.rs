//! Routes in full.

use super::worked;
use crate::print::{Notation, text};
use crate::read::read;
use crate::verdict::{Demand, Task};

fn lines(start: &str, demand: Demand) -> Vec<String> {
    let task = Task::new(read(start).unwrap(), demand);
    let Some(hints) = worked(&task, 1) else { return vec!["–".into()] };
    hints.iter().map(|hint| text(&hint.line, Notation::Swedish)).collect()
}

fn solved() -> Demand {
    Demand::Solved { variable: 'x'.into() }
}

#[test]
fn an_equation_with_a_bracket() {
    assert_eq!(lines("3(x+4) = 18", solved()), ["3x+12 = 18", "3x = 6", "x = 2"]);
}
