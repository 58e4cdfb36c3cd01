//! What will happen to whose data, when and by which rule. Ids and days, no names: it is the operator's list, and what the
//! night goes by.

use jiff::civil::Date;
use serde::Serialize;
use vault::{
    ControllerId, EventId, Fault, Me, Millis, PersonId, Tx,
    access::ForgettingSight,
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

/// A choice that cannot hold was refused with the settings, so that it is no more than a fault here.
impl From<DueError> for Fault {
    fn from(error: DueError) -> Self {
        match error {
            DueError::Fault(fault) => fault,
            DueError::Policy(error) => Self::Unavailable(error.to_string()),
        }
    }
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
    /// When it was asked.
    pub sent: Vec<Date>,
    /// Whether a hold keeps it although it is due.
    pub is_held: bool,
    /// Whether that day is over.
    pub is_overdue: bool,
}

/// When my own data go, as far as a rule says; nothing where the controller alone decides.
///
/// # Errors
/// A choice in the settings that cannot hold; no answer from the vault.
pub fn due_of_me(tx: &mut Tx, settings: &Retention, me: &Me, now: Millis) -> Result<Option<Planned>, DueError> {
    let Some((keeper, footing)) = rows::of_me(tx, me, now)? else { return Ok(None) };
    let policy = settings.policy(&keeper.id.to_string(), &keeper.name)?;
    Ok(Listing { keeper: &keeper, policy: &policy, now }.person(&footing))
}

/// Whose data an entry is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Person(PersonId),
    /// Distances in an event that is over, and how many.
    Event(EventId, i64),
    /// Reports that were closed on the day from which it is counted, and how many.
    Reports(i64),
}

/// An entry with what has to be known to carry it out.
pub struct Planned {
    pub controller: ControllerId,
    /// Whether the person is their own controller.
    pub is_individual: bool,
    pub time_zone: String,
    pub whose: Whose,
    pub entry: DueEntry,
}

/// Everybody and everything that a rule is counted for, first what is due first.
///
/// # Errors
/// A choice in the settings that cannot hold; no answer from the vault.
pub fn due_list(tx: &mut Tx, settings: &Retention, now: Millis) -> Result<Vec<DueEntry>, DueError> {
    Ok(plan(tx, settings, now)?.into_iter().map(|planned| planned.entry).collect())
}

/// The same with what has to be known to carry it out.
///
/// # Errors
/// A choice in the settings that cannot hold; no answer from the vault.
pub fn plan(tx: &mut Tx, settings: &Retention, now: Millis) -> Result<Vec<Planned>, DueError> {
    let mut planned = Vec::new();
    for keeper in rows::keepers(tx, now)? {
        let policy = settings.policy(&keeper.id.to_string(), &keeper.name)?;
        planned.extend(Listing { keeper: &keeper, policy: &policy, now }.all(tx)?);
    }
    let order = |planned: &Planned| {
        let entry = &planned.entry;
        (entry.on, entry.controller_name.clone(), entry.person.clone())
    };
    planned.sort_by_cached_key(order);
    Ok(planned)
}

/// The same under one controller, for its officer, with the controller and its rules.
///
/// # Errors
/// A choice in the settings that cannot hold; no answer from the vault.
pub fn plan_of(
    tx: &mut Tx,
    settings: &Retention,
    of: &ForgettingSight,
    now: Millis,
) -> Result<(Keeper, Policy, Vec<Planned>), DueError> {
    let keeper = rows::keepers(tx, now)?.into_iter().find(|keeper| keeper.id == of.controller());
    let keeper = keeper.ok_or_else(|| Fault::Unavailable("a controller is gone".to_owned()))?;
    let policy = settings.policy(&keeper.id.to_string(), &keeper.name)?;
    let mut planned = Listing { keeper: &keeper, policy: &policy, now }.all(tx)?;
    planned.sort_by_cached_key(|planned| (planned.entry.on, planned.entry.person.clone()));
    Ok((keeper, policy, planned))
}

struct Listing<'l> {
    keeper: &'l Keeper,
    policy: &'l Policy,
    now: Millis,
}

impl Listing<'_> {
    /// Everybody and everything of the controller's.
    fn all(&self, tx: &mut Tx) -> Result<Vec<Planned>, DueError> {
        let (of, now) = (self.keeper.id, self.now);
        let mut planned: Vec<Planned> = Vec::new();
        for footing in rows::footings(tx, self.keeper, now)? {
            planned.extend(self.person(&footing));
        }
        for over in rows::events_over(tx, of, now)? {
            let known = [(Anchor::EventEnd, self.day(over.closed))];
            planned.extend(self.entry(Covers::Activity, &known, Whose::Event(over.event, over.records)));
        }
        let mut closed: Vec<Date> = rows::reports_closed(tx, of)?.into_iter().map(|at| self.day(at)).collect();
        while let Some(day) = closed.first().copied() {
            let count = closed.iter().filter(|other| **other == day).count();
            closed.retain(|other| *other != day);
            let whose = Whose::Reports(i64::try_from(count).unwrap_or(i64::MAX));
            planned.extend(self.entry(Covers::SupportCases, &[(Anchor::CaseClosed, day)], whose));
        }
        Ok(planned)
    }

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

    fn person(&self, footing: &Footing) -> Option<Planned> {
        let mut planned = self.entry(Covers::Person, &self.known(footing), Whose::Person(footing.person))?;
        let entry = &mut planned.entry;
        entry.is_held = footing.is_held;
        let from = entry.from.to_string();
        let these = footing.notices.iter().filter(|notice| notice.rule == entry.rule && notice.counted_from == from);
        entry.sent = these.filter_map(|notice| notice.sent_on.parse().ok()).collect();
        Some(planned)
    }

    fn entry(&self, covers: Covers, known: &[Anchored], whose: Whose) -> Option<Planned> {
        let Due { rule, from, on, notices } = due(self.policy, covers, known)?;
        let (person, records) = match whose {
            Whose::Person(id) => (Some(id.to_string()), None),
            Whose::Event(_, count) | Whose::Reports(count) => (None, Some(count)),
        };
        let entry = DueEntry {
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
            sent: Vec::new(),
            is_held: false,
            is_overdue: calendar::end_of(on, &self.keeper.time_zone).is_some_and(|end| end < self.now),
        };
        let (is_individual, time_zone) = (self.keeper.is_individual, self.keeper.time_zone.clone());
        Some(Planned { controller: self.keeper.id, is_individual, time_zone, whose, entry })
    }
}
