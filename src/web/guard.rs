//! What stands around every route: no changes asked for by other sites, and headers that keep browsers strict.

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, Method,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

use super::{
    frame::language,
    page,
    problem::Problem,
    who::{Bearer, bearer_in},
};
use crate::app::App;

/// Refuses a change (POST, PUT, PATCH, DELETE) that does not come from our own pages. Every browser that can show the
/// pages says where a form comes from: by `Sec-Fetch-Site`, older ones by `Origin`. A program without either that
/// brings no cookie can do nothing in somebody's name and passes. So does one that brings an access token to the API: no
/// page of another site makes a browser send one along. A refusal is told as [`Problem::CrossSite`].
///
/// # Errors
/// None of its own.
pub async fn same_site(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && !comes_from_us(&request) {
        let refusal = if request.path().starts_with("/api/") {
            Problem::CrossSite.to_json(language(request.request(), None))
        } else {
            page::answer(request.request(), Problem::CrossSite).await
        };
        return Ok(request.into_response(refusal));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

fn comes_from_us(request: &ServiceRequest) -> bool {
    let header = |name: &HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if request.path().starts_with("/api/") && !matches!(bearer_in(request.headers()), Bearer::Absent) {
        return true;
    }
    if let Some(site) = header(&HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match header(&header::ORIGIN) {
        Some(origin) => {
            // HTTP/2 has no Host: it says the same in the address.
            let authority = request.uri().authority().map(actix_web::http::uri::Authority::as_str);
            let host = header(&header::HOST).or(authority).unwrap_or_default();
            origin.split_once("//").is_some_and(|(_, from)| !host.is_empty() && from == host)
        }
        None => super::who::COOKIES.iter().all(|name| request.cookie(name).is_none()),
    }
}

/// Everything comes from here, nothing runs that is not a file of ours, nobody frames us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

/// Where TLS is spoken for good, browsers never come without it again.
const TLS_FOR_A_YEAR: &str = "max-age=31536000";

/// Sets the headers that browsers go by. Pages are never kept: the next one at the device may be somebody else.
///
/// # Errors
/// None of its own.
pub async fn strict_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let is_tls_to_stay = request.app_data::<Data<App>>().is_some_and(|app| app.config.is_tls_to_stay());
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if is_tls_to_stay {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TLS_FOR_A_YEAR));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// Once the server is about to stop, every answer is the last of its connection: whoever goes on asks for another, and
/// gets it from the next server.
///
/// # Errors
/// None of its own.
pub async fn say_goodbye(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let app = request.app_data::<Data<App>>().cloned();
    let mut response = next.call(request).await?;
    if app.is_some_and(|app| app.is_stopping()) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}
