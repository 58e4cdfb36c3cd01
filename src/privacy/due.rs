//! What will happen to whose data, when and by which rule. Ids and days, no names: it is the operator's list.

use jiff::civil::Date;
use serde::Serialize;
use vault::{
    Fault, Millis, Tx,
    rows::retention::{self as rows, Footing, Keeper},
};

use super::retention::{Action, Anchor, Anchored, Covers, Due, Limit, Mode, Policy, PolicyError, due};
use crate::{calendar, config::Retention};

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum DueError {
    #[error(transparent)]
    Policy(#[from] PolicyError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// One thing that will happen.
#[derive(Clone, Debug, Serialize)]
pub struct DueEntry {
    /// The controller's id.
    pub controller: String,
    pub controller_name: String,
    pub preset: String,
    pub covers: Covers,
    /// The person's id; absent where it is about several.
    pub person: Option<String>,
    /// How many records of somebody it is about, where it is not about a whole person.
    pub records: Option<i64>,
    pub rule: String,
    pub anchor: Anchor,
    /// The day from which it is counted.
    pub from: Date,
    /// The last day on which it is kept, where the controller is.
    pub on: Date,
    pub action: Action,
    pub mode: Mode,
    /// Whether it merely may happen.
    pub may: bool,
    /// When it is asked whether it is to stay. Nothing happens before all of them were sent.
    pub notices: Vec<Date>,
    /// Whether that day is over.
    pub is_overdue: bool,
}

/// Everybody and everything that a rule is counted for, first what is due first.
///
/// # Errors
/// A choice in the settings that cannot hold; no answer from the vault.
pub fn due_list(tx: &mut Tx, settings: &Retention, now: Millis) -> Result<Vec<DueEntry>, DueError> {
    let mut entries = Vec::new();
    for keeper in rows::keepers(tx, now)? {
        let policy = settings.policy(&keeper.id.to_string(), &keeper.name)?;
        let of = Listing { keeper: &keeper, policy: &policy, now };
        for footing in rows::footings(tx, &keeper, now)? {
            entries.extend(of.entry(Covers::Person, &of.known(&footing), Whose::Person(footing.person.to_string())));
        }
        for over in rows::events_over(tx, keeper.id, now)? {
            let known = [(Anchor::EventEnd, of.day(over.closed))];
            entries.extend(of.entry(Covers::Activity, &known, Whose::Records(over.distances)));
        }
        let mut closed: Vec<Date> = rows::reports_closed(tx, keeper.id)?.into_iter().map(|at| of.day(at)).collect();
        while let Some(day) = closed.first().copied() {
            let count = closed.iter().filter(|other| **other == day).count();
            closed.retain(|other| *other != day);
            let whose = Whose::Records(i64::try_from(count).unwrap_or(i64::MAX));
            entries.extend(of.entry(Covers::SupportCases, &[(Anchor::CaseClosed, day)], whose));
        }
    }
    let order = |entry: &DueEntry| (entry.on, entry.controller_name.clone(), entry.person.clone());
    entries.sort_by_cached_key(order);
    Ok(entries)
}

enum Whose {
    Person(String),
    Records(i64),
}

struct Listing<'l> {
    keeper: &'l Keeper,
    policy: &'l Policy,
    now: Millis,
}

impl Listing<'_> {
    fn day(&self, at: Millis) -> Date {
        calendar::day(at, &self.keeper.time_zone)
    }

    /// The days from which a rule may be counted for somebody.
    fn known(&self, footing: &Footing) -> Vec<Anchored> {
        let collected = self.day(footing.collected);
        let day = |at: Option<Millis>| at.map(|at| self.day(at));
        let visited = footing.active_on.as_deref().and_then(|day| day.parse().ok());
        // Who was never here has not been here since they were entered.
        let active = visited.max(day(footing.practised)).unwrap_or(collected);
        [
            (Anchor::Collected, Some(collected)),
            (Anchor::LastActivity, Some(active)),
            (Anchor::AccountEnd, day(footing.account_ended)),
            (Anchor::ContractEnd, day(self.keeper.agreement_ended)),
            (Anchor::ConsentWithdrawn, day(footing.withdrawn)),
        ]
        .into_iter()
        .filter_map(|(anchor, day)| Some((anchor, day?)))
        .collect()
    }

    fn entry(&self, covers: Covers, known: &[Anchored], whose: Whose) -> Option<DueEntry> {
        let Due { rule, from, on, notices } = due(self.policy, covers, known)?;
        let (person, records) = match whose {
            Whose::Person(id) => (Some(id), None),
            Whose::Records(count) => (None, Some(count)),
        };
        Some(DueEntry {
            controller: self.keeper.id.to_string(),
            controller_name: self.keeper.name.clone(),
            preset: self.policy.preset.clone(),
            covers,
            person,
            records,
            rule: rule.id.clone(),
            anchor: rule.anchor,
            from,
            on,
            action: rule.action,
            mode: rule.mode,
            may: rule.limit == Limit::May,
            notices,
            is_overdue: calendar::end_of(on, &self.keeper.time_zone).is_some_and(|end| end < self.now),
        })
    }
}
