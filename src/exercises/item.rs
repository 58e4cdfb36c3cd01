//! From an exercise and a seed to one concrete item, the same for ever.

use std::fmt;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use stepcheck::{Account, Before, Cause, Misconception, Notation, Rational, Statement, Task};

use super::answer::{Answer, AnswerTemplate, Judged, Kind, Shuffle, part_of};
use super::exercise::Exercise;
use super::figure::Drawn;
use super::formula::Values;
use super::ids::ExerciseId;
use super::piece::{Piece, fill_words};
use super::template::{Template, WordValues};
use super::word_lists::{FRIEND, NAME};
use super::words::Words;

/// The generator's name, part of every seed. A change of how numbers are drawn needs a new
/// name, and then every stored (exercise, seed) pair means another item.
const GENERATOR: &str = "stegvis item 1";

/// So many draws may miss the conditions before the exercise is given up.
const TRIES: u32 = 2_000;

/// One concrete task.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What to do, for the student.
    pub ask: Words,
    /// What is drawn beside it.
    pub figure: Option<Drawn>,
    /// What helps from the beginning.
    pub support: Option<Words>,
    /// The mathematics that is shown, in the notation of a typed line; empty where words say it all. What lines start
    /// from, if the answer is lines.
    pub start_text: String,
    /// What is asked for.
    pub answer: Answer,
    /// What whoever has it right hands in, line by line, ending in what is asked for.
    pub worked: Vec<String>,
    /// The solution as it is explained. For lines and values these are the lines.
    pub solution: Vec<Piece>,
    /// Two hints or more, the gentlest first; none gives the answer.
    pub hints: Vec<Words>,
    /// Lines that are known not to follow.
    pub wrong: Vec<Wrong>,
}

/// A line that is known not to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong<T = String> {
    pub line: T,
    /// The wrong rule by which somebody comes to it, if it has a name.
    pub misconception: Option<Misconception>,
}

/// What a student has written of an item so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Earlier<'e> {
    /// The lines of a solution that hold, read.
    pub right: &'e [Statement],
    /// The newest line, if it was a wrong one.
    pub wrong: Option<&'e Statement>,
    /// The lines that hold, as they were typed.
    pub typed: &'e [&'e str],
}

impl Item {
    /// The kind of answer.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.answer.kind()
    }

    /// What lines are judged against, if the answer is a solution line by line.
    #[must_use]
    pub const fn task(&self) -> Option<&Task> {
        self.answer.lines()
    }

    /// Whether what is handed in is a value, of which only the calculation that gives it is known: a wrong rule that leads
    /// from there to the same number need not be what the student did.
    fn is_from_a_value(&self, typed: &str) -> bool {
        match &self.answer {
            Answer::Value { .. } => true,
            Answer::Parts(parts) => part_of(typed, parts.len())
                .and_then(|(at, _)| parts.get(at))
                .is_some_and(|part| matches!(part.answer, Answer::Value { .. })),
            _ => false,
        }
    }

    /// Whether the author has named the wrong rule for some line of this item.
    fn expects(&self, account: &Account) -> bool {
        let Account::Mistake { cause: Some(Cause::Misconception { id }), .. } = account else { return true };
        self.wrong.iter().any(|wrong| wrong.misconception == Some(*id))
    }

    /// The mathematics that is shown, in this notation; empty where words say it all.
    #[must_use]
    pub fn start(&self, notation: Notation) -> String {
        stepcheck::read(&self.start_text)
            .map_or_else(|_| self.start_text.clone(), |start| stepcheck::text(&start, notation))
    }

    /// Judges what is handed in next.
    #[must_use]
    pub fn judge(&self, earlier: Earlier<'_>, typed: &str) -> Judged {
        let Some(task) = self.task() else {
            let judged = self.answer.judge(earlier.typed, typed);
            let account = judged.account.filter(|account| !self.is_from_a_value(typed) || self.expects(account));
            return Judged { account, ..judged };
        };
        let before = Before { right: earlier.right, wrong: earlier.wrong };
        let (judged, account) = stepcheck::explain(task, before, typed);
        Judged { verdict: judged.verdict, account, statement: judged.statement }
    }
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
    let mut generator = generator(&exercise.id, seed);
    let numbers = draw_numbers(exercise, &mut generator).ok_or_else(|| {
        error(format!("{TRIES} draws did not meet the conditions; widen the parameters or ease `where`"))
    })?;
    let words = draw_words(exercise, &mut generator);
    fill(exercise, &numbers, &words, &mut generator).map_err(error)
}

