//! The draw among those who have finished, of an event over several controllers its host's. What it is drawn by is fixed when
//! the event is made and sealed until it is drawn; in it are tickets, which say nothing of whose they are.

use diesel::{dsl::exists, prelude::*, select};
use sha2::{Digest, Sha256};

use super::{organising, sharing::together_with};
use crate::{
    access::{EventSight, GroupSight, OrganiserSight, Role, StudentSight},
    audit::{Action, Class, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, EventId, PersonId, Ticket},
    key::{Key, fill},
    keys::envelope::{self, Spot},
    rows::sealed,
    schema::{draw as draws, draw_entry, entrant, event, membership, person},
    time::Millis,
};

/// What draws are sealed for; they are always sealed with the same key of the key store.
const PURPOSE: &str = "draw";
const VERSION: i32 = 1;
/// Tickets that are written down by one statement.
const AT_ONCE: usize = 1_000;

/// The draw of an event, as everybody in it sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Draw {
    /// SHA-256 of the seed.
    pub commitment: [u8; 32],
    /// None before it is drawn.
    pub outcome: Option<Outcome>,
}

/// What came of a draw.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    pub at: Millis,
    pub seed: [u8; 32],
    /// How many tickets were in it.
    pub entries: i64,
    /// The first first.
    pub winners: Vec<Ticket>,
}

/// What came of pressing «draw».
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drawn {
    Now,
    /// It was drawn before, and stays as it is.
    Before,
    /// The event has no draw.
    Nothing,
}

