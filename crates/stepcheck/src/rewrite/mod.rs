//! Taking written expressions apart and putting changed ones together.
//!
//! - `terms`: a sum as signed terms, a product as factors, and the way back
//! - `spots`: every part of a statement with the way to it, and the statement with that part replaced
//! - `probe`: values at fixed points, which tell at once most of what is not worth the same

mod probe;
mod spots;
mod terms;

pub(crate) use probe::Probe;
pub(crate) use spots::{Spot, each_spot, with_part};
pub(crate) use terms::{Signed, factors, negated, number, product_of, quotient, sum_of, terms};
