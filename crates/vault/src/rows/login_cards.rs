//! Login cards: a password on paper for a student, made by a teacher of the group. They lie in the key store, which holds
//! at once, whatever becomes of the transaction; what a card opened ends with it.

use diesel::{prelude::*, sql_query, sql_types::BigInt};

use super::{
    people::{self, NamedStudent},
    sessions::{self, TokenHash},
};
use crate::{
    access::{CardsSight, EndCardsSight, MakeCardsSight, Me, Role},
    audit::{Action, Class, Note, Subject},
    connection::{Connection, Tx, on_each},
    fault::Fault,
    ids::{ControllerId, GroupId, PersonId},
    keys::CardOf,
    schema::membership,
    time::Millis,
};

/// When a card was made, and the first moment it opens nothing.
#[derive(Clone, Copy)]
pub struct Card {
    pub made: Millis,
    pub ends: Millis,
}

/// A student of the group, with the card that they have.
pub struct Holder {
    pub student: NamedStudent,
    pub card: Option<Card>,
    /// A protected identity: no card of theirs says where they go to school.
    pub protected: bool,
    /// Whoever is something else here besides, such as a teacher elsewhere, has a password and no card.
    pub may_have: bool,
}

/// The students of a group now, by name.
pub fn holders(tx: &mut Tx, sight: &CardsSight, now: Millis) -> Result<Vec<Holder>, Fault> {
    let students = people::students_of(tx, sight, Class::LoginCard, now)?;
    let ids: Vec<PersonId> = students.iter().map(|student| student.id).collect();
    let cards = tx.keys().cards_of(sight.controller, &ids, now)?;
    let protected = people::protected(tx, sight)?;
    let others = those_with_another_role(tx, sight.controller, &ids, now)?;
    let holder = |student: NamedStudent| Holder {
        card: cards.iter().find(|card| card.person == student.id).map(|card| Card { made: card.made, ends: card.ends }),
        protected: protected.contains(&student.id),
        may_have: !others.contains(&student.id),
        student,
    };
    Ok(students.into_iter().map(holder).collect())
}

fn those_with_another_role(
    tx: &mut Tx,
    of: ControllerId,
    persons: &[PersonId],
    now: Millis,
) -> Result<Vec<PersonId>, Fault> {
    Ok(membership::table
        .filter(membership::controller_id.eq(of))
        .filter(membership::person_id.eq_any(persons))
        .filter(membership::role.ne(Role::Student.name()))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select(membership::person_id)
        .load(tx.connection())?)
}

/// A card about to be made. `secret` has to be as hard to guess as 128 random bits.
#[derive(Clone)]
pub struct NewCard {
    pub of: PersonId,
    pub secret: String,
}

/// Makes cards for students of the group; what they had before, and what that opened, ends. Says which sessions those
/// were. To be called for those alone whom [`holders`] has just found with `may_have`.
pub fn make(
    tx: &mut Tx,
    sight: &MakeCardsSight,
    new: &[NewCard],
    made: Millis,
    ends: Millis,
) -> Result<Vec<TokenHash>, Fault> {
    let persons: Vec<PersonId> = new.iter().map(|card| card.of).collect();
    hold_still(tx, &persons)?;
    note(tx, sight, Action::MakeCard, &persons, made);
    let cards: Vec<(PersonId, String)> = new.iter().map(|card| (card.of, card.secret.clone())).collect();
    tx.keys().make_cards(sight.controller, sight.group, &cards, (made, ends))?;
    sessions::end_by_card(tx, sight.controller, &persons)
}

/// Ends the cards of students of the group, whichever group they were made for, and what they opened. Says which
/// sessions those were. To be called for those alone whom [`holders`] has just found.
pub fn end(tx: &mut Tx, sight: &EndCardsSight, of: &[PersonId], now: Millis) -> Result<Vec<TokenHash>, Fault> {
    hold_still(tx, of)?;
    note(tx, sight, Action::EndCard, of, now);
    tx.keys().end_cards(sight.controller, of)?;
    sessions::end_by_card(tx, sight.controller, of)
}

fn note(tx: &mut Tx, by: &CardsSight, action: Action, of: &[PersonId], now: Millis) {
    for person in of {
        let what = (action, Class::LoginCard);
        tx.note(Note::act(by.controller, by.by, what, Subject::Person(*person), now));
    }
}

/// Whether a card with this secret opens now.
pub fn is_valid(tx: &mut Tx, secret: &str, now: Millis) -> Result<bool, Fault> {
    let Some(card) = tx.keys().card(secret, now)? else { return Ok(false) };
    opens(tx, &card, now)
}

/// The student who comes in by a card. What ends the card waits until the session that is opened now is there to be ended
/// with it, or has ended it before.
pub fn become_student(tx: &mut Tx, secret: &str, now: Millis) -> Result<Option<Me>, Fault> {
    let Some(card) = tx.keys().card(secret, now)? else { return Ok(None) };
    hold_still(tx, &[card.person])?;
    let Some(card) = tx.keys().card(secret, now)? else { return Ok(None) };
    Ok(opens(tx, &card, now)?.then_some(Me { controller: card.controller, person: card.person }))
}

/// A card opens for as long as its student is one of the group that it was made for, and nothing but a student.
fn opens(tx: &mut Tx, card: &CardOf, now: Millis) -> Result<bool, Fault> {
    let roles: Vec<(String, Option<GroupId>)> = on_each!(tx.connection(), each => membership::table
        .filter(membership::controller_id.eq(card.controller))
        .filter(membership::person_id.eq(card.person))
        .filter(membership::from_at.le(now))
        .filter(membership::to_at.is_null().or(membership::to_at.gt(now)))
        .select((membership::role, membership::group_id))
        .load(each))?;
    let is_student = |role: &String| role == Role::Student.name();
    let is_there = roles.iter().any(|(role, group)| is_student(role) && *group == Some(card.group));
    Ok(is_there && roles.iter().all(|(role, _)| is_student(role)))
}

/// Whoever else does something about these persons' cards waits until this transaction has ended. On SQLite there is one
/// writer.
fn hold_still(tx: &mut Tx, persons: &[PersonId]) -> Result<(), Fault> {
    let Connection::Postgres(connection) = tx.connection() else { return Ok(()) };
    let claim = |person: &PersonId| person.as_bytes().first_chunk().map(|bytes| i64::from_be_bytes(*bytes));
    let mut claims: Vec<i64> = persons.iter().filter_map(claim).collect();
    // In this order, so that two never wait for each other.
    claims.sort_unstable();
    for claim in claims {
        sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(claim).execute(connection)?;
    }
    Ok(())
}
