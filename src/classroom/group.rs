//! A group as its teacher sees it: who is on what, who needs me, what the group can.

use std::sync::Arc;

use adaptive::Mastery;
use stepcheck::Verdict;
use vault::{
    GroupId, Me, Millis, Tx, access,
    rows::{assignments, calculations, people},
};

use super::ClassroomError;
use crate::{
    app::App,
    exercises::{Bank, Item},
    practice::{self, Written},
};

/// Longer without a line, and the student is taken to be somewhere else.
const AWAY_AFTER: i64 = 20 * 60_000;
/// Longer without a line in an open calculation, and the student may need help.
const SILENT_AFTER: i64 = 6 * 60_000;
/// So many wrong lines in a row, and the student may need help.
const STUCK_AFTER: usize = 3;

/// How a student is getting on, in the words of the live tiles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Working,
    /// Several wrong lines in a row.
    Stuck,
    /// An open calculation and no line for a while.
    Silent,
    /// The latest calculation is finished.
    Done,
    Away,
}

/// One student of the group, now.
pub struct StudentNow {
    pub student: people::NamedStudent,
    pub state: State,
    /// The latest calculation with its item and lines.
    pub at: Option<(calculations::Calculation, Item, Vec<Written>)>,
    /// When the last thing happened.
    pub last_at: Option<Millis>,
    pub known: Vec<(u16, Mastery)>,
}

/// A group with everyone in it.
pub struct GroupView {
    pub group: people::NamedGroup,
    /// By name.
    pub students: Vec<StudentNow>,
    pub assignments: Vec<assignments::Assignment>,
}

/// The groups that I teach now, by name.
///
/// # Errors
/// No answer from the vault.
pub async fn groups(app: &App, me: &Me) -> Result<Vec<people::NamedGroup>, ClassroomError> {
    let (me, now) = (*me, app.clock.now());
    app.vault
        .read(move |tx| {
            let mut groups = Vec::new();
            for sight in access::taught(tx, &me, now)? {
                groups.push(people::group_named(tx, &sight, now)?);
            }
            groups.sort_by(|a, b| a.name.cmp(&b.name));
            Ok(groups)
        })
        .await
}

/// One group that I teach now.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn group(app: &App, me: &Me, id: GroupId) -> Result<GroupView, ClassroomError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::group(tx, &me, id, now)?;
            let mut students = Vec::new();
            for (student, student_sight) in people::students_of(tx, &sight, now)? {
                students.push(student_now(tx, &bank, student, &student_sight, now)?);
            }
            Ok(GroupView {
                group: people::group_named(tx, &sight, now)?,
                students,
                assignments: assignments::given_to(tx, &sight)?,
            })
        })
        .await
}

fn student_now(
    tx: &mut Tx,
    bank: &Bank,
    student: people::NamedStudent,
    sight: &vault::StudentSight,
    now: Millis,
) -> Result<StudentNow, ClassroomError> {
    let known = practice::mastery_of(tx, bank, sight, student.school_year, now)?;
    let at = match calculations::latest(tx, sight, 1)?.pop() {
        None => None,
        Some(calculation) => {
            let lines: Vec<Written> = calculations::lines(tx, &calculation)?.into_iter().map(Written::from).collect();
            practice::item_of(bank, &calculation).ok().map(|item| (calculation, item, lines))
        }
    };
    let last_at = at.as_ref().map(|(calculation, _, lines)| last_moment(calculation, lines));
    let state = at.as_ref().map_or(State::Away, |(calculation, _, lines)| state(calculation, lines, now));
    Ok(StudentNow { student, state, at, last_at, known })
}

fn last_moment(calculation: &calculations::Calculation, lines: &[Written]) -> Millis {
    lines.last().map_or(calculation.opened_at, |line| line.at)
}

fn state(calculation: &calculations::Calculation, lines: &[Written], now: Millis) -> State {
    let idle = now.since(last_moment(calculation, lines));
    let wrong_in_a_row = lines.iter().rev().take_while(|line| matches!(line.verdict, Verdict::Wrong { .. })).count();
    match () {
        () if idle > AWAY_AFTER || calculation.left_at.is_some() => State::Away,
        () if calculation.finished_at.is_some() => State::Done,
        () if wrong_in_a_row >= STUCK_AFTER => State::Stuck,
        () if idle > SILENT_AFTER => State::Silent,
        () => State::Working,
    }
}
