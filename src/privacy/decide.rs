//! What a controller's officer sees of who is due, and what they decide: to keep somebody's data on a ground, to refuse
//! what was asked for, to have somebody forgotten.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use vault::{
    Fault, HoldId, Me, Millis, PersonId, Refusal, RequestId, Tx,
    access::{self, ForgettingSight},
    rows::{
        certificates::{self, Certificate},
        forgetting::{self, Known},
        holds::{self, Hold, NewHold},
        people,
        requests::{self, Asked},
    },
};

use super::{
    due::{DueEntry, DueError, Whose, plan_of},
    forgetting::{ForgetError, forget_asked},
    retention::{Covers, Policy},
};
use crate::{
    accounts::{self, SignInError, Visitor},
    app::App,
    calendar,
};

/// Whoever is due within so many days is shown.
const AHEAD: i32 = 60;
/// Entries of each list that are shown at once.
const MOST: usize = 50;
/// Characters of a ground or of reasons.
pub const LONGEST_GROUND: usize = 500;

/// Why an officer's act was not done.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is nobody like that here, or the one who asks is no officer of theirs.
    #[error("not found")]
    NotFound,
    #[error("a hold keeps these data")]
    Held,
    #[error("a ground is missing, or too long")]
    Ground,
    #[error("the day on which it is looked at again is none, is over, or is more than a year ahead")]
    Review,
    #[error("there is no such kind of hold")]
    Kind,
    /// The key was used for somebody else.
    #[error("the key was used before")]
    KeyUsed,
    #[error(transparent)]
    SignIn(#[from] SignInError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for DecideError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<DueError> for DecideError {
    fn from(error: DueError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<ForgetError> for DecideError {
    fn from(error: ForgetError) -> Self {
        match error {
            ForgetError::NotFound => Self::NotFound,
            ForgetError::Held => Self::Held,
            ForgetError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Something about somebody, and who they are.
pub struct Concerned<T> {
    pub whom: Known,
    /// It is the officer, of whom somebody else decides.
    pub is_me: bool,
    pub what: T,
}

pub type Shown = Concerned<DueEntry>;
pub type Asking = Concerned<Asked>;
pub type Held = Concerned<Hold>;

/// An erasure that was carried out.
pub struct Done {
    pub on: Date,
    /// The rule's id, or `request`
    pub rule: String,
    /// From when on no copy of the keys is left anywhere.
    pub gone_on: Option<Date>,
    /// In hexadecimal digits
    pub mark: String,
}

/// What an officer sees.
pub struct DueList {
    pub controller: String,
    /// Overdue, or within 60 days; what is due first comes first.
    pub due: Vec<Shown>,
    /// How many more there are of that.
    pub more_due: usize,
    /// Oldest first.
    pub asking: Vec<Asking>,
    /// First what is to be looked at first.
    pub held: Vec<Held>,
    pub more_held: usize,
    /// Newest first.
    pub done: Vec<Done>,
    pub today: Date,
    pub now: Millis,
}

/// Who is due under my controller, who asks, and whom a hold keeps.
///
/// # Errors
/// Not found for who is no officer; no answer from the vault.
pub async fn under_me(app: &App, me: &Me) -> Result<DueList, DecideError> {
    let (me, now, settings) = (*me, app.clock.now(), app.config.retention.clone());
    app.vault
        .read(move |tx| {
            let sight = access::forgetting(tx, &me, now)?;
            let (keeper, policy, planned) = plan_of(tx, &settings, &sight, now)?;
            let today = calendar::day(now, &keeper.time_zone);
            let until = today.saturating_add(AHEAD.days());
            let due = planned.into_iter().filter_map(|planned| match planned.whose {
                Whose::Person(person) if planned.entry.on <= until => Some((person, planned.entry)),
                _ => None,
            });
            let (due, more_due) = first(due.collect());
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            let asked = requests::waiting(tx, &sight, most)?;
            let (held, more_held) = first(holds::all(tx, &sight)?);
            let ids = due.iter().map(|(id, _)| *id).chain(asked.iter().map(|asked| asked.person));
            let ids: Vec<PersonId> = ids.chain(held.iter().map(|hold| hold.person)).collect();
            let who = Who::of(tx, &sight, &me, &ids, now)?;
            Ok(DueList {
                due: due.into_iter().filter_map(|(id, entry)| who.with(id, entry)).collect(),
                asking: asked.into_iter().filter_map(|asked| who.with(asked.person, asked)).collect(),
                held: held.into_iter().filter_map(|hold| who.with(hold.person, hold)).collect(),
                done: certificates::newest(tx, &sight, most)?.into_iter().map(|of| done(&policy, &of)).collect(),
                controller: keeper.name,
                more_due,
                more_held,
                today,
                now,
            })
        })
        .await
}

/// As many as are shown, and how many more there are.
fn first<T>(mut all: Vec<T>) -> (Vec<T>, usize) {
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    (all, more)
}

/// Who those are that the lists are about.
struct Who {
    known: BTreeMap<PersonId, Known>,
    me: PersonId,
}

impl Who {
    fn of(tx: &mut Tx, sight: &ForgettingSight, me: &Me, ids: &[PersonId], now: Millis) -> Result<Self, Fault> {
        let known = forgetting::known(tx, sight, ids, now)?;
        Ok(Self { known: known.into_iter().map(|known| (known.id, known)).collect(), me: me.person() })
    }

    fn with<T>(&self, id: PersonId, what: T) -> Option<Concerned<T>> {
        Some(Concerned { whom: self.known.get(&id)?.clone(), is_me: id == self.me, what })
    }
}

fn done(policy: &Policy, of: &Certificate) -> Done {
    let on = Date::constant(1970, 1, 1).saturating_add(of.day.clamp(0, 3_000_000).days());
    let history = policy.rules.iter().find(|rule| rule.covers == Covers::KeyHistory);
    let mark = of.mark.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Done { on, rule: of.rule.clone(), gone_on: history.and_then(|rule| rule.after.after(on)), mark }
}

/// Whose user name this is, among those of my controller.
///
/// # Errors
/// Not found for anybody else's, for one's own, and for who is no officer.
pub async fn find(app: &App, me: &Me, user_name: &str) -> Result<PersonId, DecideError> {
    let (me, now, user_name) = (*me, app.clock.now(), user_name.trim().to_lowercase());
    app.vault
        .read(move |tx| {
            let sight = access::forgetting(tx, &me, now)?;
            let found = forgetting::found(tx, &sight, &user_name)?;
            found.filter(|found| *found != me.person()).ok_or(DecideError::NotFound)
        })
        .await
}

/// One person, with what is to be decided about them.
pub struct One {
    pub whom: Known,
    pub controller: String,
    /// When they are forgotten, as far as a rule says.
    pub due: Option<DueEntry>,
    /// What they asked for, newest first.
    pub asked: Vec<Asked>,
    pub held: Vec<Hold>,
    pub today: Date,
    pub now: Millis,
}

/// Somebody under my controller.
///
/// # Errors
/// Not found for anybody else, for oneself, and for who is no officer.
pub async fn one(app: &App, me: &Me, whom: PersonId) -> Result<One, DecideError> {
    let (me, now, settings) = (*me, app.clock.now(), app.config.retention.clone());
    app.vault
        .read(move |tx| {
            let sight = access::forgetting(tx, &me, now)?;
            let to_forget = access::to_forget(tx, &me, whom, now)?;
            let known = forgetting::known(tx, &sight, &[whom], now)?.pop().ok_or(DecideError::NotFound)?;
            let (keeper, _, planned) = plan_of(tx, &settings, &sight, now)?;
            let due = planned.into_iter().find(|planned| planned.whose == Whose::Person(whom));
            Ok(One {
                whom: known,
                due: due.map(|planned| planned.entry),
                asked: requests::of(tx, &to_forget)?,
                held: holds::of(tx, &to_forget)?,
                today: calendar::day(now, &keeper.time_zone),
                controller: keeper.name,
                now,
            })
        })
        .await
}

/// What an officer wrote: without blanks around it.
fn ground(text: &str) -> Result<String, DecideError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_GROUND {
        return Err(DecideError::Ground);
    }
    Ok(text.to_owned())
}

/// Keeps somebody's data from being forgotten, until it is looked at again. With a key that was used for the same person
/// nothing more happens.
///
/// # Errors
/// Not found, as in [`one`]; a kind, a ground or a day that cannot be; no answer from the vault.
pub async fn hold(app: &App, me: &Me, whom: PersonId, new: NewHold) -> Result<(), DecideError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::to_forget(tx, &me, whom, now)?;
            let time_zone = people::profile(tx, &me, now)?.time_zone;
            match holds::whose(tx, &sight, new.id)? {
                Some(of) if of == whom => return Ok(()),
                Some(_) => return Err(DecideError::KeyUsed),
                None => {}
            }
            if !holds::KINDS.contains(&new.kind.as_str()) {
                return Err(DecideError::Kind);
            }
            let ground = ground(&new.ground)?;
            let today = calendar::day(now, &time_zone);
            let review: Date = new.review_on.trim().parse().map_err(|_| DecideError::Review)?;
            if review < today || review > today.saturating_add(1.year()) {
                return Err(DecideError::Review);
            }
            let new = NewHold { id: new.id, kind: new.kind.clone(), ground, review_on: review.to_string() };
            Ok(holds::set(tx, &sight, &new, now)?)
        })
        .await
}

/// Ends a hold. What is due by then is forgotten the next night. One that has ended stays ended.
///
/// # Errors
/// Not found, as in [`one`], and if it is no hold of theirs; no answer from the vault.
pub async fn lift(app: &App, me: &Me, whom: PersonId, id: HoldId) -> Result<(), DecideError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .write(move |tx| {
            let sight = access::to_forget(tx, &me, whom, now)?;
            if holds::whose(tx, &sight, id)? != Some(whom) {
                return Err(DecideError::NotFound);
            }
            holds::lift(tx, &sight, id, now)?;
            Ok(())
        })
        .await
}

