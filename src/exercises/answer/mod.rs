//! What a student hands in, and how it is judged: lines of a solution, a number, a choice, an order, pairs, gaps, a point,
//! several parts, words.
//!
//! Whatever the kind, it is handed in as one line of text and judged at once, so that it is stored, sent again and shown
//! to a teacher as any line is. The pages make that line from their fields.

mod choice;
mod gaps;
mod letters;
mod order;
mod pairs;
mod parts;
mod point;
mod read;
mod value;

use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use stepcheck::{Account, Before, Cause, Misconception, Missing, Place, Statement, Task, Unreadable, Verdict};

use super::item::below;
use super::words::Words;

pub use choice::{Choice, Opt};
pub use gaps::{GAP, Gaps};
pub use order::Order;
pub use pairs::Pairs;
pub use parts::{Part, for_part, is_solved, part_of};
pub(super) use parts::{PartTable, PartTemplate};
pub use point::Point;
pub(super) use read::{AnswerTable, AnswerTemplate};

/// The kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "&'static str")]
pub enum Kind {
    /// A solution, line by line.
    Lines,
    Number,
    Fraction,
    Expression,
    Choice,
    Order,
    Match,
    Gaps,
    Point,
    Parts,
    /// Words for the teacher; nothing is judged.
    Explain,
}

impl Kind {
    /// As files and the list have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Number => "number",
            Self::Fraction => "fraction",
            Self::Expression => "expression",
            Self::Choice => "choice",
            Self::Order => "order",
            Self::Match => "match",
            Self::Gaps => "gaps",
            Self::Point => "point",
            Self::Parts => "parts",
            Self::Explain => "explain",
        }
    }
}

impl From<Kind> for &'static str {
    fn from(kind: Kind) -> Self {
        kind.name()
    }
}

/// What is asked for, with its numbers in place.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Lines from what is shown to the demanded form.
    Lines(Task),
    /// A number, a fraction or an expression; what the task starts from is the calculation that gives it, and not shown.
    Value {
        kind: Kind,
        task: Task,
        /// Stands beside the field, and may be typed or not.
        unit: Option<Words>,
    },
    Choice(Choice),
    Order(Order),
    Match(Pairs),
    Gaps(Gaps),
    Point(Point),
    Parts(Vec<Part>),
    /// Words for the teacher, with what such an answer may be.
    Explain(Words),
}

/// The judgement of what was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub verdict: Verdict,
    pub account: Option<Account>,
    /// What was read, for lines that the next builds on.
    pub statement: Option<Statement>,
}

impl Judged {
    const fn finished() -> Self {
        Self { verdict: Verdict::Right { finished: true }, account: None, statement: None }
    }

    fn wrong(misconception: Option<Misconception>) -> Self {
        let cause = misconception.map(|id| Cause::Misconception { id });
        let account = cause.map(|cause| Account::Mistake { cause: Some(cause), broken: None, follows: false });
        Self { verdict: Verdict::Wrong { witness: None }, account, statement: None }
    }

    fn unreadable(typed: &str) -> Self {
        let place = Place::before(typed.chars().count());
        let verdict = Verdict::Unreadable(Unreadable { place, missing: Missing::Operand });
        Self { verdict, account: None, statement: None }
    }

    /// The same with places that hold in `whole`, of which `inside` is the end.
    fn shifted(mut self, whole: &str, inside: &str) -> Self {
        let by = whole.trim_end().chars().count().saturating_sub(inside.chars().count());
        let moved = |place: Place| Place { start: place.start + by, end: place.end + by };
        if let Verdict::Unreadable(unreadable) = &mut self.verdict {
            unreadable.place = moved(unreadable.place);
        }
        if let Some(Account::Mistake { broken: Some(broken), .. }) = &mut self.account {
            *broken = moved(*broken);
        }
        self
    }
}

impl Answer {
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Lines(_) => Kind::Lines,
            Self::Value { kind, .. } => *kind,
            Self::Choice(_) => Kind::Choice,
            Self::Order(_) => Kind::Order,
            Self::Match(_) => Kind::Match,
            Self::Gaps(_) => Kind::Gaps,
            Self::Point(_) => Kind::Point,
            Self::Parts(_) => Kind::Parts,
            Self::Explain(_) => Kind::Explain,
        }
    }

    /// The task of a solution line by line.
    #[must_use]
    pub const fn lines(&self) -> Option<&Task> {
        if let Self::Lines(task) = self { Some(task) } else { None }
    }

    /// Whether it is told right from wrong; words are for the teacher.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        match self {
            Self::Explain(_) => false,
            Self::Parts(parts) => parts.iter().any(|part| part.answer.is_judged()),
            _ => true,
        }
    }

    /// Judges what is handed in for anything but lines, `held` being what held of it before.
    pub(super) fn judge(&self, held: &[&str], typed: &str) -> Judged {
        match self {
            Self::Lines(task) => {
                let (judged, account) = stepcheck::explain(task, Before::default(), typed);
                Judged { verdict: judged.verdict, account, statement: judged.statement }
            }
            Self::Value { task, unit, .. } => value::judge(task, unit.as_ref(), typed),
            Self::Choice(choice) => choice.judge(typed),
            Self::Order(order) => order.judge(typed),
            Self::Match(pairs) => pairs.judge(typed),
            Self::Gaps(gaps) => gaps.judge(typed),
            Self::Point(point) => point.judge(typed),
            Self::Parts(parts) => parts::judge(parts, held, typed),
            Self::Explain(_) if typed.trim().is_empty() => Judged::unreadable(typed),
            Self::Explain(_) => Judged::finished(),
        }
    }

    /// What whoever has it right hands in. Empty for lines and values, whose worked solution says it.
    pub(super) fn handed_in(&self) -> Vec<String> {
        match self {
            Self::Lines(_) => Vec::new(),
            Self::Value { task, .. } => value::finished(task).into_iter().collect(),
            Self::Choice(choice) => vec![choice.handed_in()],
            Self::Order(order) => vec![order.handed_in()],
            Self::Match(pairs) => vec![pairs.handed_in()],
            Self::Gaps(gaps) => vec![gaps.handed_in()],
            Self::Point(point) => vec![point.handed_in()],
            Self::Parts(parts) => parts::handed_in(parts),
            Self::Explain(sample) => vec![sample.sv.clone()],
        }
    }
}

/// Whether what stands in a gap is worth what it should. `None` if it cannot be read.
fn holds(task: &Task, typed: &str) -> Option<bool> {
    match stepcheck::judge(task, &[], typed).verdict {
        Verdict::Right { .. } | Verdict::Unfinished { .. } => Some(true),
        Verdict::Wrong { .. } => Some(false),
        Verdict::Unreadable(_) => None,
    }
}

/// Puts things in an order by chance, the same for the same draw.
pub(super) struct Shuffle<'g>(pub(super) &'g mut ChaCha8Rng);

impl Shuffle<'_> {
    /// Each order as likely (Durstenfeld 1964).
    fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, below(self.0, last + 1));
        }
    }
}
