//! The group while the teacher watches: who is on what, who is stuck, who has gone silent.

use std::sync::Arc;

use stepcheck::Verdict;
use vault::{
    GroupId, Me, Millis, StudentSight, Tx,
    access::{self, GroupSight},
    rows::{calculations, people},
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

impl State {
    /// Whether the teacher should go there.
    #[must_use]
    pub const fn needs_me(self) -> bool {
        matches!(self, Self::Stuck | Self::Silent)
    }
}

/// One student of the group, now.
pub struct StudentNow {
    pub student: people::NamedStudent,
    pub state: State,
    /// The latest calculation.
    pub at: Option<At>,
}

/// What a student is at.
pub struct At {
    pub calculation: calculations::Calculation,
    pub item: Item,
    pub lines: Vec<Written>,
}

/// A group with everyone in it, now.
pub struct Live {
    pub group: people::NamedGroup,
    /// By name.
    pub students: Vec<StudentNow>,
    pub now: Millis,
}

/// How a group that I teach is getting on right now.
///
/// # Errors
/// Somebody else's group is not found.
pub async fn live(app: &App, me: &Me, id: GroupId) -> Result<Live, ClassroomError> {
    let (bank, me, now) = (Arc::clone(&app.bank), *me, app.clock.now());
    app.vault
        .read(move |tx| {
            let sight = access::group(tx, &me, id, now)?;
            Ok(seen(tx, &bank, &sight, now)?.0)
        })
        .await
}

/// The group in sight, and the sight of each student in the same order.
pub(super) fn seen(
    tx: &mut Tx,
    bank: &Bank,
    sight: &GroupSight,
    now: Millis,
) -> Result<(Live, Vec<StudentSight>), ClassroomError> {
    let (mut students, mut sights) = (Vec::new(), Vec::new());
    for (student, sight) in people::students_of(tx, sight, now)? {
        students.push(student_now(tx, bank, student, &sight, now)?);
        sights.push(sight);
    }
    Ok((Live { group: people::group_named(tx, sight, now)?, students, now }, sights))
}

fn student_now(
    tx: &mut Tx,
    bank: &Bank,
    student: people::NamedStudent,
    sight: &StudentSight,
    now: Millis,
) -> Result<StudentNow, ClassroomError> {
    let at = match calculations::latest(tx, sight, 1)?.pop() {
        None => None,
        Some(calculation) => {
            let lines = calculations::lines(tx, &calculation)?.into_iter().map(Written::from).collect();
            practice::item_of(bank, &calculation).ok().map(|item| At { calculation, item, lines })
        }
    };
    let state = at.as_ref().map_or(State::Away, |at| at.state(now));
    Ok(StudentNow { student, state, at })
}

impl At {
    /// How the student was getting on at a moment, as far as this calculation tells.
    #[must_use]
    pub fn state(&self, moment: Millis) -> State {
        let calculation = &self.calculation;
        let past = |at: Option<Millis>| at.is_some_and(|at| at <= moment);
        let idle = moment.since(self.last_at(moment));
        match () {
            () if calculation.opened_at > moment => State::Away,
            () if idle > AWAY_AFTER || past(calculation.left_at) => State::Away,
            () if past(calculation.finished_at) => State::Done,
            () if self.side_steps(moment).count() >= STUCK_AFTER => State::Stuck,
            () if idle > SILENT_AFTER => State::Silent,
            () => State::Working,
        }
    }

    /// When the last thing happened up to a moment: a line, or the opening.
    #[must_use]
    pub fn last_at(&self, moment: Millis) -> Millis {
        self.until(moment).next().map_or(self.calculation.opened_at, |line| line.at)
    }

    /// The wrong lines after the last one that holds, newest first. What could not be read counts neither way.
    pub fn side_steps(&self, moment: Millis) -> impl Iterator<Item = &Written> {
        self.until(moment)
            .filter(|line| !matches!(line.verdict, Verdict::Unreadable(_)))
            .take_while(|line| line.is_wrong())
    }

    /// What the student stands on: the last line that holds, or what the task starts from.
    #[must_use]
    pub fn standing(&self) -> &str {
        self.lines
            .iter()
            .rfind(|line| matches!(line.verdict, Verdict::Right { .. } | Verdict::Unfinished { .. }))
            .map_or(&self.item.start_text, |line| &line.entered)
    }

    /// The lines written up to a moment, newest first.
    fn until(&self, moment: Millis) -> impl Iterator<Item = &Written> {
        self.lines.iter().rev().filter(move |line| line.at <= moment)
    }
}

impl Live {
    /// Those who should be gone to.
    pub fn waiting(&self) -> impl Iterator<Item = (usize, &StudentNow)> {
        self.students.iter().enumerate().filter(|(_, student)| student.state.needs_me())
    }

    /// The first who needs the teacher now and did not at an earlier moment.
    #[must_use]
    pub fn newly_waiting(&self, since: Millis) -> Option<(usize, &StudentNow)> {
        self.waiting().find(|(_, student)| !student.at.as_ref().is_some_and(|at| at.state(since).needs_me()))
    }

    /// How many are here.
    #[must_use]
    pub fn here(&self) -> usize {
        self.students.iter().filter(|student| student.state != State::Away).count()
    }
}
