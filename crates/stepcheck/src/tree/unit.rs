//! Units as they were written. What they mean is in `units`.

use crate::unreadable::Place;

/// A written unit: `cm`, `m/s`, `kg·m/s²`. At least one unit stands above or below.
///
/// Equal (`==`) when written the same way, wherever it stands.
#[derive(Debug, Clone)]
pub struct Unit {
    pub place: Place,
    /// The units before the `/`, in written order.
    pub above: Vec<UnitPower>,
    /// The units after the `/`.
    pub below: Vec<UnitPower>,
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.above == other.above && self.below == other.below
    }
}

/// One unit word and its exponent: `cm²`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPower {
    /// The word as typed: `cm`, `timmar`.
    pub word: String,
    /// The exponent that was written; 1 if none was.
    pub power: i8,
}
