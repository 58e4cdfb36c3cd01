//! What practising a skill is worth now: a sum whose parts can be shown.

use crate::aims::{Aims, Wanted};
use crate::choose::Request;
use crate::frontier::{Frontier, Place};
use crate::outlook::Outlook;
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
        if wanted.is_excluded || (!self.tier.declined && self.request.sitting.is_some_and(|s| s.rests(skill))) {
            return None;
        }
        let standing = self.standing(at, &wanted);
        let general = &self.request.student.general;
        let stays = general.responses > 0 && general.last_skill == skill;
        (standing > f64::NEG_INFINITY).then(|| Worth {
            standing,
            lean: self.outlook.lean[at],
            faded: self.outlook.fading[at] * self.frontier.faded[at],
            teacher: wanted.bonus(),
            again: if stays { -policy::AGAIN } else { 0.0 },
        })
    }

    fn standing(&self, at: usize, wanted: &Wanted) -> f64 {
        let (place, reach) = (self.frontier.place[at], self.tier.reach);
        if reach.is_meant(wanted) {
            base(place, reach, self.outlook.learning)
        } else if reach == Reach::Aimed && place == Place::Due {
            policy::REVIEW
        } else {
            f64::NEG_INFINITY
        }
    }

    /// A number that the sum of no worth of a group's main skill exceeds, for each group; negative infinity where it is
    /// out of the question. It is that very sum but for what only takes away.
    pub fn bounds(&self, bounds: &mut Vec<f64>) {
        let (outlook, frontier, reach) = (self.outlook, self.frontier, self.tier.reach);
        let catalogue = self.request.catalogue;
        let table = Place::ALL.map(|place| base(place, reach, outlook.learning));
        bounds.clear();
        let columns = frontier.place.iter().zip(&frontier.faded).zip(&outlook.lean).zip(&outlook.fading);
        bounds.extend(columns.map(|(((&place, &faded), lean), fading)| table[place as usize] + lean + fading * faded));
        if let Some(aims) = self.request.aims {
            self.bound_by_aims(aims, bounds);
        }
        let alone = bounds.len();
        for group in &catalogue.groups()[alone..] {
            bounds.push(bounds[group.skills.main().place()]);
        }
        for (bound, open) in bounds.iter_mut().zip(catalogue.open()) {
            *bound += open;
        }
    }

    fn bound_by_aims(&self, aims: &Aims, bounds: &mut [f64]) {
        let (frontier, reach) = (self.frontier, self.tier.reach);
        if matches!(reach, Reach::Pinned | Reach::Aimed | Reach::AimedBeyond) {
            for (at, (bound, wanted)) in bounds.iter_mut().zip(aims.wanted()).enumerate() {
                let is_review = reach == Reach::Aimed && frontier.place[at] == Place::Due;
                if !is_review && !reach.is_meant(wanted) {
                    *bound = f64::NEG_INFINITY;
                }
            }
        }
        for (bound, bonus) in bounds.iter_mut().zip(aims.bonus()) {
            *bound += bonus;
        }
    }
}
