//! Lessons of earlier days, so that the server has as much to carry as after some years.

use std::sync::Arc;

use anyhow::Context;
use proofs::world::{Student, World, lines_of};
use stegvis::{
    app::App,
    exercises::{Exercise, draw},
};
use stepcheck::Verdict;
use vault::{
    Fault, IdempotencyKey, Millis, Tx,
    rows::{
        accounts, calculations,
        calculations::{Line, NewCalculation, NewResponse},
        students::{self, SkillRow},
        submissions::{self, Submission},
    },
};

const DAY: i64 = 86_400_000;
/// Calculations of one student that share a write.
const AT_ONCE: usize = 20;

/// A finished calculation about to be stored.
struct Past {
    new: NewCalculation,
    skill: String,
    lines: Vec<(IdempotencyKey, String)>,
}

/// Stores `lines` lines or a few more, dealt out evenly over the world's students, and gives how many there are. Commits
/// are shared by as many students as the vault's writer takes at once.
///
/// # Errors
/// When the vault does not take them.
pub async fn fill(app: &App, world: &World, lines: usize) -> anyhow::Result<usize> {
    let each = lines.div_ceil(world.students.len());
    let exercises = app.bank.exercises();
    let mut stored = 0;
    for (turn, some) in world.students.chunks(64).enumerate() {
        let mut writes = Vec::with_capacity(some.len());
        for (number, student) in some.iter().enumerate() {
            let from = turn * 64 + number;
            let mut left = each;
            let mut own = exercises.iter().cycle().skip(from % exercises.len()).filter_map(|one| past(app, one));
            while left > 0 {
                let part: Vec<Past> = own.by_ref().take(AT_ONCE).collect();
                let count: usize = part.iter().map(|past| past.lines.len()).sum();
                stored += count;
                left = left.saturating_sub(count);
                writes.push(write(app, student, part));
            }
        }
        // All at the same time, so that they share commits.
        let writes: Vec<_> = writes.into_iter().map(tokio::task::spawn_local).collect();
        for written in writes {
            written.await?.context("the history is not stored")?;
        }
    }
    Ok(stored)
}

/// Nothing if no item can be drawn.
fn past(app: &App, exercise: &Exercise) -> Option<Past> {
    let seed = app.chance.seed();
    let item = draw(exercise, seed).ok()?;
    let skill = app.bank.skill(exercise.skill)?.id.as_str().to_owned();
    let days_ago = 1 + seed.rem_euclid(200);
    let new = NewCalculation {
        id: app.chance.calculation(),
        exercise: exercise.id.as_str().to_owned(),
        seed,
        difficulty: 0.0,
        of_assignment: None,
        opened_at: app.clock.now().plus(-days_ago * DAY),
    };
    let lines = lines_of(&item).into_iter().map(|line| (app.chance.draw(IdempotencyKey::random), line)).collect();
    Some(Past { new, skill, lines })
}

fn write(app: &App, student: &Student, part: Vec<Past>) -> impl Future<Output = Result<(), Fault>> + use<> {
    let (user_name, vault, part) = (student.person.user_name.clone(), app.vault.clone(), Arc::new(part));
    async move {
        vault
            .write(move |tx| {
                let me = accounts::credential(tx, &user_name)?.ok_or(Fault::NoKey)?.proven();
                part.iter().try_for_each(|past| store(tx, &me.own(), past))
            })
            .await
    }
}

fn store(tx: &mut Tx, own: &vault::OwnSight, past: &Past) -> Result<(), Fault> {
    let of = calculations::open(tx, own, &past.new, None)?;
    for (at, (key, entered)) in past.lines.iter().enumerate() {
        let general = students::general(tx, own).map_err(|_| Fault::NoKey)?;
        let is_last = at + 1 == past.lines.len();
        let number = i16::try_from(at + 1).unwrap_or(i16::MAX);
        let when = past.new.opened_at.plus(i64::from(number) * 8_000);
        let line = Line {
            number,
            key: *key,
            entered: entered.clone(),
            at: when,
            verdict: if is_last { "goal" } else { "right" }.to_owned(),
            answer: serde_json::to_string(&Verdict::Right { finished: is_last }).unwrap_or_default(),
        };
        let (response, skill) = (response(past, number, when), known(past, when));
        let learned = is_last.then_some((&response, &skill));
        submissions::store(tx, own, &Submission { seen: &general, of: &of, line: &line, learned, finishes: is_last })?;
    }
    Ok(())
}

fn response(past: &Past, number: i16, at: Millis) -> NewResponse {
    NewResponse {
        number,
        skill: past.skill.clone(),
        exercise: past.new.exercise.clone(),
        difficulty: past.new.difficulty,
        correct: true,
        milliseconds: at.since(past.new.opened_at),
        attempt: 2,
        at,
    }
}

fn known(past: &Past, at: Millis) -> SkillRow {
    let (ability, variance, form) = (0.1, 0.5, 0.0);
    SkillRow { skill: past.skill.clone(), ability, variance, form, responses: 1, wins: 1, misses: 0, last_at: at }
}
