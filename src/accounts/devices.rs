//! Where somebody is signed in, seen and ended by themselves.

use vault::{
    Fault, Millis, SessionId,
    rows::sessions::{self, Mine, TokenHash},
};

use super::Signed;
use crate::app::App;

/// One's sessions, newest first.
pub struct Devices {
    pub sessions: Vec<Mine>,
    /// The one that asks.
    pub this: Option<SessionId>,
    pub now: Millis,
}

/// Where I am signed in; `this` is the session that asks.
///
/// # Errors
/// No answer from the vault.
pub async fn devices(app: &App, signed: &Signed, this: TokenHash) -> Result<Devices, Fault> {
    let (me, now) = (signed.me, app.clock.now());
    let sessions = app.vault.read(move |tx| sessions::mine(tx, &me, now)).await?;
    let this = sessions.iter().find(|session| session.token == this).map(|session| session.id);
    Ok(Devices { sessions, this, now })
}

/// Ends one of my sessions. Says whether it was there: somebody else's is not.
///
/// # Errors
/// No answer from the vault.
pub async fn end_device(app: &App, signed: &Signed, id: SessionId) -> Result<bool, Fault> {
    end_those(app, signed, move |session| session.id == id).await.map(|ended| ended > 0)
}

/// Ends all my sessions but the one that asks.
///
/// # Errors
/// No answer from the vault.
pub async fn end_other_devices(app: &App, signed: &Signed, this: TokenHash) -> Result<(), Fault> {
    end_those(app, signed, move |session| session.token != this).await.map(|_| ())
}

async fn end_those(app: &App, signed: &Signed, which: impl Fn(&Mine) -> bool + Send + 'static) -> Result<usize, Fault> {
    let (me, now) = (signed.me, app.clock.now());
    let ended = app
        .vault
        .write(move |tx| {
            let mut ended = Vec::new();
            for session in sessions::mine(tx, &me, now)?.into_iter().filter(&which) {
                sessions::end(tx, &session.token)?;
                ended.push(session.token);
            }
            Ok::<_, Fault>(ended)
        })
        .await?;
    for token in &ended {
        app.sessions.forget(token);
    }
    Ok(ended.len())
}
