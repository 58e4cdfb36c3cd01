//! The main request: a student hands in a line. Judged in memory, stored in one write, answered after the commit.

use std::sync::Arc;

use adaptive::{DifficultyKey, Evidence, Outcome, Response, SkillIndex, SkillSet};
use stepcheck::Verdict;
use vault::{
    CalculationId, IdempotencyKey, Me, Millis, Tx,
    rows::calculations::{Line, NewResponse},
    rows::maraton::Entered,
    rows::students::{General, ItemRow, SkillRow},
    rows::submissions::{self, Submission},
};

use super::{Desk, PracticeError, Written, rebuild_own};
use crate::{
    app::App,
    exercises::{Earlier, Exercise},
    model,
};

/// Characters of a line at most.
pub const LONGEST_LINE: usize = 500;
/// Lines of a calculation at most.
const MOST_LINES: usize = 200;
/// How often a line is judged again because the student's practice changed in between.
const TRIES: u32 = 5;

/// A line as it was stored.
pub struct Submitted {
    pub desk: Arc<Desk>,
    pub line: Written,
    /// The same key was stored before; this is what was answered then.
    pub again: bool,
}

/// Judges `typed` as the next line of one's own calculation and stores it, once for each key.
///
/// # Errors
/// Not one's own calculation, a closed one, a line that is too long, no consent, a vault that does not answer.
pub async fn submit_line(
    app: &App,
    me: &Me,
    id: CalculationId,
    key: IdempotencyKey,
    typed: &str,
) -> Result<Submitted, PracticeError> {
    let length = typed.chars().count();
    if length > LONGEST_LINE {
        return Err(PracticeError::TooLong(length));
    }
    for _ in 0..TRIES {
        let desk = at_desk(app, me, id).await?;
        if desk.is_anew {
            rebuild_own(app, me).await?;
            continue;
        }
        if let Some(line) = desk.line_with(key) {
            return Ok(Submitted { line: line.clone(), desk, again: true });
        }
        if !desk.is_open() {
            return Err(PracticeError::Closed);
        }
        if desk.lines.len() >= MOST_LINES {
            return Err(PracticeError::TooManyLines(desk.lines.len()));
        }
        let step = Arc::new(next_step(app, &desk, key, typed));
        let own = me.own();
        let stored = {
            let step = Arc::clone(&step);
            app.vault.write(move |tx| step.store(tx, &own)).await
        };
        match stored {
            Ok(true) => {
                step.credit(app);
                app.metrics.line(verdict_name(&step.line.verdict));
                app.desks.keep(Arc::clone(&step.after));
                return Ok(Submitted { desk: Arc::clone(&step.after), line: step.line.clone(), again: false });
            }
            Ok(false) => app.desks.forget(me.person()),
            Err(error) => {
                app.desks.forget(me.person());
                return Err(error);
            }
        }
    }
    Err(PracticeError::Collided(TRIES))
}

/// The desk from memory, otherwise from the vault.
pub(super) async fn at_desk(app: &App, me: &Me, id: CalculationId) -> Result<Arc<Desk>, PracticeError> {
    if let Some(desk) = app.desks.at(me.person(), id) {
        return Ok(desk);
    }
    let (bank, me) = (Arc::clone(&app.bank), *me);
    let desk = app.vault.read(move |tx| Desk::read_own(tx, &bank, &me, id)).await?;
    let desk = Arc::new(desk);
    app.desks.keep(Arc::clone(&desk));
    Ok(desk)
}

/// What one line changes: decided in memory, then stored as it is.
struct Step {
    seen: General,
    line: Written,
    stored: Line,
    learned: Option<Learned>,
    /// What the item counts in that the line finishes.
    counts_in: Option<Entered>,
    after: Arc<Desk>,
}

/// What the model saw in the line, and what it knows now.
struct Learned {
    response: Response,
    outcome: Outcome,
    row: NewResponse,
    skills: Vec<SkillRow>,
    item: Option<ItemRow>,
    forgotten_below: Option<i32>,
}

fn next_step(app: &App, desk: &Desk, key: IdempotencyKey, typed: &str) -> Step {
    let now = app.clock.now();
    let wrong = desk.newest_wrong();
    let held = desk.held();
    let earlier = Earlier { right: &desk.standing, wrong: wrong.as_ref(), typed: &held };
    let judged = desk.item.judge(earlier, typed);
    let number = i16::try_from(desk.lines.len() + 1).unwrap_or(i16::MAX);
    let line =
        Written { number, key, entered: typed.to_owned(), at: now, verdict: judged.verdict, account: judged.account };
    let mut after = desk.clone();
    let learned = evidence(app, desk, &line, now).map(|(response, row)| {
        let outcome = after.student.update(&response);
        let student = &after.student;
        let is_answer = response.evidence == Evidence::Answer;
        Learned {
            skills: response.skills.iter().filter_map(|skill| model::skill_row(&app.bank, student, skill)).collect(),
            item: is_answer.then(|| model::item_row(student, &row.exercise)).flatten(),
            forgotten_below: is_answer.then(|| model::forgotten_below(student)).flatten(),
            response,
            outcome,
            row,
        }
    });
    let seen = match &learned {
        Some(_) => model::general(&app.bank, &desk.general, &after.student),
        None => desk.general.clone(),
    };
    after.general = General { version: seen.version + 1, ..seen.clone() };
    if matches!(line.verdict, Verdict::Right { .. } | Verdict::Unfinished { .. }) {
        after.standing.extend(judged.statement);
    }
    if line.verdict == (Verdict::Right { finished: true }) {
        after.calculation.finished_at = Some(now);
    }
    after.lines.push(line.clone());
    let stored = Line {
        number,
        key,
        entered: line.entered.clone(),
        at: now,
        verdict: verdict_name(&line.verdict).to_owned(),
        answer: line.answer(),
    };
    let counts_in = after.entered.filter(|entered| counts(app, &after, entered));
    Step { seen, line, stored, learned, counts_in, after: Arc::new(after) }
}

