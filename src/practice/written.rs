//! A stored line, and how its judgement is written down.

use serde::Serialize;
use serde_json::Value;
use stepcheck::{Account, Statement, Verdict};
use vault::{IdempotencyKey, Millis, rows::calculations::Line};

/// A stored line with its judgement.
#[derive(Clone)]
pub struct Written {
    /// 1 and up
    pub number: i16,
    pub key: IdempotencyKey,
    pub entered: String,
    pub at: Millis,
    pub verdict: Verdict,
    /// What was said of it beyond the verdict; nothing if there was nothing to tell.
    pub account: Option<Account>,
}

/// The judgement as it is stored: the verdict's own fields, and `account` beside them. Lines from before there were
/// accounts have none.
#[derive(Serialize)]
struct Stored<'w> {
    #[serde(flatten)]
    verdict: &'w Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'w Account>,
}

impl Written {
    /// The judgement as it is stored, as JSON.
    #[must_use]
    pub fn answer(&self) -> String {
        let stored = Stored { verdict: &self.verdict, account: self.account.as_ref() };
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// The statement that the next line builds on, if the line holds.
    pub(super) fn standing(&self) -> Option<Statement> {
        self.holds().then(|| stepcheck::read(&self.entered).ok())?
    }

    /// Whether the line holds, if not yet as an answer.
    #[must_use]
    pub const fn holds(&self) -> bool {
        matches!(self.verdict, Verdict::Right { .. } | Verdict::Unfinished { .. })
    }

    /// Whether the line says something that does not hold; an unreadable one says nothing.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self.verdict, Verdict::Wrong { .. })
    }
}

impl From<Line> for Written {
    fn from(line: Line) -> Self {
        let (verdict, account) = judgement(&line.answer).unwrap_or_else(|error| {
            tracing::error!(%error, number = line.number, "a stored judgement cannot be read");
            (Verdict::Wrong { witness: None }, None)
        });
        Self { number: line.number, key: line.key, entered: line.entered, at: line.at, verdict, account }
    }
}

/// The verdict and the account of a stored judgement. An account that this version does not know leaves the verdict as
/// it is.
fn judgement(answer: &str) -> Result<(Verdict, Option<Account>), serde_json::Error> {
    let mut stored: Value = serde_json::from_str(answer)?;
    let account = stored.get_mut("account").map(Value::take);
    let account = account.and_then(|account| {
        serde_json::from_value(account)
            .inspect_err(|error| tracing::warn!(%error, "a stored account cannot be read"))
            .ok()
    });
    Ok((serde_json::from_value(stored)?, account))
}

#[cfg(test)]
mod tests {
    use stepcheck::{Before, Demand, Task, explain};

    use super::*;

    fn stored(entered: &str, answer: &str) -> Written {
        let key = IdempotencyKey::from_bytes([0; 16]);
        let (entered, answer) = (entered.to_owned(), answer.to_owned());
        Line { number: 1, key, entered, at: Millis(0), verdict: String::new(), answer }.into()
    }

    #[test]
    fn what_was_said_is_read_back() {
        let start = stepcheck::read("2x + 3 = 11").expect("a start");
        let task = Task::new(start, Demand::Solved { variable: 'x'.into() });
        for typed in ["2x = 8", "2x = 14", "x = 4", "x = 12", "2x = 8 eller", "2x + 3 = 11"] {
            let (judged, account) = explain(&task, Before::default(), typed);
            let answer = Written { verdict: judged.verdict.clone(), account: account.clone(), ..stored(typed, "") };
            let again = stored(typed, &answer.answer());
            assert_eq!((again.verdict, again.account), (judged.verdict, account), "{typed}");
        }
    }

    #[test]
    fn an_old_line_and_an_unknown_account_keep_their_verdict() {
        let right = Verdict::Right { finished: false };
        let old = stored("2x = 8", r#"{"kind":"right","finished":false}"#);
        assert_eq!((old.verdict, old.account), (right.clone(), None));
        let new =
            r#"{"kind":"right","finished":false,"account":{"kind":"step","steps":[{"kind":"none-such"}],"size":1}}"#;
        let new = stored("2x = 8", new);
        assert_eq!((new.verdict, new.account), (right, None));
        assert_eq!(stored("2x = 8", "{").verdict, Verdict::Wrong { witness: None });
    }
}
