//! Cookies as all of ours are: for the whole site, for the server alone, never sent along from elsewhere.

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite},
};

use crate::app::App;

/// A cookie that goes when the browser closes.
#[must_use]
pub fn cookie(app: &App, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.secure_cookies())
        .finish()
}

/// What takes the cookie of that name away.
#[must_use]
pub fn gone(app: &App, name: &'static str) -> Cookie<'static> {
    let mut cookie = cookie(app, name, String::new());
    cookie.make_removal();
    cookie
}

/// Sends a cookie with an answer.
pub fn add(response: &mut HttpResponse, cookie: &Cookie<'_>) {
    if let Err(error) = response.add_cookie(cookie) {
        tracing::error!(%error, "a cookie could not be set");
    }
}
