//! What practising a skill is worth now: a sum whose parts can be shown.

use std::array::from_fn;

use crate::aims::Wanted;
use crate::choose::Request;
use crate::frontier::{Frontier, Place};
use crate::outlook::Outlook;
use crate::peers::{BLOCK, block_of};
use crate::policy;
use crate::skills::SkillIndex;
use crate::tier::{Reach, Tier, base};

/// The parts of the worth of a skill, in the order in which they are added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Worth {
    /// Where the skill stands.
    pub standing: f64,
    /// Learning progress, and the bonus of what is little known.
    pub lean: f64,
    /// What has faded.
    pub faded: f64,
    /// What the teacher wants.
    pub teacher: f64,
    /// Staying with the newest skill; 0 or less.
    pub again: f64,
}

impl Worth {
    pub fn sum(&self) -> f64 {
        self.standing + self.lean + self.faded + self.teacher + self.again
    }
}

/// What the worth of skills is reckoned from in one tier of one call.
pub(crate) struct Scale<'a> {
    pub request: &'a Request<'a>,
    pub outlook: &'a Outlook,
    pub frontier: &'a Frontier,
    pub tier: &'a Tier,
}

impl Scale<'_> {
    /// The worth of a skill; `None` when it is out of the question.
    pub fn worth(&self, skill: SkillIndex) -> Option<Worth> {
        let at = skill.place();
        let wanted = self.request.aims.map(|aims| aims.of(skill)).unwrap_or_default();
        if wanted.is_excluded || self.rests(skill) {
            return None;
        }
        let standing = self.standing(at, &wanted);
        (standing > f64::NEG_INFINITY).then(|| Worth {
            standing,
            lean: self.outlook.lean[at],
            faded: policy::FADED * self.frontier.faded(self.outlook, at),
            teacher: wanted.bonus(),
            again: self.again(skill),
        })
    }

    /// Whether a skill rests in this sitting.
    pub fn rests(&self, skill: SkillIndex) -> bool {
        !self.tier.declined && self.request.sitting.is_some_and(|sitting| sitting.rests(skill))
    }

    /// What staying with the newest skill adds, 0 or less.
    pub fn again(&self, skill: SkillIndex) -> f64 {
        let general = &self.request.student.general;
        if general.responses > 0 && general.last_skill == skill { -policy::AGAIN } else { 0.0 }
    }

    fn standing(&self, at: usize, wanted: &Wanted) -> f64 {
        let (place, reach) = (self.frontier.place(self.outlook, at), self.tier.reach);
        if reach.is_meant(wanted) {
            base(place, reach, self.outlook.learning)
        } else if reach == Reach::Aimed && place == Place::Due {
            policy::REVIEW
        } else {
            f64::NEG_INFINITY
        }
    }

    /// What places are worth in this tier.
    pub fn bases(&self) -> [f64; Place::COUNT] {
        Place::ALL.map(|place| base(place, self.tier.reach, self.outlook.learning))
    }

    /// What the worth of no group of each block exceeds; where that is not known at once, infinity.
    pub fn tops(&self, bases: &[f64; Place::COUNT], tops: &mut Vec<f64>) {
        let groups = self.request.catalogue.groups().len();
        let peers = &self.outlook.peers;
        tops.clear();
        if self.request.aims.is_none() {
            tops.extend(peers.iter().map(|peers| peers.bound(bases, &self.frontier.moment)));
        }
        // Groups of several skills stand behind the others, the first of them in the last block of those.
        let alone = self.request.catalogue.skills().len();
        if groups > alone && !alone.is_multiple_of(BLOCK) {
            tops.pop();
        }
        tops.resize(groups.div_ceil(BLOCK), f64::INFINITY);
        for under in &self.frontier.foundations {
            tops[under.place() / BLOCK] = f64::INFINITY;
        }
    }

    /// The sum of the worth of the main skill of each group of a block but for [`Scale::again`], which only takes away;
    /// negative infinity where it is out of the question, resting skills aside.
    pub fn bounds(&self, bases: &[f64; Place::COUNT], block: usize, bounds: &mut [f64; BLOCK]) {
        let (outlook, catalogue) = (self.outlook, self.request.catalogue);
        let first = block * BLOCK;
        let alone = catalogue.skills().len();
        let is_alone = first + BLOCK <= alone || (first < alone && alone == catalogue.groups().len());
        if is_alone && self.request.aims.is_none() {
            let faded = outlook.columns.fade(&self.frontier.moment, block);
            let (still, lean) = (block_of(&outlook.still, block), block_of(&outlook.lean, block));
            // Looked up one by one; the rest is done several at once.
            let standing: [f64; BLOCK] = from_fn(|at| bases[still[at] as usize]);
            let due = bases[Place::Due as usize];
            *bounds = from_fn(|at| {
                let standing = if faded[at] >= policy::DUE { due } else { standing[at] };
                standing + lean[at] + policy::FADED * faded[at]
            });
            for under in self.frontier.foundations.iter().filter(|under| under.place() / BLOCK == block) {
                bounds[under.place() - first] = self.bound(bases, under.place());
            }
        } else {
            *bounds = [f64::NEG_INFINITY; BLOCK];
            for (bound, group) in bounds.iter_mut().zip(&catalogue.groups()[first..]) {
                *bound = self.bound(bases, group.skills.main().place());
            }
        }
        let empty = catalogue.empty(block);
        if empty != 0 {
            let without = bounds.iter_mut().enumerate().filter(|(at, _)| empty >> at & 1 == 1);
            without.for_each(|(_, bound)| *bound = f64::NEG_INFINITY);
        }
    }

    fn bound(&self, bases: &[f64; Place::COUNT], at: usize) -> f64 {
        let (outlook, frontier, reach) = (self.outlook, self.frontier, self.tier.reach);
        let place = frontier.place(outlook, at);
        let bound = bases[place as usize] + outlook.lean[at] + policy::FADED * frontier.faded(outlook, at);
        let Some(aims) = self.request.aims else { return bound };
        let is_review = reach == Reach::Aimed && place == Place::Due;
        let is_meant = is_review || reach.is_meant(&aims.wanted()[at]);
        if is_meant { bound + aims.bonus()[at] } else { f64::NEG_INFINITY }
    }
}
