//! Sessions: an opaque random token in a cookie, its SHA-256 in the vault.
//!
//! Who holds a session is kept in memory for a while; what ends a session takes it away at once in the
//! process that does it and so everywhere on SQLite, and within two seconds in the other processes on one PostgreSQL.

use std::{
    net::IpAddr,
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use lru::LruCache;
use rand::Rng;
use sha2::{Digest, Sha256};
use vault::{
    Fault, GroupId, Me, Millis, SessionId, Tx,
    rows::accounts::{self, Credential},
    rows::people::{self, Profile},
    rows::sessions::{self, Held, NewSession, TokenHash},
};

use super::SignInError;
use crate::{app::App, calendar};

/// Milliseconds for which a session that was looked up is trusted where another process may have ended it meanwhile.
const TRUSTED_AMONG_OTHERS: i64 = 2_000;
/// The same where no other process is. Everything that ends a session is heard of then, so it is only names and places
/// that may be as old as this on a page; what somebody may see is asked of the vault each time.
const TRUSTED_ALONE: i64 = 20_000;
/// Hours for which a session holds that a class code opened: a lesson, not the day.
const LESSON_HOURS: u32 = 3;

/// What the cookie holds: 32 random bytes.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl Token {
    /// The token of these bytes, which have to be as hard to guess as random ones.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    #[must_use]
    pub fn to_text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The token in a cookie's text, if it is one.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// As it is stored.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// Where somebody comes from.
#[derive(Clone, Copy, Default)]
pub struct Visitor {
    /// None where it is not known.
    pub address: Option<IpAddr>,
    /// A word such as Chrome.
    pub browser: Option<&'static str>,
    /// A word such as Windows.
    pub system: Option<&'static str>,
}

/// Who is signed in, with what the frame of each page says of them.
#[derive(Clone)]
pub struct Signed {
    pub me: Me,
    pub profile: Arc<Profile>,
}

struct Remembered {
    signed: Signed,
    expires: Millis,
    looked_up: Millis,
}

/// Sessions in memory, the least used go first.
pub struct Sessions {
    kept: Mutex<Kept>,
    trusted_for: i64,
}

struct Kept {
    sessions: LruCache<[u8; 32], Remembered>,
    /// How often a session was forgotten: what was looked up before the last time may be one that has ended.
    forgotten: u64,
}

impl Sessions {
    /// Room for so many, in a process beside which no other opens the database.
    #[must_use]
    pub fn alone(most: usize) -> Self {
        Self::trusted_for(most, TRUSTED_ALONE)
    }

    /// Room for so many, in a process beside which others may end sessions.
    #[must_use]
    pub fn among_others(most: usize) -> Self {
        Self::trusted_for(most, TRUSTED_AMONG_OTHERS)
    }

    fn trusted_for(most: usize, milliseconds: i64) -> Self {
        let sessions = LruCache::new(NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN));
        Self { kept: Mutex::new(Kept { sessions, forgotten: 0 }), trusted_for: milliseconds }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who holds the token, or else the count that [`Self::put`] wants.
    fn get(&self, token: &[u8; 32], now: Millis) -> Result<Signed, u64> {
        let mut kept = self.kept();
        // A clock that went back covers nothing: else what ended elsewhere would hold until it caught up.
        let is_fresh = |at: Millis| at <= now && now.since(at) < self.trusted_for;
        let holds = |found: &&Remembered| found.expires > now && is_fresh(found.looked_up);
        let found = kept.sessions.get(token).filter(holds).map(|found| found.signed.clone());
        found.ok_or(kept.forgotten)
    }

    /// Remembers what was looked up since `forgotten`, unless a session ended meanwhile: that may be this one.
    fn put(&self, token: [u8; 32], remembered: Remembered, forgotten: u64) {
        let mut kept = self.kept();
        if kept.forgotten == forgotten {
            kept.sessions.put(token, remembered);
        }
    }

    pub(crate) fn forget(&self, token: &[u8; 32]) {
        let mut kept = self.kept();
        kept.forgotten += 1;
        kept.sessions.pop(token);
    }
}

/// Opens a session for the one whose user name and password match.
///
/// # Errors
/// No match, too many guesses before, too many at once, no answer from the vault.
pub async fn sign_in(app: &App, user_name: &str, password: String, visitor: Visitor) -> Result<Token, SignInError> {
    let proven = proven(app, user_name, password, visitor).await;
    let opened = match proven {
        Ok(me) => open(app, me, visitor).await.map_err(Into::into),
        Err(error) => Err(error),
    };
    app.metrics.sign_in("password", opened)
}

/// Who has this user name and password; wrong ones are counted.
pub(super) async fn proven(app: &App, user_name: &str, password: String, visitor: Visitor) -> Result<Me, SignInError> {
    let name = user_name.trim().to_lowercase();
    let guess = app.guesses.begin(&name, visitor.address)?;
    let matching = match of_password(app, name, password, || guess.refuse_if_shut()).await {
        Ok(matching) => matching,
        Err(error) => {
            guess.was_not_looked_at();
            return Err(error);
        }
    };
    let me = match matching {
        Ok(me) => me,
        Err(found) => {
            guess.was_wrong();
            let now = app.clock.now();
            let refused = move |tx: &mut Tx| {
                accounts::refused(tx, found.as_ref(), now);
                Ok::<_, Fault>(())
            };
            app.vault.write(refused).await?;
            return Err(SignInError::NoMatch);
        }
    };
    guess.was_right();
    Ok(me)
}

/// Whether a password is that of the one with this user name, asked once more before what cannot be undone. Guesses are
/// counted as when signing in.
///
/// # Errors
/// [`SignInError::NoMatch`] if it is not; too many guesses before, too many at once, no answer from the vault.
pub async fn prove(app: &App, me: &Me, user_name: &str, password: String, visitor: Visitor) -> Result<(), SignInError> {
    if proven(app, user_name, password, visitor).await? == *me { Ok(()) } else { Err(SignInError::NoMatch) }
}

/// Whose name and password these are; else what was found by the name, if anything.
async fn of_password(
    app: &App,
    name: String,
    password: String,
    still: impl FnOnce() -> Result<(), SignInError>,
) -> Result<Result<Me, Option<Credential>>, SignInError> {
    let credential = app.vault.read(move |tx| accounts::credential(tx, &name)).await?;
    let hash = credential.as_ref().map(|credential| credential.password_hash.clone());
    let matches = app.passwords.matches(password, hash, still).await?;
    Ok(match credential {
        Some(credential) if matches => Ok(credential.proven()),
        found => Err(found),
    })
}

/// Opens a session for one of the demo's accounts; there are none outside the demo.
///
/// # Errors
/// Not a demo, no such account, no answer from the vault.
pub async fn open_demo(app: &App, kind: &str, visitor: Visitor) -> Result<Token, SignInError> {
    let accounts = app.demo.as_deref().unwrap_or_default();
    let account = accounts.iter().find(|account| account.kind == kind).ok_or(SignInError::NoMatch)?;
    let name = account.user_name.clone();
    let credential = app.vault.read(move |tx| accounts::credential(tx, &name)).await?;
    let credential = credential.ok_or(SignInError::NoMatch)?;
    Ok(open(app, credential.proven(), visitor).await?)
}

/// What lets somebody in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Password,
    /// That of this group.
    ClassCode(GroupId),
    Card,
}

