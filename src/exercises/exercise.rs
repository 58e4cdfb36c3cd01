//! An exercise: a template for endlessly many items of one kind.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use stepcheck::Policy;

use super::answer::{AnswerTemplate, Kind, PartTemplate};
use super::choices::Choices;
use super::fault::Faults;
use super::figure::Figure;
use super::file::ExerciseTable;
use super::formula::{Condition, Formula};
use super::ids::{ExerciseId, is_kebab_case};
use super::item::Wrong;
use super::piece::PieceTemplate;
use super::reader::Reader;
use super::source::Source;
use super::template::Template;
use super::word_lists::{FRIEND, NAME, WordList};
use super::words::Words;

/// What exercises are about, so that a bank can be seen to be varied.
const CONTEXTS: [&str; 16] = [
    "food",
    "shopping",
    "money",
    "travel",
    "sport",
    "school",
    "home",
    "nature",
    "weather",
    "animals",
    "building",
    "games",
    "music",
    "health",
    "environment",
    "work",
];
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
    /// What it is about, such as food or travel; none for bare mathematics.
    pub context: Option<String>,
    /// Where it is written.
    pub source: Source,
    pub(super) ask: Words<Template>,
    pub(super) figure: Option<Figure>,
    pub(super) support: Option<Words<Template>>,
    /// The mathematics that is shown where it is not what lines start from.
    pub(super) shown: Option<Template>,
    pub(super) answer: AnswerTemplate,
    /// By which conventions lines are judged.
    pub(super) policy: Policy,
    /// What the skill says of them, where the exercise says something of its own.
    pub(super) of_skill: Option<Policy>,
    pub(super) worked: Vec<PieceTemplate>,
    pub(super) wrong: Vec<Wrong<Template>>,
    pub(super) hints: Vec<Words<Template>>,
    pub(super) conditions: Vec<Condition>,
    /// What must hold of every draw if the numbers are to be believed.
    pub(super) plausible: Vec<Condition>,
    pub(super) parameters: Vec<(char, Choices)>,
    /// In an order in which each needs only those before it.
    pub(super) derived: Vec<(char, Formula)>,
    /// Lists of words by name, only those that some text uses.
    pub(super) words: Vec<(String, WordList)>,
}

impl Exercise {
    /// What a student hands in.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.answer.kind()
    }

    /// The codes of the languages it is written in: all of the bank's, or it would not be read.
    #[must_use]
    pub const fn languages(&self) -> [&'static str; 2] {
        ["sv", "en"]
    }

    /// Reads what the keys of one `[[exercise]]` hold; `of_skill` are the conventions of its skill. `None` when something
    /// was noted.
    pub(super) fn read(
        (table, source): (&ExerciseTable, Source),
        skill: u16,
        of_skill: &Policy,
        faults: &mut Faults<'_>,
    ) -> Option<Self> {
        let before = faults.count();
        check_plain_keys(table, faults);
        let own = table.policy.as_ref().map(|policy| policy.over(of_skill.clone(), "policy", faults));
        let parameters = read_parameters(table, faults);
        let mut numbers: BTreeSet<char> = parameters.iter().map(|(name, _)| *name).collect();
        let derived = read_derived(table, &mut numbers, faults);
        let lists = read_words(table, faults);
        let words = lists.iter().map(|(name, _)| name.clone()).collect();
        let mut reader = Reader { numbers, words, faults };
        let mut exercise = Self {
            id: ExerciseId::from(table.id.as_str()),
            skill,
            level: table.level,
            difficulty: table.difficulty,
            context: table.context.clone(),
            source,
            ask: reader.text("ask", &table.ask)?,
            figure: read_figure(table, &mut reader),
            support: table.support.as_ref().and_then(|support| reader.text("support", support)),
            shown: read_shown(table, &mut reader),
            answer: read_answer(table, &mut reader)?,
            of_skill: own.is_some().then(|| of_skill.clone()),
            policy: own.unwrap_or_else(|| of_skill.clone()),
            worked: reader.worked(&table.worked),
            wrong: reader.wrong(&table.wrong),
            hints: reader.hints(&table.hints),
            conditions: reader.conditions("where", &table.conditions),
            plausible: reader.conditions("plausible", &table.plausible),
            parameters,
            derived,
            words: Vec::new(),
        };
        exercise.words = lists.into_iter().filter(|(name, _)| exercise.uses(name)).collect();
        (reader.faults.count() == before).then_some(exercise)
    }

    /// Every text of it that is for people.
    fn texts(&self) -> impl Iterator<Item = &Template> {
        let words = std::iter::once(&self.ask).chain(&self.support).chain(&self.hints);
        let pieces = self.worked.iter().flat_map(PieceTemplate::templates);
        words.flat_map(|words| [&words.sv, &words.en]).chain(pieces).chain(self.answer.templates())
    }

    /// Whether a text of it uses the list of this name. Of two people the second needs the first to differ from.
    fn uses(&self, name: &str) -> bool {
        let uses = |name: &str| self.texts().any(|text| text.words().any(|word| word == name));
        uses(name) || name == NAME && uses(FRIEND)
    }
}

