//! Why an exercise was chosen: at most two of the real inputs, for a short sentence.

use serde::{Deserialize, Serialize};

use crate::aims::Wanted;
use crate::choose::{Request, Scratch};
use crate::frontier::Place;
use crate::outlook::Outlook;
use crate::policy;
use crate::search::Pick;
use crate::skills::SkillIndex;
use crate::tier::{Purpose, Reach, Tier};

/// One thing that spoke for the choice, with what it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Part {
    /// The teacher has pinned the exercise or its skill.
    Pinned,
    /// To begin with, something that is known.
    WarmUp,
    /// Harder on purpose, since the skill is in hand.
    Stretch,
    /// Drawn by chance among what comes next, for a change.
    Varied,
    /// Nothing is known of the student yet: begin here.
    Start,
    /// A new skill. `builds_on` is a prerequisite the student has practised, if there is one.
    New { builds_on: Option<SkillIndex> },
    /// The skill `carries`, which rests on this one, has turned out hard: first the ground under it.
    Foundation { carries: SkillIndex },
    /// Not practised for so many days, 1 and up, and by now a part of it is likely to have faded.
    Idle { days: u32 },
    /// So many wrong answers in a row in the skill: something easier.
    Easier { misses: u32 },
    /// Success in the skill has lately grown beyond what was to be expected.
    Progress,
    /// The skill is being learned.
    Continue,
    /// The skill is a goal that the teacher has assigned.
    Assigned,
    /// The skill leads to this goal of the teacher's.
    LeadsTo { goal: SkillIndex },
    /// The skill is all that still keeps this one closed: the next step towards it.
    Opens { skill: SkillIndex },
    /// What comes before it cannot be practised here, and there is nothing else.
    NothingElse,
}

/// The reason for a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reason {
    pub main: Part,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub also: Option<Part>,
}

impl Reason {
    /// The one or two parts.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        std::iter::once(self.main).chain(self.also)
    }
}

/// What a reason is read from.
pub(crate) struct Facts<'a> {
    pub request: &'a Request<'a>,
    pub outlook: &'a Outlook,
    pub scratch: &'a Scratch,
}

impl Facts<'_> {
    /// The reason for a pick of this main skill.
    pub fn reason(&self, pick: &Pick, skill: SkillIndex, explored: bool) -> Reason {
        let tier = &pick.tier;
        let wanted = self.request.aims.map(|aims| aims.of(skill)).unwrap_or_default();
        let standing = self.standing(tier, skill);
        let special = if pick.is_pinned || wanted.is_pinned {
            Some(Part::Pinned)
        } else if explored {
            Some(Part::Varied)
        } else {
            match (self.request.purpose, tier.reach) {
                (Purpose::WarmUp, Reach::Known) => Some(Part::WarmUp),
                (Purpose::Stretch, Reach::Firm) => Some(Part::Stretch),
                _ => None,
            }
        };
        let also = match special {
            Some(_) if standing != Part::Continue && standing != Part::Stretch => Some(standing),
            _ => self.aside(&wanted, skill, standing),
        };
        Reason { main: special.unwrap_or(standing), also }
    }

    /// What the skill's own standing has to say.
    fn standing(&self, tier: &Tier, skill: SkillIndex) -> Part {
        let (student, at) = (self.request.student, skill.place());
        let frontier = &self.scratch.frontier;
        let place = frontier.place(self.outlook, at);
        let skills = self.request.catalogue.skills();
        if place == Place::Foundation
            && let Some(carries) = frontier.hard_above(skill, skills)
        {
            return Part::Foundation { carries };
        }
        if place == Place::Closed && tier.reach == Reach::Everything {
            return Part::NothingElse;
        }
        let marks = &self.outlook.marks[at];
        if !marks.begun {
            if !student.general.begun {
                return Part::Start;
            }
            let under = skills.get(skill).map_or(&[][..], |skill| &skill.prerequisites);
            let builds_on = under.iter().copied().find(|under| self.outlook.marks[under.place()].begun);
            return Part::New { builds_on };
        }
        let idle = self.request.now.days_since(marks.last);
        if idle >= policy::IDLE_DAYS && self.outlook.still[at] == Place::Secure {
            return Part::Idle { days: idle as u32 };
        }
        if marks.is_eased() {
            return Part::Easier { misses: marks.misses };
        }
        match place {
            // A rest of the night ends some hours before a day is over.
            Place::Due => Part::Idle { days: (idle as u32).max(1) },
            Place::Secure => Part::Stretch,
            _ if marks.progress > policy::TOLD_PROGRESS => Part::Progress,
            _ => Part::Continue,
        }
    }

    /// What it is good for.
    fn aside(&self, wanted: &Wanted, skill: SkillIndex, standing: Part) -> Option<Part> {
        match wanted.goal {
            Some(goal) if goal == skill => return Some(Part::Assigned),
            Some(goal) => return Some(Part::LeadsTo { goal }),
            None => {}
        }
        if matches!(standing, Part::Foundation { .. } | Part::NothingElse | Part::Start) {
            return None;
        }
        let opens = self.outlook.opens(skill, self.request.catalogue.skills()).map(|skill| Part::Opens { skill });
        let rises = self.outlook.marks[skill.place()].progress > policy::TOLD_PROGRESS && standing != Part::Progress;
        opens.or(rises.then_some(Part::Progress))
    }
}
