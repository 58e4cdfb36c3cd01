//! A distance out of what a watch wrote: the body is the file.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, post,
    web::{Data, Payload, Query},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use vault::IdempotencyKey;

use super::{
    maraton::{DistanceBody, answer},
    shapes::Id,
};
use crate::{
    app::App,
    maraton::{self, Upload},
    overload::step_aside,
    web::{problem::Problem, uploads, who::Someone},
};

/// What a file is said to be; what it is, it says itself.
const TYPES: [&str; 6] = [
    "application/gpx+xml",
    "application/vnd.garmin.tcx+xml",
    "application/vnd.ant.fit",
    "application/xml",
    "text/xml",
    "application/octet-stream",
];

/// A GPX, TCX or FIT file as a watch wrote it, at most 10 MiB.
#[derive(ToSchema)]
#[schema(as = TrackFile, value_type = String, format = Binary)]
#[expect(dead_code, reason = "it is there to be described")]
struct TrackFile(Vec<u8>);

/// What is said beside the file.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// Made by the one who sends it, at random, one for each distance.
    #[param(value_type = Id)]
    key: IdempotencyKey,
    /// A day of the event, year, month and day; the day on which the file begins, where it is not said.
    #[param(example = "2025-11-18")]
    day: Option<String>,
}

/// Report a distance out of a watch's file.
///
/// How far, how long and which day are read out of it. The file is stored nowhere, and nothing of where it was. It waits
/// for a teacher. The same key again gives the same distance again, for as long as it is there.
#[utoipa::path(
    post, path = "/maraton/tracks", operation_id = "reportTrack", tag = "maraton", params(Beside),
    request_body(description = "The file.", content(
        (TrackFile = "application/gpx+xml"),
        (TrackFile = "application/vnd.garmin.tcx+xml"),
        (TrackFile = "application/vnd.ant.fit"),
        (TrackFile = "application/xml"),
        (TrackFile = "text/xml"),
        (TrackFile = "application/octet-stream"),
    )),
    responses(
        (status = 201, description = "It is stored and waits.", body = DistanceBody),
        (status = 200, description = "The key was stored before: the same distance again.", body = DistanceBody),
    ),
    extensions(("x-problems" = json!([
        "not-found", "no-event", "day-unusable", "key-used", "wait", "track-missing", "track-unknown", "track-packed",
        "track-planned", "track-empty", "track-without-distance", "track-too-large", "track-too-many-points",
        "track-too-far", "track-broken"
    ]))),
)]
#[post("/maraton/tracks")]
pub async fn report(
    app: Data<App>,
    request: HttpRequest,
    Someone(signed): Someone,
    beside: Query<Beside>,
    sent: Payload,
) -> Result<HttpResponse, Problem> {
    if !TYPES.contains(&request.content_type()) {
        return Err(Problem::TypeNotTaken);
    }
    step_aside();
    let room = maraton::make_room(&app, &signed.me).await?;
    let Beside { key, day } = beside.into_inner();
    let file = uploads::body(sent).await?;
    let day = day.unwrap_or_default();
    answer(&maraton::report_track(&app, &signed.me, Upload { file, day: &day, key }, room).await?)
}
