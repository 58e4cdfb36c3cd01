//! The choice of the next exercise.
//!
//! 1. **Frontier**: only skills whose prerequisites are mastered, or presumed from an earlier stage.
//! 2. **Learning progress** among them: skills where success has lately grown beyond expectation, and little known
//!    ones, come first (ZPDES, Clément et al. 2015); then skills due for review.
//! 3. **Success band** inside a skill: the item whose predicted success is nearest 0.75 (Math Garden, Klinkenberg
//!    et al. 2011), easier after misses in a row.
//! 4. **Exploration**: one choice in ten is drawn evenly among the suitable items, and the probability of the very
//!    choice is handed back with it.

use crate::catalogue::{Candidate, Catalogue};
use crate::chance::Chance;
use crate::frontier::{Frontier, Place, Spot};
use crate::predict::predict;
use crate::recommendation::{Reason, Recommendation};
use crate::skills::SkillIndex;
use crate::student::{SkillState, Student};
use crate::time::Millis;

/// Items inside this band of predicted success are suitable.
pub const BAND: (f64, f64) = (0.65, 0.85);
/// The predicted success aimed at.
pub const TARGET: f64 = 0.75;
/// The share of choices drawn evenly among the suitable.
pub const EXPLORATION: f64 = 0.1;

/// Aimed at after misses in a row, so that the student finds the way back.
const TARGET_AFTER_MISSES: f64 = 0.83;
const MISSES_TO_EASE: u32 = 2;
/// Aimed at where everything is in hand.
const TARGET_STRETCH: f64 = 0.7;
/// Below this an item is out of reach, and taken only when there is nothing else at all.
const FLOOR: f64 = 0.5;
/// So many items nearest the target are weighed in each skill.
const NEAREST: usize = 3;
/// Solved items before forgetting is worth a review, and the part that must have faded.
const WINS_TO_REVIEW: u32 = 3;
const FADED_TO_REVIEW: f64 = 0.3;
/// Days after which going on is called a review.
const REVIEW_DAYS: f64 = 7.0;

/// Chooses the next exercise for `student` at `now`.
///
/// `avoid` holds exercises seen recently (any order); they come only when nothing else is open. An exercise for
/// older years, or an unpractised skill below the student's stage, comes only when nothing else is left to learn.
/// The same arguments give the same choice; take a new `seed` for each choice. `None` when no open skill has an
/// exercise.
pub fn choose(
    student: &Student,
    catalogue: &Catalogue,
    avoid: &[u32],
    now: Millis,
    seed: u64,
) -> Option<Recommendation> {
    let last_resort = false;
    find(student, catalogue, (&|_| true, last_resort), avoid, now, seed)
}

/// The same among the exercises that `is_open` says yes to: the others are never chosen, whatever else there is. What
/// builds on skills that cannot be practised here would stay closed for ever, so it is taken when there is nothing else.
pub fn choose_among(
    student: &Student,
    catalogue: &Catalogue,
    is_open: &dyn Fn(u32) -> bool,
    avoid: &[u32],
    now: Millis,
    seed: u64,
) -> Option<Recommendation> {
    let last_resort = true;
    find(student, catalogue, (is_open, last_resort), avoid, now, seed)
}

fn find(
    student: &Student,
    catalogue: &Catalogue,
    (is_open, last_resort): (&dyn Fn(u32) -> bool, bool),
    avoid: &[u32],
    now: Millis,
    seed: u64,
) -> Option<Recommendation> {
    let frontier = Frontier::of(student, catalogue.skills(), now);
    let mut avoid = avoid.to_vec();
    avoid.sort_unstable();
    let closed = Wish { reach: Reach::Closed, avoid: &[], floor: 0.0 };
    let pool = wishes(&avoid)
        .chain(last_resort.then_some(closed))
        .map(|wish| gather(student, catalogue, &frontier, (is_open, &wish)))
        .find(|pool| !pool.is_empty())?;
    let drawn = draw(&pool, seed);
    let option = pool.get(drawn.place)?;
    let spot = frontier.spot(option.candidate.skill);
    let authored = catalogue.skills().get(option.candidate.skill)?;
    let reason = reason(student, spot, option.probability, &authored.prerequisites);
    Some(recommend(student, option, &drawn, reason, now))
}

