//! Support reads error reports that are open, and closes them.

use std::sync::Arc;

use vault::{
    Me, Millis, ReportId, access,
    rows::reports::{self, Waiting},
};

use super::SupportError;
use crate::{
    app::App,
    exercises::Item,
    practice::{self, Written},
};

/// A report with what was sent along.
pub struct ReportView {
    pub id: ReportId,
    pub sent_at: Millis,
    /// Who sent it; nothing if the identity is protected.
    pub sender: Option<String>,
    pub system: Option<String>,
    pub browser: Option<String>,
    /// The task, if it can still be drawn, and the lines that were there when the report was sent.
    pub about: Option<(Option<Item>, Vec<Written>)>,
}

/// The reports that are open, oldest first.
///
/// # Errors
/// No answer from the vault.
pub async fn reports(app: &App, me: &Me) -> Result<Vec<Waiting>, SupportError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let mut waiting = Vec::new();
            for sight in access::reports(tx, &me, now)? {
                waiting.push(reports::waiting(tx, &sight)?);
            }
            Ok(waiting)
        })
        .await
}

/// One report that is open.
///
/// # Errors
/// A closed one is not found, nor is any for who is not support.
pub async fn report(app: &App, me: &Me, id: ReportId) -> Result<ReportView, SupportError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::report(tx, &me, id, now)?;
            let reports::Report { sent_at, sender, system, browser, about } = reports::seen(tx, &sight)?;
            let about = about.map(|(calculation, lines)| {
                let item = practice::item_of(&bank, &calculation).ok();
                (item, lines.into_iter().map(Written::from).collect())
            });
            Ok(ReportView { id, sent_at, sender, system, browser, about })
        })
        .await
}

/// Closes a report. From then on it is not found.
///
/// # Errors
/// As for [`report`].
pub async fn close(app: &App, me: &Me, id: ReportId) -> Result<(), SupportError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::report(tx, &me, id, now)?;
            Ok::<_, SupportError>(reports::close(tx, &sight, now)?)
        })
        .await
}
