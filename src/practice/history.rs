//! What a student did and when, and what they can.

use adaptive::{Difficulty, Mastery, Prediction, SkillIndex, SkillSet, Weights};
use vault::{
    CalculationId, Fault, Me, Millis, StudentSight, Tx,
    rows::{calculations, hints},
};

use super::{PracticeError, Written};
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
    now: Millis,
) -> Result<Vec<(u16, Mastery)>, PracticeError> {
    Ok(masteries(bank, &model::read(tx, bank, sight)?.student, now))
}

/// The same of a student that was read.
#[must_use]
pub fn masteries(bank: &Bank, student: &adaptive::Student, now: Millis) -> Vec<(u16, Mastery)> {
    let (weights, now) = (Weights::shipped(), adaptive::Millis(now.0));
    let known = student.skills.keys().filter(|skill| bank.skill(skill.0).is_some());
    known.map(|skill| (skill.0, weights.mastery(student, *skill, now))).collect()
}

/// What is predicted of a typical exercise of a skill that was never seen before, with what speaks for and against.
#[must_use]
pub fn predicted(student: &adaptive::Student, skill: u16, now: Millis) -> Prediction {
    let item = adaptive::Item {
        id: adaptive::ItemId(0),
        skills: SkillSet::one(SkillIndex(skill)),
        difficulty: Difficulty::typical(),
        attempt: 1,
    };
    Weights::shipped().predict(student, &item, adaptive::Millis(now.0))
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
