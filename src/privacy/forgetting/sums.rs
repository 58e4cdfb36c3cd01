//! What many did is summed up before any of them is forgotten.

use vault::{
    Fault, Millis,
    access::ForgetSight,
    rows::{
        nights, retention,
        statistics::{self, Span},
    },
};

use super::term;
use crate::app::App;

/// Milliseconds for which a line may be under way: what is younger is summed up the next time.
const UNDER_WAY: i64 = 120_000;
/// A term is summed up as a whole a day after its end.
const AFTER_THE_END: i64 = 24 * 3_600_000;

/// Freezes every sum that these persons are in, before they are forgotten.
pub(super) async fn freeze_before(app: &App, leaving: &[ForgetSight], now: Millis) -> Result<usize, Fault> {
    let running = term::of(now);
    let mut frozen =
        freeze(app, Span { until: now.plus(-UNDER_WAY), leaving: leaving.to_vec(), term: running.clone() }).await?;
    let before = term::before(&running);
    let summed = app.vault.read(nights::last).await?.summed_term;
    if summed != before.name {
        let until = before.to.plus(-1).min(now.plus(-UNDER_WAY));
        frozen += freeze(app, Span { until, leaving: leaving.to_vec(), term: before }).await?;
    }
    Ok(frozen)
}

/// Freezes every sum of the terms that are over, each term once.
pub(super) async fn freeze_terms(app: &App, now: Millis) -> Result<usize, Fault> {
    let (last, first) =
        app.vault.read(|tx| Ok::<_, Fault>((nights::last(tx)?.summed_term, retention::first_response(tx)?))).await?;
    let mut next = match (term::with_name(&last), first) {
        (Some(last), _) => term::after(&last),
        (None, Some(first)) => term::of(first),
        (None, None) => return Ok(0),
    };
    let mut frozen = 0;
    while next.to.plus(AFTER_THE_END) < now {
        let name = next.name.clone();
        let following = term::after(&next);
        frozen += freeze(app, Span { until: next.to.plus(-1), leaving: Vec::new(), term: next }).await?;
        app.vault.write(move |tx| nights::summed(tx, &name)).await?;
        next = following;
    }
    Ok(frozen)
}

/// Reading takes as long as it takes; only what comes of it waits for its turn to be written.
async fn freeze(app: &App, span: Span) -> Result<usize, Fault> {
    let (span, items, schools) = app
        .vault
        .survey(move |tx| {
            let (items, schools) = (statistics::item_sums(tx, &span)?, statistics::usage_sums(tx, &span)?);
            Ok::<_, Fault>((span, items, schools))
        })
        .await?;
    if items.is_empty() && schools.is_empty() {
        return Ok(0);
    }
    app.vault
        .write(move |tx| {
            Ok(statistics::freeze_items(tx, &span, &items)? + statistics::freeze_usage(tx, &span, &schools)?)
        })
        .await
}
