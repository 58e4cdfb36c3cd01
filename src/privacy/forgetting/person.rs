//! Forgetting these persons: sums first, then one after the other in a transaction of its own.

use std::sync::atomic::Ordering::SeqCst;

use rand::seq::SliceRandom;
use vault::{
    Decided, Fault, Mark, Me, PersonId, REQUEST, Refusal, access,
    access::ForgetSight,
    rows::{erasure, holds},
};

use super::sums::freeze_before;
use crate::app::App;

/// Why somebody was not forgotten.
#[derive(Debug, thiserror::Error)]
pub enum ForgetError {
    #[error("not found")]
    NotFound,
    #[error("a hold keeps these data; lift it first")]
    Held,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for ForgetError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Forgets persons by a rule, in an order that says nothing. Gives the marks of their erasures. Whatever cuts in between,
/// those who were begun with are finished with at the next start, and the others are still due.
///
/// # Errors
/// When the vault does not answer; to be tried again then.
pub async fn forget(app: &App, whom: &[ForgetSight], rule: &str) -> Result<Vec<Mark>, Fault> {
    if whom.is_empty() {
        return Ok(Vec::new());
    }
    let now = app.clock.now();
    let frozen = freeze_before(app, whom, now).await?;
    let mut whom = whom.to_vec();
    app.chance.draw(|rng| whom.shuffle(rng));
    let mut marks = Vec::with_capacity(whom.len());
    app.unfinished.store(true, SeqCst);
    for sight in whom {
        let decided = Decided { at: now, rule: rule.to_owned() };
        let forgotten = app.vault.write(move |tx| erasure::forget(tx, &sight, &decided)).await?;
        forgotten.tokens.iter().for_each(|token| app.sessions.forget(token));
        app.desks.forget(sight.person());
        app.metrics.forgot();
        marks.push(forgotten.mark);
    }
    app.unfinished.store(false, SeqCst);
    app.write_ledgers(None).await;
    if !app.vault.leave_nothing().await? {
        tracing::warn!("a reader holds up the log: what was deleted is in it until the next time it is emptied");
    }
    tracing::info!(persons = marks.len(), sums = frozen, rule, "persons are forgotten");
    Ok(marks)
}

/// Forgets somebody because an officer decides so.
///
/// # Errors
/// Not found for whoever is not the officer of that person's controller; held; no answer from the vault.
pub async fn forget_asked(app: &App, me: &Me, whom: PersonId) -> Result<Mark, ForgetError> {
    let (who, now) = (*me, app.clock.now());
    let sight = app
        .vault
        .read(move |tx| {
            let sight = access::to_forget(tx, &who, whom, now)?;
            if holds::is_held(tx, &sight)? {
                return Err(ForgetError::Held);
            }
            Ok(sight)
        })
        .await?;
    forget(app, &[sight], REQUEST).await?.pop().ok_or(ForgetError::NotFound)
}
