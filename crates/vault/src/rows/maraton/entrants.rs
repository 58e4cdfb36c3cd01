//! Who takes part: the course that a student picked, how far they have come in it, and that they have finished.
//!
//! The figures run along: a line that finishes an item counts it in its own transaction, and so does the approval of a
//! distance. Whoever moves an entrant on moves the school's standing by as much, always in this order.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Binary, Integer},
};

use super::{
    Event,
    standings::{self, Raise},
};
use crate::{
    access::{OwnSight, StudentSight},
    connection::{Connection, Tx, kept::kept, on_each},
    fault::Fault,
    ids::{ControllerId, EventId, PersonId, SchoolId, Ticket},
    key::fill,
    rows::students::{self, General},
    schema::{calculation, course, entrant, event},
    time::Millis,
};

/// How far a student has come in an event.
#[derive(Queryable, Selectable, Clone)]
#[diesel(table_name = entrant)]
pub struct Entrant {
    /// The number of the course; none until one is picked.
    pub course: Option<i16>,
    /// Finished during the event, of the course.
    pub items: i32,
    /// Approved.
    pub metres: i32,
    /// When both goals were reached first.
    pub finished_at: Option<Millis>,
}

/// How far the student in sight has come; nothing if they do not take part.
pub fn entrant(tx: &mut Tx, sight: &StudentSight, of: EventId) -> Result<Option<Entrant>, Fault> {
    Ok(entrant::table
        .filter(entrant::controller_id.eq(sight.controller))
        .filter(entrant::event_id.eq(of))
        .filter(entrant::student_id.eq(sight.student))
        .select(Entrant::as_select())
        .first(tx.connection())
        .optional()?)
}

/// The exercises of which a student finished items while the event was open, by name, and how many of each.
pub fn finished_exercises(tx: &mut Tx, sight: &StudentSight, during: &Event) -> Result<Vec<(String, i64)>, Fault> {
    Ok(calculation::table
        .filter(calculation::controller_id.eq(sight.controller))
        .filter(calculation::student_id.eq(sight.student))
        .filter(calculation::finished_at.ge(during.opens_at))
        .filter(calculation::finished_at.lt(during.closes_at))
        .group_by(calculation::exercise)
        .select((calculation::exercise, diesel::dsl::count_star()))
        .load(tx.connection())?)
}

/// What there is to reach.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Goals {
    pub items: i32,
    pub metres: i32,
}

/// In which event, and in which of its courses, a student's items count. As long as the version of the student's practice
/// is the same, so is this.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    event: EventId,
    opens_at: Millis,
    closes_at: Millis,
    goals: Goals,
    /// The first and the last school year of the course.
    pub years: (i16, i16),
}

impl Entered {
    /// Whether the event is open at a moment.
    #[must_use]
    pub fn is_open(&self, at: Millis) -> bool {
        self.opens_at <= at && at < self.closes_at
    }
}

/// In what one's own items count: the event that opened last of those in which one has picked a course.
pub fn entered(tx: &mut Tx, own: &OwnSight) -> Result<Option<Entered>, Fault> {
    type Row = (EventId, Millis, Millis, i32, i32, i16, i16);
    let row: Option<Row> = on_each!(tx.connection(), each => entrant::table
        .inner_join(event::table.on(event::controller_id.eq(entrant::controller_id).and(event::id.eq(entrant::event_id))))
        .inner_join(
            course::table.on(course::controller_id
                .eq(entrant::controller_id)
                .and(course::event_id.eq(entrant::event_id))
                .and(course::number.nullable().eq(entrant::course))),
        )
        .filter(entrant::controller_id.eq(own.controller))
        .filter(entrant::student_id.eq(own.student))
        .order(event::opens_at.desc())
        .select((
            event::id,
            event::opens_at,
            event::closes_at,
            event::goal_items,
            event::goal_metres,
            course::from_year,
            course::to_year,
        ))
        .first(each)
        .optional())?;
    Ok(row.map(|(event, opens_at, closes_at, items, metres, from, to)| Entered {
        event,
        opens_at,
        closes_at,
        goals: Goals { items, metres },
        years: (from, to),
    }))
}

/// A course that a student picks.
pub struct Choice<'a> {
    /// The student's practice as it was when the items were counted.
    pub seen: &'a General,
    pub event: &'a Event,
    /// The number of the course.
    pub course: i16,
    pub school: SchoolId,
    /// Finished during the event, of this course.
    pub items: i32,
    pub at: Millis,
}

