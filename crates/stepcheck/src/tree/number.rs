//! Numbers in digits.

use crate::exact::Rational;

/// A number without sign: its value and how many decimals were written (0 for a whole number).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub value: Rational,
    pub decimals: usize,
}

impl Number {
    /// A whole number; `value` is not negative.
    #[must_use]
    pub fn whole(value: u64) -> Self {
        Self { value: Rational::from_integer(value.into()), decimals: 0 }
    }

    /// True if it was written without decimals.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.decimals == 0
    }
}
