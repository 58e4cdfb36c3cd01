//! What answers have in common: tags by which a program need not fetch the same again.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{ETAG, IF_NONE_MATCH},
    web::Bytes,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use crate::{
    accounts::Signed,
    web::{frame::language, problem::Problem, speech::Language},
};

/// Of 256 bits so many bytes stand in a tag: enough that no two answers of one address ever share one.
const TAG_BYTES: usize = 15;

/// The tag of an answer (RFC 9110, 8.8.3), quotes and all.
pub struct ETag(String);

impl ETag {
    /// The tag of exactly these bytes.
    pub fn of(body: &[u8]) -> Self {
        let hash = Sha256::digest(body);
        Self(format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(hash.get(..TAG_BYTES).unwrap_or_default())))
    }
}

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
    let told = request.headers().get_all(IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let is_known = told
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag.0);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag.0.as_str()));
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
