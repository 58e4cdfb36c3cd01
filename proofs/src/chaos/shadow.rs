//! The model of what was asked for and what was acknowledged. Ids are in hexadecimal digits.

use std::collections::{BTreeMap, BTreeSet};

use super::act::{Act, Appeal};
use crate::client::Answer;

/// A line as it was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub number: i64,
    pub key: String,
    pub text: String,
    pub at: i64,
    /// The verdict's JSON.
    pub verdict: String,
}

/// Something with two ends, of which the later one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It certainly is so.
    Is(bool),
    /// It was asked for and not answered.
    Either,
}

#[derive(Default)]
pub(super) struct Shadow {
    pub acknowledged: u64,
    pub lines: BTreeMap<String, BTreeMap<i64, Line>>,
    /// Key of each line that was ever asked for, and of what calculation.
    pub keys: BTreeMap<String, String>,
    /// How often each text was meant to be handed in for a calculation.
    pub texts: BTreeMap<(String, String), usize>,
    pub opened: BTreeSet<String>,
    /// Of a calculation, the strongest hint that was ever asked for.
    pub hints_asked: BTreeMap<String, i64>,
    /// Of a calculation and the line that they go on from, how many hints were open.
    pub hints: BTreeMap<(String, i64), i64>,
    /// Lines that somebody was to hold to be right, and whether it was acknowledged.
    pub appeals: BTreeMap<Appeal, bool>,
    /// What was answered to them, and whether it was acknowledged.
    pub answers: BTreeMap<Appeal, (bool, bool)>,
    pub finished: BTreeSet<String>,
    /// By their key: metres, and whether it was acknowledged.
    pub distances: BTreeMap<String, (i32, bool)>,
    /// By the distance: approved or given back, and whether it was acknowledged.
    pub decisions: BTreeMap<String, (bool, bool)>,
    /// By its id, whether it was acknowledged.
    pub assignments: BTreeMap<String, bool>,
    /// Whether it is taken back.
    pub taken_back: BTreeMap<String, Known>,
    /// Tokens of sessions that were opened, and how they are.
    pub sessions: BTreeMap<String, Known>,
    /// By the group, whether a class code is open.
    pub codes: BTreeMap<String, Known>,
    /// Who looked at whom.
    pub looks: BTreeSet<(String, String)>,
    /// By the person, how many steps of consent were acknowledged, and whether one more is under way.
    pub consents: BTreeMap<String, (usize, bool)>,
    /// User names, and whether it was acknowledged.
    pub sign_ups: BTreeMap<String, bool>,
}

impl Shadow {
    /// Somebody is about to ask for this, perhaps once more. `anew` if it was not asked for before.
    pub(super) fn intend(&mut self, who: &str, act: &Act, anew: bool) {
        match act {
            Act::Line { calculation, key, text } => {
                self.keys.insert(key.clone(), calculation.clone());
                if anew {
                    *self.texts.entry((calculation.clone(), text.clone())).or_default() += 1;
                }
            }
            Act::Hint { calculation, strength } => {
                let asked = self.hints_asked.entry(calculation.clone()).or_default();
                *asked = (*asked).max(*strength);
            }
            Act::Appeal { calculation, line } => {
                self.appeals.entry(Appeal { calculation: calculation.clone(), line: *line }).or_insert(false);
            }
            Act::Answer { appeal, holds, .. } => {
                self.answers.entry(appeal.clone()).or_insert((*holds, false));
            }
            Act::Report { key, metres } => {
                self.distances.entry(key.clone()).or_insert((*metres, false));
            }
            Act::Decide { distance, approve } => {
                self.decisions.entry(distance.clone()).or_insert((*approve, false));
            }
            Act::Give { key, .. } => {
                self.assignments.entry(key.clone()).or_insert(false);
            }
            Act::TakeBack { assignment } => {
                self.taken_back.insert(assignment.clone(), Known::Either);
            }
            Act::SignOut { token } => {
                self.sessions.insert(token.clone(), Known::Either);
            }
            Act::OpenCode { group } | Act::CloseCode { group } => {
                self.codes.insert(group.clone(), Known::Either);
            }
            Act::Consent { .. } => self.consents.entry(who.to_owned()).or_default().1 = true,
            Act::SignUp { user_name } => {
                self.sign_ups.entry(user_name.clone()).or_insert(false);
            }
            Act::Open | Act::SignIn { .. } | Act::Look { .. } => {}
        }
    }

