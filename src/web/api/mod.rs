//! The JSON API under `/api/v1`: the same acts as the pages. Errors are `application/problem+json`.

pub mod calculations;
pub mod session;
pub mod tokens;

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::JsonConfig,
};

use super::{frame::language, problem::Problem, slow::is_too_slow};

/// No body of ours is longer, in bytes.
const LONGEST_BODY: usize = 16 * 1024;

/// Bodies that cannot be read are problems like all others.
#[must_use]
pub fn bodies() -> JsonConfig {
    JsonConfig::default().limit(LONGEST_BODY).error_handler(|error, _| {
        use actix_web::error::JsonPayloadError::{Overflow, OverflowKnownLength, Payload};
        match error {
            Overflow { .. } | OverflowKnownLength { .. } => Problem::TooBig.into(),
            Payload(error) if is_too_slow(&error) => Problem::TooSlow.into(),
            _ => Problem::FormUnreadable.into(),
        }
    })
}

/// Around the API: problems in the reader's language.
///
/// # Errors
/// None of its own.
pub async fn problems_as_json(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?;
    let found = response.response().error().and_then(|error| error.as_error::<Problem>()).cloned();
    let Some(problem) = found else { return Ok(response.map_into_boxed_body()) };
    let (asked, _) = response.into_parts();
    let answer = problem.to_json(language(&asked, None));
    Ok(ServiceResponse::new(asked, answer))
}
