//! How hard the exercises are, as responses move it. There is no hot row: each process keeps in memory what it hears
//! and merges it into the vault once a minute, as sums that add up whatever the order of the processes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use adaptive::{
    Candidate, Catalogue, Difficulty, DifficultyDelta, ItemStatistics, Outcome, Response, SkillIndex, SkillSet, Weights,
};
use vault::{
    Fault, Vault,
    rows::difficulties::{self, Moved},
};

use crate::{
    exercises::{Bank, Exercise, ExerciseId, Materials},
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
    heard: Mutex<Vec<Heard>>,
}

/// A response, and what was thought of it before.
#[derive(Clone, Copy)]
struct Heard {
    /// Index in the bank.
    exercise: u32,
    response: Response,
    outcome: Outcome,
}

/// What is added to one key of an exercise.
#[derive(Clone, Copy, Default)]
struct Sum {
    delta: DifficultyDelta,
    statistics: ItemStatistics,
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
        Ok(Self { known: RwLock::new(Arc::new(known(bank, moved)?)), heard: Mutex::default() })
    }

    #[must_use]
    pub fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in a response.
    pub fn hear(&self, bank: &Bank, exercise: &str, response: &Response, outcome: &Outcome) {
        if let Some(exercise) = bank.index_of(&ExerciseId::from(exercise)) {
            self.waiting().push(Heard { exercise, response: *response, outcome: *outcome });
        }
    }

    /// Merges what was heard into the vault and takes over what other processes merged. What could not be stored is
    /// kept for the next time.
    ///
    /// # Errors
    /// When the vault does not answer.
    pub async fn merge(&self, bank: &Arc<Bank>, vault: &Vault) -> Result<(), Fault> {
        let heard = Arc::new(std::mem::take(&mut *self.waiting()));
        let (of, bank_of) = (Arc::clone(&heard), Arc::clone(bank));
        let stored = vault
            .write(move |tx| {
                let sums = sums(&bank_of, &difficulties::all(tx)?, &of);
                sums.iter().try_for_each(|row| difficulties::add(tx, row))?;
                difficulties::all(tx)
            })
            .await;
        match stored {
            Ok(moved) => match known(bank, &moved) {
                Ok(new) => *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new),
                Err(error) => tracing::error!(%error, "the merged difficulties cannot be used"),
            },
            Err(fault) => {
                self.waiting().splice(0..0, heard.iter().copied());
                return Err(fault);
            }
        }
        Ok(())
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Heard>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was heard, as it moves the difficulties in the vault: each response moves what those before it left, so that a
/// whole class that answers within one minute does not move it by a whole step each.
fn sums(bank: &Bank, moved_before: &[Moved], heard: &[Heard]) -> Vec<Moved> {
    let before: BTreeMap<(&str, i16), &Moved> = by_key(moved_before);
    let mut moving: BTreeMap<(u32, u8), (Difficulty, Sum)> = BTreeMap::new();
    for Heard { exercise: index, response, outcome } in heard {
        let Some(exercise) = bank.at(*index) else { continue };
        let key = response.key().attempt;
        let (difficulty, sum) =
            moving.entry((*index, key)).or_insert_with(|| (difficulty(&before, exercise, key), Sum::default()));
        let delta = difficulty.delta(response, outcome);
        difficulty.merge(delta);
        sum.delta += delta;
        sum.statistics += ItemStatistics::of(response, outcome);
    }
    let row = |((index, key), (_, sum))| Some(moved(bank.at(index)?.id.as_str().to_owned(), key, &sum));
    moving.into_iter().filter_map(row).collect()
}

fn by_key(moved: &[Moved]) -> BTreeMap<(&str, i16), &Moved> {
    moved.iter().map(|row| ((row.exercise.as_str(), row.attempt), row)).collect()
}

/// The author's guess, moved by what has been merged.
fn difficulty(moved: &BTreeMap<(&str, i16), &Moved>, exercise: &Exercise, key: u8) -> Difficulty {
    let mut difficulty = guessed(exercise.difficulty, key);
    if let Some(row) = moved.get(&(exercise.id.as_str(), i16::from(key))) {
        difficulty.merge(delta(row));
    }
    difficulty
}

fn moved(exercise: String, key: u8, Sum { delta, statistics }: &Sum) -> Moved {
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
    let moved = by_key(moved);
    let mut difficulties = Vec::with_capacity(bank.exercises().len());
    let mut candidates = Vec::with_capacity(bank.exercises().len());
    for (index, exercise) in (0_u32..).zip(bank.exercises()) {
        let of_keys: [Difficulty; KEYS] =
            std::array::from_fn(|key| difficulty(&moved, exercise, u8::try_from(key).unwrap_or(u8::MAX)));
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

#[cfg(test)]
mod tests {
    use adaptive::{Evidence, ItemId};

    use super::*;

    fn class(bank: &Bank, answers: u32) -> Vec<Heard> {
        let exercise = bank.at(0).expect("a bank has exercises");
        let answer = |number: u32| Heard {
            exercise: 0,
            response: Response {
                item: ItemId(0),
                skills: SkillSet::one(SkillIndex(exercise.skill)),
                evidence: Evidence::Answer,
                attempt: 1,
                difficulty: exercise.difficulty,
                correct: number.is_multiple_of(4),
                at: adaptive::Millis(0),
            },
            outcome: Outcome { predicted: 0.5, ability: 0.0 },
        };
        (0..answers).map(answer).collect()
    }

    #[test]
    fn a_class_that_answers_within_a_minute_moves_an_exercise_as_far_as_its_answers_say() {
        let bank = Bank::shipped().expect("the bank is whole");
        let once = sums(&bank, &[], &class(&bank, 200));
        let exercise = bank.at(0).expect("a bank has exercises");
        let value = exercise.difficulty + once[0].moved;
        assert!((value - 1.1).abs() < 0.4, "one in four solved it at ability 0: {value}");
        assert_eq!(once[0].responses, 200);
    }

    #[test]
    fn whether_heard_in_one_minute_or_in_two_it_is_the_same() {
        let bank = Bank::shipped().expect("the bank is whole");
        let heard = class(&bank, 80);
        let once = sums(&bank, &[], &heard);
        let first = sums(&bank, &[], &heard[..30]);
        let then = sums(&bank, &first, &heard[30..]);
        assert!((once[0].moved - first[0].moved - then[0].moved).abs() < 1e-9);
        assert_eq!(once[0].responses, first[0].responses + then[0].responses);
    }
}
