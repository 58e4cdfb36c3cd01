//! Class codes: a door that a teacher holds open for a group for some minutes.
//!
//! A code has two halves of three characters. The first, its place, says which group is meant and is given to one open
//! code alone; the second is its secret. So a wrong try at a group is counted there, and the code is closed when there
//! were too many, while one who does not even know a place has both to guess.

use diesel::prelude::*;

use super::{
    people::{self, NamedStudent},
    sessions::{self, TokenHash},
};
use crate::{
    access::{self, DoorSight, GroupSight, Me},
    audit::{Action, Class, Note, Subject},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, GroupId, PersonId, SchoolId},
    schema::{class_code, session, teaching_group},
    time::Millis,
};

/// Wrong tries after which a code is closed.
pub const MOST_WRONG_TRIES: i32 = 50;

/// Both halves, in capitals.
#[derive(Clone, PartialEq, Eq)]
pub struct ClassCode {
    pub place: String,
    pub secret: String,
}

/// A code as the group's teacher sees it.
pub struct OpenCode {
    pub code: ClassCode,
    pub opened: Millis,
    pub closes: Millis,
}

/// The group's code, if it is open now.
pub fn of_group(tx: &mut Tx, group: &DoorSight, now: Millis) -> Result<Option<OpenCode>, Fault> {
    let row: Option<(String, String, Millis, Millis)> = class_code::table
        .filter(class_code::controller_id.eq(group.controller))
        .filter(class_code::group_id.eq(group.group))
        .filter(class_code::closes_at.gt(now))
        .filter(class_code::wrong_tries.lt(MOST_WRONG_TRIES))
        .select((class_code::place, class_code::secret, class_code::opened_at, class_code::closes_at))
        .first(tx.connection())
        .optional()?;
    Ok(row.map(|(place, secret, opened, closes)| OpenCode { code: ClassCode { place, secret }, opened, closes }))
}

/// Opens a code for the group in place of the one there was. Says whether it could: another open code may have the place.
pub fn open(tx: &mut Tx, group: &DoorSight, code: &ClassCode, now: Millis, closes: Millis) -> Result<bool, Fault> {
    clear_ended(tx, now)?;
    delete(tx, group)?;
    let taken: i64 = class_code::table.filter(class_code::place.eq(&code.place)).count().get_result(tx.connection())?;
    if taken > 0 {
        return Ok(false);
    }
    diesel::insert_into(class_code::table)
        .values((
            class_code::controller_id.eq(group.controller),
            class_code::group_id.eq(group.group),
            class_code::place.eq(&code.place),
            class_code::secret.eq(&code.secret),
            class_code::opened_at.eq(now),
            class_code::closes_at.eq(closes),
            class_code::wrong_tries.eq(0),
        ))
        .execute(tx.connection())?;
    tx.note(of_code(group, Action::OpenCode, Subject::Group(group.group), now));
    Ok(true)
}

/// Closes the group's code; from then on it opens nothing.
pub fn close(tx: &mut Tx, group: &DoorSight, now: Millis) -> Result<(), Fault> {
    if delete(tx, group)? > 0 {
        tx.note(of_code(group, Action::CloseCode, Subject::Group(group.group), now));
    }
    Ok(())
}

fn delete(tx: &mut Tx, group: &DoorSight) -> Result<usize, Fault> {
    Ok(diesel::delete(class_code::table)
        .filter(class_code::controller_id.eq(group.controller))
        .filter(class_code::group_id.eq(group.group))
        .execute(tx.connection())?)
}

const fn of_code(group: &GroupSight, action: Action, subject: Subject, now: Millis) -> Note {
    Note::act(group.controller, group.by, (action, Class::ClassCode), subject, now)
}

/// Clears away the codes whose time is over.
pub fn clear_ended(tx: &mut Tx, now: Millis) -> Result<usize, Fault> {
    Ok(diesel::delete(class_code::table).filter(class_code::closes_at.le(now)).execute(tx.connection())?)
}

/// What somebody has who typed an open code: the names of its group, and whom of them they may become.
pub struct Entrance {
    group: GroupSight,
    opened: Millis,
}

