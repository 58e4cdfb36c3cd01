//! Work that a teacher gives: what can be chosen, giving it, following it, taking it back.

use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{AssignmentId, CalculationId, GroupId, IdempotencyKey, Millis};

use super::{
    answers::{IfNoneMatch, language_of, tagged},
    bodies::{AssignmentBody, GroupBody, StudentBody},
    paging::{Page, Paging},
    shapes::Id,
    tasks::TaskBody,
};
use crate::{
    app::App,
    classroom::{self, AssignmentKind, Choice, ClassroomError, Kept, NewAssignment, Progress},
    exercises::Item,
    web::{problem::Problem, speech::Language, who::Teaching},
};

/// An exercise that can be chosen.
#[derive(Serialize, ToSchema)]
#[schema(as = Exercise)]
struct ExerciseBody {
    #[schema(example = "two-step-plain")]
    id: String,
    #[schema(required)]
    skill: Option<String>,
    /// `A` (the plain form) to `C` (several ideas at once).
    level: String,
    /// One of the tasks that come of it.
    sample: TaskBody,
}

/// What can be given to a group: the exercises that its school has now, in the bank's order.
#[utoipa::path(
    get, path = "/groups/{group}/exercises", operation_id = "listExercises", tag = "teaching",
    params(("group" = Id, Path), Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<ExerciseBody>)),
    extensions(("x-problems" = json!(["cursor-unusable"]))),
)]
#[get("/groups/{group}/exercises")]
pub async fn exercises(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    let choices = classroom::choices(&app, &signed.me, *group).await?;
    let language = language_of(&request, &signed);
    let body = |choice: Choice<'_>| ExerciseBody {
        id: choice.exercise.id.as_str().to_owned(),
        skill: app.bank.skill(choice.exercise.skill).map(|skill| skill.id.as_str().to_owned()),
        level: choice.exercise.level.to_string(),
        sample: TaskBody::of(&choice.sample, language),
    };
    // Samples are drawn of this piece alone.
    let of = |exercise| Choice::of(exercise).map(body);
    let Page { items, next } = paging.cut(choices, |exercise| exercise.id.as_str().to_owned(), of)?;
    let items: Vec<ExerciseBody> = items.into_iter().flatten().collect();
    Ok(HttpResponse::Ok().json(Page { items, next }))
}

/// Work to give to a group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWork {
    /// Made by the one who sends it, at random, one for each assignment. The assignment has it as its id.
    #[schema(value_type = Id)]
    key: IdempotencyKey,
    kind: WorkKind,
    /// 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80, example = "Vecka 48")]
    title: String,
    /// In the order in which they are met; the same twice gives two items.
    #[schema(min_items = 1, max_items = 40, example = json!(["two-step-plain"]))]
    exercises: Vec<String>,
    /// From when on students have it; at once, where it is not said.
    active_from: Option<i64>,
    /// Later than that, and like it at most ten years from now.
    due_at: Option<i64>,
}

/// What kind of work it is.
#[derive(Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    Homework,
    Bookmark,
    Test,
    Discussion,
}

impl WorkKind {
    const fn meant(self) -> AssignmentKind {
        match self {
            Self::Homework => AssignmentKind::Homework,
            Self::Bookmark => AssignmentKind::Bookmark,
            Self::Test => AssignmentKind::Test,
            Self::Discussion => AssignmentKind::Discussion,
        }
    }
}

/// Give work to a group.
///
/// The same key again gives the same assignment again, for as long as it is there, also when it was taken back.
#[utoipa::path(
    post, path = "/groups/{group}/assignments", operation_id = "giveAssignment", tag = "teaching",
    params(("group" = Id, Path)), request_body = NewWork,
    responses((status = 201, description = "It is given.", body = AssignmentBody,
        headers(("location" = String, description = "Where it is followed.")))),
    extensions(("x-problems" = json!([
        "nothing-chosen", "too-many-items", "title-missing", "due-unusable", "exercise-gone", "key-used"
    ]))),
)]
#[post("/groups/{group}/assignments")]
pub async fn give(
    app: Data<App>,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    new: Json<NewWork>,
) -> Result<HttpResponse, Problem> {
    let NewWork { key, kind, title, exercises: chosen, active_from, due_at } = new.into_inner();
    let asked = NewAssignment {
        key,
        kind: kind.meant(),
        title: title.clone(),
        exercises: chosen.clone(),
        active_from: active_from.map(Millis),
        due_at: due_at.map(Millis),
    };
    let id = classroom::give(&app, &signed.me, *group, asked).await?;
    // A key that stands for another group's work is used, whoever used it.
    let Kept { assignment, exercises: kept } = match classroom::kept(&app, &signed.me, id).await {
        Err(ClassroomError::NotFound) => return Err(Problem::KeyUsed),
        kept => kept?,
    };
    let is_same = assignment.group == Some(*group)
        && assignment.kind == kind.meant().name()
        && assignment.title == title.trim()
        && assignment.due_at.map(|at| at.0) == due_at
        && active_from.is_none_or(|from| from == assignment.active_from.0)
        && kept == chosen;
    if !is_same {
        return Err(Problem::KeyUsed);
    }
    let place = ("location", format!("/api/v1/assignments/{id}"));
    Ok(HttpResponse::Created().insert_header(place).json(AssignmentBody::of(&assignment)))
}

