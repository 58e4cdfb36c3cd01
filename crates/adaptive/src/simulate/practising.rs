//! Students that are not: with a true ability, a pace of learning, forgetting, slips and lucky guesses.
//!
//! For tests, for choosing the model's constants and for a believable history in a demonstration. Deliberately not
//! the same model as [`crate::Student`]: it learns by practice with diminishing return and forgets exponentially
//! (Ebbinghaus 1885), the more slowly the more days it has practised on (the spacing effect, Cepeda et al. 2006), so
//! that a good prediction is not a tautology.

use std::collections::BTreeMap;

use super::kind::Traits;
use crate::chance::Chance;
use crate::logit::{Logit, logistic};
use crate::skills::SkillIndex;
use crate::time::Millis;

/// Probability of solving by luck what is not mastered; free answers leave little to guess.
const GUESS: f64 = 0.03;
/// The most practice adds to a skill, logits.
const MOST_GAIN: f64 = 3.0;
/// The same where a whole term's skills begin from nothing.
const MOST_GAIN_IN_A_TERM: f64 = 5.0;
/// Logits an item adds at first, in such a term.
const PACE_IN_A_TERM: f64 = 0.9;
/// Days between practices from which they count as practice on another day.
const ANOTHER_DAY: f64 = 0.5;
/// More attempts at one item than this nobody makes.
const MOST_ATTEMPTS: u16 = 6;

/// A seeded, simulated student. The same seed and the same questions give the same answers.
#[derive(Clone, Debug)]
pub struct SimulatedStudent {
    year: u8,
    ability: Logit,
    spread: f64,
    pace: f64,
    most_gain: f64,
    slip: f64,
    half_life_days: f64,
    seconds: f64,
    skills: BTreeMap<SkillIndex, TrueSkill>,
    chance: Chance,
    seed: u64,
}

/// What a simulated student truly can in a skill.
#[derive(Clone, Copy, Debug)]
struct TrueSkill {
    talent: Logit,
    gained: Logit,
    practised: u32,
    /// Days practised on, beyond the first.
    further_days: u32,
    last: Millis,
}

/// How a simulated student fared with one item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answered {
    /// Whether the first answer was right.
    pub correct: bool,
    /// Time spent on the item, all attempts together.
    pub seconds: f64,
    /// Wrong attempts before the right one; when `gave_up`, all attempts.
    pub attempts_before_right: u16,
    /// Whether the item was left unsolved.
    pub gave_up: bool,
}

impl SimulatedStudent {
    /// A student of a school year. Students of one year differ in ability (s.d. 0.8 logits), pace of learning
    /// (0.05 to 0.2 logits an item), half-life of the learned (about two to eight weeks), slips (2 to 10 %) and speed.
    pub fn new(seed: u64, year: u8) -> Self {
        let mut chance = Chance::new(seed);
        let ability = 0.3 + 0.8 * chance.normal();
        let pace = 0.1 * libm::exp(0.4 * chance.normal());
        let half_life_days = 30.0 * libm::exp(0.4 * chance.normal());
        let slip = 0.02 + 0.08 * chance.uniform();
        // Younger students have shorter items and older ones more lines to write.
        let seconds = (30.0 + 6.0 * f64::from(year.min(12))) * libm::exp(0.3 * chance.normal());
        let (spread, most_gain, skills) = (0.6, MOST_GAIN, BTreeMap::new());
        Self { year, ability, spread, pace, most_gain, slip, half_life_days, seconds, skills, chance, seed }
    }

    /// The same student with the traits of a kind, for a term in which skills are learned from nothing.
    pub(super) fn of(seed: u64, year: u8, traits: &Traits) -> Self {
        let student = Self::new(seed, year);
        let half_life_days = student.half_life_days / traits.forgetting;
        Self { pace: PACE_IN_A_TERM * traits.pace, most_gain: MOST_GAIN_IN_A_TERM, half_life_days, ..student }
    }

    pub fn year(&self) -> u8 {
        self.year
    }

    /// The true log odds of solving a typical item of the skill at `now`, slips and guesses apart.
    pub fn true_ability(&self, skill: SkillIndex, now: Millis) -> Logit {
        let known = self.known(skill, now);
        self.ability + known.talent + known.gained
    }

    /// The true probability that the first answer to an item is right at `now`.
    pub fn true_probability(&self, skill: SkillIndex, difficulty: Logit, now: Millis) -> f64 {
        let solved = logistic(self.true_ability(skill, now) - difficulty);
        GUESS + (1.0 - GUESS - self.slip) * solved
    }

    /// Answers an item of `skill` with this difficulty (logits) at `now`, and learns from it.
    pub fn answers(&mut self, skill: SkillIndex, difficulty: Logit, now: Millis) -> Answered {
        let probability = self.true_probability(skill, difficulty, now);
        let correct = self.chance.happens(probability);
        let mut attempts = u16::from(!correct);
        let mut gave_up = false;
        while attempts > 0 && !gave_up {
            // Being told that a line does not hold, and hints, make the next attempt easier.
            let helped = self.true_probability(skill, difficulty - 0.7 * f64::from(attempts), now);
            if self.chance.happens(helped) {
                break;
            }
            attempts += 1;
            gave_up = attempts >= MOST_ATTEMPTS || self.chance.happens(0.1);
        }
        let seconds = self.time_spent(probability, attempts);
        self.learns(skill, probability, (!gave_up, 1.0), now);
        Answered { correct, seconds, attempts_before_right: attempts, gave_up }
    }

