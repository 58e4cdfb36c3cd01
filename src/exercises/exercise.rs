//! An exercise: a template for endlessly many items of one kind.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use stepcheck::{Demand, Policy};

use super::choices::Choices;
use super::fault::Faults;
use super::file::ExerciseTable;
use super::formula::{Condition, Formula};
use super::ids::{ExerciseId, is_kebab_case};
use super::template::Template;
use super::words::Words;

/// Difficulties are logits on the scale of the student model; farther out is a slip.
const FARTHEST: f64 = 4.0;

/// How demanding an exercise is within its skill, from A (first meeting) to C (several ideas).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Level {
    /// The plain form.
    A,
    /// Signs, larger numbers or one more step.
    B,
    /// Several ideas at once.
    C,
}

impl fmt::Display for Level {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self:?}")
    }
}

/// An authored template; [`draw`](super::draw) makes items of it.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// Its name, unique in the bank.
    pub id: ExerciseId,
    /// The skill it practises, as index into [`Bank::skills`](super::Bank::skills).
    pub skill: u16,
    /// How demanding it is within the skill.
    pub level: Level,
    /// The author's guess of its difficulty, in logits; 0 is typical, −4 ≤ difficulty ≤ 4.
    pub difficulty: f64,
    pub(super) ask: Words<Template>,
    pub(super) start: Template,
    pub(super) demand: Demand,
    /// By which conventions lines are judged.
    pub(super) policy: Policy,
    /// What the skill says of them, where the exercise says something of its own.
    pub(super) of_skill: Option<Policy>,
    pub(super) worked: Vec<Template>,
    pub(super) wrong: Vec<Template>,
    pub(super) hints: Vec<Words<Template>>,
    pub(super) conditions: Vec<Condition>,
    pub(super) parameters: Vec<(char, Choices)>,
    /// In an order in which each needs only those before it.
    pub(super) derived: Vec<(char, Formula)>,
}

impl Exercise {
    /// Reads what the keys of one `[[exercise]]` hold; `of_skill` are the conventions of its skill. `None` when something was noted.
    pub(super) fn read(table: &ExerciseTable, skill: u16, of_skill: &Policy, faults: &mut Faults<'_>) -> Option<Self> {
        let before = faults.count();
        check_plain_keys(table, faults);
        let own = table.policy.as_ref().map(|policy| policy.over(of_skill.clone(), "policy", faults));
        let parameters = read_parameters(table, faults);
        let mut names: BTreeSet<char> = parameters.iter().map(|(name, _)| *name).collect();
        let derived = read_derived(table, &mut names, faults);
        let mut reader = Reader { names, faults };
        let exercise = Self {
            id: ExerciseId::from(table.id.as_str()),
            skill,
            level: table.level,
            difficulty: table.difficulty,
            ask: Words { sv: reader.template("ask.sv", &table.ask.sv)?, en: reader.template("ask.en", &table.ask.en)? },
            start: reader.template("start", &table.start)?,
            demand: reader.faults.check("demand", table.demand.read())?,
            of_skill: own.is_some().then(|| of_skill.clone()),
            policy: own.unwrap_or_else(|| of_skill.clone()),
            worked: reader.templates("worked", &table.worked),
            wrong: reader.templates("wrong", &table.wrong),
            hints: reader.hints(&table.hints),
            conditions: reader.conditions(&table.conditions),
            parameters,
            derived,
        };
        (reader.faults.count() == before).then_some(exercise)
    }
}

fn check_plain_keys(table: &ExerciseTable, faults: &mut Faults<'_>) {
    if !is_kebab_case(&table.id) {
        faults.note("id", "write it in kebab-case: a–z, 0–9 and single hyphens");
    }
    if !(-FARTHEST..=FARTHEST).contains(&table.difficulty) {
        faults.note("difficulty", "it is in logits; write a number from −4.0 to 4.0, 0 for a typical exercise");
    }
    if table.worked.is_empty() {
        faults.note("worked", "write at least the line with the answer");
    }
    if table.hints.sv.len() != table.hints.en.len() || table.hints.sv.len() < 2 {
        faults.note("hints", "write two strengths in each language: where to look, and which rule");
    }
    if table.parameters.is_empty() {
        faults.note("parameters", "give at least one number to draw");
    }
}

