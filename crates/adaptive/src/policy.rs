//! The constants of the choice, each with where it comes from. Nothing else in the crate holds one of them.
//!
//! Where it says «tuned», the value was picked among a few by the retained skills of simulated students in the world
//! for tuning ([`crate::simulate`]), never in the worlds for judging.

use crate::logit::Logit;

/// The band of predicted success that is aimed at (Math Garden asks for .75, Klinkenberg et al. 2011; somewhat easier
/// items teach more in the time, Eglington and Pavlik 2020).
pub const BAND: (f64, f64) = (0.70, 0.85);
/// The predicted success aimed at.
pub const TARGET: f64 = 0.775;
/// After so many wrong answers in a row in a skill its items are made easier.
pub const MISSES_TO_EASE: u32 = 2;

/// What is aimed at: a logit and the band around it, beyond which it costs more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    pub target: Logit,
    pub low: Logit,
    pub high: Logit,
}

/// As a rule: [`TARGET`] within [`BAND`].
pub const USUAL: Aim = Aim { target: 1.2368, low: 0.8473, high: 1.7346 };
/// After misses in a row, in a warm-up, and on ground that was not to be there: .85 within .80-.92.
pub const EASED: Aim = Aim { target: 1.7346, low: 1.3863, high: 2.4423 };
/// Where everything is in hand: .70 within .60-.80.
pub const STRETCHED: Aim = Aim { target: 0.8473, low: 0.4055, high: 1.3863 };
/// Below .27 an item is out of reach, and taken only where there is nothing else.
pub const FLOOR: Logit = -1.0;

/// Logits from the target within which an exercise is as good as any: some four hundredths of probability, less than
/// predictions are sure of.
pub const NEAR: Logit = 0.25;
/// What a logit further away from the target costs inside the band, and what each logit outside costs on top. The worth of a
/// skill moves between about 0 and 1.
pub const OFF_TARGET: f64 = 0.04;
pub const OUT_OF_BAND: f64 = 0.40;

/// The share of items that are drawn by chance instead of by merit.
pub const EXPLORATION: f64 = 0.1;
/// They are drawn evenly from so many that come next by merit.
pub const SPARES: usize = 4;

/// Answers in a skill before the ability may say that it is too hard.
pub const ENOUGH: u32 = 4;
/// A skill carries what builds on it from this level: right on two days. A probability will not do, since those who
/// guess never come near one that would be asked of the others.
pub const CARRIES: u8 = 2;
/// After so many answers it carries in any case: nobody shall stand at one door for ever.
pub const PATIENCE: u32 = 12;
/// With an ability in the skill below this (.40 of typical items) it is out of reach for now, and the ground under it
/// comes first.
pub const STRUGGLING: Logit = -0.4055;
/// So many wrong answers in a row mean the same, before enough is known.
pub const STRUGGLING_MISSES: u32 = 3;
/// A skill is due for review when this part of it is likely to have faded.
pub const DUE: f64 = 0.5;
/// Days after which going on is called a review.
pub const IDLE_DAYS: f64 = 7.0;

/// Learning progress that is worth telling.
pub const TOLD_PROGRESS: f64 = 0.1;

/// What practising a skill is worth by where it stands.
pub const FOUNDATION: f64 = 1.20;
pub const LEARNING: f64 = 0.55;
/// Learning, and good enough to build on, but not secure.
pub const FIRMING: f64 = 0.35;
pub const NEW: f64 = 0.30;
pub const REVIEW: f64 = 0.75;
/// Not due, and something must be given.
pub const AHEAD: f64 = 0.30;
pub const SECURE_AHEAD: f64 = 0.20;
pub const PRESUMED: f64 = 0.0;
pub const CLOSED: f64 = 0.10;

/// Each skill that is begun and not yet good enough to build on makes a new one worth this much less: what is begun is
/// finished first.
pub const LOAD: f64 = 0.0;
/// At most so many count.
pub const MOST_LOAD: u32 = 5;
/// Weight of learning progress (fast minus slow; ZPDES, Clément et al. 2015), kept within ± [`MOST_PROGRESS`].
pub const PROGRESS: f64 = 0.1;
pub const MOST_PROGRESS: f64 = 0.3;
/// Bonus of little known skills: this divided by √(1 + answers) (optimism, as in upper confidence bounds).
pub const OPTIMISM: f64 = 0.05;
/// Weight of the predicted loss.
pub const FADED: f64 = 0.3;
/// Practised so often without becoming good enough to build on that a rest helps more.
pub const WORN: u32 = 15;
pub const REST: f64 = 0.5;
/// Changing between skills teaches more than staying (interleaving, Rohrer and Taylor 2007), once the first
/// [`ENOUGH`] answers in a skill are given.
pub const AGAIN: f64 = 0.35;
/// Each further item of one skill in the same call.
pub const REPEATED: f64 = 0.12;
/// A teacher's weight of 1 for an assigned goal; weights are kept within 0 to [`MOST_WEIGHT`].
pub const GOAL: f64 = 0.25;
pub const MOST_WEIGHT: f64 = 4.0;
/// What leads to a goal has its weight, times this for each step away from it.
pub const STEP_TO_GOAL: f64 = 0.9;
/// Pinned by the teacher; such skills are looked for first besides.
pub const PINNED: f64 = 1.0;

/// «Another one» so often about one skill lets it rest for the sitting.
pub const DECLINES_TO_REST: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logit::logit;

    #[test]
    fn logits_are_those_of_the_probabilities_beside_them() {
        let near = |z: Logit, p: f64| assert!((z - logit(p)).abs() < 5e-5, "{z} {p}");
        near(USUAL.target, TARGET);
        near(USUAL.low, BAND.0);
        near(USUAL.high, BAND.1);
        near(EASED.target, 0.85);
        near(EASED.low, 0.80);
        near(EASED.high, 0.92);
        near(STRETCHED.target, 0.70);
        near(STRETCHED.low, 0.60);
        near(STRETCHED.high, 0.80);
        near(FLOOR, 0.268941);
        near(STRUGGLING, 0.40);
    }
}
