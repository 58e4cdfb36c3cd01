//! Days and weeks in words, and the strip of minutes a day.

use jiff::{ToSpan, civil::Date};
use vault::Millis;

use super::{frame::Frame, speech::Language};
use crate::{calendar, practice::Entry};

/// A pause longer than this is not counted as practice.
const LONGEST_PAUSE: i64 = 5 * 60_000;

/// One day of the strip.
pub struct DayShown {
    /// Two letters.
    pub short: String,
    pub minutes: i64,
    pub is_to_come: bool,
    /// Height of the bar, 0 to 60.
    pub height: i64,
}

/// Monday to Sunday of the week in which `now` lies.
#[must_use]
pub fn this_week(entries: &[Entry], now: Millis, time_zone: &str, language: Language) -> Vec<DayShown> {
    let today = calendar::day(now, time_zone);
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let practised: Vec<(Date, i64)> = entries.iter().flat_map(|entry| practised(entry, time_zone)).collect();
    let week: Vec<(Date, i64)> = (0..7_i64)
        .map(|offset| {
            let day = monday.saturating_add(offset.days());
            let milliseconds: i64 = practised.iter().filter(|(on, _)| *on == day).map(|(_, for_)| for_).sum();
            (day, (milliseconds + 59_999) / 60_000)
        })
        .collect();
    let most = week.iter().map(|(_, minutes)| *minutes).max().unwrap_or_default().max(15);
    week.into_iter()
        .map(|(day, minutes)| DayShown {
            short: language.t(&format!("day-short-{}", day.weekday().to_monday_zero_offset())),
            minutes,
            is_to_come: day > today,
            height: if minutes == 0 { 0 } else { (minutes * 60 / most).max(4) },
        })
        .collect()
}

/// The time between lines that follow each other, by the day of the later one.
fn practised(entry: &Entry, time_zone: &str) -> Vec<(Date, i64)> {
    let mut before = entry.calculation.opened_at;
    entry
        .lines
        .iter()
        .map(|line| {
            let passed = line.at.since(before).min(LONGEST_PAUSE);
            before = line.at;
            (calendar::day(line.at, time_zone), passed)
        })
        .collect()
}

/// A day as one says it: «idag», «igår», «imorgon», otherwise «tisdag 25 november», and with the year when it is not this
/// one.
#[must_use]
pub fn long(day: Date, today: Date, language: Language) -> String {
    if day == today {
        return language.t("day-today");
    }
    if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
        return language.t("day-yesterday");
    }
    if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
        return language.t("day-tomorrow");
    }
    language.with(
        if day.year() == today.year() { "day-long" } else { "day-long-of-year" },
        [
            ("weekday", language.t(&format!("weekday-{}", day.weekday().to_monday_zero_offset()))),
            ("day", day.day().to_string()),
            ("month", language.t(&format!("month-{}", day.month()))),
            ("year", day.year().to_string()),
        ],
    )
}

/// A day as it is printed, to be read whenever: «2 oktober 2027».
#[must_use]
pub fn printed(day: Date, language: Language) -> String {
    let month = language.t(&format!("month-{}", day.month()));
    language.with("day-printed", [("day", day.day().to_string()), ("month", month), ("year", day.year().to_string())])
}

/// A day as short as it can be said: «idag», «igår», otherwise «25 nov».
#[must_use]
pub fn short(day: Date, today: Date, language: Language) -> String {
    if day >= today.saturating_sub(1.day()) && day <= today {
        return long(day, today, language);
    }
    let month = language.t(&format!("month-short-{}", day.month()));
    language.with("day-short", [("day", day.day().to_string()), ("month", month)])
}

/// A day that was written down as an ISO date, as one says it in the frame's language and time zone.
#[must_use]
pub fn written(day: &str, now: Millis, frame: &Frame) -> String {
    let today = calendar::day(now, &frame.time_zone);
    day.parse().map_or_else(|_| day.to_owned(), |day| long(day, today, frame.language))
}

/// A time of day, «10:42».
#[must_use]
pub fn clock(at: Millis, time_zone: &str) -> String {
    let local = calendar::local(at, time_zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// A moment: the day and the time.
#[must_use]
pub fn moment(at: Millis, now: Millis, time_zone: &str, language: Language) -> String {
    let day = long(calendar::day(at, time_zone), calendar::day(now, time_zone), language);
    language.with("day-and-time", [("day", day), ("time", clock(at, time_zone))])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_short_day_is_its_number_and_month() {
        let today = date(2026, 11, 24);
        assert_eq!(short(today, today, Language::Swedish), "idag");
        assert_eq!(short(date(2026, 11, 23), today, Language::Swedish), "igår");
        assert_eq!(short(date(2026, 11, 18), today, Language::Swedish), "18 nov");
        assert_eq!(short(date(2026, 3, 1), today, Language::English), "1 Mar");
    }

    #[test]
    fn a_day_is_said_as_people_say_it() {
        let today = date(2026, 11, 24);
        assert_eq!(long(today, today, Language::Swedish), "idag");
        assert_eq!(long(date(2026, 11, 23), today, Language::Swedish), "igår");
        assert_eq!(long(date(2026, 12, 1), today, Language::Swedish), "tisdag 1 december");
        assert_eq!(long(date(2026, 12, 1), today, Language::English), "Tuesday 1 December");
        assert_eq!(long(date(2027, 5, 20), today, Language::Swedish), "torsdag 20 maj 2027");
    }
}
