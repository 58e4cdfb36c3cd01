//! Tags by which nobody need fetch the same again (RFC 9110, 8.8.3).

use actix_web::{HttpRequest, http::header::IF_NONE_MATCH};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Of 256 bits so many bytes stand in a tag: enough that no two answers of one address ever share one.
const TAG_BYTES: usize = 15;

/// The tag of an answer, quotes and all.
pub struct ETag(String);

impl ETag {
    /// The tag of exactly these bytes.
    pub fn of(body: &[u8]) -> Self {
        let hash = Sha256::digest(body);
        Self(format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(hash.get(..TAG_BYTES).unwrap_or_default())))
    }

    /// As it stands in a header, for an answer that is always sent in these bytes.
    pub fn strong(&self) -> &str {
        &self.0
    }

    /// As it stands in a header, for an answer that is sent compressed in this way or that.
    pub fn weak(&self) -> String {
        format!("W/{}", self.0)
    }

    /// Whether the one who asks has it already.
    pub fn is_known_to(&self, request: &HttpRequest) -> bool {
        let told = request.headers().get_all(IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
        let mut tags = told.flat_map(|value| value.split(',')).map(str::trim);
        tags.any(|known| known == "*" || known.trim_start_matches("W/") == self.0)
    }
}
