//! Taking written expressions apart and putting changed ones together.
//!
//! - `terms`: a sum as signed terms, a product as factors, and the way back
//! - `spots`: every part of a statement with the way to it, and the statement with that part replaced
//! - `near`: approximate values of written expressions, also with a part of another value
//! - `probe`: values at fixed points, which tell at once most of what is not worth the same

mod near;
mod probe;
mod spots;
mod terms;

pub(crate) use near::{At, is_near, near, near_with};
pub(crate) use probe::Probe;
pub(crate) use spots::{Spot, each_spot, replaced, with_part};
pub(crate) use terms::{Signed, factors, negated, number, product_of, quotient, sum_of, terms};
