//! Proves a bank: draws many items of every exercise and holds each against the line checker
//! and the rules of writing. What a bank cannot be read with (unknown keys, unknown or circular
//! prerequisites, ids used twice) is a [`BankError`](super::BankError) before it comes this far.

mod proof;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::bank::Bank;
use super::exercise::{Exercise, Level};
use super::ids::ExerciseId;
use super::item::{draw, numbers_of};

/// An exercise must show so many different items, or a third of the draws when those are few.
const VARIETY: u32 = 30;
/// Where an author's guess of the difficulty of a level lies, logits; levels overlap.
const BANDS: [(Level, f64, f64); 3] = [(Level::A, -2.5, 0.3), (Level::B, -1.2, 1.0), (Level::C, -0.3, 2.5)];

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Every seed gives an item: the conditions can be met and every place has a value.
    Draw,
    /// Each worked line holds, does something, and the last is in the demanded form.
    Worked,
    /// Each line under `wrong` is judged wrong.
    Wrong,
    /// What is said to come from a wrong rule is named so.
    Named,
    /// The conventions that it sets are needed: some line of it is judged otherwise without them.
    Policy,
    /// No hint gives the answer.
    Hint,
    /// What is asked does not tell the answer.
    Answer,
    /// Different seeds give different items.
    Variety,
    /// The numbers are such as can be believed.
    Plausible,
    /// The unit that is asked for stands beside the field.
    Unit,
    /// The figure can be drawn, and says in words what it shows.
    Figure,
    /// Lines look as in a Swedish book: real minus, no `1x`, no `+ −`.
    Notation,
    /// Texts keep the tone of the house.
    Voice,
    /// Within a skill a higher level is not easier, and lies where its level should.
    Level,
    /// On the first level something helps from the beginning.
    Support,
    /// Somebody can be given it: it is in a material, where the bank has any.
    Material,
}

/// Something an author should mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The exercise.
    pub exercise: ExerciseId,
    /// The file's path inside the bank.
    pub file: String,
    /// The line of the key, or of the exercise where the key is not written; 1 and up.
    pub line: usize,
    /// The rule it breaks.
    pub rule: Rule,
    /// The key in the file, such as `worked[2]`; empty when it is the whole exercise.
    pub key: String,
    /// The first seed that shows it, when it depends on the item.
    pub seed: Option<i64>,
    /// How many of the drawn items show it; 0 when it does not depend on the item.
    pub items: u32,
    /// What is the matter, with the item at hand.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.exercise)?;
        if !self.key.is_empty() {
            write!(out, ", {}", self.key)?;
        }
        if let Some(seed) = self.seed {
            write!(out, " (seed {seed}, {} in all)", self.items)?;
        }
        write!(out, ": {}", self.what)
    }
}

/// Draws `draws` items (seeds from 0) of every exercise and tells what should be mended, by
/// file, line, rule and key. An empty list means that the bank is sound. Every processor takes part.
pub fn lint(bank: &Bank, draws: u32) -> Vec<Finding> {
    let exercises = bank.exercises();
    let workers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(exercise) = exercises.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(lint_exercise(exercise, bank, draws));
        }
        found
    };
    let mut findings: Vec<Finding> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    findings.sort_by(|a, b| (&a.file, a.line, a.rule, &a.key).cmp(&(&b.file, b.line, b.rule, &b.key)));
    findings
}

/// The same for one exercise of the bank, by rule and key.
pub fn lint_exercise(exercise: &Exercise, bank: &Bank, draws: u32) -> Vec<Finding> {
    let mut notes = Notes::new(exercise);
    lint_items(exercise, draws, &mut notes);
    lint_level(exercise, bank, &mut notes);
    lint_material(exercise, bank, &mut notes);
    notes.found.into_values().collect()
}

/// Findings of one exercise; the same slip in many items is one finding with a count.
struct Notes<'e> {
    exercise: &'e Exercise,
    seed: Option<i64>,
    found: BTreeMap<(Rule, String), Finding>,
}

