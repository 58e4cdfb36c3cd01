//! The proof of an item by the line checker: worked lines follow, wrong lines do not.

use std::mem::discriminant;

use stepcheck::{Left, Policy, Statement, Task, Verdict, judge};

use super::super::item::Item;
use super::{Notes, Rule};

/// Judges the worked lines as a student would write them.
pub(super) fn check_worked(item: &Item, notes: &mut Notes) {
    let mut earlier: Vec<Statement> = Vec::new();
    for (number, line) in (1..).zip(&item.worked) {
        let judged = judge(&item.task, &earlier, line);
        let last = number == item.worked.len();
        if let Some(slip) = worked_slip(&judged.verdict, last) {
            let what = format!("«{}», line «{line}» {slip}", item.start_text);
            notes.add(Rule::Worked, format!("worked[{number}]"), what);
        }
        earlier.extend(judged.statement);
    }
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

/// Judges each line that is said to be wrong, as a first line.
pub(super) fn check_wrong(item: &Item, notes: &mut Notes) {
    for (number, line) in (1..).zip(&item.wrong) {
        let verdict = judge(&item.task, &[], line).verdict;
        if !matches!(verdict, Verdict::Wrong { .. }) {
            let what = format!(
                "«{}», line «{line}» is not judged wrong; shut these numbers out with `where`",
                item.start_text
            );
            notes.add(Rule::Wrong, format!("wrong[{number}]"), what);
        }
    }
}

/// Whether a line of the item is judged otherwise than it would be by `policy`.
pub(super) fn needs_more(item: &Item, policy: &Policy) -> bool {
    let other = Task { policy: policy.clone(), ..item.task.clone() };
    let differs = |earlier: &[Statement], line: &str| {
        let (here, there) = (judge(&item.task, earlier, line), judge(&other, earlier, line));
        discriminant(&here.verdict) != discriminant(&there.verdict)
    };
    let mut earlier: Vec<Statement> = Vec::new();
    for line in &item.worked {
        if differs(&earlier, line) {
            return true;
        }
        earlier.extend(judge(&item.task, &earlier, line).statement);
    }
    item.wrong.iter().any(|line| differs(&[], line))
}
