//! The draw of an event as pages show it.

use vault::{
    EventId, Ticket,
    rows::maraton::{Draw, Lot, Outcome},
};

use super::{days, frame::Frame, numbers};
use crate::{calendar, maraton::hex};

/// The draw of an event.
pub struct DrawShown {
    pub commitment: String,
    /// Where all of it is to be had as JSON.
    pub json: String,
    pub outcome: Option<OutcomeShown>,
}

/// What came of it.
pub struct OutcomeShown {
    /// «25 november 2026, bland 40 lotter»
    pub told: String,
    pub seed: String,
    /// The first first.
    pub winners: Vec<String>,
}

impl DrawShown {
    #[must_use]
    pub fn of(event: EventId, draw: &Draw, frame: &Frame) -> Self {
        let outcome = |outcome: &Outcome| OutcomeShown {
            told: {
                let day = days::printed(calendar::day(outcome.at, &frame.time_zone), frame.language);
                frame.with2(
                    "draw-done",
                    "day",
                    day,
                    "n",
                    numbers::whole(outcome.entries.try_into().unwrap_or_default()),
                )
            },
            seed: hex(&outcome.seed),
            winners: outcome.winners.iter().map(grouped).collect(),
        };
        Self {
            commitment: hex(&draw.commitment),
            json: format!("/api/v1/maraton/events/{event}/draw"),
            outcome: draw.outcome.as_ref().map(outcome),
        }
    }
}

/// A ticket as it is read aloud: eight groups of four digits.
#[must_use]
pub fn grouped(ticket: &Ticket) -> String {
    let digits = ticket.to_string();
    let groups: Vec<&str> = (0..digits.len()).step_by(4).filter_map(|at| digits.get(at..at + 4)).collect();
    groups.join(" ")
}

/// One's own ticket.
pub struct LotShown {
    pub ticket: String,
    /// What became of it.
    pub told: String,
}

impl LotShown {
    #[must_use]
    pub fn of(lot: &Lot, draw: &Draw, frame: &Frame) -> Self {
        let told = match (draw.outcome.is_some(), lot.place, lot.is_entered) {
            (false, ..) => frame.t("draw-lot-waits"),
            (true, Some(place), _) => frame.with("draw-lot-won", "place", place),
            (true, None, true) => frame.t("draw-lot-lost"),
            (true, None, false) => frame.t("draw-lot-late"),
        };
        Self { ticket: grouped(&lot.ticket), told }
    }
}
