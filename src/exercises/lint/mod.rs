//! Proves a bank: draws many items of every exercise and holds each against the line checker
//! and the rules of writing. What a bank cannot be read with (unknown keys, unknown or circular
//! prerequisites, ids used twice) is a [`BankError`](super::BankError) before it comes this far.

mod proof;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::bank::Bank;
use super::exercise::Exercise;
use super::ids::ExerciseId;
use super::item::draw;

/// An exercise must show so many different items, or half of the draws when those are few.
const VARIETY: u32 = 20;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Every seed gives an item: the conditions can be met and every place has a value.
    Draw,
    /// Each worked line follows, does something, and the last is in the demanded form.
    Worked,
    /// Each line under `wrong` is judged wrong.
    Wrong,
    /// The conventions that it sets are needed: some line of it is judged otherwise without them.
    Policy,
    /// No hint gives the answer.
    Hint,
    /// Different seeds give different items.
    Variety,
    /// Lines look as in a Swedish book: real minus, no `1x`, no `+ −`.
    Notation,
    /// Texts keep the tone of the house.
    Voice,
    /// Within a skill a higher level is not easier.
    Level,
    /// Somebody can be given it: it is in a material, where the bank has any.
    Material,
}

/// Something an author should mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The exercise.
    pub exercise: ExerciseId,
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
        out.write_str(self.exercise.as_str())?;
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
/// exercise, rule and key. An empty list means that the bank is sound.
pub fn lint(bank: &Bank, draws: u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    for exercise in bank.exercises() {
        let mut notes = Notes::new(exercise.id.clone());
        lint_items(exercise, draws, &mut notes);
        lint_level(exercise, bank, &mut notes);
        lint_material(exercise, bank, &mut notes);
        findings.extend(notes.found.into_values());
    }
    findings
}

/// Findings of one exercise; the same slip in many items is one finding with a count.
struct Notes {
    exercise: ExerciseId,
    seed: Option<i64>,
    found: BTreeMap<(Rule, String), Finding>,
}

impl Notes {
    fn new(exercise: ExerciseId) -> Self {
        Self { exercise, seed: None, found: BTreeMap::new() }
    }

    fn add(&mut self, rule: Rule, key: impl Into<String>, what: impl Into<String>) {
        let key = key.into();
        let finding = self.found.entry((rule, key.clone())).or_insert_with(|| Finding {
            exercise: self.exercise.clone(),
            rule,
            key,
            seed: self.seed,
            items: 0,
            what: what.into(),
        });
        finding.items += u32::from(self.seed.is_some());
    }
}

fn lint_items(exercise: &Exercise, draws: u32, notes: &mut Notes) {
    let mut starts = BTreeSet::new();
    let mut needed = exercise.of_skill.is_none();
    for seed in 0..draws {
        notes.seed = Some(i64::from(seed));
        match draw(exercise, i64::from(seed)) {
            Ok(item) => {
                proof::check_worked(&item, notes);
                proof::check_wrong(&item, notes);
                wording::check(&item, notes);
                needed = needed || exercise.of_skill.as_ref().is_some_and(|policy| proof::needs_more(&item, policy));
                starts.insert(item.start_text);
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
    let wanted = VARIETY.min(draws.div_ceil(2));
    if starts.len() < wanted as usize {
        let what = format!("{draws} draws gave only {} different items; widen the parameters", starts.len());
        notes.add(Rule::Variety, "parameters", what);
    }
}

fn lint_material(exercise: &Exercise, bank: &Bank, notes: &mut Notes) {
    let ids: Vec<String> = bank.materials().iter().map(|material| material.id.clone()).collect();
    if !ids.is_empty() && !bank.has(&exercise.id, bank.materials_named(&ids)) {
        notes.add(Rule::Material, "", "is in no material, so nobody can be given it; name it in materials.toml");
    }
}

fn lint_level(exercise: &Exercise, bank: &Bank, notes: &mut Notes) {
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