/// What lines start from, or the one answer, or the parts.
fn read_answer(table: &ExerciseTable, reader: &mut Reader<'_, '_>) -> Option<AnswerTemplate> {
    let given = [table.demand.is_some(), table.answer.is_some(), !table.parts.is_empty()];
    if given.iter().filter(|given| **given).count() != 1 {
        let what = "write start and demand for a solution line by line, or one answer, or several [[exercise.part]]";
        reader.faults.note("answer", what);
        return None;
    }
    let (key, read) = match (&table.demand, &table.answer) {
        (Some(demand), _) => {
            let start = reader.template("start", table.start.as_deref().unwrap_or_default())?;
            ("demand", demand.read().map(|demand| AnswerTemplate::Lines { start, demand }))
        }
        (None, Some(answer)) => ("answer", answer.read()),
        (None, None) => ("part", PartTemplate::read_all(&table.parts).map(AnswerTemplate::Parts)),
    };
    let answer = reader.faults.check(key, read)?;
    for template in answer.templates() {
        reader.all_known(key, template);
    }
    reader.known(key, answer.names_in_conditions().into_iter());
    Some(answer)
}

fn read_figure(table: &ExerciseTable, reader: &mut Reader<'_, '_>) -> Option<Figure> {
    let figure = table.figure.as_ref()?;
    let figure = reader.faults.check("figure", Figure::read(figure))?;
    reader.known("figure", figure.names());
    Some(figure)
}

fn read_shown(table: &ExerciseTable, reader: &mut Reader<'_, '_>) -> Option<Template> {
    let shown = table.start.as_deref().filter(|_| table.demand.is_none())?;
    reader.template("start", shown)
}

/// The lists of words that the exercise has, with the two that all have.
fn read_words(table: &ExerciseTable, faults: &mut Faults<'_>) -> Vec<(String, WordList)> {
    let mut lists = vec![(NAME.to_owned(), WordList::people()), (FRIEND.to_owned(), WordList::people())];
    for (name, words) in &table.words {
        let key = format!("words.{name}");
        if !is_kebab_case(name) || [NAME, FRIEND].contains(&name.as_str()) {
            faults.note(&key, format!("choose another name, of small letters; {NAME} and {FRIEND} are there already"));
        }
        if let Some(list) = faults.check(&key, words.read()) {
            lists.push((name.clone(), list));
        }
    }
    lists
}

fn check_plain_keys(table: &ExerciseTable, faults: &mut Faults<'_>) {
    if !is_kebab_case(&table.id) {
        faults.note("id", "write it in kebab-case: a–z, 0–9 and single hyphens");
    }
    if !(-FARTHEST..=FARTHEST).contains(&table.difficulty) {
        faults.note("difficulty", "it is in logits; write a number from −4.0 to 4.0, 0 for a typical exercise");
    }
    if let Some(context) = table.context.as_deref().filter(|context| !CONTEXTS.contains(context)) {
        faults.note("context", format!("{context} is none; write one of {}", CONTEXTS.join(", ")));
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
