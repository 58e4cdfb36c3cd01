//! What can be learned, and in which order: the graph of prerequisites.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A skill by its place in [`Skills`], counted from 0. The caller maps names to places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SkillIndex(pub u16);

impl SkillIndex {
    pub(crate) fn place(self) -> usize {
        usize::from(self.0)
    }
}

/// Where in school a skill is usually learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    #[serde(rename = "1-3")]
    Years1To3,
    #[serde(rename = "4-6")]
    Years4To6,
    #[serde(rename = "7-9")]
    Years7To9,
    /// First course of upper secondary school.
    Ma1,
    /// Second course of upper secondary school.
    Ma2,
}

impl Stage {
    /// First and last school year of the stage; upper secondary school is counted on from year 10.
    pub fn years(self) -> (u8, u8) {
        match self {
            Self::Years1To3 => (1, 3),
            Self::Years4To6 => (4, 6),
            Self::Years7To9 => (7, 9),
            Self::Ma1 => (10, 10),
            Self::Ma2 => (11, 12),
        }
    }
}

/// A stage that is none of `1-3`, `4-6`, `7-9`, `Ma1`, `Ma2`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown stage «{0}»: use 1-3, 4-6, 7-9, Ma1 or Ma2")]
pub struct StageError(String);

impl FromStr for Stage {
    type Err = StageError;

    fn from_str(text: &str) -> Result<Self, StageError> {
        match text {
            "1-3" => Ok(Self::Years1To3),
            "4-6" => Ok(Self::Years4To6),
            "7-9" => Ok(Self::Years7To9),
            "Ma1" => Ok(Self::Ma1),
            "Ma2" => Ok(Self::Ma2),
            _ => Err(StageError(text.to_owned())),
        }
    }
}

/// One skill: what must be mastered before it, and where in school it is learned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skill {
    pub prerequisites: Vec<SkillIndex>,
    pub stage: Stage,
}

/// Why a list of skills is no graph to learn by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CycleError {
    /// These skills need one another, directly or by way of each other.
    #[error("skills that need one another: {0:?}")]
    Cycle(Vec<SkillIndex>),
    #[error("{skill:?} needs {prerequisite:?}, which does not exist")]
    Unknown { skill: SkillIndex, prerequisite: SkillIndex },
    #[error("{0} skills are more than a SkillIndex can count")]
    TooMany(usize),
}

/// All skills, proven to be without cycles.
#[derive(Clone, Debug)]
pub struct Skills {
    skills: Vec<Skill>,
    /// What rests on each skill directly.
    carries: Vec<Vec<SkillIndex>>,
}

impl Skills {
    /// Takes the skills in the order of their indexes.
    ///
    /// # Errors
    /// When a prerequisite does not exist, skills need one another, or there are more than 65,536.
    pub fn new(skills: Vec<Skill>) -> Result<Self, CycleError> {
        if skills.len() > usize::from(u16::MAX) + 1 {
            return Err(CycleError::TooMany(skills.len()));
        }
        for (place, skill) in skills.iter().enumerate() {
            for &prerequisite in &skill.prerequisites {
                if prerequisite.place() >= skills.len() {
                    return Err(CycleError::Unknown { skill: SkillIndex(place as u16), prerequisite });
                }
            }
        }
        let left = unlearnable(&skills);
        if !left.is_empty() {
            return Err(CycleError::Cycle(left));
        }
        let mut carries: Vec<Vec<SkillIndex>> = vec![Vec::new(); skills.len()];
        for (place, skill) in skills.iter().enumerate() {
            for prerequisite in &skill.prerequisites {
                carries[prerequisite.place()].push(SkillIndex(place as u16));
            }
        }
        Ok(Self { skills, carries })
    }

    /// The skills that rest directly on this one, in order; one that names it twice is there twice.
    pub fn carried_by(&self, skill: SkillIndex) -> &[SkillIndex] {
        self.carries.get(skill.place()).map_or(&[], Vec::as_slice)
    }

