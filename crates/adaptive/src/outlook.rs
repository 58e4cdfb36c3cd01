//! What the choice has to know of a student's skills, in columns, kept beside the student.
//!
//! A response changes the columns of its own skills, and where what rests on them stands, so keeping them up is O(1);
//! what time and the general ability do to all skills is reckoned in one pass at each choice.

use crate::columns::Columns;
use crate::frontier::Place;
use crate::logit::Logit;
use crate::peers::{BLOCK, Peers};
use crate::policy;
use crate::response::SkillSet;
use crate::skills::{SkillIndex, Skills};
use crate::student::Student;
use crate::time::Millis;
use crate::weights::Weights;

/// What a student is taken to know without having practised it here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presumed {
    pub(crate) skills: Vec<bool>,
}

impl Presumed {
    /// Nothing is presumed.
    pub fn nothing(skills: &Skills) -> Self {
        Self { skills: vec![false; skills.len()] }
    }

    /// The skills of earlier stages than the year's; nothing where the year is unknown.
    pub fn by_year(skills: &Skills, year: Option<u8>) -> Self {
        let is_below = |stage: crate::Stage| year.is_some_and(|year| stage.years().1 < year);
        Self { skills: skills.iter().map(|(_, skill)| is_below(skill.stage)).collect() }
    }

    /// These skills and no others.
    pub fn these(skills: &Skills, known: impl IntoIterator<Item = SkillIndex>) -> Self {
        let mut presumed = Self::nothing(skills);
        for skill in known {
            if let Some(here) = presumed.skills.get_mut(skill.place()) {
                *here = true;
            }
        }
        presumed
    }

    pub fn contains(&self, skill: SkillIndex) -> bool {
        self.skills.get(skill.place()).copied().unwrap_or(false)
    }
}

/// A student's skills in columns.
#[derive(Clone, Debug)]
pub struct Outlook {
    presumed: Presumed,
    pub(crate) columns: Columns,
    /// Where each skill stands, before anything is due or a foundation; to the end of the last block, as the next ones.
    pub(crate) still: Vec<Place>,
    /// What, added to the general ability, says whether a skill is out of reach.
    pub(crate) reach: Vec<Logit>,
    /// Progress and optimism, what they add to the worth.
    pub(crate) lean: Vec<f64>,
    pub(crate) marks: Vec<Marks>,
    /// The same by the block, which a response changes where it changes a skill.
    pub(crate) peers: Vec<Peers>,
    /// Whether each skill carries what builds on it.
    holds: Vec<bool>,
    /// How many prerequisites of each skill do not.
    missing: Vec<u16>,
    /// Skills that are begun and not good enough to build on.
    pub(crate) learning: u32,
}

/// What is told of a skill, beside the columns that are summed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Marks {
    pub begun: bool,
    /// Wrong answers since the last right one.
    pub misses: u32,
    /// Learning progress.
    pub progress: f64,
    /// When the newest response came, if there was any.
    pub last: Millis,
    level: u8,
    responses: u32,
    /// How far the skill lies above the general ability.
    ability: Logit,
}

impl Marks {
    fn of(student: &Student, skill: SkillIndex) -> Self {
        let Some(state) = student.skills.get(&skill) else { return Self::default() };
        let trace = &state.trace;
        Self {
            begun: trace.begun,
            misses: state.misses(),
            progress: state.progress(),
            last: trace.last,
            level: trace.level,
            responses: trace.responses,
            ability: trace.ability,
        }
    }

    /// After two wrong answers in a row items are made easier.
    pub fn is_eased(&self) -> bool {
        self.misses >= policy::MISSES_TO_EASE
    }

    /// Good enough to build on. Those who guess never come near a high probability, so it is success that has lasted, or
    /// patience.
    fn is_firm(&self) -> bool {
        self.level >= policy::CARRIES || self.responses >= policy::PATIENCE
    }

    fn holds(&self, is_presumed: bool) -> bool {
        self.is_firm() || (is_presumed && self.responses < policy::ENOUGH && self.misses == 0)
    }

    /// What, added to the general ability, says whether the skill is out of reach: by the ability in it, once there are
    /// enough answers, or by misses in a row.
    fn reach(&self) -> Logit {
        if self.misses >= policy::STRUGGLING_MISSES {
            Logit::NEG_INFINITY
        } else if self.responses >= policy::ENOUGH {
            self.ability
        } else {
            Logit::INFINITY
        }
    }

    /// Begun, and neither right when due nor good enough to build on.
    fn is_unfinished(&self) -> bool {
        self.begun && self.level == 0 && !self.is_firm()
    }

