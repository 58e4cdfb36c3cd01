//! What a request's span says of it: its route as the table of contents writes it, never an address with ids filled in,
//! a query, or who asked from where.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
};
use tracing::{Span, error_span, field::Empty};
use tracing_actix_web::RootSpanBuilder;

/// Method, route and status.
pub struct Spans;

impl RootSpanBuilder for Spans {
    /// On the level of errors, so that what is logged inside has its route however little is asked for.
    fn on_request_start(request: &ServiceRequest) -> Span {
        let route = request.match_pattern();
        error_span!(
            "request",
            method = %request.method(),
            route = route.as_deref().unwrap_or("none"),
            status = Empty
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
    }
}
