//! Gaps to be filled with numbers. Handed in between semicolons, since a comma is a decimal comma.

use serde::Deserialize;
use stepcheck::{Demand, Policy, Task};

use super::value::task_of;
use super::{Judged, holds};
use crate::exercises::formula::Values;
use crate::exercises::piece::{Piece, PieceTable, PieceTemplate};
use crate::exercises::template::{Template, WordValues};

/// The sign of a gap.
pub const GAP: char = '□';
const MOST: usize = 6;

/// `gaps = { text = "2/3 = □/12", answers = ["8"] }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::exercises) struct GapsTable {
    pub(in crate::exercises) text: PieceTable,
    pub(in crate::exercises) answers: Vec<String>,
}

#[derive(Clone, Debug)]
pub(in crate::exercises) struct GapsTemplate {
    text: PieceTemplate,
    answers: Vec<Template>,
}

/// A text with gaps as a student sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gaps {
    /// With a [`GAP`] for each.
    pub text: Piece,
    /// What is worth in each gap what its answer is worth.
    answers: Vec<Task>,
    /// The answers as they are written.
    written: Vec<String>,
}

impl GapsTemplate {
    pub(in crate::exercises) fn read(table: &GapsTable) -> Result<Self, String> {
        let counts: Vec<usize> = match &table.text {
            PieceTable::Maths(text) => vec![text.matches(GAP).count()],
            PieceTable::Words(words) => words.each().iter().map(|(_, text)| text.matches(GAP).count()).collect(),
        };
        if !(1..=MOST).contains(&table.answers.len()) || counts.iter().any(|count| *count != table.answers.len()) {
            return Err(format!("write as many {GAP} in the text as there are answers, 1 to {MOST}"));
        }
        let answers = table.answers.iter().map(|text| Template::read(text)).collect::<Result<_, _>>()?;
        Ok(Self { text: table.text.read()?, answers })
    }

    pub(in crate::exercises) fn templates(&self) -> Vec<&Template> {
        self.text.templates().into_iter().chain(&self.answers).collect()
    }

    pub(in crate::exercises) fn fill(
        &self,
        numbers: &Values,
        words: &WordValues,
        policy: &Policy,
    ) -> Result<Gaps, String> {
        let written: Vec<String> = self.answers.iter().map(|answer| answer.fill(numbers)).collect::<Result<_, _>>()?;
        let answers = written.iter().map(|text| task_of(text, Demand::Value, policy)).collect::<Result<_, String>>()?;
        Ok(Gaps { text: self.text.fill(numbers, words)?, answers, written })
    }
}

impl Gaps {
    /// How many gaps there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.answers.len()
    }

    pub(super) fn handed_in(&self) -> String {
        self.written.join("; ")
    }

    pub(super) fn judge(&self, typed: &str) -> Judged {
        match self.filled(typed) {
            Some(right) if right.iter().all(|right| *right) => Judged::finished(),
            Some(_) => Judged::wrong(None),
            None => Judged::unreadable(typed),
        }
    }

    /// For each gap whether it holds what it should. `None` if one is empty or there are too many.
    #[must_use]
    pub fn filled(&self, typed: &str) -> Option<Vec<bool>> {
        let parts: Vec<&str> = typed.split(';').map(str::trim).collect();
        if parts.len() != self.answers.len() {
            return None;
        }
        self.answers.iter().zip(parts).map(|(answer, part)| holds(answer, part)).collect()
    }
}
