//! MatteMaraton: events and courses; in files of their own distances, who takes part, the draw among those who have finished, how
//! far a group has come, how many in a class have finished, and how the schools stand.

mod classes;
mod distances;
mod draws;
mod entrants;
mod groups;
mod organising;
mod pace;
mod recount;
mod sharing;
mod standings;

use diesel::prelude::*;

pub(super) use self::entrants::count_item;
pub use self::{
    classes::{ClassFinish, class_finish, qualified},
    distances::{
        Before, Decision, Distance, NewDistance, Source, TakenBack, Waiting, decide, distances_of, report, take_back,
        waiting_in, with_key,
    },
    draws::{Draw, Drawn, Lot, Outcome, Won, draw, draw_entries, draw_of, lot, won_in},
    entrants::{Choice, Entered, Entrant, Goals, choose, entered, entrant, finished_exercises},
    groups::{GroupSum, together},
    organising::{change_event, drop_event, events, has_page, make_event, number_waiting, show_to_all},
    pace::{Fewest, Pace, count_pace, pace},
    recount::{Recount, recount},
    sharing::{Offered, invited, join, leave, meets_another, offered, taking_part},
    standings::{Standing, public_standings, standings},
};
use crate::{
    access::{EventSight, PublicSight},
    connection::Tx,
    fault::Fault,
    ids::{ControllerId, EventId},
    schema::{controller, course, event},
    time::Millis,
};

#[derive(Insertable, Queryable, Selectable, Clone)]
#[diesel(table_name = event)]
pub struct Event {
    pub controller_id: ControllerId,
    pub id: EventId,
    pub name: String,
    pub opens_at: Millis,
    pub closes_at: Millis,
    pub goal_metres: i32,
    pub goal_items: i32,
    /// What the organiser says how it goes; may be empty.
    pub rules: String,
    /// What is told to all who look; may be empty.
    pub announcement: String,
    /// Whose event it is: the controller itself, or one whose organiser has opened it to others.
    pub host: ControllerId,
    /// The name of an [`OpenTo`].
    pub open_to: String,
    /// What others type to take part; empty but at the host.
    pub invitation: String,
    /// The schools of the controller that has it stand on the page for all.
    pub is_public: bool,
}

#[derive(Insertable, Queryable, Selectable, Clone)]
#[diesel(table_name = course)]
pub struct Course {
    pub controller_id: ControllerId,
    pub event_id: EventId,
    pub number: i16,
    pub name: String,
    pub from_year: i16,
    pub to_year: i16,
}

/// Makes an event with its courses, and fixes what its draw will be drawn by, if it is its host's.
pub fn add_event(tx: &mut Tx, new: &Event, courses: &[Course]) -> Result<(), Fault> {
    diesel::insert_into(event::table).values(new).execute(tx.connection())?;
    for course in courses {
        diesel::insert_into(course::table).values(course).execute(tx.connection())?;
    }
    if new.is_own() { draws::add(tx, new.controller_id, new.id) } else { Ok(()) }
}

/// Who else may take part in an event than its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenTo {
    /// Nobody.
    Own,
    /// Whoever has its invitation.
    Invited,
    /// Every controller of this server.
    All,
}

impl OpenTo {
    pub const EACH: [Self; 3] = [Self::Own, Self::Invited, Self::All];

    /// As it is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Invited => "invited",
            Self::All => "all",
        }
    }

    /// Of its name; nobody, of anything else.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::EACH.into_iter().find(|to| to.name() == name).unwrap_or(Self::Own)
    }
}

impl Event {
    #[must_use]
    pub fn open_to(&self) -> OpenTo {
        OpenTo::named(&self.open_to)
    }

    /// Whether the controller that has it is the one whose event it is.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.host == self.controller_id
    }

    /// What there is to reach.
    #[must_use]
    pub const fn goals(&self) -> Goals {
        Goals { items: self.goal_items, metres: self.goal_metres }
    }
}

/// The event that opened last; it may have closed since.
pub fn latest_event(tx: &mut Tx, sight: &EventSight, now: Millis) -> Result<Option<Event>, Fault> {
    Ok(event::table
        .filter(event::controller_id.eq(sight.controller))
        .filter(event::opens_at.le(now))
        .order(event::opens_at.desc())
        .select(Event::as_select())
        .first(tx.connection())
        .optional()?)
}

/// An event that everybody may see, its host's name and the host's time zone.
pub fn public_event(tx: &mut Tx, sight: &PublicSight) -> Result<(Event, String, String), Fault> {
    Ok(event::table
        .inner_join(controller::table.on(controller::id.eq(event::controller_id)))
        .filter(event::controller_id.eq(sight.host))
        .filter(event::id.eq(sight.event))
        .select((Event::as_select(), controller::name, controller::time_zone))
        .first(tx.connection())?)
}

/// The courses of an event, the first first.
pub fn courses(tx: &mut Tx, sight: &EventSight, of: EventId) -> Result<Vec<Course>, Fault> {
    Ok(course::table
        .filter(course::controller_id.eq(sight.controller))
        .filter(course::event_id.eq(of))
        .order(course::number)
        .select(Course::as_select())
        .load(tx.connection())?)
}
