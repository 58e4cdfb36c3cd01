//! Blank tickets: so many that how many tickets are in a draw tells nothing of the schools that are folded.

use std::ops::RangeInclusive;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use vault::Ticket;

/// So many tickets more than finishers in the table at least; which of these, chance says.
const MORE: RangeInclusive<i64> = 5..=9;

/// The blank tickets of a draw with so many `tickets` of students, where the table shows so many finishers (`shown`): none
/// where there are five tickets more than that or above; else so many that there are five to nine more, each as likely
/// whatever the tickets are.
pub(super) fn blanks(tickets: usize, shown: i64, by_chance: [u8; 32]) -> Vec<Ticket> {
    let mut rng = ChaCha20Rng::from_seed(by_chance);
    let more = i64::try_from(tickets).unwrap_or(i64::MAX) - shown;
    let missing = if more < *MORE.start() { rng.random_range(MORE) - more } else { 0 };
    (0..missing).map(|_| Ticket::from_bytes(rng.random())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// How often there are so many tickets more than finishers in the table.
    fn seen(in_folded: usize) -> BTreeMap<usize, usize> {
        let mut seen = BTreeMap::new();
        for number in 0..=255 {
            let more = in_folded + blanks(40 + in_folded, 40, [number; 32]).len();
            *seen.entry(more).or_default() += 1;
        }
        seen
    }

    #[test]
    fn how_many_there_are_is_the_same_whoever_finished_in_folded_schools() {
        let none = seen(0);
        assert_eq!(none.keys().copied().collect::<Vec<_>>(), [5, 6, 7, 8, 9]);
        for some in 1..5 {
            assert_eq!(seen(some), none, "{some} in folded schools");
        }
    }

    #[test]
    fn five_or_more_need_no_blanks() {
        for some in 5..12 {
            assert_eq!(seen(some), [(some, 256)].into(), "{some} in folded schools");
        }
    }

    #[test]
    fn who_was_forgotten_is_in_the_table_and_has_no_ticket() {
        assert_eq!(blanks(37, 40, [1; 32]).len(), blanks(40, 40, [1; 32]).len() + 3);
    }
}
