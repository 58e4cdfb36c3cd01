//! Where each skill stands for a student now: the outer fringe of what is known (knowledge space theory, Doignon and
//! Falmagne 1985; the graph is authored, since learned neighbours were seen not to improve prediction).

use crate::columns::Moment;
use crate::logit::Logit;
use crate::outlook::Outlook;
use crate::peers::BLOCK;
use crate::policy;
use crate::skills::{SkillIndex, Skills};
use crate::student::Student;
use crate::time::Millis;
use crate::weights::Weights;

/// How one skill stands for one student at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Place {
    /// A prerequisite is missing.
    #[default]
    Closed,
    /// Never practised here, and taken as known until shown otherwise.
    Presumed,
    /// Never practised, all prerequisites there.
    New,
    /// Not good enough to build on, under a skill that turned out hard.
    Foundation,
    /// Practised, not yet good enough to build on.
    Learning,
    /// The same for so long that a rest helps more.
    Worn,
    /// Good enough to build on, not yet secure.
    Firm,
    /// Secure.
    Secure,
    /// Secure, and due for review.
    Due,
}

impl Place {
    pub(crate) const COUNT: usize = 9;
    pub(crate) const ALL: [Self; Self::COUNT] = [
        Self::Closed,
        Self::Presumed,
        Self::New,
        Self::Foundation,
        Self::Learning,
        Self::Worn,
        Self::Firm,
        Self::Secure,
        Self::Due,
    ];
}

/// All skills of a student at one moment; buffers that are used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frontier {
    pub moment: Moment,
    /// Skills that are out of reach.
    hard: Vec<SkillIndex>,
    /// What is to be practised under them: a list, and whether each skill is on it.
    pub foundations: Vec<SkillIndex>,
    is_foundation: Vec<bool>,
}

impl Frontier {
    /// Reckons where everything stands at `now`.
    pub fn survey(
        &mut self,
        (student, weights): (&Student, &Weights),
        outlook: &Outlook,
        skills: &Skills,
        now: Millis,
    ) {
        self.moment = Moment::of(student, weights, now);
        for under in self.foundations.drain(..) {
            self.is_foundation[under.place()] = false;
        }
        self.is_foundation.resize(outlook.still.len(), false);
        self.lay_foundations(student.general.ability, outlook, skills);
    }

    /// The part of a skill that is likely to have faded; from [`policy::DUE`] on it is due. 0 for what is not secure.
    #[inline]
    pub fn faded(&self, outlook: &Outlook, at: usize) -> f64 {
        outlook.columns.faded(&self.moment, at)
    }

    /// Where a skill stands.
    #[inline]
    pub fn place(&self, outlook: &Outlook, at: usize) -> Place {
        if self.is_foundation[at] {
            Place::Foundation
        } else if self.faded(outlook, at) >= policy::DUE {
            Place::Due
        } else {
            outlook.still[at]
        }
    }

    /// Under a skill that turned out hard, what does not yet carry by practice is to be practised; from the bottom up,
    /// so not what is too hard itself.
    fn lay_foundations(&mut self, ability: Logit, outlook: &Outlook, skills: &Skills) {
        let is_hard = |reach: &Logit| ability + reach < policy::STRUGGLING;
        self.hard.clear();
        // Most blocks have none, which their least says.
        let blocks = outlook.peers.iter().zip(outlook.reach.chunks(BLOCK));
        for (block, (_, reach)) in (0u16..).zip(blocks).filter(|(_, (peers, _))| is_hard(&peers.reach)) {
            let places = (block * BLOCK as u16..).zip(reach).filter(|(_, reach)| is_hard(reach));
            self.hard.extend(places.map(|(at, _)| SkillIndex(at)));
        }
        for above in &self.hard {
            let Some(skill) = skills.get(*above) else { continue };
            for under in &skill.prerequisites {
                let at = under.place();
                let is_shaky = matches!(outlook.still[at], Place::Presumed | Place::Learning | Place::Worn);
                if is_shaky && !self.is_foundation[at] && !is_hard(&outlook.reach[at]) {
                    self.is_foundation[at] = true;
                    self.foundations.push(*under);
                }
            }
        }
    }

    /// The first of the skills out of reach that rest on this one.
    pub fn hard_above(&self, under: SkillIndex, skills: &Skills) -> Option<SkillIndex> {
        let rests = |above: &&SkillIndex| skills.get(**above).is_some_and(|s| s.prerequisites.contains(&under));
        self.hard.iter().find(rests).copied()
    }

    /// The student's part of the logit of a skill.
    #[inline]
    pub fn z(&self, outlook: &Outlook, skill: SkillIndex) -> Logit {
        outlook.columns.part(&self.moment, skill)
    }
}
