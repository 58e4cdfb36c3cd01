//! Distances: reported by students, decided about by their teachers.

use diesel::prelude::*;

use super::{
    entrants::{self, Goals, More},
    standings::{self, Raise},
};
use crate::{
    access::{DistanceSight, GroupSight, Me, OwnSight, Role, StudentSight},
    audit::{Action, Class, Note, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, DistanceId, EventId, IdempotencyKey, PersonId, SchoolId},
    rows::sealed,
    schema::{distance, event, membership, person},
    time::Millis,
};

/// What the metres of a distance were counted from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// Kilometres that somebody typed.
    Kilometres,
    /// Minutes of what cannot be measured in distance, at 3 km an hour.
    Minutes,
    /// The track of a watch.
    Track,
}

impl Source {
    const ALL: [Self; 3] = [Self::Kilometres, Self::Minutes, Self::Track];

    /// As it is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kilometres => "kilometres",
            Self::Minutes => "minutes",
            Self::Track => "track",
        }
    }
}

/// What a student reports.
pub struct NewDistance {
    pub id: DistanceId,
    pub key: IdempotencyKey,
    pub event: EventId,
    pub school: SchoolId,
    pub metres: i32,
    pub seconds: Option<i32>,
    pub source: Source,
    /// ISO date
    pub travelled_on: String,
    pub reported_at: Millis,
}

#[derive(Insertable)]
#[diesel(table_name = distance)]
struct DistanceRow<'a> {
    controller_id: ControllerId,
    id: DistanceId,
    event_id: EventId,
    school_id: SchoolId,
    student_id: PersonId,
    metres: i32,
    seconds: Option<i32>,
    travelled_on: &'a str,
    reported_at: Millis,
    key: IdempotencyKey,
    source: &'static str,
}

/// Stores a distance once, however often the same key is sent; who reports one takes part. False if it was there already.
pub fn report(tx: &mut Tx, own: &OwnSight, new: &NewDistance) -> Result<bool, Fault> {
    let row = DistanceRow {
        controller_id: own.controller,
        id: new.id,
        event_id: new.event,
        school_id: new.school,
        student_id: own.student,
        metres: new.metres,
        seconds: new.seconds,
        travelled_on: &new.travelled_on,
        reported_at: new.reported_at,
        key: new.key,
        source: new.source.name(),
    };
    let stored = on_each!(tx.connection(), conn => diesel::insert_into(distance::table)
        .values(&row)
        .on_conflict((distance::controller_id, distance::student_id, distance::key))
        .do_nothing()
        .execute(conn))?;
    if stored > 0 {
        entrants::enter(tx, own, new.event, new.school)?;
    }
    Ok(stored > 0)
}

#[derive(Queryable, Selectable, Clone)]
#[diesel(table_name = distance)]
pub struct Distance {
    pub id: DistanceId,
    pub student_id: PersonId,
    pub metres: i32,
    pub seconds: Option<i32>,
    /// ISO date
    pub travelled_on: String,
    pub reported_at: Millis,
    pub approved_at: Option<Millis>,
    pub returned_at: Option<Millis>,
    source: String,
}

impl Distance {
    /// What the metres were counted from.
    #[must_use]
    pub fn source(&self) -> Source {
        Source::ALL.into_iter().find(|source| source.name() == self.source).unwrap_or(Source::Kilometres)
    }
}

/// One's own distance that was stored with a key.
pub fn with_key(tx: &mut Tx, own: &OwnSight, key: IdempotencyKey) -> Result<Distance, Fault> {
    Ok(distance::table
        .filter(distance::controller_id.eq(own.controller))
        .filter(distance::student_id.eq(own.student))
        .filter(distance::key.eq(key))
        .select(Distance::as_select())
        .first(tx.connection())?)
}

/// A student's distances in an event, newest first.
pub fn distances_of(tx: &mut Tx, sight: &StudentSight, of: EventId) -> Result<Vec<Distance>, Fault> {
    Ok(distance::table
        .filter(distance::controller_id.eq(sight.controller))
        .filter(distance::student_id.eq(sight.student))
        .filter(distance::event_id.eq(of))
        .select(Distance::as_select())
        .order(distance::reported_at.desc())
        .load(tx.connection())?)
}

/// What came of taking a distance back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TakenBack {
    Gone,
    /// A teacher had decided about it.
    Decided,
    /// There is no such distance of one's own.
    Nothing,
}

/// Deletes a distance of one's own for as long as it waits for a teacher.
pub fn take_back(tx: &mut Tx, own: &OwnSight, id: DistanceId) -> Result<TakenBack, Fault> {
    let gone = diesel::delete(distance::table)
        .filter(distance::controller_id.eq(own.controller))
        .filter(distance::id.eq(id))
        .filter(distance::student_id.eq(own.student))
        .filter(distance::approved_at.is_null())
        .filter(distance::returned_at.is_null())
        .execute(tx.connection())?;
    if gone > 0 {
        return Ok(TakenBack::Gone);
    }
    let left: i64 = distance::table
        .filter(distance::controller_id.eq(own.controller))
        .filter(distance::id.eq(id))
        .filter(distance::student_id.eq(own.student))
        .count()
        .get_result(tx.connection())?;
    Ok(if left > 0 { TakenBack::Decided } else { TakenBack::Nothing })
}

