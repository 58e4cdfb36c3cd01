//! The student's first page: where they are, what is next and why, what teachers gave, what they did this week.

use std::sync::Arc;

use adaptive::{Mastery, Outlook, Place, Purpose, Recommendation, SkillIndex};
use vault::{
    CalculationId, Me, Millis,
    rows::{assignments, calculations},
};

use super::{
    PracticeError, Why,
    desk::item_of,
    history::{Entry, newest, since},
    standpoint::Standpoint,
};
use crate::{app::App, exercises::Item};

/// Calculations that are shown as the newest.
const NEWEST: i64 = 4;
/// Milliseconds: longer than any week so far, and a night before it.
const EIGHT_DAYS: i64 = 8 * 24 * 3_600_000;

/// All that the page says.
pub struct Today {
    /// Somebody who decides over their own data has not consented to practice, or has withdrawn: nothing is recommended.
    pub is_paused: bool,
    /// The half-finished calculation with its item.
    pub unfinished: Option<(CalculationId, u16, Item)>,
    /// What would be opened next, if nothing is half finished.
    pub next: Option<Next>,
    /// What is left to do in this sitting, the next first.
    pub plan: Vec<(Purpose, Next)>,
    pub assigned: Vec<Given>,
    /// In the bank's order.
    pub known: Vec<Known>,
    /// The newest calculations, newest first.
    pub newest: Vec<Entry>,
    /// What was opened in the last eight days, newest first: all that this week's minutes can come from.
    pub week: Vec<Entry>,
}

/// The recommended exercise.
pub struct Next {
    pub exercise: u32,
    pub skill: u16,
    pub why: Why,
    /// predicted, 0-1
    pub probability: f64,
}

/// An assignment with how far the student has come.
pub struct Given {
    pub assignment: assignments::Assignment,
    pub items: usize,
    pub finished: usize,
    /// The first item that is not finished and can be opened, 1 and up.
    pub next: Option<i16>,
}

/// A skill as it stands for the student: one that has exercises in what the school has, or that was practised.
pub struct Known {
    pub skill: u16,
    /// The nearest skills it builds on that have exercises in what the school has.
    pub builds_on: Vec<u16>,
    /// Not begun, and nothing that it builds on is missing.
    pub within_reach: bool,
    /// Practised in the student's school year.
    pub is_of_year: bool,
    pub mastery: Mastery,
    /// Responses in the skill so far.
    pub practised: bool,
    /// Days since the last response.
    pub idle_days: f64,
    /// What has been lost since then, as a part of what was known, 0 to 1.
    pub due: f64,
}

/// Reads everything for the student who is signed in.
///
/// # Errors
/// Someone who is no student has no such page: not found.
pub async fn today(app: &App, me: &Me) -> Result<Today, PracticeError> {
    let (bank, who, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    let desk = app.desks.of(me.person());
    let (here, assigned, newest, week) = app
        .vault
        .read(move |tx| {
            let here = Standpoint::read(tx, &bank, &who, now, desk.as_deref())?;
            let own = who.own();
            let mut assigned = Vec::new();
            for assignment in assignments::waiting_for(tx, &own, now)? {
                let items = assignments::items(tx, &who, assignment.id)?;
                let work = assignments::own_work(tx, &own, assignment.id)?;
                let can: Vec<bool> =
                    items.iter().map(|item| bank.has(&item.exercise.as_str().into(), here.materials)).collect();
                assigned.push(given(assignment, &can, &work));
            }
            let (newest, week) = (newest(tx, &own, NEWEST)?, since(tx, &own, now.plus(-EIGHT_DAYS))?);
            Ok::<_, PracticeError>((here, assigned, newest, week))
        })
        .await?;
    let unfinished = match &here.unfinished {
        Some(calculation) => Some(begun(app, calculation)?),
        None => None,
    };
    let chosen = if here.is_allowed { here.choose(app, me) } else { None };
    let told = |chosen: &Recommendation| Next {
        exercise: chosen.exercise,
        skill: chosen.skills.main().0,
        why: Why::of(&chosen.reason, &app.bank),
        probability: chosen.probability,
    };
    let planned = if here.is_allowed { here.plan(app, me) } else { Vec::new() };
    let plan = planned.iter().map(|planned| (planned.purpose, told(&planned.recommendation))).collect();
    let next = chosen.as_ref().map(told);
    Ok(Today {
        is_paused: !here.is_allowed,
        unfinished,
        next,
        plan,
        assigned,
        known: known(app, &here, now),
        newest,
        week,
    })
}

fn begun(app: &App, calculation: &calculations::Calculation) -> Result<(CalculationId, u16, Item), PracticeError> {
    let item = item_of(&app.bank, calculation)?;
    let skill = app.bank.exercise(&calculation.exercise.as_str().into()).map_or(0, |exercise| exercise.skill);
    Ok((calculation.id, skill, item))
}

/// `can` says of each item whether it can be opened.
fn given(assignment: assignments::Assignment, can: &[bool], work: &[assignments::Work]) -> Given {
    let items = can.len();
    let is_finished = |number: i16| work.iter().any(|w| w.number == Some(number) && w.finished_at.is_some());
    let numbers = 1..=i16::try_from(items).unwrap_or(i16::MAX);
    let finished = numbers.clone().filter(|number| is_finished(*number)).count();
    let is_begun = |number: i16| work.iter().any(|w| w.number == Some(number) && w.left_at.is_none());
    let next = numbers.zip(can).find(|(number, can)| !is_finished(*number) && (**can || is_begun(*number)));
    let next = next.map(|(number, _)| number);
    Given { assignment, items, finished, next }
}

fn known(app: &App, here: &Standpoint, now: Millis) -> Vec<Known> {
    let (student, weights, now) = (&here.known.student, &app.weights, adaptive::Millis(now.0));
    let catalogue = app.difficulties.known().catalogue(&app.bank, here.materials);
    let outlook = Outlook::of(student, weights, catalogue.skills());
    let is_of_year = |years: (u8, u8)| student.start.year.is_some_and(|year| (years.0..=years.1).contains(&year));
    (0_u16..)
        .zip(app.bank.skills())
        .filter_map(|(skill, of)| {
            let at = SkillIndex(skill);
            let state = student.skill(at);
            let practised = state.responses() > 0;
            if !practised && catalogue.of(at).is_empty() {
                return None;
            }
            let builds_on =
                catalogue.skills().get(at).map(|seen| seen.prerequisites.iter().map(|need| need.0).collect());
            Some(Known {
                skill,
                builds_on: builds_on.unwrap_or_default(),
                within_reach: outlook.place(at) == Place::New,
                is_of_year: is_of_year(of.years),
                mastery: weights.mastery(student, at, now),
                practised,
                idle_days: state.idle_days(now),
                due: weights.due(student, at, now),
            })
        })
        .collect()
}
