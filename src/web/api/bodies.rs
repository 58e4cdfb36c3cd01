//! Bodies that several resources answer with. Times are milliseconds UTC.

use adaptive::Mastery;
use serde::Serialize;
use stepcheck::{Account, Verdict};
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

use super::{
    shapes::{AccountShape, Id, VerdictShape, WhyShape},
    tasks::TaskBody,
};
use crate::{
    app::App,
    practice::{Desk, Entry, Pace, Shown, Why, Written, stair},
    web::{hints, speech::Language},
};

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
