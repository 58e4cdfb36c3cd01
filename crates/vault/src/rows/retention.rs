//! From what days it is counted how long somebody's data are kept. The operator's own list: ids and days, no names and
//! nothing that anybody did.

use std::collections::{BTreeMap, BTreeSet};

use diesel::{dsl::count_star, prelude::*, sql_types::Bool};

use super::{
    consents::{INDIVIDUAL, steps, withdrawn_at},
    notices::Notice,
};
use crate::{
    Me,
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, EventId, PersonId},
    schema::{
        controller, distance, entitlement, entrant, error_report, event, hold, membership, notice, person, response,
        student,
    },
    time::Millis,
};

/// A controller whose people's data are kept.
pub struct Keeper {
    pub id: ControllerId,
    pub name: String,
    pub time_zone: String,
    /// Whose data they are, and nobody else's.
    pub is_individual: bool,
    /// When the last of what the controller had ended; nothing while something goes on, or where there never was any.
    pub agreement_ended: Option<Millis>,
}

/// What is known of one person.
pub struct Footing {
    pub person: PersonId,
    pub collected: Millis,
    /// ISO date where the controller is; nothing for who was never here.
    pub active_on: Option<String>,
    /// The last response, of a student who gave any.
    pub practised: Option<Millis>,
    /// When the last that they belonged to ended; nothing while something goes on.
    pub account_ended: Option<Millis>,
    /// When an individual withdrew their consent, if they did.
    pub withdrawn: Option<Millis>,
    /// Whether a hold keeps their data.
    pub is_held: bool,
    /// What was asked before, by whatever rule.
    pub notices: Vec<Notice>,
}

/// Every controller, by name.
pub fn keepers(tx: &mut Tx, now: Millis) -> Result<Vec<Keeper>, Fault> {
    let ends: Vec<(ControllerId, Option<Millis>)> =
        entitlement::table.select((entitlement::controller_id, entitlement::to_at)).load(tx.connection())?;
    let mut ended: BTreeMap<ControllerId, Option<Millis>> = BTreeMap::new();
    for (of, end) in ends {
        let end = end.filter(|end| *end <= now);
        ended.entry(of).and_modify(|last| *last = last.and_then(|last| Some(last.max(end?)))).or_insert(end);
    }
    let rows: Vec<(ControllerId, String, String, String)> = controller::table
        .select((controller::id, controller::name, controller::time_zone, controller::kind))
        .order((controller::name, controller::id))
        .load(tx.connection())?;
    let keeper = |(id, name, time_zone, kind): (ControllerId, String, String, String)| {
        let agreement_ended = ended.get(&id).copied().flatten();
        Keeper { id, name, time_zone, is_individual: kind == INDIVIDUAL, agreement_ended }
    };
    Ok(rows.into_iter().map(keeper).collect())
}

/// My controller, and what is known of me.
pub fn of_me(tx: &mut Tx, me: &Me, now: Millis) -> Result<Option<(Keeper, Footing)>, Fault> {
    let Some(keeper) = keepers(tx, now)?.into_iter().find(|keeper| keeper.id == me.controller) else {
        return Ok(None);
    };
    let footing = some_footings(tx, &keeper, Some(me.person), now)?.pop();
    Ok(footing.map(|footing| (keeper, footing)))
}

/// What is known of everybody under a controller, by id.
pub fn footings(tx: &mut Tx, of: &Keeper, now: Millis) -> Result<Vec<Footing>, Fault> {
    some_footings(tx, of, None, now)
}

/// Of everybody, or of one.
fn some_footings(tx: &mut Tx, of: &Keeper, only: Option<PersonId>, now: Millis) -> Result<Vec<Footing>, Fault> {
    let stays: Vec<(PersonId, Option<Millis>)> = membership::table
        .filter(membership::controller_id.eq(of.id))
        .filter(membership::person_id.nullable().eq(only).or(only.is_none().into_sql::<Bool>()))
        .select((membership::person_id, membership::to_at))
        .load(tx.connection())?;
    let mut ended: BTreeMap<PersonId, Option<Millis>> = BTreeMap::new();
    for (person, end) in stays {
        let end = end.filter(|end| *end <= now);
        ended.entry(person).and_modify(|last| *last = last.and_then(|last| Some(last.max(end?)))).or_insert(end);
    }
    type Row = (PersonId, Millis, Option<String>, Option<Millis>);
    let rows: Vec<Row> = person::table
        .left_join(
            student::table.on(student::controller_id.eq(person::controller_id).and(student::person_id.eq(person::id))),
        )
        .filter(person::controller_id.eq(of.id))
        .filter(person::id.nullable().eq(only).or(only.is_none().into_sql::<Bool>()))
        .select((person::id, person::created_at, person::active_on, student::last_at.nullable()))
        .order(person::id)
        .load(tx.connection())?;
    let held: BTreeSet<PersonId> = hold::table
        .filter(hold::controller_id.eq(of.id))
        .filter(hold::lifted_at.is_null())
        .select(hold::person_id)
        .load::<PersonId>(tx.connection())?
        .into_iter()
        .collect();
    let mut asked = asked(tx, of.id)?;
    let mut footings = Vec::with_capacity(rows.len());
    for (person, collected, active_on, last_at) in rows {
        let withdrawn = if of.is_individual {
            let history = steps(tx, of.id, person)?;
            withdrawn_at(&history)
        } else {
            None
        };
        let account_ended = ended.get(&person).copied().flatten();
        let practised = last_at.filter(|at| at.0 > 0);
        let notices = asked.remove(&person).unwrap_or_default();
        let is_held = held.contains(&person);
        footings.push(Footing { person, collected, active_on, practised, account_ended, withdrawn, is_held, notices });
    }
    Ok(footings)
}

