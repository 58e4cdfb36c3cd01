//! Hints: how to go on from the newest right line, in strengths.
//!
//! At the task itself they are the exercise's own, written for it, and the first line of its worked solution. From every
//! line after that they are worked out from what the student has written, by whatever way it has taken. Where no way on is
//! known, those of the task stay.

use std::sync::Arc;

use stepcheck::{Before, Place, Statement, Step, hint};
use vault::{
    CalculationId, Me, Tx,
    rows::{calculations::Calculation, hints},
};

use super::{
    Desk, PracticeError,
    open::{change, may_open},
    submit_line::at_desk,
};
use crate::{
    app::App,
    exercises::{Piece, Words},
};

/// How often opening is tried again because the student's practice changed in between.
const TRIES: u32 = 5;

/// What a hint says.
#[derive(Clone, PartialEq, Debug)]
pub enum Says {
    /// Where to look, or which rule, in the exercise's own words.
    Words(Words),
    /// Where to look: a part of the line that it goes on from, which is told as Swedish text with the place in it.
    Look { line: String, place: Place },
    /// Which rule.
    Rule(Step),
    /// The line itself.
    Line(Statement),
}

/// The hints that there are now, the gentlest first.
pub struct Stair {
    /// The number of the right line that they go on from; 0 is the task.
    pub from_line: i16,
    pub says: Vec<Says>,
    /// So many are open.
    pub open: usize,
}

impl Stair {
    /// How many there are.
    fn height(&self) -> i16 {
        i16::try_from(self.says.len()).unwrap_or(i16::MAX)
    }
}

/// The hints of a desk.
#[must_use]
pub fn stair(desk: &Desk) -> Stair {
    let (from_line, says) = match (!desk.standing.is_empty()).then(|| worked_out(desk)).flatten() {
        Some(says) => (desk.newest_standing(), says),
        None => (0, of_the_task(desk)),
    };
    let open = desk.hints.iter().filter(|hint| hint.from_line == from_line).count();
    Stair { from_line, says, open }
}

/// The exercise's own, and the first line of its worked solution.
fn of_the_task(desk: &Desk) -> Vec<Says> {
    let words = desk.item.hints.iter().cloned().map(Says::Words);
    let first = desk.item.solution.first().and_then(|first| match first {
        Piece::Maths(line) => stepcheck::read(line).ok().map(Says::Line),
        Piece::Words(words) => Some(Says::Words(words.clone())),
    });
    words.chain(first).collect()
}

/// Where, which rule and the line, from what stands. Nothing if no way on is known.
fn worked_out(desk: &Desk) -> Option<Vec<Says>> {
    let task = desk.item.task()?;
    let next = hint(task, Before { right: &desk.standing, wrong: None })?;
    let from = stepcheck::standing(task, &desk.standing);
    let line = stepcheck::text(&from, stepcheck::Notation::Swedish);
    Some(vec![Says::Look { line, place: next.place }, Says::Rule(next.step), Says::Line(next.line)])
}

/// Opens the hints of one's own calculation up to this strength (1 and up), once for a button that is pressed twice, and
/// gives the desk as it is then.
///
/// # Errors
/// Not one's own, closed already, or of a material that the school no longer has: hints are part of that. Those that are
/// open stay.
pub async fn open_hint(app: &App, me: &Me, id: CalculationId, strength: i16) -> Result<Arc<Desk>, PracticeError> {
    for _ in 0..TRIES {
        let desk = at_desk(app, me, id).await?;
        if !desk.is_open() {
            return Err(PracticeError::Closed);
        }
        let stair = stair(&desk);
        let open = i16::try_from(stair.open).unwrap_or(i16::MAX);
        let wanted = strength.min(stair.height());
        if wanted <= open {
            return Ok(desk);
        }
        if !may_open(app, me, &desk.calculation).await? {
            return Err(PracticeError::NotFound);
        }
        let (from_line, now) = (stair.from_line, app.clock.now());
        let opened = move |tx: &mut Tx, of: &Calculation| hints::open(tx, of, from_line, open + 1..=wanted, now);
        if change(app, me, &desk, opened).await? {
            return at_desk(app, me, id).await;
        }
    }
    Err(PracticeError::Collided(TRIES))
}
