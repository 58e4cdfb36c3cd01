//! The open MatteMaraton: the event, what students report and what teachers say to it.

use jiff::{ToSpan, civil::time};
use rand::RngExt;
use vault::{
    EventId, Fault, IdempotencyKey, Millis, Vault,
    rows::maraton::{self, Course, Decision, Distance, Event},
};

use super::{
    SEED,
    hand::Hand,
    people::{CONTROLLER, Cast},
    roster::TIME_ZONE,
};
use crate::{app::App, calendar, chance::Chance, clock::Clock, maraton::Report};

/// Days that the event has been open when the demo is made.
pub(super) const OPEN_FOR: i64 = 19;
/// Days until it closes.
const CLOSES_IN: i64 = 23;
/// Distances whose comma is forgotten.
const MISTYPED: f64 = 0.02;
/// Distances that a teacher has not come to, however old.
const FORGOTTEN: f64 = 0.06;
/// Metres on one day that a teacher believes without asking.
const BELIEVED: i32 = 15_000;

/// What the organiser says how it goes.
const RULES: &str = "\
Välj en kurs som passar dig och räkna 200 uppgifter i den. Femtio uppgifter i var och en av fyra kurser räknas inte.

Ta dig 42,2 kilometer med egen kraft: gå, spring, cykla, rulla, simma eller hoppa hoppstylta. Det som inte går att mäta i \
kilometer räknas i tid, tre kilometer i timmen.

Det här är ingen tävling om att göra mest eller vara snabbast. Hjälp varandra, så att alla i klassen kommer i mål.";

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
        rules: RULES.to_owned(),
        announcement: String::new(),
        host: CONTROLLER,
        open_to: maraton::OpenTo::Own.name().to_owned(),
        invitation: String::new(),
        is_public: false,
    };
    let courses = [(1, "Lugna stigen", 4, 6), (2, "Branta leden", 7, 9)].map(|(number, name, from_year, to_year)| {
        Course { controller_id: CONTROLLER, event_id: event.id, number, name: name.to_owned(), from_year, to_year }
    });
    vault.write(move |tx| maraton::add_event(tx, &event, &courses)).await.map_err(|fault: Fault| fault.into())
}

/// How often a student reports a distance on a day, 0-1.
pub(super) fn travels(hand: &Hand) -> f64 {
    if takes_part(hand) { hand.between(0.1, 0.4) } else { 0.0 }
}

/// Not everyone takes part, and the schools differ.
fn takes_part(hand: &Hand) -> bool {
    match hand.student.group {
        0 | 1 => hand.student.number % 4 != 3,
        _ => hand.student.number % 5 > 1,
    }
}

/// The minute of the day after the opening, counted from noon, at which a student picks a course; nothing for who has not
/// picked one.
pub(super) fn picks(hand: &Hand) -> Option<i64> {
    (takes_part(hand) && hand.student.number % 9 != 4).then(|| 10 + i64::from(hand.student.number as u32))
}

/// A student picks the course for their year, one in eleven another.
pub(super) async fn pick(hand: &Hand) -> anyhow::Result<()> {
    let open = crate::maraton::maraton(&hand.app, &hand.me).await?;
    let courses = open.and_then(|open| open.own).map(|own| own.courses).unwrap_or_default();
    let takes_another = hand.student.number % 11 == 5;
    let picked = courses.iter().find(|offer| offer.is_suggested != takes_another);
    match picked {
        Some(offer) => Ok(crate::maraton::choose_course(&hand.app, &hand.me, offer.course.number).await?),
        None => Ok(()),
    }
}

/// A student reports where they went today: on foot, at a run or by bicycle.
pub(super) async fn travel(hand: &Hand) -> anyhow::Result<()> {
    let (kilometres, minutes_each) = match hand.between(0.0, 1.0) {
        way if way < 0.5 => (hand.between(1.2, 4.5), hand.between(10.0, 13.0)),
        way if way < 0.7 => (hand.between(2.0, 6.0), hand.between(5.5, 8.0)),
        _ => (hand.between(3.0, 11.0), hand.between(3.2, 4.5)),
    };
    // A comma that is forgotten, and the teacher gives it back.
    let comma = if hand.happens(MISTYPED) { "" } else { "," };
    let tenths = (kilometres * 10.0) as i32;
    let minutes = if hand.happens(0.7) { format!("{:.0}", kilometres * minutes_each) } else { String::new() };
    let report = Report {
        kilometres: &format!("{}{comma}{}", tenths / 10, tenths % 10),
        minutes: &minutes,
        day: "",
        key: hand.app.chance.draw(IdempotencyKey::random),
    };
    crate::maraton::report(&hand.app, &hand.me, report).await?;
    Ok(())
}

/// Teachers look at what was reported on the next mornings, most of it; the last days wait.
pub(super) async fn decide(house: &App, cast: &Cast, now: Millis) -> anyhow::Result<()> {
    for (number, teacher) in (0..).zip(&cast.teachers) {
        let chance = Chance::seeded(SEED + 100 + number);
        let reader = house.aside(Clock::still(now), chance.clone()).await?;
        let Some(open) = crate::maraton::maraton(&reader, teacher).await? else { continue };
        let waiting = open.waiting.into_iter().flat_map(|(_, waiting)| waiting).map(|waiting| waiting.distance);
        let mut decisions: Vec<(Millis, Distance)> = waiting
            .filter_map(|distance| Some((morning_after(&chance, distance.reported_at)?, distance)))
            .filter(|(at, _)| *at < now && !chance.draw(|rng| rng.random_bool(FORGOTTEN)))
            .collect();
        decisions.sort_by_key(|(at, distance)| (*at, distance.id));
        let Some((first, _)) = decisions.first() else { continue };
        let app = house.aside(Clock::still(*first), chance).await?;
        for (at, distance) in decisions {
            app.clock.pass(at.since(app.clock.now()));
            let decision = if distance.metres > BELIEVED { Decision::GiveBack } else { Decision::Approve };
            crate::maraton::decide(&app, teacher, distance.id, decision).await?;
        }
    }
    Ok(())
}

/// A quarter to eight, one to three days later.
fn morning_after(chance: &Chance, reported: Millis) -> Option<Millis> {
    let days = chance.draw(|rng| rng.random_range(1..=3_i64));
    let day = calendar::day(reported, TIME_ZONE).checked_add(days.days()).ok()?;
    calendar::moment(day.to_datetime(time(7, 45, 0, 0)), TIME_ZONE)
}
