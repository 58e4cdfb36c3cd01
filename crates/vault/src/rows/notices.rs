//! That it was asked whether somebody's data are to stay: shown to them and to the officer, and counted by rules that
//! forget nobody unasked.

use diesel::prelude::*;

use crate::{
    Me,
    access::ForgetSight,
    connection::{Tx, on_each},
    fault::Fault,
    schema::notice,
};

/// One question, and when it was asked.
pub struct Notice {
    /// The rule's id.
    pub rule: String,
    /// ISO date; a visit begins another count.
    pub counted_from: String,
    /// The first is 1.
    pub number: i16,
    /// ISO date
    pub sent_on: String,
}

/// Remembers that it was asked. Once.
pub fn send(tx: &mut Tx, sight: &ForgetSight, notice: &Notice) -> Result<bool, Fault> {
    let added = on_each!(tx.connection(), each => diesel::insert_into(notice::table)
        .values((
            notice::controller_id.eq(sight.controller),
            notice::person_id.eq(sight.person),
            notice::rule.eq(&notice.rule),
            notice::counted_from.eq(&notice.counted_from),
            notice::number.eq(notice.number),
            notice::sent_on.eq(&notice.sent_on),
        ))
        .on_conflict_do_nothing()
        .execute(each))?;
    Ok(added > 0)
}

/// What I was asked, the newest last.
pub fn of_me(tx: &mut Tx, me: &Me) -> Result<Vec<Notice>, Fault> {
    let rows: Vec<(String, String, i16, String)> = notice::table
        .filter(notice::controller_id.eq(me.controller))
        .filter(notice::person_id.eq(me.person))
        .select((notice::rule, notice::counted_from, notice::number, notice::sent_on))
        .order((notice::sent_on, notice::number))
        .load(tx.connection())?;
    let notice = |(rule, counted_from, number, sent_on)| Notice { rule, counted_from, number, sent_on };
    Ok(rows.into_iter().map(notice).collect())
}
