//! Several questions about one thing, a), b), c). Each is handed in with its letter: `b) 45`.

use serde::Deserialize;
use stepcheck::{Policy, Verdict};

use super::letters::letter;
use super::{Answer, AnswerTable, AnswerTemplate, Judged, Shuffle};
use crate::exercises::formula::Values;
use crate::exercises::piece::fill_words;
use crate::exercises::template::{Template, WordValues};
use crate::exercises::words::Words;

const MOST: usize = 5;

/// `[[exercise.part]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::exercises) struct PartTable {
    pub(in crate::exercises) ask: Words,
    pub(in crate::exercises) answer: AnswerTable,
}

#[derive(Clone, Debug)]
pub(in crate::exercises) struct PartTemplate {
    ask: Words<Template>,
    pub(super) answer: AnswerTemplate,
}

/// One of the questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub ask: Words,
    pub answer: Answer,
}

impl PartTemplate {
    pub(in crate::exercises) fn read_all(tables: &[PartTable]) -> Result<Vec<Self>, String> {
        if !(2..=MOST).contains(&tables.len()) {
            return Err(format!("write 2 to {MOST} parts"));
        }
        tables.iter().map(Self::read).collect()
    }

    fn read(table: &PartTable) -> Result<Self, String> {
        Ok(Self { ask: table.ask.try_map(|text| Template::read(text))?, answer: table.answer.read()? })
    }

    pub(super) fn templates(&self) -> Vec<&Template> {
        [&self.ask.sv, &self.ask.en].into_iter().chain(self.answer.templates()).collect()
    }

    pub(super) fn fill(
        &self,
        numbers: &Values,
        words: &WordValues,
        policy: &Policy,
        shuffle: &mut Shuffle<'_>,
    ) -> Result<Part, String> {
        Ok(Part {
            ask: fill_words(&self.ask, numbers, words)?,
            answer: self.answer.fill(numbers, words, policy, shuffle)?,
        })
    }
}

/// What is handed in for a part, and for which.
#[must_use]
pub fn part_of(typed: &str, count: usize) -> Option<(usize, &str)> {
    let mut signs = typed.trim_start().chars();
    let sign = signs.next()?.to_ascii_uppercase();
    let part = (0..count).find(|at| letter(*at) == sign)?;
    let rest = signs.as_str().trim_start();
    Some((part, rest.strip_prefix(')')?.trim()))
}

/// What is typed for a part, so that [`part_of`] reads it.
#[must_use]
pub fn for_part(part: usize, typed: &str) -> String {
    format!("{}) {typed}", letter(part).to_ascii_lowercase())
}

/// Judges an answer to one of the parts, `held` being the lines that held before.
pub(super) fn judge(parts: &[Part], held: &[&str], typed: &str) -> Judged {
    let Some((at, inside)) = part_of(typed, parts.len()) else { return Judged::unreadable(typed) };
    let of_part: Vec<&str> = held
        .iter()
        .filter_map(|line| part_of(line, parts.len()))
        .filter(|(of, _)| *of == at)
        .map(|(_, line)| line)
        .collect();
    let judged = parts[at].answer.judge(&of_part, inside);
    if judged.verdict != (Verdict::Right { finished: true }) {
        return judged.shifted(typed, inside);
    }
    let finished = (0..parts.len()).all(|part| part == at || is_solved(parts, held, part));
    Judged { verdict: Verdict::Right { finished }, account: None, statement: None }
}

/// Whether one of the lines that held solved this part.
#[must_use]
pub fn is_solved(parts: &[Part], held: &[&str], part: usize) -> bool {
    let of_part = held.iter().filter_map(|line| part_of(line, parts.len())).filter(|(of, _)| *of == part);
    let Some(asked) = parts.get(part) else { return false };
    of_part.map(|(_, line)| line).any(|line| asked.answer.judge(&[], line).verdict == Verdict::Right { finished: true })
}

pub(super) fn handed_in(parts: &[Part]) -> Vec<String> {
    let each = parts.iter().enumerate();
    each.map(|(at, part)| for_part(at, &part.answer.handed_in().into_iter().next_back().unwrap_or_default())).collect()
}
