//! A student reports how far, and perhaps for how long. Never where.

use jiff::civil::Date;
use vault::{
    DistanceId, IdempotencyKey, Me, Millis, access,
    rows::maraton::{self, Distance, Event, NewDistance},
    rows::people,
};

use super::MaratonError;
use crate::{app::App, calendar};

/// A distance longer than this is taken for a slip of the finger.
pub const LONGEST_METRES: i32 = 200_000;

/// What a student fills in, as typed.
pub struct Report<'a> {
    pub kilometres: &'a str,
    /// May be empty.
    pub minutes: &'a str,
    /// ISO date; empty means today.
    pub day: &'a str,
    pub key: IdempotencyKey,
}

/// A distance as it was stored.
pub struct Reported {
    pub distance: Distance,
    /// The same key was stored before; this is what came with it then.
    pub again: bool,
}

/// Stores a distance of one's own, once for each key. It waits for a teacher.
///
/// # Errors
/// No open event, no student, or something that cannot be read.
pub async fn report(app: &App, me: &Me, typed: Report<'_>) -> Result<Reported, MaratonError> {
    let metres = read_kilometres(typed.kilometres).ok_or(MaratonError::Distance)?;
    let seconds = read_minutes(typed.minutes)?.map(|minutes| minutes * 60);
    let (who, now) = (*me, app.clock.now());
    let day = typed.day.trim().to_owned();
    let (id, key) = (app.chance.draw(DistanceId::random), typed.key);
    app.vault
        .write(move |tx| {
            let sight = access::event(tx, &who, now)?;
            let event = maraton::latest_event(tx, &sight, now)?.filter(|event| event.closes_at > now);
            let event = event.ok_or(MaratonError::NoEvent)?;
            let profile = people::profile(tx, &who, now)?;
            let school = profile.student_school().ok_or(MaratonError::NotFound)?;
            let travelled_on = day_of_event(&day, &event, &profile.time_zone, now)?;
            let new = NewDistance { id, key, event: event.id, school, metres, seconds, travelled_on, reported_at: now };
            let own = who.own();
            let again = !maraton::report(tx, &own, &new)?;
            Ok::<_, MaratonError>(Reported { distance: maraton::with_key(tx, &own, key)?, again })
        })
        .await
}

fn day_of_event(typed: &str, event: &Event, time_zone: &str, now: Millis) -> Result<String, MaratonError> {
    let local = |at: Millis| calendar::day(at, time_zone);
    let today = local(now);
    let day: Date = if typed.is_empty() { today } else { typed.parse().map_err(|_| MaratonError::Day)? };
    if day > today || day < local(event.opens_at) { Err(MaratonError::Day) } else { Ok(day.to_string()) }
}

/// Whole minutes, at most a day; nothing typed is none.
///
/// # Errors
/// [`MaratonError::Minutes`] if something else was typed.
pub fn read_minutes(typed: &str) -> Result<Option<i32>, MaratonError> {
    match typed.trim() {
        "" => Ok(None),
        minutes => match minutes.parse() {
            Ok(minutes @ 1..=1440) => Ok(Some(minutes)),
            _ => Err(MaratonError::Minutes),
        },
    }
}

/// Kilometres with decimal comma or point as whole metres: more than 0, at most [`LONGEST_METRES`].
#[must_use]
pub fn read_kilometres(typed: &str) -> Option<i32> {
    let text = typed.trim().trim_end_matches("km").trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.len() > 4 || part.len() > 6 || (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) {
        return None;
    }
    let kilometres: i32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let metres: i32 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    let all = kilometres * 1000 + metres;
    (1..=LONGEST_METRES).contains(&all).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilometres_are_read_with_comma_and_with_point() {
        for (typed, metres) in
            [("3,2", 3200), ("3.2", 3200), ("42,195", 42195), ("0,5 km", 500), ("7", 7000), (",5", 500)]
        {
            assert_eq!(read_kilometres(typed), Some(metres), "{typed}");
        }
    }

    #[test]
    fn what_is_no_distance_is_not_guessed() {
        for typed in ["", "0", "-3", "tre", "3,2,1", "201", "9999999999", "3e2", ",", "km"] {
            assert_eq!(read_kilometres(typed), None, "{typed}");
        }
    }

    #[test]
    fn minutes_are_whole_and_fewer_than_a_day_has() {
        assert!(matches!(read_minutes(" 25 "), Ok(Some(25))));
        assert!(matches!(read_minutes(""), Ok(None)));
        for typed in ["0", "1441", "2,5", "-4", "en", "9999999999"] {
            assert!(matches!(read_minutes(typed), Err(MaratonError::Minutes)), "{typed}");
        }
    }
}
