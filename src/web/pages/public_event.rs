//! An event's page for all: nobody is asked who they are, and nothing is left on their device.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, ETAG, VARY},
    web::{Data, Path, Query},
};
use askama::Template;
use serde::Deserialize;
use vault::{ControllerId, EventId, rows::maraton::Event};

use crate::{
    app::App,
    maraton,
    web::{
        etag::ETag, frame::Frame, page::Answer, problem::Problem, speech::Language, standing_table::StandingsShown,
        travels::EventShown,
    },
};

#[derive(Template)]
#[template(path = "public_event.html")]
struct PublicPage {
    frame: Frame,
    event: EventShown,
    host: String,
    has_begun: bool,
    /// None where there is no school, and until it begins.
    standings: Option<StandingsShown>,
}

/// Where everybody may see an event that its host shows.
pub fn address(event: &Event) -> String {
    format!("/maraton/public/{}/{}", event.host, event.id)
}

/// What the address may say.
#[derive(Deserialize)]
pub struct Wish {
    language: Option<String>,
}

/// How an event goes that its host shows to everybody. It is the same for all who read the same language, so that it may be
/// kept for a minute on the way.
#[get("/maraton/public/{host}/{event}")]
pub async fn show(app: Data<App>, request: HttpRequest, of: Path<(String, String)>, wish: Query<Wish>) -> Answer {
    let (host, event) = of.into_inner();
    let (host, event): (ControllerId, EventId) = match (host.parse(), event.parse()) {
        (Ok(host), Ok(event)) => (host, event),
        _ => return Err(Problem::NotFound),
    };
    let public = maraton::public(&app, host, event).await?;
    let wished = wish.into_inner().language.as_deref().and_then(Language::coded);
    let frame = Frame { time_zone: public.time_zone, ..Frame::for_all(&request, wished) };
    let now = app.clock.now();
    let has_begun = public.event.opens_at <= now;
    let page = PublicPage {
        event: EventShown::of(&public.event, now, &frame),
        host: public.host,
        has_begun,
        standings: StandingsShown::of(&public.standings, &frame).filter(|_| has_begun),
        frame,
    };
    let text = page.render()?;
    let tag = ETag::of(text.as_bytes());
    let is_known = tag.is_known_to(&request);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, tag.weak()))
        .insert_header((CACHE_CONTROL, "public, max-age=60"))
        .insert_header((VARY, "Accept-Language"));
    Ok(if is_known { response.finish() } else { response.content_type("text/html; charset=utf-8").body(text) })
}
