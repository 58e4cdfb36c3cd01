//! How hard the exercises are, as responses move it. There is no hot row: each process gathers in memory what it hears
//! and merges it into the vault once a minute, as sums that add up whatever the order.

use std::{
    collections::{BTreeMap, HashMap},
    ops::AddAssign,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use adaptive::{
    Candidate, Catalogue, Difficulty, DifficultyDelta, ItemStatistics, Outcome, Response, SkillIndex, SkillSet, Weights,
};
use vault::{
    Fault, Vault,
    rows::difficulties::{self, Moved},
};

use crate::{
    exercises::{Bank, ExerciseId, Materials},
    model::{self, UnusableBank},
};

/// The key of a first answer to an item: see [`adaptive::DifficultyKey`].
pub const FIRST_ATTEMPT: u8 = 1;
/// The key of a judged line.
const A_LINES_KEY: u8 = 0;
/// The keys of an exercise: a judged line, the first answer, the second, any further one.
const KEYS: usize = 4;
/// How much easier than the whole a single line is taken to be before anything is known, logits.
const A_LINE: f64 = 1.5;

/// The difficulties in use and what has not been merged yet.
pub struct Difficulties {
    known: RwLock<Arc<Known>>,
    heard: Mutex<BTreeMap<(u32, u8), Heard>>,
}

/// What was heard of one key of an exercise.
#[derive(Clone, Copy, Default)]
struct Heard {
    delta: DifficultyDelta,
    statistics: ItemStatistics,
}

impl AddAssign for Heard {
    fn add_assign(&mut self, other: Self) {
        self.delta += other.delta;
        self.statistics += other.statistics;
    }
}

/// What the chooser looks in, made anew at every merge.
pub struct Known {
    catalogue: Arc<Catalogue>,
    /// By the materials that a school has.
    opened: Mutex<HashMap<Materials, Arc<Catalogue>>>,
    /// By the index of the exercise, then by key.
    difficulties: Vec<[Difficulty; KEYS]>,
}

impl Known {
    /// The difficulty of an exercise, in logits.
    #[must_use]
    pub fn of(&self, exercise: u32, key: u8) -> Option<f64> {
        self.difficulty(exercise, key).map(|difficulty| difficulty.value)
    }

    /// The difficulty with what is known of it.
    #[must_use]
    pub fn difficulty(&self, exercise: u32, key: u8) -> Option<Difficulty> {
        self.difficulties.get(usize::try_from(exercise).ok()?)?.get(usize::from(key)).copied()
    }

    /// What can be chosen by those who have these materials.
    #[must_use]
    pub fn catalogue(&self, bank: &Bank, materials: Materials) -> Arc<Catalogue> {
        if materials == Materials::ALL {
            return Arc::clone(&self.catalogue);
        }
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let made = opened
            .entry(materials)
            .or_insert_with(|| Arc::new(self.catalogue.opened(|exercise| bank.is_in(exercise, materials))));
        Arc::clone(made)
    }
}

impl Difficulties {
    /// The authors' guesses, moved by all that the vault has merged so far.
    ///
    /// # Errors
    /// When the bank's graph cannot be used.
    pub fn new(bank: &Bank, moved: &[Moved]) -> Result<Self, UnusableBank> {
        Ok(Self { known: RwLock::new(Arc::new(known(bank, moved)?)), heard: Mutex::new(BTreeMap::new()) })
    }

    #[must_use]
    pub fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in a response.
    pub fn hear(&self, bank: &Bank, exercise: &str, response: &Response, outcome: &Outcome) {
        let Some(index) = bank.index_of(&ExerciseId::from(exercise)) else { return };
        let key = response.key().attempt;
        let Some(mut difficulty) = self.known().difficulty(index, key) else { return };
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = heard.entry((index, key)).or_default();
        difficulty.merge(sum.delta);
        *sum += Heard { delta: difficulty.delta(response, outcome), statistics: ItemStatistics::of(response, outcome) };
    }

    /// Merges what was heard into the vault and takes over what other processes merged. What could not be stored is
    /// kept for the next time.
    ///
    /// # Errors
    /// When the vault does not answer.
    pub async fn merge(&self, bank: &Arc<Bank>, vault: &Vault) -> Result<(), Fault> {
        let heard = std::mem::take(&mut *self.heard.lock().unwrap_or_else(PoisonError::into_inner));
        let deltas: Vec<Moved> = heard
            .iter()
            .filter_map(|((index, key), heard)| {
                let exercise = bank.at(*index)?.id.as_str().to_owned();
                Some(moved(exercise, *key, heard))
            })
            .collect();
        let stored = vault
            .write(move |tx| {
                deltas.iter().try_for_each(|delta| difficulties::add(tx, delta))?;
                difficulties::all(tx)
            })
            .await;
        match stored {
            Ok(moved) => match known(bank, &moved) {
                Ok(new) => *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new),
                Err(error) => tracing::error!(%error, "the merged difficulties cannot be used"),
            },
            Err(fault) => {
                let mut waiting = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
                for (key, delta) in heard {
                    *waiting.entry(key).or_default() += delta;
                }
                return Err(fault);
            }
        }
        Ok(())
    }
}