/// Tries a code, and counts a wrong secret at the group whose place it was tried at.
pub fn try_code(tx: &mut Tx, code: &ClassCode, now: Millis) -> Result<Option<Entrance>, Fault> {
    type Row = (ControllerId, GroupId, SchoolId, String, Millis);
    let found: Option<Row> = on_each!(tx.connection(), each => class_code::table
        .inner_join(teaching_group::table.on(teaching_group::controller_id
            .eq(class_code::controller_id)
            .and(teaching_group::id.eq(class_code::group_id))))
        .filter(class_code::place.eq(&code.place))
        .filter(class_code::closes_at.gt(now))
        .filter(class_code::wrong_tries.lt(MOST_WRONG_TRIES))
        .select((
            class_code::controller_id,
            class_code::group_id,
            teaching_group::school_id,
            class_code::secret,
            class_code::opened_at,
        ))
        .first(each))
    .optional()?;
    let Some((controller, group, school, secret, opened)) = found else { return Ok(None) };
    let is_right = secret == code.secret;
    // Also a right one writes: whoever comes at the same moment waits here, so that no two pick the same name.
    diesel::update(class_code::table)
        .filter(class_code::controller_id.eq(controller))
        .filter(class_code::group_id.eq(group))
        .set(class_code::wrong_tries.eq(class_code::wrong_tries + i32::from(!is_right)))
        .execute(tx.connection())?;
    Ok(is_right.then_some(Entrance { group: access::behind_the_door(controller, group, school), opened }))
}

/// A name in the list behind the door.
pub struct AtTheDoor {
    pub student: NamedStudent,
    /// Somebody came in by this name since the code was opened.
    pub is_in: bool,
}

impl Entrance {
    #[must_use]
    pub const fn group(&self) -> GroupId {
        self.group.group
    }

    /// The group's students by name, but for protected identities: those sign in by their password.
    pub fn students(&self, tx: &mut Tx, now: Millis) -> Result<Vec<AtTheDoor>, Fault> {
        let inside = inside(tx, &self.group, now)?;
        let is_in = |id| inside.iter().any(|(who, at, _)| *who == id && *at >= self.opened);
        let protected = people::protected(tx, &self.group)?;
        Ok(people::students_of(tx, &self.group, Class::Door, now)?
            .into_iter()
            .filter(|student| !protected.contains(&student.id))
            .map(|student| AtTheDoor { is_in: is_in(student.id), student })
            .collect())
    }

    /// The one who picks this name, if it is in the group and nobody came in by it before.
    pub fn become_student(&self, tx: &mut Tx, id: PersonId, now: Millis) -> Result<Option<Me>, Fault> {
        let found = self.students(tx, now)?.into_iter().any(|at| at.student.id == id && !at.is_in);
        Ok(found.then_some(Me { controller: self.group.controller, person: id }))
    }
}

/// Who came in by the group's code and is still in, with when.
fn inside(tx: &mut Tx, group: &GroupSight, now: Millis) -> Result<Vec<(PersonId, Millis, Vec<u8>)>, Fault> {
    Ok(session::table
        .filter(session::controller_id.eq(group.controller))
        .filter(session::group_id.eq(group.group))
        .filter(session::expires_at.gt(now))
        .order(session::created_at)
        .select((session::person_id, session::created_at, session::token_hash))
        .load(tx.connection())?)
}

/// A student who came in by the code.
pub struct CameIn {
    pub student: NamedStudent,
    pub at: Millis,
}

/// Who of the group's students came in by its code and is still in, first to last.
pub fn came_in(tx: &mut Tx, group: &DoorSight, now: Millis) -> Result<Vec<CameIn>, Fault> {
    let inside = inside(tx, group, now)?;
    if inside.is_empty() {
        return Ok(Vec::new());
    }
    let students = people::students_of(tx, group, Class::Names, now)?;
    let mut names: Vec<Option<NamedStudent>> = students.into_iter().map(Some).collect();
    let mut came = Vec::new();
    for (who, at, _) in inside {
        let name = names.iter_mut().find(|name| name.as_ref().is_some_and(|name| name.id == who));
        came.extend(name.and_then(Option::take).map(|student| CameIn { student, at }));
    }
    Ok(came)
}

/// Ends what a student came in by, and says which sessions that were.
pub fn throw_out(tx: &mut Tx, group: &DoorSight, who: PersonId, now: Millis) -> Result<Vec<TokenHash>, Fault> {
    let mut ended = Vec::new();
    for (_, _, token) in inside(tx, group, now)?.into_iter().filter(|(person, ..)| *person == who) {
        if let Ok(token) = TokenHash::try_from(token) {
            sessions::end(tx, &token)?;
            ended.push(token);
        }
    }
    if !ended.is_empty() {
        tx.note(of_code(group, Action::ThrowOut, Subject::Person(who), now));
    }
    Ok(ended)
}
