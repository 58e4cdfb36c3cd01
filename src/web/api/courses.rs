//! The courses of a MatteMaraton, of which a student picks one.

use actix_web::{
    HttpResponse, post,
    web::{Data, Json},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    maraton::{self, Offer},
    web::{problem::Problem, who::Someone},
};

/// A course that a student can pick.
#[derive(Serialize, ToSchema)]
#[schema(as = Course)]
pub struct CourseBody {
    number: i16,
    name: String,
    /// The first school year that it is for.
    #[schema(minimum = 1, maximum = 13)]
    from_year: i16,
    #[schema(minimum = 1, maximum = 13)]
    to_year: i16,
    /// How many of its items one has finished since the event opened, whether one has picked it or not.
    items: i64,
    /// It is the one that was picked.
    is_own: bool,
    /// It is the one for one's school year.
    is_suggested: bool,
}

impl CourseBody {
    pub fn of(offer: &Offer) -> Self {
        let Offer { course, items, is_own, is_suggested } = offer;
        Self {
            number: course.number,
            name: course.name.clone(),
            from_year: course.from_year,
            to_year: course.to_year,
            items: *items,
            is_own: *is_own,
            is_suggested: *is_suggested,
        }
    }
}

/// The course to pick.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PickedCourse {
    number: i16,
}

/// Pick a course.
///
/// Of the open event, or another one than before. What was finished since the event opened is counted for it, and stays
/// for going back.
#[utoipa::path(
    post, path = "/maraton/course", operation_id = "pickCourse", tag = "maraton", request_body = PickedCourse,
    responses((status = 204, description = "It is picked.")),
    extensions(("x-problems" = json!(["not-found", "no-event", "collided"]))),
)]
#[post("/maraton/course")]
pub async fn pick(
    app: Data<App>,
    Someone(signed): Someone,
    picked: Json<PickedCourse>,
) -> Result<HttpResponse, Problem> {
    maraton::choose_course(&app, &signed.me, picked.number).await?;
    Ok(HttpResponse::NoContent().finish())
}
