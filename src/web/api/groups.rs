//! What a teacher sees of a group: who is in it, how everyone is getting on, every calculation line by line.

use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vault::{CalculationId, GroupId, Millis, PersonId};

use super::{
    answers::{IfNoneMatch, language_of, tagged},
    bodies::{
        self, AppealBody, AssignmentBody, CalculationBody, EntryBody, GroupBody, KnownBody, LineBody, StudentBody,
    },
    paging::{Page, Paging, cursor},
    shapes::Id,
    tasks::TaskBody,
};
use crate::{
    app::App,
    classroom::{self, Live, Part, State, StudentNow},
    web::{
        contributions::{self, Told},
        problem::Problem,
        speech::Language,
        who::Teaching,
    },
};

/// The groups that one teaches now, by name.
#[utoipa::path(
    get, path = "/groups", operation_id = "listGroups", tag = "teaching", params(Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<GroupBody>)),
    extensions(("x-problems" = json!(["not-found", "cursor-unusable"]))),
)]
#[get("/groups")]
pub async fn list(app: Data<App>, Teaching(signed): Teaching, paging: Query<Paging>) -> Result<HttpResponse, Problem> {
    let groups = classroom::groups(&app, &signed.me).await?;
    let page = paging.cut(groups, |group| group.id.to_string(), |group| GroupBody::of(&group))?;
    Ok(HttpResponse::Ok().json(page))
}

/// A student of a group, now.
#[derive(Serialize, ToSchema)]
#[schema(as = StudentNow)]
struct StudentNowBody {
    student: StudentBody,
    /// `working`, `stuck` (several wrong lines in a row), `silent` (no line for a while), `done` or `away`.
    state: &'static str,
    /// Whether the teacher should go there.
    needs_me: bool,
    /// What the student is at, or was at last.
    #[schema(required)]
    at: Option<AtBody>,
}

/// What a student is at.
#[derive(Serialize, ToSchema)]
#[schema(as = At)]
struct AtBody {
    #[schema(value_type = Id)]
    calculation: CalculationId,
    task: TaskBody,
    lines: Vec<LineBody>,
}

fn student_now(now: &StudentNow, language: Language) -> StudentNowBody {
    StudentNowBody {
        student: StudentBody::of(&now.student),
        state: match now.state {
            State::Working => "working",
            State::Stuck => "stuck",
            State::Silent => "silent",
            State::Done => "done",
            State::Away => "away",
        },
        needs_me: now.state.needs_me(),
        at: now.at.as_ref().map(|at| AtBody {
            calculation: at.calculation.id,
            task: TaskBody::of(&at.item, language),
            lines: at.lines.iter().map(LineBody::of).collect(),
        }),
    }
}

/// A group with everyone in it, now.
#[derive(Serialize, ToSchema)]
#[schema(as = LiveGroup)]
struct LiveBody {
    group: GroupBody,
    /// When it was so.
    now: i64,
    /// How many are not away.
    here: usize,
    /// By name.
    students: Vec<StudentNowBody>,
}

fn live(live: &Live, language: Language) -> LiveBody {
    LiveBody {
        group: GroupBody::of(&live.group),
        now: live.now.0,
        here: live.here(),
        students: live.students.iter().map(|now| student_now(now, language)).collect(),
    }
}

/// A group with what everyone can and what it was given.
#[derive(Serialize, ToSchema)]
#[schema(as = GroupView)]
struct GroupViewBody {
    #[serde(flatten)]
    live: LiveBody,
    /// For each student, in the same order, the practised skills.
    known: Vec<Vec<KnownBody>>,
    /// Newest first.
    assignments: Vec<AssignmentBody>,
}

/// A group: everyone in it, what they can, what it was given.
#[utoipa::path(
    get, path = "/groups/{group}", operation_id = "getGroup", tag = "teaching", params(("group" = Id, Path)),
    responses((status = 200, description = "The group.", body = GroupViewBody)),
)]
#[get("/groups/{group}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
) -> Result<HttpResponse, Problem> {
    let view = classroom::group(&app, &signed.me, *group).await?;
    let language = language_of(&request, &signed);
    Ok(HttpResponse::Ok().json(GroupViewBody {
        live: live(&view.live, language),
        known: view.known.iter().map(|of| bodies::known(&app, of, language)).collect(),
        assignments: view.assignments.iter().map(AssignmentBody::of).collect(),
    }))
}

/// How everyone is getting on right now.
///
/// To be asked again every ten seconds or so.
#[utoipa::path(
    get, path = "/groups/{group}/now", operation_id = "getGroupNow", tag = "teaching", params(("group" = Id, Path)),
    responses((status = 200, description = "The group, now.", body = LiveBody)),
)]
#[get("/groups/{group}/now")]
pub async fn show_live(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
) -> Result<HttpResponse, Problem> {
    let now = classroom::live(&app, &signed.me, *group).await?;
    Ok(HttpResponse::Ok().json(live(&now, language_of(&request, &signed))))
}

/// Which piece of a student's history is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskedHistory {
    /// Only calculations of this skill.
    skill: Option<String>,
    /// Entries at most; 30 where it is not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// The `next` of the piece before.
    after: Option<String>,
}

