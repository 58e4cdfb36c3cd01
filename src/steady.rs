//! Time that never goes back: for waits that are kept in memory, which a clock that is set right must not make longer.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use vault::Millis;

use crate::clock::Clock;

/// Goes on as the clock does, and stands still where that goes back. All clones are the same.
#[derive(Clone, Debug)]
pub struct Steady {
    clock: Clock,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug)]
struct Seen {
    /// What the clock said last.
    clock: Millis,
    now: Millis,
}

impl Steady {
    /// Begins with what the clock says.
    #[must_use]
    pub fn of(clock: Clock) -> Self {
        let now = clock.now();
        Self { clock, seen: Arc::new(Mutex::new(Seen { clock: now, now })) }
    }

    #[must_use]
    pub fn now(&self) -> Millis {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let clock = self.clock.now();
        seen.now = seen.now.plus(clock.since(seen.clock));
        seen.clock = clock;
        seen.now
    }
}

/// So that the limits go by the time that the house is given.
impl governor::clock::Clock for Steady {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(Self::now(self).0.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_from_where_it_was_when_the_clock_goes_back() {
        let clock = Clock::still(Millis(1_000));
        let steady = Steady::of(clock.clone());
        for (passes, now) in [(0, 1_000), (500, 1_500), (-1_400, 1_500), (10, 1_510), (10_000, 11_510), (-1, 11_510)] {
            clock.pass(passes);
            assert_eq!(steady.now(), Millis(now));
        }
    }
}
