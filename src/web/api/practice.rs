//! What a student reads: today, the history, the map.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Query},
};
use adaptive::Purpose;
use serde::Serialize;
use utoipa::ToSchema;
use vault::{CalculationId, Millis};

use super::{
    answers::{IfNoneMatch, language_of, tagged},
    bodies::{AssignmentBody, EntryBody, MasteryBody},
    calculations::RecommendationBody,
    paging::{Page, Paging, cursor},
    shapes::Id,
    tasks::TaskBody,
};
use crate::{
    app::App,
    practice::{self, Given},
    web::{problem::Problem, who::Someone},
};

/// What there is to do now.
#[derive(Serialize, ToSchema)]
#[schema(as = Today)]
struct TodayBody {
    /// Somebody who decides over their own data has not consented to practice: nothing is recommended.
    paused: bool,
    /// The half-finished calculation, which opening goes on with.
    #[schema(required)]
    unfinished: Option<UnfinishedBody>,
    #[schema(required)]
    next: Option<RecommendationBody>,
    assigned: Vec<AssignedBody>,
}

/// A calculation that is neither finished nor left.
#[derive(Serialize, ToSchema)]
#[schema(as = Unfinished)]
struct UnfinishedBody {
    #[schema(value_type = Id)]
    id: CalculationId,
    #[schema(required)]
    skill: Option<String>,
    task: TaskBody,
}

/// Work that waits for the student.
#[derive(Serialize, ToSchema)]
#[schema(as = Assigned)]
struct AssignedBody {
    assignment: AssignmentBody,
    items: usize,
    finished: usize,
    /// Nothing is left that could be opened.
    done: bool,
}

impl AssignedBody {
    fn of(given: &Given) -> Self {
        Self {
            assignment: AssignmentBody::of(&given.assignment),
            items: given.items,
            finished: given.finished,
            done: given.next.is_none(),
        }
    }
}

/// One exercise of a plan.
#[derive(Serialize, ToSchema)]
#[schema(as = Planned)]
struct PlannedBody {
    /// `warm_up`, `practice` or `stretch`.
    purpose: &'static str,
    #[serde(flatten)]
    recommendation: RecommendationBody,
}

/// What is left to do in this sitting: a warm-up, what is to be learned, one to stretch.
///
/// The first is what `POST /calculations` opens, unless something is half finished.
#[utoipa::path(
    get, path = "/plan", operation_id = "getPlan", tag = "practice", params(IfNoneMatch),
    responses(
        (status = 200, description = "The exercises in order; none when nothing suits.", body = Vec<PlannedBody>,
            headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
    extensions(("x-problems" = json!(["not-found", "exercise-gone"]))),
)]
#[get("/plan")]
pub async fn plan(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let now = practice::today(&app, &signed.me).await?;
    let planned = now.plan.into_iter().filter_map(|(purpose, next)| {
        let recommendation = RecommendationBody::of(&app, next)?;
        Some(PlannedBody { purpose: purpose_name(purpose), recommendation })
    });
    tagged(&request, &planned.collect::<Vec<_>>())
}

/// The name of what an exercise is for.
#[must_use]
pub const fn purpose_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Practice => "practice",
        Purpose::WarmUp => "warm_up",
        Purpose::Stretch => "stretch",
    }
}

/// What there is to do now.
#[utoipa::path(
    get, path = "/today", operation_id = "getToday", tag = "practice", params(IfNoneMatch),
    responses(
        (status = 200, description = "What is half finished, what is next, what was given.", body = TodayBody,
            headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
    extensions(("x-problems" = json!(["not-found", "exercise-gone"]))),
)]
#[get("/today")]
pub async fn today(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let now = practice::today(&app, &signed.me).await?;
    let language = language_of(&request, &signed);
    let body = TodayBody {
        paused: now.is_paused,
        unfinished: now.unfinished.map(|(id, skill, item)| UnfinishedBody {
            id,
            skill: app.bank.skill(skill).map(|skill| skill.id.as_str().to_owned()),
            task: TaskBody::of(&item, language),
        }),
        next: now.next.and_then(|next| RecommendationBody::of(&app, next)),
        assigned: now.assigned.iter().map(AssignedBody::of).collect(),
    };
    tagged(&request, &body)
}

/// What one did, newest first, with every line.
#[utoipa::path(
    get, path = "/done", operation_id = "listDone", tag = "practice", params(Paging),
    responses((status = 200, description = "A piece of the history.", body = Page<EntryBody>)),
    extensions(("x-problems" = json!(["cursor-unusable"]))),
)]
#[get("/done")]
pub async fn done(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    let before = paging.after::<i64>()?.map(Millis);
    let history = practice::history(&app, &signed.me, before, paging.most()?).await?;
    let language = language_of(&request, &signed);
    Ok(HttpResponse::Ok().json(Page {
        items: history.entries.iter().map(|entry| EntryBody::of(&app, entry, language)).collect(),
        next: history.more.map(|before| cursor(&before.0)),
    }))
}

/// A skill as it stands for the student.
#[derive(Serialize, ToSchema)]
#[schema(as = MapSkill)]
struct MapSkillBody {
    skill: String,
    /// In the reader's language.
    name: String,
    strand: String,
    /// The nearest skills it builds on that have exercises for the student.
    builds_on: Vec<String>,
    practised: bool,
    mastery: MasteryBody,
    /// Days since the last response in it; `null` if there was none.
    #[schema(required, minimum = 0)]
    idle_days: Option<f64>,
}

/// What one can, skill by skill, in the bank's order.
#[utoipa::path(
    get, path = "/map", operation_id = "getMap", tag = "practice", params(IfNoneMatch),
    responses(
        (status = 200, description = "Every skill that has exercises in the materials of the student's school, or was practised.", body = Vec<MapSkillBody>, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
    extensions(("x-problems" = json!(["not-found", "exercise-gone"]))),
)]
#[get("/map")]
pub async fn map(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let now = practice::today(&app, &signed.me).await?;
    let language = language_of(&request, &signed);
    let shown = now.known.iter().filter_map(|known| {
        let skill = app.bank.skill(known.skill)?;
        let needs = known.builds_on.iter().filter_map(|need| app.bank.skill(*need));
        Some(MapSkillBody {
            skill: skill.id.as_str().to_owned(),
            name: language.of(&skill.name).to_owned(),
            strand: skill.strand.clone(),
            builds_on: needs.map(|need| need.id.as_str().to_owned()).collect(),
            practised: known.practised,
            mastery: MasteryBody::of(&known.mastery),
            idle_days: known.practised.then_some(known.idle_days),
        })
    });
    tagged(&request, &shown.collect::<Vec<_>>())
}
