//! Calculations, their lines and their hints: the student's own.

use std::num::NonZeroU8;

use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{AssignmentId, CalculationId, IdempotencyKey};

use super::{
    answers::{IfNoneMatch, language_of, tagged},
    bodies::{AppealBody, CalculationBody, HintsBody, LineBody},
    shapes::{Id, WhyShape},
};
use crate::{
    accounts::Signed,
    app::App,
    practice::{self, Next, Submitted, Why},
    web::{problem::Problem, who::Someone},
};

/// What would be opened next, and why.
#[derive(Serialize, ToSchema)]
#[schema(as = Recommendation)]
pub struct RecommendationBody {
    #[schema(example = "two-step-plain")]
    exercise: String,
    skill: String,
    #[schema(value_type = WhyShape)]
    why: Why,
    /// Of solving it without a slip, as it is predicted.
    #[schema(minimum = 0, maximum = 1)]
    probability: f64,
}

impl RecommendationBody {
    pub fn of(app: &App, next: Next) -> Option<Self> {
        Some(Self {
            exercise: app.bank.at(next.exercise)?.id.as_str().to_owned(),
            skill: app.bank.skill(next.skill)?.id.as_str().to_owned(),
            why: next.why,
            probability: next.probability,
        })
    }
}

/// The recommended exercise, without opening it.
///
/// `null` when nothing suits.
#[utoipa::path(
    get, path = "/recommendation", operation_id = "getRecommendation", tag = "practice", params(IfNoneMatch),
    responses(
        (status = 200, description = "What would be opened, or `null`.", body = Option<RecommendationBody>,
            headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
    extensions(("x-problems" = json!(["not-found", "no-consent", "exercise-gone"]))),
)]
#[get("/recommendation")]
pub async fn recommendation(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
) -> Result<HttpResponse, Problem> {
    let today = practice::today(&app, &signed.me).await?;
    if today.is_paused {
        return Err(Problem::NoConsent);
    }
    tagged(&request, &today.next.and_then(|next| RecommendationBody::of(&app, next)))
}

/// The answer after one was opened: 201, where it is and how it stands.
async fn opened(app: &App, request: &HttpRequest, signed: &Signed, id: CalculationId) -> Result<HttpResponse, Problem> {
    let shown = practice::show(app, &signed.me, id).await?;
    let body = CalculationBody::of(&shown, language_of(request, signed));
    Ok(HttpResponse::Created().insert_header(("location", format!("/api/v1/calculations/{id}"))).json(body))
}

/// Open the recommended exercise.
///
/// Or go on with the half-finished one: sent again before that is finished or left, it gives the same calculation.
#[utoipa::path(
    post, path = "/calculations", operation_id = "openCalculation", tag = "practice",
    responses((status = 201, description = "The calculation to write in.", body = CalculationBody,
        headers(("location" = String, description = "Where it is read again.")))),
    extensions(("x-problems" = json!(["not-found", "no-consent", "nothing-to-open", "exercise-gone", "collided"]))),
)]
#[post("/calculations")]
pub async fn open(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let id = practice::open_next(&app, &signed.me).await?;
    opened(&app, &request, &signed, id).await
}

/// Leave this one and open another.
///
/// Its lines stay. Sent again it gives the same other one, until that is finished or left.
#[utoipa::path(
    post, path = "/calculations/{id}/another", operation_id = "openAnotherCalculation", tag = "practice",
    params(("id" = Id, Path)),
    responses((status = 201, description = "The other calculation.", body = CalculationBody,
        headers(("location" = String, description = "Where it is read again.")))),
    extensions(("x-problems" = json!(["no-consent", "nothing-to-open", "exercise-gone", "collided"]))),
)]
#[post("/calculations/{id}/another")]
pub async fn open_another(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<CalculationId>,
) -> Result<HttpResponse, Problem> {
    let id = practice::another(&app, &signed.me, *id).await?;
    opened(&app, &request, &signed, id).await
}

/// Open the next item of an assignment.
///
/// The first one that is not finished, or go on with it: sent again before that, it gives the same calculation.
#[utoipa::path(
    post, path = "/assigned/{id}", operation_id = "openAssigned", tag = "practice", params(("id" = Id, Path)),
    responses((status = 201, description = "The calculation to write in.", body = CalculationBody,
        headers(("location" = String, description = "Where it is read again.")))),
    extensions(("x-problems" = json!(["no-consent", "nothing-to-open", "exercise-gone", "collided"]))),
)]
#[post("/assigned/{id}")]
pub async fn open_assigned(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<AssignmentId>,
) -> Result<HttpResponse, Problem> {
    let number = practice::next_of(&app, &signed.me, *id).await?.ok_or(Problem::NothingToOpen)?;
    let id = practice::open_assigned(&app, &signed.me, *id, number).await?;
    opened(&app, &request, &signed, id).await
}

