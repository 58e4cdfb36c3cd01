//! How hard the exercises are, as responses move it. There is no hot row: each process gathers in memory what it hears
//! and merges it into the vault once a minute, as sums that add up whatever the order.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use adaptive::{Candidate, Catalogue, Difficulty, DifficultyDelta, Outcome, Response, SkillIndex};
use vault::{
    Fault, Vault,
    rows::difficulties::{self, Moved},
};

use crate::{
    exercises::{Bank, ExerciseId},
    model::{self, UnusableBank},
};

/// The difficulties in use and what has not been merged yet.
pub struct Difficulties {
    known: RwLock<Arc<Known>>,
    heard: Mutex<BTreeMap<u32, DifficultyDelta>>,
}

/// What the chooser looks in, made anew at every merge.
pub struct Known {
    pub catalogue: Catalogue,
    /// By the index of the exercise.
    difficulties: Vec<Difficulty>,
}

impl Known {
    /// The difficulty of an exercise, in logits.
    #[must_use]
    pub fn of(&self, exercise: u32) -> Option<f64> {
        self.difficulty(exercise).map(|difficulty| difficulty.value)
    }

    fn difficulty(&self, exercise: u32) -> Option<Difficulty> {
        self.difficulties.get(usize::try_from(exercise).ok()?).copied()
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
        let Some(mut difficulty) = self.known().difficulty(index) else { return };
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let sum = heard.entry(index).or_default();
        difficulty.merge(*sum);
        *sum += difficulty.delta(response, outcome);
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
            .filter_map(|(index, delta)| {
                let exercise = bank.at(*index)?.id.as_str().to_owned();
                Some(Moved { exercise, moved: delta.sum, responses: i64::from(delta.responses) })
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
                for (index, delta) in heard {
                    *waiting.entry(index).or_default() += delta;
                }
                return Err(fault);
            }
        }
        Ok(())
    }
}

fn known(bank: &Bank, moved: &[Moved]) -> Result<Known, UnusableBank> {
    let moved: BTreeMap<&str, &Moved> = moved.iter().map(|row| (row.exercise.as_str(), row)).collect();
    let mut difficulties = Vec::with_capacity(bank.exercises().len());
    let mut candidates = Vec::with_capacity(bank.exercises().len());
    for (index, exercise) in (0_u32..).zip(bank.exercises()) {
        let mut difficulty = Difficulty::guessed(exercise.difficulty);
        if let Some(row) = moved.get(exercise.id.as_str()) {
            let responses = u32::try_from(row.responses).unwrap_or(u32::MAX);
            difficulty.merge(DifficultyDelta { sum: row.moved, responses });
        }
        let years = bank.skill(exercise.skill).map_or((1, 12), |skill| skill.years);
        let skill = SkillIndex(exercise.skill);
        candidates.push(Candidate { exercise: index, skill, difficulty: difficulty.value, years });
        difficulties.push(difficulty);
    }
    Ok(Known { catalogue: Catalogue::new(model::skills(bank)?, candidates)?, difficulties })
}
