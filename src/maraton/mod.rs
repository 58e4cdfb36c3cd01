//! MatteMaraton: report a distance, approve it, see how the schools stand.

use jiff::civil::Date;
use vault::{
    DistanceId, Fault, IdempotencyKey, Me, Refusal, access,
    rows::maraton::{self, Decision, Distance, Event, NewDistance, Standing},
    rows::people,
};

use crate::app::App;

/// A distance longer than this is taken for a slip of the finger.
pub const LONGEST_METRES: i32 = 200_000;

/// Why an act of the MatteMaraton was not done.
#[derive(Debug, thiserror::Error)]
pub enum MaratonError {
    /// It does not exist, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// No event is open now.
    #[error("no event is open")]
    NoEvent,
    /// Kilometres such as 3,2; more than 0 and at most 200.
    #[error("the distance cannot be read")]
    Distance,
    /// Whole minutes, 1 to 1440.
    #[error("the minutes cannot be read")]
    Minutes,
    /// A day of the event, not one to come.
    #[error("the day cannot be used")]
    Day,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for MaratonError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The open event as the one who is signed in sees it.
pub struct Maraton {
    pub event: Event,
    pub standings: Vec<Standing>,
    /// A student's own distances, newest first.
    pub own: Vec<Distance>,
    /// What waits for a teacher's approval, group by group.
    pub waiting: Vec<(people::NamedGroup, Vec<(Distance, String)>)>,
}

/// The event that is open now; nothing if none is.
///
/// # Errors
/// No answer from the vault.
pub async fn maraton(app: &App, me: &Me) -> Result<Option<Maraton>, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let Some(event) = maraton::open_event(tx, &me, now)? else { return Ok(None) };
            let standings = maraton::standings(tx, &me, event.id)?;
            let own = maraton::distances_of(tx, &me.own(), event.id)?;
            let mut waiting = Vec::new();
            for sight in access::taught(tx, &me, now)? {
                let rows = maraton::waiting_in(tx, &sight, event.id, now)?;
                waiting.push((people::group_named(tx, &sight, now)?, rows));
            }
            waiting.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
            Ok::<_, MaratonError>(Some(Maraton { event, standings, own, waiting }))
        })
        .await
}

/// What a student fills in, as typed.
pub struct Report<'a> {
    pub kilometres: &'a str,
    /// May be empty.
    pub minutes: &'a str,
    /// ISO date; empty means today.
    pub day: &'a str,
    pub key: IdempotencyKey,
}

/// Stores a distance of one's own, once for each key. It waits for a teacher.
///
/// # Errors
/// No open event, no student, or something that cannot be read.
pub async fn report(app: &App, me: &Me, typed: Report<'_>) -> Result<(), MaratonError> {
    let metres = read_kilometres(typed.kilometres).ok_or(MaratonError::Distance)?;
    let seconds = match typed.minutes.trim() {
        "" => None,
        minutes => match minutes.parse::<i32>() {
            Ok(minutes @ 1..=1440) => Some(minutes * 60),
            _ => return Err(MaratonError::Minutes),
        },
    };
    let (who, now) = (*me, app.clock.now());
    let day = typed.day.trim().to_owned();
    let (id, key) = (app.chance.draw(DistanceId::random), typed.key);
    app.vault
        .write(move |tx| {
            let event = maraton::open_event(tx, &who, now)?.ok_or(MaratonError::NoEvent)?;
            let profile = people::profile(tx, &who, now)?;
            let school = profile.student_school().ok_or(MaratonError::NotFound)?;
            let travelled_on = day_of_event(&day, &event, &profile.time_zone, now)?;
            let new = NewDistance { id, key, event: event.id, school, metres, seconds, travelled_on, reported_at: now };
            maraton::report(tx, &who.own(), &new)?;
            Ok::<_, MaratonError>(())
        })
        .await
}

fn day_of_event(
    typed: &str,
    event: &Event,
    time_zone: &str,
    now: vault::Millis,
) -> Result<String, MaratonError> {
    let local = |at: vault::Millis| crate::calendar::day(at, time_zone);
    let today = local(now);
    let day: Date = if typed.is_empty() { today } else { typed.parse().map_err(|_| MaratonError::Day)? };
    if day > today || day < local(event.opens_at) { Err(MaratonError::Day) } else { Ok(day.to_string()) }
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

/// Approves a distance of a student whom I teach now, or gives it back. False if it was decided before.
///
/// # Errors
/// Somebody else's student is not found, and one's own distance is somebody else's to approve.
pub async fn decide(app: &App, me: &Me, id: DistanceId, decision: Decision) -> Result<bool, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let traveller = maraton::traveller(tx, &me, id)?;
            if traveller == me.person() {
                return Err(MaratonError::NotFound);
            }
            let student = access::student(tx, &me, traveller, now)?;
            Ok(maraton::decide(tx, &me, &student, id, decision, now)?)
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::read_kilometres;

    #[test]
    fn kilometres_are_read_with_comma_and_with_point() {
        for (typed, metres) in [("3,2", 3200), ("3.2", 3200), ("42,195", 42195), ("0,5 km", 500), ("7", 7000), (",5", 500)] {
            assert_eq!(read_kilometres(typed), Some(metres), "{typed}");
        }
    }

    #[test]
    fn what_is_no_distance_is_not_guessed() {
        for typed in ["", "0", "-3", "tre", "3,2,1", "201", "9999999999", "3e2", ",", "km"] {
            assert_eq!(read_kilometres(typed), None, "{typed}");
        }
    }
}