/// One's own calculation.
#[utoipa::path(
    get, path = "/calculations/{id}", operation_id = "getCalculation", tag = "practice",
    params(("id" = Id, Path), IfNoneMatch),
    responses(
        (status = 200, description = "The calculation.", body = CalculationBody, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
    extensions(("x-problems" = json!(["exercise-gone"]))),
)]
#[get("/calculations/{id}")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<CalculationId>,
) -> Result<HttpResponse, Problem> {
    let shown = practice::show(&app, &signed.me, *id).await?;
    tagged(&request, &CalculationBody::of(&shown, language_of(&request, &signed)))
}

/// A line to be judged. The key makes sending it again harmless.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    #[schema(max_length = 500, example = "3x = 12")]
    line: String,
    /// Made by the one who sends it, at random, one for each line.
    #[schema(value_type = Id)]
    key: IdempotencyKey,
}

/// The judged line, and whether the calculation is finished.
#[derive(Serialize, ToSchema)]
#[schema(as = SubmittedLine)]
pub struct SubmittedBody {
    #[serde(flatten)]
    line: LineBody,
    finished: bool,
}

/// Hand in a line.
///
/// Answered when it is judged and on the disk. A line that is not right, or that cannot be read, is no problem: its
/// verdict says so. The same key again gives the same line again, for as long as the calculation is there.
#[utoipa::path(
    post, path = "/calculations/{id}/lines", operation_id = "submitLine", tag = "practice",
    params(("id" = Id, Path)), request_body = NewLine,
    responses(
        (status = 201, description = "The line, judged and stored.", body = SubmittedBody),
        (status = 200, description = "The key was stored before: the same line again.", body = SubmittedBody),
    ),
    extensions(("x-problems" = json!([
        "no-consent", "closed", "line-too-long", "too-many-lines", "exercise-gone", "collided", "key-used"
    ]))),
)]
#[post("/calculations/{id}/lines")]
pub async fn submit(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<CalculationId>,
    new: Json<NewLine>,
) -> Result<HttpResponse, Problem> {
    let Submitted { desk, line, again } = practice::submit_line(&app, &signed.me, *id, new.key, &new.line).await?;
    if again && line.entered != new.line {
        return Err(Problem::KeyUsed);
    }
    let finished = desk.calculation.finished_at.is_some();
    let mut response = if again { HttpResponse::Ok() } else { HttpResponse::Created() };
    Ok(response.json(SubmittedBody { line: LineBody::of(&line), finished }))
}

/// The hint that is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedHint {
    /// The next one that is not open. One that is open already stays so.
    #[schema(value_type = u8, minimum = 1, maximum = 255)]
    strength: NonZeroU8,
}

/// Open the hints up to a strength.
///
/// They go on from the newest line that holds. Gives all there are now, those that are open with their text. Sent again it
/// opens nothing more.
#[utoipa::path(
    post, path = "/calculations/{id}/hints", operation_id = "openHint", tag = "practice",
    params(("id" = Id, Path)), request_body = WantedHint,
    responses((status = 200, description = "The hints as they stand now.", body = HintsBody)),
    extensions(("x-problems" = json!(["closed", "exercise-gone", "collided"]))),
)]
#[post("/calculations/{id}/hints")]
pub async fn open_hint(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<CalculationId>,
    wanted: Json<WantedHint>,
) -> Result<HttpResponse, Problem> {
    let desk = practice::open_hint(&app, &signed.me, *id, wanted.strength.get().into()).await?;
    Ok(HttpResponse::Ok().json(HintsBody::of(&desk, language_of(&request, &signed))))
}

/// Say that a wrong line is right.
///
/// It goes to one's teacher, once for each line.
#[utoipa::path(
    post, path = "/calculations/{id}/lines/{line}/appeal", operation_id = "appeal", tag = "practice",
    params(("id" = Id, Path), ("line" = i16, Path, minimum = 1, maximum = 200)),
    responses((status = 200, description = "As it stands now.", body = AppealBody)),
    extensions(("x-problems" = json!(["exercise-gone", "no-consent"]))),
)]
#[post("/calculations/{id}/lines/{line}/appeal")]
pub async fn appeal(
    app: Data<App>,
    Someone(signed): Someone,
    path: Path<(CalculationId, i16)>,
) -> Result<HttpResponse, Problem> {
    let (id, line) = path.into_inner();
    let made = practice::appeal(&app, &signed.me, id, line).await?;
    Ok(HttpResponse::Ok().json(AppealBody::of(&made)))
}
