//! Shapes that stand in many bodies, as the document tells them: ids, verdicts, reasons.
//!
//! The rooms without HTTP write these themselves; what is said of them here is held against what they write by a test.

use utoipa::ToSchema;

/// An id: 32 hexadecimal digits. Says nothing of what it stands for.
#[derive(ToSchema)]
#[schema(value_type = String, pattern = "^[0-9a-f]{32}$", example = "0a5be1f04c3d2e1f8a9b7c6d5e4f3021")]
#[expect(dead_code, reason = "it is there to be described")]
pub struct Id(String);

/// How a line stands to the task.
#[derive(ToSchema)]
#[schema(as = Verdict)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum VerdictShape {
    /// A right step; `finished` if the demanded form is reached.
    Right { finished: bool },
    /// Right, and it could be meant as an answer, but something is left to do.
    Unfinished { left: LeftShape },
    /// Not a right step. The witness, if any, never gives the answer away.
    Wrong {
        #[schema(required)]
        witness: Option<WitnessShape>,
    },
    /// Could not be read; nothing is counted.
    Unreadable { place: PlaceShape, missing: MissingShape },
}

/// What is left to do before a right line is an answer.
#[derive(ToSchema)]
#[schema(as = Left)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum LeftShape {
    Shorten,
    WorkOut,
    Collect,
    Expand,
    DecimalForm,
    FractionForm,
    Equation,
    Factor,
    CompleteSquare,
    SingleFraction,
    PartialFractions,
    SimplifyRoot,
    RationalDenominator,
    MixedForm,
    StandardForm,
    Decimals,
    SignificantDigits,
    Unit,
    Check,
    Answer,
}

/// Something to show beside a line that is not a right step. Values are text with decimal comma.
#[derive(ToSchema)]
#[schema(as = Witness)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum WitnessShape {
    /// The line holds when `variable` is `value`; put into the line above, its sides become `left` and `right`.
    Substitute { variable: char, value: String, left: String, right: String, left_worked: String, right_worked: String },
    /// When `variable` is `value`, the line above is worth `above` and this line `here`.
    Evaluate { variable: char, value: String, above: String, here: String },
    /// The line above is larger than this line.
    Larger,
    /// The line above is smaller than this line.
    Smaller,
    /// Two neighbouring sides of the line differ.
    Sides { left: String, right: String },
}

/// A stretch of the line in characters (Unicode scalar values) from 0; `end` is the first character after it.
#[derive(ToSchema)]
#[schema(as = Place)]
#[expect(dead_code, reason = "it is there to be described")]
pub struct PlaceShape {
    #[schema(minimum = 0, maximum = 500)]
    start: u16,
    #[schema(minimum = 0, maximum = 500)]
    end: u16,
}

/// What stood in the way of reading a line.
#[derive(ToSchema)]
#[schema(as = Missing)]
#[serde(tag = "kind", content = "written", rename_all = "snake_case")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum MissingShape {
    Nothing,
    ClosingBracket,
    OpeningBracket,
    Operand,
    Operator,
    /// A sign that is not known.
    Sign(char),
    /// A word, function or unit that is not known.
    Name(String),
    Digits,
    WholeExponent,
    TooLong,
    TooDeep,
    TooLarge,
    Relation,
    DivisionByZero,
    Brackets,
    ClosingBar,
    Undecided,
}

/// Why an exercise was chosen. Skills by their ids.
#[derive(ToSchema)]
#[schema(as = Why)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum WhyShape {
    /// Nothing is known yet.
    Start,
    /// A new skill; these carry it.
    New { builds_on: Vec<String> },
    /// The skill is being learned.
    Continue,
    /// Not practised for so many days.
    Review {
        #[schema(minimum = 0)]
        days: u32,
    },
    /// Harder on purpose.
    Stretch,
    /// The ground under a skill that turned out hard.
    Foundation { carries: String },
}
