//! Signing in and out by tokens, as programs do.

use actix_web::{
    HttpRequest, HttpResponse, delete, post,
    web::{Data, Json},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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

/// An access token with the refresh token that gives the next pair, as RFC 6749 (5.1) has it.
#[derive(Serialize, ToSchema)]
#[schema(as = Tokens)]
struct PairBody {
    access_token: String,
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds.
    #[schema(minimum = 1, example = 900)]
    expires_in: u32,
    /// Good once, for 30 days and for 7 days unused.
    refresh_token: String,
}

fn body(pair: Pair) -> HttpResponse {
    let Pair { access: access_token, refresh: refresh_token } = pair;
    HttpResponse::Ok().json(PairBody { access_token, token_type: "Bearer", expires_in: ACCESS_SECONDS, refresh_token })
}

/// Sign in by tokens.
#[utoipa::path(
    post, path = "/tokens", operation_id = "openTokens", tag = "signing in", security(()), request_body = SignIn,
    responses((status = 200, description = "The first pair.", body = PairBody)),
    extensions(("x-problems" = json!(["no-match", "wait"]))),
)]
#[post("/tokens")]
pub async fn open(app: Data<App>, request: HttpRequest, sign_in: Json<SignIn>) -> Result<HttpResponse, Problem> {
    let SignIn { user_name, password } = sign_in.into_inner();
    Ok(body(accounts::open_tokens(&app, &user_name, password, visitor(&app, &request)).await?))
}

/// A refresh token that was not used.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    refresh_token: String,
}

/// Take the next pair.
///
/// The refresh token that was handed in is good for nothing afterwards, but for ten seconds in which it gives the same
/// next pair again. Handed in later than that it ends the sign-in, because it may have been copied.
#[utoipa::path(
    post, path = "/tokens/refresh", operation_id = "refreshTokens", tag = "signing in", security(()),
    request_body = Refresh,
    responses((status = 200, description = "The next pair.", body = PairBody)),
    extensions(("x-problems" = json!(["refresh-not-taken"]))),
)]
#[post("/tokens/refresh")]
pub async fn refresh(app: Data<App>, handed_in: Json<Refresh>) -> Result<HttpResponse, Problem> {
    Ok(body(accounts::refresh_tokens(&app, &handed_in.refresh_token).await?))
}

/// End all tokens of this sign-in.
///
/// All that came from the same sign-in as the access token that is sent along.
#[utoipa::path(
    delete, path = "/tokens", operation_id = "endTokens", tag = "signing in", security(("bearer" = [])),
    responses((status = 204, description = "They are ended.")),
)]
#[delete("/tokens")]
pub async fn end(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    match bearer(&request) {
        Bearer::Absent => Err(Problem::SignInFirst),
        Bearer::Token(token) if accounts::end_tokens(&app, token).await? => Ok(HttpResponse::NoContent().finish()),
        Bearer::Token(_) | Bearer::Unreadable => Err(Problem::TokenNotTaken),
    }
}
