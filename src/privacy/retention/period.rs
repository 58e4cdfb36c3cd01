//! Stretches of time as rules have them.

use std::{fmt, str::FromStr};

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

/// A stretch of the civil calendar in ISO 8601, `P18M`, `P30D`, `P1Y6M`; or of hours, `PT24H`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    span: Span,
    written: String,
}

impl Period {
    /// The last day of the stretch that begins on `day`. Where the last month is too short for the day, its own last day:
    /// 31 August and 18 months make 28 or 29 February. Hours count as the day on which they are over. `None` beyond the
    /// year 9999.
    #[must_use]
    pub fn after(&self, day: Date) -> Option<Date> {
        let days = self.span.get_hours().div_euclid(24) + i32::from(self.span.get_hours() % 24 > 0);
        let calendar = Span::new()
            .try_years(self.span.get_years())
            .and_then(|span| span.try_months(self.span.get_months()))
            .and_then(|span| span.try_weeks(self.span.get_weeks()))
            .and_then(|span| span.try_days(self.span.get_days()));
        let day = day.checked_add(calendar.ok()?).ok()?;
        day.checked_add(Span::new().try_days(days).ok()?).ok()
    }

    /// Whether it is over no later than another, from whatever day both begin.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        // Months are of different lengths, so that only days tell: from the first of every month of four years, and from
        // the last.
        let starts = (2023..2027).flat_map(|year| (1..=12).filter_map(move |month| Date::new(year, month, 1).ok()));
        starts.flat_map(|first| [first, first.last_of_month()]).all(|start| {
            match (self.after(start), other.after(start)) {
                (Some(mine), Some(theirs)) => mine <= theirs,
                (None, theirs) => theirs.is_none(),
                (Some(_), None) => true,
            }
        })
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let refused = |why: &str| format!("«{written}» {why}; write a period such as P18M, P30D, P2Y or PT24H");
        let span: Span = written.parse().map_err(|_| refused("is no period"))?;
        if !written.starts_with('P') {
            return Err(refused("is no period"));
        }
        if span.is_negative() {
            return Err(refused("goes backwards"));
        }
        let finer = [span.get_minutes(), span.get_seconds(), span.get_milliseconds(), span.get_microseconds()];
        if finer.iter().any(|part| *part > 0) || span.get_nanoseconds() > 0 {
            return Err(refused("is finer than hours"));
        }
        Ok(Self { span, written: written.to_owned() })
    }
}

impl TryFrom<String> for Period {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.written
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

impl PartialEq for Period {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;

    fn after(written: &str, day: Date) -> Date {
        written.parse::<Period>().expect("a period").after(day).expect("a day")
    }

    #[test]
    fn months_end_where_a_month_ends() {
        for (period, from, to) in [
            ("P18M", date(2025, 8, 31), date(2027, 2, 28)),
            ("P18M", date(2026, 8, 31), date(2028, 2, 29)),
            ("P18M", date(2026, 5, 15), date(2027, 11, 15)),
            ("P1Y", date(2024, 2, 29), date(2025, 2, 28)),
            ("P4Y", date(2024, 2, 29), date(2028, 2, 29)),
            ("P0D", date(2026, 11, 27), date(2026, 11, 27)),
            ("P30D", date(2026, 1, 31), date(2026, 3, 2)),
            ("PT24H", date(2026, 3, 28), date(2026, 3, 29)),
            ("PT25H", date(2026, 3, 28), date(2026, 3, 30)),
            ("P1Y6M", date(2025, 8, 31), date(2027, 2, 28)),
        ] {
            assert_eq!(after(period, from), to, "{period} from {from}");
        }
    }

    #[test]
    fn what_is_no_period_is_refused_with_what_to_write() {
        for written in ["", "18M", "P", "P18", "-P1D", "P-1D", "PT5M", "eighteen months", "P1.5Y", "p18m"] {
            let error = written.parse::<Period>().err().unwrap_or_default();
            assert!(error.contains("P18M"), "{written}: {error}");
        }
    }

    #[test]
    fn a_shorter_period_is_within_a_longer_one() {
        let within = |a: &str, b: &str| a.parse::<Period>().unwrap().is_within(&b.parse().unwrap());
        assert!(within("P12M", "P18M") && within("P1Y6M", "P18M") && within("P18M", "P1Y6M") && within("P0D", "P0D"));
        assert!(within("P28D", "P1M") && !within("P30D", "P1M") && !within("P1M", "P30D") && within("PT24H", "P1D"));
        assert!(!within("P19M", "P18M") && !within("P550D", "P18M"));
    }

    proptest! {
        /// The calendar by hand: the month is `months` further, and the day is the same or the last one there is.
        #[test]
        fn months_are_counted_as_people_count_them(
            (year, month, day) in (1970_i16..2100, 1_i8..=12, 1_i8..=31), months in 0_i32..=240,
        ) {
            let Ok(from) = Date::new(year, month, day) else { return Ok(()) };
            let to = after(&format!("P{months}M"), from);
            let count = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 + months;
            prop_assert_eq!((i32::from(to.year()), i32::from(to.month())), (count.div_euclid(12), count.rem_euclid(12) + 1));
            prop_assert_eq!(to.day(), from.day().min(to.days_in_month()));
        }

        /// Who begins later is never done earlier.
        #[test]
        fn later_is_never_earlier(days in 0_i32..20_000, later in 0_i32..400, period in "P([0-9]|[1-3][0-9])[YMD]") {
            let first = date(1990, 1, 1).checked_add(days.days()).expect("a day");
            let second = first.checked_add(later.days()).expect("a day");
            prop_assert!(after(&period, first) <= after(&period, second));
            prop_assert!(after(&period, first) >= first);
        }

        #[test]
        fn nothing_makes_it_panic(written in "\\PC{0,12}", day in 0_i32..2_900_000) {
            if let Ok(period) = written.parse::<Period>() {
                let day = date(1970, 1, 1).checked_add(day.days()).expect("a day");
                let _ = (period.after(day), period.is_within(&period));
            }
        }
    }
}
