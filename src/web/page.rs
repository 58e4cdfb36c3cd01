//! Answering with a page, a fragment of one, a way on, or a page about a problem.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};
use askama::Template;

use super::{
    frame::{Frame, Tab, language},
    problem::Problem,
    who,
};
use crate::{
    accounts::{self, Signed},
    app::App,
};

/// What a page's handler gives.
pub type Answer = Result<HttpResponse, Problem>;

/// A whole page, or a fragment of one.
///
/// # Errors
/// When the template fails.
pub fn html(page: &impl Template) -> Answer {
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.render()?))
}

/// On to another page after a change (303, so that reloading does not send again).
#[must_use]
pub fn on_to(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    problem: Problem,
}

/// Around the pages: a problem becomes a page in the reader's language, or JSON for a script of ours that asked with
/// `X-Fragment`. Who is not signed in is led to where one signs in.
///
/// # Errors
/// None of its own.
pub async fn problems_as_pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?;
    let found = response.response().error().and_then(|error| error.as_error::<Problem>()).cloned();
    let Some(problem) = found else { return Ok(response.map_into_boxed_body()) };
    let (asked, _) = response.into_parts();
    let answer = answer(&asked, problem).await;
    Ok(ServiceResponse::new(asked, answer))
}

/// The page about a problem, or JSON for a script of ours.
pub async fn answer(asked: &HttpRequest, problem: Problem) -> HttpResponse {
    // Where the database does not answer, nobody is kept waiting for it once more.
    let known = who::token(asked).filter(|_| problem != Problem::Unavailable);
    let signed = match (known, asked.app_data::<Data<App>>()) {
        (Some(token), Some(app)) => accounts::signed(app, &token).await.ok().flatten(),
        _ => None,
    };
    if asked.headers().contains_key("x-fragment") {
        return problem.to_json(language(asked, signed.as_ref().map(|signed| signed.profile.as_ref())));
    }
    if problem == Problem::SignInFirst {
        return on_to("/sign-in");
    }
    of(asked, signed.as_ref(), problem)
}

/// The page about a problem, for who is signed in or for anyone.
pub fn of(asked: &HttpRequest, signed: Option<&Signed>, problem: Problem) -> HttpResponse {
    let page = ProblemPage { frame: Frame::of(asked, signed, Tab::Elsewhere), problem };
    let mut response = HttpResponse::build(page.problem.status_and_code().0);
    if let Some(seconds) = page.problem.retry_after() {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    match page.render() {
        Ok(text) => response.content_type("text/html; charset=utf-8").body(text),
        Err(_) => page.problem.to_json(page.frame.language),
    }
}