/// A name of a number is one letter a–z: two letters side by side mean a product.
fn read_name(text: &str) -> Result<char, String> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_lowercase() => Ok(letter),
        _ => Err("a name is a single letter a–z".into()),
    }
}

fn read_parameters(table: &ExerciseTable, faults: &mut Faults<'_>) -> Vec<(char, Choices)> {
    let mut parameters = Vec::new();
    for (name, value) in &table.parameters {
        let key = format!("parameters.{name}");
        let letter = faults.check(&key, read_name(name));
        let choices = faults.check(&key, Choices::read(value));
        parameters.extend(letter.zip(choices));
    }
    parameters
}

/// Reads the derived numbers and puts them in an order in which they can be worked out.
fn read_derived(table: &ExerciseTable, names: &mut BTreeSet<char>, faults: &mut Faults<'_>) -> Vec<(char, Formula)> {
    let mut waiting = Vec::new();
    for (name, text) in &table.derived {
        let key = format!("derived.{name}");
        if table.parameters.contains_key(name) {
            faults.note(&key, "is a parameter already; choose another letter");
        }
        let letter = faults.check(&key, read_name(name));
        let formula = faults.check(&key, Formula::read(text));
        waiting.extend(letter.zip(formula));
    }
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let (ready, later): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(_, formula): &(char, Formula)| formula.names().is_subset(names));
        if ready.is_empty() {
            for (name, formula) in &later {
                let missing: String = formula.names().difference(names).collect();
                faults.note(
                    format!("derived.{name}"),
                    format!("needs {missing}, which is not given or needs {name} itself"),
                );
                names.insert(*name);
            }
            return ordered;
        }
        names.extend(ready.iter().map(|(name, _)| *name));
        ordered.extend(ready);
        waiting = later;
    }
    ordered
}

/// Reads texts whose names must be among the given ones.
struct Reader<'a, 'b> {
    names: BTreeSet<char>,
    faults: &'a mut Faults<'b>,
}

impl Reader<'_, '_> {
    fn known(&mut self, key: &str, mut used: impl Iterator<Item = char>) {
        if let Some(name) = used.find(|name| !self.names.contains(name)) {
            let what = format!("uses {name}, which is neither a parameter nor derived");
            self.faults.note(key, what);
        }
    }

    fn template(&mut self, key: &str, text: &str) -> Option<Template> {
        if text.trim().is_empty() {
            self.faults.note(key, "is empty; write the text");
        }
        let template = self.faults.check(key, Template::read(text))?;
        self.known(key, template.names().copied());
        Some(template)
    }

    fn templates(&mut self, key: &str, texts: &[String]) -> Vec<Template> {
        let numbered = texts.iter().enumerate();
        numbered.filter_map(|(i, text)| self.template(&format!("{key}[{}]", i + 1), text)).collect()
    }

    fn hints(&mut self, texts: &Words<Vec<String>>) -> Vec<Words<Template>> {
        let sv = self.templates("hints.sv", &texts.sv);
        let en = self.templates("hints.en", &texts.en);
        sv.into_iter().zip(en).map(|(sv, en)| Words { sv, en }).collect()
    }

    fn conditions(&mut self, texts: &[String]) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (i, text) in texts.iter().enumerate() {
            let key = format!("where[{}]", i + 1);
            if let Some(condition) = self.faults.check(&key, Condition::read(text)) {
                self.known(&key, condition.names().copied());
                conditions.push(condition);
            }
        }
        conditions
    }
}
