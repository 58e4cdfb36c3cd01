//! Who asks: extractors that a handler names to get at the one who is signed in.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    cookie::Cookie,
    dev::Payload,
    http::header::{AUTHORIZATION, HeaderMap},
    web::Data,
};
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

/// Where it lies beside routes, a program may come with an access token instead of the cookie. Pages take none.
pub struct TakesTokens;

/// What a request says under `Authorization`.
pub enum Bearer<'a> {
    /// Nothing, or something that is not meant for us, such as a proxy's own password.
    Absent,
    Token(&'a str),
    /// A token that cannot be one, or more than one.
    Unreadable,
}

/// The access token that the request brings (RFC 6750, 2.1). It may not lie anywhere else.
#[must_use]
pub fn bearer(request: &HttpRequest) -> Bearer<'_> {
    bearer_in(request.headers())
}

/// The same for the headers alone.
#[must_use]
pub fn bearer_in(headers: &HeaderMap) -> Bearer<'_> {
    const SCHEME: &[u8] = b"bearer";
    let is_bearer = |value: &[u8]| {
        value.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
            && value.get(SCHEME.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    };
    let mut all = headers.get_all(AUTHORIZATION);
    let (Some(first), others) = (all.next(), all.count()) else { return Bearer::Absent };
    if others > 0 {
        let any = headers.get_all(AUTHORIZATION).any(|value| is_bearer(value.as_bytes()));
        return if any { Bearer::Unreadable } else { Bearer::Absent };
    }
    if !is_bearer(first.as_bytes()) {
        return Bearer::Absent;
    }
    let text = first.to_str().ok().and_then(|text| text.get(SCHEME.len()..)?.strip_prefix(' '));
    text.filter(|token| !token.is_empty()).map_or(Bearer::Unreadable, Bearer::Token)
}

/// Whether a session's cookie came along, of whatever use it is.
fn brings_cookie(request: &HttpRequest) -> bool {
    COOKIES.iter().any(|name| request.cookie(name).is_some())
}

/// Who sent the request, by cookie or by token but never by both: a program that has both mixes up two people some day.
async fn sender(request: &HttpRequest) -> Result<Option<Signed>, Problem> {
    let Some(app) = request.app_data::<Data<App>>() else { return Ok(None) };
    let by_token = if request.app_data::<TakesTokens>().is_some() { bearer(request) } else { Bearer::Absent };
    match by_token {
        Bearer::Absent => match token(request) {
            Some(token) => Ok(accounts::signed(app, &token).await?),
            None => Ok(None),
        },
        _ if brings_cookie(request) => Err(Problem::TwoCredentials),
        Bearer::Token(token) => accounts::signed_by_token(app, token).await?.map(Some).ok_or(Problem::TokenNotTaken),
        Bearer::Unreadable => Err(Problem::TokenNotTaken),
    }
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
        Box::pin(async move { sender(&request).await.map(Self) })
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
