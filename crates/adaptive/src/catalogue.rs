//! What can be chosen from: the exercises in columns, sorted once by skills and predicted ease.

use crate::difficulty::Difficulty;
use crate::logit::Logit;
use crate::peers::BLOCK;
use crate::response::{ItemId, SkillSet};
use crate::skills::{SkillIndex, Skills};
use crate::weights::Weights;

/// An exercise as the choice sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Place of the exercise in the caller's bank.
    pub exercise: u32,
    pub item: ItemId,
    /// What it asks for; filed under the main one.
    pub skills: SkillSet,
    /// Finite.
    pub difficulty: Difficulty,
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
    #[error("{0} sets of skills are more than can be counted")]
    TooMany(usize),
}

/// The exercises that ask for the same skills.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    pub skills: SkillSet,
    /// Where they start and end among the candidates.
    pub start: u32,
    pub end: u32,
    /// The least first year of them.
    pub youngest: u8,
}

/// What keeps a candidate out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Door {
    pub exercise: u32,
    pub first_year: u8,
}

/// The bank: prepared when difficulties, weights or materials change, read by everyone.
#[derive(Clone, Debug)]
pub struct Catalogue {
    skills: Skills,
    candidates: Vec<Candidate>,
    /// What each candidate adds to the logit, falling within a group.
    parts: Vec<Logit>,
    doors: Vec<Door>,
    /// First one for each skill alone, by index, then those of several skills.
    groups: Vec<Group>,
    /// A bit for each group without an exercise, by [`BLOCK`] of groups.
    empty: Vec<u16>,
    /// Place of each candidate, by exercise.
    by_exercise: Vec<(u32, u32)>,
}

impl Catalogue {
    /// Sorts the candidates by (skills, ease as `weights` see it, exercise).
    ///
    /// # Errors
    /// When a candidate's skill does not exist, its difficulty is not finite, or there are more than 65,535 different
    /// sets of skills.
    pub fn new(skills: Skills, candidates: Vec<Candidate>, weights: &Weights) -> Result<Self, CatalogueError> {
        for &Candidate { exercise, skills: needed, difficulty, .. } in &candidates {
            if let Some(skill) = needed.iter().find(|&skill| skills.get(skill).is_none()) {
                return Err(CatalogueError::UnknownSkill { exercise, skill });
            }
            if !difficulty.value.is_finite() {
                return Err(CatalogueError::NotFinite { exercise });
            }
        }
        let mut parted: Vec<(Logit, Candidate)> =
            candidates.into_iter().map(|candidate| (weights.item_part(&candidate.difficulty), candidate)).collect();
        parted.sort_by(|(p, a), (q, b)| {
            (a.skills.len() > 1)
                .cmp(&(b.skills.len() > 1))
                .then(a.skills.cmp(&b.skills))
                .then(q.total_cmp(p))
                .then(a.exercise.cmp(&b.exercise))
        });
        Self::of_sorted(skills, &parted)
    }

    fn of_sorted(skills: Skills, parted: &[(Logit, Candidate)]) -> Result<Self, CatalogueError> {
        let mut groups: Vec<Group> = skills.iter().map(|(skill, _)| Group::empty(SkillSet::one(skill))).collect();
        for (place, (_, candidate)) in (0u32..).zip(parted) {
            let needed = candidate.skills;
            let alone = needed.len() == 1;
            if !alone && (groups.len() == skills.len() || groups.last().is_none_or(|last| last.skills != needed)) {
                groups.push(Group::empty(needed));
            }
            let at = if alone { needed.main().place() } else { groups.len() - 1 };
            groups[at].take(place, candidate.years.0);
        }
        if groups.len() > usize::from(u16::MAX) {
            return Err(CatalogueError::TooMany(groups.len()));
        }
        let candidates: Vec<Candidate> = parted.iter().map(|(_, candidate)| *candidate).collect();
        let mut by_exercise: Vec<(u32, u32)> = (0..).zip(&candidates).map(|(place, c)| (c.exercise, place)).collect();
        by_exercise.sort_unstable();
        Ok(Self {
            parts: parted.iter().map(|(part, _)| *part).collect(),
            doors: candidates.iter().map(|c| Door { exercise: c.exercise, first_year: c.years.0 }).collect(),
            empty: groups.chunks(BLOCK).map(empty).collect(),
            skills,
            candidates,
            groups,
            by_exercise,
        })
    }