fn asked(tx: &mut Tx, of: ControllerId) -> Result<BTreeMap<PersonId, Vec<Notice>>, Fault> {
    type Row = (PersonId, String, String, i16, String);
    let rows: Vec<Row> = notice::table
        .filter(notice::controller_id.eq(of))
        .select((notice::person_id, notice::rule, notice::counted_from, notice::number, notice::sent_on))
        .order((notice::person_id, notice::number))
        .load(tx.connection())?;
    let mut asked: BTreeMap<PersonId, Vec<Notice>> = BTreeMap::new();
    for (person, rule, counted_from, number, sent_on) in rows {
        asked.entry(person).or_default().push(Notice { rule, counted_from, number, sent_on });
    }
    Ok(asked)
}

/// An event that is over, and how much of it is still somebody's.
pub struct Over {
    pub event: EventId,
    pub closed: Millis,
    /// Distances, and students who took part.
    pub records: i64,
}

/// A controller's events that are over and of which something of students is kept, oldest first.
pub fn events_over(tx: &mut Tx, of: ControllerId, now: Millis) -> Result<Vec<Over>, Fault> {
    let distances: Vec<(EventId, i64)> = distance::table
        .filter(distance::controller_id.eq(of))
        .group_by(distance::event_id)
        .select((distance::event_id, count_star()))
        .load(tx.connection())?;
    let entrants: Vec<(EventId, i64)> = entrant::table
        .filter(entrant::controller_id.eq(of))
        .group_by(entrant::event_id)
        .select((entrant::event_id, count_star()))
        .load(tx.connection())?;
    let over: Vec<(EventId, Millis)> = event::table
        .filter(event::controller_id.eq(of))
        .filter(event::closes_at.le(now))
        .select((event::id, event::closes_at))
        .order((event::closes_at, event::id))
        .load(tx.connection())?;
    let records = |event| distances.iter().chain(&entrants).filter(|(of, _)| *of == event).map(|(_, n)| n).sum();
    let all = over.into_iter().map(|(event, closed)| Over { event, closed, records: records(event) });
    Ok(all.filter(|over| over.records > 0).collect())
}

/// When a controller's reports to support were closed, oldest first.
pub fn reports_closed(tx: &mut Tx, of: ControllerId) -> Result<Vec<Millis>, Fault> {
    Ok(error_report::table
        .filter(error_report::controller_id.eq(of))
        .filter(error_report::closed_at.is_not_null())
        .select(error_report::closed_at.assume_not_null())
        .order(error_report::closed_at)
        .load(tx.connection())?)
}

/// Deletes what students covered in an event and how far each of them came; how the schools stand stays. Says how many
/// rows that were.
pub fn forget_event(tx: &mut Tx, of: ControllerId, event: EventId) -> Result<usize, Fault> {
    let distances = diesel::delete(distance::table)
        .filter(distance::controller_id.eq(of))
        .filter(distance::event_id.eq(event))
        .execute(tx.connection())?;
    let entrants = diesel::delete(entrant::table)
        .filter(entrant::controller_id.eq(of))
        .filter(entrant::event_id.eq(event))
        .execute(tx.connection())?;
    Ok(distances + entrants)
}

/// Deletes the reports to support that were closed before a moment. Says how many that were.
pub fn forget_reports(tx: &mut Tx, of: ControllerId, before: Millis) -> Result<usize, Fault> {
    Ok(diesel::delete(error_report::table)
        .filter(error_report::controller_id.eq(of))
        .filter(error_report::closed_at.lt(before))
        .execute(tx.connection())?)
}

/// When the first response was given that is still there.
pub fn first_response(tx: &mut Tx) -> Result<Option<Millis>, Fault> {
    Ok(response::table.select(diesel::dsl::min(response::at)).first(tx.connection())?)
}
