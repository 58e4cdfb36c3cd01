//! How far the difficulty of each exercise has moved from its author's guess. Nobody's data: sums over all students.

use diesel::prelude::*;

use crate::{
    connection::{Tx, on_each},
    fault::Fault,
    schema::item_difficulty,
};

/// `moved` in logits, over so many responses.
#[derive(Queryable, Clone)]
pub struct Moved {
    pub exercise: String,
    /// 1, 2 or 3 for the first, second and any further answer to an item; 0 for a line
    pub attempt: i16,
    pub moved: f64,
    pub responses: i64,
    /// of these responses, 1/logit²
    pub information: f64,
    /// sums by which an exercise is found to misbehave
    pub residual: f64,
    pub surprise: f64,
    pub surprise_variance: f64,
    pub covariance: f64,
    pub leverage: f64,
    pub spread: f64,
}

pub fn all(tx: &mut Tx) -> Result<Vec<Moved>, Fault> {
    Ok(item_difficulty::table.load(tx.connection())?)
}

/// Adds what one process has gathered. Deltas of several processes add up, in whatever order they come.
pub fn add(tx: &mut Tx, delta: &Moved) -> Result<(), Fault> {
    on_each!(tx.connection(), conn => diesel::insert_into(item_difficulty::table)
        .values((
            item_difficulty::exercise.eq(&delta.exercise),
            item_difficulty::attempt.eq(delta.attempt),
            item_difficulty::moved.eq(delta.moved),
            item_difficulty::responses.eq(delta.responses),
            item_difficulty::information.eq(delta.information),
            item_difficulty::residual.eq(delta.residual),
            item_difficulty::surprise.eq(delta.surprise),
            item_difficulty::surprise_variance.eq(delta.surprise_variance),
            item_difficulty::covariance.eq(delta.covariance),
            item_difficulty::leverage.eq(delta.leverage),
            item_difficulty::spread.eq(delta.spread),
        ))
        .on_conflict((item_difficulty::exercise, item_difficulty::attempt))
        .do_update()
        .set((
            item_difficulty::moved.eq(item_difficulty::moved + delta.moved),
            item_difficulty::responses.eq(item_difficulty::responses + delta.responses),
            item_difficulty::information.eq(item_difficulty::information + delta.information),
            item_difficulty::residual.eq(item_difficulty::residual + delta.residual),
            item_difficulty::surprise.eq(item_difficulty::surprise + delta.surprise),
            item_difficulty::surprise_variance.eq(item_difficulty::surprise_variance + delta.surprise_variance),
            item_difficulty::covariance.eq(item_difficulty::covariance + delta.covariance),
            item_difficulty::leverage.eq(item_difficulty::leverage + delta.leverage),
            item_difficulty::spread.eq(item_difficulty::spread + delta.spread),
        ))
        .execute(conn))?;
    Ok(())
}
