//! The open MatteMaraton.

use jiff::{ToSpan, civil::time};
use vault::{
    EventId, Fault, Millis, Vault,
    rows::maraton::{self, Course, Event},
};

use super::{
    people::CONTROLLER,
    roster::TIME_ZONE,
};
use crate::{calendar, chance::Chance};

/// Days that the event has been open when the demo is made.
pub(super) const OPEN_FOR: i64 = 19;
/// Days until it closes.
const CLOSES_IN: i64 = 23;

/// Opens the event.
pub(super) async fn open(vault: &Vault, chance: &Chance, now: Millis) -> anyhow::Result<()> {
    let today = calendar::day(now, TIME_ZONE);
    let opens = today.checked_sub(OPEN_FOR.days())?.to_datetime(time(8, 0, 0, 0));
    let closes = calendar::end_of(today.checked_add(CLOSES_IN.days())?, TIME_ZONE).unwrap_or(now);
    let event = Event {
        controller_id: CONTROLLER,
        id: chance.draw(EventId::random),
        name: "MatteMaraton Norrlida".to_owned(),
        opens_at: calendar::moment(opens, TIME_ZONE).unwrap_or(now),
        closes_at: closes,
        goal_metres: 42_200,
        goal_items: 200,
    };
    let courses = [(1, "Lugna stigen", 4, 6), (2, "Branta leden", 7, 9)].map(|(number, name, from_year, to_year)| {
        Course { controller_id: CONTROLLER, event_id: event.id, number, name: name.to_owned(), from_year, to_year }
    });
    vault.write(move |tx| maraton::add_event(tx, &event, &courses)).await.map_err(|fault: Fault| fault.into())
}