    /// The same catalogue with only the exercises that `is_open` says yes to: what a school with certain materials can
    /// be given. Skills that are left without any are looked through ([`Skills::through`]). Made once for each selection
    /// of materials, not for each choice.
    pub fn opened(&self, is_open: impl Fn(u32) -> bool) -> Self {
        let kept = self.parts.iter().copied().zip(self.candidates.iter().copied());
        let parted: Vec<_> = kept.filter(|(_, candidate)| is_open(candidate.exercise)).collect();
        let mut has_some = vec![false; self.skills.len()];
        parted.iter().flat_map(|(_, candidate)| candidate.skills.iter()).for_each(|of| has_some[of.place()] = true);
        match Self::of_sorted(self.skills.through(|skill| has_some[skill.place()]), &parted) {
            Ok(opened) => opened,
            // A part has no more sets of skills than the whole.
            Err(_) => self.clone(),
        }
    }

    pub fn skills(&self) -> &Skills {
        &self.skills
    }

    /// All candidates: those of one skill first, in order of (skills, falling ease, exercise).
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The candidate that is this exercise.
    pub fn find(&self, exercise: u32) -> Option<&Candidate> {
        self.place_of(exercise).and_then(|place| self.candidates.get(place as usize))
    }

    /// The candidates that ask for this skill alone, easiest first.
    pub fn of(&self, skill: SkillIndex) -> &[Candidate] {
        self.groups
            .get(skill.place())
            .filter(|_| skill.place() < self.skills.len())
            .map_or(&[], |group| &self.candidates[group.start as usize..group.end as usize])
    }

    pub(crate) fn place_of(&self, exercise: u32) -> Option<u32> {
        let found = self.by_exercise.binary_search_by_key(&exercise, |(of, _)| *of);
        found.ok().map(|at| self.by_exercise[at].1)
    }

    pub(crate) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// A bit for each group of a block that has no exercise.
    pub(crate) fn empty(&self, block: usize) -> u16 {
        self.empty[block]
    }

    /// The group that a candidate lies in.
    pub(crate) fn group_of(&self, place: u32) -> Option<u16> {
        let needed = self.candidates.get(place as usize)?.skills;
        if needed.len() == 1 {
            return Some(needed.main().0);
        }
        let mixed = self.groups.get(self.skills.len()..)?;
        mixed.iter().position(|group| group.skills == needed).map(|at| (at + self.skills.len()) as u16)
    }

    pub(crate) fn parts(&self) -> &[Logit] {
        &self.parts
    }

    pub(crate) fn doors(&self) -> &[Door] {
        &self.doors
    }

    /// One more than the highest place in the caller's bank.
    pub(crate) fn bound(&self) -> usize {
        self.by_exercise.last().map_or(0, |(exercise, _)| *exercise as usize + 1)
    }
}

/// A bit for each of these groups that has no exercise, and for what is missing of a block.
fn empty(block: &[Group]) -> u16 {
    let has_any = |group: &Group| group.start < group.end;
    (0..BLOCK).map(|at| u16::from(!block.get(at).is_some_and(has_any)) << at).sum()
}

impl Group {
    fn empty(skills: SkillSet) -> Self {
        Self { skills, start: 0, end: 0, youngest: u8::MAX }
    }

    fn take(&mut self, place: u32, first_year: u8) {
        if self.end == 0 {
            self.start = place;
        }
        self.end = place + 1;
        self.youngest = self.youngest.min(first_year);
    }
}
