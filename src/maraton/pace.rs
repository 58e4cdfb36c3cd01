//! How fast an event goes, hour by hour.

use vault::{
    Fault, Millis,
    rows::maraton::{self, Fewest},
};

use super::standing::{FEWEST_ENTRANTS, FEWEST_STUDENTS};
use crate::app::App;

/// An hour in milliseconds.
const HOUR: i64 = 3_600_000;

impl App {
    /// Counts the hour that was over last, for every event that runs; again in the same hour does nothing. Gives the moment
    /// at which it was over.
    ///
    /// # Errors
    /// No answer from the vault.
    pub async fn count_pace(&self, now: Millis) -> Result<Millis, Fault> {
        let hour = full_hour(now);
        let fewest = Fewest { students: FEWEST_STUDENTS, entrants: FEWEST_ENTRANTS };
        self.vault.write(move |tx| maraton::count_pace(tx, hour, fewest)).await?;
        Ok(hour)
    }
}

/// The last full hour, as clocks show it wherever they differ from UTC by whole hours.
pub(crate) const fn full_hour(now: Millis) -> Millis {
    Millis(now.0 - now.0.rem_euclid(HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_full_when_it_is_over() {
        assert_eq!(full_hour(Millis(HOUR)), Millis(HOUR));
        assert_eq!(full_hour(Millis(2 * HOUR - 1)), Millis(HOUR));
        assert_eq!(full_hour(Millis(-1)), Millis(-HOUR));
    }
}