    /// Each skill with everything it rests on, near or far, and how many steps away: breadth first from `skill`, itself
    /// at 0.
    pub fn below(&self, skill: SkillIndex) -> Vec<(SkillIndex, u32)> {
        let mut found = vec![false; self.skills.len()];
        let mut reached = Vec::new();
        if let Some(first) = found.get_mut(skill.place()) {
            *first = true;
            reached.push((skill, 0));
        }
        let mut next = 0;
        while let Some(&(of, steps)) = reached.get(next) {
            next += 1;
            for &under in &self.skills[of.place()].prerequisites {
                if !found[under.place()] {
                    found[under.place()] = true;
                    reached.push((under, steps + 1));
                }
            }
        }
        reached
    }

    pub fn len(&self) -> usize {
        self.skills.len()
    }

    pub fn is_empty(&self) -> bool {
        self.skills.is_empty()
    }

    pub fn get(&self, skill: SkillIndex) -> Option<&Skill> {
        self.skills.get(skill.place())
    }

    /// Every skill with its index, in order.
    pub fn iter(&self) -> impl Iterator<Item = (SkillIndex, &Skill)> {
        self.skills.iter().enumerate().map(|(place, skill)| (SkillIndex(place as u16), skill))
    }
}

/// The skills on a cycle or behind one: what is left when everything learnable has been learned in turn
/// (topological order by counting, Kahn 1962).
fn unlearnable(skills: &[Skill]) -> Vec<SkillIndex> {
    let mut missing: Vec<usize> = skills.iter().map(|s| s.prerequisites.len()).collect();
    let mut opened_by: Vec<Vec<usize>> = vec![Vec::new(); skills.len()];
    for (place, skill) in skills.iter().enumerate() {
        for prerequisite in &skill.prerequisites {
            opened_by[prerequisite.place()].push(place);
        }
    }
    let mut ready: Vec<usize> = (0..skills.len()).filter(|&p| missing[p] == 0).collect();
    let mut learned = vec![false; skills.len()];
    while let Some(place) = ready.pop() {
        learned[place] = true;
        for &next in &opened_by[place] {
            missing[next] -= 1;
            if missing[next] == 0 {
                ready.push(next);
            }
        }
    }
    (0..skills.len()).filter(|&place| !learned[place]).map(|place| SkillIndex(place as u16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needing(prerequisites: &[u16]) -> Skill {
        Skill { prerequisites: prerequisites.iter().copied().map(SkillIndex).collect(), stage: Stage::Years7To9 }
    }

    #[test]
    fn a_chain_is_a_graph_to_learn_by() {
        let skills = Skills::new(vec![needing(&[1]), needing(&[]), needing(&[0, 1])]);
        assert!(skills.is_ok_and(|s| s.iter().count() == 3));
    }

    #[test]
    fn a_cycle_is_refused_and_named() {
        let refused = Skills::new(vec![needing(&[1]), needing(&[0]), needing(&[])]);
        assert_eq!(refused.err(), Some(CycleError::Cycle(vec![SkillIndex(0), SkillIndex(1)])));
        assert!(matches!(Skills::new(vec![needing(&[0])]), Err(CycleError::Cycle(_))));
    }

    #[test]
    fn an_unknown_prerequisite_is_refused() {
        assert_eq!(
            Skills::new(vec![needing(&[7])]).err(),
            Some(CycleError::Unknown { skill: SkillIndex(0), prerequisite: SkillIndex(7) })
        );
    }

    #[test]
    fn stages_are_read_as_they_are_written() {
        for (text, first) in [("1-3", 1), ("4-6", 4), ("7-9", 7), ("Ma1", 10), ("Ma2", 11)] {
            assert_eq!(text.parse::<Stage>().map(|s| s.years().0), Ok(first));
        }
        assert!("7–9".parse::<Stage>().is_err());
    }
}