/// A session about to be opened, with all that chance and the clock give it.
pub(crate) struct Opening {
    pub(crate) token: Token,
    id: SessionId,
    visitor: Visitor,
    now: Millis,
    hours: u32,
    /// Instead of the token and the hours: what finds a family of tokens, and milliseconds.
    family: Option<(TokenHash, i64)>,
}

impl Opening {
    pub(crate) fn draw(app: &App, visitor: Visitor) -> Self {
        let (token, id) = app.chance.draw(|rng| {
            let mut bytes = [0; 32];
            rng.fill_bytes(&mut bytes);
            (Token(bytes), SessionId::random(rng))
        });
        let (now, hours) = (app.clock.now(), app.config.sign_in.session_hours);
        Self { token, id, visitor, now, hours, family: None }
    }

    pub(super) const fn id(&self) -> SessionId {
        self.id
    }

    /// Makes it a family's, which is found by `hash` and holds for so many milliseconds.
    pub(super) const fn by_tokens(&mut self, hash: TokenHash, holds: i64) {
        self.family = Some((hash, holds));
    }

    /// Opens it as that which lets somebody in wants it.
    pub(crate) fn open(&self, tx: &mut Tx, me: &Me, how: How) -> Result<(), Fault> {
        let (by_code_of, hours) = match how {
            How::ClassCode(group) => (Some(group), self.hours.min(LESSON_HOURS)),
            How::Password | How::Card => (None, self.hours),
        };
        let (token, holds) = self.family.unwrap_or((self.token.hash(), i64::from(hours) * 3_600_000));
        let new = NewSession {
            token,
            id: self.id,
            browser: self.visitor.browser.map(str::to_owned),
            system: self.visitor.system.map(str::to_owned),
            by_code_of,
            by_card: how == How::Card,
            opened: self.now,
            used_on: calendar::day(self.now, &people::profile(tx, me, self.now)?.time_zone).to_string(),
            expires: self.now.plus(holds),
        };
        sessions::open(tx, me, &new)
    }
}

