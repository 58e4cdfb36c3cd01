//! Who asks: extractors that a handler names to get at the one who is signed in.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, cookie::Cookie, dev::Payload, web::Data};
use vault::Role;

use super::{cookies, problem::Problem};
use crate::{
    accounts::{self, Signed, Token},
    app::App,
};

/// The names of the cookie that holds the session's token: over TLS, and without it on loopback. Browsers take the first
/// only over TLS, for this host and for the whole site, so that no neighbour can put one of theirs in its place.
pub const COOKIES: [&str; 2] = ["__Host-stegvis", "stegvis"];

const fn name(app: &App) -> &'static str {
    if app.config.secure_cookies() { COOKIES[0] } else { COOKIES[1] }
}

/// The token in the request's cookie, if there is one.
#[must_use]
pub fn token(request: &HttpRequest) -> Option<Token> {
    let app = request.app_data::<Data<App>>()?;
    request.cookie(name(app)).and_then(|cookie| Token::from_text(cookie.value()))
}

/// The session's cookie; it goes when the browser closes.
#[must_use]
pub fn cookie(app: &App, token: &Token) -> Cookie<'static> {
    cookies::cookie(app, name(app), token.to_text())
}

/// The same cookie, gone.
#[must_use]
pub fn no_cookie(app: &App) -> Cookie<'static> {
    cookies::gone(app, name(app))
}

/// Somebody who is signed in; otherwise the answer is [`Problem::SignInFirst`].
pub struct Someone(pub Signed);

impl Someone {
    /// The same, if they have the role; for everyone else such pages are not found.
    ///
    /// # Errors
    /// [`Problem::NotFound`] without the role.
    pub fn who_is(self, role: Role) -> Result<Signed, Problem> {
        if self.0.profile.is(role) { Ok(self.0) } else { Err(Problem::NotFound) }
    }
}

/// Somebody who teaches now; for everyone else such pages are not found.
pub struct Teaching(pub Signed);

/// Somebody, or nobody.
pub struct Anyone(pub Option<Signed>);

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl FromRequest for Anyone {
    type Error = Problem;
    type Future = Answer<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (Some(token), Some(app)) = (token(&request), request.app_data::<Data<App>>()) else {
                return Ok(Self(None));
            };
            Ok(Self(accounts::signed(app, &token).await?))
        })
    }
}

impl FromRequest for Someone {
    type Error = Problem;
    type Future = Answer<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let anyone = Anyone::from_request(request, payload);
        Box::pin(async move { anyone.await?.0.map(Self).ok_or(Problem::SignInFirst) })
    }
}

impl FromRequest for Teaching {
    type Error = Problem;
    type Future = Answer<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let someone = Someone::from_request(request, payload);
        Box::pin(async move {
            let Someone(signed) = someone.await?;
            let teaches = signed.profile.is(Role::Teacher) || signed.profile.is(Role::Mentor);
            if teaches { Ok(Self(signed)) } else { Err(Problem::NotFound) }
        })
    }
}
