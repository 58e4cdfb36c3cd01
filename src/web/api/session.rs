//! Signing in and out, and who I am.

use actix_web::{
    HttpRequest, HttpResponse, delete, get, post,
    web::{Data, Json},
};
use serde::{Deserialize, Serialize};
use vault::{PersonId, Role};

use crate::{
    accounts,
    app::App,
    web::{
        problem::Problem,
        visitor::visitor,
        who::{self, Someone},
    },
};

/// User name and password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub user_name: String,
    pub password: String,
}

/// Opens a session; the answer sets its cookie.
#[post("/session")]
pub async fn open(app: Data<App>, request: HttpRequest, body: Json<SignIn>) -> Result<HttpResponse, Problem> {
    let SignIn { user_name, password } = body.into_inner();
    let token = accounts::sign_in(&app, &user_name, password, visitor(&app, &request)).await?;
    Ok(HttpResponse::NoContent().cookie(who::cookie(&app, &token)).finish())
}

/// Ends the session.
#[delete("/session")]
pub async fn end(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    if let Some(token) = who::token(&request) {
        accounts::sign_out(&app, &token).await?;
    }
    Ok(HttpResponse::NoContent().cookie(who::no_cookie(&app)).finish())
}

#[derive(Serialize)]
struct MeBody<'a> {
    id: PersonId,
    name: &'a str,
    language: &'a str,
    school_year: Option<u8>,
    roles: Vec<&'static str>,
}

/// The one who is signed in.
#[get("/me")]
pub async fn me(Someone(signed): Someone) -> HttpResponse {
    let mut roles: Vec<&'static str> = signed.profile.places.iter().map(|place| Role::name(place.role)).collect();
    roles.sort_unstable();
    roles.dedup();
    HttpResponse::Ok().json(MeBody {
        id: signed.me.person(),
        name: &signed.profile.name,
        language: &signed.profile.language,
        school_year: signed.profile.school_year,
        roles,
    })
}
