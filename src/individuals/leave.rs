//! Deleting oneself, and being deleted after a withdrawal.

use std::sync::atomic::Ordering::SeqCst;

use vault::{
    ControllerId, Fault, Me, Vault, access,
    rows::{consents, erasure, people},
};

use super::IndividualError;
use crate::{
    accounts::{self, Visitor},
    app::App,
    clock::Clock,
};

/// Deletes me with everything that is stored of me, if the password is mine. It cannot be undone.
///
/// # Errors
/// Not found for whoever is not their own controller; a wrong password, or too many before; no answer from the vault.
pub async fn leave(app: &App, me: &Me, password: String, visitor: Visitor) -> Result<(), IndividualError> {
    let (who, now) = (*me, app.clock.now());
    let user_name = app
        .vault
        .read(move |tx| {
            access::individual(tx, &who, now)?;
            Ok::<_, IndividualError>(people::user_name(tx, &who.own())?)
        })
        .await?;
    accounts::prove(app, me, &user_name, password, visitor).await?;
    delete(app, me).await?;
    app.guesses.forget(&user_name.to_lowercase());
    tracing::info!("an individual deleted themselves");
    Ok(())
}

async fn delete(app: &App, me: &Me) -> Result<(), IndividualError> {
    let (who, now) = (*me, app.clock.now());
    app.unfinished.store(true, SeqCst);
    let ended = app
        .vault
        .write(move |tx| {
            let sight = access::individual(tx, &who, now)?;
            Ok::<_, IndividualError>(erasure::erase(tx, &sight, now)?)
        })
        .await?;
    app.unfinished.store(false, SeqCst);
    for token in &ended {
        app.sessions.forget(token);
    }
    app.desks.forget(me.person());
    app.write_ledgers(None).await;
    app.vault.leave_nothing().await?;
    Ok(())
}

/// Deletes an individual because a rule has it so.
///
/// # Errors
/// When the vault does not answer.
pub async fn leave_by_rule(app: &App, of: ControllerId) -> Result<(), Fault> {
    let Some(me) = app.vault.read(move |tx| consents::individual_of(tx, of)).await? else { return Ok(()) };
    match delete(app, &me).await {
        Ok(()) => {
            tracing::info!("an individual is deleted by a rule");
            Ok(())
        }
        Err(IndividualError::Fault(fault)) => Err(fault),
        Err(error) => {
            tracing::warn!(%error, "somebody who is due is not an individual");
            Ok(())
        }
    }
}

/// Deletes what is left of those whose keys are gone: after a crash in the middle, or when an older copy of the data was
/// put back. Done before anybody is let in.
///
/// # Errors
/// When the vault does not answer.
pub async fn finish_erasures(vault: &Vault, clock: &Clock) -> Result<(), Fault> {
    let now = clock.now();
    let left = vault.write(move |tx| erasure::finish(tx, now)).await?;
    if left > 0 {
        tracing::info!(left, "what was left of deleted individuals is deleted");
        vault.leave_nothing().await?;
    }
    Ok(())
}
