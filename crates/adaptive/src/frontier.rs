//! Which skills are open to a student now: the outer fringe of what is known (knowledge space theory, Doignon and
//! Falmagne 1985; the graph is authored, since learned neighbours were seen not to improve prediction).

use crate::mastery::of_estimate;
use crate::predict::Estimate;
use crate::skills::{Skill, SkillIndex, Skills};
use crate::student::{SkillState, Student};
use crate::time::Millis;

/// A skill counts as a mastered prerequisite from this probability of solving a typical item.
pub const PREREQUISITE_MASTERY: f64 = 0.7;
/// From here, the upper edge of the success band, a skill needs no more practice until it fades. Slips alone keep
/// some students from the 0.94 or 0.95 that other systems ask for, and would hold them at one skill for ever.
const SECURE: f64 = 0.85;
/// Below this, with enough known, the skill itself is out of reach for now.
const STRUGGLING: f64 = 0.4;
/// So many wrong responses in a row mean the same, before enough is known.
const STRUGGLING_MISSES: u32 = 3;

/// How one skill stands for one student at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A prerequisite is missing.
    Closed,
    /// Never practised, and learned in an earlier stage than the student's: taken as known until shown otherwise.
    Presumed,
    /// Never practised, all prerequisites there.
    New,
    /// A presumed prerequisite of a skill that turned out hard.
    Foundation(SkillIndex),
    /// Practised, not yet secure.
    Learning,
    /// Practised and secure.
    Secure,
}

/// One skill on the map.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub place: Place,
    pub estimate: Estimate,
    /// The state faded to now, if practised.
    pub state: Option<SkillState>,
    /// Days since last practised.
    pub idle_days: f64,
    enough: bool,
    pub mastered: bool,
    struggling: bool,
}

/// The places of all skills of a student at one moment.
#[derive(Debug)]
pub(crate) struct Frontier {
    pub spots: Vec<Spot>,
}

impl Frontier {
    pub fn of(student: &Student, skills: &Skills, now: Millis) -> Self {
        let mut spots = vec![Spot::unseen(student, now); skills.len()];
        for (&skill, state) in &student.skills {
            if let Some(spot) = spots.get_mut(skill.place()) {
                *spot = Spot::practised(student, state, now);
            }
        }
        let below: Vec<bool> = skills.iter().map(|(_, s)| below_stage(student, s)).collect();
        let holds: Vec<bool> = spots.iter().zip(&below).map(|(s, &b)| s.holds(b)).collect();
        for (index, skill) in skills.iter() {
            let open = skill.prerequisites.iter().all(|p| holds[p.place()]);
            let spot = &mut spots[index.place()];
            spot.place = place(below[index.place()], open, spot);
        }
        let mut frontier = Self { spots };
        frontier.lay_foundations(skills);
        frontier
    }

    /// Under a skill that turned out hard, what was only presumed is to be practised.
    fn lay_foundations(&mut self, skills: &Skills) {
        for (index, skill) in skills.iter() {
            if !self.spot(index).struggling {
                continue;
            }
            for prerequisite in &skill.prerequisites {
                let under = &mut self.spots[prerequisite.place()];
                if under.place == Place::Presumed {
                    under.place = Place::Foundation(index);
                }
            }
        }
    }

    pub fn spot(&self, skill: SkillIndex) -> &Spot {
        &self.spots[skill.place()]
    }
}

impl Spot {
    fn unseen(student: &Student, now: Millis) -> Self {
        Self {
            place: Place::Closed,
            estimate: Estimate::of(student, &SkillState::default(), now),
            state: None,
            idle_days: 0.0,
            enough: false,
            mastered: false,
            struggling: false,
        }
    }

    fn practised(student: &Student, state: &SkillState, now: Millis) -> Self {
        let faded = state.faded(now);
        let estimate = Estimate::of(student, state, now);
        let known = of_estimate(&estimate, state.responses);
        Self {
            place: Place::Closed,
            estimate,
            state: Some(faded),
            idle_days: state.idle_days(now),
            enough: known.enough,
            mastered: known.enough && known.probability >= PREREQUISITE_MASTERY,
            struggling: faded.misses >= STRUGGLING_MISSES || (known.enough && known.probability < STRUGGLING),
        }
    }

    /// Whether the skill may be built on: mastered, or taken as known because it lies below the student's stage
    /// and the few responses there may be hold no miss.
    fn holds(&self, below_stage: bool) -> bool {
        let unrefuted = self.state.is_none_or(|s| s.misses == 0);
        self.mastered || (below_stage && !self.enough && unrefuted)
    }
}

/// Whether a skill is learned in an earlier stage than the student's; unknown years make nothing earlier.
fn below_stage(student: &Student, skill: &Skill) -> bool {
    student.year.is_some_and(|year| skill.stage.years().1 < year)
}

fn place(below_stage: bool, open: bool, spot: &Spot) -> Place {
    match spot.state {
        _ if !open => Place::Closed,
        None if below_stage => Place::Presumed,
        None => Place::New,
        Some(_) if spot.enough && spot.estimate.probability(0.0) >= SECURE => Place::Secure,
        Some(_) => Place::Learning,
    }
}
