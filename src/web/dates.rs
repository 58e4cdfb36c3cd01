//! Days and times of day in words.

use jiff::civil::Date;
use vault::Millis;

use super::speech::Language;
use crate::calendar;

/// «tisdag 25 november»; with the year when it is not that of `today`.
#[must_use]
pub fn day(language: Language, date: Date, today: Date) -> String {
    let weekday = language.t(&format!("weekday-{}", date.weekday().to_monday_one_offset()));
    let month = language.t(&format!("month-{}", date.month()));
    let key = if date.year() == today.year() { "day-of-this-year" } else { "day-of-a-year" };
    language.with(
        key,
        [("weekday", weekday), ("day", date.day().to_string()), ("month", month), ("year", date.year().to_string())],
    )
}

/// «10:42».
#[must_use]
pub fn time(at: Millis, time_zone: &str) -> String {
    let local = calendar::local(at, time_zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// «idag 10:42», «tisdag 25 november 10:42».
#[must_use]
pub fn moment(language: Language, at: Millis, now: Millis, time_zone: &str) -> String {
    let (date, today) = (calendar::day(at, time_zone), calendar::day(now, time_zone));
    let day = if date == today { language.t("day-today") } else { day(language, date, today) };
    format!("{day} {}", time(at, time_zone))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_named_as_people_name_them() {
        let today = date(2025, 11, 20);
        assert_eq!(day(Language::Swedish, date(2025, 11, 25), today), "tisdag 25 november");
        assert_eq!(day(Language::Swedish, date(2027, 5, 20), today), "torsdag 20 maj 2027");
        assert_eq!(day(Language::English, date(2025, 11, 25), today), "Tuesday 25 November");
    }

    #[test]
    fn a_moment_is_told_in_the_given_time_zone() {
        let at = Millis(1_764_063_720_000);
        assert_eq!(moment(Language::Swedish, at, at, "Europe/Stockholm"), "idag 10:42");
        assert_eq!(time(at, "Europe/Helsinki"), "11:42");
    }
}
