//! The proof of an item by its own judge: worked lines hold and end in what is asked for, wrong lines do not and are named
//! as they are said to be.

use std::mem::discriminant;

use stepcheck::{Account, Cause, Left, Misconception, Policy, Statement, Task, Verdict, judge};

use super::super::answer::{Answer, Judged};
use super::super::item::{Earlier, Item};
use super::super::piece::Piece;
use super::{Notes, Rule};

/// Judges the worked solution as a student would hand it in, and what explains it.
pub(super) fn check_worked(item: &Item, notes: &mut Notes<'_>) {
    let mut right: Vec<Statement> = Vec::new();
    let mut typed: Vec<&str> = Vec::new();
    if item.worked.is_empty() {
        notes.add(Rule::Worked, "worked", "ends in no line of mathematics; write the one with the answer");
    }
    for (number, line) in (1..).zip(&item.worked) {
        let judged = item.judge(Earlier { right: &right, wrong: None, typed: &typed }, line);
        let last = number == item.worked.len();
        if let Some(slip) = worked_slip(&judged.verdict, last) {
            notes.add(Rule::Worked, format!("worked[{number}]"), format!("{}, line «{line}» {slip}", named(item)));
        }
        right.extend(judged.statement);
        typed.push(line);
    }
    if !matches!(item.answer, Answer::Lines(_) | Answer::Value { .. }) {
        check_explained(item, notes);
    }
}

/// What an item is called in a finding.
fn named(item: &Item) -> String {
    format!("«{}»", if item.start_text.is_empty() { &item.ask.sv } else { &item.start_text })
}

fn worked_slip(verdict: &Verdict, last: bool) -> Option<String> {
    match verdict {
        Verdict::Right { finished: true } if !last => Some("is finished already; end with it".into()),
        Verdict::Right { finished: false } if last => {
            Some("is right but not finished; write on to the demanded form".into())
        }
        Verdict::Unfinished { left: Left::Answer } => Some("does nothing new; leave it out".into()),
        Verdict::Unfinished { left } if last => Some(format!("is not in the demanded form ({left:?} is left)")),
        Verdict::Right { .. } | Verdict::Unfinished { .. } => None,
        Verdict::Wrong { .. } => Some("does not follow; mend it".into()),
        Verdict::Unreadable(unreadable) => Some(format!("cannot be read ({:?})", unreadable.missing)),
    }
}

/// Mathematics that explains what is handed in as a letter or a point: an equation of numbers must hold.
fn check_explained(item: &Item, notes: &mut Notes<'_>) {
    for (number, piece) in (1..).zip(&item.solution) {
        let Piece::Maths(line) = piece else { continue };
        let slip = match stepcheck::read(line) {
            Err(unreadable) => Some(format!("cannot be read ({:?})", unreadable.missing)),
            Ok(Statement::Relation { first, .. }) if first.is_numeric() => {
                let task = Task::new(Statement::Expression(first), stepcheck::Demand::Value);
                let is_wrong = matches!(judge(&task, &[], line).verdict, Verdict::Wrong { .. });
                (is_wrong && !line.contains(['<', '>', '≠', '≤', '≥'])).then(|| "does not hold; mend it".to_owned())
            }
            Ok(_) => None,
        };
        if let Some(slip) = slip {
            notes.add(Rule::Worked, format!("worked[{number}]"), format!("{}, line «{line}» {slip}", named(item)));
        }
    }
}

/// Judges each line that is said to be wrong, as a first line, and every wrong option.
pub(super) fn check_wrong(item: &Item, notes: &mut Notes<'_>) {
    for (number, wrong) in (1..).zip(&item.wrong) {
        let judged = item.judge(Earlier::default(), &wrong.line);
        let key = format!("wrong[{number}]");
        let of = format!("{}, line «{}»", named(item), wrong.line);
        if !matches!(judged.verdict, Verdict::Wrong { .. }) {
            notes.add(Rule::Wrong, key, format!("{of} is not judged wrong; shut these numbers out with `where`"));
        } else if let Some(declared) = wrong.misconception
            && misconception(&judged) != Some(declared)
        {
            notes.add(Rule::Named, key, format!("{of} {}", told(declared, misconception(&judged))));
        }
    }
    if let Answer::Choice(choice) = &item.answer {
        let start = stepcheck::read(&item.start_text).ok();
        for (number, option) in (1..).zip(&choice.options) {
            let (Piece::Maths(line), Some(declared), Some(start)) = (&option.text, option.misconception, &start) else {
                continue;
            };
            let (judged, account) = stepcheck::explain(&Task::usual(start.clone()), stepcheck::Before::default(), line);
            let judged = Judged { verdict: judged.verdict, account, statement: None };
            if misconception(&judged) != Some(declared) {
                let what = format!("{}, option «{line}» {}", named(item), told(declared, misconception(&judged)));
                notes.add(Rule::Named, format!("option {number}"), what);
            }
        }
    }
}

fn misconception(judged: &Judged) -> Option<Misconception> {
    match judged.account {
        Some(Account::Mistake { cause: Some(Cause::Misconception { id }), .. }) => Some(id),
        _ => None,
    }
}

fn told(declared: Misconception, named: Option<Misconception>) -> String {
    match named {
        Some(named) => {
            format!("is named {named:?}, not {declared:?}; declare that, or shut these numbers out with `where`")
        }
        None => format!("is not named {declared:?}; take the name away, or shut these numbers out with `where`"),
    }
}

/// Whether a line of the item is judged otherwise than it would be by `policy`.
pub(super) fn needs_more(item: &Item, policy: &Policy) -> bool {
    let task = match &item.answer {
        Answer::Lines(task) | Answer::Value { task, .. } => task,
        _ => return false,
    };
    let other = Task { policy: policy.clone(), ..task.clone() };
    let differs = |earlier: &[Statement], line: &str| {
        let (here, there) = (judge(task, earlier, line), judge(&other, earlier, line));
        discriminant(&here.verdict) != discriminant(&there.verdict)
    };
    let mut earlier: Vec<Statement> = Vec::new();
    for line in &item.worked {
        if differs(&earlier, line) {
            return true;
        }
        earlier.extend(judge(task, &earlier, line).statement);
    }
    item.wrong.iter().any(|wrong| differs(&[], &wrong.line))
}
