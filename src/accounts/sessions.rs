//! Sessions: an opaque random token in a cookie, its SHA-256 in the vault.
//!
//! Who holds a session is kept in memory for [`TRUSTED_FOR`]; signing out takes it away at once in the process that
//! does it and so everywhere on SQLite, and within that time in the other processes on one PostgreSQL.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use lru::LruCache;
use rand::Rng;
use sha2::{Digest, Sha256};
use vault::{
    Fault, Me, Millis,
    rows::accounts,
    rows::people::{self, Profile},
};

use super::SignInError;
use crate::app::App;

/// Milliseconds for which a session that was looked up is trusted.
const TRUSTED_FOR: i64 = 2_000;

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

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
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
pub struct Sessions(Mutex<Kept>);

struct Kept {
    sessions: LruCache<[u8; 32], Remembered>,
    /// How often a session was forgotten: what was looked up before the last time may be one that has ended.
    forgotten: u64,
}

impl Sessions {
    #[must_use]
    pub fn new(most: usize) -> Self {
        let sessions = LruCache::new(NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN));
        Self(Mutex::new(Kept { sessions, forgotten: 0 }))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who holds the token, or else the count that [`Self::put`] wants.
    fn get(&self, token: &[u8; 32], now: Millis) -> Result<Signed, u64> {
        let mut kept = self.kept();
        let holds = |found: &&Remembered| found.expires > now && now.since(found.looked_up) < TRUSTED_FOR;
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

    fn forget(&self, token: &[u8; 32]) {
        let mut kept = self.kept();
        kept.forgotten += 1;
        kept.sessions.pop(token);
    }
}

/// Opens a session for the one whose user name and password match.
///
/// # Errors
/// No match, too many at once, no answer from the vault.
pub async fn sign_in(app: &App, user_name: &str, password: String) -> Result<Token, SignInError> {
    let name = user_name.trim().to_lowercase();
    let credential = app.vault.read(move |tx| accounts::credential(tx, &name)).await?;
    let hash = credential.as_ref().map(|credential| credential.password_hash.clone());
    let matches = app.passwords.matches(password, hash).await?;
    match credential.filter(|_| matches) {
        Some(credential) => Ok(open(app, credential.proven()).await?),
        None => Err(SignInError::NoMatch),
    }
}

/// Opens a session for one of the demo's accounts; there are none outside the demo.
///
/// # Errors
/// Not a demo, no such account, no answer from the vault.
pub async fn open_demo(app: &App, kind: &str) -> Result<Token, SignInError> {
    let accounts = app.demo.as_deref().unwrap_or_default();
    let account = accounts.iter().find(|account| account.kind == kind).ok_or(SignInError::NoMatch)?;
    let name = account.user_name.clone();
    let credential = app.vault.read(move |tx| accounts::credential(tx, &name)).await?;
    let credential = credential.ok_or(SignInError::NoMatch)?;
    Ok(open(app, credential.proven()).await?)
}

async fn open(app: &App, me: Me) -> Result<Token, Fault> {
    let token = app.chance.draw(|rng| {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Token(bytes)
    });
    let (hash, now) = (token.hash(), app.clock.now());
    let expires = now.plus(i64::from(app.config.sign_in.session_hours) * 3_600_000);
    app.vault.write(move |tx| accounts::open_session(tx, &hash, &me, now, expires)).await?;
    Ok(token)
}

/// Who holds the token, if its session has not ended.
///
/// # Errors
/// No answer from the vault.
pub async fn signed(app: &App, token: &Token) -> Result<Option<Signed>, Fault> {
    let (hash, now) = (token.hash(), app.clock.now());
    let forgotten = match app.sessions.get(&hash, now) {
        Ok(signed) => return Ok(Some(signed)),
        Err(forgotten) => forgotten,
    };
    let found = app
        .vault
        .read(move |tx| match accounts::session(tx, &hash, now)? {
            Some((me, expires)) => Ok::<_, Fault>(Some((me, expires, people::profile(tx, &me, now)?))),
            None => Ok(None),
        })
        .await?;
    let Some((me, expires, profile)) = found else { return Ok(None) };
    let signed = Signed { me, profile: Arc::new(profile) };
    app.sessions.put(hash, Remembered { signed: signed.clone(), expires, looked_up: now }, forgotten);
    Ok(Some(signed))
}

/// Ends the session.
///
/// # Errors
/// No answer from the vault; the session then still holds.
pub async fn sign_out(app: &App, token: &Token) -> Result<(), Fault> {
    let hash = token.hash();
    app.vault.write(move |tx| accounts::end_session(tx, &hash)).await?;
    app.sessions.forget(&hash);
    Ok(())
}
