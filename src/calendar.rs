//! Days and times of day as people read them, in the controller's time zone.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use vault::Millis;

/// The zone by its IANA name; UTC if it is unknown.
fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The day on which a moment lies.
#[must_use]
pub fn day(at: Millis, time_zone: &str) -> Date {
    local(at, time_zone).date()
}

/// The local date and time of a moment.
#[must_use]
pub fn local(at: Millis, time_zone: &str) -> DateTime {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone(time_zone)).datetime()
}

/// The last moment of a day: just before the next one begins.
#[must_use]
pub fn end_of(day: Date, time_zone: &str) -> Option<Millis> {
    let next = day.tomorrow().ok()?.to_datetime(Time::midnight()).to_zoned(zone(time_zone)).ok()?;
    Some(Millis(next.timestamp().as_millisecond() - 1))
}

/// The first moment of a day.
#[must_use]
pub fn start_of(day: Date, time_zone: &str) -> Option<Millis> {
    let start = day.to_datetime(Time::midnight()).to_zoned(zone(time_zone)).ok()?;
    Some(Millis(start.timestamp().as_millisecond()))
}

/// The moment at which clocks on the wall show this; one that the change to summer time leaves out counts an hour later.
#[must_use]
pub fn moment(at: DateTime, time_zone: &str) -> Option<Millis> {
    let zoned = at.to_zoned(zone(time_zone)).ok()?;
    Some(Millis(zoned.timestamp().as_millisecond()))
}