/// Says why somebody is not forgotten although they asked. What was answered stays answered.
///
/// # Errors
/// Not found, as in [`one`], and if they did not ask; reasons that are missing or too long; no answer from the vault.
pub async fn refuse(app: &App, me: &Me, whom: PersonId, id: RequestId, why: &str) -> Result<(), DecideError> {
    let (me, now, why) = (*me, app.clock.now(), why.to_owned());
    app.vault
        .write(move |tx| {
            let sight = access::to_forget(tx, &me, whom, now)?;
            if requests::of(tx, &sight)?.iter().all(|asked| asked.id != id) {
                return Err(DecideError::NotFound);
            }
            requests::refuse(tx, &sight, id, &ground(&why)?, now)?;
            Ok(())
        })
        .await
}

/// Has somebody forgotten, if the password is the officer's own. It cannot be undone.
///
/// # Errors
/// Not found, as in [`one`]; a hold; a wrong password, or too many before; no answer from the vault.
pub async fn carry_out(
    app: &App,
    me: &Me,
    whom: PersonId,
    password: String,
    visitor: Visitor,
) -> Result<(), DecideError> {
    let (who, now) = (*me, app.clock.now());
    let (own_name, name) = app
        .vault
        .read(move |tx| {
            let sight = access::to_forget(tx, &who, whom, now)?;
            if holds::is_held(tx, &sight)? {
                return Err(DecideError::Held);
            }
            let all = access::forgetting(tx, &who, now)?;
            let known = forgetting::known(tx, &all, &[whom], now)?.pop().ok_or(DecideError::NotFound)?;
            Ok((people::user_name(tx, &who.own())?, known.user_name))
        })
        .await?;
    accounts::prove(app, me, &own_name, password, visitor).await?;
    let _alone = app.deciding.lock().await;
    forget_asked(app, me, whom).await?;
    app.guesses.forget(&name.to_lowercase());
    tracing::info!("an officer had somebody forgotten");
    Ok(())
}
