//! Chance, handed in: ids, tokens and seeds come from here and from nowhere else.

use std::sync::{Arc, Mutex, PoisonError};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// A source of random bytes that every part of the server shares.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<ChaCha20Rng>>);

impl Chance {
    /// Seeded by the operating system; fit for tokens.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn from_system() -> Result<Self, rand::rngs::SysError> {
        Ok(Self(Arc::new(Mutex::new(ChaCha20Rng::try_from_rng(&mut rand::rngs::SysRng)?))))
    }

    /// The same bytes every time. For tests and made-up history, never for tokens that guard anything.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// Lets `use_it` draw from the source.
    pub fn draw<T>(&self, use_it: impl FnOnce(&mut ChaCha20Rng) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A seed for an item: 0 to 2^53 − 1, so that JavaScript can hold it.
    #[must_use]
    pub fn seed(&self) -> i64 {
        self.draw(|rng| i64::try_from(rng.next_u64() >> 11).unwrap_or_default())
    }
}
