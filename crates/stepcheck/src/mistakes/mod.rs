//! Which wrong rule leads from a right line to a wrong one, and which part of the line broke.

use crate::account::{Account, Cause};
use crate::tree::Statement;
use crate::unreadable::Place;
use crate::verdict::Task;

/// What is known of a wrong line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) cause: Option<Cause>,
    /// In the wrong line, as it was typed.
    pub(crate) broken: Option<Place>,
    pub(crate) follows: bool,
}

impl Mistake {
    pub(crate) const fn is_told(&self) -> bool {
        self.cause.is_some() || self.broken.is_some() || self.follows
    }

    pub(crate) const fn into_account(self) -> Account {
        Account::Mistake { cause: self.cause, broken: self.broken, follows: self.follows }
    }
}

/// What is known of the wrong `line` below the right line `above`; `wrong` is a wrong line between them.
pub(crate) fn find(_task: &Task, _above: &Statement, _wrong: Option<&Statement>, _line: &Statement) -> Mistake {
    Mistake::default()
}
