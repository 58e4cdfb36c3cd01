//! The JSON API under `/api/v1`: the same acts as the pages. Errors are `application/problem+json`.

mod answers;
pub mod assignments;
mod bodies;
pub mod calculations;
pub mod children;
pub mod courses;
pub mod devices;
pub mod document;
pub mod doors;
pub mod draws;
pub mod events;
pub mod forgetting;
pub mod groups;
pub mod maraton;
pub mod my_data;
pub mod overviews;
mod paging;
pub mod parts;
pub mod practice;
pub mod seen;
pub mod session;
mod shapes;
pub mod steering;
pub mod support;
pub mod tasks;
pub mod tokens;
pub mod tracks;
mod ways;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{ALLOW, HeaderValue},
    middleware::Next,
    web::{JsonConfig, QueryConfig},
};

use super::{frame::language, problem::Problem, slow::is_too_slow};

/// No body of ours is longer, in bytes.
const LONGEST_BODY: usize = 16 * 1024;

/// Bodies that cannot be read are problems like all others.
#[must_use]
pub fn bodies() -> JsonConfig {
    JsonConfig::default().limit(LONGEST_BODY).error_handler(|error, _| {
        use actix_web::error::JsonPayloadError::{ContentType, Overflow, OverflowKnownLength, Payload};
        match error {
            Overflow { .. } | OverflowKnownLength { .. } => Problem::TooBig.into(),
            Payload(error) if is_too_slow(&error) => Problem::TooSlow.into(),
            ContentType => Problem::TypeNotTaken.into(),
            _ => Problem::FormUnreadable.into(),
        }
    })
}

/// What an address asks for after `?`.
#[must_use]
pub fn queries() -> QueryConfig {
    QueryConfig::default().error_handler(|_, _| Problem::QueryUnreadable.into())
}

/// Where no address takes the request: the address is unknown, or it takes other methods.
///
/// # Errors
/// Always; it is what it gives.
pub async fn nothing_here(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(if document::allowed(request.path()).is_some() { Problem::MethodNotAllowed } else { Problem::NotFound })
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
    let mut answer = problem.to_json(language(&asked, None));
    if let (Problem::MethodNotAllowed, Some(methods)) = (&problem, document::allowed(asked.path())) {
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
    }
    Ok(ServiceResponse::new(asked, answer))
}