/// Fixes what the draw of a new event will be drawn by.
pub(super) fn add(tx: &mut Tx, by: ControllerId, of: EventId) -> Result<(), Fault> {
    let mut seed = [0; 32];
    fill(&mut seed)?;
    let commitment: [u8; 32] = Sha256::digest(seed).into();
    let sealed = envelope::seal(&key(tx, by, of)?, VERSION, &spot(by, &of), &seed)?;
    diesel::insert_into(draws::table)
        .values((
            draws::controller_id.eq(by),
            draws::event_id.eq(of),
            draws::commitment.eq(commitment.as_slice()),
            draws::sealed.eq(sealed),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// The same for an event that is older than draws are, as long as nobody has finished it.
pub(super) fn add_to_older(tx: &mut Tx, by: ControllerId, of: EventId) -> Result<(), Fault> {
    let has_draw = draws::table.filter(draws::controller_id.eq(by)).filter(draws::event_id.eq(of));
    let finished = entrant::table
        .filter(entrant::controller_id.eq_any(together_with(by, of)))
        .filter(entrant::event_id.eq(of))
        .filter(entrant::finished_at.is_not_null());
    let has_draw: bool = select(exists(has_draw)).get_result(tx.connection())?;
    let is_late: bool = select(exists(finished)).get_result(tx.connection())?;
    if has_draw || is_late { Ok(()) } else { add(tx, by, of) }
}

/// Takes the draw back of an event that is taken back.
pub(super) fn drop(tx: &mut Tx, from: &[ControllerId], of: EventId) -> Result<(), Fault> {
    diesel::delete(draws::table)
        .filter(draws::controller_id.eq_any(from))
        .filter(draws::event_id.eq(of))
        .execute(tx.connection())?;
    Ok(())
}

fn key(tx: &mut Tx, by: ControllerId, of: EventId) -> Result<Key, Fault> {
    let whose = [by.as_bytes().as_slice(), of.as_bytes()].concat();
    Ok(Key::from_bytes(tx.keys().code_of(PURPOSE, &whose)?))
}

const fn spot(by: ControllerId, of: &EventId) -> Spot<'_> {
    Spot { table: "draw", column: "sealed", controller: Some(by), person: None, row: of.as_bytes().as_slice() }
}

/// Whose event it is that a controller has; none if it has no such event.
fn host_of(tx: &mut Tx, own: ControllerId, of: EventId) -> Result<Option<ControllerId>, Fault> {
    Ok(event::table
        .filter(event::controller_id.eq(own))
        .filter(event::id.eq(of))
        .select(event::host)
        .first(tx.connection())
        .optional()?)
}

/// The draw of an event; none if there is no such event, or it is older than draws are.
pub fn draw_of(tx: &mut Tx, sight: &EventSight, of: EventId) -> Result<Option<Draw>, Fault> {
    type Row = (Vec<u8>, Option<Millis>, Option<Vec<u8>>);
    let Some(host) = host_of(tx, sight.controller, of)? else { return Ok(None) };
    let row: Option<Row> = draws::table
        .filter(draws::controller_id.eq(host))
        .filter(draws::event_id.eq(of))
        .select((draws::commitment, draws::drawn_at, draws::seed))
        .first(tx.connection())
        .optional()?;
    let Some((commitment, at, seed)) = row else { return Ok(None) };
    let outcome = match (at, seed) {
        (Some(at), Some(seed)) => {
            let entries =
                draw_entry::table.filter(draw_entry::controller_id.eq(host)).filter(draw_entry::event_id.eq(of));
            Some(Outcome {
                at,
                seed: bytes(&seed)?,
                entries: entries.count().get_result(tx.connection())?,
                winners: entries
                    .filter(draw_entry::place.is_not_null())
                    .order(draw_entry::place)
                    .select(draw_entry::ticket)
                    .load(tx.connection())?,
            })
        }
        _ => None,
    };
    Ok(Some(Draw { commitment: bytes(&commitment)?, outcome }))
}

fn bytes(stored: &[u8]) -> Result<[u8; 32], Fault> {
    stored.try_into().map_err(|_| Fault::Sealed)
}

/// The tickets that were in a draw, ascending; none before it.
pub fn draw_entries(tx: &mut Tx, sight: &EventSight, of: EventId) -> Result<Vec<Ticket>, Fault> {
    let Some(host) = host_of(tx, sight.controller, of)? else { return Ok(Vec::new()) };
    Ok(draw_entry::table
        .filter(draw_entry::controller_id.eq(host))
        .filter(draw_entry::event_id.eq(of))
        .order(draw_entry::ticket)
        .select(draw_entry::ticket)
        .load(tx.connection())?)
}

/// Draws an event of the own controller, once. `blanks` says which tickets are in it beside those of all who have finished
/// until now, so that their number tells nothing; `choose` who wins, the first first, by the seed and all the tickets, which
/// it gets in ascending order.
pub fn draw(
    tx: &mut Tx,
    sight: &OrganiserSight,
    of: EventId,
    now: Millis,
    blanks: impl FnOnce(&[Ticket]) -> Vec<Ticket>,
    choose: impl FnOnce(&[u8; 32], &[Ticket]) -> Vec<Ticket>,
) -> Result<Drawn, Fault> {
    let by = sight.controller;
    let row: Option<(Vec<u8>, Option<Millis>)> = draws::table
        .filter(draws::controller_id.eq(by))
        .filter(draws::event_id.eq(of))
        .select((draws::sealed, draws::drawn_at))
        .first(tx.connection())
        .optional()?;
    let Some((sealed, drawn_at)) = row else { return Ok(Drawn::Nothing) };
    if drawn_at.is_some() {
        return Ok(Drawn::Before);
    }
    let seed = envelope::open(&key(tx, by, of)?, &spot(by, &of), &sealed)?;
    // Who comes first takes the row; whoever presses at the same moment finds it taken.
    let taken = diesel::update(draws::table)
        .filter(draws::controller_id.eq(by))
        .filter(draws::event_id.eq(of))
        .filter(draws::drawn_at.is_null())
        .set((draws::drawn_at.eq(now), draws::seed.eq(seed.as_slice())))
        .execute(tx.connection())?;
    if taken == 0 {
        return Ok(Drawn::Before);
    }
    let mut entries = tickets(tx, sight, of)?;
    entries.extend(blanks(&entries));
    entries.sort_unstable();
    let winners = choose(&bytes(&seed)?, &entries);
    freeze(tx, (by, of), &entries, &winners)?;
    organising::note(tx, sight, Action::Draw, of, now);
    Ok(Drawn::Now)
}

/// The tickets of all who have finished until now.
fn tickets(tx: &mut Tx, sight: &OrganiserSight, of: EventId) -> Result<Vec<Ticket>, Fault> {
    Ok(entrant::table
        .filter(entrant::controller_id.eq_any(together_with(sight.controller, of)))
        .filter(entrant::event_id.eq(of))
        .filter(entrant::ticket.is_not_null())
        .select(entrant::ticket.assume_not_null())
        .load(tx.connection())?)
}

fn freeze(tx: &mut Tx, (by, of): (ControllerId, EventId), entries: &[Ticket], winners: &[Ticket]) -> Result<(), Fault> {
    let place = |ticket: &Ticket| {
        let at = winners.iter().position(|winner| winner == ticket)?;
        i16::try_from(at + 1).ok()
    };
    for some in entries.chunks(AT_ONCE) {
        let rows = some.iter().map(|ticket| {
            (
                draw_entry::controller_id.eq(by),
                draw_entry::event_id.eq(of),
                draw_entry::ticket.eq(*ticket),
                draw_entry::place.eq(place(ticket)),
            )
        });
        let rows: Vec<_> = rows.collect();
        on_each!(tx.connection(), each => diesel::insert_into(draw_entry::table).values(&rows).execute(each))?;
    }
    Ok(())
}

/// The ticket of a student who has finished.
#[derive(Clone, Copy)]
pub struct Lot {
    pub ticket: Ticket,
    /// It was in the draw.
    pub is_entered: bool,
    /// From 1, if it won.
    pub place: Option<i16>,
}

/// The ticket of the student in sight, if they have finished.
pub fn lot(tx: &mut Tx, sight: &StudentSight, of: EventId) -> Result<Option<Lot>, Fault> {
    let ticket: Option<Option<Ticket>> = entrant::table
        .filter(entrant::controller_id.eq(sight.controller))
        .filter(entrant::event_id.eq(of))
        .filter(entrant::student_id.eq(sight.student))
        .select(entrant::ticket)
        .first(tx.connection())
        .optional()?;
    let Some(ticket) = ticket.flatten() else { return Ok(None) };
    let Some(host) = host_of(tx, sight.controller, of)? else { return Ok(None) };
    let entry: Option<Option<i16>> = draw_entry::table
        .filter(draw_entry::controller_id.eq(host))
        .filter(draw_entry::event_id.eq(of))
        .filter(draw_entry::ticket.eq(ticket))
        .select(draw_entry::place)
        .first(tx.connection())
        .optional()?;
    Ok(Some(Lot { ticket, is_entered: entry.is_some(), place: entry.flatten() }))
}

/// A student who won.
pub struct Won {
    /// None if the identity is protected.
    pub name: Option<String>,
    /// From 1.
    pub place: i16,
}

/// Which of the students who are in a group now won, the first first. A look at each.
pub fn won_in(tx: &mut Tx, group: &GroupSight, of: EventId, now: Millis) -> Result<Vec<Won>, Fault> {
    type Row = (PersonId, Vec<u8>, bool, i16);
    let Some(host) = host_of(tx, group.controller, of)? else { return Ok(Vec::new()) };
    let rows: Vec<Row> = entrant::table
        .inner_join(
            draw_entry::table
                .on(draw_entry::event_id.eq(entrant::event_id).and(draw_entry::ticket.nullable().eq(entrant::ticket))),
        )
        .inner_join(
            person::table.on(person::controller_id.eq(entrant::controller_id).and(person::id.eq(entrant::student_id))),
        )
        .inner_join(membership::table.on(
            membership::controller_id.eq(entrant::controller_id).and(membership::person_id.eq(entrant::student_id)),
        ))
        .filter(entrant::controller_id.eq(group.controller))
        .filter(entrant::event_id.eq(of))
        .filter(draw_entry::controller_id.eq(host))
        .filter(draw_entry::place.is_not_null())
        .filter(membership::group_id.eq(group.group))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .order(draw_entry::place)
        .select((person::id, person::name, person::protected, draw_entry::place.assume_not_null()))
        .load(tx.connection())?;
    for (whose, ..) in &rows {
        let _noted = tx.look(group.controller, group.by, Class::Distance, Subject::Person(*whose), now);
    }
    let won = |(whose, name, protected, place): Row| {
        let name = if protected { None } else { Some(sealed::name(tx.keys(), group.controller, whose, &name)?) };
        Ok(Won { name, place })
    };
    rows.into_iter().map(won).collect()
}
