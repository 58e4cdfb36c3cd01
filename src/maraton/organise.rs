//! An organiser makes events, changes them and sees how they go. What is counted is as it was when the event began; its name
//! and its words can be changed at any time.

use std::sync::Arc;

use vault::{
    EventId, Me, Millis, access,
    rows::maraton::{self, Course, Event, OpenTo, Pace},
    rows::people,
};

use super::{
    MaratonError, Plan, PlanFault, Standings,
    class::has_qualified,
    plan::{check_days, counted, event_of, plan_of, tidy},
    share::{self, Offered},
};
use crate::app::App;

/// Milliseconds for which the pace is shown: a day and a night.
const PACE_FOR: i64 = 24 * 3_600_000;

/// An event as its organiser sees it.
pub struct Organised {
    pub event: Event,
    pub courses: Vec<Course>,
    pub plan: Plan,
    pub stage: Stage,
    /// It is an event of one's own; else another's, in which one takes part.
    pub is_own: bool,
    /// The names of the others that take part in an event of one's own.
    pub guests: Vec<String>,
    /// Its host shows it to everybody.
    pub has_page: bool,
}

impl Organised {
    /// What others type to take part, if it is open to those who have it.
    #[must_use]
    pub fn invitation(&self) -> Option<&str> {
        (self.is_own && self.plan.open_to == OpenTo::Invited).then_some(&self.event.invitation)
    }
}

/// The events of an organiser.
pub struct Organiser {
    /// The one that opens last first.
    pub events: Vec<Organised>,
    /// Of the event that opened last; none if none has.
    pub latest: Option<Latest>,
    /// Events of others that one may take part in, the next first.
    pub offers: Vec<Offered>,
}

/// How the event that opened last goes.
pub struct Latest {
    pub event: EventId,
    pub standings: Standings,
    /// Distances that wait for their teachers, in all schools together.
    pub waiting: i64,
    /// Its last hours, the first first: what the schools that are shown have done in each.
    pub pace: Vec<Pace>,
    /// Classes that have qualified.
    pub qualified: usize,
}

/// How far an event has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Planned,
    Open,
    Closed,
}

impl Stage {
    pub(super) fn of(event: &Event, now: Millis) -> Self {
        if now < event.opens_at {
            Self::Planned
        } else if now < event.closes_at {
            Self::Open
        } else {
            Self::Closed
        }
    }
}

/// The events of the controller that I organise, and how the latest goes.
///
/// # Errors
/// Not found for who is no organiser.
pub async fn organised(app: &App, me: &Me) -> Result<Organiser, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let zone = people::profile(tx, &me, now)?.time_zone;
            let mut events = Vec::new();
            for event in maraton::events(tx, &sight)? {
                let courses = maraton::courses(tx, &sight.event(), event.id)?;
                let is_own = event.is_own();
                let guests = if is_own { maraton::taking_part(tx, &sight, event.id)? } else { Vec::new() };
                let has_page = maraton::has_page(tx, &sight, event.id)?;
                let (plan, stage) = (plan_of(&event, &courses, &zone), Stage::of(&event, now));
                events.push(Organised { plan, stage, is_own, guests, has_page, courses, event });
            }
            let latest = match maraton::latest_event(tx, &sight.event(), now)? {
                Some(event) => Some(Latest {
                    standings: Standings::of(maraton::standings(tx, &sight.event(), event.id)?, &[]),
                    waiting: maraton::number_waiting(tx, &sight, event.id)?,
                    pace: maraton::pace(tx, &sight, event.id, Millis(now.0 - PACE_FOR))?,
                    qualified: maraton::qualified(tx, &sight, &event, now, has_qualified)?,
                    event: event.id,
                }),
                None => None,
            };
            let offers = share::offers(tx, &sight, &zone, now)?;
            Ok::<_, MaratonError>(Organiser { events, latest, offers })
        })
        .await
}

/// Makes an event, once for each id. False if it was made before.
///
/// # Errors
/// Not found for who is no organiser; why the plan cannot be run.
pub async fn make_event(app: &App, me: &Me, id: EventId, plan: Plan) -> Result<bool, MaratonError> {
    let (plan, invitation) = (tidy(plan), share::invitation(app));
    let (me, bank, now) = (*me, Arc::clone(&app.bank), app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let zone = people::profile(tx, &me, now)?.time_zone;
            let others = maraton::events(tx, &sight)?;
            if others.iter().any(|other| other.id == id) {
                return Ok(false);
            }
            let (event, courses) = event_of(&plan, &bank, &me, id, &zone)?;
            check_days(&event, &others, now, &zone)?;
            let event = Event { invitation: invitation.clone(), ..event };
            Ok::<_, MaratonError>(maraton::make_event(tx, &sight, &event, &courses, now)?)
        })
        .await
}

/// Changes an event: everything before it begins, afterwards its name and what is said of it.
///
/// # Errors
/// Not found; why the plan cannot be run.
pub async fn change_event(app: &App, me: &Me, id: EventId, plan: Plan) -> Result<(), MaratonError> {
    let plan = tidy(plan);
    let (me, bank, now) = (*me, Arc::clone(&app.bank), app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let zone = people::profile(tx, &me, now)?.time_zone;
            let mut others = maraton::events(tx, &sight)?;
            let is_it = |other: &Event| other.id == id && other.is_own();
            let at = others.iter().position(is_it).ok_or(MaratonError::NotFound)?;
            let before = others.remove(at);
            let (event, courses) = event_of(&plan, &bank, &me, id, &zone)?;
            if Stage::of(&before, now) == Stage::Planned {
                check_days(&event, &others, now, &zone)?;
                if maraton::meets_another(tx, &sight, &event)? {
                    return Err(PlanFault::Overlap.into());
                }
                maraton::change_event(tx, &sight, &event, Some(&courses), now)?;
                return Ok::<_, MaratonError>(());
            }
            let was = plan_of(&before, &maraton::courses(tx, &sight.event(), id)?, &zone);
            if counted(&plan) != counted(&was) {
                return Err(PlanFault::Begun.into());
            }
            // The days are the same; the moments are those of before, whatever time of day it began at.
            let event = Event { opens_at: before.opens_at, closes_at: before.closes_at, ..event };
            maraton::change_event(tx, &sight, &event, None, now)?;
            Ok(())
        })
        .await
}

/// Takes an event back that has not begun.
///
/// # Errors
/// Not found; [`PlanFault::Begun`].
pub async fn drop_event(app: &App, me: &Me, id: EventId) -> Result<(), MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let events = maraton::events(tx, &sight)?;
            let is_it = |event: &&Event| event.id == id && event.is_own();
            let event = events.iter().find(is_it).ok_or(MaratonError::NotFound)?;
            if Stage::of(event, now) != Stage::Planned || !maraton::drop_event(tx, &sight, id, now)? {
                return Err(PlanFault::Begun.into());
            }
            Ok::<_, MaratonError>(())
        })
        .await
}

/// The latest event's name and how its schools stand, for a file. None if there was no event.
///
/// # Errors
/// Not found for who has no role in an event.
pub async fn standings(app: &App, me: &Me) -> Result<Option<(Event, Standings)>, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::event(tx, &me, now)?;
            let Some(event) = maraton::latest_event(tx, &sight, now)? else { return Ok(None) };
            let standings = Standings::of(maraton::standings(tx, &sight, event.id)?, &[]);
            Ok::<_, MaratonError>(Some((event, standings)))
        })
        .await
}
