//! Lines judged one after the other as a student's are, with nothing stored: for a sample, and for authors who try.

use stepcheck::Statement;
use vault::{IdempotencyKey, Millis};

use super::Written;
use crate::exercises::{Earlier, Judged};

/// Judges the lines in their order, each after those that hold and after the one before it.
pub fn trial<'t>(
    judge: impl Fn(Earlier<'_>, &str) -> Judged,
    typed: impl IntoIterator<Item = &'t str>,
) -> Vec<Written> {
    let mut lines: Vec<Written> = Vec::new();
    for (number, entered) in (1..).zip(typed) {
        let right: Vec<Statement> = lines.iter().filter_map(Written::standing).collect();
        let held: Vec<&str> = lines.iter().filter(|line| line.holds()).map(|line| line.entered.as_str()).collect();
        let newest = lines.last().filter(|line| line.is_wrong());
        let wrong = newest.and_then(|line| stepcheck::read(&line.entered).ok());
        let judged = judge(Earlier { right: &right, wrong: wrong.as_ref(), typed: &held }, entered);
        lines.push(Written {
            number,
            key: IdempotencyKey::from_bytes([0; 16]),
            entered: entered.to_owned(),
            at: Millis(0),
            verdict: judged.verdict,
            account: judged.account,
        });
    }
    lines
}
