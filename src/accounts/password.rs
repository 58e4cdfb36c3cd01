//! Passwords: Argon2id with 19 MiB, 2 passes and 1 lane (the first choice of OWASP's cheat sheet for password storage),
//! off the threads that answer requests. A check costs as much as hundreds of judged lines, so few run at a time and the
//! others queue; when the queue is long the sign-in is asked to wait.

use std::sync::{
    Arc, LazyLock, Mutex, PoisonError,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        Error,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
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
    hash_in(&Memory::default(), password, chance)
}

fn hash_in(memory: &Memory, password: &str, chance: &Chance) -> Result<String, SignInError> {
    use rand::Rng;
    let salt: [u8; 16] = chance.draw(|rng| {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        salt
    });
    let made = || {
        let (algorithm, version, params) = (Algorithm::default(), Version::default(), Params::DEFAULT);
        let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
        let shown = ParamsString::try_from(&params)?;
        memory.fill(&Argon2::new(algorithm, version, params), password, &salt, &mut out)?;
        Ok::<_, Error>(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: shown,
            salt: Some(Salt::new(&salt)?),
            hash: Some(Output::new(&out)?),
        })
    };
    made().map(|hash| hash.to_string()).map_err(|error| SignInError::Hash(error.to_string()))
}

/// What the hashing works in, 19 MiB for each that runs, kept from one to the next: the allocator would map and clear as
/// much each time, or keep it and let smaller blocks settle in it, so that the server grows with each class that signs in.
#[derive(Default)]
struct Memory(Mutex<Vec<Vec<Block>>>);

impl Memory {
    fn fill(&self, argon2: &Argon2<'_>, password: &str, salt: &[u8], out: &mut [u8]) -> Result<(), Error> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut blocks = kept().pop().unwrap_or_default();
        blocks.resize(argon2.params().block_count(), Block::new());
        let filled = argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, &mut blocks);
        // What a password was made into does not wait here for the next one.
        blocks.fill(Block::new());
        kept().push(blocks);
        Ok(filled?)
    }
}

/// Checks passwords, a few at a time.
pub struct PasswordChecks {
    places: Arc<Semaphore>,
    memory: Arc<Memory>,
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
        Self {
            places: Arc::new(Semaphore::new(at_once.max(1))),
            memory: Arc::default(),
            waiting: Arc::default(),
            checked: Arc::default(),
        }
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
        let memory = Arc::clone(&self.memory);
        let hashed = tokio::task::spawn_blocking(move || {
            let _until_hashed = (queued, place);
            hash_in(&memory, &password, &chance)
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
        let memory = Arc::clone(&self.memory);
        let checked = tokio::task::spawn_blocking(move || {
            let _until_checked = (queued, place);
            verify(&memory, &password, hash.as_deref())
        })
        .await;
        Ok(checked.unwrap_or(false))
    }
}

fn verify(memory: &Memory, password: &str, hash: Option<&str>) -> bool {
    let known = hash.is_some();
    let Some(hash) = hash.or(NOBODY.as_deref()) else { return false };
    known & matches(memory, password, hash).unwrap_or(false)
}

/// Whether the password makes the hash, with the parameters that stand in it.
fn matches(memory: &Memory, password: &str, hash: &str) -> Result<bool, Error> {
    let hash = PasswordHash::new(hash)?;
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else { return Err(Error::PasswordInvalid) };
    let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
    let version = hash.version.map(Version::try_from).transpose()?.unwrap_or_default();
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&hash)?);
    let mut out = [0; Output::MAX_LENGTH];
    let out = out.get_mut(..expected.len()).ok_or(Error::OutputSize)?;
    memory.fill(&argon2, password, salt, out)?;
    // Takes as long wherever the two differ.
    Ok(Output::new(out)? == *expected)
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

    #[test]
    fn memory_that_was_used_is_empty_and_serves_again() {
        use argon2::password_hash::{PasswordHasher, PasswordVerifier};
        let memory = Memory::default();
        for password in ["blå-tisdag-7", "grön-fredag-12", ""] {
            // What the library makes by itself we know, and what we make it knows.
            let theirs = Argon2::default().hash_password_with_salt(password.as_bytes(), &[7; 16]).unwrap().to_string();
            assert!(verify(&memory, password, Some(&theirs)) && !verify(&memory, "another", Some(&theirs)));
            let ours = hash_in(&memory, password, &Chance::seeded(2)).unwrap();
            Argon2::default().verify_password(password.as_bytes(), &PasswordHash::new(&ours).unwrap()).unwrap();
        }
        // As hashes of another time may be: smaller ones, and one that is broken.
        let params = Params::new(64, 1, 1, Some(16)).unwrap();
        let mut out = [0; 16];
        Argon2::new(Algorithm::Argon2i, Version::V0x10, params.clone())
            .hash_password_into(b"then", &[9; 8], &mut out)
            .unwrap();
        let then = PasswordHash {
            algorithm: Algorithm::Argon2i.ident(),
            version: Some(Version::V0x10.into()),
            params: ParamsString::try_from(&params).unwrap(),
            salt: Some(Salt::new(&[9; 8]).unwrap()),
            hash: Some(Output::new(&out).unwrap()),
        };
        assert!(verify(&memory, "then", Some(&then.to_string())) && !verify(&memory, "now", Some(&then.to_string())));
        for broken in ["", "blå-tisdag-7", "$argon2id$v=19$m=19456,t=2,p=1", "$scrypt$ln=1$AAAAAAAAAAA$AAAAAAAAAAAAAAA"]
        {
            assert!(!verify(&memory, broken, Some(broken)), "{broken}");
        }
        let kept = memory.0.lock().unwrap();
        assert_eq!(kept.len(), 1);
        assert!(kept[0].iter().all(|block| block.as_ref().iter().all(|word| *word == 0)));
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
