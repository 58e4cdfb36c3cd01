//! Hints that a student opened.

use std::ops::RangeInclusive;

use diesel::prelude::*;

use crate::{
    connection::Tx,
    fault::Fault,
    rows::calculations::Calculation,
    schema::{calculation, hint},
    time::Millis,
};

/// A hint that was opened.
#[derive(Queryable, Clone, Copy)]
pub struct OpenedHint {
    /// The number of the right line that it goes on from; 0 is the task.
    pub from_line: i16,
    /// 1 and up: the stronger, the more it says.
    pub strength: i16,
    pub at: Millis,
}

/// The hints that were opened in a calculation, in the order in which they were.
pub fn opened(tx: &mut Tx, of: &Calculation) -> Result<Vec<OpenedHint>, Fault> {
    if of.hints == 0 {
        return Ok(Vec::new());
    }
    Ok(hint::table
        .filter(hint::controller_id.eq(of.controller_id))
        .filter(hint::calculation_id.eq(of.id))
        .select((hint::from_line, hint::strength, hint::at))
        .order((hint::at, hint::from_line, hint::strength))
        .load(tx.connection())?)
}

/// Remembers that the hints of these strengths were opened, none of which was open before.
pub fn open(
    tx: &mut Tx,
    of: &Calculation,
    from_line: i16,
    strengths: RangeInclusive<i16>,
    now: Millis,
) -> Result<(), Fault> {
    let mut count = 0_i16;
    for strength in strengths {
        diesel::insert_into(hint::table)
            .values((
                hint::controller_id.eq(of.controller_id),
                hint::calculation_id.eq(of.id),
                hint::from_line.eq(from_line),
                hint::strength.eq(strength),
                hint::at.eq(now),
            ))
            .execute(tx.connection())?;
        count = count.saturating_add(1);
    }
    diesel::update(calculation::table)
        .filter(calculation::controller_id.eq(of.controller_id))
        .filter(calculation::id.eq(of.id))
        .set(calculation::hints.eq(of.hints.saturating_add(count)))
        .execute(tx.connection())?;
    Ok(())
}
