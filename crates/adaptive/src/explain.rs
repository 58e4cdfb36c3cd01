//! A choice laid open for a teacher: what each part was worth, for what was chosen and for the best of the others.

use crate::choose::{Request, Scratch, rank, survey};
use crate::frontier::Place;
use crate::logit::logistic;
use crate::outlook::Outlook;
use crate::policy;
use crate::recommendation::Recommendation;
use crate::search::Pick;
use crate::skills::SkillIndex;
use crate::worth::{Scale, Worth};

/// A part of what an exercise is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// Where its skill stands: new, being learned, under a skill that is hard, due for review …
    Standing,
    /// Learning progress in the skill.
    Progress,
    /// That little is known of the student in the skill yet.
    LittleKnown,
    /// What is likely to have been lost since the skill was last practised.
    Faded,
    /// Goals and pins.
    Teacher,
    /// Staying with the newest skill; 0 or less.
    Again,
    /// Exercises of the skill given before it in the same call; 0 or less.
    Repeated,
    /// How far its predicted success lies from what is aimed at; 0 or less.
    Success,
}

/// An exercise with what it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    pub exercise: u32,
    pub skill: SkillIndex,
    pub place: Place,
    /// Predicted probability that the first answer is correct.
    pub probability: f64,
    /// The worth of each part; they add up to `worth`.
    pub parts: [(Term, f64); 8],
    pub worth: f64,
}

/// Why this and not something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    pub chosen: Weighed,
    /// The best exercise of each of the three best other skills, best first; fewer where there are no more.
    pub others: Vec<Weighed>,
}

/// So many others are shown.
const OTHERS: usize = 3;

/// Explains a recommendation that the same request gave. `None` when it did not.
pub fn explain(
    request: &Request,
    outlook: &Outlook,
    scratch: &mut Scratch,
    recommendation: &Recommendation,
) -> Option<Explanation> {
    survey(request, outlook, scratch);
    let all = request.catalogue.candidates();
    let main_of = |pick: &Pick| all[pick.place as usize].skills.main();
    rank(request, outlook, scratch, request.count.max(1), policy::SPARES);
    let at = scratch.picks.iter().position(|pick| all[pick.place as usize].exercise == recommendation.exercise)?;
    let pick = scratch.picks[at];
    let main = main_of(&pick);
    let before = scratch.picks[..at].iter().filter(|p| !p.is_pinned && main_of(p) == main).count();
    let chosen = weigh(request, outlook, scratch, &pick, before);
    let mut others: Vec<Weighed> = Vec::new();
    let mut wanted = request.count.max(1) + policy::SPARES;
    while others.len() < OTHERS {
        rank(request, outlook, scratch, wanted, 0);
        others.clear();
        for pick in scratch.picks.iter().filter(|pick| !pick.is_pinned) {
            let skill = main_of(pick);
            if skill != main && !others.iter().any(|other| other.skill == skill) && others.len() < OTHERS {
                others.push(weigh(request, outlook, scratch, pick, 0));
            }
        }
        if scratch.picks.len() < wanted {
            break;
        }
        wanted *= 4;
    }
    Some(Explanation { chosen, others })
}

fn weigh(request: &Request, outlook: &Outlook, scratch: &Scratch, pick: &Pick, before: usize) -> Weighed {
    let candidate = request.catalogue.candidates()[pick.place as usize];
    let skill = candidate.skills.main();
    let scale = Scale { request, outlook, frontier: &scratch.frontier, tier: &pick.tier };
    let nothing = Worth { standing: 0.0, lean: 0.0, faded: 0.0, teacher: pick.worth, again: 0.0 };
    let worth = if pick.is_pinned { None } else { scale.worth(skill) }.unwrap_or(nothing);
    let state = request.student.skill(skill);
    let little_known = policy::OPTIMISM / (1.0 + f64::from(state.responses())).sqrt();
    let little_known = if pick.is_pinned { 0.0 } else { little_known };
    let repeated = if pick.is_pinned { 0.0 } else { -policy::REPEATED * before as f64 };
    let parts = [
        (Term::Standing, worth.standing),
        (Term::Progress, worth.lean - little_known),
        (Term::LittleKnown, little_known),
        (Term::Faded, worth.faded),
        (Term::Teacher, worth.teacher),
        (Term::Again, worth.again),
        (Term::Repeated, repeated),
        (Term::Success, pick.worth - worth.sum() - repeated),
    ];
    Weighed {
        exercise: candidate.exercise,
        skill,
        place: scratch.frontier.place(outlook, skill.place()),
        probability: logistic(pick.z),
        parts,
        worth: pick.worth,
    }
}