/// Picks a course, or another one. False, and nothing stored, if the student's practice has moved on since the items were
/// counted: count again.
pub fn choose(tx: &mut Tx, own: &OwnSight, choice: &Choice) -> Result<bool, Fault> {
    if !students::take(tx, own, choice.seen)? {
        return Ok(false);
    }
    let event = choice.event;
    enter(tx, own, event.id, choice.school)?;
    let mine = entrant::table
        .filter(entrant::controller_id.eq(own.controller))
        .filter(entrant::event_id.eq(event.id))
        .filter(entrant::student_id.eq(own.student));
    // Items move with the student's version alone, which is taken.
    let before: i32 = mine.select(entrant::items).first(tx.connection())?;
    diesel::update(entrant::table)
        .filter(entrant::controller_id.eq(own.controller))
        .filter(entrant::event_id.eq(event.id))
        .filter(entrant::student_id.eq(own.student))
        .set(entrant::course.eq(choice.course))
        .execute(tx.connection())?;
    let more = More { items: choice.items - before, metres: 0, at: choice.at };
    advance(tx, (own.controller, event.id, own.student), more, event.goals())?;
    Ok(true)
}

/// Who was not there takes part from now on, still without a course.
pub(super) fn enter(tx: &mut Tx, own: &OwnSight, of: EventId, at: SchoolId) -> Result<(), Fault> {
    let entered = on_each!(tx.connection(), each => diesel::insert_into(entrant::table)
        .values((
            entrant::controller_id.eq(own.controller),
            entrant::event_id.eq(of),
            entrant::student_id.eq(own.student),
            entrant::school_id.eq(at),
            entrant::items.eq(0),
            entrant::metres.eq(0),
        ))
        .on_conflict((entrant::controller_id, entrant::event_id, entrant::student_id))
        .do_nothing()
        .execute(each))?;
    if entered > 0 {
        let one = Raise { metres: 0, distances: 0, entrants: 1 };
        standings::raise(tx, (own.controller, of, at), &one)?;
    }
    Ok(())
}

/// Counts an item that a line has finished just now.
pub(crate) fn count_item(tx: &mut Tx, own: &OwnSight, entered: &Entered, at: Millis) -> Result<(), Fault> {
    let one = More { items: 1, metres: 0, at };
    advance(tx, (own.controller, entered.event, own.student), one, entered.goals)
}

/// What an entrant has more than before, and since when.
#[derive(Clone, Copy)]
pub(super) struct More {
    pub items: i32,
    pub metres: i32,
    pub at: Millis,
}

/// Whose: by the controller, the event and the student.
type Whose = (ControllerId, EventId, PersonId);

/// Moves an entrant on, and the items and finishers of the school. Who reaches both goals for the first time has finished,
/// then and for ever, and has a ticket for the draw.
pub(super) fn advance(tx: &mut Tx, whose: Whose, more: More, goals: Goals) -> Result<(), Fault> {
    // Drawn for each who may finish by this, and kept by who does.
    let mut ticket = [0; 16];
    fill(&mut ticket)?;
    let ticket = Ticket::from_bytes(ticket);
    match tx.connection() {
        Connection::Sqlite(each) => one_by_one(each, &whose, &more, &goals, &ticket)?,
        Connection::Postgres(each) => at_once(each, &whose, &more, &goals, &ticket)?,
    }
    Ok(())
}

/// The school first, as long as it can be told from the entrant who finishes; nobody else writes meanwhile.
fn one_by_one(
    on: &mut SqliteConnection,
    whose: &Whose,
    more: &More,
    goals: &Goals,
    ticket: &Ticket,
) -> QueryResult<()> {
    let (controller, event, student) = (&whose.0, &whose.1, &whose.2);
    let More { items, metres, at } = more;
    let Goals { items: goal_items, metres: goal_metres } = goals;
    let of_school = OfSchool {
        sum: &i64::from(*items),
        items,
        goal_items,
        metres,
        goal_metres,
        controller,
        event,
        student,
        of: controller,
        in_event: event,
        school_of: controller,
        school_in: event,
        school_by: student,
    };
    of_school.execute(on)?;
    let own = Advance {
        items,
        metres,
        items_for_ticket: items,
        goal_for_ticket: goal_items,
        metres_for_ticket: metres,
        metres_goal_for_ticket: goal_metres,
        ticket,
        more_items: items,
        goal_items,
        more_metres: metres,
        goal_metres,
        at,
        controller,
        event,
        student,
    };
    own.execute(on)?;
    Ok(())
}

