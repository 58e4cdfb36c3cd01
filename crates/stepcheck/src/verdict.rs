//! What a judged line gets as an answer.

use serde::{Deserialize, Serialize};

use crate::tree::{Name, Statement};
use crate::unreadable::Unreadable;

/// What is given and what is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub start: Statement,
    pub demand: Demand,
}

/// The form the last line must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Demand {
    /// A number, fully worked out: whole, decimal, per cent, or a fraction or mixed number in
    /// lowest terms.
    Value,
    /// A fraction or mixed number in lowest terms, or a whole number.
    LowestTerms,
    /// Decimal form.
    Decimal,
    /// A sum without brackets and with like terms collected, in any order.
    Simplified,
    /// `variable = number`, the number as in [`Demand::Value`]; either way round.
    Solved { variable: Name },
}

/// The answer to one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub verdict: Verdict,
    /// What was read, unless it was unreadable.
    pub statement: Option<Statement>,
}

/// How a line stands to the task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verdict {
    /// A right step; `finished` if the demanded form is reached.
    Right { finished: bool },
    /// Right, and it could be meant as an answer, but something is left to do.
    Unfinished { left: Left },
    /// Not a right step. The witness, if any, never gives the answer away.
    Wrong { witness: Option<Witness> },
    /// Could not be read; nothing is counted.
    Unreadable(Unreadable),
}

/// What is left to do before a right line is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// A fraction can be shortened.
    Shorten,
    /// Arithmetic is left.
    WorkOut,
    /// Like terms are left.
    Collect,
    /// A bracket is left.
    Expand,
    /// The answer should be in decimal form.
    DecimalForm,
    /// The answer should be a fraction.
    FractionForm,
    /// The value is right, but it should be written as an equation, `x = …`.
    Equation,
    /// It restates the task or an earlier line: nothing is done yet.
    Answer,
}

/// Something to show beside a wrong line. Values are in text notation with decimal comma.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Witness {
    /// The wrong line holds when `variable` is `value`; put into the line above, its two sides
    /// become `left` and `right`, which differ. The worked strings show the sum: `5·3−13`.
    Substitute { variable: Name, value: String, left: String, right: String, left_worked: String, right_worked: String },
    /// When `variable` is `value`, the line above is worth `above` and this line `here`.
    Evaluate { variable: Name, value: String, above: String, here: String },
    /// The line above is larger than this line.
    Larger,
    /// The line above is smaller than this line.
    Smaller,
    /// Two neighbouring sides of the line differ. In a task whose answer is a value they are
    /// given as written, otherwise worked out.
    Sides { left: String, right: String },
}
