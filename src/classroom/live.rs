//! The group while the teacher watches: who is on what, who is stuck, who has gone silent.

use std::sync::Arc;

use stepcheck::Verdict;
use vault::{
    GroupId, Me, Millis, StudentSight, Tx,
    access::{self, GroupSight},
    rows::{
        appeals::{self, Waiting},
        calculations, people,
    },
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
    /// Lines that the student holds to be right and no teacher has looked at, oldest first.
    pub appeals: Vec<Waiting>,
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
    for (student, sight) in people::practising_in(tx, sight, now)? {
        students.push(student_now(tx, bank, student, &sight, now)?);
        sights.push(sight);
    }
    for appeal in appeals::waiting(tx, &sights)? {
        let of: Option<&mut StudentNow> = students.iter_mut().find(|one| one.student.id == appeal.student);
        of.into_iter().for_each(|of| of.appeals.push(appeal));
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
    Ok(StudentNow { student, state, at, appeals: Vec::new() })
}

impl At {
    /// How the student was getting on at a moment, as far as this calculation tells.
    #[must_use]
    pub fn state(&self, moment: Millis) -> State {
        self.course().state(moment)
    }

    /// When the last thing happened up to a moment: a line, or the opening.
    #[must_use]
    pub fn last_at(&self, moment: Millis) -> Millis {
        self.course().last_at(moment)
    }

    /// The wrong lines after the last one that holds, newest first. What could not be read counts neither way.
    pub fn side_steps(&self, moment: Millis) -> impl Iterator<Item = &Written> {
        self.course().side_steps(moment)
    }

    /// What the student stands on: the last line that holds, or what the task starts from.
    #[must_use]
    pub fn standing(&self) -> &str {
        self.lines
            .iter()
            .rfind(|line| matches!(line.verdict, Verdict::Right { .. } | Verdict::Unfinished { .. }))
            .map_or(&self.item.start_text, |line| &line.entered)
    }

    fn course(&self) -> Course<'_> {
        let calculations::Calculation { opened_at, finished_at, left_at, .. } = self.calculation;
        Course { opened_at, finished_at, left_at, lines: &self.lines }
    }
}

/// What happened in a calculation and when.
#[derive(Clone, Copy)]
struct Course<'a> {
    opened_at: Millis,
    finished_at: Option<Millis>,
    left_at: Option<Millis>,
    lines: &'a [Written],
}

impl<'a> Course<'a> {
    fn state(self, moment: Millis) -> State {
        let past = |at: Option<Millis>| at.is_some_and(|at| at <= moment);
        let idle = moment.since(self.last_at(moment));
        match () {
            () if self.opened_at > moment => State::Away,
            () if idle > AWAY_AFTER || past(self.left_at) => State::Away,
            () if past(self.finished_at) => State::Done,
            () if self.side_steps(moment).count() >= STUCK_AFTER => State::Stuck,
            () if idle > SILENT_AFTER => State::Silent,
            () => State::Working,
        }
    }

    fn last_at(self, moment: Millis) -> Millis {
        self.until(moment).next().map_or(self.opened_at, |line| line.at)
    }

    fn side_steps(self, moment: Millis) -> impl Iterator<Item = &'a Written> {
        self.until(moment)
            .filter(|line| !matches!(line.verdict, Verdict::Unreadable(_)))
            .take_while(|line| line.is_wrong())
    }

    /// The lines written up to a moment, newest first.
    fn until(self, moment: Millis) -> impl Iterator<Item = &'a Written> {
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

#[cfg(test)]
mod tests {
    use stepcheck::{Missing, Place, Unreadable};
    use vault::IdempotencyKey;

    use super::*;

    const MINUTE: i64 = 60_000;

    fn written(verdicts: &[Verdict]) -> Vec<Written> {
        (1_i16..)
            .zip(verdicts)
            .map(|(number, verdict)| Written {
                number,
                key: IdempotencyKey::from_bytes([0; 16]),
                entered: "x = 1".to_owned(),
                at: Millis(i64::from(number) * MINUTE),
                verdict: verdict.clone(),
                account: None,
            })
            .collect()
    }

    fn course(lines: &[Written]) -> Course<'_> {
        Course { opened_at: Millis(0), finished_at: None, left_at: None, lines }
    }

    fn after(minutes: i64) -> Millis {
        Millis(minutes * MINUTE)
    }

    const RIGHT: Verdict = Verdict::Right { finished: false };
    const WRONG: Verdict = Verdict::Wrong { witness: None };

    fn unreadable() -> Verdict {
        Verdict::Unreadable(Unreadable { place: Place::before(0), missing: Missing::Nothing })
    }

    #[test]
    fn three_wrong_lines_in_a_row_mean_stuck_and_an_unreadable_one_between_changes_nothing() {
        let lines = written(&[RIGHT, WRONG, WRONG, unreadable(), WRONG]);
        assert_eq!(course(&lines).state(after(4)), State::Working);
        assert_eq!(course(&lines).state(after(5)), State::Stuck);
        assert_eq!(course(&lines).side_steps(after(5)).count(), 3);
        let back_on_the_rail = written(&[WRONG, WRONG, WRONG, RIGHT]);
        assert_eq!(course(&back_on_the_rail).state(after(4)), State::Working);
    }

    #[test]
    fn silence_comes_after_six_minutes_and_away_after_twenty() {
        let lines = written(&[RIGHT]);
        let states = [7, 8, 21, 22].map(|minutes| course(&lines).state(after(minutes)));
        assert_eq!(states, [State::Working, State::Silent, State::Silent, State::Away]);
        assert_eq!(course(&[]).state(after(7)), State::Silent);
    }

    #[test]
    fn finished_is_done_left_is_away_and_neither_before_it_happened() {
        let lines = written(&[RIGHT]);
        let finished = Course { finished_at: Some(after(2)), ..course(&lines) };
        assert_eq!([1, 2].map(|minutes| finished.state(after(minutes))), [State::Working, State::Done]);
        let left = Course { left_at: Some(after(2)), ..course(&lines) };
        assert_eq!([1, 2].map(|minutes| left.state(after(minutes))), [State::Working, State::Away]);
        assert_eq!(finished.state(Millis(-1)), State::Away);
    }
}
