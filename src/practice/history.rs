//! What a student did and when, and what they can.

use std::sync::Arc;

use adaptive::{Mastery, SkillIndex};
use vault::{
    CalculationId, Me, Millis, PersonId, StudentSight, Tx,
    rows::{calculations, people, students},
};

use super::{PracticeError, desk::Written, open::Standpoint};
use crate::{app::App, exercises::Bank, model};

/// The newest calculations that a history shows.
const MOST: i64 = 60;

/// One calculation in the history.
pub struct Entry {
    pub calculation: calculations::Calculation,
    pub lines: Vec<Written>,
}

/// A student's history: newest first, with every line.
pub struct Done {
    pub student: people::NamedStudent,
    pub entries: Vec<Entry>,
    pub known: Vec<(u16, Mastery)>,
}

/// What a student did: one's own, or that of a student whom I teach now.
///
/// # Errors
/// Somebody else's is not found.
pub async fn history(app: &App, me: &Me, of: PersonId) -> Result<Done, PracticeError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = vault::access::student(tx, &me, of, now)?;
            let student = people::named(tx, &sight)?;
            let entries = entries(tx, &sight)?;
            let known = mastery_of(tx, &bank, &sight, student.school_year, now)?;
            Ok(Done { student, entries, known })
        })
        .await
}

pub(super) fn entries(tx: &mut Tx, sight: &StudentSight) -> Result<Vec<Entry>, PracticeError> {
    let mut entries = Vec::new();
    for calculation in calculations::latest(tx, sight, MOST)? {
        let lines = calculations::lines(tx, &calculation)?.into_iter().map(Written::from).collect();
        entries.push(Entry { calculation, lines });
    }
    Ok(entries)
}

/// What a student can, skill by skill in the bank's order; only skills that were practised.
pub fn mastery_of(
    tx: &mut Tx,
    bank: &Bank,
    sight: &StudentSight,
    year: Option<u8>,
    now: Millis,
) -> Result<Vec<(u16, Mastery)>, PracticeError> {
    let general = students::general(tx, sight)?;
    let rows = students::skills(tx, sight)?;
    let student = model::student(bank, &general, &rows, year);
    Ok(masteries(&student, now))
}

pub(super) fn masteries(student: &adaptive::Student, now: Millis) -> Vec<(u16, Mastery)> {
    student.skills.keys().map(|skill| (skill.0, adaptive::mastery(student, *skill, adaptive::Millis(now.0)))).collect()
}

/// Keeps the entry's id close at hand for links.
impl Entry {
    #[must_use]
    pub const fn id(&self) -> CalculationId {
        self.calculation.id
    }

    /// When the last thing happened: a line, or the opening.
    #[must_use]
    pub fn last_at(&self) -> Millis {
        self.lines.last().map_or(self.calculation.opened_at, |line| line.at)
    }
}

/// The mastery of every skill of the bank for the one who stands here, known or not.
pub(super) fn map(bank: &Bank, here: &Standpoint, now: Millis) -> Vec<Mastery> {
    (0_u16..)
        .zip(bank.skills())
        .map(|(index, _)| adaptive::mastery(&here.student, SkillIndex(index), adaptive::Millis(now.0)))
        .collect()
}
