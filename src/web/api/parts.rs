//! Taking part in events of others, and showing one's own schools to everybody.

use actix_web::{
    HttpResponse, delete, post, put,
    web::{Data, Json, Path},
};
use serde::Deserialize;
use utoipa::ToSchema;
use vault::EventId;

use super::shapes::Id;
use crate::{
    app::App,
    maraton,
    web::{problem::Problem, who::Someone},
};

/// Take part in an event of another.
///
/// Once more changes nothing. From then on it is an event of one's own controller's as well, and how its schools stand is
/// shown to all who take part.
#[utoipa::path(
    put, path = "/maraton/events/{event}/part", operation_id = "joinEvent", tag = "maraton",
    params(("event" = Id, Path)),
    responses((status = 204, description = "One takes part.")),
    extensions(("x-problems" = json!(["not-found", "event-overlaps"]))),
)]
#[put("/maraton/events/{event}/part")]
pub async fn join(app: Data<App>, Someone(signed): Someone, id: Path<EventId>) -> Result<HttpResponse, Problem> {
    maraton::join_event(&app, &signed.me, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// An invitation, as it was typed.
#[derive(Deserialize, ToSchema)]
#[schema(as = Invitation)]
#[serde(deny_unknown_fields)]
pub struct InvitationBody {
    #[schema(example = "ACDE-FGHJ-KMNP", max_length = 100)]
    invitation: String,
}

/// Take part in an event of another to which one is invited.
#[utoipa::path(
    post, path = "/maraton/invitations", operation_id = "joinInvited", tag = "maraton", request_body = InvitationBody,
    responses((status = 204, description = "One takes part.")),
    extensions(("x-problems" = json!(["not-found", "event-invitation", "event-overlaps"]))),
)]
#[post("/maraton/invitations")]
pub async fn join_invited(
    app: Data<App>,
    Someone(signed): Someone,
    sent: Json<InvitationBody>,
) -> Result<HttpResponse, Problem> {
    maraton::join_invited(&app, &signed.me, &sent.invitation).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take no part any more in an event of another.
///
/// For as long as nobody of one's own has begun.
#[utoipa::path(
    delete, path = "/maraton/events/{event}/part", operation_id = "leaveEvent", tag = "maraton",
    params(("event" = Id, Path)),
    responses((status = 204, description = "One takes no part.")),
    extensions(("x-problems" = json!(["not-found", "event-begun"]))),
)]
#[delete("/maraton/events/{event}/part")]
pub async fn leave(app: Data<App>, Someone(signed): Someone, id: Path<EventId>) -> Result<HttpResponse, Problem> {
    maraton::leave_event(&app, &signed.me, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Show one's own schools on an event's page for all.
///
/// The page is there when the host shows theirs; once more changes nothing.
#[utoipa::path(
    put, path = "/maraton/events/{event}/public", operation_id = "showEventToAll", tag = "maraton",
    params(("event" = Id, Path)),
    responses((status = 204, description = "They are shown.")),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[put("/maraton/events/{event}/public")]
pub async fn show(app: Data<App>, Someone(signed): Someone, id: Path<EventId>) -> Result<HttpResponse, Problem> {
    maraton::show_to_all(&app, &signed.me, *id, true).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Show one's own schools to all no more.
///
/// The host's own choice closes the page.
#[utoipa::path(
    delete, path = "/maraton/events/{event}/public", operation_id = "hideEventFromAll", tag = "maraton",
    params(("event" = Id, Path)),
    responses((status = 204, description = "They are not shown.")),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[delete("/maraton/events/{event}/public")]
pub async fn hide(app: Data<App>, Someone(signed): Someone, id: Path<EventId>) -> Result<HttpResponse, Problem> {
    maraton::show_to_all(&app, &signed.me, *id, false).await?;
    Ok(HttpResponse::NoContent().finish())
}
