//! When it is asked whether somebody's data are to stay. Nobody is forgotten unasked, and between two questions lies as
//! long as the rule has between them, also where a server comes late.

use jiff::{ToSpan, civil::Date};

/// The number of the question that is to be asked today, the first is 1; nothing if none is.
///
/// `planned` are the rule's days, `sent` those on which it was asked.
#[must_use]
pub(super) fn next(planned: &[Date], sent: &[Date], today: Date) -> Option<usize> {
    let at = sent.len();
    let day = *planned.get(at)?;
    let earliest = match (at.checked_sub(1).and_then(|before| planned.get(before)), sent.last()) {
        (Some(planned_before), Some(sent_before)) => day.max(later(*sent_before, *planned_before, day)),
        _ => day,
    };
    (today >= earliest).then_some(at + 1)
}

/// Whether everything was asked, so long ago that somebody could have come back.
#[must_use]
pub(super) fn were_sent(planned: &[Date], sent: &[Date], on: Date, today: Date) -> bool {
    match (planned.last(), sent.last()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(planned_last), Some(sent_last)) => {
            sent.len() >= planned.len() && today > later(*sent_last, *planned_last, on)
        }
    }
}

/// As long after `sent` as `next` is after `planned`.
fn later(sent: Date, planned: Date, next: Date) -> Date {
    let days = (next - planned).get_days();
    sent.checked_add(days.max(0).days()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const PLANNED: [Date; 3] = [date(2026, 5, 2), date(2026, 11, 2), date(2027, 4, 2)];
    const ON: Date = date(2027, 5, 2);

    #[test]
    fn each_is_asked_on_its_day() {
        assert_eq!(next(&PLANNED, &[], date(2026, 5, 1)), None);
        assert_eq!(next(&PLANNED, &[], PLANNED[0]), Some(1));
        assert_eq!(next(&PLANNED, &PLANNED[..1], PLANNED[1]), Some(2));
        assert_eq!(next(&PLANNED, &PLANNED, ON), None);
        assert!(!were_sent(&PLANNED, &PLANNED, ON, ON), "the last day is not over");
        assert!(were_sent(&PLANNED, &PLANNED, ON, date(2027, 5, 3)));
        assert!(!were_sent(&PLANNED, &PLANNED[..2], ON, date(2029, 1, 1)));
        assert!(were_sent(&[], &[], ON, ON), "a rule that asks nobody");
    }

    #[test]
    fn a_server_that_comes_late_asks_all_the_same() {
        let late = date(2030, 1, 1);
        assert_eq!(next(&PLANNED, &[], late), Some(1));
        assert_eq!(next(&PLANNED, &[late], late), None, "not twice in a night");
        assert_eq!(next(&PLANNED, &[late], date(2030, 7, 4)), Some(2));
        assert!(!were_sent(&PLANNED, &[late; 3], ON, date(2030, 1, 31)));
        assert!(were_sent(&PLANNED, &[late; 3], ON, date(2030, 2, 1)));
    }

    proptest! {
        /// However seldom the server runs, all are asked before anybody is forgotten, and as far apart as the rule has it.
        #[test]
        fn nobody_is_forgotten_unasked(nights in prop::collection::btree_set(0_i32..3_000, 1..60)) {
            let mut sent: Vec<Date> = Vec::new();
            for night in nights {
                let today = date(2026, 1, 1).checked_add(night.days()).unwrap();
                if were_sent(&PLANNED, &sent, ON, today) {
                    prop_assert_eq!(sent.len(), 3);
                    prop_assert!((today - sent[2]).get_days() > 30);
                    break;
                }
                sent.extend(next(&PLANNED, &sent, today).map(|_| today));
            }
            for (two, planned) in sent.windows(2).zip(PLANNED.windows(2)) {
                prop_assert!((two[1] - two[0]).get_days() >= (planned[1] - planned[0]).get_days());
            }
        }
    }
}
