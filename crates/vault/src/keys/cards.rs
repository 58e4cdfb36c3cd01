//! Login cards: a student has one at most, of which only a keyed hash is kept. The secret has 128 bits, so nobody finds
//! it by trying, and a slow hash would add nothing; it is looked up by its hash, which tells no time of the secret.

use diesel::prelude::*;

use super::{Keys, schema::login_card};
use crate::{
    Fault,
    connection::{Connection, on_each},
    ids::{ControllerId, GroupId, PersonId},
    time::Millis,
};

/// A card that somebody has.
#[derive(Clone, Copy)]
pub(crate) struct CardKept {
    pub(crate) person: PersonId,
    pub(crate) made: Millis,
    /// The first moment it opens nothing.
    pub(crate) ends: Millis,
}

/// Whose a card is, and for which group it was made.
pub(crate) struct CardOf {
    pub(crate) controller: ControllerId,
    pub(crate) group: GroupId,
    pub(crate) person: PersonId,
}

impl Keys {
    /// Makes cards in one commit, each of a person and a secret; what those persons had before opens nothing any more.
    pub(crate) fn make_cards(
        &self,
        controller: ControllerId,
        group: GroupId,
        cards: &[(PersonId, String)],
        (made, ends): (Millis, Millis),
    ) -> Result<(), Fault> {
        self.write(|ring, connection| {
            for (person, secret) in cards {
                let secret = ring.index_of("login card", &[], secret)?;
                let card = (
                    login_card::group_id.eq(group),
                    login_card::secret.eq(&secret),
                    login_card::made_at.eq(made),
                    login_card::ends_at.eq(ends),
                );
                on_each!(connection, each => diesel::insert_into(login_card::table)
                    .values((login_card::controller_id.eq(controller), login_card::person_id.eq(person), card))
                    .on_conflict((login_card::controller_id, login_card::person_id))
                    .do_update()
                    .set(card)
                    .execute(each))?;
            }
            Ok(())
        })
    }

    /// Whose card has this secret, if it has not ended.
    pub(crate) fn card(&self, secret: &str, now: Millis) -> Result<Option<CardOf>, Fault> {
        let row: Option<(ControllerId, GroupId, PersonId)> = self.read(|ring, connection| {
            Ok(login_card::table
                .filter(login_card::secret.eq(ring.index_of("login card", &[], secret)?))
                .filter(login_card::ends_at.gt(now))
                .select((login_card::controller_id, login_card::group_id, login_card::person_id))
                .first(connection)
                .optional()?)
        })?;
        Ok(row.map(|(controller, group, person)| CardOf { controller, group, person }))
    }

    /// The cards of these persons that have not ended.
    pub(crate) fn cards_of(
        &self,
        controller: ControllerId,
        persons: &[PersonId],
        now: Millis,
    ) -> Result<Vec<CardKept>, Fault> {
        let rows: Vec<(PersonId, Millis, Millis)> = self.read(|_, connection| {
            Ok(login_card::table
                .filter(login_card::controller_id.eq(controller))
                .filter(login_card::person_id.eq_any(persons))
                .filter(login_card::ends_at.gt(now))
                .select((login_card::person_id, login_card::made_at, login_card::ends_at))
                .load(connection)?)
        })?;
        Ok(rows.into_iter().map(|(person, made, ends)| CardKept { person, made, ends }).collect())
    }

    /// Ends the cards of these persons, in one commit.
    pub(crate) fn end_cards(&self, controller: ControllerId, persons: &[PersonId]) -> Result<(), Fault> {
        self.write(|_, connection| end(connection, controller, persons))
    }

    /// Clears away the cards whose time is over.
    ///
    /// # Errors
    /// When the key store does not answer; to be tried again then.
    pub fn clear_ended_cards(&self, now: Millis) -> Result<(), Fault> {
        self.write(|_, connection| {
            diesel::delete(login_card::table).filter(login_card::ends_at.le(now)).execute(connection)?;
            Ok(())
        })
    }
}

pub(super) fn end(connection: &mut Connection, controller: ControllerId, persons: &[PersonId]) -> Result<(), Fault> {
    diesel::delete(login_card::table)
        .filter(login_card::controller_id.eq(controller))
        .filter(login_card::person_id.eq_any(persons))
        .execute(connection)?;
    Ok(())
}
