//! From an exercise and a seed to one concrete item, the same for ever.

use std::fmt;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use stepcheck::{Rational, Statement, Task};

use super::exercise::Exercise;
use super::formula::Values;
use super::ids::ExerciseId;
use super::template::Template;
use super::words::Words;

/// The generator's name, part of every seed. A change of how numbers are drawn needs a new
/// name, and then every stored (exercise, seed) pair means another item.
const GENERATOR: &str = "stegvis item 1";

/// So many draws may miss the conditions before the exercise is given up.
const TRIES: u32 = 2_000;

/// One concrete task.
#[derive(Clone, Debug)]
pub struct Item {
    /// What to do, for the student.
    pub ask: Words,
    /// What lines are judged against.
    pub task: Task,
    /// What to start from, in the notation of a typed line.
    pub start_text: String,
    /// A full solution, line by line, ending in the demanded form.
    pub worked: Vec<String>,
    /// Two hints or more, the gentlest first; none gives the answer.
    pub hints: Vec<Words>,
    /// Lines that are known not to follow.
    pub wrong: Vec<String>,
}

/// Why an exercise gave no item for a seed; the exercise needs mending, see `exercises lint`.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawError {
    /// The exercise.
    pub exercise: ExerciseId,
    /// The seed.
    pub seed: i64,
    /// What went wrong and what to do.
    pub what: String,
}

impl fmt::Display for DrawError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} with seed {}: {}", self.exercise, self.seed, self.what)
    }
}

impl std::error::Error for DrawError {}

/// Draws the item of `exercise` for `seed`: the same pair gives the same item for ever.
///
/// # Errors
/// When no numbers meet the conditions, or a place in a text has no value. The bank's lint
/// holds the shipped exercises free from both over many seeds.
pub fn draw(exercise: &Exercise, seed: i64) -> Result<Item, DrawError> {
    let error = |what: String| DrawError { exercise: exercise.id.clone(), seed, what };
    let values = draw_values(exercise, seed).ok_or_else(|| {
        error(format!("{TRIES} draws did not meet the conditions; widen the parameters or ease `where`"))
    })?;
    fill(exercise, &values).map_err(error)
}

/// The first draw that meets the conditions.
fn draw_values(exercise: &Exercise, seed: i64) -> Option<Values> {
    let mut generator = generator(&exercise.id, seed);
    (0..TRIES).find_map(|_| {
        let mut values: Values = exercise
            .parameters
            .iter()
            .map(|(name, choices)| {
                let choice = pick(choices.values(), &mut generator);
                (*name, Rational::from_integer(choice.into()))
            })
            .collect();
        for (name, formula) in &exercise.derived {
            values.push((*name, formula.value(&values)?));
        }
        let met = exercise.conditions.iter().all(|c| c.holds(&values));
        met.then_some(values)
    })
}

/// A ChaCha8 generator of its own for each exercise and seed.
fn generator(id: &ExerciseId, seed: i64) -> ChaCha8Rng {
    let mut digest = Sha256::new();
    for part in [GENERATOR, id.as_str()] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    digest.update(seed.to_le_bytes());
    ChaCha8Rng::from_seed(digest.finalize().into())
}

/// One of the choices, each as likely. Written out here, since a library may better its own
/// way from one version to the next and items must not change. The bias of taking the high
/// half of a 128-bit product is below 2⁻⁴⁷ for the longest list (Lemire 2019, doi 10.1145/3230636).
fn pick(choices: &[i64], generator: &mut ChaCha8Rng) -> i64 {
    let product = u128::from(generator.next_u64()) * choices.len() as u128;
    let at = usize::try_from(product >> 64).unwrap_or(0);
    choices.get(at).copied().unwrap_or(0)
}

fn fill(exercise: &Exercise, values: &Values) -> Result<Item, String> {
    let start_text = exercise.start.fill(values)?;
    let start = read_start(&start_text)?;
    let mut worked = fill_all(&exercise.worked, values)?;
    worked.dedup();
    let words = |words: &Words<Template>| words.try_map(|text| text.fill(values));
    Ok(Item {
        ask: words(&exercise.ask)?,
        task: Task { start, demand: exercise.demand, policy: exercise.policy.clone() },
        start_text,
        worked,
        hints: exercise.hints.iter().map(words).collect::<Result<_, _>>()?,
        wrong: fill_all(&exercise.wrong, values)?,
    })
}

fn fill_all(templates: &[Template], values: &Values) -> Result<Vec<String>, String> {
    templates.iter().map(|text| text.fill(values)).collect()
}

fn read_start(text: &str) -> Result<Statement, String> {
    stepcheck::read(text).map_err(|unreadable| format!("cannot read the start «{text}» ({:?})", unreadable.missing))
}
