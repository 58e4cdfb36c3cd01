//! A number, a fraction or an expression to be given where nothing is shown to start from, such as in a word problem.
//!
//! The answer is written in the file as the calculation that gives it, `3·12 + 15`: a right line is worth the same, and a
//! wrong one is looked at from there. What is worked out on the way, `3·12 = 36`, is right too if it holds.

use stepcheck::{Account, Before, Cause, Demand, Left, Notation, Policy, Statement, Task, Verdict};

use super::Judged;
use crate::exercises::units::written_as;
use crate::exercises::words::Words;

/// The task that a value is judged by: from the calculation, to the demanded form.
pub(super) fn task_of(text: &str, demand: Demand, policy: &Policy) -> Result<Task, String> {
    let start =
        stepcheck::read(text).map_err(|unreadable| format!("cannot read «{text}» ({:?})", unreadable.missing))?;
    Ok(Task { start, demand, policy: policy.clone() })
}

/// Judges a line; words of the unit are passed over, and so is a letter that the value is given to.
pub(super) fn judge(task: &Task, unit: Option<&Words>, typed: &str) -> Judged {
    let bare = without_letter(task, without_unit(typed, unit));
    let (judged, account) = stepcheck::explain(task, Before::default(), &bare);
    let verdict = match judged.verdict {
        Verdict::Unfinished { left: Left::Answer } => restated(task, &bare),
        Verdict::Wrong { .. } if judged.statement.as_ref().is_some_and(is_true) => Verdict::Right { finished: false },
        verdict => verdict,
    };
    // A step from what is not shown would tell nothing, and a slip only that the number is another.
    let account = account.filter(|account| {
        let Account::Mistake { cause, .. } = account else { return false };
        matches!(verdict, Verdict::Wrong { .. }) && matches!(cause, Some(Cause::Misconception { .. }))
    });
    let verdict = match verdict {
        // It would be about the calculation that is not shown.
        Verdict::Wrong { .. } => Verdict::Wrong { witness: None },
        verdict => verdict,
    };
    Judged { verdict, account, statement: None }
}

/// The verdict on the calculation itself. It is not shown, so whoever writes it down has thought of it: right, with what
/// is left to do where that is to shorten, as of a calculation that happens to be a fraction.
fn restated(task: &Task, typed: &str) -> Verdict {
    // The same value otherwise written, so that the line is not what the task starts from.
    let otherwise = stepcheck::read(&format!("{} + 0", stepcheck::text(&task.start, Notation::Swedish)));
    let judged = otherwise.map(|start| stepcheck::judge(&Task { start, ..task.clone() }, &[], typed).verdict);
    match judged {
        Ok(Verdict::Unfinished { left: Left::Shorten }) => Verdict::Unfinished { left: Left::Shorten },
        _ => Verdict::Right { finished: false },
    }
}

/// The answer as whoever has it right writes it; `None` if it cannot be found by machine.
pub(super) fn finished(task: &Task) -> Option<String> {
    let is_finished = |line: &String| stepcheck::judge(task, &[], line).verdict == Verdict::Right { finished: true };
    let value = match &task.start {
        Statement::Expression(start) => stepcheck::evaluate::<stepcheck::Name>(start, &[]),
        _ => None,
    };
    let fraction = value.as_ref().map(|value| value.to_string().replace('-', "−"));
    let number = value.map(|value| stepcheck::number_text(&value, Notation::Swedish));
    let worked = || Some(stepcheck::text(&stepcheck::worked(task, u8::MAX)?.pop()?.line, Notation::Swedish));
    let start = stepcheck::text(&task.start, Notation::Swedish);
    [Some(start), number, fraction].into_iter().flatten().find(is_finished).or_else(worked)
}

/// Whether it is an equation of numbers that holds.
fn is_true(statement: &Statement) -> bool {
    let Statement::Relation { first, .. } = statement else { return false };
    if !statement.names().is_empty() {
        return false;
    }
    let task = Task::new(Statement::Expression(first.clone()), Demand::Value);
    let line = stepcheck::text(statement, Notation::Swedish);
    matches!(stepcheck::judge(&task, &[], &line).verdict, Verdict::Right { .. } | Verdict::Unfinished { .. })
}

