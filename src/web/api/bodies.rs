//! Bodies that several resources answer with. Times are milliseconds UTC.

use adaptive::Mastery;
use serde::Serialize;
use stepcheck::{Account, Notation, Verdict};
use utoipa::ToSchema;
use vault::{
    AssignmentId, CalculationId, GroupId, IdempotencyKey, PersonId,
    rows::{
        appeals::Appeal,
        assignments::Assignment,
        hints::OpenedHint,
        people::{NamedGroup, NamedStudent},
    },
};

use super::shapes::{AccountShape, Id, VerdictShape, WhyShape};
use crate::{
    app::App,
    exercises::{Answer, Item, Kind, Part, Piece},
    practice::{Desk, Entry, Pace, Shown, Why, Written, stair},
    web::{hints, speech::Language},
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

/// A line as it was judged.
#[derive(Serialize, ToSchema)]
#[schema(as = Line)]
pub struct LineBody {
    #[schema(minimum = 1, maximum = 200)]
    number: i16,
    #[schema(value_type = Id)]
    key: IdempotencyKey,
    #[schema(max_length = 500)]
    entered: String,
    at: i64,
    #[schema(value_type = VerdictShape)]
    verdict: Verdict,
    /// What was said of it beyond the verdict; `null` if there was nothing to tell.
    #[schema(required, value_type = Option<AccountShape>)]
    account: Option<Account>,
}

impl LineBody {
    pub fn of(line: &Written) -> Self {
        let Written { number, key, entered, at, verdict, account } = line.clone();
        Self { number, key, entered, at: at.0, verdict, account }
    }
}

/// A hint that there is now: the stronger, the more it says.
#[derive(Serialize, ToSchema)]
#[schema(as = Hint)]
pub struct HintBody {
    #[schema(minimum = 1)]
    strength: usize,
    /// What it says, once it has been opened: where to look, which rule, and last the line itself.
    #[schema(required)]
    text: Option<String>,
}

/// The hints that there are now, from the newest line that holds.
#[derive(Serialize, ToSchema)]
#[schema(as = Hints)]
pub struct HintsBody {
    /// The number of the line that they go on from; 0 is the task.
    #[schema(minimum = 0, maximum = 200)]
    from_line: i16,
    /// The gentlest first.
    hints: Vec<HintBody>,
}

impl HintsBody {
    pub fn of(desk: &Desk, language: Language) -> Self {
        let stair = stair(desk);
        let hint = |(place, says)| HintBody {
            strength: place + 1,
            text: (place < stair.open).then(|| hints::text(says, language)),
        };
        Self { from_line: stair.from_line, hints: stair.says.iter().enumerate().map(hint).collect() }
    }
}

/// A hint that was opened.
#[derive(Serialize, ToSchema)]
#[schema(as = OpenedHint)]
pub struct OpenedHintBody {
    /// The number of the line that it goes on from; 0 is the task.
    #[schema(minimum = 0, maximum = 200)]
    from_line: i16,
    #[schema(minimum = 1)]
    strength: i16,
    at: i64,
}

impl OpenedHintBody {
    fn of(hint: &OpenedHint) -> Self {
        Self { from_line: hint.from_line, strength: hint.strength, at: hint.at.0 }
    }
}

/// That a student holds a line to be right which was judged wrong, and what a teacher says of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Appeal)]
pub struct AppealBody {
    #[schema(minimum = 1, maximum = 200)]
    line: i16,
    /// The version of the step checker at that time.
    checker: String,
    at: i64,
    #[schema(required)]
    answered_at: Option<i64>,
    /// The teacher says that the line is right.
    #[schema(required)]
    holds: Option<bool>,
}

impl AppealBody {
    pub fn of(appeal: &Appeal) -> Self {
        Self {
            line: appeal.number,
            checker: appeal.checker.clone(),
            at: appeal.at.0,
            answered_at: appeal.answered_at.map(|at| at.0),
            holds: appeal.holds,
        }
    }
}

/// Where in an assignment a calculation stands.
#[derive(Serialize, ToSchema)]
#[schema(as = Pace)]
pub struct PaceBody {
    #[schema(value_type = Id)]
    assignment: AssignmentId,
    title: String,
    #[schema(minimum = 1)]
    number: i16,
    /// For each item whether it is finished.
    done: Vec<bool>,
}

impl PaceBody {
    fn of(pace: &Pace) -> Self {
        Self { assignment: pace.assignment, title: pace.title.clone(), number: pace.number, done: pace.done.clone() }
    }
}

/// A calculation with its lines.
#[derive(Serialize, ToSchema)]
#[schema(as = Calculation)]
pub struct CalculationBody {
    #[schema(value_type = Id)]
    id: CalculationId,
    #[schema(example = "two-step-plain")]
    exercise: String,
    #[serde(flatten)]
    task: TaskBody,
    opened_at: i64,
    #[schema(required)]
    finished_at: Option<i64>,
    /// Left for another one.
    #[schema(required)]
    left_at: Option<i64>,
    lines: Vec<LineBody>,
    #[serde(flatten)]
    hints: HintsBody,
    /// The hints that were opened, oldest first.
    opened_hints: Vec<OpenedHintBody>,
    /// By line.
    appeals: Vec<AppealBody>,
    /// Why it was recommended; `null` if it was not.
    #[schema(required, value_type = Option<WhyShape>)]
    why: Option<Why>,
    /// Of solving it without a slip, as it was predicted then.
    #[schema(required, minimum = 0, maximum = 1)]
    probability: Option<f64>,
    #[schema(required)]
    assignment: Option<PaceBody>,
}

impl CalculationBody {
    pub fn of(shown: &Shown, language: Language) -> Self {
        let Shown { desk, why, assignment, .. } = shown;
        let (why, probability) = why.clone().unzip();
        Self {
            id: desk.calculation.id,
            exercise: desk.calculation.exercise.clone(),
            task: TaskBody::of(&desk.item, language),
            opened_at: desk.calculation.opened_at.0,
            finished_at: desk.calculation.finished_at.map(|at| at.0),
            left_at: desk.calculation.left_at.map(|at| at.0),
            lines: desk.lines.iter().map(LineBody::of).collect(),
            hints: HintsBody::of(desk, language),
            opened_hints: desk.hints.iter().map(OpenedHintBody::of).collect(),
            appeals: shown.appeals.iter().map(AppealBody::of).collect(),
            why,
            probability,
            assignment: assignment.as_ref().map(PaceBody::of),
        }
    }
}

/// A calculation in a history.
#[derive(Serialize, ToSchema)]
#[schema(as = Entry)]
pub struct EntryBody {
    #[schema(value_type = Id)]
    id: CalculationId,
    exercise: String,
    /// The task; `null` if its exercise is no longer in the bank.
    #[schema(required)]
    task: Option<TaskBody>,
    opened_at: i64,
    #[schema(required)]
    finished_at: Option<i64>,
    #[schema(required)]
    left_at: Option<i64>,
    lines: Vec<LineBody>,
}

impl EntryBody {
    pub fn of(app: &App, entry: &Entry, language: Language) -> Self {
        let of = &entry.calculation;
        Self {
            id: of.id,
            exercise: of.exercise.clone(),
            task: crate::practice::item_of(&app.bank, of).ok().map(|item| TaskBody::of(&item, language)),
            opened_at: of.opened_at.0,
            finished_at: of.finished_at.map(|at| at.0),
            left_at: of.left_at.map(|at| at.0),
            lines: entry.lines.iter().map(LineBody::of).collect(),
        }
    }
}

/// What somebody can of one skill. Probabilities, of solving a middling exercise of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Mastery)]
pub struct MasteryBody {
    #[schema(minimum = 0, maximum = 1)]
    probability: f64,
    /// The band in which it lies.
    #[schema(minimum = 0, maximum = 1)]
    low: f64,
    #[schema(minimum = 0, maximum = 1)]
    high: f64,
    /// Whether enough is known to say a number to people.
    enough: bool,
}

impl MasteryBody {
    pub const fn of(mastery: &Mastery) -> Self {
        let Mastery { probability, low, high, enough } = *mastery;
        Self { probability, low, high, enough }
    }
}

/// A practised skill.
#[derive(Serialize, ToSchema)]
#[schema(as = KnownSkill)]
pub struct KnownBody {
    skill: String,
    /// In the reader's language.
    name: String,
    mastery: MasteryBody,
}

pub fn known(app: &App, known: &[(u16, Mastery)], language: Language) -> Vec<KnownBody> {
    let body = |(index, mastery): &(u16, Mastery)| {
        let skill = app.bank.skill(*index)?;
        Some(KnownBody {
            skill: skill.id.as_str().to_owned(),
            name: language.of(&skill.name).to_owned(),
            mastery: MasteryBody::of(mastery),
        })
    };
    known.iter().filter_map(body).collect()
}

/// A student by name.
#[derive(Serialize, ToSchema)]
#[schema(as = Student)]
pub struct StudentBody {
    #[schema(value_type = Id)]
    id: PersonId,
    name: String,
    #[schema(required, minimum = 1, maximum = 12)]
    school_year: Option<u8>,
}

impl StudentBody {
    pub fn of(student: &NamedStudent) -> Self {
        Self { id: student.id, name: student.name.clone(), school_year: student.school_year }
    }
}

/// A group.
#[derive(Serialize, ToSchema)]
#[schema(as = Group)]
pub struct GroupBody {
    #[schema(value_type = Id)]
    id: GroupId,
    name: String,
    school: String,
    /// Students in it now.
    #[schema(minimum = 0)]
    students: i64,
}

impl GroupBody {
    pub fn of(group: &NamedGroup) -> Self {
        Self { id: group.id, name: group.name.clone(), school: group.school.clone(), students: group.students }
    }
}

/// Work that was given.
#[derive(Serialize, ToSchema)]
#[schema(as = Assignment)]
pub struct AssignmentBody {
    #[schema(value_type = Id)]
    id: AssignmentId,
    /// `homework`, `bookmark`, `test` or `discussion`.
    kind: String,
    title: String,
    /// The teacher's name.
    given_by: String,
    given_at: i64,
    active_from: i64,
    #[schema(required)]
    due_at: Option<i64>,
    #[schema(required)]
    taken_back_at: Option<i64>,
}

impl AssignmentBody {
    pub fn of(given: &Assignment) -> Self {
        Self {
            id: given.id,
            kind: given.kind.clone(),
            title: given.title.clone(),
            given_by: given.given_by.clone(),
            given_at: given.given_at.0,
            active_from: given.active_from.0,
            due_at: given.due_at.map(|at| at.0),
            taken_back_at: given.taken_back_at.map(|at| at.0),
        }
    }
}