impl<'e> Notes<'e> {
    fn new(exercise: &'e Exercise) -> Self {
        Self { exercise, seed: None, found: BTreeMap::new() }
    }

    fn add(&mut self, rule: Rule, key: impl Into<String>, what: impl Into<String>) {
        let key = key.into();
        let finding = self.found.entry((rule, key.clone())).or_insert_with(|| Finding {
            exercise: self.exercise.id.clone(),
            file: self.exercise.source.file.clone(),
            line: self.exercise.source.line_of(&key),
            rule,
            key,
            seed: self.seed,
            items: 0,
            what: what.into(),
        });
        finding.items += u32::from(self.seed.is_some());
    }
}

fn lint_items(exercise: &Exercise, draws: u32, notes: &mut Notes<'_>) {
    let mut seen = BTreeSet::new();
    let mut needed = exercise.of_skill.is_none();
    for seed in 0..draws {
        notes.seed = Some(i64::from(seed));
        match draw(exercise, i64::from(seed)) {
            Ok(item) => {
                proof::check_worked(&item, notes);
                proof::check_wrong(&item, notes);
                wording::check(&item, notes);
                lint_numbers(exercise, i64::from(seed), notes);
                needed = needed || exercise.of_skill.as_ref().is_some_and(|policy| proof::needs_more(&item, policy));
                seen.insert(format!("{} {} {:?} {:?}", item.ask.sv, item.start_text, item.answer, item.figure));
            }
            Err(error) => notes.add(Rule::Draw, "", error.what),
        }
    }
    notes.seed = None;
    if !needed {
        let what =
            "no line is judged otherwise without it; write one under `worked` or `wrong` that is, or leave it out";
        notes.add(Rule::Policy, "policy", what);
    }
    let wanted = VARIETY.min(draws.div_ceil(3));
    if seen.len() < wanted as usize {
        let what = format!("{draws} draws gave only {} different items; widen the parameters", seen.len());
        notes.add(Rule::Variety, "parameters", what);
    }
}

/// Numbers that nobody would believe.
fn lint_numbers(exercise: &Exercise, seed: i64, notes: &mut Notes<'_>) {
    let Some(numbers) = numbers_of(exercise, seed) else { return };
    for (number, condition) in (1..).zip(&exercise.plausible) {
        if !condition.holds(&numbers) {
            let drawn: Vec<String> = numbers.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            let what = format!("does not hold with {}; narrow the parameters", drawn.join(", "));
            notes.add(Rule::Plausible, format!("plausible[{number}]"), what);
        }
    }
}

fn lint_material(exercise: &Exercise, bank: &Bank, notes: &mut Notes<'_>) {
    let ids: Vec<String> = bank.materials().iter().map(|material| material.id.clone()).collect();
    if !ids.is_empty() && !bank.has(&exercise.id, bank.materials_named(&ids)) {
        notes.add(Rule::Material, "", "is in no material, so nobody can be given it; name it in materials.toml");
    }
}

fn lint_level(exercise: &Exercise, bank: &Bank, notes: &mut Notes<'_>) {
    let (level, difficulty) = (exercise.level, exercise.difficulty);
    if let Some((_, low, high)) =
        BANDS.iter().find(|(of, low, high)| *of == level && !(*low..=*high).contains(&difficulty))
    {
        notes.add(
            Rule::Level,
            "difficulty",
            format!("level {level} lies from {low} to {high}; {difficulty} is outside"),
        );
    }
    if level == Level::A && exercise.support.is_none() {
        let what = "level A helps from the beginning: write a support, such as the rule, a picture in words or the first thought";
        notes.add(Rule::Support, "support", what);
    }
    let same = bank.exercises().iter().filter(|e| e.skill == exercise.skill);
    for other in same {
        if other.level < exercise.level && other.difficulty > exercise.difficulty {
            let what = format!(
                "level {} is easier ({}) than {} on level {} ({}); change one of them",
                exercise.level, exercise.difficulty, other.id, other.level, other.difficulty
            );
            notes.add(Rule::Level, "difficulty", what);
        }
    }
}
