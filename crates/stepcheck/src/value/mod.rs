//! What a line is worth, apart from how it was written.
//!
//! A [`Term`] is a value: sums and products of any number of parts, rational powers, logarithms and
//! trigonometric functions. A [`Claim`] is what a relation says. Nothing is simplified that could
//! change where a value exists: `x/x` stays a product of `x` and `x^(−1)`.

mod claim;
mod derivative;
mod evaluate;
mod lower;
mod term;

pub(crate) use claim::{Claim, Comparator, Line};
pub(crate) use evaluate::{Point, Reading};
pub(crate) use lower::lower;
pub(crate) use term::{Function, Term};
