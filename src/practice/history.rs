//! What a student did and when, and what they can.

use adaptive::{Mastery, SkillIndex};
use vault::{
    CalculationId, Fault, Me, Millis, StudentSight, Tx,
    rows::{calculations, hints, students},
};

use super::{PracticeError, Written, open::Standpoint};
use crate::{app::App, exercises::Bank, model};

/// Calculations on one page of a history, where nothing else is asked for.
pub const A_PAGE: usize = 30;
/// Calculations of one week at most that are read for the minutes of each day.
const MOST_OF_A_WEEK: i64 = 1_000;

/// One calculation in the history.
pub struct Entry {
    pub calculation: calculations::Calculation,
    pub lines: Vec<Written>,
    /// The hints that were opened, oldest first.
    pub hints: Vec<hints::OpenedHint>,
}

/// One page of a history, newest first.
pub struct History {
    pub entries: Vec<Entry>,
    /// There is more before this moment.
    pub more: Option<Millis>,
}

/// What I did, at most `most` calculations, opened before a moment if one is given.
///
/// # Errors
/// No answer from the vault.
pub async fn history(app: &App, me: &Me, before: Option<Millis>, most: usize) -> Result<History, PracticeError> {
    let me = *me;
    Ok(app.vault.read(move |tx| page(tx, &me.own(), None, before, most)).await?)
}

/// One page of what the student in sight did, at most `most` calculations: only the named exercises, if any are named, and only what was opened before
/// a moment, if one is given.
///
/// # Errors
/// No answer from the vault.
pub fn page(
    tx: &mut Tx,
    sight: &StudentSight,
    exercises: Option<&[String]>,
    before: Option<Millis>,
    most: usize,
) -> Result<History, Fault> {
    let one_more = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = calculations::latest_of(tx, sight, exercises, before, one_more)?;
    let goes_on = found.len() > most;
    found.truncate(most);
    let more = found.last().filter(|_| goes_on).map(|last| last.opened_at);
    Ok(History { entries: with_lines(tx, found)?, more })
}

/// What was opened since a moment, newest first.
pub(super) fn since(tx: &mut Tx, sight: &StudentSight, from: Millis) -> Result<Vec<Entry>, Fault> {
    let found = calculations::opened_since(tx, sight, from, MOST_OF_A_WEEK)?;
    with_lines(tx, found)
}

/// The newest, at most `most`.
pub(super) fn newest(tx: &mut Tx, sight: &StudentSight, most: i64) -> Result<Vec<Entry>, Fault> {
    let found = calculations::latest(tx, sight, most)?;
    with_lines(tx, found)
}

fn with_lines(tx: &mut Tx, of: Vec<calculations::Calculation>) -> Result<Vec<Entry>, Fault> {
    of.into_iter()
        .map(|calculation| {
            let lines = calculations::lines(tx, &calculation)?.into_iter().map(Written::from).collect();
            let hints = hints::opened(tx, &calculation)?;
            Ok(Entry { calculation, lines, hints })
        })
        .collect()
}

/// What a student can, skill by skill in the bank's order; only skills that were practised.
pub fn mastery_of(
    tx: &mut Tx,
    bank: &Bank,
    sight: &StudentSight,
    year: Option<u8>,
    now: Millis,
) -> Result<Vec<(u16, Mastery)>, PracticeError> {
    let (general, rows) = (students::general(tx, sight)?, students::skills(tx, sight)?);
    Ok(mastery_from(bank, &general, &rows, year, now))
}

/// The same from the rows themselves.
#[must_use]
pub fn mastery_from(
    bank: &Bank,
    general: &students::General,
    rows: &[students::SkillRow],
    year: Option<u8>,
    now: Millis,
) -> Vec<(u16, Mastery)> {
    masteries(&model::student(bank, general, rows, year), now)
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