/// Work in the list of all.
#[derive(Serialize, ToSchema)]
#[schema(as = GivenAssignment)]
struct GivenBody {
    assignment: AssignmentBody,
    group: GroupBody,
    items: usize,
    /// Students in the group now who have finished every item.
    finished: usize,
}

/// What was given to the groups that one teaches, newest first.
#[utoipa::path(
    get, path = "/assignments", operation_id = "listAssignments", tag = "teaching", params(Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<GivenBody>)),
    extensions(("x-problems" = json!(["not-found", "cursor-unusable"]))),
)]
#[get("/assignments")]
pub async fn list(app: Data<App>, Teaching(signed): Teaching, paging: Query<Paging>) -> Result<HttpResponse, Problem> {
    let given = classroom::assignments(&app, &signed.me).await?;
    let page = paging.cut(
        given,
        |given| given.assignment.id.to_string(),
        |given| GivenBody {
            assignment: AssignmentBody::of(&given.assignment),
            group: GroupBody::of(&given.group),
            items: given.items,
            finished: given.finished,
        },
    )?;
    Ok(HttpResponse::Ok().json(page))
}

/// What a student has done of one item.
#[derive(Serialize, ToSchema)]
#[schema(as = ItemWork)]
struct ItemWorkBody {
    #[schema(value_type = Id)]
    calculation: CalculationId,
    finished: bool,
}

/// How far a student has come.
#[derive(Serialize, ToSchema)]
#[schema(as = Progress)]
struct ProgressBody {
    student: StudentBody,
    /// For each item its calculation; `null` where it is not begun.
    items: Vec<Option<ItemWorkBody>>,
}

fn progress(of: &Progress) -> ProgressBody {
    let item = |work: &Option<(CalculationId, bool)>| {
        work.map(|(calculation, finished)| ItemWorkBody { calculation, finished })
    };
    ProgressBody { student: StudentBody::of(&of.student), items: of.items.iter().map(item).collect() }
}

/// An assignment with how far everyone has come.
#[derive(Serialize, ToSchema)]
#[schema(as = AssignmentReport)]
struct ReportBody {
    assignment: AssignmentBody,
    group: GroupBody,
    /// Each task; `null` for one whose exercise is no longer in the bank.
    items: Vec<Option<TaskBody>>,
    /// By name.
    students: Vec<ProgressBody>,
}

/// An assignment: how far everyone has come.
#[utoipa::path(
    get, path = "/assignments/{assignment}", operation_id = "getAssignment", tag = "teaching",
    params(("assignment" = Id, Path), IfNoneMatch),
    responses(
        (status = 200, description = "Student by student, item by item.", body = ReportBody,
            headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
)]
#[get("/assignments/{assignment}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    id: Path<AssignmentId>,
) -> Result<HttpResponse, Problem> {
    let report = classroom::report(&app, &signed.me, *id).await?;
    let language = language_of(&request, &signed);
    let body = ReportBody {
        assignment: AssignmentBody::of(&report.assignment),
        group: GroupBody::of(report.group.as_ref().ok_or(Problem::NotFound)?),
        items: report.items.iter().map(|item| item.as_ref().map(|item| TaskBody::of(item, language))).collect(),
        students: report.students.iter().map(progress).collect(),
    };
    tagged(&request, &body)
}

/// An item as a student meets it, and how it can be solved.
#[derive(Serialize, ToSchema)]
#[schema(as = PreviewedItem)]
struct PreviewedBody {
    task: TaskBody,
    /// A full solution, line by line.
    worked: Vec<String>,
    /// The gentlest first, in the reader's language.
    hints: Vec<String>,
}

fn previewed(item: &Item, language: Language) -> PreviewedBody {
    PreviewedBody {
        task: TaskBody::of(item, language),
        worked: item.worked.clone(),
        hints: item.hints.iter().map(|hint| language.of(hint).to_owned()).collect(),
    }
}

/// The items of an assignment as a student meets them.
///
/// Nothing is opened. `null` for an item whose exercise is no longer in the bank, or of a material that the school does
/// not have now.
#[utoipa::path(
    get, path = "/assignments/{assignment}/preview", operation_id = "previewAssignment", tag = "teaching",
    params(("assignment" = Id, Path)),
    responses((status = 200, description = "The items in their order.", body = Vec<Option<PreviewedBody>>)),
)]
#[get("/assignments/{assignment}/preview")]
pub async fn preview(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    id: Path<AssignmentId>,
) -> Result<HttpResponse, Problem> {
    let shown = classroom::preview(&app, &signed.me, *id).await?;
    let language = language_of(&request, &signed);
    let items = shown.items.iter().zip(&shown.has);
    let items = items.map(|(item, has)| item.as_ref().filter(|_| *has).map(|item| previewed(item, language)));
    Ok(HttpResponse::Ok().json(items.collect::<Vec<_>>()))
}

/// Take an assignment back.
///
/// What was written stays. Sent again it changes nothing more.
#[utoipa::path(
    post, path = "/assignments/{assignment}/take-back", operation_id = "takeBackAssignment", tag = "teaching",
    params(("assignment" = Id, Path)),
    responses((status = 204, description = "It is taken back.")),
)]
#[post("/assignments/{assignment}/take-back")]
pub async fn take_back(
    app: Data<App>,
    Teaching(signed): Teaching,
    id: Path<AssignmentId>,
) -> Result<HttpResponse, Problem> {
    classroom::take_back(&app, &signed.me, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}
