//! A school term of practice by one student, and what is left of it a month later.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::learner::{Learner, World};
use super::policies::{Choosing, Heard};
use super::school::School;
use crate::skills::SkillIndex;
use crate::time::Millis;

/// The morning of a Monday in August.
const START: Millis = Millis(1_755_500_400_000);
/// A skill is known from this true probability of solving a typical item: what the choice asks of a prerequisite.
const KNOWN_FROM: f64 = 0.7;
/// Below this true probability an item frustrates.
const FRUSTRATING: f64 = 0.4;
/// Above this one it bores.
const BORING: f64 = 0.95;

/// How much practice, and what counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Protocol {
    pub weeks: u32,
    /// Sittings a week, two days apart.
    pub sittings: u32,
    /// Minutes of a sitting; the last item is finished.
    pub minutes: f64,
    /// Days without practice before knowledge is measured.
    pub pause_days: f64,
    /// A skill is known from this true probability of solving a typical item.
    pub known_from: f64,
}

impl Default for Protocol {
    /// Ten weeks of three sittings of twenty minutes, then thirty days without; known from 0.7.
    fn default() -> Self {
        Self { weeks: 10, sittings: 3, minutes: 20.0, pause_days: 30.0, known_from: KNOWN_FROM }
    }
}

/// A student in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub world: World,
    pub kind: Kind,
    pub year: u8,
    pub seed: u64,
}

/// What a term came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Skills not known before the term and known after the pause.
    pub retained: u32,
    /// Skills known before the term and not after the pause.
    pub lost: u32,
    /// Skills not known before the term and known at its end.
    pub learned: u32,
    /// Retained skills for each hour of practice.
    pub retained_per_hour: f64,
    /// Mean minutes of practice in a skill until it was known, of the skills that came to be; `None` without any.
    pub minutes_to_mastery: Option<f64>,
    /// Items done.
    pub items: u32,
    /// Share of the items that were truly out of reach.
    pub frustrating: f64,
    /// Share of the items that were truly trivial.
    pub boring: f64,
    /// Share of right answers.
    pub correct: f64,
    /// Different skills practised.
    pub skills: u32,
    /// Known skills above those known at the start, at the end of each week and, last, after the pause.
    pub gained_by_week: Vec<i32>,
}

/// Sums over the items of a term.
#[derive(Default)]
struct Tally {
    seconds: f64,
    items: u32,
    frustrating: u32,
    boring: u32,
    correct: u32,
}

/// Practises a term by what is chosen.
pub fn practise(school: &School, place: Place, choosing: &mut dyn Choosing, protocol: &Protocol) -> Term {
    let mut course = Course::begin(school, place, protocol);
    for week in 0..protocol.weeks {
        for sitting in 0..protocol.sittings {
            let days = f64::from(7 * week + (2 * sitting).min(6));
            course.sit(choosing, START.plus_days(days), u64::from(week * protocol.sittings + sitting));
        }
        course.weigh(START.plus_days(f64::from(7 * week + 5)));
    }
    course.end()
}

struct Course<'a> {
    school: &'a School,
    protocol: Protocol,
    learner: Learner<'a>,
    seed: u64,
    known_before: Vec<bool>,
    /// Seconds spent on each skill, and whether it has come to be known.
    spent: Vec<f64>,
    came: Vec<bool>,
    minutes_to_mastery: Vec<f64>,
    gained_by_week: Vec<i32>,
    tally: Tally,
    now: Millis,
}

impl<'a> Course<'a> {
    fn begin(school: &'a School, place: Place, protocol: &Protocol) -> Self {
        let learner = Learner::new(place.world, school, place.kind, place.year, place.seed, START);
        let many = school.bank().skills().len();
        let mut course = Self {
            school,
            protocol: *protocol,
            learner,
            seed: place.seed,
            known_before: Vec::new(),
            spent: vec![0.0; many],
            came: Vec::new(),
            minutes_to_mastery: Vec::new(),
            gained_by_week: Vec::new(),
            tally: Tally::default(),
            now: START,
        };
        course.known_before = course.known(START);
        course.came = course.known_before.clone();
        course
    }

    fn known(&self, now: Millis) -> Vec<bool> {
        let skills = self.school.bank().skills().iter();
        skills.map(|(skill, _)| self.learner.knows(skill, now) >= self.protocol.known_from).collect()
    }

    fn sit(&mut self, choosing: &mut dyn Choosing, begins: Millis, sitting: u64) {
        let bank = self.school.bank();
        let (mut now, mut seconds) = (begins, 0.0);
        let mut touched: Vec<SkillIndex> = Vec::new();
        let mut item_in_sitting = 0;
        while seconds < 60.0 * self.protocol.minutes {
            let seed = self.seed.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ (sitting << 20 | item_in_sitting);
            let item = choosing.choose(bank, now, seed);
            let probability = self.learner.probability(item, now);
            let answer = self.learner.answers(item, now);
            now = now.plus_days(answer.seconds / 86_400.0);
            choosing.hears(bank, &Heard { item, correct: answer.correct, at: now });
            self.tally.takes(probability, answer.correct, answer.seconds);
            let skill = bank.items()[item].skill;
            self.spent[skill.place()] += answer.seconds;
            touched.push(skill);
            seconds += answer.seconds;
            item_in_sitting += 1;
        }
        for skill in touched {
            let came = &mut self.came[skill.place()];
            if !*came && self.learner.knows(skill, now) >= self.protocol.known_from {
                *came = true;
                self.minutes_to_mastery.push(self.spent[skill.place()] / 60.0);
            }
        }
        self.now = now;
    }

    fn weigh(&mut self, now: Millis) {
        let count = |known: &[bool]| known.iter().filter(|k| **k).count() as i32;
        self.gained_by_week.push(count(&self.known(now)) - count(&self.known_before));
    }

    fn end(mut self) -> Term {
        let at_end = self.known(self.now);
        let later = self.now.plus_days(self.protocol.pause_days);
        let after = self.known(later);
        self.weigh(later);
        let count = |then: &[bool], before: bool, known: bool| {
            let pairs = self.known_before.iter().zip(then);
            pairs.filter(|&(&b, &k)| b == before && k == known).count() as u32
        };
        let Tally { seconds, items, .. } = self.tally;
        let share = |part: u32| f64::from(part) / f64::from(items.max(1));
        let retained = count(&after, false, true);
        let came = self.minutes_to_mastery.len();
        let minutes = self.minutes_to_mastery.iter().sum::<f64>() / came.max(1) as f64;
        Term {
            retained,
            lost: count(&after, true, false),
            learned: count(&at_end, false, true),
            retained_per_hour: f64::from(retained) / (seconds / 3600.0).max(1e-9),
            minutes_to_mastery: (came > 0).then_some(minutes),
            items,
            frustrating: share(self.tally.frustrating),
            boring: share(self.tally.boring),
            correct: share(self.tally.correct),
            skills: self.spent.iter().filter(|s| **s > 0.0).count() as u32,
            gained_by_week: self.gained_by_week,
        }
    }
}

impl Tally {
    fn takes(&mut self, probability: f64, correct: bool, seconds: f64) {
        self.seconds += seconds;
        self.items += 1;
        self.frustrating += u32::from(probability < FRUSTRATING);
        self.boring += u32::from(probability > BORING);
        self.correct += u32::from(correct);
    }
}
