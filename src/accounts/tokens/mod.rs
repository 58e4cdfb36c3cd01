//! Signing in by tokens, for programs: an access token that is good for a quarter of an hour, and a refresh token that
//! is good once and gives the next pair. All that come from one sign-in are a family, which is a session like a browser's
//! and ends like one. `docs/decisions/0017-api-tokens.md` says why.

mod access;
mod ed25519;
mod refresh;

use sha2::{Digest, Sha256};
use vault::{
    Fault, Me, SessionId,
    rows::{
        sessions::TokenHash,
        token_families::{self, Exchange, Exchanged, NewFamily},
    },
};

pub use self::access::{ACCESS_SECONDS, Signing};
use self::{access::Named, refresh::Refresh};
use super::{
    SignInError, Signed, Visitor,
    sessions::{self, How, Opening},
};
use crate::app::App;

/// Milliseconds for which a refresh token that was exchanged gives the same next one: two requests of one program at the
/// same moment, or an answer that was lost on its way.
const GRACE: i64 = 10_000;
const DAY: i64 = 86_400_000;

/// What a program is given.
pub struct Pair {
    pub access: String,
    pub refresh: String,
}

/// The row of a family's session. 40 bytes are hashed, where a cookie's token has 32: no cookie ever meets it.
fn session_of(family: SessionId) -> TokenHash {
    Sha256::new_with_prefix(b"a family of API tokens: ").chain_update(family.as_bytes()).finalize().into()
}

/// Opens a family for the one whose user name and password match.
///
/// # Errors
/// As [`super::sign_in`].
pub async fn open_tokens(app: &App, user_name: &str, password: String, visitor: Visitor) -> Result<Pair, SignInError> {
    app.metrics.sign_in("token", try_open_tokens(app, user_name, password, visitor).await)
}

async fn try_open_tokens(app: &App, user_name: &str, password: String, visitor: Visitor) -> Result<Pair, SignInError> {
    let me = sessions::proven(app, user_name, password, visitor).await?;
    let mut opening = Opening::draw(app, visitor);
    let refresh = Refresh::first(opening.id(), &app.chance);
    let session = session_of(refresh.family);
    let new = NewFamily { session, refresh: refresh.hash(), opened: app.clock.now() };
    opening.by_tokens(session, idle(app).min(longest(app)));
    app.vault
        .write(move |tx| {
            opening.open(tx, &me, How::Password)?;
            token_families::open(tx, &me, &new)
        })
        .await?;
    pair(app, &me, &refresh)
}

/// Exchanges a refresh token for the next pair. One that was exchanged before ends its family, for whoever has a token of
/// it: one of the two is not who they should be, and nobody can tell which.
///
/// # Errors
/// [`SignInError::NotTaken`] for whatever is not the family's present refresh token; no answer from the vault.
pub async fn refresh_tokens(app: &App, text: &str) -> Result<Pair, SignInError> {
    app.metrics.sign_in("refresh", try_refresh_tokens(app, text).await)
}

async fn try_refresh_tokens(app: &App, text: &str) -> Result<Pair, SignInError> {
    let keys = app.vault.keys();
    let handed_in = Refresh::from_text(text, keys)?.ok_or(SignInError::NotTaken)?;
    let next = handed_in.next(keys)?;
    let asked = Exchange {
        session: session_of(handed_in.family),
        handed_in: handed_in.hash(),
        next: next.hash(),
        now: app.clock.now(),
        grace: GRACE,
        longest: longest(app),
        idle: idle(app),
    };
    match app.vault.write(move |tx| token_families::exchange(tx, &asked)).await? {
        Exchanged::Next(me) => pair(app, &me, &next),
        Exchanged::UsedBefore(me) => {
            app.sessions.forget(&asked.session);
            let (person, family) = (me.person(), handed_in.family);
            tracing::warn!(%person, %family, "a refresh token was used again, so its family was ended");
            Err(SignInError::NotTaken)
        }
        Exchanged::Ended => Err(SignInError::NotTaken),
    }
}

/// Who holds an access token, if it is good and its family has not ended.
///
/// # Errors
/// No answer from the vault.
pub async fn signed_by_token(app: &App, access: &str) -> Result<Option<Signed>, Fault> {
    let Some(named) = app.signing.verify(access, app.clock.now()) else { return Ok(None) };
    let held = sessions::held(app, session_of(named.session)).await?;
    Ok(held.filter(|signed| signed.me.person() == named.person))
}

/// The session that an access token stands for, while the token holds.
#[must_use]
pub fn session_named(app: &App, access: &str) -> Option<TokenHash> {
    app.signing.verify(access, app.clock.now()).map(|named| session_of(named.session))
}

/// Ends the family of an access token. Says whether it was there.
///
/// # Errors
/// No answer from the vault; the family then still holds.
pub async fn end_tokens(app: &App, access: &str) -> Result<bool, Fault> {
    if signed_by_token(app, access).await?.is_none() {
        return Ok(false);
    }
    let Some(named) = app.signing.verify(access, app.clock.now()) else { return Ok(false) };
    sessions::end(app, session_of(named.session)).await?;
    Ok(true)
}

fn pair(app: &App, me: &Me, refresh: &Refresh) -> Result<Pair, SignInError> {
    let named = Named { person: me.person(), session: refresh.family };
    Ok(Pair {
        access: app.signing.sign(named, app.clock.now(), &app.chance)?,
        refresh: refresh.to_text(app.vault.keys())?,
    })
}

fn longest(app: &App) -> i64 {
    i64::from(app.config.sign_in.token_days) * DAY
}

fn idle(app: &App) -> i64 {
    i64::from(app.config.sign_in.token_idle_days) * DAY
}
