//! Signing in and out, and who I am.

use actix_web::{
    HttpRequest, HttpResponse, delete, get, post,
    web::{Data, Json},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{PersonId, Role};

use crate::{
    accounts,
    app::App,
    web::{
        api::{
            answers::{IfNoneMatch, tagged},
            shapes::Id,
        },
        problem::Problem,
        visitor::visitor,
        who::{self, Someone},
    },
};

/// User name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[schema(example = "alva")]
    pub user_name: String,
    pub password: String,
}

/// Sign in by a cookie.
///
/// For pages and their scripts; a program takes tokens. The answer sets the session's cookie.
#[utoipa::path(
    post, path = "/session", operation_id = "openSession", tag = "signing in", security(()), request_body = SignIn,
    responses((status = 204, description = "Signed in.",
        headers(("set-cookie" = String, description = "The session, until it is ended or the browser closes.")))),
    extensions(("x-problems" = json!(["no-match", "wait"]))),
)]
#[post("/session")]
pub async fn open(app: Data<App>, request: HttpRequest, body: Json<SignIn>) -> Result<HttpResponse, Problem> {
    let SignIn { user_name, password } = body.into_inner();
    let token = accounts::sign_in(&app, &user_name, password, visitor(&app, &request)).await?;
    Ok(HttpResponse::NoContent().cookie(who::cookie(&app, &token)).finish())
}

/// End the session of the cookie.
#[utoipa::path(
    delete, path = "/session", operation_id = "endSession", tag = "signing in", security(()),
    responses((status = 204, description = "Nobody is signed in by that cookie.",
        headers(("set-cookie" = String, description = "Takes the cookie away.")))),
)]
#[delete("/session")]
pub async fn end(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    if let Some(token) = who::token(&request) {
        accounts::sign_out(&app, &token).await?;
    }
    Ok(HttpResponse::NoContent().cookie(who::no_cookie(&app)).finish())
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
struct MeBody<'a> {
    #[schema(value_type = Id)]
    id: PersonId,
    name: &'a str,
    #[schema(example = "sv")]
    language: &'a str,
    #[schema(required, minimum = 1, maximum = 12)]
    school_year: Option<u8>,
    /// What one is now, anywhere, in alphabetical order.
    #[schema(example = json!(["student"]))]
    roles: Vec<&'static str>,
}

/// The one who is signed in.
#[utoipa::path(
    get, path = "/me", operation_id = "getMe", tag = "signing in", params(IfNoneMatch),
    responses(
        (status = 200, description = "Oneself.", body = MeBody, headers(("etag" = String))),
        (status = 304, description = "It is as it was."),
    ),
)]
#[get("/me")]
pub async fn me(request: HttpRequest, Someone(signed): Someone) -> Result<HttpResponse, Problem> {
    let mut roles: Vec<&'static str> = signed.profile.places.iter().map(|place| Role::name(place.role)).collect();
    roles.sort_unstable();
    roles.dedup();
    let body = MeBody {
        id: signed.me.person(),
        name: &signed.profile.name,
        language: &signed.profile.language,
        school_year: signed.profile.school_year,
        roles,
    };
    tagged(&request, &body)
}