/// The numbers of the item of `seed`, if there are any: what the proof asks whether they can be believed.
pub(super) fn numbers_of(exercise: &Exercise, seed: i64) -> Option<Values> {
    draw_numbers(exercise, &mut generator(&exercise.id, seed))
}

/// The first draw that meets the conditions.
fn draw_numbers(exercise: &Exercise, generator: &mut ChaCha8Rng) -> Option<Values> {
    (0..TRIES).find_map(|_| {
        let mut values: Values = exercise
            .parameters
            .iter()
            .map(|(name, choices)| {
                let choice = pick(choices.values(), generator);
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

/// A word of each list, and never the same person twice.
fn draw_words(exercise: &Exercise, generator: &mut ChaCha8Rng) -> WordValues {
    let mut drawn = WordValues::new();
    for (name, list) in &exercise.words {
        let is_taken =
            |word: &Words| name == FRIEND && drawn.iter().any(|(other, taken)| other == NAME && taken == word);
        let open: Vec<&Words> = list.words().iter().filter(|word| !is_taken(word)).collect();
        if let Some(word) = open.get(below(generator, open.len())) {
            drawn.push((name.clone(), (*word).clone()));
        }
    }
    drawn
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

/// One of the choices, each as likely.
fn pick(choices: &[i64], generator: &mut ChaCha8Rng) -> i64 {
    choices.get(below(generator, choices.len())).copied().unwrap_or(0)
}

/// A whole number below `end`, each as likely; 0 if there is none. Written out here, since a library may better its own
/// way from one version to the next and items must not change. The bias of taking the high half of a 128-bit product is
/// below 2⁻⁴⁷ for the longest list (Lemire 2019, doi 10.1145/3230636).
pub(super) fn below(generator: &mut ChaCha8Rng, end: usize) -> usize {
    let product = u128::from(generator.next_u64()) * end as u128;
    usize::try_from(product >> 64).unwrap_or(0)
}

fn fill(exercise: &Exercise, numbers: &Values, words: &WordValues, generator: &mut ChaCha8Rng) -> Result<Item, String> {
    let text = |words_of: &Words<Template>| fill_words(words_of, numbers, words);
    let answer = exercise.answer.fill(numbers, words, &exercise.policy, &mut Shuffle(generator))?;
    let start_text = match (&exercise.answer, &exercise.shown) {
        (AnswerTemplate::Lines { start, .. }, _) | (_, Some(start)) => start.fill(numbers)?,
        (_, None) => String::new(),
    };
    let mut solution: Vec<Piece> =
        exercise.worked.iter().map(|piece| piece.fill(numbers, words)).collect::<Result<_, _>>()?;
    solution.dedup();
    let is_written = matches!(answer, Answer::Lines(_) | Answer::Value { .. });
    let lines =
        solution.iter().filter_map(|piece| if let Piece::Maths(line) = piece { Some(line.clone()) } else { None });
    let worked = if is_written { lines.collect() } else { answer.handed_in() };
    let wrong =
        |wrong: &Wrong<Template>| Ok(Wrong { line: wrong.line.fill(numbers)?, misconception: wrong.misconception });
    Ok(Item {
        ask: text(&exercise.ask)?,
        figure: exercise.figure.as_ref().map(|figure| figure.fill(numbers)).transpose()?,
        support: exercise.support.as_ref().map(text).transpose()?,
        start_text,
        answer,
        worked,
        solution,
        hints: exercise.hints.iter().map(text).collect::<Result<_, _>>()?,
        wrong: exercise.wrong.iter().map(wrong).collect::<Result<_, String>>()?,
    })
}
