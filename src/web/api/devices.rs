//! Where one is signed in, and signing out there.

use actix_web::{
    HttpRequest, HttpResponse, delete, get,
    web::{Data, Path, Query},
};
use serde::Serialize;
use utoipa::ToSchema;
use vault::{SessionId, rows::sessions::TokenHash};

use super::{
    paging::{Page, Paging},
    shapes::Id,
};
use crate::{
    accounts,
    app::App,
    web::{
        problem::Problem,
        who::{self, Bearer, Someone, bearer},
    },
};

/// A device, or a program, at which one is signed in.
#[derive(Serialize, ToSchema)]
#[schema(as = Device)]
struct DeviceBody {
    #[schema(value_type = Id)]
    id: SessionId,
    #[schema(required)]
    browser: Option<String>,
    #[schema(required)]
    system: Option<String>,
    /// `password`, `class_code`, `card` or `tokens`.
    by: &'static str,
    opened_at: i64,
    /// The last day on which it was used: year, month and day.
    used_on: String,
    /// It is the one that asks.
    is_this: bool,
}

/// The session that a request came by.
fn this(app: &App, request: &HttpRequest) -> Result<TokenHash, Problem> {
    let found = match bearer(request) {
        Bearer::Token(access) => accounts::session_named(app, access),
        _ => who::token(request).map(|token| token.hash()),
    };
    found.ok_or(Problem::SignInFirst)
}

/// Where one is signed in, newest first.
#[utoipa::path(
    get, path = "/devices", operation_id = "listDevices", tag = "own data", params(Paging),
    responses((status = 200, description = "A piece of the list.", body = Page<DeviceBody>)),
    extensions(("x-problems" = json!(["cursor-unusable"]))),
)]
#[get("/devices")]
pub async fn list(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    paging: Query<Paging>,
) -> Result<HttpResponse, Problem> {
    let found = accounts::devices(&app, &signed, this(&app, &request)?).await?;
    let page = paging.cut(
        found.sessions,
        |session| session.id.to_string(),
        |session| DeviceBody {
            id: session.id,
            by: match (session.by_tokens, session.by_card, session.by_code) {
                (true, ..) => "tokens",
                (_, true, _) => "card",
                (.., true) => "class_code",
                _ => "password",
            },
            opened_at: session.opened.0,
            is_this: found.this == Some(session.id),
            browser: session.browser,
            system: session.system,
            used_on: session.used_on,
        },
    )?;
    Ok(HttpResponse::Ok().json(page))
}

/// Sign out at one device.
#[utoipa::path(
    delete, path = "/devices/{session}", operation_id = "endDevice", tag = "own data", params(("session" = Id, Path)),
    responses((status = 204, description = "It is signed out.")),
)]
#[delete("/devices/{session}")]
pub async fn end(app: Data<App>, Someone(signed): Someone, session: Path<SessionId>) -> Result<HttpResponse, Problem> {
    let is_ended = accounts::end_device(&app, &signed, *session).await?;
    if is_ended { Ok(HttpResponse::NoContent().finish()) } else { Err(Problem::NotFound) }
}

/// Sign out at all devices but this one.
#[utoipa::path(
    delete, path = "/devices", operation_id = "endOtherDevices", tag = "own data",
    responses((status = 204, description = "This is the only one.")),
)]
#[delete("/devices")]
pub async fn end_others(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
) -> Result<HttpResponse, Problem> {
    accounts::end_other_devices(&app, &signed, this(&app, &request)?).await?;
    Ok(HttpResponse::NoContent().finish())
}
