//! What can be chosen from: the exercises, sorted once by skill and difficulty.

use std::ops::Range;

use crate::logit::Logit;
use crate::skills::{SkillIndex, Skills};

/// An exercise as the choice sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Place of the exercise in the caller's bank.
    pub exercise: u32,
    pub skill: SkillIndex,
    /// Logits, finite.
    pub difficulty: Logit,
    /// First and last school year it is meant for.
    pub years: (u8, u8),
}

/// Why a list of candidates is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    #[error("exercise {exercise} belongs to {skill:?}, which does not exist")]
    UnknownSkill { exercise: u32, skill: SkillIndex },
    #[error("exercise {exercise} has a difficulty that is not a finite number")]
    NotFinite { exercise: u32 },
}

/// The bank, sorted so that the items nearest a wanted difficulty are found by halving.
#[derive(Clone, Debug)]
pub struct Catalogue {
    skills: Skills,
    candidates: Vec<Candidate>,
    /// Where each skill's candidates start; one more entry than skills.
    starts: Vec<usize>,
}

impl Catalogue {
    /// Sorts the candidates by (skill, difficulty, exercise).
    ///
    /// # Errors
    /// When a candidate's skill does not exist or its difficulty is not finite.
    pub fn new(skills: Skills, mut candidates: Vec<Candidate>) -> Result<Self, CatalogueError> {
        for &Candidate { exercise, skill, difficulty, .. } in &candidates {
            if skills.get(skill).is_none() {
                return Err(CatalogueError::UnknownSkill { exercise, skill });
            }
            if !difficulty.is_finite() {
                return Err(CatalogueError::NotFinite { exercise });
            }
        }
        candidates.sort_by(|a, b| {
            (a.skill.cmp(&b.skill)).then(a.difficulty.total_cmp(&b.difficulty)).then(a.exercise.cmp(&b.exercise))
        });
        let starts = (0..=skills.len()).map(|place| candidates.partition_point(|c| c.skill.place() < place)).collect();
        Ok(Self { skills, candidates, starts })
    }

    pub fn skills(&self) -> &Skills {
        &self.skills
    }

    /// All candidates in order of (skill, difficulty, exercise).
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The candidates of one skill, easiest first.
    pub fn of(&self, skill: SkillIndex) -> &[Candidate] {
        &self.candidates[self.range(skill)]
    }

    fn range(&self, skill: SkillIndex) -> Range<usize> {
        let start = self.starts.get(skill.place()).copied().unwrap_or(0);
        let end = self.starts.get(skill.place() + 1).copied();
        start..end.unwrap_or(start)
    }

    /// The candidates of a skill in order of distance from `wanted`, the easier one first at equal distance.
    pub(crate) fn nearest(&self, skill: SkillIndex, wanted: Logit) -> impl Iterator<Item = &Candidate> {
        let of = self.of(skill);
        let mut above = of.partition_point(|c| c.difficulty < wanted);
        let mut below = above;
        std::iter::from_fn(move || {
            let easier = below.checked_sub(1).and_then(|i| of.get(i));
            let harder = of.get(above);
            let take_easier = match (easier, harder) {
                (Some(e), Some(h)) => wanted - e.difficulty <= h.difficulty - wanted,
                (easier, _) => easier.is_some(),
            };
            if take_easier {
                below -= 1;
                easier
            } else {
                above += usize::from(harder.is_some());
                harder
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skills::{Skill, Stage};

    fn item(exercise: u32, skill: u16, difficulty: Logit) -> Candidate {
        Candidate { exercise, skill: SkillIndex(skill), difficulty, years: (7, 9) }
    }

    fn catalogue(candidates: Vec<Candidate>) -> Result<Catalogue, CatalogueError> {
        let skill = Skill { prerequisites: Vec::new(), stage: Stage::Years7To9 };
        let skills = Skills::new(vec![skill.clone(), skill.clone(), skill]).expect("no cycle");
        Catalogue::new(skills, candidates)
    }

    #[test]
    fn the_nearest_come_first_and_only_of_the_skill() {
        let shuffled = [(0, 0.9), (1, -1.0), (2, 0.1), (3, -0.2), (4, 2.0)];
        let mut candidates: Vec<_> = shuffled.map(|(e, d)| item(e, 1, d)).to_vec();
        candidates.push(item(9, 0, 0.3));
        candidates.push(item(8, 2, 0.3));
        let catalogue = catalogue(candidates.clone()).expect("valid");
        candidates.retain(|c| c.skill == SkillIndex(1));
        for wanted in [-3.0, -0.5, 0.0, 0.35, 0.9, 5.0] {
            let by_distance = |c: &Candidate| (c.difficulty - wanted).abs();
            candidates.sort_by(|a, b| by_distance(a).total_cmp(&by_distance(b)));
            let nearest: Vec<_> = catalogue.nearest(SkillIndex(1), wanted).copied().collect();
            assert_eq!(nearest, candidates);
        }
    }

    #[test]
    fn what_cannot_be_placed_is_refused() {
        let unknown = CatalogueError::UnknownSkill { exercise: 4, skill: SkillIndex(3) };
        assert_eq!(catalogue(vec![item(4, 3, 0.0)]).err(), Some(unknown));
        let endless = catalogue(vec![item(4, 1, f64::NAN)]).err();
        assert_eq!(endless, Some(CatalogueError::NotFinite { exercise: 4 }));
    }
}
