//! The latest event as the one who is signed in sees it.

use std::sync::Arc;

use vault::{
    Me, Millis, Refusal, SchoolId, Tx, access,
    rows::maraton::{self, Draw, Event, Lot, Waiting, Won},
    rows::people,
};

use super::{Class, MaratonError, Offer, Standings, Way, class::classes, course::offers, way::ways};
use crate::{app::App, exercises::Bank};

/// The latest event: a student's own way, how far one has come, what waits for a teacher, how the schools stand.
pub struct Maraton {
    pub event: Event,
    pub standings: Standings,
    /// None for who is no student at a school.
    pub own: Option<Own>,
    /// How far oneself, one's groups and one's schools have come, as far as that may be shown.
    pub ways: Vec<Way>,
    /// What waits in each group that I teach, oldest first; nothing for who teaches nobody.
    pub waiting: Vec<(people::NamedGroup, Vec<Waiting>)>,
    /// None if the event is older than draws are.
    pub draw: Option<Draw>,
    /// Who won in each group that I teach; only groups with somebody who did.
    pub won: Vec<(people::NamedGroup, Vec<Won>)>,
    /// How many in my classes have finished, as far as that may be shown.
    pub classes: Vec<Class>,
}

impl Maraton {
    /// One's own ticket, and the draw that it is for.
    #[must_use]
    pub fn lot(&self) -> Option<(&Lot, &Draw)> {
        Some((self.own.as_ref()?.lot.as_ref()?, self.draw.as_ref()?))
    }
}

/// A student's own way.
pub struct Own {
    /// Items of the own course, finished since the event opened; none without a course.
    pub items: i64,
    /// When both goals were reached first.
    pub finished_at: Option<Millis>,
    /// The courses to pick from.
    pub courses: Vec<Offer>,
    /// In the draw, for who has finished.
    pub lot: Option<Lot>,
    /// Newest first.
    pub distances: Vec<maraton::Distance>,
}

impl Own {
    /// The course that was picked.
    #[must_use]
    pub fn course(&self) -> Option<&Offer> {
        self.courses.iter().find(|offer| offer.is_own)
    }

    /// Metres that a teacher has approved.
    #[must_use]
    pub fn approved(&self) -> i64 {
        self.metres(|distance| distance.approved_at.is_some())
    }

    /// Metres that wait for a teacher.
    #[must_use]
    pub fn waiting(&self) -> i64 {
        self.metres(|distance| distance.approved_at.is_none() && distance.returned_at.is_none())
    }

    fn metres(&self, counts: impl Fn(&maraton::Distance) -> bool) -> i64 {
        self.distances.iter().filter(|distance| counts(distance)).map(|distance| i64::from(distance.metres)).sum()
    }
}

/// The event that opened last, also when it has closed: what waits can still be approved, and how it went stays in
/// sight. Nothing if there was none.
///
/// # Errors
/// No answer from the vault.
pub async fn maraton(app: &App, me: &Me) -> Result<Option<Maraton>, MaratonError> {
    let (me, bank, now) = (*me, Arc::clone(&app.bank), app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = match access::event(tx, &me, now) {
                // Who has no role in an event is told of none.
                Err(Refusal::NotFound) => return Ok(None),
                sight => sight?,
            };
            let Some(event) = maraton::latest_event(tx, &sight, now)? else { return Ok(None) };
            let profile = people::profile(tx, &me, now)?;
            let schools: Vec<SchoolId> = profile.places.iter().filter_map(|place| place.school).collect();
            let standings = Standings::of(maraton::standings(tx, &sight, event.id)?, &schools);
            let own = match profile.student_school() {
                Some(_) => Some(own(tx, &me, &sight, (&event, &bank), profile.school_year)?),
                None => None,
            };
            let together = access::together(tx, &me, now)?;
            let groups = together.iter().map(|sight| maraton::together(tx, sight, event.id, now));
            let groups = groups.collect::<Result<Vec<_>, _>>()?;
            let ways = ways(&event, own.as_ref(), &groups, &standings);
            let classes = classes(tx, &together, &event, now)?;
            let draw = maraton::draw_of(tx, &sight, event.id)?;
            let is_drawn = draw.as_ref().is_some_and(|draw| draw.outcome.is_some());
            let won = if is_drawn { won(tx, &me, &event, now)? } else { Vec::new() };
            let mut waiting = Vec::new();
            for sight in access::taught(tx, &me, now)? {
                let distances = maraton::waiting_in(tx, &sight, event.id, now)?;
                waiting.push((people::group_named(tx, &sight, now)?, distances));
            }
            waiting.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
            Ok::<_, MaratonError>(Some(Maraton { event, standings, own, ways, waiting, draw, won, classes }))
        })
        .await
}

/// The own way of a student, of a school year.
fn own(
    tx: &mut Tx,
    me: &Me,
    sight: &access::EventSight,
    (event, bank): (&Event, &Bank),
    year: Option<u8>,
) -> Result<Own, MaratonError> {
    let own = me.own();
    let entrant = maraton::entrant(tx, &own, event.id)?;
    let done = maraton::finished_exercises(tx, &own, event)?;
    let courses = maraton::courses(tx, sight, event.id)?;
    let picked = entrant.as_ref().and_then(|entrant| entrant.course);
    Ok(Own {
        items: entrant.as_ref().map_or(0, |entrant| i64::from(entrant.items)),
        finished_at: entrant.and_then(|entrant| entrant.finished_at),
        courses: offers(bank, courses, picked, year, &done),
        lot: maraton::lot(tx, &own, event.id)?,
        distances: maraton::distances_of(tx, &own, event.id)?,
    })
}

/// Who won in each group that I teach.
fn won(tx: &mut Tx, me: &Me, event: &Event, now: Millis) -> Result<Vec<(people::NamedGroup, Vec<Won>)>, MaratonError> {
    let mut all = Vec::new();
    for sight in access::won_where_i_teach(tx, me, now)? {
        let won = maraton::won_in(tx, &sight, event.id, now)?;
        if !won.is_empty() {
            all.push((people::group_named(tx, &sight, now)?, won));
        }
    }
    all.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    Ok(all)
}
