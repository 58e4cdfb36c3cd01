//! What a school's administrator and a controller's officer see: groups and counts, nobody's name and nobody's lines.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use vault::SchoolId;

use super::{
    answers::{IfNoneMatch, tagged},
    bodies::GroupBody,
    shapes::Id,
};
use crate::{
    app::App,
    classroom::{self, School},
    web::{problem::Problem, who::Someone},
};

/// A material that a school has.
#[derive(Serialize, ToSchema)]
#[schema(as = Material)]
struct MaterialBody {
    /// `all` for everything there is.
    material: String,
    from: i64,
    /// From when on no longer; `null` without an end.
    #[schema(required)]
    to: Option<i64>,
}

/// A school.
#[derive(Serialize, ToSchema)]
#[schema(as = School)]
struct SchoolBody {
    #[schema(value_type = Id)]
    id: SchoolId,
    name: String,
    /// As the school has said itself.
    students: i32,
    groups: Vec<GroupBody>,
    /// Also what is to come.
    materials: Vec<MaterialBody>,
}

fn school(of: &School) -> SchoolBody {
    let material = |has: &vault::rows::entitlements::Entitlement| MaterialBody {
        material: has.material.clone(),
        from: has.from.0,
        to: has.to.map(|to| to.0),
    };
    SchoolBody {
        id: of.overview.id,
        name: of.overview.name.clone(),
        students: of.overview.number_of_students,
        groups: of.overview.groups.iter().map(GroupBody::of).collect(),
        materials: of.has.iter().map(material).collect(),
    }
}

/// The schools whose administrator one is.
#[utoipa::path(
    get, path = "/schools", operation_id = "listSchools", tag = "administration", params(IfNoneMatch),
    responses(
        (status = 200, description = "The schools.", body = Vec<SchoolBody>, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[get("/schools")]
pub async fn schools(app: Data<App>, request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let found = classroom::schools(&app, &signed.me).await?;
    tagged(&request, &found.iter().map(school).collect::<Vec<_>>())
}

/// A controller with its schools.
#[derive(Serialize, ToSchema)]
#[schema(as = Controller)]
struct ControllerBody {
    name: String,
    /// `municipality`, `company` or `individual`.
    kind: String,
    time_zone: String,
    /// Whatever their role.
    persons: i64,
    schools: Vec<SchoolBody>,
}

/// The controller whose officer one is.
#[utoipa::path(
    get, path = "/controller", operation_id = "getController", tag = "administration", params(IfNoneMatch),
    responses(
        (status = 200, description = "The controller.", body = ControllerBody, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[get("/controller")]
pub async fn controller(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
) -> Result<HttpResponse, Problem> {
    let (overview, found) = classroom::controller(&app, &signed.me).await?;
    let body = ControllerBody {
        name: overview.name,
        kind: overview.kind,
        time_zone: overview.time_zone,
        persons: overview.persons,
        schools: found.iter().map(school).collect(),
    };
    tagged(&request, &body)
}
