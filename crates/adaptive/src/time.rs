//! Time as it is handed in: the crate has no clock.

use serde::{Deserialize, Serialize};

const MILLIS_PER_DAY: f64 = 86_400_000.0;

/// A moment, in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Millis(pub i64);

impl Millis {
    /// Days (with fraction) from `earlier` to this moment; 0 when `earlier` lies in the future, since clocks of
    /// several machines may disagree by a little.
    pub fn days_since(self, earlier: Self) -> f64 {
        self.0.saturating_sub(earlier.0).max(0) as f64 / MILLIS_PER_DAY
    }

    /// This moment moved by a number of days (may be negative or a fraction).
    pub fn plus_days(self, days: f64) -> Self {
        Self(self.0.saturating_add((days * MILLIS_PER_DAY) as i64))
    }
}
