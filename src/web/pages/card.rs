//! Signing in by a login card. Its secret stands after the `#` of its address, which browsers send to nobody: a script of
//! the page takes it from there. Without one, it can be typed.
//!
//! This page never leads on to another by itself: a browser would take what stands after the `#` along.

use actix_web::{
    HttpRequest, get,
    http::header,
    post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    accounts,
    app::App,
    web::{
        cookies, device, display,
        frame::{Frame, LANGUAGE_COOKIE, Tab},
        page::{Answer, html, on_to},
        problem::Problem,
        visitor::visitor,
        who::{self, Anyone},
    },
};

#[derive(Template)]
#[template(path = "card.html")]
struct CardPage {
    frame: Frame,
    code: String,
    problem: Option<Problem>,
}

/// The page to which a card leads, whoever is signed in.
#[get("/card")]
pub async fn form(request: HttpRequest, Anyone(signed): Anyone) -> Answer {
    html(&CardPage { frame: Frame::of(&request, signed.as_ref(), Tab::Elsewhere), code: String::new(), problem: None })
}

/// What the form or the script sends.
#[derive(Deserialize)]
pub struct Said {
    code: String,
}

/// Signs in the student whose card it is; whoever was signed in here before is signed out.
#[post("/card")]
pub async fn enter(app: Data<App>, request: HttpRequest, Anyone(signed): Anyone, said: Form<Said>) -> Answer {
    let code = said.into_inner().code;
    let problem = match accounts::sign_in_by_card(&app, &code, visitor(&app, &request)).await.map_err(Problem::from) {
        Ok(token) => {
            let mut response = on_to("/");
            if let Some(before) = who::token(&request) {
                accounts::sign_out(&app, &before).await?;
                device::forget(&app, &mut response, &[display::COOKIE, LANGUAGE_COOKIE]);
            }
            cookies::add(&mut response, &who::cookie(&app, &token));
            return Ok(response);
        }
        Err(problem) => problem,
    };
    let is_told_here = matches!(problem, Problem::NoCard | Problem::CardUnreadable | Problem::Wait(_) | Problem::Busy);
    if !is_told_here || request.headers().contains_key("x-fragment") {
        return Err(problem);
    }
    let (status, wait) = (problem.status_and_code().0, problem.retry_after());
    let frame = Frame::of(&request, signed.as_ref(), Tab::Elsewhere);
    let mut response = html(&CardPage { frame, code, problem: Some(problem) })?;
    *response.status_mut() = status;
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}
