//! The time, handed in. Nothing else in the house may ask for it (clippy forbids it), so tests step it by months.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use vault::Millis;

/// Where `now` comes from.
#[derive(Clone)]
pub enum Clock {
    /// The machine's own clock.
    System,
    /// Stands still until it is moved. For tests and for making history.
    Still(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at` until [`Clock::pass`] moves it.
    #[must_use]
    pub fn still(at: Millis) -> Self {
        Self::Still(Arc::new(AtomicI64::new(at.0)))
    }

    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine is asked for the time")]
    pub fn now(&self) -> Millis {
        match self {
            Self::System => Millis(jiff::Timestamp::now().as_millisecond()),
            Self::Still(at) => Millis(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a still clock forward; the machine's clock moves by itself.
    pub fn pass(&self, milliseconds: i64) {
        if let Self::Still(at) = self {
            at.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "clock at {}", self.now().0)
    }
}