/// `typed` with blanks where the unit's words stand by themselves, so that places still hold.
fn without_unit(typed: &str, unit: Option<&Words>) -> String {
    let mut bare = typed.to_owned();
    for word in unit.iter().flat_map(|unit| unit.each()).flat_map(|(_, word)| written_as(word)) {
        let mut from = 0;
        while let Some(at) = bare.get(from..).and_then(|rest| rest.find(word)).map(|at| from + at) {
            let end = at + word.len();
            let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphabetic);
            if !is_letter(bare[..at].chars().next_back()) && !is_letter(bare[end..].chars().next()) {
                bare.replace_range(at..end, &" ".repeat(word.chars().count()));
                from = at + word.chars().count();
            } else {
                from = end;
            }
        }
    }
    bare
}

/// The same for `y =` in front, where the calculation has no such letter: `A = 12` and `y = 3x` name what is answered.
fn without_letter(task: &Task, typed: String) -> String {
    let Some((letter, value)) = typed.split_once('=') else { return typed };
    let mut signs = letter.trim().chars();
    let (Some(name), None) = (signs.next(), signs.next()) else { return typed };
    if !name.is_alphabetic() || value.trim().is_empty() || task.start.names().contains(&name.into()) {
        return typed;
    }
    " ".repeat(letter.chars().count() + 1) + value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(calculation: &str, typed: &str) -> Verdict {
        let task = task_of(calculation, Demand::Value, &Policy::default()).expect("a calculation");
        let unit = Words { sv: "kronor".to_owned(), en: "crowns".to_owned() };
        judge(&task, Some(&unit), typed).verdict
    }

    #[test]
    fn a_fraction_that_is_the_calculation_is_still_to_be_shortened() {
        let task = task_of("15/24", Demand::LowestTerms, &Policy::default()).expect("a calculation");
        let verdict = |typed: &str| judge(&task, None, typed).verdict;
        assert_eq!(verdict("15/24"), Verdict::Unfinished { left: Left::Shorten });
        assert_eq!(verdict("5/8"), Verdict::Right { finished: true });
    }

    #[test]
    fn a_value_may_be_given_to_a_letter_that_the_task_does_not_have() {
        let task = task_of("29 − 2x", Demand::Simplified, &Policy::default()).expect("an expression");
        let verdict = |typed: &str| judge(&task, None, typed).verdict;
        for typed in ["29 − 2x", "y = 29 − 2x", " l=29−2x"] {
            assert_eq!(verdict(typed), Verdict::Right { finished: true }, "{typed}");
        }
        for typed in ["y = 29 + 2x", "x = 29 − 2x", "y =", "2y = 29 − 2x"] {
            assert_ne!(verdict(typed), Verdict::Right { finished: true }, "{typed}");
        }
    }

    #[test]
    fn the_value_is_right_and_so_is_what_holds_on_the_way() {
        let (finished, right) = (Verdict::Right { finished: true }, Verdict::Right { finished: false });
        for typed in ["51", "51 kronor", "51kronor", "3·12 + 15 = 51"] {
            assert_eq!(verdict("3·12 + 15", typed), finished, "{typed}");
        }
        for typed in ["3·12 = 36", "3 · 12 kronor = 36 kronor", "3·12 + 15", "36 + 15"] {
            assert!(
                matches!(verdict("3·12 + 15", typed), Verdict::Unfinished { .. })
                    || verdict("3·12 + 15", typed) == right,
                "{typed}"
            );
        }
        for typed in ["36", "81", "3·12 = 35", "3·(12 + 15)"] {
            assert_eq!(verdict("3·12 + 15", typed), Verdict::Wrong { witness: None }, "{typed}");
        }
        assert!(matches!(verdict("3·12 + 15", "51 k"), Verdict::Wrong { .. } | Verdict::Unreadable(_)));
    }
}
