//! One of several options, or some of them. Handed in by their letters.

use serde::Deserialize;
use stepcheck::Misconception;

use super::letters::{letter, places};
use super::{Judged, Shuffle};
use crate::exercises::formula::{Condition, Values};
use crate::exercises::piece::{Piece, PieceTable, PieceTemplate};
use crate::exercises::template::{Template, WordValues};

/// More options are no longer read by anybody.
const MOST: usize = 8;

/// One option in a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::exercises) struct OptionTable {
    pub(in crate::exercises) text: PieceTable,
    /// `true`, or a condition on the numbers such as `"a > b"`; wrong if it is not there.
    right: Option<RightTable>,
    /// The wrong rule by which somebody comes to it.
    misconception: Option<Misconception>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum RightTable {
    Always(bool),
    When(String),
}

#[derive(Clone, Debug)]
enum Right {
    Always(bool),
    When(Box<Condition>),
}

#[derive(Clone, Debug)]
struct OptionTemplate {
    text: PieceTemplate,
    right: Right,
    misconception: Option<Misconception>,
}

/// Options that have been read.
#[derive(Clone, Debug)]
pub(in crate::exercises) struct ChoiceTemplate {
    options: Vec<OptionTemplate>,
    several: bool,
    /// They stand as they are written, such as «ja» and «nej».
    in_order: bool,
}

/// Options as a student sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub options: Vec<Opt>,
    /// Any number of them may be right; otherwise exactly one is.
    pub several: bool,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    pub text: Piece,
    pub is_right: bool,
    /// The wrong rule by which somebody comes to it.
    pub misconception: Option<Misconception>,
}

impl ChoiceTemplate {
    pub(in crate::exercises) fn read(options: &[OptionTable], several: bool, in_order: bool) -> Result<Self, String> {
        if !(2..=MOST).contains(&options.len()) {
            return Err(format!("write 2 to {MOST} options"));
        }
        let options = options.iter().map(OptionTemplate::read).collect::<Result<_, String>>()?;
        Ok(Self { options, several, in_order })
    }

    pub(in crate::exercises) fn templates(&self) -> Vec<&Template> {
        self.options.iter().flat_map(|option| option.text.templates()).collect()
    }

    /// Names of numbers in its conditions.
    pub(in crate::exercises) fn names(&self) -> Vec<char> {
        let conditions = self.options.iter().filter_map(|option| match &option.right {
            Right::When(condition) => Some(condition.as_ref()),
            Right::Always(_) => None,
        });
        conditions.flat_map(|condition| condition.names().copied()).collect()
    }

    pub(in crate::exercises) fn fill(
        &self,
        numbers: &Values,
        words: &WordValues,
        shuffle: &mut Shuffle<'_>,
    ) -> Result<Choice, String> {
        let mut options = Vec::with_capacity(self.options.len());
        for option in &self.options {
            let is_right = match &option.right {
                Right::Always(is_right) => *is_right,
                Right::When(condition) => condition.holds(numbers),
            };
            let misconception = option.misconception.filter(|_| !is_right);
            options.push(Opt { text: option.text.fill(numbers, words)?, is_right, misconception });
        }
        for (at, option) in options.iter().enumerate() {
            if options[..at].iter().any(|other| other.text == option.text) {
                return Err("two options are the same; shut these numbers out with `where`".into());
            }
        }
        if !self.in_order {
            shuffle.shuffle(&mut options);
        }
        let right = options.iter().filter(|option| option.is_right).count();
        match right {
            0 => Err("none of the options is right; shut these numbers out with `where`".into()),
            2.. if !self.several => {
                Err(format!("{right} options are right; write several = true, or shut these numbers out with `where`"))
            }
            _ => Ok(Choice { options, several: self.several }),
        }
    }
}

impl OptionTemplate {
    fn read(table: &OptionTable) -> Result<Self, String> {
        let right = match &table.right {
            None => Right::Always(false),
            Some(RightTable::Always(right)) => Right::Always(*right),
            Some(RightTable::When(condition)) => Right::When(Box::new(Condition::read(condition)?)),
        };
        Ok(Self { text: table.text.read()?, right, misconception: table.misconception })
    }
}

impl Choice {
    pub(super) fn handed_in(&self) -> String {
        let right = self.options.iter().enumerate().filter(|(_, option)| option.is_right);
        right.map(|(at, _)| letter(at).to_string()).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn judge(&self, typed: &str) -> Judged {
        let Some(chosen) = places(typed, self.options.len()).filter(|chosen| !chosen.is_empty()) else {
            return Judged::unreadable(typed);
        };
        if chosen.len() > 1 && !self.several {
            return Judged::unreadable(typed);
        }
        let is_right = |at: usize| self.options[at].is_right;
        let all = self.options.iter().filter(|option| option.is_right).count();
        if chosen.iter().all(|at| is_right(*at)) && chosen.len() == all {
            return Judged::finished();
        }
        // Of several the first wrong one tells most.
        Judged::wrong(chosen.iter().find(|at| !is_right(**at)).and_then(|at| self.options[*at].misconception))
    }

    /// The options that were chosen.
    #[must_use]
    pub fn chosen(&self, typed: &str) -> Vec<&Opt> {
        places(typed, self.options.len()).unwrap_or_default().into_iter().map(|at| &self.options[at]).collect()
    }
}