    /// It was answered as done.
    ///
    /// # Errors
    /// An answer that cannot be one to what was asked.
    pub(super) fn acknowledge(&mut self, who: &str, act: &Act, answer: &Answer) -> Result<(), String> {
        self.acknowledged += 1;
        match act {
            Act::Line { calculation, .. } => return self.acknowledge_line(calculation, act, answer),
            Act::Open => {
                let id = answer.json()["id"].as_str().map(str::to_owned);
                self.opened.insert(id.ok_or_else(|| format!("no id: {}", answer.told()))?);
            }
            Act::Hint { calculation, .. } => return self.acknowledge_hints(calculation, answer),
            Act::Appeal { calculation, line } => {
                self.appeals.insert(Appeal { calculation: calculation.clone(), line: *line }, true);
            }
            Act::Answer { appeal, holds, .. } => {
                self.answers.insert(appeal.clone(), (*holds, true));
            }
            Act::Report { key, metres } => {
                self.distances.insert(key.clone(), (*metres, true));
            }
            Act::SignIn { .. } => {
                let token = answer.session().ok_or_else(|| format!("no session: {}", answer.told()))?;
                self.sessions.insert(token.to_string(), Known::Is(true));
            }
            Act::SignOut { token } => {
                self.sessions.insert(token.clone(), Known::Is(false));
            }
            Act::Give { key, .. } => {
                self.assignments.insert(key.clone(), true);
            }
            Act::TakeBack { assignment } => {
                self.taken_back.insert(assignment.clone(), Known::Is(true));
            }
            Act::Decide { distance, approve } => {
                self.decisions.insert(distance.clone(), (*approve, true));
            }
            Act::OpenCode { group } => {
                self.codes.insert(group.clone(), Known::Is(true));
            }
            Act::CloseCode { group } => {
                self.codes.insert(group.clone(), Known::Is(false));
            }
            Act::Look { student, .. } => {
                self.looks.insert((who.to_owned(), student.clone()));
            }
            Act::Consent { .. } => {
                let steps = self.consents.entry(who.to_owned()).or_default();
                *steps = (steps.0 + 1, false);
            }
            Act::SignUp { user_name } => {
                self.sign_ups.insert(user_name.clone(), true);
            }
        }
        Ok(())
    }

    fn acknowledge_hints(&mut self, calculation: &str, answer: &Answer) -> Result<(), String> {
        let said = answer.json();
        let from = said["from_line"].as_i64().ok_or_else(|| format!("no hints: {}", answer.told()))?;
        let hints = said["hints"].as_array().into_iter().flatten();
        let open = hints.filter(|hint| !hint["text"].is_null()).count() as i64;
        let known = self.hints.entry((calculation.to_owned(), from)).or_default();
        if open < *known {
            return Err(format!("{known} hints were open, now {open}: {}", answer.told()));
        }
        *known = open;
        Ok(())
    }

    fn acknowledge_line(&mut self, calculation: &str, asked: &Act, answer: &Answer) -> Result<(), String> {
        let Act::Line { key, text, .. } = asked else { return Ok(()) };
        let said = answer.json();
        let line = line_of(&said).ok_or_else(|| format!("no line: {}", answer.told()))?;
        if line.key != *key || line.text != *text {
            return Err(format!("asked for {key} «{text}», answered {}", answer.told()));
        }
        if said["finished"].as_bool() == Some(true) {
            self.finished.insert(calculation.to_owned());
        }
        let of = self.lines.entry(calculation.to_owned()).or_default();
        match of.insert(line.number, line.clone()) {
            Some(before) if before != line => Err(format!("line {} was {before:?} and is {line:?}", line.number)),
            _ => Ok(()),
        }
    }
}

/// A line in the JSON of the API.
pub(super) fn line_of(said: &serde_json::Value) -> Option<Line> {
    Some(Line {
        number: said["number"].as_i64()?,
        key: said["key"].as_str()?.to_owned(),
        text: said["entered"].as_str()?.to_owned(),
        at: said["at"].as_i64()?,
        verdict: said["verdict"].to_string(),
    })
}