async fn open(app: &App, me: Me, visitor: Visitor) -> Result<Token, Fault> {
    let opening = Opening::draw(app, visitor);
    let token = opening.token.clone();
    app.vault.write(move |tx| opening.open(tx, &me, How::Password)).await?;
    Ok(token)
}

/// Who holds the token, if its session has not ended.
///
/// # Errors
/// No answer from the vault.
pub async fn signed(app: &App, token: &Token) -> Result<Option<Signed>, Fault> {
    held(app, token.hash()).await
}

/// Who holds the session that is found by `hash`, if it has not ended.
pub(super) async fn held(app: &App, hash: TokenHash) -> Result<Option<Signed>, Fault> {
    let now = app.clock.now();
    let forgotten = match app.sessions.get(&hash, now) {
        Ok(signed) => return Ok(Some(signed)),
        Err(forgotten) => forgotten,
    };
    let found = app
        .vault
        .read(move |tx| match sessions::held(tx, &hash, now)? {
            Some(held) => {
                let profile = people::profile(tx, &held.me, now)?;
                Ok::<_, Fault>(Some((held, profile)))
            }
            None => Ok(None),
        })
        .await?;
    let Some((Held { me, expires, used_on }, profile)) = found else { return Ok(None) };
    write_down_the_day(app, &me, hash, &used_on, &profile).await;
    let signed = Signed { me, profile: Arc::new(profile) };
    app.sessions.put(hash, Remembered { signed: signed.clone(), expires, looked_up: now }, forgotten);
    Ok(Some(signed))
}

/// For the list of one's devices, once a day. Whoever asks for something else is not kept waiting by a fault here.
async fn write_down_the_day(app: &App, me: &Me, token: [u8; 32], written: &str, profile: &Profile) {
    let today = calendar::day(app.clock.now(), &profile.time_zone).to_string();
    if today == written {
        return;
    }
    let me = *me;
    if let Err(fault) = app.vault.write(move |tx| sessions::used(tx, &me, &token, &today)).await {
        tracing::warn!(%fault, "the day of a session's use is written down next time");
    }
}

/// Ends the session.
///
/// # Errors
/// No answer from the vault; the session then still holds.
pub async fn sign_out(app: &App, token: &Token) -> Result<(), Fault> {
    end(app, token.hash()).await
}

/// Ends the session that is found by `hash`.
pub(super) async fn end(app: &App, hash: TokenHash) -> Result<(), Fault> {
    app.vault.write(move |tx| sessions::end(tx, &hash)).await?;
    app.sessions.forget(&hash);
    Ok(())
}
