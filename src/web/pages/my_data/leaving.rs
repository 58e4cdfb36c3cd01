//! Deleting oneself, where one is one's own controller.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;
use vault::Role;

use crate::{
    accounts::Signed,
    app::App,
    individuals,
    web::{
        cookies,
        frame::{Frame, LANGUAGE_COOKIE, Tab},
        page::{Answer, html},
        problem::Problem,
        visitor::visitor,
        who::{self, Someone},
    },
};

#[derive(Template)]
#[template(path = "my_data_delete.html")]
struct BeforeDeleting {
    frame: Frame,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "my_data_gone.html")]
struct Gone {
    frame: Frame,
}

/// What goes, and the password once more.
#[get("/my-data/delete")]
pub async fn before_deleting(app: Data<App>, request: HttpRequest, someone: Someone) -> Answer {
    let signed = someone.who_is(Role::Individual)?;
    individuals::standing(&app, &signed.me).await?;
    html(&BeforeDeleting { frame: Frame::of(&request, Some(&signed), Tab::MyData), problem: None })
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    /// Nothing is a wrong password, whoever sends it.
    #[serde(default)]
    password: String,
}

/// Deletes everything. The answer is the page itself: nobody is left who could come to another.
#[post("/my-data/delete")]
pub async fn delete(app: Data<App>, request: HttpRequest, someone: Someone, typed: Form<Typed>) -> Answer {
    let signed = someone.who_is(Role::Individual)?;
    let left = individuals::leave(&app, &signed.me, typed.into_inner().password, visitor(&app, &request)).await;
    match left.map_err(Problem::from) {
        Ok(()) => {
            let mut response = html(&Gone { frame: farewell(&request, &signed) })?;
            cookies::add(&mut response, &who::no_cookie(&app));
            crate::web::device::forget(&app, &mut response, &[LANGUAGE_COOKIE]);
            Ok(response)
        }
        Err(problem @ (Problem::NoMatch | Problem::Busy | Problem::Wait(_))) => {
            let frame = Frame::of(&request, Some(&signed), Tab::MyData);
            let mut response = html(&BeforeDeleting { frame, problem: Some(problem.clone()) })?;
            mark(&mut response, &problem);
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}

/// Gives a form that is shown again the problem's status. A wrong password is no refusal: the page is theirs.
pub(in crate::web::pages) fn mark(response: &mut HttpResponse, problem: &Problem) {
    let (status, wait) = (problem.status_and_code().0, problem.retry_after());
    *response.status_mut() = if status == StatusCode::UNAUTHORIZED { StatusCode::OK } else { status };
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
}

/// The frame of somebody who is nobody here any more, in their language.
fn farewell(request: &HttpRequest, signed: &Signed) -> Frame {
    let language = Frame::of(request, Some(signed), Tab::Elsewhere).language;
    Frame { language, here: "/".to_owned(), ..Frame::of(request, None, Tab::Elsewhere) }
}
