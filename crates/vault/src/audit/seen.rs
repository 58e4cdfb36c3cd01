//! Who looked at somebody's data, as that somebody is told.

use diesel::prelude::*;

use super::note::{Action, Class};
use crate::{
    access::{ChildSight, Me, Role},
    connection::{Tx, on_each},
    fault::Fault,
    ids::{ControllerId, GroupId, PersonId},
    rows::sealed,
    schema::{audit_event, audit_personal, membership, person, teaching_group},
    time::Millis,
};

/// What is told of: looks, and what others did to somebody's things. Work that was given is on other pages, and where
/// one signed in oneself too.
const TOLD: [Action; 12] = [
    Action::Look,
    Action::GivePassword,
    Action::MakeCard,
    Action::EndCard,
    Action::ThrowOut,
    Action::Approve,
    Action::GiveBack,
    Action::CloseReport,
    Action::ConfirmGuardian,
    Action::Refuse,
    Action::SetHold,
    Action::LiftHold,
];

/// Where in the list the next page begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub at: Millis,
    pub seq: i64,
}

/// Who it was, as far as it is told.
pub struct By {
    /// None where nobody was signed in, or where it was forgotten who it was.
    pub role: Option<Role>,
    /// None for support, for who has a protected identity, for another guardian to a guardian, and for the forgotten.
    pub name: Option<String>,
    /// It was the one who is told.
    pub is_me: bool,
}

/// One entry.
pub struct Seen {
    pub place: Place,
    pub action: Action,
    pub class: Class,
    pub by: By,
    /// The name of the group, where it was everyone in it.
    pub group: Option<String>,
}

/// Who looked at my data, newest first, at most `most` after a place.
pub fn of_me(tx: &mut Tx, me: &Me, after: Option<Place>, most: i64) -> Result<Vec<Seen>, Fault> {
    about(tx, &Asks { controller: me.controller, subject: me.person, me }, after, most)
}

/// Who looked at my child's data. Other guardians are not named.
pub fn of_child(tx: &mut Tx, me: &Me, child: &ChildSight, after: Option<Place>, most: i64) -> Result<Vec<Seen>, Fault> {
    about(tx, &Asks { controller: child.controller, subject: child.child, me }, after, most)
}

/// Whose entries are asked for, and by whom.
struct Asks<'a> {
    controller: ControllerId,
    subject: PersonId,
    me: &'a Me,
}

#[derive(Queryable)]
struct Row {
    seq: i64,
    at: Option<Millis>,
    action: String,
    class: String,
    actor_controller: Option<ControllerId>,
    actor: Option<PersonId>,
    role: Option<String>,
}

/// A group that the subject was in, and its name; what happened to the group meanwhile happened to the subject.
struct Stay {
    group: GroupId,
    name: String,
    from: Millis,
    to: Option<Millis>,
}

fn about(tx: &mut Tx, asks: &Asks<'_>, after: Option<Place>, most: i64) -> Result<Vec<Seen>, Fault> {
    let always = (Millis(i64::MIN), None);
    let own = rows(tx, asks, asks.subject.as_bytes(), always, "", after, most)?;
    let mut found: Vec<(Row, Option<String>)> = own.into_iter().map(|row| (row, None)).collect();
    // Whose identity is protected is not among the names at the door.
    let but = if protected(tx, asks.controller, asks.subject)? { Class::Door.name() } else { "" };
    for stay in stays(tx, asks)? {
        let rows = rows(tx, asks, stay.group.as_bytes(), (stay.from, stay.to), but, after, most)?;
        found.extend(rows.into_iter().map(|row| (row, Some(stay.name.clone()))));
    }
    let mut seen = Vec::with_capacity(found.len());
    found.sort_by_key(|(row, _)| std::cmp::Reverse((row.at, row.seq)));
    // Two memberships in one group at a time are one.
    found.dedup_by_key(|(row, _)| row.seq);
    found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    for (row, group) in found {
        let (Some(action), Some(class), Some(at)) = (Action::named(&row.action), Class::named(&row.class), row.at)
        else {
            continue;
        };
        let by = by(tx, asks, &row)?;
        seen.push(Seen { place: Place { at, seq: row.seq }, action, class, by, group });
    }
    Ok(seen)
}

