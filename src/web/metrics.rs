//! `/metrics`: what the server counts of itself, for whoever watches over it and for nobody else.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    get,
    http::Method,
    middleware::Next,
    web::Data,
};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use vault::Key;

use super::{
    Problem,
    who::{Bearer, bearer},
};
use crate::app::App;

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the server counts; for others than those who may see it, nothing is here.
#[get("/metrics")]
pub async fn show(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    if !may_see(&app, &request) {
        return Err(Problem::NotFound);
    }
    let told = app.metrics.tell(app.passwords.waiting()).map_err(|_| Problem::Failed)?;
    Ok(HttpResponse::Ok().content_type(OPENMETRICS).body(told))
}

/// Who has the token, from anywhere. Without one only this machine, and only if nobody stands in between: behind a proxy
/// everybody comes from the proxy's machine, which is often this one.
fn may_see(app: &App, request: &HttpRequest) -> bool {
    match (bearer(request), &app.metrics_token) {
        (Bearer::Token(told), Some(token)) => is_same(told, token),
        (Bearer::Absent, _) => {
            let came_through = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
            let by_proxy =
                app.config.proxy.speaks_tls || came_through.iter().any(|name| request.headers().contains_key(*name));
            !by_proxy && request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback())
        }
        _ => false,
    }
}

/// Compared as hashes and without a look at where they differ, so that time tells nothing.
fn is_same(told: &str, token: &Key) -> bool {
    let digits: String = token.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let [one, other] = [told.to_ascii_lowercase(), digits].map(Sha256::digest);
    one.as_slice().ct_eq(other.as_slice()).into()
}

/// Counts every request with its route, its answer and how long that took.
///
/// # Errors
/// None of its own.
pub async fn count(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(app) = request.app_data::<Data<App>>().cloned() else { return next.call(request).await };
    let under_way = app.metrics.begin(request.match_pattern().as_deref(), method(request.method()));
    let outcome = next.call(request).await;
    let status = match &outcome {
        Ok(response) => response.status(),
        Err(error) => error.as_response_error().status_code(),
    };
    under_way.answered(status.as_u16());
    outcome
}

/// The method if it is one of ours: what a client makes up is not to become a label.
fn method(asked: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == asked.as_str()).unwrap_or("other")
}
