//! From the best to the barest: what is looked for first, and what when nothing of that is left.

use crate::aims::{Aims, Wanted};
use crate::frontier::Place;
use crate::logit::Logit;
use crate::policy::{self, Aim};

/// What an exercise is to be for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Whatever is best now.
    #[default]
    Practice,
    /// Something known, for a beginning: what has faded most comes first.
    WarmUp,
    /// Harder, on something that is in hand.
    Stretch,
}

/// How far the choice looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The skills that the teacher pinned, whatever the year; only where there are any.
    Pinned,
    /// What leads to the teacher's goals, and reviews; only where there are goals.
    Aimed,
    /// What leads to the goals although it rests, or is meant for older years: rather than leaving them.
    AimedBeyond,
    /// What is to be learned or refreshed, at the student's own years.
    Learning,
    /// Once that is exhausted: harder items of secure skills, older years, what was presumed.
    Beyond,
    /// What builds on something that was not learned; only where that cannot be.
    Everything,
    /// What was practised enough.
    Known,
    /// What is good enough to build on.
    Firm,
}

impl Reach {
    /// Whether exercises for older years are left out.
    pub fn minds_years(self) -> bool {
        matches!(self, Self::Aimed | Self::Learning)
    }

    /// Whether a skill of which so much is wanted is looked at; reviews aside.
    pub fn is_meant(self, wanted: &Wanted) -> bool {
        match self {
            Self::Pinned => wanted.is_pinned,
            Self::Aimed | Self::AimedBeyond => wanted.goal.is_some() || wanted.is_pinned,
            _ => true,
        }
    }
}

/// What a choice is asked to hold to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tier {
    pub reach: Reach,
    /// Exercises seen recently may come.
    pub again: bool,
    /// Items must have at least this logit.
    pub floor: Logit,
    /// Declined exercises and resting skills may come.
    pub declined: bool,
}

const fn tier(reach: Reach, again: bool, floor: Logit, declined: bool) -> Tier {
    Tier { reach, again, floor, declined }
}

const ANY: Logit = f64::NEG_INFINITY;
const FLOOR: Logit = policy::FLOOR;

/// Rather a recently seen exercise, with new numbers, than one out of reach; and rather anything than nothing.
const PRACTICE: [Tier; 16] = [
    tier(Reach::Aimed, false, FLOOR, false),
    tier(Reach::AimedBeyond, false, FLOOR, false),
    tier(Reach::Learning, false, FLOOR, false),
    tier(Reach::Beyond, false, FLOOR, false),
    tier(Reach::Aimed, true, FLOOR, false),
    tier(Reach::Learning, true, FLOOR, false),
    tier(Reach::Beyond, true, FLOOR, false),
    tier(Reach::Aimed, false, ANY, false),
    tier(Reach::Learning, false, ANY, false),
    tier(Reach::Beyond, false, ANY, false),
    tier(Reach::Learning, true, ANY, false),
    tier(Reach::Beyond, true, ANY, false),
    tier(Reach::Everything, false, ANY, false),
    tier(Reach::Everything, true, ANY, false),
    tier(Reach::Learning, true, ANY, true),
    tier(Reach::Everything, true, ANY, true),
];

const FIRST: [Tier; 2] = [tier(Reach::Pinned, false, FLOOR, false), tier(Reach::Pinned, false, ANY, false)];
const WARM_UP: [Tier; 2] = [tier(Reach::Known, false, FLOOR, false), tier(Reach::Known, true, FLOOR, false)];
const STRETCH: [Tier; 2] = [tier(Reach::Firm, false, FLOOR, false), tier(Reach::Firm, true, FLOOR, false)];

/// Where pinned exercises come from.
pub(crate) const PINNED: Tier = tier(Reach::Learning, false, ANY, false);

/// The tiers for a purpose, in order: pinned skills before everything, those for practice after the others.
pub(crate) fn tiers(purpose: Purpose, aims: Option<&Aims>) -> impl Iterator<Item = Tier> {
    let has_goals = aims.is_some_and(Aims::has_goals);
    let has_pins = aims.is_some_and(|aims| !aims.pinned_skills().is_empty());
    let first: &[Tier] = match purpose {
        Purpose::Practice => &[],
        Purpose::WarmUp => &WARM_UP,
        Purpose::Stretch => &STRETCH,
    };
    let is_meant = move |tier: &Tier| match tier.reach {
        Reach::Pinned => has_pins,
        Reach::Aimed | Reach::AimedBeyond => has_goals,
        _ => true,
    };
    FIRST.iter().chain(first).chain(&PRACTICE).copied().filter(is_meant)
}

/// What practising a skill that stands here is worth before everything else is counted; negative infinity where it is
/// out of the question. `learning` is how many skills are begun and not yet good enough to build on.
pub(crate) fn base(place: Place, reach: Reach, learning: u32) -> f64 {
    const OUT: f64 = f64::NEG_INFINITY;
    let new = policy::NEW - policy::LOAD * f64::from(learning.min(policy::MOST_LOAD));
    let within = |place| match place {
        Place::New => new,
        Place::Foundation => policy::FOUNDATION,
        Place::Learning => policy::LEARNING,
        Place::Worn => policy::LEARNING - policy::REST,
        Place::Firm => policy::FIRMING,
        Place::Due => policy::REVIEW,
        Place::Closed | Place::Presumed | Place::Secure => OUT,
    };
    match (reach, place) {
        (Reach::Pinned, Place::Secure) => policy::SECURE_AHEAD,
        (Reach::Pinned, Place::Presumed) => policy::PRESUMED,
        (Reach::Pinned, Place::Closed) => policy::CLOSED,
        (Reach::Pinned | Reach::Aimed | Reach::Learning, _) => within(place),
        (Reach::Known, Place::Firm | Place::Secure | Place::Due) => policy::REVIEW,
        (Reach::Firm, Place::Firm) => policy::FIRMING,
        (Reach::Firm, Place::Secure | Place::Due) => policy::SECURE_AHEAD,
        (Reach::Known | Reach::Firm, _) | (Reach::AimedBeyond | Reach::Beyond, Place::Closed) => OUT,
        (_, Place::New) => policy::AHEAD,
        (_, Place::Secure) => policy::SECURE_AHEAD,
        (_, Place::Presumed) => policy::PRESUMED,
        (_, Place::Closed) => policy::CLOSED,
        (Reach::AimedBeyond | Reach::Beyond | Reach::Everything, _) => within(place),
    }
}

/// The success that is aimed at in a skill that stands here.
pub(crate) fn aim(place: Place, reach: Reach, is_eased: bool) -> &'static Aim {
    match (reach, place) {
        (Reach::Known, _) | (_, Place::Foundation | Place::Closed) => &policy::EASED,
        _ if is_eased => &policy::EASED,
        (Reach::Firm, _) | (Reach::Pinned | Reach::AimedBeyond | Reach::Beyond | Reach::Everything, Place::Secure) => {
            &policy::STRETCHED
        }
        _ => &policy::USUAL,
    }
}
