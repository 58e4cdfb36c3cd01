//! That somebody was forgotten: the day and by which rule. Whose data they were stands nowhere any more.

use diesel::prelude::*;

use crate::{
    access::ForgettingSight,
    audit::day_of,
    connection::{Tx, on_each},
    fault::Fault,
    ids::ControllerId,
    keys::{Decided, Mark},
    schema::certificate,
};

/// One erasure.
#[derive(Queryable)]
pub struct Certificate {
    /// Days since 1970, UTC
    pub day: i64,
    /// The rule's id, or `request`
    pub rule: String,
    /// The erasure in the key store's ledger
    pub mark: Vec<u8>,
}

/// Once, however often the same erasure is finished.
pub(crate) fn add(tx: &mut Tx, of: ControllerId, mark: &Mark, decided: &Decided) -> Result<(), Fault> {
    on_each!(tx.connection(), each => diesel::insert_into(certificate::table)
        .values((
            certificate::controller_id.eq(of),
            certificate::mark.eq(mark.as_bytes()),
            certificate::day.eq(day_of(decided.at)),
            certificate::rule.eq(&decided.rule),
        ))
        .on_conflict_do_nothing()
        .execute(each))?;
    Ok(())
}

/// The newest certificates of my controller.
pub fn newest(tx: &mut Tx, sight: &ForgettingSight, most: i64) -> Result<Vec<Certificate>, Fault> {
    Ok(certificate::table
        .filter(certificate::controller_id.eq(sight.controller))
        .select((certificate::day, certificate::rule, certificate::mark))
        .order((certificate::day.desc(), certificate::mark))
        .limit(most)
        .load(tx.connection())?)
}
