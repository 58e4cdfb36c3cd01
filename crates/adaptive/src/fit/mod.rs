//! Fitting: how hard the items are, and what the features are worth.
//!
//! 1. The abilities of every student are run through the responses with the difficulties known so far.
//! 2. Difficulties are estimated given the abilities: an item within its combination of skills within its skills, each
//!    drawn towards the level above as far as the spread between them says (empirical Bayes).
//! 3. The worth of the features is estimated given the difficulties, by L-BFGS.
//!
//! These are repeated a few times. The difficulties a response is explained with are never estimated from responses of
//! the same student (cross-fitting by student folds): otherwise the weights would trust them more than they deserve
//! with a new student. Everything is in one thread, and the same records give the same bits.

mod descent;
mod design;
mod difficulties;
mod simulated;

pub(crate) use design::known;
pub use difficulties::Difficulties;
pub use simulated::{Simulated, fit_simulated, simulate};

use crate::difficulty::Difficulty;
use crate::fit::design::Design;
use crate::fit::difficulties::Index;
use crate::response::Response;
use crate::student::Start;
use crate::weights::{Origin, Weights, WeightsError};

/// A response to learn from, with whose it is. The difficulty in it is not used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// Any number that tells students apart.
    pub student: u64,
    /// What was known of the student before the first response.
    pub start: Start,
    pub response: Response,
}

/// How to fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Which student is in which inner fold is drawn by this.
    pub seed: u64,
    /// Inner folds for cross-fitting; 1 means none.
    pub folds: u64,
    /// Rounds of difficulties and weights.
    pub rounds: usize,
    /// Ridge on standardised weights.
    pub ridge: f64,
    /// Ridge on the weights of each skill's own.
    pub own_ridge: f64,
    /// Features left out, by the beginning of `block.name` (general, skill, own, meeting, item); for ablations.
    pub without: Vec<String>,
    /// What the records are, in words; it is kept with the weights.
    pub fitted_on: String,
}

impl Default for Plan {
    fn default() -> Self {
        let fitted_on = "responses handed in".to_owned();
        Self { seed: 1, folds: 10, rounds: 3, ridge: 3.0, own_ridge: 20.0, without: Vec::new(), fitted_on }
    }
}

/// The worth of a logit of difficulty where the responses say that it has none.
const LEAST_SLOPE: f64 = 0.05;
/// Steps of the descent while the difficulties still move, and at last.
const FIRST_STEPS: u64 = 50;
const LAST_STEPS: u64 = 120;

/// Why nothing could be fitted.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    #[error("there are no responses to fit on")]
    Nothing,
    #[error("the weights did not converge: {0}")]
    Descent(String),
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

/// What a fit gives.
#[derive(Clone, Debug)]
pub struct Fitted {
    pub weights: Weights,
    pub difficulties: Difficulties,
}

/// Fits weights and difficulties. The records of one student must stand together, in order of time.
///
/// # Errors
/// When there are no records, or the descent breaks down.
pub fn fit(records: &[Record], plan: &Plan) -> Result<Fitted, FitError> {
    if records.is_empty() {
        return Err(FitError::Nothing);
    }
    let folds = plan.folds.max(1);
    let fold_of: Vec<u64> = records.iter().map(|r| mixed(r.student, plan.seed) % folds).collect();
    let index = Index::of(records);
    let mut weights = Weights::plain();
    let mut offsets = vec![0.0; records.len()];
    let mut difficulties = Difficulties::default();
    let rounds = plan.rounds.max(1);
    for round in 1..=rounds {
        let whole = index.estimate(&offsets, None, |_| true);
        let parts: Vec<Difficulties> = match folds {
            1 => vec![whole.clone()],
            _ => (0..folds).map(|fold| index.estimate(&offsets, Some(&whole), |row| fold_of[row] != fold)).collect(),
        };
        // Those of this round: the weights are fitted to their scale.
        difficulties = whole;
        let of = |row: usize| {
            let Response { skills, .. } = records[row].response;
            parts[fold_of[row] as usize].of(records[row].response.key(), &skills)
        };
        let design = &mut Design::of(records, of, plan);
        let steps = if round < rounds { FIRST_STEPS } else { LAST_STEPS };
        weights = sound(design, &weights, steps, plan)?;
        offsets = design.offsets(&weights);
    }
    weights.origin = origin(records, plan);
    Ok(Fitted { weights, difficulties })
}

/// Fits weights alone, to difficulties that are known from elsewhere: one for each record.
///
/// # Errors
/// When there are no records, or the descent breaks down.
pub fn fit_weights(records: &[Record], difficulties: &[Difficulty], plan: &Plan) -> Result<Weights, FitError> {
    if records.is_empty() || records.len() != difficulties.len() {
        return Err(FitError::Nothing);
    }
    let mut weights =
        sound(&mut Design::of(records, |row| difficulties[row], plan), &Weights::plain(), LAST_STEPS, plan)?;
    weights.origin = origin(records, plan);
    Ok(weights)
}

fn origin(records: &[Record], plan: &Plan) -> Origin {
    Origin {
        fitted_on: plan.fitted_on.clone(),
        responses: records.len() as u64,
        students: records.chunk_by(|a, b| a.student == b.student).count() as u64,
        seed: plan.seed,
    }
}

/// Weights under which predictions fall with the difficulty: with few responses the bends of the difficulty may be
/// fitted so that they do not, and are then left out.
fn sound(design: &mut Design, begin: &Weights, steps: u64, plan: &Plan) -> Result<Weights, FitError> {
    let weights = descent::descend(design, begin, steps, plan)?;
    if weights.check().is_ok() || !design.keeps("item.difficulty") {
        return Ok(weights);
    }
    design.leave_out("item.difficulty_");
    let weights = descent::descend(design, begin, steps, plan)?;
    if weights.check().is_ok() {
        return Ok(weights);
    }
    // The difficulties told nothing, as when everybody solved everything: a harder item is still a little harder.
    design.leave_out("item.difficulty");
    let mut weights = descent::descend(design, begin, steps, plan)?;
    weights.item[0] = LEAST_SLOPE;
    weights.check()?;
    Ok(weights)
}

/// A number spread over all 64 bits (SplitMix64, Steele, Lea and Flood 2014).
fn mixed(number: u64, seed: u64) -> u64 {
    let mut z = number.wrapping_add(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
