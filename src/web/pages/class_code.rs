//! The door that a class code opens: type the code, pick one's name, be in.

use actix_web::{
    HttpRequest, get,
    http::header,
    post,
    web::{Data, Form},
};
use askama::Template;
use serde::Deserialize;
use vault::PersonId;

use crate::{
    accounts,
    app::App,
    web::{
        cookies,
        frame::{Frame, Tab, short_name},
        page::{Answer, html, on_to},
        problem::Problem,
        visitor::visitor,
        who::{self, Anyone},
    },
};

#[derive(Template)]
#[template(path = "class_code.html")]
struct CodePage {
    frame: Frame,
    code: String,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "class_names.html")]
struct NamesPage {
    frame: Frame,
    code: String,
    names: Vec<Name>,
    problem: Option<Problem>,
}

/// A name in the list.
struct Name {
    id: PersonId,
    name: String,
    is_in: bool,
}

/// The form for the code.
#[get("/class")]
pub async fn form(request: HttpRequest, Anyone(signed): Anyone) -> Answer {
    if signed.is_some() {
        return Ok(on_to("/"));
    }
    html(&CodePage { frame: Frame::of(&request, None, Tab::Elsewhere), code: String::new(), problem: None })
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    code: String,
}

/// The names behind an open code, or the form again.
#[post("/class")]
pub async fn show_names(app: Data<App>, request: HttpRequest, typed: Form<Typed>) -> Answer {
    names(&app, &request, typed.into_inner().code, None).await
}

/// What is sent when a name is picked.
#[derive(Deserialize)]
pub struct Picked {
    code: String,
    name: PersonId,
}

/// Signs in the student who picked a name.
#[post("/class/enter")]
pub async fn enter(app: Data<App>, request: HttpRequest, picked: Form<Picked>) -> Answer {
    let Picked { code, name } = picked.into_inner();
    match accounts::come_in(&app, &code, name, visitor(&app, &request)).await.map_err(Problem::from) {
        Ok(token) => {
            let mut response = on_to("/");
            cookies::add(&mut response, &who::cookie(&app, &token));
            Ok(response)
        }
        Err(Problem::NameTaken) => names(&app, &request, code, Some(Problem::NameTaken)).await,
        Err(problem) => again(&request, code, problem),
    }
}

async fn names(app: &App, request: &HttpRequest, code: String, problem: Option<Problem>) -> Answer {
    let found = match accounts::names_behind(app, &code, visitor(app, request)).await.map_err(Problem::from) {
        Ok(found) => found,
        Err(problem) => return again(request, code, problem),
    };
    let names = found
        .into_iter()
        .map(|at| Name { id: at.student.id, name: short_name(&at.student.name), is_in: at.is_in })
        .collect();
    let frame = Frame::of(request, None, Tab::Elsewhere);
    let status = problem.as_ref().map(|problem| problem.status_and_code().0);
    let mut response = html(&NamesPage { frame, code, names, problem })?;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    Ok(response)
}

/// The form again with what to do, for what the one who types can do something about.
fn again(request: &HttpRequest, code: String, problem: Problem) -> Answer {
    if !matches!(problem, Problem::NoCode | Problem::Wait(_) | Problem::Busy) {
        return Err(problem);
    }
    let (status, wait) = (problem.status_and_code().0, problem.retry_after());
    let frame = Frame::of(request, None, Tab::Elsewhere);
    let mut response = html(&CodePage { frame, code, problem: Some(problem) })?;
    *response.status_mut() = status;
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}
