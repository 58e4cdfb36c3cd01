//! An event's page for all: how the schools stand whose organisers have chosen to show them.

use vault::{
    ControllerId, EventId, Me, access,
    rows::maraton::{self, Event},
};

use super::{MaratonError, Standings};
use crate::app::App;

/// An event as everybody may see it.
pub struct Public {
    pub event: Event,
    /// The name of whose event it is.
    pub host: String,
    /// Where its days are those of the calendar.
    pub time_zone: String,
    /// Of the schools that are shown to all.
    pub standings: Standings,
}

/// An event that its host shows to everybody.
///
/// # Errors
/// Not found what there is not, and just so what is not shown.
pub async fn public(app: &App, host: ControllerId, of: EventId) -> Result<Public, MaratonError> {
    app.vault
        .read(move |tx| {
            let sight = access::public_event(tx, host, of)?;
            let (event, host, time_zone) = maraton::public_event(tx, &sight)?;
            let standings = Standings::of(maraton::public_standings(tx, &sight)?, &[]);
            Ok::<_, MaratonError>(Public { event, host, time_zone, standings })
        })
        .await
}

/// Shows one's own schools on an event's page for all, or no more. The page is there when the host shows theirs.
///
/// # Errors
/// Not found.
pub async fn show_to_all(app: &App, me: &Me, id: EventId, is_public: bool) -> Result<(), MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let is_done = maraton::show_to_all(tx, &sight, id, is_public, now)?;
            if is_done { Ok(()) } else { Err(MaratonError::NotFound) }
        })
        .await
}
