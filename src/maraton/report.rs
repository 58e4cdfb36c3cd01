//! A student reports how far or for how long. Never where.

use jiff::civil::Date;
use vault::{
    DistanceId, IdempotencyKey, Me, Millis, access,
    rows::maraton::{self, Distance, Event, NewDistance, Source, TakenBack},
    rows::people,
};

use super::MaratonError;
use crate::{app::App, calendar};

/// A distance longer than this is taken for a slip of the finger.
pub const LONGEST_METRES: i32 = 200_000;
/// Metres that a minute counts of what cannot be measured in distance, such as swimming or skipping: 3 km an hour.
const METRES_A_MINUTE: i32 = 50;

/// What a student fills in, as typed: kilometres, minutes, or both.
pub struct Report<'a> {
    /// Empty where it cannot be measured: then the minutes count.
    pub kilometres: &'a str,
    /// May be empty if there are kilometres.
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
    /// What was stored is what was sent now.
    pub is_same: bool,
}

/// How far, for how long, and how that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Counted {
    pub metres: i32,
    pub seconds: Option<i32>,
    pub source: Source,
}

/// On which day it was.
pub(super) struct When {
    /// ISO date, or empty.
    pub typed: String,
    /// When it began, which says the day where nothing is typed; without it that is today.
    pub began: Option<Millis>,
}

/// Stores a distance of one's own, once for each key. It waits for a teacher.
///
/// # Errors
/// No open event, no student, or something that cannot be read.
pub async fn report(app: &App, me: &Me, typed: Report<'_>) -> Result<Reported, MaratonError> {
    let counted = count(typed.kilometres, typed.minutes)?;
    store(app, me, typed.key, counted, When { typed: typed.day.trim().to_owned(), began: None }).await
}

/// Takes a distance of one's own back that still waits: it is deleted.
///
/// # Errors
/// What is somebody else's is not found, and what a teacher has decided about stays.
pub async fn take_back(app: &App, me: &Me, id: DistanceId) -> Result<(), MaratonError> {
    let own = me.own();
    match app.vault.write(move |tx| maraton::take_back(tx, &own, id)).await? {
        TakenBack::Gone => Ok(()),
        TakenBack::Decided => Err(MaratonError::Decided),
        TakenBack::Nothing => Err(MaratonError::NotFound),
    }
}

pub(super) async fn store(
    app: &App,
    me: &Me,
    key: IdempotencyKey,
    counted: Counted,
    when: When,
) -> Result<Reported, MaratonError> {
    let (who, now) = (*me, app.clock.now());
    let id = app.chance.draw(DistanceId::random);
    app.vault
        .write(move |tx| {
            let sight = access::event(tx, &who, now)?;
            let event = maraton::latest_event(tx, &sight, now)?.filter(|event| event.closes_at > now);
            let event = event.ok_or(MaratonError::NoEvent)?;
            let profile = people::profile(tx, &who, now)?;
            let school = profile.student_school().ok_or(MaratonError::NotFound)?;
            let travelled_on = day_of_event(&when, &event, &profile.time_zone, now)?;
            let Counted { metres, seconds, source } = counted;
            let is_day = |stored: &str| when.typed.is_empty() || stored == travelled_on;
            let new = NewDistance {
                id,
                key,
                event: event.id,
                school,
                metres,
                seconds,
                source,
                travelled_on: travelled_on.clone(),
                reported_at: now,
            };
            let own = who.own();
            let again = !maraton::report(tx, &own, &new)?;
            let distance = maraton::with_key(tx, &own, key)?;
            let stored = Counted { metres: distance.metres, seconds: distance.seconds, source: distance.source() };
            let is_same = stored == counted && is_day(&distance.travelled_on);
            Ok::<_, MaratonError>(Reported { distance, again, is_same })
        })
        .await
}

fn day_of_event(when: &When, event: &Event, time_zone: &str, now: Millis) -> Result<String, MaratonError> {
    let local = |at: Millis| calendar::day(at, time_zone);
    let today = local(now);
    let day: Date = match when.typed.as_str() {
        "" => when.began.map_or(today, local),
        typed => typed.parse().map_err(|_| MaratonError::Day)?,
    };
    if day > today || day < local(event.opens_at) { Err(MaratonError::Day) } else { Ok(day.to_string()) }
}

/// Reads kilometres and minutes; where there are only minutes, they are counted as kilometres.
fn count(kilometres: &str, minutes: &str) -> Result<Counted, MaratonError> {
    if kilometres.trim().is_empty() {
        let minutes = read_minutes(minutes)?.ok_or(MaratonError::Nothing)?;
        let (metres, seconds) = (metres_in(minutes), Some(minutes * 60));
        return Ok(Counted { metres, seconds, source: Source::Minutes });
    }
    let metres = read_kilometres(kilometres).ok_or(MaratonError::Distance)?;
    let seconds = read_minutes(minutes)?.map(|minutes| minutes * 60);
    Ok(Counted { metres, seconds, source: Source::Kilometres })
}

/// The metres that minutes count where nothing can be measured: 3 km an hour.
#[must_use]
pub const fn metres_in(minutes: i32) -> i32 {
    minutes * METRES_A_MINUTE
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_hour_on_the_trampoline_is_three_kilometres() {
        let counted = |kilometres, minutes| count(kilometres, minutes).ok().map(|all| (all.metres, all.source));
        assert_eq!(counted("", "60"), Some((3_000, Source::Minutes)));
        assert_eq!(counted(" ", " 90 "), Some((4_500, Source::Minutes)));
        assert_eq!(counted("", "1440"), Some((72_000, Source::Minutes)));
        assert_eq!(counted("3", "60"), Some((3_000, Source::Kilometres)), "what was measured is not counted anew");
        assert!(matches!(count("", ""), Err(MaratonError::Nothing)));
        assert!(matches!(count("tre", "en timme"), Err(MaratonError::Distance)));
        assert!(matches!(count("", "en timme"), Err(MaratonError::Minutes)));
    }

    proptest! {
        /// Exactly 3 km in 60 minutes, never more than a distance may have, and as long as was typed.
        #[test]
        fn minutes_alone_count_three_kilometres_an_hour(minutes in 1..=1440_i32) {
            let counted = count("", &minutes.to_string()).unwrap();
            prop_assert_eq!(counted.metres * 60, minutes * 3_000);
            prop_assert_eq!(counted.seconds, Some(minutes * 60));
            prop_assert!((1..=LONGEST_METRES).contains(&counted.metres));
        }

        /// Kilometres that were typed are never counted from the minutes beside them.
        #[test]
        fn kilometres_stand_as_typed(metres in 1..=LONGEST_METRES, minutes in proptest::option::of(1..=1440_i32)) {
            let kilometres = format!("{},{:03}", metres / 1000, metres % 1000);
            let counted = count(&kilometres, &minutes.map(|m| m.to_string()).unwrap_or_default()).unwrap();
            let all = Counted { metres, seconds: minutes.map(|m| m * 60), source: Source::Kilometres };
            prop_assert_eq!(counted, all);
        }
    }

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
