//! The choice of the next exercises.
//!
//! 1. **Frontier**: skills whose prerequisites carry, by practice here or presumed; with goals, what leads to them.
//! 2. **Worth** of each skill: where it stands, learning progress with a bonus for what is little known (ZPDES, Clément
//!    et al. 2015), predicted loss, the teacher's weight; less for staying with the same skill.
//! 3. **Success band** inside a skill: the exercise whose predicted success is nearest to .775, easier after two misses.
//! 4. **Variety**: every further exercise of a skill in a call is worth less; what was seen lately waits.
//! 5. **Exploration**: one exercise in ten is drawn evenly among those that come next, and the probability of each is
//!    handed back with it.

use crate::aims::Aims;
use crate::catalogue::{Candidate, Catalogue};
use crate::draw::draw;
use crate::frontier::{Frontier, Place};
use crate::logit::{Logit, logistic};
use crate::outlook::Outlook;
use crate::peers::BLOCK;
use crate::policy::{self, Aim};
use crate::reason::Facts;
use crate::recommendation::Recommendation;
use crate::search::{Guide, Looked, Pick, Search};
use crate::sitting::Sitting;
use crate::skills::SkillIndex;
use crate::student::Student;
use crate::tier::{PINNED, Purpose, Reach, Tier, aim, tiers};
use crate::time::Millis;
use crate::walk::{Admission, Walk};
use crate::weights::Weights;
use crate::worth::Scale;

/// What a choice is made from. Build it with [`Request::new`] and set what differs.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub student: &'a Student,
    pub weights: &'a Weights,
    /// What the school can open; see [`Catalogue::opened`].
    pub catalogue: &'a Catalogue,
    /// The teacher's wishes; `None` is none.
    pub aims: Option<&'a Aims>,
    /// Exercises seen lately, any order; they come only when nothing else suits.
    pub recent: &'a [u32],
    /// What was declined in this sitting; `None` is nothing.
    pub sitting: Option<&'a Sitting>,
    pub now: Millis,
    /// Take a new one for each choice.
    pub seed: u64,
    /// How many exercises, at least 1.
    pub count: usize,
    pub purpose: Purpose,
    /// The share drawn by chance, 0 to 1.
    pub exploration: f64,
}

impl<'a> Request<'a> {
    /// One exercise, no wishes, nothing seen or declined.
    pub fn new(student: &'a Student, weights: &'a Weights, catalogue: &'a Catalogue, now: Millis, seed: u64) -> Self {
        Self {
            student,
            weights,
            catalogue,
            aims: None,
            recent: &[],
            sitting: None,
            now,
            seed,
            count: 1,
            purpose: Purpose::Practice,
            exploration: policy::EXPLORATION,
        }
    }
}

/// Buffers that are used again from choice to choice; one for each thread.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    pub(crate) frontier: Frontier,
    search: Search,
    /// One bit for each exercise of the bank. All 0 between choices.
    barred: Vec<u64>,
    pub(crate) picks: Vec<Pick>,
    /// Of what is given, in its order.
    probabilities: Vec<f64>,
}

/// Chooses, with buffers of its own: [`choose`] for those who choose seldom. Empty when nothing at all is open.
pub fn recommend(request: &Request) -> Vec<Recommendation> {
    let outlook = Outlook::of(request.student, request.weights, request.catalogue.skills());
    let mut chosen = Vec::new();
    choose(request, &outlook, &mut Scratch::default(), &mut chosen);
    chosen
}

/// Chooses up to `request.count` different exercises into `chosen`, best first; what was there before goes.
///
/// `outlook` must be the student's own, kept up with [`Outlook::follow`]. The same arguments give the same choice on
/// every machine. As long as one exercise is neither excluded nor closed, something is given.
pub fn choose(request: &Request, outlook: &Outlook, scratch: &mut Scratch, chosen: &mut Vec<Recommendation>) {
    chosen.clear();
    survey(request, outlook, scratch);
    let count = request.count.max(1);
    rank(request, outlook, scratch, count, policy::SPARES);
    let drawn = draw(&scratch.picks, count, request.exploration, request.seed);
    let explored = drawn.replaced.map(|(slot, spare)| {
        scratch.picks.swap(slot, spare);
        slot
    });
    let given = scratch.picks.len().min(count);
    scratch.probabilities.clear();
    scratch.probabilities.extend(scratch.picks[..given].iter().map(|pick| logistic(pick.z)));
    let facts = Facts { request, outlook, scratch };
    chosen.extend(facts.scratch.picks[..given].iter().enumerate().map(|(slot, pick)| {
        let is_explored = explored == Some(slot);
        let propensity = match pick.is_pinned {
            true => 1.0,
            false if is_explored => drawn.by_chance,
            false => drawn.by_merit,
        };
        tell(&facts, slot, propensity, is_explored)
    }));
}

