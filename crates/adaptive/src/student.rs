//! All that is known of one student, and how a response changes it: O(1), whatever came before.
//!
//! The state depends on the responses and the difficulties stored with them alone, never on weights, so that a
//! replay gives the same bits. What it is worth for a prediction, [`crate::Weights`] say.
//!
//! Slow ability: general and skill are each a mean and a variance; a response moves both by
//! `step · (correct − predicted)`, where the step is the mean's own uncertainty,
//! `step = v / (1 + w Σ v)`, `w = p (1 − p)`, and the variance shrinks by `v ← v (1 − step·w)`. This is an Elo
//! rating whose step shrinks with evidence as `a / (1 + b n)` (Pelánek 2016, «Applications of the Elo rating system
//! in adaptive educational systems»), derived as a logistic Kalman filter with diagonal covariance (Glickman 1999,
//! «Parameter estimation in large dynamic paired comparison experiments»). Fast ability: Elo with a fixed step.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::general::General;
use crate::history::ItemHistory;
use crate::logit::{Logit, bounded, logistic};
use crate::response::{Evidence, ItemId, Outcome, Response};
use crate::skill_state::{SkillState, Trace};
use crate::skills::SkillIndex;
use crate::spacing;
use crate::time::Millis;

/// A judged line counts as this part of an answer.
const LINE_WEIGHT: f64 = 0.3;

/// What is known of a student before the first response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// Mean ability of the group, logits; 0 if unknown.
    pub ability: Logit,
    /// School year (1-9, upper secondary 10-12), if known.
    pub year: Option<u8>,
}

/// A student as the model sees one. Small, and only what [`Student::update`] keeps up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Student {
    pub start: Start,
    pub general: General,
    /// The general part before a slip that nothing has confirmed yet; see [`crate::Mastery`].
    pub general_before_slip: Option<General>,
    /// The practised skills only.
    pub skills: BTreeMap<SkillIndex, SkillState>,
    pub items: ItemHistory,
}

impl Student {
    /// A student before the first response.
    pub fn new(start: Start) -> Self {
        Self { start, general: General::new(start.ability), ..Self::default() }
    }

    /// The student that these responses make, in this order: the same bits as if each had been taken in when it came.
    pub fn replay<'a>(start: Start, responses: impl IntoIterator<Item = &'a Response>) -> Self {
        let mut student = Self::new(start);
        for response in responses {
            student.update(response);
        }
        student
    }

    /// The state of a skill; a practised one's or the state before the first response.
    pub fn skill(&self, skill: SkillIndex) -> SkillState {
        self.skills.get(&skill).copied().unwrap_or_default()
    }

    /// Which attempt at the item the next one is, counted from 1, as far as the last 200 items tell.
    pub fn next_attempt(&self, item: ItemId) -> u16 {
        self.items.get(item).map_or(1, |met| met.attempts.saturating_add(1))
    }

    /// Takes in one response: O(log skills). The same responses in the same order give the same bits.
    pub fn update(&mut self, response: &Response) -> Outcome {
        let outcome = match response.skills.as_slice() {
            // By far the commonest, and found only once.
            [skill] => {
                let state = self.skills.entry(*skill).or_default();
                let mut before = Before::of(&self.general, response.at);
                before.add(&state.trace, 1.0, response.at);
                let (outcome, moves) = before.moves(&self.general, response);
                move_general(&mut self.general, &mut self.general_before_slip, response, &moves);
                let (count, at) = (self.general.responses, self.general.last);
                let spaced = spaced(&state.trace, &self.general, response);
                state.take(response, &moves, 1.0, (count, at));
                (state.trace.level, self.general.stretch) = spaced;
                outcome
            }
            skills => {
                let share = 1.0 / skills.len() as f64;
                let mut before = Before::of(&self.general, response.at);
                for skill in skills {
                    let trace = self.skills.get(skill).map_or_else(Trace::default, |state| state.trace);
                    before.add(&trace, share, response.at);
                }
                let (outcome, moves) = before.moves(&self.general, response);
                move_general(&mut self.general, &mut self.general_before_slip, response, &moves);
                for skill in skills {
                    let state = self.skills.entry(*skill).or_default();
                    let (count, at) = (self.general.responses, self.general.last);
                    let spaced = spaced(&state.trace, &self.general, response);
                    state.take(response, &moves, share, (count, at));
                    (state.trace.level, self.general.stretch) = spaced;
                }
                outcome
            }
        };
        if response.evidence == Evidence::Answer {
            self.items.meet(response.item, response.correct, self.general.responses, self.general.last);
        }
        outcome
    }
}

/// How long the skill may rest after a first attempt, and how the student's rests are stretched; as before after others.
fn spaced(trace: &Trace, general: &General, response: &Response) -> (u8, f64) {
    if response.evidence == Evidence::Answer && response.attempt <= 1 {
        let last = trace.begun.then_some(trace.last);
        spacing::answered(trace.level, general.stretch, last, (response.correct, response.at))
    } else {
        (trace.level, general.stretch)
    }
}

fn move_general(general: &mut General, held: &mut Option<General>, response: &Response, moves: &Moves) {
    if response.correct {
        if held.as_ref().is_some_and(|held| held.ability <= general.ability) {
            *held = None;
        }
    } else {
        let slipped = held.is_none() && general.run > 0;
        *held = slipped.then_some(*general);
    }
    general.take(response, moves);
}

/// How one response moves everything it is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moves {
    /// How much the response counts, in (0, 1].
    pub weight: f64,
    /// Correct minus predicted by the slow abilities.
    pub residual: f64,
    /// Correct minus predicted by the fast ones.
    pub fast_residual: f64,
    /// Fisher information of the response.
    pub information: f64,
    /// `1 + w Σ v`, common to all steps.
    pub spread: f64,
}

/// Everything about an item's skills together, before a response.
struct Before {
    /// Of the skills, above the general ability.
    ability: Logit,
    fast: Logit,
    /// General and skills together.
    variance: f64,
}

impl Before {
    fn of(general: &General, now: Millis) -> Self {
        Self { ability: 0.0, fast: 0.0, variance: general.variance_at(now) }
    }

    fn add(&mut self, trace: &Trace, share: f64, now: Millis) {
        self.ability += share * trace.ability;
        self.fast += share * trace.fast;
        self.variance += share * share * trace.variance_at(now);
    }

    fn moves(&self, general: &General, response: &Response) -> (Outcome, Moves) {
        let weight = match response.evidence {
            Evidence::Answer => 1.0,
            Evidence::Line => LINE_WEIGHT,
        };
        let difficulty = bounded(response.difficulty);
        let ability = general.ability + self.ability;
        let predicted = logistic(ability - difficulty);
        let fast = logistic(general.fast + self.fast - difficulty);
        let correct = f64::from(u8::from(response.correct));
        let information = weight * predicted * (1.0 - predicted);
        let moves = Moves {
            weight,
            residual: correct - predicted,
            fast_residual: correct - fast,
            information,
            spread: 1.0 + information * self.variance,
        };
        (Outcome { predicted, ability }, moves)
    }
}
