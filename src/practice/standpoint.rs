//! What the next exercises are chosen from: a student, read at one moment, with what their teachers want.

use adaptive::{
    Aims, Catalogue, Goal, Part, Planned, Purpose, Recommendation, Request, Sitting, SkillIndex, Skills, Wishes,
};
use vault::{
    Me, Millis, Tx,
    rows::calculations::{self, Calculation},
    rows::maraton::{self, Entered},
    rows::steering::{self, Steering, What},
    rows::{consents, entitlements},
};

use super::{Desk, PracticeError, desk::item_of};
use crate::{
    app::App,
    exercises::{Bank, Materials},
    model,
};

/// So many of the newest exercises are not chosen again at once.
const RECENT: i64 = 10;
/// Milliseconds for which a declined exercise, or a skill declined twice, is not offered again.
const A_SITTING: i64 = 2 * 3_600_000;
/// Exercises in a plan: one to warm up, then what is to be learned, and one to stretch.
const A_PLAN: usize = 5;
/// What a teacher pins is a goal of this weight, so that what leads to it is practised while it is out of reach.
const PINNED: f64 = 2.0;

/// What the chooser needs to know of a student, read at one moment.
pub(super) struct Standpoint {
    pub known: model::Known,
    pub recent: Vec<u32>,
    /// What was declined in this sitting.
    pub sitting: Sitting,
    /// How many exercises were finished in it.
    pub finished: usize,
    /// What teachers want to be chosen, or not.
    pub steering: Vec<Steering>,
    /// What the school has now.
    pub materials: Materials,
    pub unfinished: Option<calculations::Calculation>,
    /// Practice may be gone on with.
    pub is_allowed: bool,
    /// Difficulties may hear of the responses.
    pub tells_difficulty: bool,
    /// What items count in.
    pub entered: Option<Entered>,
}

impl Standpoint {
    /// `desk` is what is kept in memory of the student.
    pub fn read(tx: &mut Tx, bank: &Bank, me: &Me, now: Millis, desk: Option<&Desk>) -> Result<Self, PracticeError> {
        let own = me.own();
        let held = desk.filter(|desk| !desk.is_anew);
        let as_held = held.map(|desk| (&desk.general, &desk.student));
        let mut known = model::read_unless_known(tx, bank, &own, as_held)?;
        let entered = match held.filter(|desk| desk.general.version == known.general.version) {
            Some(desk) => desk.entered,
            None => maraton::entered(tx, &own)?,
        };
        model::begun(tx, &own, &mut known, now)?;
        let allowed = consents::allowed(tx, me)?;
        let latest = calculations::latest(tx, &own, RECENT)?;
        let index = |calculation: &Calculation| bank.index_of(&calculation.exercise.as_str().into());
        let recent = latest.iter().filter_map(index).collect();
        let mut sitting = Sitting::default();
        let is_declined = |calculation: &&Calculation| {
            calculation.finished_at.is_none() && calculation.left_at.is_some_and(|left| now.since(left) < A_SITTING)
        };
        for declined in latest.iter().rev().filter(is_declined) {
            if let Some(exercise) = index(declined)
                && let Some(skill) = bank.at(exercise).map(|exercise| SkillIndex(exercise.skill))
            {
                sitting.decline(exercise, skill);
            }
        }
        let is_finished = |calculation: &&Calculation| {
            calculation.finished_at.is_some_and(|finished| now.since(finished) < A_SITTING)
        };
        let finished =
            latest.iter().take_while(|one| one.left_at.is_some() || is_finished(one)).filter(is_finished).count();
        let steering = steering::of(tx, &own, now)?;
        // One whose exercise has left the bank can't be gone on with.
        let mut unfinished = calculations::unfinished(tx, &own)?.into_iter();
        let unfinished = unfinished.find(|open| item_of(bank, open).is_ok());
        let materials = bank.materials_named(&entitlements::mine(tx, &own, now)?);
        let (is_allowed, tells_difficulty) = (allowed.practice, allowed.difficulty);
        Ok(Self {
            known,
            recent,
            sitting,
            finished,
            steering,
            materials,
            unfinished,
            is_allowed,
            tells_difficulty,
            entered,
        })
    }

