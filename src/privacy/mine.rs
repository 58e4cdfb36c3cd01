//! What is kept of the one who asks, when it is forgotten, and asking for it to be.

use jiff::civil::Date;
use vault::{
    Fault, Me, Millis, Refusal, RequestId, access,
    audit::{self, Seen},
    rows::{
        notices::{self, Notice},
        own::{self, Own},
        requests::{self, Asked},
    },
};

use super::due::{DueEntry, due_of_me};
use crate::{app::App, calendar};

/// Looks of others that stand on the page.
const NEWEST: i64 = 4;

/// What is kept of me.
pub struct MyData {
    pub own: Own,
    /// When it is forgotten, as far as a rule says.
    pub due: Option<DueEntry>,
    /// On what days it is looked at again whether my data are still to be kept, ISO dates; empty where nothing keeps them.
    pub held_until: Vec<String>,
    /// What I asked for, newest first.
    pub asked: Vec<Asked>,
    /// When I was asked whether my data are to stay, the newest last.
    pub notices: Vec<Notice>,
    /// The newest few looks, newest first.
    pub seen: Vec<Seen>,
    pub today: Date,
    pub now: Millis,
}

impl MyData {
    /// The request that nobody has answered yet.
    #[must_use]
    pub fn open(&self) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.answered_at.is_none())
    }
}

/// What is kept of me, and when it is forgotten.
///
/// # Errors
/// No answer from the vault.
pub async fn my_data(app: &App, me: &Me) -> Result<MyData, Fault> {
    let (me, now, settings) = (*me, app.clock.now(), app.config.retention.clone());
    app.vault
        .read(move |tx| {
            let time_zone = vault::rows::people::profile(tx, &me, now)?.time_zone;
            Ok(MyData {
                own: own::of_me(tx, &me, now)?,
                due: due_of_me(tx, &settings, &me, now)?.map(|planned| planned.entry),
                held_until: own::held_until(tx, &me)?,
                asked: requests::of_me(tx, &me)?,
                notices: notices::of_me(tx, &me)?,
                seen: audit::of_me(tx, &me, None, NEWEST)?,
                today: calendar::day(now, &time_zone),
                now,
            })
        })
        .await
}

/// Asks my controller to have me forgotten. While nobody has answered there is one request, however often it is sent.
///
/// # Errors
/// Not found for who is their own controller: they delete themselves.
pub async fn ask(app: &App, me: &Me) -> Result<RequestId, Refusal> {
    let (who, now, id) = (*me, app.clock.now(), app.chance.draw(RequestId::random));
    app.vault
        .write(move |tx| match access::individual(tx, &who, now) {
            Ok(_) => Err(Refusal::NotFound),
            Err(Refusal::NotFound) => Ok(requests::ask(tx, &who, id, now)?),
            Err(fault) => Err(fault),
        })
        .await
}

/// Takes back what I asked for. It is no problem if it was answered, or taken back before.
///
/// # Errors
/// No answer from the vault.
pub async fn take_back(app: &App, me: &Me) -> Result<(), Fault> {
    let me = *me;
    app.vault
        .write(move |tx| {
            let open: Vec<RequestId> = requests::of_me(tx, &me)?
                .into_iter()
                .filter(|asked| asked.answered_at.is_none())
                .map(|asked| asked.id)
                .collect();
            open.into_iter().try_for_each(|id| requests::take_back(tx, &me, id).map(drop))
        })
        .await
}
