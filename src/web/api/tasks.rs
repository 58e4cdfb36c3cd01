//! A task with what is asked for, as several resources give it.

use serde::Serialize;
use stepcheck::Notation;
use utoipa::ToSchema;

use crate::{
    exercises::{Answer, Item, Kind, Part, Piece},
    web::speech::Language,
};

/// A task as it is given.
#[derive(Serialize, ToSchema)]
#[schema(as = Task)]
pub struct TaskBody {
    /// What is asked for, in the reader's language.
    #[schema(example = "Lös ekvationen.")]
    pub ask: String,
    /// What it begins with, as plain text with decimal comma.
    ///
    /// Empty where words say it all.
    #[schema(example = "2x + 3 = 11")]
    pub start: String,
    /// What helps from the beginning, in the reader's language; `null` if there is nothing.
    #[schema(required)]
    support: Option<String>,
    /// What the figure beside it shows, in words; `null` if there is none.
    #[schema(required)]
    figure: Option<String>,
    answer: AnswerBody,
}

/// What is handed in. Whatever the kind, it is sent as a line: the text says how.
#[derive(Serialize, ToSchema)]
#[schema(as = Answer, no_recursion)]
pub struct AnswerBody {
    /// `lines`: a solution line by line. `number`, `fraction`, `expression`: the answer, or a step on the way. `choice`: the
    /// letters of the options, `B` or `A, C`. `order`: the letters in their order, `C, A, B`. `match`: numbers with letters,
    /// `1C, 2A`. `gaps`: what stands in each, `8; 12`. `point`: `2,5` or `(3; −2)`. `parts`: one part with its letter,
    /// `b) 45`. `explain`: words.
    #[schema(value_type = String, example = "lines")]
    kind: Kind,
    /// Lettered from A: options, pieces to be put in order, or what is to be matched.
    options: Vec<String>,
    /// Any number of the options may be right.
    several: bool,
    /// Numbered from 1: what options are matched to.
    left: Vec<String>,
    /// The text with gaps, □; empty for other kinds.
    text: String,
    /// How many coordinates a point has; 0 for other kinds.
    #[schema(minimum = 0, maximum = 2)]
    coordinates: usize,
    /// Of a number, and may be left out; empty if there is none.
    unit: String,
    /// Lettered from a.
    parts: Vec<PartBody>,
}

/// One of several questions.
#[derive(Serialize, ToSchema)]
#[schema(as = Part)]
pub struct PartBody {
    ask: String,
    answer: AnswerBody,
}

impl AnswerBody {
    fn of(answer: &Answer, language: Language) -> Self {
        let texts = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text(language.code()).to_owned()).collect();
        let mut body = Self {
            kind: answer.kind(),
            options: Vec::new(),
            several: false,
            left: Vec::new(),
            text: String::new(),
            coordinates: 0,
            unit: String::new(),
            parts: Vec::new(),
        };
        match answer {
            Answer::Choice(choice) => {
                body.options = choice.options.iter().map(|one| one.text.text(language.code()).to_owned()).collect();
                body.several = choice.several;
            }
            Answer::Order(order) => body.options = texts(&order.pieces),
            Answer::Match(pairs) => (body.left, body.options) = (texts(&pairs.left), texts(&pairs.right)),
            Answer::Gaps(gaps) => gaps.text.text(language.code()).clone_into(&mut body.text),
            Answer::Point(point) => body.coordinates = point.coordinates.len(),
            Answer::Value { unit: Some(unit), .. } => language.of(unit).clone_into(&mut body.unit),
            Answer::Parts(parts) => {
                let part = |part: &Part| PartBody {
                    ask: language.of(&part.ask).to_owned(),
                    answer: Self::of(&part.answer, language),
                };
                body.parts = parts.iter().map(part).collect();
            }
            Answer::Lines(_) | Answer::Value { .. } | Answer::Explain(_) => {}
        }
        body
    }
}

impl TaskBody {
    pub fn of(item: &Item, language: Language) -> Self {
        Self {
            ask: language.of(&item.ask).to_owned(),
            start: item.start(Notation::Swedish),
            support: item.support.as_ref().map(|support| language.of(support).to_owned()),
            figure: item.figure.as_ref().map(|figure| language.of(figure.description()).to_owned()),
            answer: AnswerBody::of(&item.answer, language),
        }
    }
}