/// The recommendation that a pick makes.
fn tell(facts: &Facts, slot: usize, propensity: f64, explored: bool) -> Recommendation {
    let pick = &facts.scratch.picks[slot];
    let Candidate { exercise, item, skills, difficulty, .. } =
        facts.request.catalogue.candidates()[pick.place as usize];
    Recommendation {
        exercise,
        item,
        skills,
        difficulty: difficulty.value,
        probability: facts.scratch.probabilities[slot],
        propensity,
        explored,
        worth: pick.worth,
        reason: facts.reason(pick, skills.main(), explored),
    }
}

pub(crate) fn survey(request: &Request, outlook: &Outlook, scratch: &mut Scratch) {
    let of = (request.student, request.weights);
    scratch.frontier.survey(of, outlook, request.catalogue.skills(), request.now);
}

/// Fills `scratch.picks` with the best `count` by merit, then with up to `spares` that come next in the same tier.
pub(crate) fn rank(request: &Request, outlook: &Outlook, scratch: &mut Scratch, count: usize, spares: usize) {
    let catalogue = request.catalogue;
    scratch.picks.clear();
    scratch.search.taken.clear();
    scratch.search.taken.resize(catalogue.skills().len(), 0);
    let words = catalogue.bound() / 64 + 1;
    scratch.barred.resize(words.max(scratch.barred.len()), 0);
    pin(request, outlook, scratch, count);
    for (number, tier) in tiers(request.purpose, request.aims).enumerate() {
        if scratch.picks.len() >= count {
            break;
        }
        if number > 0 {
            scratch.barred.fill(0);
        }
        bar(&mut scratch.barred, request, &tier, &scratch.picks);
        let is_first = scratch.picks.iter().all(|pick| pick.is_pinned);
        let wanted = count + if is_first { spares } else { 0 };
        look(request, outlook, scratch, &tier, wanted);
    }
    unbar(&mut scratch.barred, request, &scratch.picks);
}

/// The exercises that the teacher pinned come before everything, in the order of the bank.
fn pin(request: &Request, outlook: &Outlook, scratch: &mut Scratch, count: usize) {
    let Some(aims) = request.aims else { return };
    let catalogue = request.catalogue;
    let is_out = |exercise: &u32| {
        aims.excluded().binary_search(exercise).is_ok()
            || request.recent.contains(exercise)
            || request.sitting.is_some_and(|sitting| sitting.declined().contains(exercise))
    };
    for exercise in aims.pinned().iter().filter(|exercise| !is_out(exercise)) {
        let found = catalogue.place_of(*exercise);
        let Some((place, group)) = found.and_then(|place| Some((place, catalogue.group_of(place)?))) else {
            continue;
        };
        if scratch.picks.len() < count {
            let z = group_z((request, outlook, &scratch.frontier), group) + catalogue.parts()[place as usize];
            let worth = policy::PINNED;
            scratch.picks.push(Pick { place, group, worth, z, fits: true, tier: PINNED, is_pinned: true });
        }
    }
}

/// Looks for exercises in one tier until there are `wanted`.
fn look(request: &Request, outlook: &Outlook, scratch: &mut Scratch, tier: &Tier, wanted: usize) {
    let (catalogue, frontier) = (request.catalogue, &scratch.frontier);
    let scale = Scale { request, outlook, frontier, tier };
    let bases = scale.bases();
    scale.tops(&bases, &mut scratch.search.tops);
    scratch.search.begin();
    let of_age = request.student.start.year.filter(|_| tier.reach.minds_years());
    let year = of_age.unwrap_or(u8::MAX);
    let admission = Admission { doors: catalogue.doors(), barred: &scratch.barred, year, floor: tier.floor };
    let guide = Looking { scale, bases, parts: catalogue.parts(), year };
    while scratch.picks.len() < wanted {
        let Some((group, worth, walk)) = scratch.search.next(guide.parts, &admission, &guide) else { break };
        let walk = &scratch.search.walks[walk].walk;
        let (place, z, fits) = (walk.place, walk.z, walk.fits());
        scratch.picks.push(Pick { place, group, worth, z, fits, tier: *tier, is_pinned: false });
    }
}