    /// The same choice as long as the student's practice has not moved and nothing has come due meanwhile, so that what
    /// was shown is what is opened a moment later.
    pub fn choose(&self, app: &App, me: &Me) -> Option<Recommendation> {
        let catalogue = app.difficulties.known().catalogue(&app.bank, self.materials);
        let aims = aims(&app.bank, catalogue.skills(), &self.steering);
        let purpose = purpose(self.finished % A_PLAN);
        let asked = Request { purpose, ..self.request(app, me, (&catalogue, &aims)) };
        adaptive::recommend(&asked).into_iter().next()
    }

    /// What is left to do in this sitting: a warm-up, what is to be learned, one to stretch. The first is what
    /// [`Standpoint::choose`] gives.
    pub fn plan(&self, app: &App, me: &Me) -> Vec<Planned> {
        let catalogue = app.difficulties.known().catalogue(&app.bank, self.materials);
        let aims = aims(&app.bank, catalogue.skills(), &self.steering);
        let mut recent = self.recent.clone();
        let mut planned = Vec::new();
        for place in self.finished % A_PLAN..A_PLAN {
            let asked =
                Request { purpose: purpose(place), recent: &recent, ..self.request(app, me, (&catalogue, &aims)) };
            let Some(recommendation) = adaptive::recommend(&asked).into_iter().next() else { break };
            recent.push(recommendation.exercise);
            planned.push(Planned { purpose: meant(&recommendation, purpose(place)), recommendation });
        }
        planned
    }

    fn request<'a>(&'a self, app: &'a App, me: &Me, (catalogue, aims): (&'a Catalogue, &'a Aims)) -> Request<'a> {
        let person = me.person();
        let [a, b, c, d, e, f, g, h, ..] = *person.as_bytes();
        let seed = u64::from_le_bytes([a, b, c, d, e, f, g, h]).wrapping_add(self.known.general.version.unsigned_abs());
        let now = adaptive::Millis(app.clock.now().0);
        Request {
            aims: Some(aims),
            recent: &self.recent,
            sitting: Some(&self.sitting),
            ..Request::new(&self.known.student, &app.weights, catalogue, now, seed)
        }
    }
}

/// What stands at a place of a plan.
const fn purpose(place: usize) -> Purpose {
    match place {
        0 => Purpose::WarmUp,
        place if place + 1 == A_PLAN => Purpose::Stretch,
        _ => Purpose::Practice,
    }
}

/// What an exercise is really for: where nothing is known yet, there is nothing to warm up with.
fn meant(chosen: &Recommendation, purpose: Purpose) -> Purpose {
    match (purpose, chosen.reason.main) {
        (Purpose::WarmUp, Part::WarmUp) | (Purpose::Stretch, Part::Stretch) => purpose,
        _ => Purpose::Practice,
    }
}

/// What teachers want, as the choice takes it. What has left the bank is passed over.
fn aims(bank: &Bank, skills: &Skills, steering: &[Steering]) -> Aims {
    let [pinned, excluded] = [true, false].map(|pins| {
        let (mut skills, mut exercises) = (Vec::new(), Vec::new());
        for one in steering.iter().filter(|one| one.pins == pins) {
            match &one.what {
                What::Skill(name) => skills.extend(bank.skill_index(name).map(SkillIndex)),
                What::Exercise(name) => exercises.extend(bank.index_of(&name.as_str().into())),
            }
        }
        (skills, exercises)
    });
    let goals: Vec<Goal> = pinned.0.iter().map(|skill| Goal { skill: *skill, weight: PINNED }).collect();
    let wishes = Wishes {
        goals: &goals,
        pinned_skills: &pinned.0,
        pinned_exercises: &pinned.1,
        excluded_skills: &excluded.0,
        excluded_exercises: &excluded.1,
    };
    Aims::new(skills, &wishes)
}