/// How far the choice looks.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    /// What is to be learned or refreshed, at the student's own years.
    Learning,
    /// Once that is exhausted: harder items of secure skills, older years, what was presumed.
    Beyond,
    /// What builds on something that was not learned; only where that cannot be.
    Closed,
}

/// What a pool of choices is asked to hold to.
struct Wish<'a> {
    reach: Reach,
    /// Sorted exercises to leave out.
    avoid: &'a [u32],
    /// Predicted success each item must have at least.
    floor: f64,
}

/// Wishes from the best to the barest: rather a recently seen exercise, with new numbers, than one out of reach.
fn wishes(avoid: &[u32]) -> impl Iterator<Item = Wish<'_>> {
    [FLOOR, 0.0].into_iter().flat_map(move |floor| {
        [avoid, &[]]
            .into_iter()
            .flat_map(move |avoid| [Reach::Learning, Reach::Beyond].map(|reach| Wish { reach, avoid, floor }))
    })
}

/// A suitable item with its worth.
struct Choice<'a> {
    candidate: &'a Candidate,
    probability: f64,
    worth: f64,
}

fn gather<'a>(
    student: &Student,
    catalogue: &'a Catalogue,
    frontier: &Frontier,
    (is_open, wish): (&dyn Fn(u32) -> bool, &Wish),
) -> Vec<Choice<'a>> {
    let reach = wish.reach;
    let load = Load::of(student, frontier);
    let mut pool = Vec::new();
    for (skill, _) in catalogue.skills().iter() {
        let spot = frontier.spot(skill);
        let Some(worth) = worth(skill, spot, reach, &load) else {
            continue;
        };
        let goal = target(spot, reach);
        let fits = |c: &&Candidate| {
            let of_age = student.year.is_none_or(|year| c.years.0 <= year);
            (of_age || reach != Reach::Learning)
                && is_open(c.exercise)
                && wish.avoid.binary_search(&c.exercise).is_err()
        };
        let nearest = catalogue.nearest(skill, spot.estimate.difficulty(goal));
        let predicted = nearest
            .filter(fits)
            .map(|c| (c, spot.estimate.probability(c.difficulty)))
            .filter(|&(_, probability)| probability >= wish.floor);
        for (candidate, probability) in predicted.take(NEAREST) {
            pool.push(Choice {
                candidate,
                probability,
                worth: worth - outside(probability) - 0.2 * (probability - goal).abs(),
            });
        }
    }
    pool
}

/// What a student has in hand at the moment.
struct Load {
    /// Skills begun and not yet mastered.
    learning: usize,
    latest: Option<SkillIndex>,
}

impl Load {
    fn of(student: &Student, frontier: &Frontier) -> Self {
        let unmastered = |s: &&Spot| s.place == Place::Learning && !s.mastered;
        let learning = frontier.spots.iter().filter(unmastered);
        let latest = student.skills.iter().max_by_key(|(_, state)| state.last);
        Self { learning: learning.count(), latest: latest.map(|(&skill, _)| skill) }
    }
}

/// How much practising a skill now is worth, about 0 to 1; `None` when it is out of the question.
fn worth(skill: SkillIndex, spot: &Spot, reach: Reach, load: &Load) -> Option<f64> {
    let due = due(spot);
    match (reach, spot.place, spot.state) {
        (Reach::Closed, Place::Closed, _) => Some(0.1),
        (_, Place::Closed, _) => None,
        (_, Place::Foundation(_), _) => Some(0.95),
        (Reach::Learning, Place::New, _) => Some(0.65 - 0.08 * load.learning.min(5) as f64),
        (_, Place::Learning, Some(state)) => {
            // Changing between skills teaches more than staying (interleaving, Rohrer and Taylor 2007), once the
            // first few items of a new skill are done.
            let again = load.latest == Some(skill) && state.responses >= 4;
            let costs = if again { 0.15 } else { 0.0 } + if spot.mastered { 0.2 } else { 0.0 };
            Some(0.45 + progress(&state) + 0.5 * due - costs)
        }
        (Reach::Learning, Place::Secure, _) if due >= FADED_TO_REVIEW => Some(0.4 + 0.5 * due),
        (Reach::Beyond, Place::New, _) => Some(0.3),
        (Reach::Beyond, Place::Secure, _) => Some(0.5 + 0.5 * due),
        (Reach::Beyond, Place::Presumed, _) => Some(0.4),
        _ => None,
    }
}

