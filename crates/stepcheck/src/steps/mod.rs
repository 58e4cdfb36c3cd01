//! Which steps lead from one right line to the next.

use crate::account::Step;
use crate::policy::Policy;
use crate::tree::Statement;

/// The steps between `above` and `line`, both right, in the order in which they are taken, and how many small steps they are.
/// `None` if that cannot be told.
pub(crate) fn between(_above: &Statement, _line: &Statement, _policy: &Policy) -> Option<(Vec<Step>, u8)> {
    None
}
