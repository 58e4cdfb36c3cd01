//! Opening an item: the recommended one, one of an assignment, another one.

use std::sync::Arc;

use vault::{
    AssignmentId, CalculationId, Fault, Me, Millis, Refusal, Tx,
    rows::calculations::{self, Calculation, NewCalculation, NewRecommendation},
    rows::{assignments, entitlements, people, students},
};

use super::{Desk, FIRST_ATTEMPT, PracticeError, Why, desk::allowed, standpoint::Standpoint, submit_line::at_desk};
use crate::{
    app::App,
    exercises::{Bank, Exercise, Item, draw},
    model,
};

/// How often opening is tried again because the student's practice changed in between.
const TRIES: u32 = 5;

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
            let desk = Desk::opened(here.known, calculation, item, here.tells_difficulty, here.entered);
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
