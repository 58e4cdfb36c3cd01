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
use crate::draw::{Drawn, draw};
use crate::frontier::{Frontier, Place};
use crate::logit::{Logit, logistic};
use crate::outlook::Outlook;
use crate::policy::{self, Aim};
use crate::reason::Facts;
use crate::recommendation::Recommendation;
use crate::search::{Ground, Looked, Pick, Search};
use crate::sitting::Sitting;
use crate::skills::SkillIndex;
use crate::student::Student;
use crate::tier::{PINNED, Purpose, Reach, Tier, aim, tiers};
use crate::time::Millis;
use crate::walk::{Admission, Met, Walk};
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
    let given = scratch.picks.len().min(count);
    for slot in 0..given {
        let (pick, propensity, explored) = match drawn {
            Drawn { replaced: Some((at, spare)), .. } if at == slot => (scratch.picks[spare], drawn.by_chance, true),
            _ if scratch.picks[slot].is_pinned => (scratch.picks[slot], 1.0, false),
            _ => (scratch.picks[slot], drawn.by_merit, false),
        };
        chosen.push(tell(&Facts { request, outlook, scratch }, &pick, propensity, explored));
    }
}

/// The recommendation that a pick makes.
fn tell(facts: &Facts, pick: &Pick, propensity: f64, explored: bool) -> Recommendation {
    let request = facts.request;
    let Candidate { exercise, item, skills, difficulty, .. } = request.catalogue.candidates()[pick.place as usize];
    Recommendation {
        exercise,
        item,
        skills,
        difficulty: difficulty.value,
        probability: logistic(pick.z),
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
    scale.bounds(&mut scratch.search.bounds);
    scratch.search.begin();
    let of_age = request.student.start.year.filter(|_| tier.reach.minds_years());
    let year = of_age.unwrap_or(u8::MAX);
    let admission = Admission {
        exercises: catalogue.exercises(),
        first_years: catalogue.first_years(),
        barred: &scratch.barred,
        year,
        floor: tier.floor,
    };
    let ground = Ground { groups: catalogue.groups(), parts: catalogue.parts(), admission };
    let look_into = |number: u16| {
        let group = &catalogue.groups()[usize::from(number)];
        let main = group.skills.main();
        if group.youngest > year {
            return None;
        }
        let worth = scale.worth(main)?;
        if group.skills.len() > 1 && !group.skills.iter().skip(1).all(|skill| can_join(&scale, skill)) {
            return None;
        }
        let z = group_z((request, outlook, frontier), number);
        let walk = Walk::new(ground.parts, (group.start, group.end), z, aim_of(outlook, frontier, main, tier.reach));
        Looked::into(walk, worth.sum(), &ground)
    };
    while scratch.picks.len() < wanted {
        let Some((group, worth, met)) = scratch.search.next(&ground, look_into) else { break };
        let Met { place, z, fits, .. } = met;
        scratch.picks.push(Pick { place, group, worth, z, fits, tier: *tier, is_pinned: false });
    }
}

/// Whether a further skill of a group allows its exercises: it may be neither excluded, nor rest, nor be closed.
fn can_join(scale: &Scale, skill: SkillIndex) -> bool {
    let (request, tier) = (scale.request, scale.tier);
    let is_excluded = request.aims.is_some_and(|aims| aims.of(skill).is_excluded);
    let rests = !tier.declined && request.sitting.is_some_and(|sitting| sitting.rests(skill));
    let is_closed = scale.frontier.place[skill.place()] == Place::Closed
        && !matches!(tier.reach, Reach::Pinned | Reach::Everything);
    !is_excluded && !rests && !is_closed
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

pub(crate) fn aim_of(outlook: &Outlook, frontier: &Frontier, skill: SkillIndex, reach: Reach) -> Aim {
    aim(frontier.place[skill.place()], reach, outlook.marks[skill.place()].is_eased())
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
            *word &= !(1 << (exercise % 64));
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
    let exercises = request.catalogue.exercises();
    picks.iter().for_each(|pick| bar(exercises[pick.place as usize]));
}
