//! The sample calculation on the start page: our own task, judged like any other each time it is shown.

use std::sync::LazyLock;

use stepcheck::{Before, Demand, Statement, Task};

use super::{frame::Html, lines::LineShown, maths, speech::Language};
use crate::{
    exercises::{Earlier, Judged},
    practice::{Written, trial},
};

const TASK: &str = "3(x - 2) = 15";
/// One side step, then the way to the goal.
const LINES: [&str; 4] = ["3x - 2 = 15", "3x - 6 = 15", "3x = 21", "x = 7"];

static JUDGED: LazyLock<Option<(Statement, Vec<Written>)>> = LazyLock::new(judge);

/// The task and its lines as people see them; nothing if the task cannot be read.
#[must_use]
pub fn sample(language: Language) -> Option<(Html, Vec<LineShown>)> {
    let (start, lines) = JUDGED.as_ref()?;
    Some((maths::written(start, language), lines.iter().map(|line| LineShown::of(line, None, language)).collect()))
}

fn judge() -> Option<(Statement, Vec<Written>)> {
    let start = stepcheck::read(TASK).ok()?;
    let task = Task::new(start.clone(), Demand::Solved { variable: 'x'.into() });
    let judge = |earlier: Earlier<'_>, typed: &str| {
        let before = Before { right: earlier.right, wrong: earlier.wrong };
        let (judged, account) = stepcheck::explain(&task, before, typed);
        Judged { verdict: judged.verdict, account, statement: judged.statement }
    };
    Some((start, trial(judge, LINES)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_goes_one_step_aside_and_reaches_the_goal() {
        for language in Language::ALL {
            let verdicts: Vec<_> =
                sample(language).into_iter().flat_map(|(_, lines)| lines).map(|line| line.verdict).collect();
            assert_eq!(verdicts, ["wrong", "right", "right", "goal"]);
        }
    }
}
