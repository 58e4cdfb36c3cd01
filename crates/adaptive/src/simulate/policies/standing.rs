//! What the ways without a model of their own go by: knowledge tracing for every skill, and which skills are open.

use crate::simulate::school::Bank;
use crate::skills::SkillIndex;

/// Parameters of every skill, the defaults of OATutor's content.
const KNOWN_BEFORE: f64 = 0.1;
const LEARNED: f64 = 0.1;
const SLIP: f64 = 0.1;
const GUESS: f64 = 0.1;
/// Mastered from here.
const MASTERED: f64 = 0.95;

/// Knowledge tracing (Corbett and Anderson 1995) of one student, skill by skill.
pub(super) struct Standing {
    year: u8,
    mastery: Vec<f64>,
    answers: Vec<u32>,
}

impl Standing {
    pub fn new(bank: &Bank, year: u8) -> Self {
        let many = bank.skills().len();
        Self { year, mastery: vec![KNOWN_BEFORE; many], answers: vec![0; many] }
    }

    pub fn mastery(&self, skill: SkillIndex) -> f64 {
        self.mastery[skill.place()]
    }

    pub fn is_mastered(&self, skill: SkillIndex) -> bool {
        self.mastery(skill) >= MASTERED
    }

    pub fn hears(&mut self, skill: SkillIndex, correct: bool) {
        let before = self.mastery[skill.place()];
        let (known, not) = if correct { (1.0 - SLIP, GUESS) } else { (SLIP, 1.0 - GUESS) };
        let after = before * known / (before * known + (1.0 - before) * not);
        self.mastery[skill.place()] = after + (1.0 - after) * LEARNED;
        self.answers[skill.place()] += 1;
    }

    /// Mastered, or never practised and taught in an earlier stage.
    fn holds(&self, bank: &Bank, skill: SkillIndex) -> bool {
        self.is_mastered(skill) || (self.answers[skill.place()] == 0 && bank.below_stage(skill, self.year))
    }

    /// What can be learned now: not yet mastered, on mastered (or earlier) ground, of the student's stage; of any
    /// later stage when that is done, and everything when all is.
    pub fn open(&self, bank: &Bank) -> Vec<SkillIndex> {
        let learnable = |&skill: &SkillIndex| {
            !self.holds(bank, skill) && bank.prerequisites(skill).iter().all(|&p| self.holds(bank, p))
        };
        let all: Vec<SkillIndex> = bank.curriculum().iter().copied().filter(learnable).collect();
        let now: Vec<SkillIndex> = all.iter().copied().filter(|&s| bank.of_age(s, self.year)).collect();
        match (now.is_empty(), all.is_empty()) {
            (false, _) => now,
            (true, false) => all,
            (true, true) => bank.curriculum().to_vec(),
        }
    }
}

/// The items of a skill that have not been done; all again once all have.
pub(super) struct Undone {
    done: Vec<bool>,
}

impl Undone {
    pub fn new(bank: &Bank) -> Self {
        Self { done: vec![false; bank.items().len()] }
    }

    pub fn of(&mut self, bank: &Bank, skill: SkillIndex) -> Vec<usize> {
        let range = bank.items_of(skill);
        if range.clone().all(|item| self.done[item]) {
            self.done[range.clone()].fill(false);
        }
        range.filter(|&item| !self.done[item]).collect()
    }

    pub fn hears(&mut self, item: usize) {
        self.done[item] = true;
    }
}
