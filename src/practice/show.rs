//! Showing a calculation: to the student who writes it, or to a teacher.

use std::sync::Arc;

use vault::{
    AssignmentId, CalculationId, Me, Millis, StudentSight, Tx,
    rows::{
        appeals::{self, Appeal},
        assignments, calculations,
        people::{self, NamedStudent},
        students,
    },
};

use super::{Desk, PracticeError, Why, open::read_seen};
use crate::{app::App, exercises::Bank};

/// A calculation with everything that its page says.
pub struct Shown {
    pub desk: Desk,
    pub student: NamedStudent,
    /// Why it was chosen, with the predicted probability at that time.
    pub why: Option<(Why, f64)>,
    pub assignment: Option<Pace>,
    /// By line.
    pub appeals: Vec<Appeal>,
}

/// Where in an assignment the calculation stands.
pub struct Pace {
    pub assignment: AssignmentId,
    pub title: String,
    /// 1 and up
    pub number: i16,
    /// For each item whether it is finished.
    pub done: Vec<bool>,
}

/// One's own calculation, from memory where it is known there and still holds.
///
/// # Errors
/// Somebody else's is not found.
pub async fn show(app: &App, me: &Me, id: CalculationId) -> Result<Shown, PracticeError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    let known = app.desks.at(me.person(), id);
    app.vault
        .read(move |tx| {
            if let Some(desk) = known
                && let Some(shown) = still_holds(tx, &me, &desk)?
            {
                return Ok(shown);
            }
            let shown = shown(tx, &bank, &me, id, now)?;
            // Inside, so that a look at what is not shown is not written down.
            if shown.student.id == me.person() { Ok(shown) } else { Err(PracticeError::NotFound) }
        })
        .await
}

/// One's own desk as it is shown, if one's practice has not moved on since it was kept.
fn still_holds(tx: &mut Tx, me: &Me, desk: &Desk) -> Result<Option<Shown>, PracticeError> {
    let own = me.own();
    if students::version(tx, &own)? != desk.general.version {
        return Ok(None);
    }
    let student = people::named(tx, &own)?;
    with_what_surrounds_it(tx, me, &own, desk.clone(), student).map(Some)
}

/// The calculation of a student whom I teach now, or my own.
///
/// # Errors
/// Somebody else's is not found.
pub fn shown(tx: &mut Tx, bank: &Bank, me: &Me, id: CalculationId, now: Millis) -> Result<Shown, PracticeError> {
    let (desk, student) = read_seen(tx, bank, me, id, now)?;
    let sight = vault::access::student(tx, me, student.id, now)?;
    with_what_surrounds_it(tx, me, &sight, desk, student)
}

/// The appeals in the calculation of a student whom I teach now, or in my own.
///
/// # Errors
/// Somebody else's is not found.
pub fn appeals(tx: &mut Tx, me: &Me, id: CalculationId, now: Millis) -> Result<Vec<Appeal>, PracticeError> {
    let sight = vault::access::calculation(tx, me, id, now)?;
    let calculation = calculations::seen(tx, &sight, id)?;
    Ok(appeals::of(tx, &calculation)?)
}

/// Adds why the calculation was chosen, where in an assignment it stands, and its appeals.
fn with_what_surrounds_it(
    tx: &mut Tx,
    me: &Me,
    sight: &StudentSight,
    desk: Desk,
    student: NamedStudent,
) -> Result<Shown, PracticeError> {
    let appeals = appeals::of(tx, &desk.calculation)?;
    let why = calculations::reason(tx, &desk.calculation)?
        .and_then(|row| Some((serde_json::from_str(&row.reason).ok()?, row.probability)));
    let assignment = match (desk.calculation.assignment_id, desk.calculation.assignment_number) {
        (Some(of), Some(number)) => {
            let items = assignments::items(tx, me, of)?;
            let work = assignments::own_work(tx, sight, of)?;
            let title = assignments::title(tx, me, of)?;
            let done = (1_i16..)
                .zip(&items)
                .map(|(n, _)| work.iter().any(|w| w.number == Some(n) && w.finished_at.is_some()))
                .collect();
            Some(Pace { assignment: of, title, number, done })
        }
        _ => None,
    };
    Ok(Shown { desk, student, why, assignment, appeals })
}
