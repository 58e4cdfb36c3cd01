//! What a teacher wants for a student: goals, pins and exclusions, prepared once for the choice.

use crate::policy;
use crate::skills::{SkillIndex, Skills};

/// A skill that a teacher has assigned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    pub skill: SkillIndex,
    /// How much it matters; 1 is usual, kept within 0 to 4.
    pub weight: f64,
}

/// What a teacher says, as it is stored. Exercises are places in the caller's bank; any order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    pub goals: &'a [Goal],
    pub pinned_skills: &'a [SkillIndex],
    pub pinned_exercises: &'a [u32],
    pub excluded_skills: &'a [SkillIndex],
    pub excluded_exercises: &'a [u32],
}

/// A teacher's wishes, spread over the graph of skills. Prepared when the wishes change, for a student or a class.
#[derive(Clone, Debug)]
pub struct Aims {
    has_goals: bool,
    wanted: Vec<Wanted>,
    /// What the wishes add to the worth of each skill; negative infinity where it is excluded.
    bonus: Vec<f64>,
    pinned_skills: Vec<SkillIndex>,
    pinned: Vec<u32>,
    excluded: Vec<u32>,
}

/// What is wanted of one skill.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Wanted {
    /// The goal it belongs or leads to; the heaviest, then the nearest, then the first.
    pub goal: Option<SkillIndex>,
    /// The weight of that goal, less by every step to it; 0 without one.
    pub weight: f64,
    pub is_pinned: bool,
    pub is_excluded: bool,
}

impl Aims {
    /// No goals, pins or exclusions.
    pub fn none(skills: &Skills) -> Self {
        Self::new(skills, &Wishes::default())
    }

    /// Spreads the wishes over the graph: O(goals × skills). Skills that do not exist are passed over.
    pub fn new(skills: &Skills, wishes: &Wishes) -> Self {
        let mut wanted = vec![Wanted::default(); skills.len()];
        for goal in wishes.goals {
            let weight = if goal.weight.is_nan() { 0.0 } else { goal.weight.clamp(0.0, policy::MOST_WEIGHT) };
            let mut share = weight;
            let mut steps_before = 0;
            for (skill, steps) in skills.below(goal.skill) {
                if steps > steps_before {
                    share *= policy::STEP_TO_GOAL;
                    steps_before = steps;
                }
                let here = &mut wanted[skill.place()];
                if here.goal.is_none() || share > here.weight {
                    (here.goal, here.weight) = (Some(goal.skill), share);
                }
            }
        }
        let mut mark = |of: &[SkillIndex], how: fn(&mut Wanted)| {
            of.iter().for_each(|skill| {
                if let Some(here) = wanted.get_mut(skill.place()) {
                    how(here);
                }
            });
        };
        mark(wishes.pinned_skills, |here| here.is_pinned = true);
        mark(wishes.excluded_skills, |here| here.is_excluded = true);
        let with_exclusion = |here: &Wanted| if here.is_excluded { f64::NEG_INFINITY } else { here.bonus() };
        let bonus = wanted.iter().map(with_exclusion).collect();
        let sorted = |of: &[u32]| {
            let mut of = of.to_vec();
            of.sort_unstable();
            of.dedup();
            of
        };
        Self {
            has_goals: wanted.iter().any(|here| here.goal.is_some()),
            wanted,
            bonus,
            pinned_skills: wishes.pinned_skills.to_vec(),
            pinned: sorted(wishes.pinned_exercises),
            excluded: sorted(wishes.excluded_exercises),
        }
    }

    pub fn has_goals(&self) -> bool {
        self.has_goals
    }

    pub(crate) fn of(&self, skill: SkillIndex) -> Wanted {
        self.wanted.get(skill.place()).copied().unwrap_or_default()
    }

    pub(crate) fn wanted(&self) -> &[Wanted] {
        &self.wanted
    }

    pub(crate) fn bonus(&self) -> &[f64] {
        &self.bonus
    }

    pub(crate) fn pinned_skills(&self) -> &[SkillIndex] {
        &self.pinned_skills
    }

    /// Sorted places in the caller's bank.
    pub(crate) fn pinned(&self) -> &[u32] {
        &self.pinned
    }

    /// Sorted places in the caller's bank.
    pub(crate) fn excluded(&self) -> &[u32] {
        &self.excluded
    }
}

impl Wanted {
    /// What is added to the worth of the skill.
    pub fn bonus(&self) -> f64 {
        policy::GOAL * self.weight + if self.is_pinned { policy::PINNED } else { 0.0 }
    }
}
