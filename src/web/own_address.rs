//! The address that is printed on cards: as the operator has set it, and never as a request says that it is.

use actix_web::{
    HttpRequest,
    http::{header::HOST, uri::Authority},
};

use super::problem::Problem;
use crate::{
    app::App,
    config::{is_loopback, is_loopback_host},
};

/// The server's address without a slash at its end. Where none is set it is known only while the server listens to its own
/// machine and was asked from there, as in a demo: then it is the name that the browser used.
///
/// # Errors
/// [`Problem::AddressUnknown`], whatever the request says: a card with somebody else's address would hand its secret to
/// them.
pub fn own_address(app: &App, request: &HttpRequest) -> Result<String, Problem> {
    if let Some(address) = &app.config.public_address {
        return Ok(address.clone());
    }
    let told = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let host = told.or(request.uri().authority().map(Authority::as_str)).unwrap_or_default();
    let is_at_home = is_loopback(app.config.listen.ip()) && !app.config.proxy.speaks_tls && is_loopback_host(host);
    let scheme = if app.config.secure_cookies() { "https" } else { "http" };
    if is_at_home { Ok(format!("{scheme}://{host}")) } else { Err(Problem::AddressUnknown) }
}
