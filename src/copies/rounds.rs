//! What the server does of all that by itself: copies each day, the second place, and throwing away.

use anyhow::Context;
use tokio::sync::oneshot::{self, error::TryRecvError};
use vault::{
    Millis,
    care::{self, Part},
};

use super::{Copier, newest};
use crate::{app::App, metrics::CopyTimes};

/// After so many milliseconds a copy that failed is tried again, and what is too old is looked for.
const AGAIN: i64 = 3_600_000;
const PARTS: [Part; 2] = [Part::Data, Part::Keys];

/// What the rounds remember of copies.
#[derive(Default)]
pub struct Rounds {
    seen_to: Option<Millis>,
    failed: Option<Millis>,
    /// Tells whether all went well once what is being done is done.
    under_way: Option<oneshot::Receiver<bool>>,
}

/// Whether an hour has passed, for which a clock that went back is no reason to wait.
fn is_over(since: Option<Millis>, now: Millis) -> bool {
    since.is_none_or(|at| now < at || now.since(at) >= AGAIN)
}

impl Rounds {
    /// Waits until what is being done is done.
    pub async fn finish(&mut self) {
        if let Some(under_way) = self.under_way.take() {
            let all_went_well = under_way.await.unwrap_or(false);
            self.failed = self.seen_to.filter(|_| !all_went_well);
        }
    }

    /// Whether something is still being done.
    fn is_busy(&mut self) -> bool {
        let Some(under_way) = &mut self.under_way else { return false };
        match under_way.try_recv() {
            Err(TryRecvError::Empty) => return true,
            Ok(true) => self.failed = None,
            Ok(false) | Err(TryRecvError::Closed) => self.failed = self.seen_to,
        }
        self.under_way = None;
        false
    }
}

impl App {
    /// Sees to the copies, if it is time, on a thread that lets lessons go first. It is not waited for.
    pub(crate) fn see_to_copies(&self, rounds: &mut Rounds, now: Millis) {
        let Some(copier) = self.copier.clone() else { return };
        if rounds.is_busy() {
            return;
        }
        let is_due = PARTS.into_iter().any(|part| copier.is_due(part, now)) && is_over(rounds.failed, now);
        if !is_due && !is_over(rounds.seen_to, now) {
            return;
        }
        rounds.seen_to = Some(now);
        let (done, under_way) = oneshot::channel();
        let times = self.metrics.copies();
        let begun = care::in_the_background(move || {
            let went_well = PARTS.map(|part| copier.see_to(part, now, &times));
            // Nobody may be waiting.
            let _heard = done.send(went_well == [true, true]);
        });
        match begun {
            Ok(()) => rounds.under_way = Some(under_way),
            Err(error) => tracing::error!(%error, "no copies are taken: there can be no more threads"),
        }
    }
}

impl Copier {
    /// Whether a copy is to be taken now.
    fn is_due(&self, part: Part, now: Millis) -> bool {
        let [Some(folder), _] = self.backup.folders(part) else { return false };
        // A folder that is not there yet is made; one that cannot be read is told of by whoever tries to write there. A copy
        // from the future was taken by a clock that was wrong.
        let copies = super::all(folder, self.place(part), part).unwrap_or_default();
        let newest = copies.into_iter().map(|(_, at)| at).filter(|at| *at <= now).max();
        self.backup.at.is_due(newest, now)
    }

    /// Takes a copy if one is due, and sees to the others. Says whether all went well; what did not is logged.
    fn see_to(&self, part: Part, now: Millis, times: &CopyTimes) -> bool {
        if self.backup.folders(part)[0].is_none() {
            return true;
        }
        let what = if part == Part::Data { "data" } else { "keys" };
        let mut went_well = true;
        match self.do_what_is_due(part, now) {
            Ok(troubles) => {
                for error in troubles {
                    went_well = false;
                    tracing::error!(
                        part = what,
                        error = format!("{error:#}"),
                        "a copy is taken, and not all is well with it"
                    );
                }
            }
            Err(error) => {
                went_well = false;
                tracing::error!(
                    part = what,
                    error = format!("{error:#}"),
                    "no copy is taken; it is tried again in an hour"
                );
            }
        }
        for (place, folder) in ["first", "second"].into_iter().zip(self.backup.folders(part)) {
            // Of a place that is away, what was known of it stays told.
            if let Some(found) = folder.and_then(|folder| newest(folder, self.place(part), part).ok()) {
                times.tell(what, place, found.map(|(_, at)| at));
            }
        }
        went_well
    }

    fn do_what_is_due(&self, part: Part, now: Millis) -> anyhow::Result<Vec<anyhow::Error>> {
        let folder = self.ready_folder(part)?;
        // Another process that is at them does what there is to do.
        let Some(_held) = self.hold(folder)? else { return Ok(Vec::new()) };
        if self.is_due(part, now) {
            let file = self.make(part, now)?;
            tracing::info!(copy = %file.display(), "a copy is taken");
        }
        Ok(self.tend(part, now, true))
    }

    /// The folder for copies of a part, which is made if it is not there.
    pub(super) fn ready_folder(&self, part: Part) -> anyhow::Result<&std::path::Path> {
        let folder = super::folder(&self.backup, part)?;
        crate::keys::make_folder(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        Ok(folder)
    }
}