    fn lean(&self) -> f64 {
        let progress = self.progress.clamp(-policy::MOST_PROGRESS, policy::MOST_PROGRESS);
        policy::PROGRESS * progress + policy::OPTIMISM / (1.0 + f64::from(self.responses)).sqrt()
    }

    fn place(&self, is_open: bool, is_presumed: bool) -> Place {
        match (self.begun, is_open) {
            (false, false) => Place::Closed,
            (false, true) if is_presumed => Place::Presumed,
            (false, true) => Place::New,
            (true, _) if self.level > 0 => Place::Secure,
            (true, _) if self.is_firm() => Place::Firm,
            (true, false) => Place::Closed,
            (true, true) if self.responses >= policy::WORN => Place::Worn,
            (true, true) => Place::Learning,
        }
    }
}

impl Outlook {
    /// The outlook of a student: O(skills). What lies below the student's year is presumed to be known.
    pub fn of(student: &Student, weights: &Weights, skills: &Skills) -> Self {
        Self::presuming(Presumed::by_year(skills, student.start.year), student, weights, skills)
    }

    /// The same with something else presumed, for instance by a placement test.
    pub fn presuming(presumed: Presumed, student: &Student, weights: &Weights, skills: &Skills) -> Self {
        let len = skills.len();
        let whole = len.next_multiple_of(BLOCK);
        let mut outlook = Self {
            presumed,
            columns: Columns::new(len),
            still: vec![Place::Closed; whole],
            reach: vec![Logit::INFINITY; whole],
            lean: vec![0.0; whole],
            marks: vec![Marks::default(); len],
            peers: vec![Peers::NONE; len.div_ceil(BLOCK)],
            holds: vec![false; len],
            missing: skills.iter().map(|(_, skill)| skill.prerequisites.len() as u16).collect(),
            learning: 0,
        };
        outlook.presumed.skills.resize(len, false);
        for (skill, _) in skills.iter() {
            outlook.mark(student, weights, skill, skills);
        }
        (0..outlook.peers.len()).for_each(|block| outlook.gather(block));
        outlook
    }

    /// Where a skill stands, but for what is due and for foundations, which take a moment to be reckoned at.
    pub fn place(&self, skill: SkillIndex) -> Place {
        self.still.get(skill.place()).copied().unwrap_or_default()
    }

    /// Follows the student after a response to an item of these skills: O(1), and only what rests on them directly is
    /// looked at besides.
    ///
    /// With other weights, or when something else is presumed, make a new outlook.
    pub fn follow(&mut self, student: &Student, weights: &Weights, of: &SkillSet, skills: &Skills) {
        for skill in of.iter().filter(|skill| skill.place() < skills.len()) {
            self.mark(student, weights, skill, skills);
            self.gather(skill.place() / BLOCK);
            for above in skills.carried_by(skill) {
                self.gather(above.place() / BLOCK);
            }
        }
    }

    /// Sums a block of skills up.
    fn gather(&mut self, block: usize) {
        let mut peers = Peers::NONE;
        for at in block * BLOCK..self.marks.len().min((block + 1) * BLOCK) {
            peers.take(self.still[at], self.lean[at], self.reach[at]);
            self.columns.rest(at, &mut peers);
        }
        self.peers[block] = peers;
    }

    fn mark(&mut self, student: &Student, weights: &Weights, skill: SkillIndex, skills: &Skills) {
        let at = skill.place();
        let marks = Marks::of(student, skill);
        let before = std::mem::replace(&mut self.marks[at], marks);
        self.columns.take(student, weights, skill);
        self.lean[at] = marks.lean();
        self.learning += u32::from(marks.is_unfinished());
        self.learning -= u32::from(before.is_unfinished());
        self.reach[at] = marks.reach();
        self.stand(at);
        let holds = marks.holds(self.presumed.skills[at]);
        if holds != self.holds[at] {
            self.holds[at] = holds;
            for above in skills.carried_by(skill) {
                let missing = &mut self.missing[above.place()];
                *missing = if holds { missing.saturating_sub(1) } else { missing.saturating_add(1) };
                self.stand(above.place());
            }
        }
    }

    /// Says anew where a skill stands.
    fn stand(&mut self, at: usize) {
        self.still[at] = self.marks[at].place(self.missing[at] == 0, self.presumed.skills[at]);
    }

    /// The first skill that only this one still keeps closed.
    pub(crate) fn opens(&self, skill: SkillIndex, skills: &Skills) -> Option<SkillIndex> {
        let opened = |above: &&SkillIndex| self.missing[above.place()] == 1 && !self.marks[above.place()].begun;
        let carries = skills.carried_by(skill);
        if self.holds[skill.place()] { None } else { carries.iter().find(opened).copied() }
    }
}
