//! Everything that is due, once a day. It is done from what is there: a night that was cut short begins again and finds
//! what is left.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use vault::{
    ControllerId, Fault, Millis,
    access::{self, ForgetSight},
    audit,
    rows::{nights, notices as sent, retention},
};

use super::{ForgetError, forget, notices, sums::freeze_terms};
use crate::{
    app::App,
    calendar, individuals,
    privacy::{
        Planned, Whose,
        due::{DueError, plan},
        retention::{Covers, Mode, Policy},
    },
};

/// Of whom it is known to the database that somebody does this work.
const WORK: i32 = 0x0F02_6E77;
/// Persons of one controller who are forgotten together.
const TOGETHER: usize = 50;

/// What one night did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Night {
    pub forgotten: usize,
    /// Due, and kept by a hold.
    pub held: usize,
    /// Due, and for the officer to decide.
    pub proposed: usize,
    pub asked: usize,
    /// Sums that were frozen.
    pub sums: usize,
    /// Distances, reports to support, and names in the audit.
    pub records: usize,
}

/// Why a night's work was not done.
#[derive(Debug, thiserror::Error)]
pub enum NightError {
    #[error(transparent)]
    Due(#[from] DueError),
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error(transparent)]
    Forget(#[from] ForgetError),
    #[error(
        "the clock went on by more than 48 hours since it was last believed. If it is right now, say so with `stegvis privacy \
         trust-clock`"
    )]
    Clock,
}

impl App {
    /// Does what is due, unless it was done today or another process does it now.
    ///
    /// # Errors
    /// When the vault does not answer, or the clock is not believed; to be tried again then.
    pub async fn forget_due(&self, again: bool) -> Result<Option<Night>, NightError> {
        let now = self.clock.now();
        if !self.vault.write(move |tx| nights::believe(tx, now)).await? {
            return Err(NightError::Clock);
        }
        let today = calendar::day(now, "UTC");
        let is_done = self.vault.read(nights::last).await?.forgot_on >= today.to_string();
        if is_done && !again {
            return Ok(None);
        }
        let Some(_alone) = self.vault.alone(WORK).await? else { return Ok(None) };
        individuals::finish_erasures(&self.vault, &self.clock).await?;
        let mut night = Night { sums: freeze_terms(self, now).await?, ..Night::default() };
        let settings = self.config.retention.clone();
        let planned = self.vault.survey(move |tx| plan(tx, &settings, now)).await?;
        let due = self.look_through(planned, now, &mut night).await?;
        for ((_, rule), whom) in due {
            for together in whom.chunks(TOGETHER) {
                night.forgotten += forget(self, together, &rule).await?.len();
            }
        }
        night.records += self.clear_audit(now).await?;
        self.vault.write(move |tx| nights::forgot(tx, &today.to_string())).await?;
        tracing::info!(?night, "what was due is forgotten");
        Ok(Some(night))
    }

    /// Asks where it is time to ask, clears what is nobody's account, and gives the persons who are due, by controller
    /// and rule.
    async fn look_through(
        &self,
        planned: Vec<Planned>,
        now: Millis,
        night: &mut Night,
    ) -> Result<BTreeMap<(ControllerId, String), Vec<ForgetSight>>, NightError> {
        let mut due: BTreeMap<(ControllerId, String), Vec<ForgetSight>> = BTreeMap::new();
        for Planned { controller, is_individual, time_zone, whose, entry } in planned {
            let today = calendar::day(now, &time_zone);
            let sight = match whose {
                Whose::Person(person) => access::due_to_be_forgotten(controller, person),
                Whose::Event(event, _) if entry.is_overdue => {
                    let forget = move |tx: &mut vault::Tx| retention::forget_event(tx, controller, event);
                    night.records += self.vault.write(forget).await?;
                    continue;
                }
                Whose::Reports(_) if entry.is_overdue => {
                    let Some(end) = calendar::end_of(entry.from, &time_zone) else { continue };
                    let forget = move |tx: &mut vault::Tx| retention::forget_reports(tx, controller, end.plus(1));
                    night.records += self.vault.write(forget).await?;
                    continue;
                }
                Whose::Event(..) | Whose::Reports(_) => continue,
            };
            if let Some(number) = notices::next(&entry.notices, &entry.sent, today) {
                let notice = sent::Notice {
                    rule: entry.rule.clone(),
                    counted_from: entry.from.to_string(),
                    number: i16::try_from(number).unwrap_or(i16::MAX),
                    sent_on: today.to_string(),
                };
                night.asked += usize::from(self.vault.write(move |tx| sent::send(tx, &sight, &notice)).await?);
            }
            if !entry.is_overdue {
                continue;
            }
            if entry.is_held {
                night.held += 1;
            } else if entry.mode == Mode::Propose || entry.may {
                night.proposed += 1;
            } else if !notices::were_sent(&entry.notices, &entry.sent, entry.on, today) {
                tracing::debug!(rule = entry.rule, "somebody is still being asked");
            } else if is_individual {
                individuals::leave_by_rule(self, controller).await?;
                night.forgotten += 1;
            } else {
                due.entry((controller, entry.rule)).or_default().push(sight);
            }
        }
        Ok(due)
    }

    /// Takes the names out of the audit where the rule for it is due.
    async fn clear_audit(&self, now: Millis) -> Result<usize, NightError> {
        let keepers = self.vault.read(move |tx| retention::keepers(tx, now)).await?;
        let mut cleared = 0;
        for keeper in keepers {
            let policy = self.config.retention.policy(&keeper.id.to_string(), &keeper.name).map_err(DueError::from)?;
            let today = calendar::day(now, &keeper.time_zone);
            let Some(kept_from) = first_kept(&policy, Covers::AuditPersonal, today) else { continue };
            let Some(moment) = calendar::start_of(kept_from, "UTC") else { continue };
            cleared += self.vault.write(move |tx| audit::redact_before(tx, keeper.id, moment)).await?;
        }
        Ok(cleared)
    }
}

/// The first day whose records are still kept today; nothing where nothing is due by a rule.
fn first_kept(policy: &Policy, covers: Covers, today: Date) -> Option<Date> {
    let rule = policy.rules.iter().find(|rule| rule.covers == covers)?;
    // A day is kept for as long as the last day of its period is not over.
    let mut day = Date::constant(1970, 1, 1);
    let mut step = 365 * 200;
    while step > 0 {
        if let Ok(later) = day.checked_add(step.days())
            && later <= today
            && rule.after.after(later).is_some_and(|last| last < today)
        {
            day = later;
        } else {
            step /= 2;
        }
    }
    day.tomorrow().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::privacy::retention::Choice;

    proptest! {
        /// What is kept is due no earlier than today, and what is not was due before.
        #[test]
        fn a_day_is_kept_until_its_period_is_over(days in 0_i32..9_000) {
            let today = date(2020, 1, 1).checked_add(days.days()).unwrap();
            let policy = Policy::of(&Choice::default()).unwrap();
            let rule = policy.rules.iter().find(|rule| rule.covers == Covers::AuditPersonal).unwrap();
            let kept = first_kept(&policy, Covers::AuditPersonal, today).unwrap();
            prop_assert!(rule.after.after(kept).unwrap() >= today);
            prop_assert!(rule.after.after(kept.yesterday().unwrap()).unwrap() < today);
        }
    }
}
