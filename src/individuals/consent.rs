//! What an individual has consented to: seen, given and withdrawn, one as easily as the other.

use vault::{
    Fault, Me, Millis, access,
    rows::{
        consents::{self, Consent, Purpose, Step},
        people,
    },
};

use super::IndividualError;
use crate::{
    app::App,
    calendar,
    privacy::{due_of_me, retention::Anchor},
};

/// How somebody who is their own controller stands.
pub struct Standing {
    pub user_name: String,
    /// Everything that was given and withdrawn, oldest first.
    pub history: Vec<Consent>,
    /// When the account is deleted unless practice is consented to again.
    pub deleted_on: Option<Millis>,
    pub now: Millis,
}

impl Standing {
    /// Whether a purpose is consented to now.
    #[must_use]
    pub fn is_given(&self, purpose: Purpose) -> bool {
        consents::is_given(&self.history, purpose)
    }
}

/// What I have consented to, and when.
///
/// # Errors
/// Not found for whoever is not their own controller.
pub async fn standing(app: &App, me: &Me) -> Result<Standing, IndividualError> {
    let (me, now, settings) = (*me, app.clock.now(), app.config.retention.clone());
    app.vault
        .read(move |tx| {
            let sight = access::individual(tx, &me, now)?;
            let history = consents::history(tx, &sight)?;
            let user_name = people::user_name(tx, &me.own())?;
            let due = due_of_me(tx, &settings, &me, now)
                .map_err(Fault::from)?
                .filter(|due| due.entry.anchor == Anchor::ConsentWithdrawn);
            let deleted_on = due.and_then(|due| calendar::end_of(due.entry.on, &due.time_zone));
            Ok(Standing { user_name, deleted_on, history, now })
        })
        .await
}

/// Gives or withdraws my consent to a purpose; `text_version` is that of the sentences that I had before me. What was
/// done before is not touched. From the moment of a withdrawal on nothing is used for that purpose.
///
/// # Errors
/// Not found for whoever is not their own controller; [`IndividualError::OtherText`] if the sentences read otherwise now.
pub async fn choose(
    app: &App,
    me: &Me,
    purpose: Purpose,
    step: Step,
    text_version: i32,
) -> Result<(), IndividualError> {
    // Withdrawing needs no reading.
    if step == Step::Given && text_version != consents::TEXT {
        return Err(IndividualError::OtherText);
    }
    let (of, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::individual(tx, &of, now)?;
            let history = consents::history(tx, &sight)?;
            // A button that is pressed twice is one step.
            if consents::is_given(&history, purpose) == (step == Step::Given)
                && consents::last(&history, purpose).is_none_or(|last| last.step == step)
            {
                return Ok(());
            }
            consents::add(tx, &sight, &Consent { purpose, step, text_version: consents::TEXT, at: now })?;
            Ok::<_, IndividualError>(())
        })
        .await?;
    app.desks.forget(me.person());
    Ok(())
}
