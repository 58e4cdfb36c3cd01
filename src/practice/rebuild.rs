//! A student's model made anew from the responses.

use std::sync::Arc;

use vault::{
    Me, OwnSight, Tx,
    rows::students::{self, General},
};

use super::PracticeError;
use crate::{app::App, exercises::Bank, model};

/// What became of one student's model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rebuilt {
    /// It was stored just so.
    Same,
    /// It was stored otherwise, or not at all.
    Mended,
    /// The student practised at the same time: to be tried again.
    Collided,
}

/// Makes one's own model anew and stores it.
///
/// # Errors
/// The vault does not answer.
pub async fn rebuild_own(app: &App, me: &Me) -> Result<Rebuilt, PracticeError> {
    let (bank, own) = (Arc::clone(&app.bank), me.own());
    let rebuilt = app.vault.write(move |tx| rebuild(tx, &bank, &own)).await;
    app.desks.forget(me.person());
    rebuilt
}

/// Makes a model anew from all responses of the student, oldest first, and stores it if it is not stored just so.
///
/// # Errors
/// The vault does not answer.
pub fn rebuild(tx: &mut Tx, bank: &Bank, own: &OwnSight) -> Result<Rebuilt, PracticeError> {
    let seen = students::general(tx, own)?;
    let stored =
        model::Rows { skills: sorted(students::skills(tx, own)?), items: students::items(tx, own)?, general: seen };
    let (seen, year) = (students::responses(tx, own)?, students::school_year(tx, own)?);
    let made = model::rows(bank, &stored.general, &seen, year);
    let has_nothing = seen.is_empty() && stored.general.state.is_empty();
    if has_nothing || made.is_as(&stored) {
        return Ok(Rebuilt::Same);
    }
    let general = General { version: stored.general.version, ..made.general };
    if !students::take(tx, own, &general)? {
        return Ok(Rebuilt::Collided);
    }
    students::put_anew(tx, own, &made.skills, &made.items)?;
    Ok(Rebuilt::Mended)
}

fn sorted(mut rows: Vec<students::SkillRow>) -> Vec<students::SkillRow> {
    rows.sort_by(|a, b| a.skill.cmp(&b.skill));
    rows
}
