//! Error reports: sent by the one whom it happened to, read by support until they are closed.

use diesel::prelude::*;

use super::{
    calculations::{self, Calculation, Line},
    people,
};
use crate::{
    access::{Me, Refusal, ReportSight},
    audit::{Action, Class, Note, Subject},
    connection::Tx,
    fault::Fault,
    ids::{CalculationId, ReportId},
    schema::{error_report, person},
    time::Millis,
};

/// Milliseconds for which support sees a report that nobody closes: 14 days.
pub const SEEN_FOR: i64 = 14 * 24 * 3_600_000;

/// Sends a report, which is one's own, and keeps on the person what the browser said of itself.
pub fn send(tx: &mut Tx, me: &Me, new: &NewReport) -> Result<(), Fault> {
    diesel::update(person::table)
        .filter(person::controller_id.eq(me.controller))
        .filter(person::id.eq(me.person))
        .set((person::report_system.eq(&new.system), person::report_browser.eq(&new.browser)))
        .execute(tx.connection())?;
    diesel::insert_into(error_report::table)
        .values((
            error_report::controller_id.eq(me.controller),
            error_report::id.eq(new.id),
            error_report::person_id.eq(me.person),
            error_report::calculation_id.eq(new.calculation),
            error_report::sent_at.eq(new.sent_at),
        ))
        .execute(tx.connection())?;
    let (who, subject) = (Some(me.as_actor(None)), Subject::Person(me.person));
    let note = Note::act(me.controller, who, (Action::SendReport, Class::Report), subject, new.sent_at);
    tx.note(note.about(*new.id.as_bytes()));
    Ok(())
}

/// What is sent. The calculation has to be one of the sender's own.
pub struct NewReport {
    pub id: ReportId,
    pub calculation: Option<CalculationId>,
    /// The operating system, such as «Windows».
    pub system: String,
    /// The browser with its number, such as «Firefox 140».
    pub browser: String,
    pub sent_at: Millis,
}

/// One of my own reports, as I am told of it.
#[derive(Queryable)]
pub struct Sent {
    pub calculation: Option<CalculationId>,
    pub sent_at: Millis,
    pub closed_at: Option<Millis>,
}

impl Sent {
    /// Whether support sees it at that moment.
    #[must_use]
    pub fn is_open(&self, now: Millis) -> bool {
        self.closed_at.is_none() && now.since(self.sent_at) < SEEN_FOR
    }
}

/// My own reports, newest first, at most `most`.
pub fn sent(tx: &mut Tx, me: &Me, most: i64) -> Result<Vec<Sent>, Fault> {
    Ok(error_report::table
        .filter(error_report::controller_id.eq(me.controller))
        .filter(error_report::person_id.eq(me.person))
        .select((error_report::calculation_id, error_report::sent_at, error_report::closed_at))
        .order(error_report::sent_at.desc())
        .limit(most)
        .load(tx.connection())?)
}

/// A report as support sees it.
pub struct Report {
    pub sent_at: Millis,
    /// Who sent it; nothing if the identity is protected.
    pub sender: Option<String>,
    pub system: Option<String>,
    pub browser: Option<String>,
    /// The calculation that it is about, with the lines that were there when it was sent.
    pub about: Option<(Calculation, Vec<Line>)>,
}

pub fn seen(tx: &mut Tx, sight: &ReportSight) -> Result<Report, Refusal> {
    let (system, browser): (Option<String>, Option<String>) = person::table
        .filter(person::controller_id.eq(sight.controller))
        .filter(person::id.eq(sight.sender))
        .select((person::report_system, person::report_browser))
        .first(tx.connection())?;
    let sender = if sight.protected { None } else { Some(people::named(tx, &sight.practice())?.name) };
    let about = match sight.calculation {
        Some(id) => {
            let calculation = calculations::seen(tx, &sight.practice(), id)?;
            let mut lines = calculations::lines(tx, &calculation)?;
            lines.retain(|line| line.at <= sight.sent_at);
            Some((calculation, lines))
        }
        None => None,
    };
    Ok(Report { sent_at: sight.sent_at, sender, system, browser, about })
}

/// A report in the list of those that are open.
pub struct Waiting {
    pub id: ReportId,
    pub sent_at: Millis,
    /// Who sent it; nothing if the identity is protected.
    pub sender: Option<String>,
    /// Whether a calculation came with it.
    pub about: bool,
}

pub fn waiting(tx: &mut Tx, sight: &ReportSight) -> Result<Waiting, Fault> {
    let sender = if sight.protected { None } else { Some(people::named(tx, &sight.practice())?.name) };
    Ok(Waiting { id: sight.report, sent_at: sight.sent_at, sender, about: sight.calculation.is_some() })
}

/// Closes a report: from now on support sees nothing of it.
pub fn close(tx: &mut Tx, sight: &ReportSight, now: Millis) -> Result<(), Fault> {
    diesel::update(error_report::table)
        .filter(error_report::controller_id.eq(sight.controller))
        .filter(error_report::id.eq(sight.report))
        .set(error_report::closed_at.eq(now))
        .execute(tx.connection())?;
    let what = (Action::CloseReport, Class::Report);
    let note = Note::act(sight.controller, Some(sight.by), what, Subject::Person(sight.sender), now);
    tx.note(note.about(*sight.report.as_bytes()));
    Ok(())
}
