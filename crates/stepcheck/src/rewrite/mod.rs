//! Taking written expressions apart and putting changed ones together.
//!
//! - `terms`: a sum as signed terms, a product as factors, and the way back
//! - `near`: approximate values of written expressions, also with a part of another value
//! - `spots`: a changed part put into its place, and a value for a name
//! - `signs`: one of the values that `±` stands for
//! - `probe`: values at fixed points, which tell at once most of what is not worth the same

mod near;
mod probe;
mod signs;
mod spots;
mod terms;

pub(crate) use near::{At, is_near, near, near_with};
pub(crate) use probe::Probe;
pub(crate) use signs::with_sign;
pub(crate) use spots::{replaced, with_name};
pub(crate) use terms::{Signed, factors, negated, number, product_of, quotient, sum_of, terms, terms_within};
