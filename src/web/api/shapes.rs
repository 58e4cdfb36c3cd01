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

/// What was said of a line beyond its verdict. It never changes the verdict.
#[derive(ToSchema)]
#[schema(as = Account)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum AccountShape {
    /// Of a right line: what was done since the line above, in order.
    Step {
        #[schema(min_items = 1)]
        steps: Vec<StepShape>,
        /// How many steps there are if none is left out.
        #[schema(minimum = 1)]
        size: u8,
    },
    /// Of a wrong line: at least one of the three is told. `cause` and `broken` are left out where they are not known.
    Mistake {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        cause: Option<CauseShape>,
        /// The part of the line that is not right.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false)]
        broken: Option<PlaceShape>,
        /// It follows from the wrong line above it.
        follows: bool,
    },
}

/// One thing that was done.
#[derive(ToSchema)]
#[schema(as = Step)]
#[expect(dead_code, reason = "it is there to be described")]
pub struct StepShape {
    /// There may be new ones.
    #[schema(pattern = "^[a-z]+(-[a-z]+)*$", example = "subtract-from-both-sides")]
    kind: String,
    /// What it was done with, as plain text with decimal comma; left out where nothing has to be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2x")]
    with: Option<String>,
}

/// Why a line is wrong.
#[derive(ToSchema)]
#[schema(as = Cause)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum CauseShape {
    /// A known wrong rule was followed. There may be new ones.
    Misconception {
        #[schema(pattern = "^[a-z]+(_[a-z]+)*$", example = "move_without_sign")]
        id: String,
    },
    /// The rule was right and a slip happened.
    Slip { slip: SlipShape },
}

/// What a slip is about.
#[derive(ToSchema)]
#[schema(as = Slip)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum SlipShape {
    /// A sign is the other way.
    Sign,
    /// A number was copied or worked out with another digit.
    Number,
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

/// Why an exercise was chosen: at most two things that it went by. Skills by their ids.
#[derive(ToSchema)]
#[schema(as = Why)]
#[expect(dead_code, reason = "it is there to be described")]
pub struct WhyShape {
    #[serde(flatten)]
    main: WhyPartShape,
    also: Option<WhyPartShape>,
}

/// One thing that a choice went by.
#[derive(ToSchema)]
#[schema(as = WhyPart)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[expect(dead_code, reason = "it is there to be described")]
pub enum WhyPartShape {
    /// A teacher wants it next.
    Pinned,
    /// Something known, to begin with.
    WarmUp,
    /// Harder on purpose.
    Stretch,
    /// Drawn by chance among what comes next.
    Varied,
    /// Nothing is known yet.
    Start,
    /// A new skill; these carry it.
    New { builds_on: Vec<String> },
    /// The ground under a skill that turned out hard.
    Foundation { carries: String },
    /// Not practised for so many days.
    Review {
        #[schema(minimum = 0)]
        days: u32,
    },
    /// So many wrong answers in a row: something easier.
    Easier {
        #[schema(minimum = 0)]
        misses: u32,
    },
    /// It has gone better lately than was to be expected.
    Progress,
    /// The skill is being learned.
    Continue,
    /// A goal that a teacher has set.
    Assigned,
    /// It leads to this goal.
    LeadsTo { goal: String },
    /// It is all that still keeps this skill closed.
    Opens { skill: String },
    /// There is nothing else to practise here.
    NothingElse,
}