    /// Times are log-normal (van der Linden 2006); hard items and further attempts take longer.
    fn time_spent(&mut self, probability: f64, attempts: u16) -> f64 {
        let effort = (1.6 - probability) * (1.0 + 0.6 * f64::from(attempts));
        (self.seconds * effort * libm::exp(0.35 * self.chance.normal())).clamp(3.0, 1800.0)
    }

    /// Practice adds most at the edge of what is known (neither trivial nor hopeless), more when the item was
    /// solved in the end, and ever less as the skill fills up. `share` of it is learned.
    pub(super) fn learns(&mut self, skill: SkillIndex, probability: f64, (solved, share): (bool, f64), now: Millis) {
        let mut known = self.known(skill, now);
        let edge = 4.0 * probability * (1.0 - probability);
        let effect = if solved { 1.0 } else { 0.4 };
        let room = (1.0 - known.gained / self.most_gain).max(0.0);
        known.gained += self.pace * (0.3 + 0.7 * edge) * effect * share * room;
        let another_day = known.practised > 0 && now.days_since(known.last) >= ANOTHER_DAY;
        known.further_days = known.further_days.saturating_add(u32::from(another_day));
        known.practised = known.practised.saturating_add(1);
        known.last = known.last.max(now);
        self.skills.insert(skill, known);
    }

    /// What is known of a skill at `now`: the gained part halves with time, more slowly after much practice, and
    /// more slowly still after practice on many days.
    fn known(&self, skill: SkillIndex, now: Millis) -> TrueSkill {
        match self.skills.get(&skill) {
            Some(&known) => {
                let lasting = 1.0 + 0.1 * f64::from(known.practised) + 0.8 * f64::from(known.further_days);
                let half_life = self.half_life_days * lasting;
                let days = now.days_since(known.last);
                let kept = libm::exp(-core::f64::consts::LN_2 * days / half_life);
                TrueSkill { gained: known.gained * kept, ..known }
            }
            None => TrueSkill { talent: self.talent(skill), gained: 0.0, practised: 0, further_days: 0, last: now },
        }
    }

    /// How a skill lies for this student before practice; a matter of seed and skill, whatever was asked before.
    fn talent(&self, skill: SkillIndex) -> Logit {
        let stream = (u64::from(skill.0) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.spread * Chance::new(self.seed ^ stream).normal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKILL: SkillIndex = SkillIndex(2);
    const START: Millis = Millis(1_700_000_000_000);

    fn practised(seed: u64) -> (SimulatedStudent, Vec<Answered>) {
        let mut student = SimulatedStudent::new(seed, 7);
        let answers = (0..20).map(|_| student.answers(SKILL, 0.0, START)).collect();
        (student, answers)
    }

    #[test]
    fn the_same_seed_gives_the_same_answers() {
        assert_eq!(practised(5).1, practised(5).1);
        assert_ne!(practised(5).1, practised(6).1);
    }

    #[test]
    fn practice_helps_and_time_takes_a_part_back() {
        for seed in 0..30 {
            let before = SimulatedStudent::new(seed, 7).true_ability(SKILL, START);
            let (student, _) = practised(seed);
            let after = student.true_ability(SKILL, START);
            let later = student.true_ability(SKILL, START.plus_days(60.0));
            assert!(before < later && later < after, "{before} {later} {after}");
        }
    }

    #[test]
    fn harder_items_are_solved_more_rarely_and_never_surely() {
        let student = SimulatedStudent::new(1, 7);
        let [easy, hard] = [-9.0, 9.0].map(|d| student.true_probability(SKILL, d, START));
        assert!(GUESS <= hard && hard < easy && easy <= 0.98);
    }

    #[test]
    fn answers_are_believable() {
        for seed in 0..30 {
            for answered in practised(seed).1 {
                assert!((3.0..=1800.0).contains(&answered.seconds));
                assert_eq!(answered.correct, answered.attempts_before_right == 0);
                assert!(answered.attempts_before_right <= MOST_ATTEMPTS);
                assert!(!(answered.correct && answered.gave_up));
            }
        }
    }

    #[test]
    fn students_differ() {
        let abilities = (0..400).map(|seed| {
            let student = SimulatedStudent::new(seed, 7);
            student.true_ability(SKILL, START)
        });
        let (sum, squares) = abilities.fold((0.0, 0.0), |(s, q), a| (s + a, q + a * a));
        let (mean, mean_square) = (sum / 400.0, squares / 400.0);
        assert!((mean - 0.3f64).abs() < 0.2, "{mean}");
        assert!(((mean_square - mean * mean).sqrt() - 1.0).abs() < 0.2);
    }
}