/// One statement, in which the entrant is taken before it is looked at.
fn at_once(on: &mut PgConnection, whose: &Whose, more: &More, goals: &Goals, ticket: &Ticket) -> QueryResult<()> {
    let (controller, event, student) = (&whose.0, &whose.1, &whose.2);
    let More { items, metres, at } = more;
    let both = AdvanceAtOnce {
        items,
        goal_items: &goals.items,
        metres,
        goal_metres: &goals.metres,
        controller,
        event,
        student,
        more_items: items,
        more_metres: metres,
        at,
        ticket,
        own_controller: controller,
        own_event: event,
        own_student: student,
        sum: &i64::from(*items),
        of: controller,
        in_event: event,
    };
    both.execute(on)?;
    Ok(())
}

kept! { on diesel::sqlite::Sqlite, OfSchool
    "UPDATE standing SET items = items + ?, finishers = finishers + COALESCE((
         SELECT finished_at IS NULL AND entrant.items + ? >= ? AND entrant.metres + ? >= ? FROM entrant
         WHERE controller_id = ? AND event_id = ? AND student_id = ?), 0)
     WHERE controller_id = ? AND event_id = ? AND school_id = (
         SELECT school_id FROM entrant WHERE controller_id = ? AND event_id = ? AND student_id = ?)":
    sum: i64 => BigInt,
    items: i32 => Integer,
    goal_items: i32 => Integer,
    metres: i32 => Integer,
    goal_metres: i32 => Integer,
    controller: ControllerId => Binary,
    event: EventId => Binary,
    student: PersonId => Binary,
    of: ControllerId => Binary,
    in_event: EventId => Binary,
    school_of: ControllerId => Binary,
    school_in: EventId => Binary,
    school_by: PersonId => Binary,
}

kept! { on diesel::sqlite::Sqlite, Advance
    "UPDATE entrant SET items = items + ?, metres = metres + ?, ticket = CASE
         WHEN finished_at IS NULL AND items + ? >= ? AND metres + ? >= ? THEN ? ELSE ticket END, finished_at = CASE
         WHEN finished_at IS NULL AND items + ? >= ? AND metres + ? >= ? THEN ? ELSE finished_at END
     WHERE controller_id = ? AND event_id = ? AND student_id = ?":
    items: i32 => Integer,
    metres: i32 => Integer,
    items_for_ticket: i32 => Integer,
    goal_for_ticket: i32 => Integer,
    metres_for_ticket: i32 => Integer,
    metres_goal_for_ticket: i32 => Integer,
    ticket: Ticket => Binary,
    more_items: i32 => Integer,
    goal_items: i32 => Integer,
    more_metres: i32 => Integer,
    goal_metres: i32 => Integer,
    at: Millis => BigInt,
    controller: ControllerId => Binary,
    event: EventId => Binary,
    student: PersonId => Binary,
}

kept! { on diesel::pg::Pg, AdvanceAtOnce
    "WITH before AS (
         SELECT school_id, finished_at IS NULL AND items + ? >= ? AND metres + ? >= ? AS finishes FROM entrant
         WHERE controller_id = ? AND event_id = ? AND student_id = ? FOR UPDATE),
     advanced AS (
         UPDATE entrant SET items = items + ?, metres = metres + ?,
             finished_at = CASE WHEN before.finishes THEN ? ELSE finished_at END,
             ticket = CASE WHEN before.finishes THEN ? ELSE ticket END
         FROM before WHERE controller_id = ? AND event_id = ? AND student_id = ?)
     UPDATE standing SET items = items + ?, finishers = finishers + CASE WHEN before.finishes THEN 1 ELSE 0 END
     FROM before WHERE controller_id = ? AND event_id = ? AND standing.school_id = before.school_id":
    items: i32 => Integer,
    goal_items: i32 => Integer,
    metres: i32 => Integer,
    goal_metres: i32 => Integer,
    controller: ControllerId => Binary,
    event: EventId => Binary,
    student: PersonId => Binary,
    more_items: i32 => Integer,
    more_metres: i32 => Integer,
    at: Millis => BigInt,
    ticket: Ticket => Binary,
    own_controller: ControllerId => Binary,
    own_event: EventId => Binary,
    own_student: PersonId => Binary,
    sum: i64 => BigInt,
    of: ControllerId => Binary,
    in_event: EventId => Binary,
}
