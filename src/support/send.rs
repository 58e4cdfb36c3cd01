//! Sending an error report. What goes along is chosen here, from what the sender is at; nothing that the request names
//! can bring somebody else's work along.

use std::sync::Arc;

use vault::{
    Me, ReportId, Tx,
    rows::{
        calculations::{self, Calculation},
        reports::{self, NewReport, Sent},
    },
};

use super::{Browser, SupportError};
use crate::{
    app::App,
    exercises::Item,
    practice::{self, Written},
};

/// My own reports that are shown, newest first.
const SHOWN: i64 = 5;

/// What would be sent now.
pub struct Draft {
    /// The task that I am at, or else was at last, with its lines. None for who has not practised.
    pub about: Option<(Option<Item>, Vec<Written>)>,
    /// What I sent before, newest first.
    pub sent: Vec<Sent>,
}

/// What a report of mine would hold.
///
/// # Errors
/// No answer from the vault.
pub async fn draft(app: &App, me: &Me) -> Result<Draft, SupportError> {
    let (bank, me) = (Arc::clone(&app.bank), *me);
    app.vault
        .read(move |tx| {
            let about = match at(tx, &me)? {
                None => None,
                Some(calculation) => {
                    let lines = calculations::lines(tx, &calculation)?.into_iter().map(Written::from).collect();
                    Some((practice::item_of(&bank, &calculation).ok(), lines))
                }
            };
            Ok(Draft { about, sent: reports::sent(tx, &me, SHOWN)? })
        })
        .await
}

/// Sends a report of mine, with the calculation that I am at if it is `about` that one. While a report about the same is
/// open, there is no second one.
///
/// # Errors
/// An individual who has withdrawn lets nobody see anything; no answer from the vault.
pub async fn send(app: &App, me: &Me, about: bool, browser: Browser) -> Result<(), SupportError> {
    let (me, now) = (*me, app.clock.now());
    let id = app.chance.draw(ReportId::random);
    app.vault
        .write(move |tx| {
            practice::allowed(tx, &me)?;
            let calculation = if about { at(tx, &me)?.map(|calculation| calculation.id) } else { None };
            let is_same = |sent: &Sent| sent.calculation == calculation && sent.is_open(now);
            if reports::sent(tx, &me, SHOWN)?.iter().any(is_same) {
                return Ok(());
            }
            let (system, browser) = (browser.system.to_owned(), browser.name.clone());
            reports::send(tx, &me, &NewReport { id, calculation, system, browser, sent_at: now })?;
            Ok::<_, SupportError>(())
        })
        .await
}

/// The calculation that is open, otherwise the newest one.
fn at(tx: &mut Tx, me: &Me) -> Result<Option<Calculation>, SupportError> {
    let own = me.own();
    if let Some(open) = calculations::unfinished(tx, &own)?.into_iter().next() {
        return Ok(Some(open));
    }
    Ok(calculations::latest(tx, &own, 1)?.pop())
}
