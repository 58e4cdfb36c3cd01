//! Lessons of earlier days, so that the server has as much to carry as after some years.

use std::sync::Arc;

use adaptive::{Evidence, Response, SkillIndex, SkillSet};
use anyhow::Context;
use proofs::world::{Student, World, lines_of};
use stegvis::{
    app::App,
    exercises::{Bank, Exercise, draw},
    model::{self, Known},
};
use stepcheck::Verdict;
use vault::{
    Fault, IdempotencyKey, Millis, Tx,
    rows::{
        accounts, calculations,
        calculations::{Line, NewCalculation, NewResponse},
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
    let bank = Arc::clone(&app.bank);
    async move {
        vault
            .write(move |tx| {
                let me = accounts::credential(tx, &user_name)?.ok_or(Fault::NoKey)?.proven();
                let mut known = model::read(tx, &bank, &me.own()).map_err(|_| Fault::NoKey)?;
                part.iter().try_for_each(|past| store(tx, &bank, &me.own(), &mut known, past))
            })
            .await
    }
}

fn store(tx: &mut Tx, bank: &Bank, own: &vault::OwnSight, known: &mut Known, past: &Past) -> Result<(), Fault> {
    let of = calculations::open(tx, own, &past.new, None)?;
    for (at, (key, entered)) in past.lines.iter().enumerate() {
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
        let response = response(past, number, when, known.general.version + 1);
        let mut skills = Vec::new();
        let (mut item, mut forgotten_below) = (None, None);
        if is_last && let Some(skill) = bank.skill_index(&past.skill).map(SkillIndex) {
            known.student.update(&seen(&response, skill));
            skills.extend(model::skill_row(bank, &known.student, skill));
            item = model::item_row(&known.student, &past.new.exercise);
            forgotten_below = model::forgotten_below(&known.student);
            known.general = model::general(bank, &known.general, &known.student);
        }
        let learned =
            submissions::Learned { response: &response, skills: &skills, item: item.as_ref(), forgotten_below };
        let learned = is_last.then_some(learned);
        let seen = &known.general;
        submissions::store(
            tx,
            own,
            &Submission { seen, of: &of, line: &line, learned, finishes: is_last, counts_in: None },
        )?;
        known.general.version += 1;
    }
    Ok(())
}

fn response(past: &Past, number: i16, at: Millis, place: i64) -> NewResponse {
    NewResponse {
        number,
        skill: past.skill.clone(),
        exercise: past.new.exercise.clone(),
        difficulty: past.new.difficulty,
        correct: true,
        milliseconds: at.since(past.new.opened_at),
        attempt: 1,
        at,
        also: None,
        is_line: false,
        place,
    }
}

fn seen(response: &NewResponse, skill: SkillIndex) -> Response {
    Response {
        item: model::item_id(&response.exercise),
        skills: SkillSet::one(skill),
        evidence: Evidence::Answer,
        attempt: response.attempt.unsigned_abs(),
        difficulty: response.difficulty,
        correct: response.correct,
        at: adaptive::Millis(response.at.0),
    }
}
