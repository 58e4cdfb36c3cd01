//! Kinds of students: how they go about practice, and what they know when the term begins.

use serde::{Deserialize, Serialize};

use super::school::Bank;
use crate::chance::Chance;
use crate::skills::SkillIndex;

/// How a student goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Thinks about every item, learns and forgets as most do.
    Steady,
    /// Forgets twice as fast.
    Forgetful,
    /// Answers three items in ten without thinking.
    Guessing,
    /// Asks for the answer where it looks hard, and writes it off (gaming the system, Baker et al. 2004).
    Gaming,
    /// Has missed a quarter of what earlier years taught, and what builds on it.
    Gappy,
    /// Learns nearly twice as fast, and works faster.
    Fast,
}

impl Kind {
    /// All kinds, in the order of tables.
    pub const ALL: [Self; 6] = [Self::Steady, Self::Forgetful, Self::Guessing, Self::Gaming, Self::Gappy, Self::Fast];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::Forgetful => "forgetful",
            Self::Guessing => "guessing",
            Self::Gaming => "gaming",
            Self::Gappy => "gappy",
            Self::Fast => "fast",
        }
    }
}

/// One student's own figures: those of the kind, with differences between students of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traits {
    /// Factor on what a practice teaches; 1 is usual.
    pub pace: f64,
    /// Factor on the speed of forgetting; 1 is usual.
    pub forgetting: f64,
    /// Logits by which this student's skills lie above or below others'.
    pub talent: f64,
    /// Share of items answered without thinking.
    pub careless: f64,
    /// Share of the items that look hard which are gamed.
    pub gaming: f64,
    /// Share of the earlier years' skills that were missed.
    pub gaps: f64,
    /// Factor on the time an item takes.
    pub slowness: f64,
}

impl Traits {
    /// The traits of the student with this seed. Pace, forgetting and slowness are log-normal (s.d. 0.25), talent is
    /// normal (s.d. 0.3).
    pub(super) fn of(kind: Kind, seed: u64) -> Self {
        let mut chance = Chance::new(seed ^ 0x7261_6974_7300_0001);
        let mut about = |middle: f64| middle * libm::exp(0.25 * chance.normal());
        let (fast, forgets) = (kind == Kind::Fast, kind == Kind::Forgetful);
        let pace = about(if fast { 1.8 } else { 1.0 });
        let forgetting = about(if forgets { 2.0 } else { 1.0 });
        let slowness = about(if fast { 0.75 } else { 1.0 });
        Self {
            pace,
            forgetting,
            talent: 0.3 * chance.normal(),
            careless: if kind == Kind::Guessing { 0.3 } else { 0.02 },
            gaming: if kind == Kind::Gaming { 0.5 } else { 0.0 },
            gaps: if kind == Kind::Gappy { 0.25 } else { 0.03 },
            slowness,
        }
    }
}

/// What a student knows of a skill before the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Well,
    Partly,
    Not,
}

/// What a student of a school year knows at the start: nearly all that earlier years teach, a part of what lies near,
/// nothing further on. What rests on a gap is known in part at best.
pub(super) fn known_before(bank: &Bank, traits: &Traits, year: u8, seed: u64) -> Vec<Known> {
    let mut known = vec![Known::Not; bank.skills().len()];
    for &skill in bank.curriculum() {
        let stream = (u64::from(skill.0) + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let mut chance = Chance::new(seed ^ stream);
        let ahead = bank.taught_in(skill) - f64::from(year);
        let (well, partly) = match ahead {
            _ if ahead < 0.0 => (1.0 - traits.gaps, 0.5),
            _ if ahead < 0.4 => (0.35, 0.4),
            _ if ahead < 1.0 => (0.08, 0.15),
            _ => (0.0, 0.02),
        };
        let rests = |p: &SkillIndex| known[p.place()] != Known::Not;
        let ground = bank.prerequisites(skill).iter().all(rests);
        let (first, second) = (chance.uniform(), chance.uniform());
        known[skill.place()] = match ground {
            true if first < well => Known::Well,
            // Where the ground is missing, half of what would have been known well is known in part.
            false if first < 0.5 * well => Known::Partly,
            true if second < partly => Known::Partly,
            _ => Known::Not,
        };
    }
    known
}
