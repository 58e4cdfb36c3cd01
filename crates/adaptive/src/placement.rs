//! A placement test: at most fifteen items, each the most informative next one, until it is known well enough where a
//! student stands.
//!
//! The student is one number, a height on the ladder of skills, known as a distribution over a grid (Bayesian adaptive
//! testing, Owen 1975; van der Linden and Glas 2010). How high a skill lies is read from its stage and from how much it
//! rests on; a school year is worth [`YEAR`] logits. An item is the more informative the more its outcome would narrow
//! the distribution: `p (1 − p)`, averaged over it. What is said about single skills in the end follows the height and
//! the answers: a right one speaks for all that the skill rests on, a wrong one against all that rests on it.
//!
//! A pure state: the same answers make the same state, so that it is rebuilt from what was stored.

use crate::catalogue::Catalogue;
use crate::logit::{Logit, logistic};
use crate::skills::{SkillIndex, Skills};
use crate::standing::levels;
use crate::weights::Weights;

/// No test is longer.
pub const MOST_ITEMS: usize = 15;
/// None is shorter, but where there is nothing more to ask.
const FEWEST_ITEMS: usize = 5;
/// Width of the 90 % interval of the height at which it is narrow enough, logits: two and a half school years.
const NARROW: Logit = 1.25;
/// Logits by which a year of school lifts a student: about 0.4 standard deviations in the middle years (Bloom, Hill,
/// Black and Lipsey 2008).
pub(crate) const YEAR: Logit = 0.5;
/// How far students of one year differ, and students of no known year, standard deviations.
const SPREAD: f64 = 1.3;
const UNKNOWN_SPREAD: f64 = 2.5;
/// How sharply skills part those who know them from those who do not.
pub(crate) const SHARPNESS: f64 = 1.7;
/// Neither a right nor a wrong answer is taken for sure.
const SLIP: f64 = 0.05;
const GUESS: f64 = 0.05;
/// The middle of compulsory school, where the ladder has its 0.
pub(crate) const MIDDLE_YEAR: f64 = 8.0;
/// Lowest height of the grid, its step and number of points.
const LOWEST: Logit = -6.0;
const GRID_STEP: Logit = 0.125;
const POINTS: usize = 97;
/// Information of an item counts so much less for each item asked of the same skill before.
const ASKED_BEFORE: f64 = 0.3;
/// Items less likely to be solved than this are not asked while there are others; nor, after two misses in a row, those
/// below the second.
const HARDEST: f64 = 0.35;
const HARDEST_AFTER_MISSES: f64 = 0.6;
/// After so many misses in a row, when not even the lowest skill is likely known, there is nothing more to ask.
const MISSES_TO_STOP: usize = 4;
/// Of a skill the item is asked whose probability is nearest this: kinder than even chance, and little less telling.
const WANTED: f64 = 0.6;

/// An answered item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Answered {
    pub exercise: u32,
    pub skill: SkillIndex,
    pub correct: bool,
}

/// The state of a placement test.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// Probability of each height of the grid; they add up to 1.
    heights: Vec<f64>,
    /// Of each skill, by index.
    levels: Vec<Logit>,
    answered: Vec<Answered>,
    /// The last item was the closing one.
    is_closed: bool,
}

/// An item to ask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probe {
    /// Place of the exercise in the caller's bank.
    pub exercise: u32,
    pub skill: SkillIndex,
    /// How likely it is solved, as far as is known.
    pub probability: f64,
    /// The last one, chosen to be solved.
    pub is_closing: bool,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Ask(Probe),
    /// It is known well enough where the student stands: see [`Placement::standing`].
    Done,
}

impl Placement {
    /// Before the first answer. Without a year the student may stand anywhere.
    pub fn new(skills: &Skills, year: Option<u8>) -> Self {
        let (middle, spread) = match year {
            Some(year) => (height_of_year(f64::from(year) - 0.5), SPREAD),
            None => (0.0, UNKNOWN_SPREAD),
        };
        let prior = |point| {
            let off = (height(point) - middle) / spread;
            libm::exp(-0.5 * off * off)
        };
        let mut heights: Vec<f64> = (0..POINTS).map(prior).collect();
        normalise(&mut heights);
        Self { heights, levels: levels(skills), answered: Vec::new(), is_closed: false }
    }

    /// The state that these answers make, in this order: (exercise, whether right). Exercises that the catalogue no
    /// longer has are passed over.
    pub fn rebuilt(
        catalogue: &Catalogue,
        weights: &Weights,
        year: Option<u8>,
        answers: impl IntoIterator<Item = (u32, bool)>,
    ) -> Self {
        let mut placement = Self::new(catalogue.skills(), year);
        for (exercise, correct) in answers {
            placement.take(catalogue, weights, exercise, correct);
        }
        placement
    }

    /// Takes in an answer.
    pub fn take(&mut self, catalogue: &Catalogue, weights: &Weights, exercise: u32, correct: bool) {
        let Some(candidate) = catalogue.find(exercise) else { return };
        self.is_closed |= self.closes();
        let (skill, part) = (candidate.skills.main(), weights.item_part(&candidate.difficulty));
        let level = self.level(skill);
        for (point, probability) in self.heights.iter_mut().enumerate() {
            let solved = solved(height(point) - level, part);
            *probability *= if correct { solved } else { 1.0 - solved };
        }
        normalise(&mut self.heights);
        self.answered.push(Answered { exercise, skill, correct });
    }

    pub(crate) fn answered(&self) -> &[Answered] {
        &self.answered
    }

    /// How many items were answered.
    pub fn answers(&self) -> usize {
        self.answered.len()
    }

