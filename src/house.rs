//! What has to be done now and then, for as long as the server runs. Several processes on one PostgreSQL do it side by
//! side: each part is harmless twice, or waits for its turn inside the vault.

use std::{sync::Arc, time::Duration};

use vault::{Millis, rows};

use crate::{app::App, calendar, copies, maraton::full_hour, privacy::Anchors};

/// How often it is done.
const EVERY: Duration = Duration::from_mins(1);
/// After so many milliseconds the ends of the audit's chains are written to their second place again.
const ANCHOR_EVERY: i64 = 3_600_000;
/// From this hour of the day, UTC, the day's forgetting is done: after midnight wherever a controller is in the north.
const NIGHT: i8 = 1;

/// What the rounds remember.
pub struct House {
    anchors: Option<Anchors>,
    anchored: Option<Millis>,
    /// The full hour up to which the events' pace is counted.
    paced: Option<Millis>,
    copies: copies::Rounds,
}

impl House {
    #[must_use]
    pub fn of(app: &App) -> Self {
        let anchors = app.config.audit.anchor_file.clone().map(Anchors::of);
        Self { anchors, anchored: None, paced: None, copies: copies::Rounds::default() }
    }

    /// Waits until what a round has begun is done.
    pub async fn finish(&mut self) {
        self.copies.finish().await;
    }

    /// Whether the ends of the chains are due, for which a clock that went back is no reason to wait.
    fn is_anchor_due(&self, now: Millis) -> bool {
        self.anchored.is_none_or(|at| now < at || now.since(at) >= ANCHOR_EVERY)
    }
}

impl App {
    /// Does it once a minute, for ever.
    pub async fn keep_house(self: Arc<Self>) {
        let keys = self.vault.keys().clone();
        let finished = tokio::task::spawn_blocking(move || {
            keys.controllers()?.into_iter().try_for_each(|of| keys.finish_controller(of).map(drop))
        });
        if !matches!(finished.await, Ok(Ok(()))) {
            tracing::warn!("an exchange of a controller's key that was cut short is finished at the next start");
        }
        let mut house = House::of(&self);
        let mut tick = tokio::time::interval(EVERY);
        tick.tick().await;
        loop {
            tick.tick().await;
            self.do_round(&mut house).await;
        }
    }

    /// One round. What fails is said and done in the next one.
    pub async fn do_round(&self, house: &mut House) {
        if let Err(fault) = self.difficulties.merge(&self.bank, &self.vault).await {
            tracing::warn!(%fault, "difficulties are merged next time");
        }
        self.guesses.tidy();
        self.limits.tidy();
        let now = self.clock.now();
        let believed = self.vault.write(move |tx| rows::nights::believe(tx, now)).await;
        self.metrics.distrust_clock(matches!(believed, Ok(false)));
        match &believed {
            Ok(true) => {
                self.let_go(now).await;
                if calendar::local(now, "UTC").hour() >= NIGHT
                    && let Err(error) = self.forget_due(false).await
                {
                    tracing::error!(%error, "what is due is forgotten next time");
                }
            }
            Ok(false) => tracing::error!(
                "the clock went on by more than 48 hours since it was last believed: nothing is deleted by it. Set it right; \
                 if it is right now, say so with `stegvis privacy trust-clock`"
            ),
            Err(fault) => tracing::warn!(%fault, "what is over is let go of next time"),
        }
        let believes = matches!(believed, Ok(true));
        if believes {
            self.see_to_copies(&mut house.copies, now);
        }
        if house.paced != Some(full_hour(now)) {
            match self.count_pace(now).await {
                Ok(hour) => house.paced = Some(hour),
                Err(fault) => tracing::warn!(%fault, "the pace of the events is counted next time"),
            }
        }
        self.write_ledgers(believes.then_some(now)).await;
        let is_due = house.is_anchor_due(now);
        if let Some(anchors) = house.anchors.as_mut().filter(|_| is_due) {
            match anchors.write(&self.vault, now).await {
                Ok(()) => house.anchored = Some(now),
                Err(error) => tracing::error!(%error, "the ends of the audit's chains are written next time"),
            }
        }
        if let Err(fault) = self.vault.tell_of_exchanges().await {
            tracing::warn!(%fault, "the audit tells of an exchange of keys next time");
        }
    }

    /// What is over: sessions, codes, cards and keys.
    async fn let_go(&self, now: Millis) {
        if let Err(error) = self.finish_forgetting().await {
            tracing::warn!(%error, "what is left of who was forgotten is deleted next time");
        }
        let cleared = self.vault.write(move |tx| {
            rows::class_codes::clear_ended(tx, now)?;
            rows::sessions::clear_ended(tx, now)
        });
        if let Err(fault) = cleared.await {
            tracing::warn!(%fault, "ended sessions and class codes are cleared next time");
        }
        if let Err(fault) = self.refresh_signing().await {
            tracing::warn!(%fault, "the keys that sign tokens are looked up next time");
        }
        let keys = self.vault.keys().clone();
        let cleared = tokio::task::spawn_blocking(move || keys.clear_ended_cards(now)).await;
        if !matches!(cleared, Ok(Ok(()))) {
            tracing::warn!("ended login cards are cleared next time");
        }
        if let Err(fault) = self.renew_sealed().await {
            tracing::warn!(%fault, "what is sealed with older keys is sealed anew next time");
        }
    }
}
