//! What a placement test has found.

use crate::logit::{Logit, logistic, logit};
use crate::outlook::Presumed;
use crate::placement::{Answered, MIDDLE_YEAR, Placement, SHARPNESS, YEAR, height_of_year};
use crate::skills::{SkillIndex, Skills};

/// A skill counts as known from this probability.
const KNOWN: f64 = 0.7;
/// What an answer says of its own skill, and of those below (right) or above (wrong), logits.
const OWN_SKILL: Logit = 1.5;
const NEIGHBOUR: Logit = 0.5;

/// Where a student stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The school year at whose end students usually stand so, and the ends of its 90 % interval.
    pub year: f64,
    pub low: f64,
    pub high: f64,
    /// Items answered, and those right.
    pub answers: usize,
    pub right: usize,
    /// How likely each skill is known, by index.
    pub likely: Vec<f64>,
    /// Skills that may be taken as known, each with all that it rests on.
    pub known: Vec<SkillIndex>,
    /// Skills to go on with: not known, and everything they rest on is.
    pub next: Vec<SkillIndex>,
}

impl Standing {
    /// What the choice may presume.
    pub fn presumed(&self, skills: &Skills) -> Presumed {
        Presumed::these(skills, self.known.iter().copied())
    }
}

impl Placement {
    /// Where the student stands, as far as the answers tell; before the first, as a student of the year usually does.
    pub fn standing(&self, skills: &Skills) -> Standing {
        let year_of = |height: Logit| MIDDLE_YEAR + height / YEAR;
        let (low, high) = self.interval();
        let likely = self.likely(skills);
        let known = known(skills, &likely);
        let is_known = |skill: &SkillIndex| known[skill.place()];
        let next = |(skill, authored): (SkillIndex, &crate::Skill)| {
            (!is_known(&skill) && authored.prerequisites.iter().all(is_known)).then_some(skill)
        };
        Standing {
            year: year_of(self.averaged(|height| height)),
            low: year_of(low),
            high: year_of(high),
            answers: self.answers(),
            right: self.answered().iter().filter(|answer| answer.correct).count(),
            next: skills.iter().filter_map(next).collect(),
            known: skills.iter().map(|(skill, _)| skill).filter(is_known).collect(),
            likely,
        }
    }

    /// How likely each skill is known: by the height, moved by the answers to it and around it.
    fn likely(&self, skills: &Skills) -> Vec<f64> {
        let by_height = |skill: SkillIndex| {
            let level = self.level(skill);
            logit(self.averaged(|height| logistic(SHARPNESS * (height - level))).clamp(1e-9, 1.0 - 1e-9))
        };
        let mut odds: Vec<Logit> = skills.iter().map(|(skill, _)| by_height(skill)).collect();
        for &Answered { skill, correct, .. } in self.answered() {
            let (own, around) = if correct { (OWN_SKILL, NEIGHBOUR) } else { (-OWN_SKILL, -NEIGHBOUR) };
            let touched = if correct { skills.below(skill) } else { above(skills, skill) };
            for (near, steps) in touched {
                odds[near.place()] += if steps == 0 { own } else { around };
            }
        }
        odds.into_iter().map(logistic).collect()
    }
}

/// A skill with everything that rests on it, near or far, and the fewest steps to it.
fn above(skills: &Skills, skill: SkillIndex) -> Vec<(SkillIndex, u32)> {
    let mut reached = vec![(skill, 0)];
    let mut next = 0;
    while let Some(&(of, steps)) = reached.get(next) {
        next += 1;
        for &carried in skills.carried_by(of) {
            if !reached.iter().any(|(known, _)| *known == carried) {
                reached.push((carried, steps + 1));
            }
        }
    }
    reached
}

/// Whether each skill may be taken as known: likely so itself, and with it all that it rests on.
fn known(skills: &Skills, likely: &[f64]) -> Vec<bool> {
    let stands = |skill: SkillIndex| skills.below(skill).iter().all(|(under, _)| likely[under.place()] >= KNOWN);
    skills.iter().map(|(skill, _)| stands(skill)).collect()
}

/// How high each skill lies: the skills of a stage spread over its years by the longest chain below them.
pub(crate) fn levels(skills: &Skills) -> Vec<Logit> {
    let depths = depths(skills);
    let level = |(skill, authored): (SkillIndex, &crate::Skill)| {
        let peers = skills.iter().filter(|(_, other)| other.stage == authored.stage);
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let (lowest, highest) = peers.fold(ends, |(lowest, highest), (peer, _)| {
            (depths[peer.place()].min(lowest), depths[peer.place()].max(highest))
        });
        let (first, last) = authored.stage.years();
        let share = (depths[skill.place()] - lowest + 0.5) / (highest - lowest + 1.0);
        height_of_year(f64::from(first) - 0.5 + share * (f64::from(last) - f64::from(first) + 1.0))
    };
    skills.iter().map(level).collect()
}

/// The longest chain of prerequisites below each skill.
fn depths(skills: &Skills) -> Vec<f64> {
    let mut depths = vec![0.0_f64; skills.len()];
    // Without cycles no chain is longer than there are skills, and each round settles one more link of it.
    for _ in 0..skills.len() {
        let mut settled = true;
        for (skill, authored) in skills.iter() {
            let deepest = authored.prerequisites.iter().map(|under| depths[under.place()] + 1.0).fold(0.0, f64::max);
            settled &= deepest == depths[skill.place()];
            depths[skill.place()] = deepest;
        }
        if settled {
            break;
        }
    }
    depths
}
