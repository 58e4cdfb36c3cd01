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
    pub moved: f64,
    pub responses: i64,
}

pub fn all(tx: &mut Tx) -> Result<Vec<Moved>, Fault> {
    Ok(item_difficulty::table.load(tx.connection())?)
}

/// Adds what one process has gathered. Deltas of several processes add up, in whatever order they come.
pub fn add(tx: &mut Tx, delta: &Moved) -> Result<(), Fault> {
    on_each!(tx.connection(), conn => diesel::insert_into(item_difficulty::table)
        .values((
            item_difficulty::exercise.eq(&delta.exercise),
            item_difficulty::moved.eq(delta.moved),
            item_difficulty::responses.eq(delta.responses),
        ))
        .on_conflict(item_difficulty::exercise)
        .do_update()
        .set((
            item_difficulty::moved.eq(item_difficulty::moved + delta.moved),
            item_difficulty::responses.eq(item_difficulty::responses + delta.responses),
        ))
        .execute(conn))?;
    Ok(())
}
