//! Opening an item: the recommended one, one of an assignment, another one.

use std::sync::Arc;

use adaptive::{
    Aims, Catalogue, Goal, Part, Planned, Purpose, Recommendation, Request, Sitting, SkillIndex, Skills, Wishes,
};
use vault::{
    AssignmentId, CalculationId, Fault, Me, Millis, Refusal, Tx,
    rows::calculations::{self, Calculation, NewCalculation, NewRecommendation},
    rows::steering::{self, Steering, What},
    rows::{assignments, consents, entitlements, people, students},
};

use super::{
    Desk, FIRST_ATTEMPT, PracticeError, Why,
    desk::{allowed, item_of},
    submit_line::at_desk,
};
use crate::{
    app::App,
    exercises::{Bank, Exercise, Item, Materials, draw},
    model,
};

/// So many of the newest exercises are not chosen again at once.
const RECENT: i64 = 10;
/// Milliseconds for which a declined exercise, or a skill declined twice, is not offered again.
const A_SITTING: i64 = 2 * 3_600_000;
/// Exercises in a plan: one to warm up, then what is to be learned, and one to stretch.
pub(super) const A_PLAN: usize = 5;
/// What a teacher pins is a goal of this weight, so that what leads to it is practised while it is out of reach.
const PINNED: f64 = 2.0;
/// How often opening is tried again because the student's practice changed in between.
const TRIES: u32 = 5;

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
}

