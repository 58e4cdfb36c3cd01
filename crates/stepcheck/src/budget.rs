//! How many steps one comparison may take, whatever it is made of.
//!
//! A step is about one multiplication of two numbers. The count stands beside the computation, one
//! for each thread, because everything that computes spends from it; it is set anew where a
//! comparison begins, so the answer depends on the lines alone.

use std::cell::Cell;

/// The steps of one comparison: some five milliseconds.
const STEPS: u64 = 30_000;

thread_local! {
    static LEFT: Cell<u64> = const { Cell::new(STEPS) };
    /// What was taken before the count was set.
    static BEFORE: Cell<u64> = const { Cell::new(0) };
}

/// Sets the count anew.
pub(crate) fn begin() {
    BEFORE.set(BEFORE.get().wrapping_add(spent()));
    LEFT.set(STEPS);
}

/// Takes `steps`; false if there are none left.
pub(crate) fn spend(steps: u64) -> bool {
    LEFT.with(|left| {
        let rest = left.get().saturating_sub(steps);
        left.set(rest);
        rest > 0
    })
}

/// How many steps were taken since the count was set.
fn spent() -> u64 {
    STEPS - LEFT.get()
}

/// A count of all steps, which setting it anew does not change: the difference between two times is what was taken between
/// them, for those who bound several comparisons together.
pub(crate) fn taken() -> u64 {
    BEFORE.get().wrapping_add(spent())
}

/// True if all steps are taken.
pub(crate) fn is_spent() -> bool {
    LEFT.get() == 0
}
