//! What can be learned, and in which order: the graph of prerequisites.

use std::collections::BTreeSet;
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
        Ok(Self::without_cycles(skills))
    }

    fn without_cycles(skills: Vec<Skill>) -> Self {
        let mut carries: Vec<Vec<SkillIndex>> = vec![Vec::new(); skills.len()];
        for (place, skill) in skills.iter().enumerate() {
            for prerequisite in &skill.prerequisites {
                carries[prerequisite.place()].push(SkillIndex(place as u16));
            }
        }
        Self { skills, carries }
    }

    /// The same skills, with those that cannot be practised looked through: where such a skill is a prerequisite, what it
    /// builds on stands in its place, and so on down, so that nothing waits for what nobody can do. Indexes stay, and so
    /// does which of the skills that can be practised rest on which.
    pub fn through(&self, can_be_practised: impl Fn(SkillIndex) -> bool) -> Self {
        let mut under: Vec<Vec<SkillIndex>> = vec![Vec::new(); self.skills.len()];
        for place in in_order(&self.skills) {
            let mut stand = Vec::new();
            for prerequisite in &self.skills[place].prerequisites {
                let instead = match can_be_practised(*prerequisite) {
                    true => std::slice::from_ref(prerequisite),
                    false => &under[prerequisite.place()],
                };
                stand.extend(instead);
            }
            let mut seen = BTreeSet::new();
            stand.retain(|skill| seen.insert(*skill));
            under[place] = stand;
        }
        let skills = self.skills.iter().zip(under);
        Self::without_cycles(skills.map(|(skill, prerequisites)| Skill { prerequisites, stage: skill.stage }).collect())
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

/// The skills on a cycle or behind one: what is left when everything learnable has been learned in turn.
fn unlearnable(skills: &[Skill]) -> Vec<SkillIndex> {
    let mut learned = vec![false; skills.len()];
    in_order(skills).into_iter().for_each(|place| learned[place] = true);
    (0..skills.len()).filter(|&place| !learned[place]).map(|place| SkillIndex(place as u16)).collect()
}

/// The places of all that can be learned, each after what it builds on (topological order by counting, Kahn 1962).
fn in_order(skills: &[Skill]) -> Vec<usize> {
    let mut missing: Vec<usize> = skills.iter().map(|s| s.prerequisites.len()).collect();
    let mut opened_by: Vec<Vec<usize>> = vec![Vec::new(); skills.len()];
    for (place, skill) in skills.iter().enumerate() {
        for prerequisite in &skill.prerequisites {
            opened_by[prerequisite.place()].push(place);
        }
    }
    let mut ready: Vec<usize> = (0..skills.len()).filter(|&p| missing[p] == 0).collect();
    let mut order = Vec::with_capacity(skills.len());
    while let Some(place) = ready.pop() {
        order.push(place);
        for &next in &opened_by[place] {
            missing[next] -= 1;
            if missing[next] == 0 {
                ready.push(next);
            }
        }
    }
    order
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
    fn what_cannot_be_practised_is_looked_through_all_the_way_down() {
        // 4 builds on 3 and 2, 3 on 2, 2 on 1 and 0: 3 and 2 have nothing to practise.
        let skills = vec![needing(&[]), needing(&[]), needing(&[1, 0]), needing(&[2]), needing(&[3, 2])];
        let seen = Skills::new(skills).map(|skills| skills.through(|skill| ![2, 3].contains(&skill.0)));
        let under = |of: u16| seen.as_ref().ok().and_then(|seen| Some(seen.get(SkillIndex(of))?.prerequisites.clone()));
        let bottom = Some(vec![SkillIndex(1), SkillIndex(0)]);
        assert_eq!([under(4), under(3), under(2)], [bottom.clone(), bottom.clone(), bottom]);
        let above = seen.as_ref().ok().map(|seen| seen.carried_by(SkillIndex(2)).len());
        assert_eq!(above, Some(0), "nothing waits for it");
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