/// Whether the item was finished while the event was open, and is one of the student's course.
fn counts(app: &App, after: &Desk, entered: &Entered) -> bool {
    let is_in_time = after.calculation.finished_at.is_some_and(|at| entered.is_open(at));
    is_in_time && app.bank.is_of_years(&after.calculation.exercise.as_str().into(), entered.years)
}

/// What the model may learn from a line. The finishing line and the first wrong one are answers to the item: each earlier
/// wrong line and each opened hint makes it a later attempt, which tells less. Every other line tells about the skill of
/// its step or of its wrong rule. A right line in which no step is seen says nothing: it may be the one above once more.
/// Nor does what is only for the teacher to read.
fn evidence(app: &App, desk: &Desk, line: &Written, now: Millis) -> Option<(Response, NewResponse)> {
    let exercise =
        app.bank.exercise(&desk.calculation.exercise.as_str().into()).filter(|_| desk.item.answer.is_judged())?;
    let wrong_before = desk.lines.iter().filter(|line| line.is_wrong()).count();
    let told = app.bank.skill_told_about(exercise.skill, line.account.as_ref());
    let (own, told) = (SkillIndex(exercise.skill), SkillIndex(told));
    let (evidence, correct, skills) = match line.verdict {
        Verdict::Right { finished: true } => (Evidence::Answer, true, SkillSet::one(own)),
        Verdict::Wrong { .. } if wrong_before == 0 => (Evidence::Answer, false, SkillSet::of(&[own, told])?),
        Verdict::Wrong { .. } => (Evidence::Line, false, SkillSet::one(told)),
        Verdict::Right { finished: false } | Verdict::Unfinished { .. } if line.account.is_some() => {
            (Evidence::Line, true, SkillSet::one(told))
        }
        _ => return None,
    };
    let helped = wrong_before + usize::try_from(desk.calculation.hints).unwrap_or_default();
    let attempt = i16::try_from(1 + helped).unwrap_or(i16::MAX);
    let difficulty = difficulty_of(app, desk, exercise, evidence, attempt.unsigned_abs());
    let item = model::item_id(&desk.calculation.exercise);
    let (at, attempt_number) = (adaptive::Millis(now.0), attempt.unsigned_abs());
    let response = Response { item, skills, evidence, attempt: attempt_number, difficulty, correct, at };
    let name = |skill: &SkillIndex| app.bank.skill(skill.0).map(|skill| skill.id.as_str().to_owned());
    let row = NewResponse {
        number: line.number,
        skill: name(&skills.main())?,
        exercise: desk.calculation.exercise.clone(),
        difficulty,
        correct,
        milliseconds: now.since(desk.calculation.opened_at),
        attempt,
        at: now,
        also: skills.as_slice().get(1).and_then(name),
        is_line: evidence == Evidence::Line,
        place: desk.general.version + 1,
    };
    Some((response, row))
}

/// The difficulty that a response is compared with: as it was when the item was opened for the first answer to it, as it
/// is now for what comes after.
fn difficulty_of(app: &App, desk: &Desk, exercise: &Exercise, evidence: Evidence, attempt: u16) -> f64 {
    let key = DifficultyKey::of(model::item_id(exercise.id.as_str()), evidence, attempt);
    let now = app.bank.index_of(&exercise.id).and_then(|index| app.difficulties.known().of(index, key.attempt));
    if key.attempt == 1 { desk.calculation.difficulty } else { now.unwrap_or(desk.calculation.difficulty) }
}

impl Step {
    /// The one write. False if the student's practice has moved on since the desk was read.
    fn store(&self, tx: &mut Tx, own: &vault::OwnSight) -> Result<bool, PracticeError> {
        let new = Submission {
            seen: &self.seen,
            of: &self.after.calculation,
            line: &self.stored,
            learned: self.learned.as_ref().map(|learned| submissions::Learned {
                response: &learned.row,
                skills: &learned.skills,
                item: learned.item.as_ref(),
                forgotten_below: learned.forgotten_below,
            }),
            finishes: self.after.calculation.finished_at.is_some(),
            counts_in: self.counts_in,
        };
        Ok(submissions::store(tx, own, &new)?)
    }

    /// Lets the exercise's difficulty hear of the response.
    fn credit(&self, app: &App) {
        if let Some(Learned { response, outcome, row, .. }) = &self.learned
            && self.after.tells_difficulty
        {
            app.difficulties.hear(&app.bank, &row.exercise, response, outcome);
        }
    }
}

/// The word under which a verdict is stored and styled.
#[must_use]
pub const fn verdict_name(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Right { finished: true } => "goal",
        Verdict::Right { finished: false } => "right",
        Verdict::Unfinished { .. } => "unfinished",
        Verdict::Wrong { .. } => "wrong",
        Verdict::Unreadable(_) => "unreadable",
    }
}
