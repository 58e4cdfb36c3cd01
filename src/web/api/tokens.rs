//! Signing in and out by tokens, as programs do.

use actix_web::{
    HttpRequest, HttpResponse, delete, post,
    web::{Data, Json},
};
use serde::{Deserialize, Serialize};

use crate::{
    accounts::{self, ACCESS_SECONDS, Pair},
    app::App,
    web::{
        api::session::SignIn,
        problem::Problem,
        visitor::visitor,
        who::{Bearer, bearer},
    },
};

/// As RFC 6749 (5.1) has it.
#[derive(Serialize)]
struct PairBody {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: u32,
    refresh_token: String,
}

fn body(pair: Pair) -> HttpResponse {
    let Pair { access: access_token, refresh: refresh_token } = pair;
    HttpResponse::Ok().json(PairBody { access_token, token_type: "Bearer", expires_in: ACCESS_SECONDS, refresh_token })
}

/// The first pair, for user name and password.
#[post("/tokens")]
pub async fn open(app: Data<App>, request: HttpRequest, sign_in: Json<SignIn>) -> Result<HttpResponse, Problem> {
    let SignIn { user_name, password } = sign_in.into_inner();
    Ok(body(accounts::open_tokens(&app, &user_name, password, visitor(&app, &request)).await?))
}

/// A refresh token that was not used.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    refresh_token: String,
}

/// The next pair. The refresh token that was handed in is good for nothing afterwards.
#[post("/tokens/refresh")]
pub async fn refresh(app: Data<App>, handed_in: Json<Refresh>) -> Result<HttpResponse, Problem> {
    Ok(body(accounts::refresh_tokens(&app, &handed_in.refresh_token).await?))
}

/// Ends all that came from the same sign-in as the access token that is sent along.
#[delete("/tokens")]
pub async fn end(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    match bearer(&request) {
        Bearer::Absent => Err(Problem::SignInFirst),
        Bearer::Token(token) if accounts::end_tokens(&app, token).await? => Ok(HttpResponse::NoContent().finish()),
        Bearer::Token(_) | Bearer::Unreadable => Err(Problem::TokenNotTaken),
    }
}
