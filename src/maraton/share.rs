//! An event over several controllers: its host opens it, organisers of others take part in it.

use rand::RngExt;
use rand_chacha::ChaCha20Rng;
use vault::{
    EventId, Fault, Me, Millis, Tx,
    access::{self, OrganiserSight},
    rows::maraton,
};

use super::{
    MaratonError, Plan, PlanFault, Stage,
    plan::{check_alone, plan_of},
};
use crate::app::App;

/// An event of another that one may take part in.
pub struct Offered {
    pub id: EventId,
    /// The name of whose event it is.
    pub host: String,
    /// Its days are those of where one is.
    pub plan: Plan,
    pub stage: Stage,
}

pub(super) fn offers(tx: &mut Tx, sight: &OrganiserSight, zone: &str, now: Millis) -> Result<Vec<Offered>, Fault> {
    let offered = |offered: maraton::Offered| Offered {
        id: offered.event().id,
        host: offered.host().to_owned(),
        plan: plan_of(offered.event(), &[], zone),
        stage: Stage::of(offered.event(), now),
    };
    Ok(maraton::offered(tx, sight, now)?.into_iter().map(offered).collect())
}

/// Signs that cannot be taken for one another.
const SIGNS: &[u8] = b"ACDEFGHJKMNPQRTUVWXY34679";
/// Signs of an invitation, in groups: 55 bits, so nobody guesses one.
const GROUPS: usize = 3;
const GROUP: usize = 4;

/// A new invitation.
pub(super) fn invitation(app: &App) -> String {
    let group = |rng: &mut ChaCha20Rng| -> String {
        (0..GROUP).map(|_| char::from(SIGNS[rng.random_range(0..SIGNS.len())])).collect()
    };
    app.chance.draw(|rng| (0..GROUPS).map(|_| group(rng)).collect::<Vec<_>>().join("-"))
}

/// An invitation as it was typed, small letters and spaces and all.
fn read_invitation(typed: &str) -> String {
    let is_sign = |sign: &char| !sign.is_whitespace() && *sign != '-';
    let signs: Vec<char> = typed.chars().filter(is_sign).map(|sign| sign.to_ascii_uppercase()).collect();
    signs.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Takes part in an event of another; once more does nothing.
///
/// # Errors
/// Not found for who is no organiser, and if it is not offered; [`PlanFault::Overlap`] if an event of one's own runs on some
/// of its days.
pub async fn join_event(app: &App, me: &Me, id: EventId) -> Result<(), MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let others = maraton::events(tx, &sight)?;
            if others.iter().any(|event| event.id == id && !event.is_own()) {
                return Ok(());
            }
            let mut offers = maraton::offered(tx, &sight, now)?;
            offers.retain(|offered| offered.event().id == id);
            // Of two under one id nobody could tell which is meant.
            let (Some(offered), true) = (offers.pop(), offers.is_empty()) else { return Err(MaratonError::NotFound) };
            check_alone(offered.event(), &others)?;
            maraton::join(tx, &sight, offered, now)?;
            Ok::<_, MaratonError>(())
        })
        .await
}

/// Takes part in the event to which this is the invitation.
///
/// # Errors
/// Not found for who is no organiser; [`PlanFault::Invitation`] if it is to nothing, or one takes part already;
/// [`PlanFault::Overlap`] if an event of one's own runs on some of its days.
pub async fn join_invited(app: &App, me: &Me, typed: &str) -> Result<(), MaratonError> {
    let (me, now, invitation) = (*me, app.clock.now(), read_invitation(typed));
    app.vault
        .write(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let others = maraton::events(tx, &sight)?;
            let offered = maraton::invited(tx, &sight, &invitation, now)?.ok_or(PlanFault::Invitation)?;
            check_alone(offered.event(), &others)?;
            maraton::join(tx, &sight, offered, now)?;
            Ok::<_, MaratonError>(())
        })
        .await
}

/// Lets go of an event of another in which nobody of one's own takes part yet.
///
/// # Errors
/// Not found; [`PlanFault::Begun`] if somebody takes part.
pub async fn leave_event(app: &App, me: &Me, id: EventId) -> Result<(), MaratonError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::organiser(tx, &me, now)?;
            let events = maraton::events(tx, &sight)?;
            if !events.iter().any(|event| event.id == id && !event.is_own()) {
                return Err(MaratonError::NotFound);
            }
            if maraton::leave(tx, &sight, id, now)? { Ok(()) } else { Err(PlanFault::Begun.into()) }
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_read_however_it_is_typed() {
        for typed in ["acde-fghj-kmnp", " ACDE FGHJ KMNP ", "acdefghjkmnp"] {
            assert_eq!(read_invitation(typed), "ACDE-FGHJ-KMNP");
        }
        assert_eq!(read_invitation(""), "");
    }
}
