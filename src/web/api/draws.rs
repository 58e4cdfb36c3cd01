//! The draw of an event.

use actix_web::{
    HttpRequest, HttpResponse, get, post,
    web::{Data, Json, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::{EventId, Ticket};

use super::{
    answers::{IfNoneMatch, tagged},
    shapes::Id,
};
use crate::{
    app::App,
    maraton::{self, Told, ToldOutcome, Wish},
    web::{problem::Problem, who::Someone},
};

/// The draw of an event, as `stegvis maraton verify-draw` reads it.
#[derive(Serialize, ToSchema)]
#[schema(as = Draw)]
struct DrawBody {
    #[schema(value_type = Id)]
    event: EventId,
    /// SHA-256 of the seed, which is fixed when the event is made: 64 hexadecimal digits.
    commitment: String,
    /// `null` before it is drawn.
    #[schema(required)]
    outcome: Option<OutcomeBody>,
}

/// What came of a draw. Tickets say nothing of whose they are.
#[derive(Serialize, ToSchema)]
#[schema(as = DrawOutcome)]
struct OutcomeBody {
    drawn_at: i64,
    /// 32 bytes as 64 hexadecimal digits.
    seed: String,
    /// All tickets that were in it, ascending.
    #[schema(value_type = Vec<Id>)]
    entries: Vec<Ticket>,
    /// The first of the entries in ascending order of HMAC-SHA-256, with the seed as key and the ticket's 16 bytes as message.
    #[schema(value_type = Vec<Id>)]
    winners: Vec<Ticket>,
}

impl DrawBody {
    fn of(told: Told) -> Self {
        let outcome =
            |ToldOutcome { drawn_at, seed, entries, winners }| OutcomeBody { drawn_at, seed, entries, winners };
        Self { event: told.event, commitment: told.commitment, outcome: told.outcome.map(outcome) }
    }
}

/// The draw of an event.
///
/// For everybody who sees the event: its commitment from the first moment, and when it is drawn all that it takes to verify it.
#[utoipa::path(
    get, path = "/maraton/events/{event}/draw", operation_id = "getDraw", tag = "maraton",
    params(("event" = Id, Path), IfNoneMatch),
    responses(
        (status = 200, description = "The draw.", body = DrawBody, headers(("etag" = String))),
        (status = 304, description = "As it was."),
    ),
    extensions(("x-problems" = json!(["not-found"]))),
)]
#[get("/maraton/events/{event}/draw")]
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    id: Path<EventId>,
) -> Result<HttpResponse, Problem> {
    tagged(&request, &DrawBody::of(maraton::told(&app, &signed.me, *id).await?))
}

/// How many are to win.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewDraw)]
#[serde(deny_unknown_fields)]
pub struct WishBody {
    #[schema(minimum = 1, maximum = 100)]
    winners: usize,
    /// Also if distances wait: who finishes by one of them afterwards is not in the draw.
    #[serde(default)]
    although_waiting: bool,
}

/// Draw.
///
/// Once, when the event has closed, among all who have finished. Afterwards it stays as it is.
#[utoipa::path(
    post, path = "/maraton/events/{event}/draw", operation_id = "draw", tag = "maraton", request_body = WishBody,
    params(("event" = Id, Path)),
    responses(
        (status = 201, description = "It is drawn."),
        (status = 204, description = "It was drawn before."),
    ),
    extensions(("x-problems" = json!(["not-found", "draw-too-early", "draw-waiting", "draw-winners", "draw-nothing"]))),
)]
#[post("/maraton/events/{event}/draw")]
pub async fn draw(
    app: Data<App>,
    Someone(signed): Someone,
    id: Path<EventId>,
    wish: Json<WishBody>,
) -> Result<HttpResponse, Problem> {
    let WishBody { winners, although_waiting } = wish.into_inner();
    let is_new = maraton::draw(&app, &signed.me, *id, Wish { winners, although_waiting }).await?;
    Ok(if is_new { HttpResponse::Created() } else { HttpResponse::NoContent() }.finish())
}
