//! From what days it is counted how long somebody's data are kept. The operator's own list: ids and days, no names and
//! nothing that anybody did.

use std::collections::BTreeMap;

use diesel::{dsl::count_star, prelude::*};

use super::consents::{INDIVIDUAL, deleted_on, steps};
use crate::{
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, EventId, PersonId},
    schema::{controller, distance, entitlement, error_report, event, membership, person, student},
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

/// What is known of everybody under a controller, by id.
pub fn footings(tx: &mut Tx, of: &Keeper, now: Millis) -> Result<Vec<Footing>, Fault> {
    let stays: Vec<(PersonId, Option<Millis>)> = membership::table
        .filter(membership::controller_id.eq(of.id))
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
        .select((person::id, person::created_at, person::active_on, student::last_at.nullable()))
        .order(person::id)
        .load(tx.connection())?;
    let mut footings = Vec::with_capacity(rows.len());
    for (person, collected, active_on, last_at) in rows {
        let withdrawn = if of.is_individual {
            let history = steps(tx, of.id, person)?;
            deleted_on(&history).map(|on| on.plus(-super::consents::KEPT))
        } else {
            None
        };
        let account_ended = ended.get(&person).copied().flatten();
        let practised = last_at.filter(|at| at.0 > 0);
        footings.push(Footing { person, collected, active_on, practised, account_ended, withdrawn });
    }
    Ok(footings)
}

/// An event that is over, and how much of it is still somebody's.
pub struct Over {
    pub event: EventId,
    pub closed: Millis,
    pub distances: i64,
}

/// A controller's events that are over and of which distances of students are kept, oldest first.
pub fn events_over(tx: &mut Tx, of: ControllerId, now: Millis) -> Result<Vec<Over>, Fault> {
    let rows: Vec<(EventId, Millis, i64)> = event::table
        .inner_join(
            distance::table.on(distance::controller_id.eq(event::controller_id).and(distance::event_id.eq(event::id))),
        )
        .filter(event::controller_id.eq(of))
        .filter(event::closes_at.le(now))
        .group_by((event::id, event::closes_at))
        .select((event::id, event::closes_at, count_star()))
        .order((event::closes_at, event::id))
        .load(tx.connection())?;
    Ok(rows.into_iter().map(|(event, closed, distances)| Over { event, closed, distances }).collect())
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
