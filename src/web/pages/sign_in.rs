//! Signing in and out, and handing the device over to the next student.

use actix_web::{
    HttpRequest, get,
    http::{StatusCode, header},
    post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;

use crate::{
    accounts,
    app::App,
    individuals,
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
#[template(path = "sign_in.html")]
struct SignIn {
    frame: Frame,
    user_name: String,
    problem: Option<Problem>,
    /// Individuals may sign up here.
    is_open: bool,
}

/// The form for user name and password.
#[get("/sign-in")]
pub async fn form(app: Data<App>, request: HttpRequest, Anyone(signed): Anyone) -> Answer {
    if signed.is_some() {
        return Ok(on_to("/"));
    }
    let (frame, is_open) = (Frame::of(&request, None, Tab::Elsewhere), individuals::is_open(&app));
    html(&SignIn { frame, user_name: String::new(), problem: None, is_open })
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    user_name: String,
    password: String,
}

/// Signs in, or shows the form again with what to do.
#[post("/sign-in")]
pub async fn sign_in(app: Data<App>, request: HttpRequest, typed: Form<Typed>) -> Answer {
    let Typed { user_name, password } = typed.into_inner();
    match accounts::sign_in(&app, &user_name, password, visitor(&app, &request)).await.map_err(Problem::from) {
        Ok(token) => {
            let mut response = on_to("/");
            cookies::add(&mut response, &who::cookie(&app, &token));
            Ok(response)
        }
        Err(problem @ (Problem::NoMatch | Problem::Busy | Problem::Wait(_))) => {
            let (status, wait) = (problem.status_and_code().0, problem.retry_after());
            let frame = Frame::of(&request, None, Tab::Elsewhere);
            let is_open = individuals::is_open(&app);
            let mut response = html(&SignIn { frame, user_name, problem: Some(problem), is_open })?;
            *response.status_mut() = if status == StatusCode::UNAUTHORIZED { StatusCode::OK } else { status };
            if let Some(seconds) = wait {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}

/// One of the demo's buttons.
#[post("/demo/{kind}")]
pub async fn demo(app: Data<App>, request: HttpRequest, kind: actix_web::web::Path<String>) -> Answer {
    let token =
        accounts::open_demo(&app, &kind, visitor(&app, &request)).await.map_err(|error| {
            match Problem::from(error) {
                Problem::NoMatch => Problem::NotFound,
                other => other,
            }
        })?;
    let mut response = on_to("/");
    cookies::add(&mut response, &who::cookie(&app, &token));
    Ok(response)
}

/// Ends the session and leads to the start.
#[post("/sign-out")]
pub async fn sign_out(app: Data<App>, request: HttpRequest) -> Answer {
    leave(&app, &request, "/").await
}

/// Ends the session and leads to where the next student signs in, on a device that looks as new.
#[post("/change-student")]
pub async fn change_student(app: Data<App>, request: HttpRequest) -> Answer {
    let next = if app.demo.is_some() { "/" } else { "/sign-in" };
    let mut response = leave(&app, &request, next).await?;
    device::forget(&app, &mut response, &[display::COOKIE, LANGUAGE_COOKIE]);
    Ok(response)
}

async fn leave(app: &App, request: &HttpRequest, next: &str) -> Answer {
    if let Some(token) = who::token(request) {
        accounts::sign_out(app, &token).await?;
    }
    let mut response = on_to(next);
    cookies::add(&mut response, &who::no_cookie(app));
    Ok(response)
}
