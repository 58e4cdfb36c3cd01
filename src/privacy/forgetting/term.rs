//! Half-years: spring is January to July, autumn August to December, in UTC.

use jiff::civil::{Date, date};
use vault::{Millis, rows::statistics::Term};

use crate::calendar;

const UTC: &str = "UTC";

/// The term in which a moment lies.
#[must_use]
pub fn of(at: Millis) -> Term {
    let day = calendar::day(at, UTC);
    named(day.year(), day.month() < 8)
}

/// The one after it.
#[must_use]
pub fn after(term: &Term) -> Term {
    of(term.to)
}

/// The one before it.
#[must_use]
pub fn before(term: &Term) -> Term {
    of(term.from.plus(-1))
}

/// The term with this name, `2026-spring`.
#[must_use]
pub fn with_name(name: &str) -> Option<Term> {
    let (year, half) = name.split_once('-')?;
    let term = named(year.parse().ok().filter(|year| (1..9_999).contains(year))?, half == "spring");
    (term.name == name).then_some(term)
}

fn named(year: i16, is_spring: bool) -> Term {
    let (name, from, to) = if is_spring {
        (format!("{year}-spring"), date(year, 1, 1), date(year, 8, 1))
    } else {
        (format!("{year}-autumn"), date(year, 8, 1), date(year.saturating_add(1), 1, 1))
    };
    let start = |day: Date| calendar::start_of(day, UTC).unwrap_or(Millis(0));
    Term { name, from: start(from), to: start(to) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_term_is_known_by_its_name() {
        for name in ["2026-spring", "2026-autumn", "1971-spring"] {
            assert_eq!(with_name(name).map(|term| term.name).as_deref(), Some(name));
        }
        for name in ["", "2026", "2026-winter", "x-spring", "99999-spring"] {
            assert!(with_name(name).is_none(), "{name}");
        }
    }

    proptest! {
        /// Every moment lies in one term, and terms follow one another without a gap.
        #[test]
        fn terms_follow_one_another(at in 0_i64..4_000_000_000_000) {
            let term = of(Millis(at));
            prop_assert!(term.from.0 <= at && at < term.to.0);
            let next = after(&term);
            prop_assert!(next.from == term.to);
            prop_assert!(before(&next) == term);
            prop_assert!(with_name(&term.name) == Some(term));
        }
    }
}