fn rows(
    tx: &mut Tx,
    asks: &Asks<'_>,
    subject: &[u8],
    (from, to): (Millis, Option<Millis>),
    but: &str,
    after: Option<Place>,
    most: i64,
) -> Result<Vec<Row>, Fault> {
    let after = after.unwrap_or(Place { at: Millis(i64::MAX), seq: i64::MAX });
    let told: Vec<&str> = TOLD.iter().map(|action| action.name()).collect();
    Ok(on_each!(tx.connection(), each => audit_personal::table
        .inner_join(
            audit_event::table.on(audit_event::controller_id
                .eq(audit_personal::controller_id)
                .and(audit_event::seq.eq(audit_personal::seq))),
        )
        .filter(audit_personal::controller_id.eq(asks.controller))
        .filter(audit_personal::subject_id.eq(subject))
        .filter(audit_personal::at.ge(from))
        .filter(audit_personal::at.lt(to.unwrap_or(Millis(i64::MAX))))
        .filter(audit_personal::at.lt(after.at).or(audit_personal::at
            .eq(after.at)
            .and(audit_personal::seq.lt(after.seq))))
        .filter(audit_event::action.eq_any(told))
        .filter(audit_event::class.ne(but))
        // Where the one who is told of looked, there is nothing to tell.
        .filter(audit_personal::actor_id.is_null().or(audit_personal::actor_id.ne(asks.subject)))
        .order((audit_personal::at.desc(), audit_personal::seq.desc()))
        .limit(most)
        .select((
            audit_personal::seq,
            audit_personal::at,
            audit_event::action,
            audit_event::class,
            audit_personal::actor_controller_id,
            audit_personal::actor_id,
            audit_personal::actor_role,
        ))
        .load(each))?)
}

fn stays(tx: &mut Tx, asks: &Asks<'_>) -> Result<Vec<Stay>, Fault> {
    let rows: Vec<(GroupId, String, Millis, Option<Millis>)> = membership::table
        .inner_join(
            teaching_group::table.on(teaching_group::controller_id
                .eq(membership::controller_id)
                .and(membership::group_id.eq(teaching_group::id.nullable()))),
        )
        .filter(membership::controller_id.eq(asks.controller))
        .filter(membership::person_id.eq(asks.subject))
        .filter(membership::role.eq(Role::Student.name()))
        .select((teaching_group::id, teaching_group::name, membership::from_at, membership::to_at))
        .load(tx.connection())?;
    Ok(rows.into_iter().map(|(group, name, from, to)| Stay { group, name, from, to }).collect())
}

fn protected(tx: &mut Tx, of: ControllerId, who: PersonId) -> Result<bool, Fault> {
    let protected: Option<bool> = person::table
        .filter(person::controller_id.eq(of))
        .filter(person::id.eq(who))
        .select(person::protected)
        .first(tx.connection())
        .optional()?;
    Ok(protected.unwrap_or(true))
}

/// Who it was, no more of them than the one who is told needs.
fn by(tx: &mut Tx, asks: &Asks<'_>, row: &Row) -> Result<By, Fault> {
    let role = row.role.as_deref().and_then(Role::named);
    let is_me = row.actor == Some(asks.me.person);
    let another_guardian = role == Some(Role::Guardian) && !is_me && asks.subject != asks.me.person;
    let name = match (row.actor_controller, row.actor) {
        (Some(of), Some(who)) if of == asks.controller && !another_guardian => named(tx, of, who)?,
        _ => None,
    };
    Ok(By { role, name, is_me })
}

fn named(tx: &mut Tx, of: ControllerId, who: PersonId) -> Result<Option<String>, Fault> {
    let name: Option<Vec<u8>> = person::table
        .filter(person::controller_id.eq(of))
        .filter(person::id.eq(who))
        .filter(person::protected.eq(false))
        .select(person::name)
        .first(tx.connection())
        .optional()?;
    let name = name.map(|name| sealed::name(tx.keys(), of, who, &name)).transpose()?;
    Ok(name.filter(|name| name != sealed::FORGOTTEN))
}