/// Learning progress, −0.3 to 0.6: success beyond expectation lately, and a bonus for what is little known.
fn progress(state: &SkillState) -> f64 {
    let lately = state.form.clamp(-0.3, 0.3);
    lately + 0.3 / (1.0 + f64::from(state.responses)).sqrt()
}

/// The part of a skill that has faded and is worth refreshing, 0 to 1.
fn due(spot: &Spot) -> f64 {
    match spot.state {
        Some(state) if state.wins >= WINS_TO_REVIEW => 1.0 - crate::forgetting::retention(spot.idle_days, state.wins),
        _ => 0.0,
    }
}

fn target(spot: &Spot, reach: Reach) -> f64 {
    match spot.state {
        Some(state) if state.misses >= MISSES_TO_EASE => TARGET_AFTER_MISSES,
        _ if reach == Reach::Beyond => TARGET_STRETCH,
        _ if reach == Reach::Closed => TARGET_AFTER_MISSES,
        _ => TARGET,
    }
}

/// How far a probability lies outside the band.
fn outside(probability: f64) -> f64 {
    (BAND.0 - probability).max(probability - BAND.1).max(0.0)
}

fn reason(student: &Student, spot: &Spot, probability: f64, prerequisites: &[SkillIndex]) -> Reason {
    let long_ago = spot.idle_days >= REVIEW_DAYS && due(spot) > 0.0;
    match spot.place {
        Place::Foundation(carries) => Reason::Foundation { carries },
        _ if spot.state.is_none() && student.general.responses == 0 => Reason::Start,
        _ if spot.state.is_none() => Reason::New { builds_on: prerequisites.to_vec() },
        _ if long_ago => Reason::Review { days: spot.idle_days as u32 },
        Place::Secure => Reason::Stretch,
        _ if probability < BAND.0 => Reason::Stretch,
        _ => Reason::Continue,
    }
}

struct Drawn {
    place: usize,
    propensity: f64,
    explored: bool,
}

/// The worthiest choice nine times in ten, otherwise an even draw among those inside the band (all, if none is).
fn draw(pool: &[Choice], seed: u64) -> Drawn {
    let mut suitable: Vec<usize> = (0..pool.len()).filter(|&place| outside(pool[place].probability) == 0.0).collect();
    if suitable.is_empty() {
        suitable = (0..pool.len()).collect();
    }
    let best = (0..pool.len()).reduce(|a, b| if worthier(&pool[b], &pool[a]) { b } else { a }).unwrap_or(0);
    let mut chance = Chance::new(seed);
    let explored = chance.happens(EXPLORATION);
    let place = if explored { suitable[chance.below(suitable.len())] } else { best };
    let by_merit = if place == best { 1.0 - EXPLORATION } else { 0.0 };
    let by_chance = if suitable.contains(&place) { EXPLORATION / suitable.len() as f64 } else { 0.0 };
    Drawn { place, propensity: by_merit + by_chance, explored }
}

/// Higher worth first, then the lower exercise, so that the order of the bank decides nothing else.
fn worthier(a: &Choice, b: &Choice) -> bool {
    (a.worth.total_cmp(&b.worth)).then(b.candidate.exercise.cmp(&a.candidate.exercise)).is_gt()
}

fn recommend(student: &Student, option: &Choice, drawn: &Drawn, reason: Reason, now: Millis) -> Recommendation {
    let Candidate { exercise, skill, difficulty, .. } = *option.candidate;
    let prediction = predict(student, skill, difficulty, now);
    Recommendation {
        exercise,
        skill,
        difficulty,
        probability: prediction.probability,
        propensity: drawn.propensity,
        explored: drawn.explored,
        reason,
        prediction,
    }
}