fn moved(exercise: String, key: u8, Heard { delta, statistics }: &Heard) -> Moved {
    Moved {
        exercise,
        attempt: i16::from(key),
        moved: delta.sum,
        responses: i64::from(delta.responses),
        information: delta.information,
        residual: statistics.residual,
        surprise: statistics.surprise,
        surprise_variance: statistics.surprise_variance,
        covariance: statistics.covariance,
        leverage: statistics.leverage,
        spread: statistics.spread,
    }
}

/// The sums in a row by which an exercise is found to misbehave.
#[must_use]
pub fn statistics(row: &Moved) -> ItemStatistics {
    ItemStatistics {
        responses: u32::try_from(row.responses).unwrap_or(u32::MAX),
        information: row.information,
        residual: row.residual,
        surprise: row.surprise,
        surprise_variance: row.surprise_variance,
        covariance: row.covariance,
        leverage: row.leverage,
        spread: row.spread,
    }
}

/// What has been gathered in a row.
#[must_use]
pub fn delta(row: &Moved) -> DifficultyDelta {
    DifficultyDelta {
        sum: row.moved,
        responses: u32::try_from(row.responses).unwrap_or(u32::MAX),
        information: row.information,
    }
}

/// What an exercise is taken to be before anything is known, by key.
#[must_use]
pub fn guessed(difficulty: f64, key: u8) -> Difficulty {
    Difficulty::guessed(if key == A_LINES_KEY { difficulty - A_LINE } else { difficulty })
}

fn known(bank: &Bank, moved: &[Moved]) -> Result<Known, UnusableBank> {
    let moved: BTreeMap<(&str, i16), &Moved> =
        moved.iter().map(|row| ((row.exercise.as_str(), row.attempt), row)).collect();
    let mut difficulties = Vec::with_capacity(bank.exercises().len());
    let mut candidates = Vec::with_capacity(bank.exercises().len());
    for (index, exercise) in (0_u32..).zip(bank.exercises()) {
        let of_keys: [Difficulty; KEYS] = std::array::from_fn(|key| {
            let key = u8::try_from(key).unwrap_or(u8::MAX);
            let mut difficulty = guessed(exercise.difficulty, key);
            if let Some(row) = moved.get(&(exercise.id.as_str(), i16::from(key))) {
                difficulty.merge(delta(row));
            }
            difficulty
        });
        let years = bank.skill(exercise.skill).map_or((1, 12), |skill| skill.years);
        candidates.push(Candidate {
            exercise: index,
            item: model::item_id(exercise.id.as_str()),
            skills: SkillSet::one(SkillIndex(exercise.skill)),
            difficulty: of_keys[usize::from(FIRST_ATTEMPT)],
            years,
        });
        difficulties.push(of_keys);
    }
    let catalogue = Arc::new(Catalogue::new(model::skills(bank)?, candidates, Weights::shipped())?);
    Ok(Known { catalogue, opened: Mutex::default(), difficulties })
}
