//! Chance, handed in: ids, tokens and seeds come from here and from nowhere else.

use std::sync::{Arc, Mutex, PoisonError};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use vault::{CalculationId, PersonId, Shelf};

/// A source of random bytes that every part of the server shares.
#[derive(Clone)]
pub struct Chance(Arc<Mutex<Source>>);

struct Source {
    rng: ChaCha20Rng,
    persons: Shelf,
    calculations: Shelf,
}

impl Chance {
    /// Seeded by the operating system; fit for tokens.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn from_system() -> Result<Self, rand::rngs::SysError> {
        Ok(Self::of(ChaCha20Rng::try_from_rng(&mut rand::rngs::SysRng)?))
    }

    /// The same bytes every time. For tests and made-up history, never for tokens that guard anything.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::of(ChaCha20Rng::seed_from_u64(seed))
    }

    fn of(rng: ChaCha20Rng) -> Self {
        Self(Arc::new(Mutex::new(Source { rng, persons: Shelf::default(), calculations: Shelf::default() })))
    }

    /// Lets `use_it` draw from the source.
    pub fn draw<T>(&self, use_it: impl FnOnce(&mut ChaCha20Rng) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).rng)
    }

    /// The id of a new person.
    #[must_use]
    pub fn person(&self) -> PersonId {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Source { rng, persons, .. } = &mut *source;
        PersonId::on(persons, rng)
    }

    /// The id of a new calculation.
    #[must_use]
    pub fn calculation(&self) -> CalculationId {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Source { rng, calculations, .. } = &mut *source;
        CalculationId::on(calculations, rng)
    }

    /// A seed for an item: 0 to 2^53 − 1, so that JavaScript can hold it.
    #[must_use]
    pub fn seed(&self) -> i64 {
        self.draw(|rng| i64::try_from(rng.next_u64() >> 11).unwrap_or_default())
    }
}