/// What a search is told in one tier.
struct Looking<'a> {
    scale: Scale<'a>,
    bases: [f64; Place::COUNT],
    parts: &'a [Logit],
    year: u8,
}

impl Guide for Looking<'_> {
    fn bounds(&self, block: usize, bounds: &mut [f64; BLOCK]) {
        self.scale.bounds(&self.bases, block, bounds);
    }

    #[inline]
    fn look_into(&self, number: u16, bound: f64) -> Option<Looked> {
        let Scale { request, outlook, frontier, tier } = self.scale;
        let group = &request.catalogue.groups()[usize::from(number)];
        let main = group.skills.main();
        if group.youngest > self.year || self.scale.rests(main) {
            return None;
        }
        if group.skills.len() > 1 && !group.skills.iter().skip(1).all(|skill| can_join(&self.scale, skill)) {
            return None;
        }
        let z = group_z((request, outlook, frontier), number);
        let aim = aim_of(outlook, frontier, main, tier.reach);
        let walk = Walk::new(self.parts, (group.start, group.end), z, aim);
        Some(Looked::new(walk, main, bound + self.scale.again(main)))
    }
}

/// Whether a further skill of a group allows its exercises: it may be neither excluded, nor rest, nor be closed.
fn can_join(scale: &Scale, skill: SkillIndex) -> bool {
    let (request, tier) = (scale.request, scale.tier);
    let is_excluded = request.aims.is_some_and(|aims| aims.of(skill).is_excluded);
    let is_closed = scale.frontier.place(scale.outlook, skill.place()) == Place::Closed
        && !matches!(tier.reach, Reach::Pinned | Reach::Everything);
    !is_excluded && !scale.rests(skill) && !is_closed
}

/// The student's part of the logit of a group's exercises: the mean of its skills', and what comes of several.
fn group_z((request, outlook, frontier): (&Request, &Outlook, &Frontier), group: u16) -> Logit {
    let skills = &request.catalogue.groups()[usize::from(group)].skills;
    if skills.len() == 1 {
        return frontier.z(outlook, skills.main());
    }
    let mean = skills.iter().map(|skill| frontier.z(outlook, skill)).sum::<Logit>() / skills.len() as f64;
    mean + request.weights.several_part(request.student, skills, request.now)
}

pub(crate) fn aim_of(outlook: &Outlook, frontier: &Frontier, skill: SkillIndex, reach: Reach) -> &'static Aim {
    aim(frontier.place(outlook, skill.place()), reach, outlook.marks[skill.place()].is_eased())
}

fn bar(barred: &mut [u64], request: &Request, tier: &Tier, picks: &[Pick]) {
    each_barred(request, picks, (!tier.again, !tier.declined), |exercise| {
        if let Some(word) = barred.get_mut(exercise as usize / 64) {
            *word |= 1 << (exercise % 64);
        }
    });
}

/// Leaves no bit behind.
fn unbar(barred: &mut [u64], request: &Request, picks: &[Pick]) {
    each_barred(request, picks, (true, true), |exercise| {
        if let Some(word) = barred.get_mut(exercise as usize / 64) {
            *word = 0;
        }
    });
}

/// Every exercise that is not to be given (again), some more than once.
fn each_barred(request: &Request, picks: &[Pick], (recent, declined): (bool, bool), mut bar: impl FnMut(u32)) {
    let lists = [
        request.aims.map_or(&[][..], Aims::excluded),
        if recent { request.recent } else { &[] },
        request.sitting.filter(|_| declined).map_or(&[][..], Sitting::declined),
    ];
    lists.into_iter().flatten().for_each(|exercise| bar(*exercise));
    let doors = request.catalogue.doors();
    picks.iter().for_each(|pick| bar(doors[pick.place as usize].exercise));
}
