//! Passwords: Argon2id with 19 MiB, 2 passes and 1 lane (the first choice of OWASP's cheat sheet for password storage),
//! off the threads that answer requests. A check costs as much as hundreds of judged lines, so few run at a time and the
//! others queue; when the queue is long the sign-in is asked to wait.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use super::SignInError;
use crate::{chance::Chance, overload};

/// Sign-ins that may wait for a check, a class or two.
const LONGEST_QUEUE: usize = 400;
/// Longer passwords are refused before they are hashed.
pub(crate) const LONGEST_PASSWORD: usize = 1_000;

/// Hashes a new password. Slow on purpose: call it off the threads that answer requests.
///
/// # Errors
/// When the hash cannot be made.
pub fn hash(password: &str, chance: &Chance) -> Result<String, SignInError> {
    use rand::Rng;
    let salt: [u8; 16] = chance.draw(|rng| {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        salt
    });
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| SignInError::Hash(error.to_string()))
}

/// Checks passwords, a few at a time.
pub struct PasswordChecks {
    places: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    checked: Arc<AtomicU64>,
}

/// Somebody in the queue, until they are answered or go away.
struct Queued(Arc<AtomicUsize>);

impl Queued {
    fn join(waiting: &Arc<AtomicUsize>) -> Result<Self, SignInError> {
        let before = waiting.fetch_add(1, Ordering::SeqCst);
        let queued = Self(Arc::clone(waiting));
        if before < LONGEST_QUEUE { Ok(queued) } else { Err(SignInError::Busy) }
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Compared against when there is no such user name, so that the answer takes as long.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash("nobody", &Chance::seeded(0)).ok());

impl PasswordChecks {
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once.max(1))), waiting: Arc::default(), checked: Arc::default() }
    }

    /// How many passwords wait to be checked or are being checked.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// How many passwords were checked since the start.
    #[must_use]
    pub fn checked(&self) -> u64 {
        self.checked.load(Ordering::SeqCst)
    }

    /// Hashes a new password when its turn has come.
    ///
    /// # Errors
    /// When too many wait already, or the hash cannot be made.
    pub async fn hash(&self, password: String, chance: Chance) -> Result<String, SignInError> {
        let queued = Queued::join(&self.waiting)?;
        overload::step_aside();
        let place = Arc::clone(&self.places).acquire_owned().await;
        let hashed = tokio::task::spawn_blocking(move || {
            let _until_hashed = (queued, place);
            hash(&password, &chance)
        })
        .await;
        hashed.unwrap_or_else(|error| Err(SignInError::Hash(error.to_string())))
    }

    /// Whether the password is the one that was hashed. Without a hash the answer is no, after as much work. `still` is
    /// asked once more when its turn has come.
    ///
    /// # Errors
    /// When too many wait already, and what `still` says.
    pub async fn matches(
        &self,
        password: String,
        hash: Option<String>,
        still: impl FnOnce() -> Result<(), SignInError>,
    ) -> Result<bool, SignInError> {
        if password.len() > LONGEST_PASSWORD {
            return Ok(false);
        }
        let queued = Queued::join(&self.waiting)?;
        overload::step_aside();
        let place = Arc::clone(&self.places).acquire_owned().await;
        still()?;
        self.checked.fetch_add(1, Ordering::SeqCst);
        // The check holds its place to its end, also when the one who asked has gone away meanwhile.
        let checked = tokio::task::spawn_blocking(move || {
            let _until_checked = (queued, place);
            verify(&password, hash.as_deref())
        })
        .await;
        Ok(checked.unwrap_or(false))
    }
}

fn verify(password: &str, hash: Option<&str>) -> bool {
    let known = hash.is_some();
    let Some(hash) = hash.or(NOBODY.as_deref()) else { return false };
    let matches =
        PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    known && matches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches() -> Result<(), SignInError> {
        let checks = PasswordChecks::new(2);
        let stored = hash("blå-tisdag-7", &Chance::seeded(1))?;
        assert!(stored.starts_with("$argon2id$"));
        assert!(checks.matches("blå-tisdag-7".into(), Some(stored.clone()), || Ok(())).await?);
        assert!(!checks.matches("blå-onsdag-7".into(), Some(stored), || Ok(())).await?);
        assert!(!checks.matches("nobody".into(), None, || Ok(())).await?);
        assert_eq!(checks.checked(), 3);
        Ok(())
    }

    #[tokio::test]
    async fn a_long_queue_is_asked_to_wait() {
        let checks = PasswordChecks::new(1);
        checks.waiting.store(LONGEST_QUEUE, Ordering::SeqCst);
        assert!(matches!(checks.matches("x".into(), None, || Ok(())).await, Err(SignInError::Busy)));
        assert_eq!(checks.waiting.load(Ordering::SeqCst), LONGEST_QUEUE);
    }

    #[tokio::test]
    async fn who_goes_away_while_waiting_leaves_the_queue() {
        let checks = PasswordChecks::new(1);
        let place = Arc::clone(&checks.places).acquire_owned().await;
        let gone = tokio::time::timeout(std::time::Duration::ZERO, checks.matches("x".into(), None, || Ok(()))).await;
        assert!(gone.is_err());
        assert_eq!(checks.waiting.load(Ordering::SeqCst), 0);
        drop(place);
    }
}