impl Standpoint {
    /// `desk` is what is kept in memory of the student.
    pub fn read(tx: &mut Tx, bank: &Bank, me: &Me, now: Millis, desk: Option<&Desk>) -> Result<Self, PracticeError> {
        let own = me.own();
        let held = desk.filter(|desk| !desk.is_anew).map(|desk| (&desk.general, &desk.student));
        let mut known = model::read_unless_known(tx, bank, &own, held)?;
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
        Ok(Self { known, recent, sitting, finished, steering, materials, unfinished, is_allowed, tells_difficulty })
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

/// Goes on with the half-finished calculation if there is one, otherwise opens the recommended item.
///
/// # Errors
/// Nothing in the bank suits; it is not consented to; the vault does not answer.
pub async fn open_next(app: &App, me: &Me) -> Result<CalculationId, PracticeError> {
    for _ in 0..TRIES {
        let (bank, who, now) = (Arc::clone(&app.bank), *me, app.clock.now());
        let desk = app.desks.of(me.person());
        let here = app.vault.read(move |tx| Standpoint::read(tx, &bank, &who, now, desk.as_deref())).await?;
        if !here.is_allowed {
            return Err(PracticeError::NoConsent);
        }
        if let Some(unfinished) = &here.unfinished {
            return Ok(unfinished.id);
        }
        let chosen = here.choose(app, me).ok_or(PracticeError::NothingToOpen)?;
        let exercise = app.bank.at(chosen.exercise).ok_or(PracticeError::NothingToOpen)?;
        let (seed, item) = drawn(app, exercise)?;
        let why = NewRecommendation {
            reason: serde_json::to_string(&Why::of(&chosen.reason, &app.bank)).unwrap_or_default(),
            probability: chosen.probability,
            propensity: chosen.propensity,
        };
        let new = NewCalculation {
            id: app.chance.calculation(),
            exercise: exercise.id.as_str().to_owned(),
            seed,
            difficulty: chosen.difficulty,
            of_assignment: None,
            opened_at: now,
        };
        let id = new.id;
        if let Some(calculation) = write_open(app, me, here.known.general.clone(), new, Some(why)).await? {
            // The first line is about to come: what it needs is known here.
            let desk = Desk::opened(here.known, calculation, item, here.tells_difficulty);
            app.desks.keep(Arc::new(desk));
            return Ok(id);
        }
    }
    Err(PracticeError::Collided(TRIES))
}

/// Opens item `number` (1 and up) of an assignment that waits for the student, or goes on with it. One that was left
/// is begun anew.
///
/// # Errors
/// No such assignment for this student now, no such item, or one of a material that the school does not have; what was
/// begun can be finished all the same.
pub async fn open_assigned(
    app: &App,
    me: &Me,
    assignment: AssignmentId,
    number: i16,
) -> Result<CalculationId, PracticeError> {
    for _ in 0..TRIES {
        let (bank, who, now) = (Arc::clone(&app.bank), *me, app.clock.now());
        let (general, item, begun, has) = app
            .vault
            .read(move |tx| {
                let own = who.own();
                let waits = assignments::waiting_for(tx, &own, now)?.iter().any(|given| given.id == assignment);
                if !waits {
                    return Err(PracticeError::NotFound);
                }
                let items = assignments::items(tx, &who, assignment)?;
                let at = usize::try_from(number - 1).map_err(|_| PracticeError::NotFound)?;
                let item = items.get(at).cloned().ok_or(PracticeError::NotFound)?;
                let begun = assignments::own_work(tx, &own, assignment)?
                    .into_iter()
                    .find(|work| work.number == Some(number) && work.left_at.is_none())
                    .map(|work| work.calculation);
                let has = entitlements::mine(tx, &own, now)?;
                let mut known = model::read(tx, &bank, &own)?;
                model::begun(tx, &own, &mut known, now)?;
                allowed(tx, &who)?;
                Ok((known.general, item, begun, has))
            })
            .await?;
        if let Some(begun) = begun {
            return Ok(begun);
        }
        let index = app.bank.index_of(&item.exercise.as_str().into());
        let difficulty = index
            .and_then(|index| app.difficulties.known().of(index, FIRST_ATTEMPT))
            .ok_or_else(|| PracticeError::ExerciseGone(item.exercise.clone()))?;
        if !app.bank.has(&item.exercise.as_str().into(), app.bank.materials_named(&has)) {
            return Err(PracticeError::NotFound);
        }
        let new = NewCalculation {
            id: app.chance.calculation(),
            exercise: item.exercise,
            seed: item.seed,
            difficulty,
            of_assignment: Some((assignment, number)),
            opened_at: now,
        };
        let id = new.id;
        if write_open(app, me, general, new, None).await?.is_some() {
            return Ok(id);
        }
    }
    Err(PracticeError::Collided(TRIES))
}

/// The first item of a waiting assignment that the student has not finished; nothing when all are, but for those whose
/// exercise has left the bank.
///
/// # Errors
/// No such assignment for this student now, or all that is left of it is of materials that the school does not have.
pub async fn next_of(app: &App, me: &Me, assignment: AssignmentId) -> Result<Option<i16>, PracticeError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    app.vault
        .read(move |tx| {
            let own = me.own();
            if !assignments::waiting_for(tx, &own, now)?.iter().any(|given| given.id == assignment) {
                return Err(PracticeError::NotFound);
            }
            let items = assignments::items(tx, &me, assignment)?;
            let work = assignments::own_work(tx, &own, assignment)?;
            let is_finished = |number| work.iter().any(|w| w.number == Some(number) && w.finished_at.is_some());
            let materials = bank.materials_named(&entitlements::mine(tx, &own, now)?);
            let is_begun = |number| work.iter().any(|w| w.number == Some(number) && w.left_at.is_none());
            let is_there = |(number, item): (i16, &assignments::SetItem)| {
                let id = item.exercise.as_str().into();
                bank.has(&id, materials) || (is_begun(number) && bank.exercise(&id).is_some())
            };
            let numbered = (1_i16..).zip(&items);
            let left: Vec<_> = numbered.filter(|(number, _)| !is_finished(*number)).collect();
            match left.iter().find(|found| is_there(**found)) {
                Some((number, _)) => Ok(Some(*number)),
                // What the school does not have is not there; what has left the bank is done.
                None if left.iter().any(|(_, item)| bank.exercise(&item.exercise.as_str().into()).is_some()) => {
                    Err(PracticeError::NotFound)
                }
                None => Ok(None),
            }
        })
        .await
}

/// Leaves a calculation (its lines stay) and opens another item; the same one for a button that is pressed twice.
///
/// # Errors
/// Not one's own, nothing else to open.
pub async fn another(app: &App, me: &Me, id: CalculationId) -> Result<CalculationId, PracticeError> {
    for _ in 0..TRIES {
        let desk = match at_desk(app, me, id).await {
            Err(PracticeError::ExerciseGone(_)) => return open_next(app, me).await,
            desk => desk?,
        };
        let now = app.clock.now();
        if !desk.is_open() {
            return open_next(app, me).await;
        }
        if change(app, me, &desk, move |tx, of| calculations::leave(tx, of, now)).await? {
            // What is opened next need not be told again what the student can.
            if !desk.is_anew {
                app.desks.keep(Arc::new(desk.left(now)));
            }
            return open_next(app, me).await;
        }
    }
    Err(PracticeError::Collided(TRIES))
}

/// Whether the school has a material now with the calculation's exercise.
pub(super) async fn may_open(app: &App, me: &Me, calculation: &Calculation) -> Result<bool, Fault> {
    let (own, now) = (me.own(), app.clock.now());
    let has = app.vault.read(move |tx| entitlements::mine(tx, &own, now)).await?;
    Ok(app.bank.has(&calculation.exercise.as_str().into(), app.bank.materials_named(&has)))
}

/// Changes the calculation of a desk. False if the student's practice has moved on since the desk was read.
pub(super) async fn change(
    app: &App,
    me: &Me,
    desk: &Desk,
    how: impl Fn(&mut Tx, &Calculation) -> Result<(), Fault> + Send + 'static,
) -> Result<bool, PracticeError> {
    let (own, seen, calculation) = (me.own(), desk.general.clone(), desk.calculation.clone());
    let changed = app
        .vault
        .write(move |tx| {
            if !students::take(tx, &own, &seen)? {
                return Ok(false);
            }
            how(tx, &calculation)?;
            Ok::<_, PracticeError>(true)
        })
        .await;
    app.desks.forget(me.person());
    changed
}

/// The calculation as it was stored; nothing if the student's practice has moved on since it was read.
async fn write_open(
    app: &App,
    me: &Me,
    seen: students::General,
    new: NewCalculation,
    why: Option<NewRecommendation>,
) -> Result<Option<Calculation>, PracticeError> {
    let own = me.own();
    app.desks.forget(me.person());
    app.vault
        .write(move |tx| {
            if !students::take(tx, &own, &seen)? {
                return Ok(None);
            }
            Ok(Some(calculations::open(tx, &own, &new, why.as_ref())?))
        })
        .await
}

/// A seed from which the exercise can be drawn, and what is drawn from it.
fn drawn(app: &App, exercise: &Exercise) -> Result<(i64, Item), PracticeError> {
    (0..4)
        .map(|_| app.chance.seed())
        .find_map(|seed| Some((seed, draw(exercise, seed).ok()?)))
        .ok_or_else(|| PracticeError::ExerciseGone(exercise.id.as_str().to_owned()))
}

/// Who may see a calculation also decides whose desk is read.
pub(super) fn read_seen(
    tx: &mut Tx,
    bank: &Bank,
    me: &Me,
    id: CalculationId,
    now: Millis,
) -> Result<(Desk, people::NamedStudent), PracticeError> {
    let sight = vault::access::calculation(tx, me, id, now).map_err(|refusal: Refusal| PracticeError::from(refusal))?;
    let student = people::named(tx, &sight)?;
    Ok((Desk::read(tx, bank, &sight, id)?, student))
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