/// A distance that waits for a teacher.
pub struct Waiting {
    pub distance: Distance,
    /// The student's name; none if the identity is protected.
    pub name: Option<String>,
    /// What else the student has on that day: what is approved, and what waits and was reported before.
    pub before: Vec<Before>,
}

/// Another distance of the same student on the same day.
#[derive(Clone, Copy)]
pub struct Before {
    pub metres: i32,
    pub seconds: Option<i32>,
}

/// What waits for a teacher's approval in a group, oldest first. A look at the kilometres of each.
pub fn waiting_in(tx: &mut Tx, group: &GroupSight, of: EventId, now: Millis) -> Result<Vec<Waiting>, Fault> {
    let rows: Vec<(Distance, Vec<u8>, bool)> = distance::table
        .inner_join(
            person::table
                .on(person::controller_id.eq(distance::controller_id).and(person::id.eq(distance::student_id))),
        )
        .inner_join(membership::table.on(
            membership::controller_id.eq(distance::controller_id).and(membership::person_id.eq(distance::student_id)),
        ))
        .filter(distance::controller_id.eq(group.controller))
        .filter(membership::group_id.eq(group.group))
        .filter(membership::role.eq(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .filter(distance::event_id.eq(of))
        .filter(distance::approved_at.is_null())
        .filter(distance::returned_at.is_null())
        .select((Distance::as_select(), person::name, person::protected))
        .order((distance::reported_at.asc(), distance::id.asc()))
        .load(tx.connection())?;
    for (distance, ..) in &rows {
        let whose = Subject::Person(distance.student_id);
        let _noted = tx.look(group.controller, group.by, Class::Distance, whose, now);
    }
    let counted = counted(tx, group, of, rows.iter().map(|(distance, ..)| distance.student_id).collect())?;
    rows.into_iter()
        .map(|(distance, name, protected)| {
            let whose = distance.student_id;
            let name = if protected { None } else { Some(sealed::name(tx.keys(), group.controller, whose, &name)?) };
            let before = counted.iter().filter(|other| comes_before(other, &distance));
            let before = before.map(|&Distance { metres, seconds, .. }| Before { metres, seconds }).collect();
            Ok(Waiting { distance, name, before })
        })
        .collect()
}

/// What students have in an event, without what was given back to them.
fn counted(tx: &mut Tx, group: &GroupSight, of: EventId, mut whose: Vec<PersonId>) -> Result<Vec<Distance>, Fault> {
    whose.sort_unstable();
    whose.dedup();
    Ok(distance::table
        .filter(distance::controller_id.eq(group.controller))
        .filter(distance::student_id.eq_any(whose))
        .filter(distance::event_id.eq(of))
        .filter(distance::returned_at.is_null())
        .select(Distance::as_select())
        .load(tx.connection())?)
}

fn comes_before(other: &Distance, one: &Distance) -> bool {
    let is_earlier = (other.reported_at, other.id) < (one.reported_at, one.id);
    let is_same_day = other.student_id == one.student_id && other.travelled_on == one.travelled_on;
    other.id != one.id && is_same_day && (other.approved_at.is_some() || is_earlier)
}

/// What a teacher decides about a distance.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Approve,
    GiveBack,
}

/// Decides about a waiting distance and, if it is approved, moves the student on and the school's standing in the same
/// transaction. False if it was decided before.
pub fn decide(tx: &mut Tx, me: &Me, sight: &DistanceSight, decision: Decision, now: Millis) -> Result<bool, Fault> {
    let decided = diesel::update(distance::table)
        .filter(distance::controller_id.eq(sight.controller))
        .filter(distance::id.eq(sight.distance))
        .filter(distance::student_id.eq(sight.student))
        .filter(distance::approved_at.is_null())
        .filter(distance::returned_at.is_null());
    let changed = match decision {
        Decision::Approve => decided
            .set((distance::approved_at.eq(now), distance::approved_by.eq(me.person)))
            .execute(tx.connection())?,
        Decision::GiveBack => decided.set(distance::returned_at.eq(now)).execute(tx.connection())?,
    };
    if changed > 0 {
        let action = if decision == Decision::Approve { Action::Approve } else { Action::GiveBack };
        let subject = Subject::Person(sight.student);
        let note = Note::act(sight.controller, Some(sight.by), (action, Class::Distance), subject, now);
        tx.note(note.about(*sight.distance.as_bytes()));
    }
    if changed > 0 && decision == Decision::Approve {
        count(tx, sight, now)?;
    }
    Ok(changed > 0)
}

/// Counts a distance that was approved just now: for the student, and for the school that it was reported from.
fn count(tx: &mut Tx, sight: &DistanceSight, now: Millis) -> Result<(), Fault> {
    let (of, at, metres, goal_items, goal_metres): (EventId, SchoolId, i32, i32, i32) = distance::table
        .inner_join(
            event::table.on(event::controller_id.eq(distance::controller_id).and(event::id.eq(distance::event_id))),
        )
        .filter(distance::controller_id.eq(sight.controller))
        .filter(distance::id.eq(sight.distance))
        .select((distance::event_id, distance::school_id, distance::metres, event::goal_items, event::goal_metres))
        .first(tx.connection())?;
    let goals = Goals { items: goal_items, metres: goal_metres };
    let more = More { items: 0, metres, at: now };
    entrants::advance(tx, (sight.controller, of, sight.student), more, goals)?;
    let raise = Raise { metres: i64::from(metres), distances: 1, entrants: 0 };
    standings::raise(tx, (sight.controller, of, at), &raise)
}
