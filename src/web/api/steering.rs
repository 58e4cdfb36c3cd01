//! What is to be chosen next for a group or one student in it, or not at all.

use actix_web::{
    HttpResponse, delete, get, post,
    web::{Data, Json, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{
    GroupId, Me, PersonId, SteeringId,
    rows::steering::{Steering, What},
};

use super::shapes::Id;
use crate::{
    app::App,
    classroom::{self, Whom},
    web::{problem::Problem, who::Teaching},
};

/// A teacher's wish.
#[derive(Serialize, ToSchema)]
#[schema(as = Steering)]
struct SteeringBody {
    #[schema(value_type = Id)]
    id: SteeringId,
    /// For the whole group; otherwise for the student alone.
    of_group: bool,
    wish: Wish,
    /// The one or the other.
    #[schema(required)]
    skill: Option<String>,
    #[schema(required)]
    exercise: Option<String>,
    at: i64,
}

impl SteeringBody {
    fn of(one: &Steering) -> Self {
        let (skill, exercise) = match &one.what {
            What::Skill(id) => (Some(id.clone()), None),
            What::Exercise(id) => (None, Some(id.clone())),
        };
        let wish = if one.pins { Wish::Pin } else { Wish::Exclude };
        Self { id: one.id, of_group: one.group.is_some(), wish, skill, exercise, at: one.at.0 }
    }
}

/// To be chosen next, or not at all.
#[derive(Serialize, Deserialize, ToSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Wish {
    Pin,
    Exclude,
}

/// What is wished.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewSteering)]
#[serde(deny_unknown_fields)]
pub struct NewSteering {
    wish: Wish,
    of: OfBody,
}

/// What it is about, by its id.
#[derive(Deserialize, ToSchema)]
#[schema(as = Steered)]
#[serde(rename_all = "snake_case")]
enum OfBody {
    #[schema(example = "equations-two-step")]
    Skill(String),
    #[schema(example = "two-step-plain")]
    Exercise(String),
}

/// The id of what was said.
#[derive(Serialize, ToSchema)]
#[schema(as = SteeringId)]
struct SaidBody {
    #[schema(value_type = Id)]
    id: SteeringId,
}

/// What is to be chosen for a group, or not, newest first.
#[utoipa::path(
    get, path = "/groups/{group}/steering", operation_id = "listSteering", tag = "teaching", params(("group" = Id, Path)),
    responses((status = 200, description = "What was said for the whole group.", body = Vec<SteeringBody>)),
)]
#[get("/groups/{group}/steering")]
pub async fn list(app: Data<App>, Teaching(signed): Teaching, group: Path<GroupId>) -> Result<HttpResponse, Problem> {
    listed(&app, &signed.me, Whom { group: *group, student: None }).await
}

/// What is to be chosen for a student, or not, newest first; what was said for the group too.
#[utoipa::path(
    get, path = "/groups/{group}/students/{student}/steering", operation_id = "listSteeringOfStudent", tag = "teaching",
    params(("group" = Id, Path), ("student" = Id, Path)),
    responses((status = 200, description = "What was said.", body = Vec<SteeringBody>)),
)]
#[get("/groups/{group}/students/{student}/steering")]
pub async fn list_of_student(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
) -> Result<HttpResponse, Problem> {
    let (group, student) = path.into_inner();
    listed(&app, &signed.me, Whom { group, student: Some(student) }).await
}

async fn listed(app: &App, me: &Me, whom: Whom) -> Result<HttpResponse, Problem> {
    let said = classroom::steering(app, me, whom).await?;
    Ok(HttpResponse::Ok().json(said.iter().map(SteeringBody::of).collect::<Vec<_>>()))
}

/// Says what is to be chosen next for a group, or not at all.
///
/// What was said of the same before is replaced.
#[utoipa::path(
    post, path = "/groups/{group}/steering", operation_id = "steer", tag = "teaching", params(("group" = Id, Path)),
    request_body = NewSteering,
    responses((status = 201, description = "It is said.", body = SaidBody)),
)]
#[post("/groups/{group}/steering")]
pub async fn say(
    app: Data<App>,
    Teaching(signed): Teaching,
    group: Path<GroupId>,
    new: Json<NewSteering>,
) -> Result<HttpResponse, Problem> {
    said(&app, &signed.me, Whom { group: *group, student: None }, new.into_inner()).await
}

/// Says what is to be chosen next for a student, or not at all.
///
/// What was said of the same before is replaced.
#[utoipa::path(
    post, path = "/groups/{group}/students/{student}/steering", operation_id = "steerStudent", tag = "teaching",
    params(("group" = Id, Path), ("student" = Id, Path)),
    request_body = NewSteering,
    responses((status = 201, description = "It is said.", body = SaidBody)),
)]
#[post("/groups/{group}/students/{student}/steering")]
pub async fn say_of_student(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId)>,
    new: Json<NewSteering>,
) -> Result<HttpResponse, Problem> {
    let (group, student) = path.into_inner();
    said(&app, &signed.me, Whom { group, student: Some(student) }, new.into_inner()).await
}

async fn said(app: &App, me: &Me, whom: Whom, new: NewSteering) -> Result<HttpResponse, Problem> {
    let what = match new.of {
        OfBody::Skill(id) => What::Skill(id),
        OfBody::Exercise(id) => What::Exercise(id),
    };
    let id = classroom::steer(app, me, whom, new.wish == Wish::Pin, what).await?;
    Ok(HttpResponse::Created().json(SaidBody { id }))
}

/// Takes back what was said for a group.
#[utoipa::path(
    delete, path = "/groups/{group}/steering/{steering}", operation_id = "stopSteering", tag = "teaching",
    params(("group" = Id, Path), ("steering" = Id, Path)),
    responses((status = 204, description = "It is taken back.")),
)]
#[delete("/groups/{group}/steering/{steering}")]
pub async fn end(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, SteeringId)>,
) -> Result<HttpResponse, Problem> {
    let (group, id) = path.into_inner();
    classroom::stop_steering(&app, &signed.me, Whom { group, student: None }, id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes back what was said for a student.
#[utoipa::path(
    delete, path = "/groups/{group}/students/{student}/steering/{steering}", operation_id = "stopSteeringStudent",
    tag = "teaching", params(("group" = Id, Path), ("student" = Id, Path), ("steering" = Id, Path)),
    responses((status = 204, description = "It is taken back.")),
)]
#[delete("/groups/{group}/students/{student}/steering/{steering}")]
pub async fn end_of_student(
    app: Data<App>,
    Teaching(signed): Teaching,
    path: Path<(GroupId, PersonId, SteeringId)>,
) -> Result<HttpResponse, Problem> {
    let (group, student, id) = path.into_inner();
    classroom::stop_steering(&app, &signed.me, Whom { group, student: Some(student) }, id).await?;
    Ok(HttpResponse::NoContent().finish())
}