/// One thing that speaks for solving (above 0) or against it, in log odds.
#[derive(Serialize, ToSchema)]
#[schema(as = Contribution)]
struct PartBody {
    /// Such as `general`, `skill`, `recent` or `forgetting`.
    kind: &'static str,
    /// In the reader's language.
    words: String,
    logits: f64,
}

impl PartBody {
    fn of(prediction: &adaptive::Prediction, language: Language) -> Vec<Self> {
        let told = contributions::told(language, prediction).into_iter();
        told.map(|Told { kind, words, logits }| Self { kind, words, logits }).collect()
    }
}

/// A student of a group, with a piece of the history.
#[derive(Serialize, ToSchema)]
#[schema(as = StudentView)]
struct StudentViewBody {
    student: StudentBody,
    group: GroupBody,
    /// The practised skills.
    known: Vec<KnownBody>,
    /// For each of these, what speaks for and against solving a typical exercise first time.
    behind: Vec<Vec<PartBody>>,
    /// Newest first.
    done: Page<EntryBody>,
}

/// A student of a group: what they can and did.
#[utoipa::path(
    get, path = "/groups/{group}/students/{student}", operation_id = "getStudent", tag = "teaching",
    params(("group" = Id, Path), ("student" = Id, Path), AskedHistory),
    responses((status = 200, description = "The student and a piece of the history.", body = StudentViewBody)),
    extensions(("x-problems" = json!(["cursor-unusable"]))),
)]
#[get("/groups/{group}/students/{student}")]
pub async fn student(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
    asked: Query<AskedHistory>,
) -> Result<HttpResponse, Problem> {
    let (group, of) = path.into_inner();
    let AskedHistory { skill, limit, after } = asked.into_inner();
    let paging = Paging { limit, after };
    let part = Part {
        most: paging.most()?,
        skill: skill.as_deref().map(Into::into),
        before: paging.after::<i64>()?.map(Millis),
    };
    let view = classroom::student(&app, &signed.me, group, of, part).await?;
    let language = language_of(&request, &signed);
    Ok(HttpResponse::Ok().json(StudentViewBody {
        student: StudentBody::of(&view.student),
        group: GroupBody::of(&view.group),
        known: bodies::known(&app, &view.known, language),
        behind: view.behind.iter().map(|of| PartBody::of(of, language)).collect(),
        done: Page {
            items: view.entries.iter().map(|entry| EntryBody::of(&app, entry, language)).collect(),
            next: view.more.map(|before| cursor(&before.0)),
        },
    }))
}

/// A calculation of a student, with whose it is.
#[derive(Serialize, ToSchema)]
#[schema(as = StudentCalculation)]
struct StudentCalculationBody {
    student: StudentBody,
    group: GroupBody,
    calculation: CalculationBody,
}

/// A calculation of a student of a group, line by line.
#[utoipa::path(
    get, path = "/groups/{group}/calculations/{calculation}", operation_id = "getStudentCalculation",
    tag = "teaching", params(("group" = Id, Path), ("calculation" = Id, Path), IfNoneMatch),
    responses(
        (status = 200, description = "The calculation.", body = StudentCalculationBody, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
    extensions(("x-problems" = json!(["exercise-gone"]))),
)]
#[get("/groups/{group}/calculations/{calculation}")]
pub async fn calculation(
    app: Data<App>,
    request: HttpRequest,
    Teaching(signed): Teaching,
    path: Path<(GroupId, CalculationId)>,
) -> Result<HttpResponse, Problem> {
    let (group, id) = path.into_inner();
    let view = classroom::calculation(&app, &signed.me, group, id).await?;
    let body = StudentCalculationBody {
        student: StudentBody::of(&view.shown.student),
        group: GroupBody::of(&view.group),
        calculation: CalculationBody::of(&view.shown, language_of(&request, &signed)),
    };
    tagged(&request, &body)
}

/// What the teacher says of the line.
#[derive(Deserialize, ToSchema)]
#[schema(as = AppealAnswer)]
pub struct AppealAnswer {
    /// The line is right.
    holds: bool,
}

/// Answer a student who holds a line to be right.
///
/// A later answer takes the place of an earlier one.
#[utoipa::path(
    post, path = "/groups/{group}/calculations/{calculation}/lines/{line}/appeal", operation_id = "answerAppeal",
    tag = "teaching", request_body = AppealAnswer,
    params(("group" = Id, Path), ("calculation" = Id, Path), ("line" = i16, Path, minimum = 1, maximum = 200)),
    responses((status = 200, description = "As it stands now.", body = AppealBody)),
)]
#[post("/groups/{group}/calculations/{calculation}/lines/{line}/appeal")]
pub async fn answer_appeal(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, CalculationId, i16)>,
    answer: Json<AppealAnswer>,
) -> Result<HttpResponse, Problem> {
    let (group, id, line) = path.into_inner();
    let answered = classroom::answer(&app, &signed.me, group, id, line, answer.holds).await?;
    Ok(HttpResponse::Ok().json(AppealBody::of(&answered)))
}
