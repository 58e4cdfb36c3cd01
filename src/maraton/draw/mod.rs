//! The draw of an event, which anyone can verify (`docs/maraton-draw.md`): its commitment stands from the first moment, the
//! organiser draws once, and what it was drawn by is told then.

mod blanks;
mod order;
#[cfg(test)]
mod tests;
mod told;

use rand::RngExt;
use vault::{
    EventId, Me, Millis, Ticket, access,
    rows::maraton::{self, Draw, Drawn, Event},
};

use self::blanks::blanks;
pub use self::{
    order::{commitment, in_order, winners},
    told::{Told, ToldFault, ToldOutcome, Verified, hex, verify},
};
use super::{MaratonError, Standings};
use crate::app::App;

/// How many may win.
pub const MOST_WINNERS: usize = 100;

/// Why it is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawRefusal {
    #[error("the event has not closed")]
    TooEarly,
    #[error("distances wait for their teachers")]
    Waiting,
    /// Not one to [`MOST_WINNERS`].
    #[error("the number of winners cannot be used")]
    Winners,
    /// The event has no draw: it is older than draws are.
    #[error("there is nothing to draw")]
    Nothing,
}

/// What an organiser wants to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub winners: usize,
    /// Also if distances wait: who finishes by one of them afterwards is not in the draw.
    pub although_waiting: bool,
}

/// Draws an event of my controller's that has closed, once. False if it was drawn before, which stays as it is.
///
/// # Errors
/// Not found for who is no organiser; a [`DrawRefusal`].
pub async fn draw(app: &App, me: &Me, id: EventId, wish: Wish) -> Result<bool, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    let by_chance: [u8; 32] = app.chance.draw(|rng| rng.random());
    app.vault
        .write(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let event = find(maraton::events(tx, &sight)?, id)?;
            let before = maraton::draw_of(tx, &sight.event(), id)?.ok_or(DrawRefusal::Nothing)?;
            if before.outcome.is_some() {
                return Ok(false);
            }
            if now < event.closes_at {
                return Err(DrawRefusal::TooEarly.into());
            }
            if !(1..=MOST_WINNERS).contains(&wish.winners) {
                return Err(DrawRefusal::Winners.into());
            }
            if !wish.although_waiting && maraton::number_waiting(tx, &sight, id)? > 0 {
                return Err(DrawRefusal::Waiting.into());
            }
            let shown = Standings::of(maraton::standings(tx, &sight.event(), id)?, &[]).together().finishers;
            let blanks = |tickets: &[Ticket]| blanks(tickets.len(), shown, by_chance);
            let choose = |seed: &[u8; 32], entries: &[Ticket]| winners(seed, entries, wish.winners);
            match maraton::draw(tx, &sight, id, now, blanks, choose)? {
                Drawn::Now => Ok(true),
                Drawn::Before => Ok(false),
                Drawn::Nothing => Err(DrawRefusal::Nothing.into()),
            }
        })
        .await
}

fn find(events: Vec<Event>, id: EventId) -> Result<Event, MaratonError> {
    events.into_iter().find(|event| event.id == id && event.is_own()).ok_or(MaratonError::NotFound)
}

/// What an organiser sees of the draw of an event.
pub struct Drawing {
    pub draw: Option<Draw>,
    /// Distances that wait for their teachers, in all schools together.
    pub waiting: i64,
    /// It has closed, so it can be drawn.
    pub is_over: bool,
}

/// The draw of an event that I organise.
///
/// # Errors
/// Not found for who is no organiser.
pub async fn drawing(app: &App, me: &Me, id: EventId) -> Result<Drawing, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let event = find(maraton::events(tx, &sight)?, id)?;
            Ok::<_, MaratonError>(Drawing {
                draw: maraton::draw_of(tx, &sight.event(), id)?,
                waiting: maraton::number_waiting(tx, &sight, id)?,
                is_over: has_closed(&event, now),
            })
        })
        .await
}

fn has_closed(event: &Event, now: Millis) -> bool {
    event.closes_at <= now
}

/// The draw of an event with all tickets that were in it, for everybody who sees the event.
///
/// # Errors
/// Not found: no such event, no role in it, or it is older than draws are.
pub async fn told(app: &App, me: &Me, id: EventId) -> Result<Told, MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::event(tx, &me, now)?;
            let draw = maraton::draw_of(tx, &sight, id)?.ok_or(MaratonError::NotFound)?;
            let entries = maraton::draw_entries(tx, &sight, id)?;
            Ok::<_, MaratonError>(Told::of(id, draw, entries))
        })
        .await
}
