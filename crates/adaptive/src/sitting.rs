//! «Another one»: what a student has turned down in the present sitting.

use crate::policy;
use crate::skills::SkillIndex;

/// What was declined since the student sat down. Kept by the caller, and thrown away with the sitting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitting {
    declined: Vec<u32>,
    of_skills: Vec<(SkillIndex, usize)>,
}

impl Sitting {
    /// Takes in that an exercise (a place in the caller's bank) was declined. After two of one skill, the skill rests.
    pub fn decline(&mut self, exercise: u32, skill: SkillIndex) {
        if self.declined.contains(&exercise) {
            return;
        }
        self.declined.push(exercise);
        match self.of_skills.iter_mut().find(|(of, _)| *of == skill) {
            Some((_, times)) => *times += 1,
            None => self.of_skills.push((skill, 1)),
        }
    }

    /// The declined exercises, in order.
    pub fn declined(&self) -> &[u32] {
        &self.declined
    }

    /// Whether a skill rests for this sitting.
    pub fn rests(&self, skill: SkillIndex) -> bool {
        self.of_skills.iter().any(|(of, times)| *of == skill && *times >= policy::DECLINES_TO_REST)
    }

    /// The skills that rest for this sitting.
    pub fn resting(&self) -> impl Iterator<Item = SkillIndex> + '_ {
        self.of_skills.iter().filter(|(_, times)| *times >= policy::DECLINES_TO_REST).map(|(skill, _)| *skill)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skill_rests_after_two_different_exercises() {
        let mut sitting = Sitting::default();
        sitting.decline(4, SkillIndex(1));
        sitting.decline(4, SkillIndex(1));
        assert!(!sitting.rests(SkillIndex(1)));
        sitting.decline(9, SkillIndex(2));
        sitting.decline(5, SkillIndex(1));
        assert_eq!(sitting.resting().collect::<Vec<_>>(), [SkillIndex(1)]);
        assert_eq!(sitting.declined(), [4, 9, 5]);
    }
}