    /// What comes next.
    pub fn next(&self, catalogue: &Catalogue) -> Step {
        let probe = if self.is_closed || self.answers() >= MOST_ITEMS {
            None
        } else if self.closes() {
            self.easiest(catalogue)
        } else if self.is_enough() {
            None
        } else {
            self.most_informative(catalogue)
        };
        probe.map_or(Step::Done, Step::Ask)
    }

    /// Whether more answers would tell little more.
    fn is_enough(&self) -> bool {
        self.answers() >= FEWEST_ITEMS && (self.width() <= NARROW || self.is_lost())
    }

    /// Whether the next item is the last one: after a miss the test ends with something easy.
    fn closes(&self) -> bool {
        self.misses() > 0 && (self.is_enough() || self.answers() + 1 == MOST_ITEMS)
    }

    /// Wrong answers since the last right one.
    fn misses(&self) -> usize {
        self.answered.iter().rev().take_while(|answer| !answer.correct).count()
    }

    pub(crate) fn level(&self, skill: SkillIndex) -> Logit {
        self.levels.get(skill.place()).copied().unwrap_or(0.0)
    }

    /// The item that is most likely solved.
    fn easiest(&self, catalogue: &Catalogue) -> Option<Probe> {
        let open = self.unasked(catalogue);
        let best = open.max_by(|a, b| a.probability.total_cmp(&b.probability).then(b.exercise.cmp(&a.exercise)))?;
        Some(Probe { is_closing: true, ..best })
    }

    /// The item whose outcome depends most on what is not known yet: the variance of its probability over the heights,
    /// as a part of the variance of the outcome.
    fn most_informative(&self, catalogue: &Catalogue) -> Option<Probe> {
        let hardest = if self.misses() >= 2 { HARDEST_AFTER_MISSES } else { HARDEST };
        let by_information = |least: f64| {
            let open = self.unasked(catalogue).filter(|probe| probe.probability >= least);
            let told = open.map(|probe| (self.information(catalogue, &probe), probe));
            let best = told.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.exercise.cmp(&a.1.exercise)))?;
            Some(best.1)
        };
        by_information(hardest)
            .or_else(|| self.unasked(catalogue).max_by(|a, b| a.probability.total_cmp(&b.probability)))
    }

    fn information(&self, catalogue: &Catalogue, probe: &Probe) -> f64 {
        let part = catalogue.place_of(probe.exercise).map_or(0.0, |place| catalogue.parts()[place as usize]);
        let level = self.level(probe.skill);
        let square = self.averaged(|height| {
            let p = solved(height - level, part);
            p * p
        });
        let mean = probe.probability;
        let before = self.answered.iter().filter(|answer| answer.skill == probe.skill).count();
        (square - mean * mean) / (mean * (1.0 - mean)) * libm::pow(ASKED_BEFORE, before as f64)
    }

    /// Of each skill the item nearest [`WANTED`], among those not asked yet.
    fn unasked<'a>(&'a self, catalogue: &'a Catalogue) -> impl Iterator<Item = Probe> + 'a {
        catalogue.skills().iter().filter_map(move |(skill, _)| {
            let level = self.level(skill);
            let middle = self.averaged(|height| height);
            let of = catalogue.of(skill);
            let first = of.first().and_then(|candidate| catalogue.place_of(candidate.exercise))? as usize;
            let parts = &catalogue.parts()[first..first + of.len()];
            let is_asked = |exercise: u32| self.answered.iter().any(|answer| answer.exercise == exercise);
            let off = |part: &Logit| (solved(middle - level, *part) - WANTED).abs();
            let open = of.iter().zip(parts).filter(|(candidate, _)| !is_asked(candidate.exercise));
            let (candidate, part) = open.min_by(|a, b| off(a.1).total_cmp(&off(b.1)))?;
            let probability = self.averaged(|height| solved(height - level, *part));
            Some(Probe { exercise: candidate.exercise, skill, probability, is_closing: false })
        })
    }

    fn width(&self) -> Logit {
        let (low, high) = self.interval();
        high - low
    }

    /// Whether not even the lowest skill is likely to be known, and nothing was solved lately.
    fn is_lost(&self) -> bool {
        let lowest = self.levels.iter().copied().fold(f64::INFINITY, f64::min);
        self.misses() >= MISSES_TO_STOP && self.averaged(|height| logistic(SHARPNESS * (height - lowest))) < 0.3
    }

    pub(crate) fn averaged(&self, of: impl Fn(Logit) -> f64) -> f64 {
        self.heights.iter().enumerate().map(|(point, probability)| probability * of(height(point))).sum()
    }

    /// The ends of the 90 % interval of the height.
    pub(crate) fn interval(&self) -> (Logit, Logit) {
        let quantile = |share: f64| {
            let mut sum = 0.0;
            let reached = |probability: &f64| {
                sum += probability;
                sum >= share
            };
            self.heights.iter().position(reached).map_or(height(POINTS - 1), height)
        };
        (quantile(0.05), quantile(0.95))
    }
}

fn height(point: usize) -> Logit {
    LOWEST + GRID_STEP * point as f64
}

pub(crate) fn height_of_year(year: f64) -> Logit {
    YEAR * (year - MIDDLE_YEAR)
}

/// Probability of solving an item from the height above its skill and the item's part of the log odds.
fn solved(above: Logit, part: Logit) -> f64 {
    GUESS + (1.0 - GUESS - SLIP) * logistic(SHARPNESS * above + part)
}

fn normalise(heights: &mut [f64]) {
    let sum: f64 = heights.iter().sum();
    heights.iter_mut().for_each(|probability| *probability /= sum);
}
