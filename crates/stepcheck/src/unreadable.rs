//! Why a typed line could not be read, and where. It is a verdict for the student, never an error.

use serde::{Deserialize, Serialize};

/// A stretch of the typed text, counted in characters (Unicode scalar values) from 0.
/// `end` is the first character after it; `start == end` points between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    pub start: usize,
    pub end: usize,
}

impl Place {
    /// The stretch from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The point just before character number `at`.
    #[must_use]
    pub const fn before(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// True if all of `other` lies in it.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The shortest stretch that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A line that could not be read: where the reading stopped and what was missing there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    pub place: Place,
    pub missing: Missing,
}

impl Unreadable {
    pub(crate) const fn new(place: Place, missing: Missing) -> Self {
        Self { place, missing }
    }
}

/// What stood in the way of reading a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "written", rename_all = "snake_case")]
pub enum Missing {
    /// The line is empty.
    Nothing,
    /// A bracket was opened and not closed.
    ClosingBracket,
    /// A bracket was closed that was never opened.
    OpeningBracket,
    /// A number, a letter or a bracket should stand here.
    Operand,
    /// Two numbers stand side by side, or a number after a letter, without an operation between.
    Operator,
    /// A sign that is not known.
    Sign(char),
    /// A word, function or unit that is not known.
    Name(String),
    /// Digits before or after the decimal sign.
    Digits,
    /// The exponent is not a whole number.
    WholeExponent,
    /// The line has too many characters.
    TooLong,
    /// Too many brackets, signs or exponents within each other.
    TooDeep,
    /// The numbers or the expanded expression grow too large.
    TooLarge,
    /// Two signs of a relation in a row.
    Relation,
    /// A division by zero; `0^0` counts as one.
    DivisionByZero,
    /// It can be meant in two ways: brackets would say which, as in `sin x/2`.
    Brackets,
    /// A bar of an absolute value was opened and not closed.
    ClosingBar,
    /// It can be read, but what it is worth cannot be decided.
    Undecided,
}
