//! What answers have in common: JSON with a tag, in the language of the one who asks.

use actix_web::{HttpRequest, HttpResponse, http::header::ETAG, web::Bytes};
use serde::Serialize;
use utoipa::IntoParams;

use crate::{
    accounts::Signed,
    web::{etag::ETag, frame::language, problem::Problem, speech::Language},
};

/// The tag of what one has.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it is read from the headers; this says what it is")]
pub struct IfNoneMatch {
    /// The `ETag` of an earlier answer: if nothing has changed, the answer is 304 without a body.
    #[param(rename = "If-None-Match", required = false)]
    if_none_match: Option<String>,
}

/// The language of the one who asks, as pages have it.
pub fn language_of(request: &HttpRequest, signed: &Signed) -> Language {
    language(request, Some(&signed.profile))
}

/// 200 with the body and its tag, or 304 when the one who asks has it already.
pub fn unless_known(request: &HttpRequest, tag: &ETag, body: impl FnOnce() -> Bytes) -> HttpResponse {
    let is_known = tag.is_known_to(request);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag.strong()));
    if is_known { response.finish() } else { response.content_type("application/json").body(body()) }
}

/// The same for a body that is made anew each time.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn tagged(request: &HttpRequest, body: &impl Serialize) -> Result<HttpResponse, Problem> {
    let text = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an answer could not be written");
        Problem::Failed
    })?;
    let tag = ETag::of(&text);
    Ok(unless_known(request, &tag, || text.into()))
}
